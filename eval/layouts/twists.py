"""Changes to how a table is filled that leave what it says: numbers of rows, units, zeros, wide digits, two sides."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from .pages import Block, Box, Page, Sheet, sheets

_UNIT = re.compile(r"[（(]?(?:金额)?单位[:：]\s*((?:人民币)?万?元)[)）]?")
_MONEY = re.compile(r"-?[\d,]+\.\d+")
_RATE = re.compile("[%％]|率|占")
_ZERO = re.compile(r"0(?:\.0+)?")
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_LINE = 60  # letters at most of a line that says the unit
_BESIDE = 3  # columns at most of a list that is folded into two sides


def as_is(page: Page) -> Page:
    """As it stands."""
    return page


def row_numbers(page: Page) -> Page:
    """A column 行次 behind the first, a row 栏次 under the header."""
    return _each(page, _numbered)


def unit_in_header(page: Page) -> Page:
    """The unit stands in the header over its numbers, not above the table."""
    found: list[Block] = []
    unit = ""
    for block in page:
        if isinstance(block, Sheet):
            found.append(_headed(block, unit))
        else:
            match = _UNIT.search(block) if len(block) < _LINE else None
            unit = match[1] if match else unit
            rest = _UNIT.sub("", block).strip() if match else block
            found += [rest] if rest else []
    return tuple(found)


def unit_in_table(page: Page) -> Page:
    """The line above the table is the table's first row, as spreadsheets have it."""
    found: list[Block] = []
    for block in page:
        if isinstance(block, Sheet) and found and isinstance(found[-1], str) and _UNIT.search(found[-1]):
            caption = Box(0, 1, 0, block.columns, str(found.pop()))
            found.append(Sheet((caption, *_down(block, 1)), block.rows + 1, block.columns))
        else:
            found.append(block)
    return tuple(found)


def in_yuan(page: Page) -> Page:
    """Money in 元, with the thousands parted, where the line above the table, or above its part, says 万元."""
    found: list[Block] = []
    unit = ""
    for block in page:
        if isinstance(block, Sheet):
            found.append(_in_yuan(block) if unit.endswith("万元") else block)
        else:
            match = _UNIT.search(block) if len(block) < _LINE else None
            unit = match[1] if match else unit
            found.append(block.replace("万元", "元") if match else block)
    return tuple(found)


def _in_yuan(sheet: Sheet) -> Sheet:
    rates = {
        column
        for box in sheet.boxes
        if _RATE.search(box.text)
        for column in range(box.column, box.column_end)
        if not box.number
    }

    def text(box: Box) -> str:
        if box.column in rates or not _MONEY.fullmatch(box.text):
            return box.text
        return f"{Decimal(box.text.replace(',', '')) * 10000:,.2f}"

    return sheet.changed(text)


def zero_dash(page: Page) -> Page:
    """Zero is a dash."""
    return _zeros(page, "-")


def zero_blank(page: Page) -> Page:
    """Zero is blank."""
    return _zeros(page, "")


def blank_zero(page: Page) -> Page:
    """Blank cells under numbers hold 0.00, or 0 in a table of whole numbers."""

    def filled(sheet: Sheet) -> Sheet:
        zero = "0.00" if any(_MONEY.fullmatch(box.text) for box in sheet.boxes) else "0"
        money = {
            box.column for box in sheet.boxes if _MONEY.fullmatch(box.text) or (zero == "0" and box.number)
        }
        labelled = {box.row for box in sheet.boxes if box.text and not box.number}

        def text(box: Box) -> str:
            empty = not box.text and box.column in money and box.row in labelled and box.row >= sheet.head
            return zero if empty else box.text

        return sheet.changed(text)

    return _each(page, filled)


def wide_digits(page: Page) -> Page:
    """Digits of full width, and a full blank before them."""
    return _each(
        page,
        lambda sheet: sheet.changed(lambda box: f"　{box.text.translate(_WIDE)}" if box.number else box.text),
    )


def beside(page: Page) -> Page:
    """The second half of a narrow list stands beside the first."""
    return _each(page, _beside)


def applies(twist: Callable[[Page], Page], page: Page) -> bool:
    """Returns whether a twist changes anything in the page."""
    return any(True for _ in sheets(page)) and (twist is as_is or twist(page) != page)


def _each(page: Page, change: Callable[[Sheet], Sheet]) -> Page:
    return tuple(change(block) if isinstance(block, Sheet) else block for block in page)


def _zeros(page: Page, mark: str) -> Page:
    return _each(
        page, lambda sheet: sheet.changed(lambda box: mark if _ZERO.fullmatch(box.text) else box.text)
    )


def _down(sheet: Sheet, by: int, start: int = 0) -> list[Box]:
    return [
        replace(
            box,
            row=box.row + (by if box.row >= start else 0),
            row_end=box.row_end + (by if box.row_end > start else 0),
        )
        for box in sheet.boxes
    ]


def _numbered(sheet: Sheet) -> Sheet:
    head = sheet.head
    label = max(
        (box.column_end for box in sheet.boxes if not box.column and box.text and box.row >= head), default=1
    )
    if not head or any(word in box.text for box in sheet.boxes for word in ("行次", "栏次")):
        return sheet
    boxes: list[Box] = []
    for box in _down(sheet, 1, head):
        across = box.column < label < box.column_end
        left = box.column + (box.column >= label)
        boxes.append(replace(box, column=left, column_end=box.column_end + (across or box.column >= label)))
    boxes.append(Box(0, head, label, label + 1, "行次"))
    boxes.append(Box(head, head + 1, 0, label, "栏次"))
    boxes.append(Box(head, head + 1, label, label + 1, ""))
    boxes += [
        Box(head, head + 1, column + 1, column + 2, str(column - label + 1))
        for column in range(label, sheet.columns)
    ]
    boxes += [Box(row + 1, row + 2, label, label + 1, str(row - head + 1)) for row in range(head, sheet.rows)]
    taken: set[tuple[int, int]] = set()
    clean = []
    for box in sorted(boxes, key=lambda box: (box.row, box.column)):
        own = {
            (row, column)
            for row in range(box.row, box.row_end)
            for column in range(box.column, box.column_end)
        }
        if own & taken:
            return sheet  # a merged label runs over the place of the new column
        taken |= own
        clean.append(box)
    return Sheet(tuple(clean), sheet.rows + 1, sheet.columns + 1)


def _headed(sheet: Sheet, unit: str) -> Sheet:
    head = sheet.head
    money = {box.column for box in sheet.boxes if _MONEY.fullmatch(box.text)}

    def text(box: Box) -> str:
        own = (
            unit
            and box.text
            and box.row_end == head
            and any(column in money for column in range(box.column, box.column_end))
        )
        return f"{box.text}（{unit}）" if own else box.text

    return sheet.changed(text)


def _beside(sheet: Sheet) -> Sheet:
    head = sheet.head
    body = sheet.rows - head
    plain = all(box.row_end - box.row == 1 and box.column_end - box.column == 1 for box in sheet.boxes)
    if not plain or sheet.columns > _BESIDE or head != 1 or body < 2 * _BESIDE:
        return sheet
    half = head + (body + 1) // 2
    boxes = []
    for box in sheet.boxes:
        side = box.row >= half
        row = box.row - half + head if side else box.row
        left = box.column + (sheet.columns if side else 0)
        boxes.append(replace(box, row=row, row_end=row + 1, column=left, column_end=left + 1))
        if box.row < head:
            right = box.column + sheet.columns
            boxes.append(replace(box, column=right, column_end=right + 1))
    return Sheet(tuple(boxes), half, 2 * sheet.columns)
