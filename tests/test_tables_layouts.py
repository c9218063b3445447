"""One filled-in form in every layout: what is read is what was filled in, or is marked as doubtful."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from forms import (
    DISPUTES,
    LISTS,
    MATRICES,
    Filled,
    Page,
    block_of,
    disputes_glued,
    fill_2014,
    fill_disputes,
    fill_matrix,
    list_cumulative,
    list_glued,
    matrix_glued,
)  # fmt: skip
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.checks import check_table
from extractor.data import CellState, Reading
from extractor.knowledge import load
from extractor.knowledge.templates import Block
from extractor.tables import read_figures

KNOWLEDGE = load()
TEMPLATES = KNOWLEDGE.templates
Render = Callable[[Page, Block, Filled], None]


def read(page: Page) -> Reading:
    return read_figures(page.report(), KNOWLEDGE)


def assert_read(reading: Reading, values: Filled, glued: bool = False) -> None:
    """Every value is there once and right; where cells were glued, a doubtful one may be another."""
    found = {figure.indicator: figure for figure in reading.figures if not figure.period}
    assert set(found) == set(values)
    for name, value in values.items():
        figure = found[name]
        if figure.doubt and glued:
            continue
        assert figure.doubt == "", name
        assert figure.state is CellState.VALUE
        assert figure.value == Decimal(value), name


@pytest.mark.parametrize("render", LISTS, ids=lambda render: render.__name__)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=12, deadline=None)
def test_the_vertical_form(render: Render, seed: int) -> None:
    block = block_of(TEMPLATES, "ogi-2014", "statistics")
    values = fill_2014(block, seed)
    page = Page()
    render(page, block, values)
    reading = read(page)
    assert reading.template == "ogi-2014"
    assert reading.score == 1
    assert_read(reading, values)


@pytest.mark.parametrize("render", MATRICES, ids=lambda render: render.__name__)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=12, deadline=None)
def test_the_matrix(render: Render, seed: int) -> None:
    block = block_of(TEMPLATES, "ogi-2021", "applicants")
    values = fill_matrix(block, seed)
    page = Page()
    render(page, block, values)
    assert_read(read(page), values, glued=render is matrix_glued)


@pytest.mark.parametrize("render", DISPUTES, ids=lambda render: render.__name__)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=12, deadline=None)
def test_the_disputes(render: Render, seed: int) -> None:
    block = block_of(TEMPLATES, "ogi-2021", "disputes")
    values = fill_disputes(block, seed)
    page = Page()
    render(page, block, values)
    reading = read(page)
    assert_read(reading, values, glued=render.__name__.endswith("glued"))


@given(seed=st.integers(0, 10**6))
@settings(max_examples=12, deadline=None)
def test_small_glued_cells_are_all_recovered(seed: int) -> None:
    """Where every cell has one digit there is one way to cut, and nothing is in doubt."""
    block = block_of(TEMPLATES, "ogi-2021", "applicants")
    values = fill_matrix(block, seed, most=0)
    page = Page()
    matrix_glued(page, block, values)
    assert_read(read(page), values)


def test_offsets_point_at_the_digits() -> None:
    block = block_of(TEMPLATES, "ogi-2021", "applicants")
    page = Page()
    matrix_glued(page, block, fill_matrix(block, 7))
    report = page.report()
    for figure in read_figures(report, KNOWLEDGE).figures:
        if figure.value is not None:
            assert report.text[figure.start : figure.end] == str(figure.value) == figure.text


def test_the_second_value_column_is_cumulative() -> None:
    block = block_of(TEMPLATES, "ogi-2014", "statistics")
    values = fill_2014(block, 3)
    page = Page()
    list_cumulative(page, block, values)
    later = {figure.indicator: figure for figure in read(page).figures if figure.period == "cumulative"}
    assert len(later) == len(values)
    assert later["staff.total@cumulative"].value == 10 * Decimal(values["staff.total"])


def test_units_come_from_the_source() -> None:
    block = block_of(TEMPLATES, "ogi-2014", "statistics")
    page = Page()
    list_glued(page, block, fill_2014(block, 5))
    units = {figure.indicator: figure.unit for figure in read(page).figures}
    assert units["disclosed.total"] == "条"
    assert units["funds.total"] == "万元"
    assert units["training.attendees"] == "人次"


@given(seed=st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_most_glued_disputes_are_recovered_and_none_is_wrong(seed: int) -> None:
    block = block_of(TEMPLATES, "ogi-2021", "disputes")
    values = fill_disputes(block, seed, most=9)
    page = Page()
    disputes_glued(page, block, values)
    figures = read(page).figures
    assert all(figure.doubt or str(figure.value) == values[figure.indicator or ""] for figure in figures)
    assert not any(figure.doubt == "glued" for figure in figures)


@given(seed=st.integers(0, 10**6), pick=st.integers(0, 10**6))
@example(seed=100000, pick=100000)
@settings(max_examples=20, deadline=None)
def test_a_slip_in_a_glued_matrix_makes_no_cell_wrong_without_a_mark(seed: int, pick: int) -> None:
    """A row that does not add up may be cut so that it seems to: its columns then tell.

    Where another cut fits every identity of the form, the text itself admits it and nothing can tell.
    """
    block = block_of(TEMPLATES, "ogi-2021", "applicants")
    values = fill_matrix(block, seed)
    long = sorted(name for name, text in values.items() if len(set(text)) > 1 and text[-1] != "0")
    if long:
        victim = long[pick % len(long)]
        values[victim] = values[victim][::-1]
    page = Page()
    matrix_glued(page, block, values)
    reading = read(page)
    right = all(
        figure.doubt or str(figure.value) == values[figure.indicator or ""] for figure in reading.figures
    )
    assert right or not check_table(reading, KNOWLEDGE)[0]
