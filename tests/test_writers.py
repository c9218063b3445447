"""Results out: the contract, the sheet, the texts; each said twice, in Chinese and English."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from sample import result

from extractor.data import Claim, Place, Problem, Result
from extractor.knowledge import Knowledge
from extractor.knowledge.gazetteer import KINDS
from extractor.knowledge.messages import EVIDENCE
from extractor.writers import FORMATS, write
from extractor.writers.arithmetic import Arithmetic, arithmetic
from extractor.writers.contract import decimal
from extractor.writers.evidence import evidence_of, short_label
from extractor.writers.explain import write_explanation
from extractor.writers.listing import write_claims, write_figures
from extractor.writers.markdown import escape
from extractor.writers.prose import breaks
from extractor.writers.sheet import COLUMNS, safe
from extractor.writers.view import view_of
from extractor.writers.words import Words, number

_SCHEMA = json.loads(
    (Path(__file__).resolve().parent.parent / "docs" / "result.schema.json").read_text(encoding="utf-8")
)
_VALIDATOR = jsonschema.Draft202012Validator(_SCHEMA)


@pytest.fixture
def audited() -> Result:
    return result()


def _claim(audited: Result, claim_id: str) -> Claim:
    return next(claim for claim in audited.claims if claim.id == claim_id)


# ---------------------------------------------------------------- the contract


def test_the_schema_is_one_and_is_strict() -> None:
    jsonschema.Draft202012Validator.check_schema(_SCHEMA)
    loose = [
        name
        for name, part in _SCHEMA["$defs"].items()
        if "properties" in part and part["additionalProperties"]
    ]
    assert loose == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_follows_the_schema(audited: Result, knowledge: Knowledge, lang: str) -> None:
    _VALIDATOR.validate(json.loads(write([audited], "json", lang, knowledge)))


def test_json_of_the_seed_follows_the_schema(seed_path: Path, knowledge: Knowledge) -> None:
    from extractor.audit import audit
    from extractor.readers import read

    _VALIDATOR.validate(
        json.loads(write([audit(read(seed_path, knowledge), knowledge)], "json", "zh", knowledge))
    )


def test_every_finding_of_the_seed_says_all_and_declares_its_params(
    seed_path: Path, knowledge: Knowledge
) -> None:
    from extractor.audit import audit
    from extractor.readers import read

    audited = audit(read(seed_path, knowledge), knowledge)
    assert audited.findings
    for finding in audited.findings:
        assert set(finding.params) <= knowledge.messages.findings[finding.code].params | EVIDENCE
    for lang in ("zh", "en"):
        for finding in json.loads(write([audited], "json", lang, knowledge))["findings"]:
            assert "—" not in finding["message"]


def test_every_span_of_the_json_lies_on_its_words(audited: Result, knowledge: Knowledge) -> None:
    whole = json.loads(write([audited], "json", "zh", knowledge))
    text = whole["report"]["text"]
    for kind in ("numbers", "claims", "figures"):
        assert whole[kind]
        for item in whole[kind]:
            assert text[item["start"] : item["end"]] == item["text"]


def test_json_is_an_object_for_one_report_and_an_array_for_several(
    audited: Result, knowledge: Knowledge
) -> None:
    assert isinstance(json.loads(write([audited], "json", "zh", knowledge)), dict)
    assert len(json.loads(write([audited, audited], "json", "zh", knowledge))) == 2
    assert len(json.loads(write([audited], "json", "zh", knowledge, many=True))) == 1
    assert json.loads(write([], "json", "zh", knowledge)) == []


def test_json_lines_hold_one_report_each(audited: Result, knowledge: Knowledge) -> None:
    lines = write([audited, audited], "jsonl", "zh", knowledge).splitlines()
    assert [json.loads(line) for line in lines] == [json.loads(write([audited], "json", "zh", knowledge))] * 2


def test_a_finding_names_its_main_claim_and_speaks_the_language_asked_for(
    audited: Result, knowledge: Knowledge
) -> None:
    def found(lang: str) -> dict[str, Any]:
        findings = json.loads(write([audited], "json", lang, knowledge))["findings"]
        return next(finding for finding in findings if finding["code"] == "tieout.mismatch")

    finding = found("zh")
    assert finding["claim"] == "C4"
    assert (finding["actual"], finding["expected"], finding["difference"]) == ("6", "2", "4")
    assert finding["message"] == "正文称“在线访谈”6次，统计表 T1!R4C3“政府网站在线访谈次数”为2次，相差4次。"
    assert found("en")["message"].startswith("The text says 6次 for “在线访谈”; the table's T1!R4C3")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15))
def test_a_decimal_is_written_exactly_and_plainly(value: Decimal) -> None:
    written = decimal(value)
    assert written is not None
    assert "E" not in written
    assert Decimal(written) == value


def test_a_decimal_with_an_exponent_is_written_out() -> None:
    assert decimal(Decimal("3E+9")) == "3000000000"
    assert decimal(None) is None


# ---------------------------------------------------------------- the sheet


def _sheet(audited: Result, knowledge: Knowledge) -> list[dict[str, str]]:
    written = write([audited], "csv", "zh", knowledge)
    assert written.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(written[1:], newline="")))


def test_the_sheet_has_one_row_a_claim_then_what_is_about_none(audited: Result, knowledge: Knowledge) -> None:
    rows = _sheet(audited, knowledge)
    alone = [finding for finding in audited.findings if not finding.claims]
    assert [row["claim"] for row in rows] == [*(claim.id for claim in audited.claims), *("" for _ in alone)]
    assert [row["findings"] for row in rows[len(audited.claims) :]] == [finding.code for finding in alone]
    assert all(row["messages"] for row in rows if row["findings"])
    assert tuple(rows[0]) == COLUMNS
    row = rows[3]
    assert (row["text"], row["table_value"], row["verdict"], row["verdict_text"]) == (
        "6次",
        "2",
        "mismatch",
        "不一致",
    )
    assert (row["cells"], row["difference"], row["findings"]) == ("T1!R4C3", "4", "tieout.mismatch")


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(1)"])
def test_a_cell_that_could_run_is_disarmed(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12", "+3.5", "1250", "正文=表", "", "a-b"])
def test_a_plain_cell_stays_as_it_is(cell: str) -> None:
    assert safe(cell) == cell


def test_report_text_cannot_smuggle_a_formula_into_the_sheet(audited: Result, knowledge: Knowledge) -> None:
    first = replace(audited.claims[0], indicator="=HYPERLINK(1)")
    rows = _sheet(replace(audited, claims=(first, *audited.claims[1:])), knowledge)
    assert rows[0]["indicator"] == "'=HYPERLINK(1)"


# ---------------------------------------------------------------- texts


def test_a_quote_never_shows_half_a_number(audited: Result, knowledge: Knowledge) -> None:
    claim = audited.claims[0]
    evidence = evidence_of(audited, Words(knowledge, "zh"))
    for length in range(30, 60):
        text = f"{'甲' * length}136.22万元{'乙' * 60}{claim.text}{'丙' * length}2,088人次{'丁' * 60}"
        start = text.index(claim.text)
        said = replace(claim, start=start, end=start + len(claim.text), sentence=(0, len(text)))
        quote = replace(evidence, result=replace(audited, report=replace(audited.report, text=text))).quote(
            said
        )
        assert "136.22" in quote.before or not set(quote.before) & set("1362.")
        assert "2,088" in quote.after or not set(quote.after) & set("208,")


def test_a_number_told_twice_is_one_cause(audited: Result, knowledge: Knowledge) -> None:
    first = next(finding for finding in audited.findings if finding.claims)
    again = replace(first, code="text.rate", claims=(audited.claims[-1].id, *first.claims))
    other = replace(again, claims=(audited.claims[-2].id,))
    view = view_of(replace(audited, findings=(first, again, other)), Words(knowledge, "zh"))

    assert [finding.follows for finding in view.findings] == [None, 1, None]
    assert [finding.alike for finding in view.findings] == [None, None, 2]
    written = write([replace(audited, findings=(first, again, other))], "text", "zh", knowledge)
    assert "与第 1 项涉及同一数字" in written
    assert "同第 2 项，建议亦同" in written


@pytest.mark.parametrize(
    ("where", "said"),
    [("p.3", "第 3 页"), ("¶12", "第 12 段"), ("L40", "第 40 行"), ("T1!R2C3", "T1!R2C3"), ("", "")],
)
def test_places_are_told_in_words(where: str, said: str, knowledge: Knowledge) -> None:
    assert Words(knowledge, "zh").place(where) == said


def test_text_of_a_page_stands_in_a_paragraph_under_a_heading(audited: Result, knowledge: Knowledge) -> None:
    claim = audited.claims[0]
    cut = claim.start - 3
    places = (
        Place(0, 3, "/html/body/h1[1]"),
        Place(3, 5, "/html/body/table[1]/tr[1]/td[1]"),
        Place(5, cut, "/html/body/div[2]/p[1]"),
        Place(cut, len(audited.report.text), "/html/body/div[2]/p[2]"),
    )
    evidence = evidence_of(
        replace(audited, report=replace(audited.report, places=places)), Words(knowledge, "zh")
    )
    assert evidence.place(claim.start) == "第 3 段"
    (passage,) = evidence.passages([replace(claim, section=("一、概述", "(二)主动公开"))])
    assert passage.place == "“(二)主动公开”，第 3 段"
    (passage,) = evidence.passages([replace(claim, section=())])
    assert passage.place == "第 3 段"


@pytest.mark.parametrize(
    ("cause", "zh"),
    [
        ("[Errno 13] Permission denied: '甲.txt'", "没有访问权限"),
        ("Failed to load document (PDFium: Data format error).", "内容不符合 PDF 格式"),
        ("something nobody has words for", "something nobody has words for"),
    ],
)
def test_what_a_library_says_of_its_trouble_is_told_in_words(
    cause: str, zh: str, knowledge: Knowledge
) -> None:
    problem = Problem("unreadable", "甲.txt", params={"cause": cause})
    assert Words(knowledge, "zh").problem(problem) == f"文件无法读取：{zh}"


@pytest.mark.parametrize("width", [80, 120])
def test_text_stays_within_its_width_and_holds_no_escape_code(
    audited: Result, knowledge: Knowledge, width: int
) -> None:
    written = write([audited], "text", "zh", knowledge, width=width)
    assert "\x1b" not in written
    assert all(cell_len(line) <= width for line in written.splitlines())
    assert all(line == line.rstrip() for line in written.splitlines())


def test_colour_changes_no_word(audited: Result, knowledge: Knowledge) -> None:
    from rich.text import Text

    plain = write([audited], "text", "zh", knowledge)
    coloured = write([audited], "text", "zh", knowledge, colour=True)
    assert "\x1b[" in coloured
    assert [line.rstrip() for line in Text.from_ansi(coloured).plain.splitlines()] == plain.splitlines()


def test_text_says_the_worst_first_and_shows_the_claim_in_its_sentence(
    audited: Result, knowledge: Knowledge
) -> None:
    written = write([audited], "text", "zh", knowledge, width=120)
    order = [
        written.index(code)
        for code in ("tieout.mismatch", "table.identity", "tieout.scope", "tieout.ambiguous")
    ]
    assert order == sorted(order)
    assert "召开新闻发布会4次,在线访谈【6次】,征求意见80多条。" in written
    assert "12 项陈述：✓ 一致 4 · ✗ 不一致 2" in written
    assert "14 个数字：已提取 11，已排除 2，未解释 1" in written
    assert "12 ≠ 5 + 6" in written
    assert "12 = 9 + 3" in written
    assert "100% = 12 ÷ 12" in written
    assert "行政复议                  0" in " ".join(written.split("\n")) or "0(“未发生行政复议”)" in written


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_without_anything_is_still_a_report(
    audited: Result, knowledge: Knowledge, format: str, lang: str
) -> None:
    bare = replace(
        audited,
        reading=replace(audited.reading, figures=(), template="", score=Decimal(0)),
        report=replace(audited.report, tables=()),
        numbers=(), claims=(), links=(), verdicts={}, findings=(), checks=(), problems=(),
    )  # fmt: skip
    written = write([bare], format, lang, knowledge)
    assert written
    if format in {"text", "markdown", "html"}:
        assert Words(knowledge, lang).say("nothing") in written
        assert Words(knowledge, lang).say("clean") not in written


def test_an_unknown_format_is_an_error(audited: Result, knowledge: Knowledge) -> None:
    with pytest.raises(ValueError, match="pdf"):
        write([audited], "pdf", "zh", knowledge)


def test_markdown_shows_report_text_as_it_stands(audited: Result, knowledge: Knowledge) -> None:
    written = write([audited], "markdown", "zh", knowledge)
    assert "\\<不予公开\\>" in written
    assert "在线访谈**6次**" in written
    assert escape("a|b\n*c*") == "a\\|b \\*c\\*"


@given(st.text(alphabet="公开信息123,。“”() ab", max_size=60), st.integers(min_value=4, max_value=20))
def test_breaking_lines_loses_nothing_and_fits(text: str, width: int) -> None:
    offsets = breaks(text, width)
    assert offsets == sorted(set(offsets))
    lines = [text[start:end] for start, end in zip([0, *offsets], [*offsets, len(text)], strict=True)]
    assert "".join(lines) == text
    assert all(cell_len(line.rstrip()) <= width for line in lines)


def test_a_line_never_begins_with_a_closing_mark_nor_breaks_a_number() -> None:
    text = "其中同意公开9件,办结率100%。共计49272条"
    lines = [text[i:j] for i, j in zip([0, *breaks(text, 12)], [*breaks(text, 12), len(text)], strict=True)]
    assert not [line for line in lines if line[0] in ",。%"]
    assert any("100%" in line for line in lines)
    assert any("49272" in line for line in lines)


# ---------------------------------------------------------------- words for formulas and labels


def _spoken(audited: Result, knowledge: Knowledge, formula: str, *among: str) -> Arithmetic:
    return arithmetic(formula, among, evidence_of(audited, Words(knowledge, "zh")))


def test_formulas_are_read_out_in_words_and_in_figures(audited: Result, knowledge: Knowledge) -> None:
    identity = _spoken(
        audited, knowledge, "applications.received = applications.in_person + applications.online"
    )
    assert identity.in_words() == "收到申请数 = 当面申请数 + 网络申请数"
    assert identity.in_figures(holds=False) == "12 ≠ 5 + 6"
    total = _spoken(audited, knowledge, "applications.in_person + applications.online")
    assert total.in_figures(Decimal(11)) == "5 + 6 = 11"
    assert (
        _spoken(audited, knowledge, "applications.in_person <= applications.received").in_figures()
        == "5 ≤ 12"
    )
    assert _spoken(audited, knowledge, "C9 <= C7").in_figures(holds=False) == "3 > 12"


def test_an_optional_term_the_table_lacks_is_left_out_of_the_words(
    audited: Result, knowledge: Knowledge
) -> None:
    formula = "applications.online + applications.fax? + applications.in_person?"
    assert _spoken(audited, knowledge, formula).in_words() == "网络申请数 + 当面申请数"


def test_a_row_the_table_lacks_is_named_as_the_form_names_it(audited: Result, knowledge: Knowledge) -> None:
    spoken = _spoken(audited, knowledge, "applications.online + applications.letter")
    assert spoken.in_words() == "网络申请数 + 信函申请数"
    assert spoken.in_figures() == "6 + —"


def test_a_row_id_takes_the_column_it_was_evaluated_in(audited: Result, knowledge: Knowledge) -> None:
    first, second = audited.reading.figures[:2]
    cells = [
        replace(first, id=f"F{number}", indicator=f"{row}@total", row_label=label, column_label="总计")
        for number, row, label in (
            (91, "outcome.granted", "(一)予以公开"),
            (92, "outcome.partial", "(二)部分公开"),
        )
    ]
    reading = replace(audited.reading, figures=(first, second, *cells))
    spoken = _spoken(
        replace(audited, reading=reading), knowledge, "outcome.granted + outcome.partial", "F91", "F92"
    )
    assert spoken.in_words() == "予以公开 + 部分公开"
    assert spoken.common() == "总计"
    assert spoken.in_figures(Decimal(2500)) == "1250 + 1250 = 2500"


def test_a_row_stands_for_its_own_cell_beside_its_running_total(
    audited: Result, knowledge: Knowledge
) -> None:
    first, second = audited.reading.figures[:2]
    year, since = (
        replace(
            first, id=name, indicator=f"outcome.granted{column}", row_label="予以公开", column_label=label
        )
        for name, column, label in (("F91", "", "本年"), ("F92", "@cumulative", "历年累计"))
    )
    since = replace(since, value=Decimal(9000))
    reading = replace(audited.reading, figures=(first, second, year, since))
    formula = "outcome.granted <= outcome.granted@cumulative"
    spoken = _spoken(replace(audited, reading=reading), knowledge, formula, "F91", "F92")
    assert (spoken.common(), spoken.in_words()) == ("予以公开", "本年 ≤ 历年累计")
    assert spoken.in_figures() == "1250 ≤ 9000"


def test_a_reason_names_what_differs_in_the_language_of_the_reader(knowledge: Knowledge) -> None:
    said = {lang: Words(knowledge, lang).why("conflict", {"kind": "action"}) for lang in ("zh", "en")}
    assert said == {"zh": "行为与最近的行不同", "en": "the action is not that of the nearest row"}
    kinds = set(KINDS) - {"mark", "bare", "topic"}  # no difference in these keeps a claim from a row
    assert {kind for kind in kinds if f"kind.{kind}" not in knowledge.messages.interface} == set()


def test_a_list_is_checked_against_the_items_it_names(audited: Result, knowledge: Knowledge) -> None:
    assert _spoken(audited, knowledge, "C9 >= 3").in_words().endswith(" ≥ 所列举的 3 项")


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("(一)收到申请数", "收到申请数"),
        ("1.政府公报公开政府信息数", "政府公报公开政府信息数"),
        ("(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条)", "主动公开政府信息数"),
        ("五、 行政诉讼\n数量", "行政诉讼数量"),
        ("一、", "一、"),
    ],
)
def test_a_label_is_shown_without_numbering_and_remark(label: str, short: str) -> None:
    assert short_label(label) == short


def test_a_number_is_shown_short() -> None:
    assert number(Decimal("7.6923076923")) == "7.6923"
    assert number(Decimal("12.50")) == "12.5"
    assert number(Decimal("3E+9")) == "3000000000"
    assert number(Decimal(100)) == "100"


# ---------------------------------------------------------------- explain and the listings


def test_a_claim_is_explained_with_its_arithmetic(audited: Result, knowledge: Knowledge) -> None:
    claim = _claim(audited, "C4")
    said = write_explanation(audited, claim.start, Words(knowledge, "zh"), width=120)
    for words in (
        "在线访谈【6次】",
        "T1!R4C3 政府网站在线访谈次数 = 2次",
        "相差 4次",
        "正文与统计表不一致",
        "不一致",
    ):
        assert words in said


def test_an_excluded_number_is_explained_by_its_reason(audited: Result, knowledge: Knowledge) -> None:
    offset = audited.report.text.index("〔2014〕") + 2
    said = write_explanation(audited, offset, Words(knowledge, "zh"))
    assert "已排除" in said
    assert "文号" in said


def test_a_cell_is_explained_with_the_findings_it_is_in(audited: Result, knowledge: Knowledge) -> None:
    figure = audited.reading.figures[4]
    said = write_explanation(audited, figure.start, Words(knowledge, "zh"), width=120)
    assert "applications.in_person" in said
    assert "统计表勾稽关系不成立" in said


def test_a_place_where_nothing_stands_says_so(audited: Result, knowledge: Knowledge) -> None:
    assert "No number stands here" in write_explanation(audited, 0, Words(knowledge, "en"))


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "csv", "markdown"])
def test_listings_hold_every_claim_and_every_figure(
    audited: Result, knowledge: Knowledge, format: str
) -> None:
    words = Words(knowledge, "zh")
    listed = write_claims(audited.report, audited.claims, audited.numbers, format, words)
    assert all(claim.id in listed for claim in audited.claims)
    listed = write_figures(audited.report, audited.reading, format, words)
    assert all(figure.address in listed for figure in audited.reading.figures)
    if format == "text":
        assert "[80, 90)条" in write_claims(audited.report, audited.claims, audited.numbers, format, words)


@pytest.mark.parametrize("format", ["html", "markdown"])
def test_what_is_passed_on_names_the_documents_that_were_refused(
    format: str, audited: Result, knowledge: Knowledge
) -> None:
    refused = [Problem("empty_file", "档案/空白.pdf")]
    written = write([audited], format, "zh", knowledge, refused=refused)
    assert "空白.pdf" in written
    assert "文件是空的" in written
    assert "文件是空的" not in write([audited], format, "zh", knowledge)
