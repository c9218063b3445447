// Filters the errors by metric, report and kind. Without it all of them are shown.
"use strict";
const fields = [...document.querySelectorAll(".sieve select")];
const cases = [...document.querySelectorAll(".case")];
const sift = () => {
  let shown = 0;
  for (const item of cases) {
    item.hidden = !fields.every((field) => !field.value || item.dataset[field.name] === field.value);
    shown += !item.hidden;
  }
  const count = document.querySelector(".sieve output b");
  if (count) count.textContent = String(shown);
};
for (const field of fields) field.addEventListener("change", sift);
addEventListener("load", sift);
