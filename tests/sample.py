"""A small report, audited by hand: what writers and commands are tested with, apart from any reader."""

from __future__ import annotations

from decimal import Decimal

from extractor.data import (
    Cell,
    CellState,
    Check,
    Claim,
    Figure,
    Finding,
    Interval,
    Link,
    Number,
    Period,
    Problem,
    Reading,
    Region,
    Relation,
    Report,
    Result,
    Scope,
    Severity,
    Stamp,
    Status,
    Table,
    Trial,
    Verdict,
)

NARRATIVE = """一、总体情况
海湾县人民政府办公室根据《条例》编制本报告(海政办〔2014〕7号)。
二、主动公开情况
2014年,全县主动公开政府信息1250条,其中县本级门户网站发布310条。召开新闻发布会4次,在线访谈6次,征求意见80多条。
三、依申请公开情况
全年收到申请12件,答复12件,其中同意公开9件、<不予公开>3件,办结率100%。未发生行政复议。经费12.5万元。
"""

ROWS = (
    ("统计指标", "单位", "统计数"),
    ("(一)主动公开政府信息数", "条", "1250"),
    ("1.参加或举办新闻发布会总次数", "次", "4"),
    ("2.政府网站在线访谈次数", "次", "2"),
    ("(一)收到申请数", "件", "12"),
    ("1.当面申请数", "件", "5"),
    ("2.网络申请数", "件", "6"),
    ("(三)申请答复数", "件", "12"),
    ("2.同意公开答复数", "件", "9"),
    ("四、行政复议数量", "件", "/"),
    ("(四)政府信息公开专项经费", "万元", "125000"),
)

_FORMULA = "applications.received = applications.in_person + applications.online"
_IDS = (
    "disclosed.total", "response.press", "response.interview", "applications.received", "applications.in_person",
    "applications.online", "applications.answered", "outcome.granted", "reconsideration.total", "funds.total",
)  # fmt: skip


def result(source: str = "海湾县2014.txt") -> Result:
    """Returns a result with every kind of number, claim verdict, link, finding, check and problem."""
    cells: list[Cell] = []
    text = NARRATIVE
    for row, labels in enumerate(ROWS):
        for column, label in enumerate(labels):
            cells.append(Cell(row, row + 1, column, column + 1, len(text), len(text) + len(label), label))
            text += label + ("\n" if column == 2 else " | ")
    tail = "打印本页 关闭窗口"
    table = Table(
        "T1", len(NARRATIVE), len(text), "pipes", tuple(cells), len(ROWS), 3, "政府信息公开情况统计表"
    )
    text += tail
    report = Report(
        source=source,
        sha256="5e" * 32,
        text=text,
        regions=(
            Region(0, len(NARRATIVE), "narrative"),
            Region(len(NARRATIVE), len(text) - len(tail), "table"),
            Region(len(text) - len(tail), len(text), "dropped", "navigation"),
        ),
        tables=(table,),
    )
    reading = Reading(_figures(cells), "ogi-2014", Decimal("0.98"))
    claims = _claims(text)
    verdicts = {
        "C1": Verdict.MATCH, "C2": Verdict.SCOPE, "C3": Verdict.MATCH, "C4": Verdict.MISMATCH, "C5": Verdict.ABSENT,
        "C6": Verdict.AMBIGUOUS, "C7": Verdict.MATCH, "C8": Verdict.MATCH, "C9": Verdict.ABSENT,
        "C10": Verdict.UNCHECKED, "C11": Verdict.EMPTY, "C12": Verdict.MISMATCH,
    }  # fmt: skip
    return Result(
        report=report,
        reading=reading,
        numbers=_numbers(text, claims),
        claims=claims,
        links=_links(),
        verdicts=verdicts,
        findings=_findings(),
        checks=(
            Check("text.parts", True, ("C7", "C8", "C9"), (), "C7 = C8 + C9", Decimal(12), Decimal(12)),
            Check("text.rate", True, ("C10", "C7", "C6"), (), "C10 = C7 / C6", Decimal(100), Decimal(100)),
            Check("table.identity", False, (), ("F4", "F5", "F6"), _FORMULA,
                  Decimal(11), Decimal(12)),
        ),
        problems=(Problem("unreadable", source, "T1", {"cause": "示例"}),),
        stamp=Stamp("0.1.0", "0123456789abcdef", "linker-1"),
    )  # fmt: skip


def _figures(cells: list[Cell]) -> tuple[Figure, ...]:
    figures = []
    for index, indicator in enumerate(_IDS):
        row = index + 1
        label, unit, value = ROWS[row]
        cell = cells[row * 3 + 2]
        blank = value == "/"
        figures.append(
            Figure(
                id=f"F{row}",
                table="T1",
                row=row,
                column=2,
                address=f"T1!R{row + 1}C3",
                row_label=label,
                column_label="统计数",
                row_path=(label,),
                column_path=("统计数",),
                indicator=indicator,
                group="",
                unit=unit,
                value=None if blank else Decimal(value),
                state=CellState.SLASH if blank else CellState.VALUE,
                text=value,
                start=cell.start,
                end=cell.end,
            )
        )
    return tuple(figures)


def _claims(text: str) -> tuple[Claim, ...]:
    rows: tuple[tuple[str, str, str | None, str, str, str, str, str | None], ...] = (
        # span of the claim inside its clause, clause, value, unit, hedge, indicator, scope, part of
        ("1250条", "全县主动公开政府信息1250条", "1250", "条", "", "主动公开政府信息", "whole", None),
        ("310条", "县本级门户网站发布310条", "310", "条", "", "县本级门户网站", "body", "C1"),
        ("4次", "召开新闻发布会4次", "4", "次", "", "新闻发布会", "unstated", None),
        ("6次", "在线访谈6次", "6", "次", "", "在线访谈", "unstated", None),
        ("80多条", "征求意见80多条", "80", "条", "多", "意见", "unstated", None),
        ("12件", "收到申请12件", "12", "件", "", "申请", "unstated", None),
        ("12件", "答复12件", "12", "件", "", "答复", "unstated", None),
        ("9件", "同意公开9件", "9", "件", "", "同意公开", "unstated", "C7"),
        ("3件", "<不予公开>3件", "3", "件", "", "<不予公开>", "unstated", "C7"),
        ("100%", "办结率100%", "100", "%", "", "办结率", "unstated", None),
        ("未发生行政复议", "未发生行政复议", "0", "", "", "行政复议", "unstated", None),
        ("12.5万元", "经费12.5万元", "12.5", "万元", "", "经费", "unstated", None),
    )
    claims = []
    for index, (span, clause, value, unit, hedge, indicator, scope, part_of) in enumerate(rows, 1):
        start = text.index(clause) + clause.index(span)
        number = Decimal(value or 0)
        digits = len(span) - len(span.lstrip("0123456789."))
        interval = Interval(number, number)
        if hedge:
            interval = Interval(Decimal(80), Decimal(90), high_open=True)
        left = max(text.rfind(mark, 0, start) for mark in "。\n") + 1
        claims.append(
            Claim(
                id=f"C{index}",
                start=start,
                end=start + len(span),
                text=span,
                numbers=((start, start + digits),) if digits else (),
                value=None if hedge else number,
                interval=interval,
                unit=unit,
                unit_text=unit,
                kind="count",
                hedge=hedge,
                indicator=indicator,
                context=(),
                verb="",
                scope=Scope(scope, "全县" if scope == "whole" else ""),
                period=Period("year", 2014, None, "2014年") if index == 1 else Period(),
                relation=Relation.RATE if unit == "%" else Relation.LEVEL,
                part_of=part_of,
                list_kind="qizhong" if part_of else "",
                section=("二、主动公开情况",),
                sentence=(left, text.index("。", start) + 1),
                rule="quantity.count",
            )
        )
    return tuple(claims)


def _numbers(text: str, claims: tuple[Claim, ...]) -> tuple[Number, ...]:
    numbers = [
        Number(start, end, text[start:end], Status.CLAIMED, "", claim.id)
        for claim in claims
        for start, end in claim.numbers
    ]
    for written, shift, reason in (("〔2014〕", 1, "document_number"), ("2014年", 0, "date")):
        start = text.index(written) + shift
        numbers.append(Number(start, start + 4, "2014", Status.EXCLUDED, reason))
    start = text.index("〕7号") + 1
    numbers.append(Number(start, start + 1, "7", Status.UNEXPLAINED, "no_pattern"))
    return tuple(sorted(numbers, key=lambda number: number.start))


def _links() -> tuple[Link, ...]:
    def link(claim: str, figure: str, indicator: str, value: str | None, difference: str | None) -> Link:
        trial = Trial(
            indicator, (figure,), None if value is None else Decimal(value),
            None if difference is None else Decimal(difference), difference == "0",
        )  # fmt: skip
        return Link(claim, (figure,), indicator, Decimal("0.97"), "label", {}, (trial,))

    return (
        link("C1", "F1", "disclosed.total", "1250", "0"),
        link("C2", "F1", "disclosed.total", "1250", "-940"),
        link("C3", "F2", "response.press", "4", "0"),
        link("C4", "F3", "response.interview", "2", "4"),
        Link("C5", (), "", Decimal(0), "no_candidate"),
        Link("C6", ("F4",), "applications.received", Decimal("0.51"), "label", {}, (), ("F4", "F7")),
        link("C7", "F7", "applications.answered", "12", "0"),
        link("C8", "F8", "outcome.granted", "9", "0"),
        link("C11", "F9", "reconsideration.total", None, None),
        link("C12", "F10", "funds.total", "125000", "-124987.5"),
    )


def _findings() -> tuple[Finding, ...]:
    return (
        Finding("tieout.scope", Verdict.SCOPE, Severity.REVIEW, ("C2",), ("F1",), "disclosed.total",
                Decimal(1250), Decimal(310), Decimal(-940)),
        Finding("tieout.mismatch", Verdict.MISMATCH, Severity.ERROR, ("C4",), ("F3",), "response.interview",
                Decimal(2), Decimal(6), Decimal(4)),
        Finding("tieout.magnitude", Verdict.MISMATCH, Severity.ERROR, ("C12",), ("F10",), "funds.total",
                Decimal(125000), Decimal("12.5"), Decimal("-124987.5"), {"factor": 10000}),
        Finding("table.identity", None, Severity.ERROR, (), ("F4", "F5", "F6"),
                _FORMULA, Decimal(11), Decimal(12), Decimal(1)),
        Finding("tieout.empty", Verdict.EMPTY, Severity.REVIEW, ("C11",), ("F9",), "reconsideration.total",
                None, Decimal(0), None),
        Finding("tieout.ambiguous", Verdict.AMBIGUOUS, Severity.INFO, ("C6",), ("F4", "F7")),
    )  # fmt: skip
