"""PDF pages in one column and in two: each is read as a person reads it, and in doubt line by line."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from test_readers_pdf import Page, drawn, rows_of

from extractor.data import Report
from extractor.knowledge import Knowledge
from extractor.readers import read_bytes

SIZE, LEADING = 10.0, 16.0
LEFT, RIGHT = 60.0, 310.0
COLUMN = 22  # letters in a line of a column
SUBJECTS = ("收到申请", "主动公开信息", "答复来电", "办理提案", "举办培训", "制发文件")


def prose(seed: int, paragraphs: int) -> list[str]:
    """Paragraphs of invented sentences, each with numbers of its own."""
    chance = random.Random(seed)
    return [
        "".join(
            f"全年{chance.choice(SUBJECTS)}{chance.randint(2, 9999)}件，比上年多{chance.randint(2, 99)}件；"
            for _ in range(chance.randint(2, 5))
        )[:-1] + "。"
        for _ in range(paragraphs)
    ]  # fmt: skip


def wrapped(paragraphs: Sequence[str], width: int = COLUMN) -> list[str]:
    """The lines of paragraphs, each indented by two letters; digits are half as wide as the others."""
    lines = []
    for paragraph in paragraphs:
        line, room = "　　", width - 2.0
        for letter in paragraph:
            wide = 0.5 if letter.isascii() else 1.0
            if wide > room:
                lines.append(line)
                line, room = "", float(width)
            line += letter
            room -= wide
        lines.append(line)
    return lines


def column(page: Page, x: float, top: float, lines: Sequence[str], size: float = SIZE) -> float:
    """Draws lines and returns where they end."""
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip("　"))
        page.text(x + indent * size, top + number * LEADING, line[indent:], size)
    return top + len(lines) * LEADING


def two_columns(
    page: Page, top: float, paragraphs: Sequence[str], shift: float = 0.0, gap: float = 0.0
) -> float:
    lines = wrapped(paragraphs)
    half = (len(lines) + 1) // 2
    ends = (
        column(page, LEFT, top, lines[:half]),
        column(page, RIGHT - gap, top + shift, lines[half:]),
    )
    return max(ends)


def paragraphs_of(report: Report) -> list[str]:
    return [line for line in report.text.split("\n") if line.strip()]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("shift", [0.0, 3.0, 7.0])
def test_two_columns_are_read_one_after_the_other(seed: int, shift: float, knowledge: Knowledge) -> None:
    text = prose(seed, 9)
    data = drawn(lambda page: two_columns(page, 80, text, shift, gap=seed % 2 * 8.0))
    assert paragraphs_of(read_bytes(data, "r.pdf", knowledge)) == text


@pytest.mark.parametrize("seed", range(6))
def test_one_column_is_one_column(seed: int, knowledge: Knowledge) -> None:
    text = prose(seed, 8)
    data = drawn(lambda page: column(page, LEFT, 80, wrapped(text, 46)))
    assert paragraphs_of(read_bytes(data, "r.pdf", knowledge)) == text


def test_what_runs_across_parts_the_columns_above_from_those_below(knowledge: Knowledge) -> None:
    above, below = prose(1, 6), prose(2, 6)
    title = "海湾县二〇二一年政府信息公开工作年度报告与数据说明"
    heading = "二、主动公开与依申请公开情况以及存在的主要问题和改进"

    def page(page: Page) -> None:
        page.text(150, 40, title, 13)
        at = two_columns(page, 80, above)
        page.text(140, at + 20, heading, 12)
        two_columns(page, at + 60, below)

    assert paragraphs_of(read_bytes(drawn(page), "r.pdf", knowledge)) == [title, *above, heading, *below]


def test_a_paragraph_runs_on_over_the_column_and_the_page(knowledge: Knowledge) -> None:
    text = prose(3, 14)
    lines = wrapped(text)
    quarter = len(lines) // 4

    def at(number: int) -> list[str]:
        return lines[number * quarter : (number + 1) * quarter if number < 3 else None]

    def page(first: int) -> object:
        return lambda page: (column(page, LEFT, 80, at(first)), column(page, RIGHT, 80, at(first + 1)))

    data = drawn(page(0), page(2))  # type: ignore[arg-type]
    report = read_bytes(data, "r.pdf", knowledge)
    assert paragraphs_of(report) == text
    assert {report.place_of(report.text.index(part)) for part in (text[0], text[-1])} == {"p.1", "p.2"}


def test_a_last_page_may_have_few_lines_in_its_second_column(knowledge: Knowledge) -> None:
    first, last = prose(12, 8), prose(13, 3)
    lines = wrapped(last)

    def few(page: Page) -> None:
        column(page, LEFT, 80, lines[:-3])
        column(page, RIGHT, 80, lines[-3:])

    report = read_bytes(drawn(lambda page: two_columns(page, 80, first), few), "r.pdf", knowledge)
    assert paragraphs_of(report) == [*first, *last]


def test_tables_in_a_column_and_across_stay_tables(knowledge: Knowledge) -> None:
    above, below = prose(4, 5), prose(5, 8)
    small = [["指标", "数"], ["收到", "24"], ["答复", "23"]]
    large = [["指标", "单位", "上年", "本年"], ["收到", "件", "24", "31"], ["答复", "件", "23", "30"]]
    lines = wrapped(below)
    half = len(lines) // 2 + 2

    def page(page: Page) -> None:
        at = two_columns(page, 60, above) + 20
        at = page.grid((60.0, 200.0, 300.0, 400.0, 530.0), at, large) + 30
        column(page, LEFT, at, lines[:half])
        column(page, RIGHT, page.grid((310.0, 430.0, 530.0), at - 10, small) + 20, lines[half:])

    report = read_bytes(drawn(page), "r.pdf", knowledge)
    assert [rows_of(table) for table in report.tables] == [large, small]
    text = "".join(line for line in paragraphs_of(report) if "\t" not in line)
    assert text == "".join(above + below)


def test_a_table_without_rules_across_both_columns_is_a_table(knowledge: Knowledge) -> None:
    above, below = prose(6, 5), prose(7, 5)
    rows = [
        ["主动公开信息数", "24"],
        ["依申请公开信息数", "31"],
        ["办理建议提案总数", "70"],
        ["举办培训次数", "5"],
    ]

    def page(page: Page) -> None:
        at = two_columns(page, 60, above) + 20
        for number, (label, count) in enumerate(rows):
            page.text(90, at + number * 20, label)
            page.text(400, at + number * 20, count)
        two_columns(page, at + 120, below)

    report = read_bytes(drawn(page), "r.pdf", knowledge)
    assert [rows_of(table) for table in report.tables] == [rows]
    assert [line for line in paragraphs_of(report) if "\t" not in line] == [*above, *below]


def test_lists_and_labels_with_texts_are_read_line_by_line(knowledge: Knowledge) -> None:
    names = [(f"海湾县第{number}街道办事处", f"桐泽镇第{number}村民委员会") for number in range(3, 15)]
    labels = [(f"事项{number}", "由县政府办公室负责收集、整理和发布，每年一次。") for number in range(3, 15)]
    for pairs in (names, labels):

        def page(page: Page, pairs: Sequence[tuple[str, str]] = pairs) -> None:
            for number, (left, right) in enumerate(pairs):
                page.text(LEFT, 80 + number * LEADING, left)
                page.text(RIGHT, 80 + number * LEADING, right)

        text = "".join(read_bytes(drawn(page), "r.pdf", knowledge).text.split())
        assert text == "".join(left + right for left, right in pairs)


def test_running_lines_of_pages_in_columns_are_dropped(knowledge: Knowledge) -> None:
    texts = [prose(seed, 8) for seed in (8, 9, 10)]

    def page(number: int) -> object:
        def draw(page: Page) -> None:
            page.text(200, 10, "海湾县人民政府办公室文件汇编年度报告")
            two_columns(page, 60, texts[number])
            page.text(290, 785, f"- {number + 1} -")

        return draw

    report = read_bytes(drawn(*map(page, range(3))), "r.pdf", knowledge)  # type: ignore[arg-type]
    kept = "".join(report.text[r.start : r.end] for r in report.regions if r.kind != "dropped")
    assert kept.split() == [paragraph for text in texts for paragraph in text]
    assert {region.reason for region in report.regions if region.kind == "dropped"} == {
        "running_header", "page_mark",
    }  # fmt: skip
