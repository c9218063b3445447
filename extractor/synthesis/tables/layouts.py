"""The layouts tables are met in (phenomena, §11), each a function from a sheet to text."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .sheets import Line, Sheet, Span


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is written; `suffix` is the file's, `doubt` allows cells that damage leaves undecided."""

    render: Callable[[Sheet], str]
    suffix: str
    doubt: bool = False


# ---------------------------------------------------------------- with marks


def _paragraph(text: str) -> str:
    return f'<p align="center">{html.escape(text) if text else "&nbsp;"}</p>'


def _row(line: Line, breaks: bool = False) -> str:
    write = _broken if breaks else _paragraph
    cells = [
        f'<td rowspan="{span.down}" colspan="{span.across}">{write(span.text)}</td>' for span in line.labels
    ]
    if line.unit is not None:
        cells.append(f"<td>{_paragraph(line.unit)}</td>")
        cells.extend(["<td></td>"] if not line.cells else [])
    cells += [f"<td>{_paragraph(cell.text)}</td>" for cell in line.cells]
    return f"<tr>{''.join(cells)}</tr>"


def _broken(text: str) -> str:
    """Returns a label broken by a br in its middle."""
    half = len(text) // 2
    return f'<p align="center">{text[:half]}<br />{text[half:]}</p>' if len(text) > 3 else _paragraph(text)


def spans(sheet: Sheet) -> str:
    """HTML with rowspan and colspan, cells as centred paragraphs, blanks as &nbsp;."""
    rows = "\n".join(_row(line) for line in sheet.lines)
    return f'<table border="1" cellspacing="0"><tbody>\n{rows}\n</tbody></table>'


def short_spans(sheet: Sheet) -> str:
    """HTML with labels broken by br and the tallest rowspan one row short."""
    tallest = max((span.down for line in sheet.lines[sheet.head :] for span in line.labels), default=1)
    lines = []
    for number, line in enumerate(sheet.lines):
        labels = tuple(
            Span(span.text, span.down - 1, span.across)
            if span.down == tallest > 2 and number >= sheet.head
            else span
            for span in line.labels
        )
        lines.append(_row(Line(labels, line.cells, line.unit), breaks=number < sheet.head))
    return f"<table>\n{chr(10).join(lines)}\n</table>"


def pages(sheet: Sheet) -> str:
    """HTML over two pages: two tables, the header repeated; a rowspan that is cut is begun again."""
    tall = [0] * len(sheet.lines)
    for number, line in enumerate(sheet.lines):
        for span in line.labels:
            for below in range(number + 1, min(number + span.down, len(sheet.lines))):
                tall[below] += 1
    middle = len(sheet.lines) * 2 // 3
    cut = min(
        (number for number in range(sheet.head + 2, len(sheet.lines)) if not tall[number]),
        key=lambda number: abs(number - middle),
        default=len(sheet.lines),
    )
    head = sheet.lines[: sheet.head]
    tables = [sheet.lines[:cut], (*head, *sheet.lines[cut:])]
    return "\n<p>- 5 -</p>\n".join(
        f'<table border="1">{"".join(_row(line) for line in lines)}</table>'
        for lines in tables
        if lines != head
    )


def grid(sheet: Sheet) -> list[list[str]]:
    """Returns the sheet as rows of equal length; a merged label stands in its first cell, the rest are blank."""
    taken: set[tuple[int, int]] = set()
    rows: list[dict[int, str]] = []
    for number, line in enumerate(sheet.lines):
        row: dict[int, str] = {}
        at = 0
        items = list(line.labels)
        items += [Span(line.unit)] if line.unit is not None else []
        items += [Span(cell.text) for cell in line.cells]
        for item in items:
            while (number, at) in taken:
                at += 1
            row[at] = item.text
            taken.update((number + i, at + j) for i in range(item.down) for j in range(item.across))
            at += item.across
        rows.append(row)
    width = 1 + max(max(row) for row in rows)
    return [[row.get(column, "") for column in range(width)] for row in rows]


def linear(sheet: Sheet) -> str:
    """One cell a line, each closed by "|", and a line with "|" between rows."""
    rows = []
    for line in sheet.lines:
        parts = [span.text for span in line.labels] + ([line.unit] if line.unit is not None else [])
        parts += [cell.text for cell in line.cells]
        rows.append("\n".join(f"{part} |".strip() for part in parts))
    return "|\n" + "\n|\n".join(rows) + "\n|"


def pipes(sheet: Sheet) -> str:
    """Cells parted by " | ", with ||| for the cells a merged label covers."""
    return "\n".join(
        " | ".join(row).replace("|  |", "||").replace("|  |", "||") + " |" for row in grid(sheet)
    )


def tabs(sheet: Sheet) -> str:
    """Cells parted by tabs, as a spreadsheet is copied."""
    return "\n".join("\t".join(row) for row in grid(sheet))


def markdown(sheet: Sheet) -> str:
    """A Markdown table whose header a converter invented."""
    table = grid(sheet)
    heads = ["项目", *(f"Unnamed: {number}" for number in range(1, len(table[0])))]
    lines = [heads, ["---"] * len(heads), *table]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def torn(sheet: Sheet) -> str:
    """Markdown in pieces: every fifth row has lost its label, which stands below the piece, broken in two."""
    table = grid(sheet)
    parts: list[str] = []
    run: list[list[str]] = []

    def close() -> None:
        if run:
            rule = "|" + "---|" * len(run[0])
            parts.append(
                "\n".join([f"| {' | '.join(run[0])} |", rule, *(f"| {' | '.join(row)} |" for row in run[1:])])
            )
            run.clear()

    for number, (line, row) in enumerate(zip(sheet.lines, table, strict=True)):
        if line.cells and sheet.stub and len(line.cells) > 2 and number % 5 == 3:
            close()
            label = line.labels[-1].text
            cells = [cell.text for cell in line.cells]
            parts.append("\n".join([f"| {' | '.join(cells)} |", "|" + "---|" * len(cells)]))
            parts.append(f"\n{label[: len(label) // 2]}\n{label[len(label) // 2 :]}")
        else:
            run.append(row)
    close()
    return "\n".join(parts)


# ---------------------------------------------------------------- without marks


def _texts(line: Line) -> tuple[list[str], list[str]]:
    """Returns the labels of a row and its cells, the unit first."""
    cells = [cell.text for cell in line.cells]
    return [span.text for span in line.labels], ([line.unit] if line.unit is not None else []) + cells


def _wrapped(label: str, size: int) -> list[str]:
    return [label[at : at + size] for at in range(0, len(label), size)]


def lines(sheet: Sheet) -> str:
    """One cell a line, as from a PDF: narrow labels one letter a line, others wrapped, one letter lost, a page mark."""
    found: list[str] = []
    for number, line in enumerate(sheet.lines):
        labels, cells = _texts(line)
        for place, label in enumerate(labels):
            if line.labels[place].down > 5:
                found += list(label)
            elif not line.cells and len(line.labels) > 2:
                found += _wrapped(label, 2 if len(label) < 7 else 4)
            else:
                lost = number % 9 == 4 and line.cells and len(label) > 8
                found += _wrapped(label[:5] + label[6:] if lost else label, 11)
        found += cells
        if number == 2 * len(sheet.lines) // 3:
            found += ["", "- 6 -"]
    return "\n".join(found)


def blanks(sheet: Sheet) -> str:
    """A row a line, its cells parted by blanks; merged labels on lines of their own."""
    found = []
    for line in sheet.lines:
        labels, cells = _texts(line)
        own = [span.text for span in line.labels if span.down == 1] if cells else labels
        found += [span.text for span in line.labels if span.down > 1 and cells]
        found.append(" ".join((*own, *cells)))
    return "\n".join(found)


def glued(sheet: Sheet) -> str:
    """All cells run together."""
    return "".join(text for line in sheet.lines for part in _texts(line) for text in part)


def vanished(sheet: Sheet) -> str:
    """One cell a line with blank lines between; blank cells leave nothing behind."""
    texts = [text for line in sheet.lines for part in _texts(line) for text in part if text]
    return "\n\n".join(texts)


def beside(sheet: Sheet) -> str:
    """HTML with two rows of a vertical form side by side."""
    body = [line for line in sheet.lines[sheet.head :] if line.cells]
    half = (len(body) + 1) // 2
    rows = []
    for number in range(half):
        pair: Sequence[Line] = body[number : number + 1] + body[half + number : half + number + 1]
        rows.append("<tr>" + "".join(_row(line)[4:-5] for line in pair) + "</tr>")
    assert all(one is not other for one, other in pairwise(body))
    return f"<table>{''.join(rows)}</table>"


LAYOUTS = {
    "html": Layout(spans, ".html"),
    "short-span": Layout(short_spans, ".html"),
    "pages": Layout(pages, ".html"),
    "beside": Layout(beside, ".html"),
    "linear": Layout(linear, ".txt"),
    "pipes": Layout(pipes, ".txt"),
    "tabs": Layout(tabs, ".txt"),
    "markdown": Layout(markdown, ".md"),
    "torn": Layout(torn, ".md", doubt=True),
    "lines": Layout(lines, ".txt"),
    "blanks": Layout(blanks, ".txt"),
    "glued": Layout(glued, ".txt", doubt=True),
    "vanished": Layout(vanished, ".txt", doubt=True),
}
