"""Filled-in forms for tests, and every layout they are met in. All figures are made up."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from extractor.data import Cell, Report, Table
from extractor.knowledge.templates import Block, Templates

Filled = Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """One block as rows of cell texts; `stub` columns hold labels, `head` rows are headers."""

    rows: list[list[str]]
    stub: int
    head: int


class Page:
    """Collects text and tables of one report."""

    def __init__(self) -> None:
        self.text = ""
        self.tables: list[Table] = []

    def write(self, text: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += text
        return start, len(self.text)

    def grid(self, rows: Sequence[Sequence[tuple[str, int, int]]], layout: str, caption: str = "") -> None:
        """Adds a table of (text, rowspan, colspan) cells; spans are laid out as a reader would."""
        start = len(self.text)
        cells: list[Cell] = []
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(rows):
            column = 0
            for text, down, across in row:
                while (number, column) in taken:
                    column += 1
                left, right = self.write(text)
                self.write("\n")
                cells.append(Cell(number, number + down, column, column + across, left, right, text))
                taken.update((number + i, column + j) for i in range(down) for j in range(across))
                column += across
        columns = max(cell.column_end for cell in cells)
        table = Table(
            f"T{len(self.tables) + 1}",
            start,
            len(self.text),
            layout,
            tuple(cells),
            len(rows),
            columns,
            caption,
        )
        self.tables.append(table)

    def stream(self, text: str) -> None:
        start, end = self.write(text)
        self.write("\n")
        self.tables.append(Table(f"T{len(self.tables) + 1}", start, end, "stream"))

    def report(self) -> Report:
        return Report("made-up", "0" * 64, self.text, tables=tuple(self.tables))


def block_of(templates: Templates, template: str, block: str) -> Block:
    found = next(entry for entry in templates.templates if entry.id == template)
    return next(entry for entry in found.blocks if entry.id == block)


def fill_2014(block: Block, seed: int, most: int = 400) -> dict[str, str]:
    """Returns values of the 2014 form that keep every identity, hard and soft."""
    draw = random.Random(seed).randint
    values = {row.id: draw(0, most) for row in block.rows if not row.heading}

    def total(name: str, *parts: str) -> None:
        values[name] = sum(values[part] for part in parts)

    channels = ("channel.gazette", "channel.website", "channel.weibo", "channel.wechat", "channel.other")
    total("disclosed.total", *channels)
    values["disclosed.documents"] = min(values["disclosed.total"], values["documents.issued"])
    values["response.press_chief"] = min(values["response.press_chief"], values["response.press"])
    values["response.interview_chief"] = min(values["response.interview_chief"], values["response.interview"])
    ways = ("response.press", "response.interview", "response.policy", "response.social", "response.other")
    total("response.total", *ways)
    forms = ("in_person", "fax", "online", "letter")
    total("applications.received", *(f"applications.{form}" for form in forms))
    total("applications.completed", "applications.on_time", "applications.extended")
    total("outcome.refused", *(row.id for row in block.rows if row.parent == "outcome.refused"))
    total("applications.answered", *(row.id for row in block.rows if row.parent == "applications.answered"))
    for name in ("reconsideration", "litigation"):
        total(f"{name}.total", f"{name}.upheld", f"{name}.corrected", f"{name}.other")
    total("staff.total", "staff.full_time", "staff.part_time")
    return {name: str(value) for name, value in values.items()}


def fill_matrix(block: Block, seed: int, most: int = 60) -> dict[str, str]:
    """Returns values of the applicant matrix that keep all 39 identities; 其他处理 has its three rows."""
    draw = random.Random(seed).randint
    values: dict[str, int] = {}
    leaves = [row.id for row in block.rows if not row.heading and not row.merged]
    plain = [
        name
        for name in leaves
        if name not in ("outcome.total", "applications.new", "applications.carried_in")
    ]
    people = [column.id for column in block.columns if column.id != "total"]
    for column in people:
        for name in plain:
            values[f"{name}@{column}"] = draw(0, most) if draw(0, 2) == 0 else 0
        results = [name for name in plain if name != "applications.carried_out"]
        values[f"outcome.total@{column}"] = sum(values[f"{name}@{column}"] for name in results)
        whole = values[f"outcome.total@{column}"] + values[f"applications.carried_out@{column}"]
        values[f"applications.carried_in@{column}"] = draw(0, whole)
        values[f"applications.new@{column}"] = whole - values[f"applications.carried_in@{column}"]
    for name in leaves:
        values[f"{name}@total"] = sum(values[f"{name}@{column}"] for column in people)
    return {name: str(value) for name, value in values.items()}


def fill_disputes(block: Block, seed: int, most: int = 40) -> dict[str, str]:
    draw = random.Random(seed).randint
    values: dict[str, int] = {}
    for column in block.columns:
        group, outcome = column.id.split(".")
        same = [value for name, value in values.items() if name.startswith(f"{group}.")]
        values[column.id] = sum(same) if outcome == "total" else draw(0, most)
    return {name: str(value) for name, value in values.items()}


# ---------------------------------------------------------------- layouts of the vertical form


def _list_rows(block: Block, values: Filled) -> list[tuple[str, str, str]]:
    return [
        (row.label, "——", "") if row.heading else (row.label, row.unit, values[row.id]) for row in block.rows
    ]


def list_grid(page: Page, block: Block, values: Filled) -> None:
    rows = [[("统计指标", 1, 1), ("单位", 1, 1), ("统计数", 1, 1)]]
    rows += [[(label, 1, 1), (unit, 1, 1), (value, 1, 1)] for label, unit, value in _list_rows(block, values)]
    page.grid(rows, "html")


def list_cumulative(page: Page, block: Block, values: Filled) -> None:
    """Two value columns; the cumulative one is ten times the year's."""
    rows = [[("指标名称", 1, 1), ("计量单位", 1, 1), ("2015年度", 1, 1), ("历年累计", 1, 1)]]
    for label, unit, value in _list_rows(block, values):
        tenfold = str(10 * int(value)) if value else ""
        rows.append([(label, 1, 1), (unit, 1, 1), (value, 1, 1), (tenfold, 1, 1)])
    page.grid(rows, "html")


def list_pages(page: Page, block: Block, values: Filled) -> None:
    """Split over two tables with the header repeated."""
    rows = _list_rows(block, values)
    head = [("统计指标", 1, 1), ("单位", 1, 1), ("统计数", 1, 1)]
    for part in (rows[:31], rows[31:]):
        page.grid(
            [head, *([(label, 1, 1), (unit, 1, 1), (value, 1, 1)] for label, unit, value in part)], "html"
        )


def list_side_by_side(page: Page, block: Block, values: Filled) -> None:
    """Two label–value pairs in each row."""
    rows = [row for row in _list_rows(block, values) if row[2]]
    half = (len(rows) + 1) // 2
    cells = []
    for number in range(half):
        pair = [rows[number]] + ([rows[half + number]] if half + number < len(rows) else [])
        cells.append([(text, 1, 1) for row in pair for text in row])
    page.grid(cells, "html")


def list_without_units(page: Page, block: Block, values: Filled) -> None:
    """No unit column, numbering gone, blanks inside the labels."""
    rows = [
        [(" ".join(label.lstrip("(一二三四五六七八九)1234567890.、")), 1, 1), (value, 1, 1)]
        for label, _, value in _list_rows(block, values)
    ]
    page.grid(rows, "tabs")


def list_lines(page: Page, block: Block, values: Filled) -> None:
    """One cell a line, labels wrapped every nine characters."""
    lines = ["统计指标", "单位", "统计数"]
    for label, unit, value in _list_rows(block, values):
        lines += [label[at : at + 9] for at in range(0, len(label), 9)]
        lines += [text for text in (unit, value) if text]
    page.stream("\n".join(lines))


def list_blanks(page: Page, block: Block, values: Filled) -> None:
    page.stream(" ".join(text for row in _list_rows(block, values) for text in row if text))


def list_glued(page: Page, block: Block, values: Filled) -> None:
    page.stream("".join(text for row in _list_rows(block, values) for text in row if text))


LISTS: tuple[Callable[[Page, Block, Filled], None], ...] = (
    list_grid, list_cumulative, list_pages, list_side_by_side, list_without_units, list_lines, list_blanks, list_glued,
)  # fmt: skip


# ---------------------------------------------------------------- layouts of the matrix

_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_HEAD = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


def _matrix_rows(block: Block, values: Filled) -> list[tuple[str, str, str, list[str]]]:
    """Returns (outer, middle, own label, values) of every row with values."""
    by_id = {row.id: row for row in block.rows}
    rows = []
    for row in block.rows:
        if row.heading or f"{row.id}@total" not in values:
            continue
        parents: list[str] = []
        parent = row.parent
        while parent:
            parents.insert(0, by_id[parent].label)
            parent = by_id[parent].parent
        cells = [values[f"{row.id}@{column.id}"] for column in block.columns]
        outer, middle = [*parents, "", ""][:2]
        rows.append((outer, middle, row.label, cells))
    return rows


def matrix_spans(page: Page, block: Block, values: Filled) -> None:
    rows: list[list[tuple[str, int, int]]] = [
        [(_NOTE, 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(label, 1, 1) for label in _HEAD],
    ]
    body = _matrix_rows(block, values)
    for number, (outer, middle, label, cells) in enumerate(body):
        row: list[tuple[str, int, int]] = []
        if not outer:
            row.append((label, 1, 3))
        else:
            if number == 0 or body[number - 1][0] != outer:
                row.append((outer, sum(1 for entry in body if entry[0] == outer), 1))
            if not middle:
                row.append((label, 1, 2))
            else:
                if body[number - 1][1] != middle:
                    row.append((middle, sum(1 for entry in body if entry[1] == middle), 1))
                row.append((label, 1, 1))
        rows.append(row + [(cell, 1, 1) for cell in cells])
    page.grid(rows, "html")


def matrix_flat(page: Page, block: Block, values: Filled) -> None:
    """Markdown: merged labels on their first row only, blanks for the rest."""
    rows = [[(text, 1, 1) for text in ("", "", "", "自然人", *_HEAD, "总计")]]
    last = ("", "")
    for outer, middle, label, cells in _matrix_rows(block, values):
        stub = (
            [outer if outer != last[0] else "", middle if middle != last[1] else "", label]
            if outer
            else [label, "", ""]
        )
        if outer and not middle:
            stub = [stub[0], label, ""]
        last = (outer, middle)
        rows.append([(text, 1, 1) for text in (*stub, *cells)])
    page.grid(rows, "markdown")


def matrix_torn(page: Page, block: Block, values: Filled) -> None:
    """Markdown with every fifth label torn off its row."""
    rows = [[(text, 1, 1) for text in ("项目", "自然人", *_HEAD, "总计")]]
    for number, (_, _, label, cells) in enumerate(_matrix_rows(block, values)):
        if number % 5 == 3:
            rows.append([(label[: len(label) // 2], 1, 1)])
            rows.append([(label[len(label) // 2 :], 1, 1)])
            rows.append([(cell, 1, 1) for cell in cells])
        else:
            rows.append([(text, 1, 1) for text in (label, *cells)])
    page.grid(rows, "markdown")


def matrix_lines(page: Page, block: Block, values: Filled) -> None:
    """One cell a line: header letters apart, labels wrapped and missing letters, a page mark in the middle."""
    lines = [
        _NOTE[:20],
        _NOTE[20:],
        "申请人情况",
        "自然人",
        "法人或其他组织",
        "总计",
        *(part for label in _HEAD for part in (label[:2], label[2:]) if part),
    ]
    seen: set[str] = set()
    for number, (outer, middle, label, cells) in enumerate(_matrix_rows(block, values)):
        for heading in (outer, middle):
            if heading and heading not in seen:
                seen.add(heading)
                lines += list(heading) if heading == outer else [heading]
        if number == 12:
            lines += ["", "- 4 -"]
        shown = label[:5] + label[7:] if number == 4 else label
        lines += [shown[at : at + 16] for at in range(0, len(shown), 16)]
        lines += cells
    page.stream("\n".join(lines))


def matrix_glued(page: Page, block: Block, values: Filled) -> None:
    parts = [_NOTE, "申请人情况自然人法人或其他组织总计", *_HEAD]
    seen: set[str] = set()
    for outer, middle, label, cells in _matrix_rows(block, values):
        for heading in (outer, middle):
            if heading and heading not in seen:
                seen.add(heading)
                parts.append(heading)
        parts += [label, *cells]
    page.stream("".join(parts))


MATRICES: tuple[Callable[[Page, Block, Filled], None], ...] = (
    matrix_spans, matrix_flat, matrix_torn, matrix_lines, matrix_glued,
)  # fmt: skip


# ---------------------------------------------------------------- layouts of the 复议诉讼 line

_OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def disputes_spans(page: Page, block: Block, values: Filled) -> None:
    cells = [values[column.id] for column in block.columns]
    page.grid(
        [
            [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
            [*((label, 2, 1) for label in _OUTCOMES), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
            [(label, 1, 1) for label in (*_OUTCOMES, *_OUTCOMES)],
            [(cell, 1, 1) for cell in cells],
        ],
        "html",
    )


def disputes_lines(page: Page, block: Block, values: Filled) -> None:
    cells = [values[column.id] for column in block.columns]
    letters = [part for label in _OUTCOMES for part in (label[:2], label[2:]) if part]
    page.stream(
        "\n".join(
            ["行政复议", "行政诉讼", *letters, "未经复议直接起诉", "复议后起诉", *letters, *letters, *cells]
        )
    )


def disputes_glued(page: Page, block: Block, values: Filled) -> None:
    cells = [values[column.id] for column in block.columns]
    head = ["行政复议行政诉讼", *_OUTCOMES, "未经复议直接起诉复议后起诉", *_OUTCOMES, *_OUTCOMES]
    page.stream("".join([*head, *cells]))


DISPUTES: tuple[Callable[[Page, Block, Filled], None], ...] = (disputes_spans, disputes_lines, disputes_glued)
