// Lights up the other side of a claim or a cell, brings a followed link to the middle of its pane, and opens on paper
// what is folded on a screen.
// Filters and links work without it.
"use strict";
const light = (node, on) => {
  const ids = (node.dataset.figures || node.dataset.claims || "").trim();
  if (!ids) return;
  node.classList.toggle("lit", on);
  for (const id of ids.split(/\s+/)) document.getElementById(id)?.classList.toggle("lit", on);
};
for (const node of document.querySelectorAll("[data-figures], [data-claims]")) {
  for (const event of ["mouseenter", "focus"]) node.addEventListener(event, () => light(node, true));
  for (const event of ["mouseleave", "blur"]) node.addEventListener(event, () => light(node, false));
}
const centre = () => {
  const node = document.getElementById(location.hash.slice(1));
  node?.closest("details")?.setAttribute("open", "");
  if (node?.closest(".pane, tr")) node.scrollIntoView({ block: "center", inline: "nearest" });
};
addEventListener("beforeprint", () => {
  for (const node of document.querySelectorAll("details")) node.setAttribute("open", "");
});
addEventListener("hashchange", centre);
addEventListener("load", () => requestAnimationFrame(centre));
