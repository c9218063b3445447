"""The reports of the corpus: which form, layout, seed, size, and what is done to it."""

from __future__ import annotations

from typing import NamedTuple


class Plan(NamedTuple):
    """One report: `most` bounds its values; `faults` are planted, `twists` change how the form is printed."""

    form: str
    layout: str
    seed: int
    most: int
    faults: tuple[str, ...] = ()
    twists: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Returns the name of the report's files."""
        return "_".join((self.form, self.layout, *self.twists, *self.faults))


PLANS: tuple[Plan, ...] = (
    # 2014
    Plan("2014", "html", 1, 900),
    Plan("2014", "html", 2, 900, ("total",)),
    Plan("2014", "short-span", 3, 5000, ("swapped",)),
    Plan("2014", "pages", 4, 60),
    Plan("2014", "beside", 5, 300, ("lost",)),
    Plan("2014", "linear", 6, 2000, ("channels",)),
    Plan("2014", "pipes", 7, 90),
    Plan("2014", "pipes", 8, 90, ("unfilled",)),
    Plan("2014", "tabs", 9, 700, ("exceeds",)),
    Plan("2014", "markdown", 10, 400),
    Plan("2014", "markdown", 11, 400, ("added",)),
    Plan("2014", "lines", 12, 1500),
    Plan("2014", "lines", 13, 60, ("total",)),
    Plan("2014", "blanks", 14, 800, ("swapped",)),
    Plan("2014", "glued", 15, 30000),
    Plan("2014", "glued", 16, 50, ("total",)),
    Plan("2014", "vanished", 17, 40, (), ("no-zeros",)),
    Plan("2014", "html", 18, 200, (), ("variants",)),
    Plan("2014", "lines", 19, 200, ("unfilled",), ("variants",)),
    Plan("2014", "html", 20, 100, (), ("nothings",)),
    Plan("2014", "linear", 21, 100, ("total",), ("nothings",)),
    Plan("2014", "html", 22, 3000, (), ("notes", "cover")),
    Plan("2014", "pipes", 23, 3000, (), ("cumulative",)),
    Plan("2014", "html", 24, 300, ("shrinks",), ("cumulative",)),
    # 2019
    Plan("2019", "html", 31, 40),
    Plan("2019", "html", 32, 40, ("carried",)),
    Plan("2019", "short-span", 33, 90, ("total",)),
    Plan("2019", "pages", 34, 30, ("swapped",)),
    Plan("2019", "linear", 35, 60),
    Plan("2019", "pipes", 36, 20, ("lost",)),
    Plan("2019", "tabs", 37, 200, ("unfilled",)),
    Plan("2019", "markdown", 38, 15),
    Plan("2019", "torn", 39, 30, ("total",)),
    Plan("2019", "lines", 40, 60),
    Plan("2019", "lines", 41, 60, ("row",)),
    Plan("2019", "blanks", 42, 80, ("added",)),
    Plan("2019", "glued", 43, 9),
    Plan("2019", "vanished", 44, 30),
    Plan("2019", "html", 45, 30, (), ("variants",)),
    Plan("2019", "pipes", 46, 30, (), ("nothings",)),
    Plan("2019", "html", 47, 50, (), ("notes", "cover")),
    Plan("2019", "html", 48, 50, ("total",), ("upright",)),
    # 2021
    Plan("2021", "html", 51, 70),
    Plan("2021", "html", 52, 300, ("swapped",)),
    Plan("2021", "short-span", 53, 40),
    Plan("2021", "pages", 54, 60, ("carried",)),
    Plan("2021", "linear", 55, 25, ("lost",)),
    Plan("2021", "pipes", 56, 80, ("total",)),
    Plan("2021", "tabs", 57, 30),
    Plan("2021", "markdown", 58, 50, ("row",)),
    Plan("2021", "torn", 59, 30),
    Plan("2021", "torn", 60, 90, ("swapped",)),
    Plan("2021", "lines", 61, 200),
    Plan("2021", "lines", 62, 40, ("unfilled",)),
    Plan("2021", "blanks", 63, 60),
    Plan("2021", "glued", 64, 20),
    Plan("2021", "glued", 65, 9, ("total",)),
    Plan("2021", "vanished", 66, 60, ("added",)),
    Plan("2021", "html", 67, 30, (), ("variants",)),
    Plan("2021", "lines", 68, 30, (), ("variants",)),
    Plan("2021", "html", 69, 30, ("total",), ("nothings",)),
    Plan("2021", "html", 70, 500, (), ("notes", "cover")),
    Plan("2021", "lines", 71, 30, (), ("upright",)),
    Plan("2021", "pipes", 72, 40, ("total",), ("merged", "upright")),
    Plan("2021", "html", 73, 40, (), ("blank-form",)),
    Plan("2014", "linear", 25, 40, (), ("no-zeros",)),
    Plan("2014", "glued", 26, 400, ("lost",), ("variants",)),
    Plan("2019", "markdown", 49, 40, ("total",), ("no-zeros",)),
    Plan("2019", "pipes", 50, 40, (), ("no-zeros",)),
    Plan("2019", "glued", 29, 30, ("swapped",)),
    Plan("2021", "html", 74, 40, ("total",), ("no-zeros",)),
    Plan("2021", "tabs", 75, 40, (), ("nothings",)),
    Plan("2021", "torn", 76, 9, (), ("variants",)),
    Plan("2021", "glued", 77, 9, (), ("variants",)),
    # local forms before 2014
    Plan("local", "html", 81, 2000, (), ("cumulative",)),
    Plan("local", "pipes", 82, 400, ("total",), ("cumulative",)),
    Plan("local", "lines", 83, 800, (), ("cumulative",)),
    Plan("local", "blanks", 84, 300, ("shrinks",), ("cumulative",)),
    Plan("local", "glued", 85, 900, (), ("cumulative",)),
    Plan("local", "linear", 86, 90),
    Plan("local", "markdown", 87, 90, ("exceeds",)),
    # tables of no form
    Plan("accounts", "html", 101, 900),
    Plan("accounts", "tabs", 102, 900, ("total",)),
    Plan("accounts", "pipes", 103, 9000),
    Plan("accounts", "blanks", 104, 300),
    Plan("permits", "html", 105, 60),
    Plan("permits", "pages", 106, 60),
    Plan("permits", "html", 107, 700, ("total",)),
    # two forms in one report
    Plan("mixed", "html", 91, 60, ("total",)),
)
