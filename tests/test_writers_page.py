"""The HTML page: self-contained, safe, linked both ways, and readable without script."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from sample import result

from extractor.data import Result, Table
from extractor.knowledge import Knowledge
from extractor.writers import write

_VOID = {"meta", "input", "rect", "br"}


class _Page(HTMLParser):
    """Collects ids, links and marks, and checks that tags nest."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.claims: dict[str, str] = {}
        self.reasons: list[str] = []
        self.addresses: list[str] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag not in _VOID:
            self._open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.targets.append(given["href"])
        if tag == "a" and given.get("class", "").startswith("claim"):
            self.claims[given["id"]] = given["class"]
        if tag == "abbr":
            self.reasons.append(given["title"])
        self.addresses += [given[key] for key in ("src", "action", "srcset") if key in given]
        assert "style" not in given, "the policy forbids style attributes"
        assert not [key for key in given if key.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture
def page(knowledge: Knowledge) -> str:
    return write([result()], "html", "zh", knowledge)


def test_every_link_leads_somewhere_on_the_page(page: str) -> None:
    seen = _Page(page)
    assert len(seen.ids) == len(set(seen.ids))
    assert seen.targets
    assert {target for target in seen.targets if not target.startswith("#")} == set()
    assert {target[1:] for target in seen.targets} <= set(seen.ids)


def test_every_claim_is_marked_by_its_verdict_and_points_to_its_cell_and_back(page: str) -> None:
    audited = result()
    seen = _Page(page)
    assert list(seen.claims) == [f"r1c{index}" for index in range(len(audited.claims))]
    assert seen.claims["r1c3"] == "claim v-mismatch short"
    assert re.search(r'<a class="claim v-mismatch short" href="#r1f2" id="r1c3"', page)
    cell = page[page.index('id="r1f2"') :]
    assert '<a class="back v-mismatch" href="#r1c3"' in cell[: cell.index("</td>")]


def test_excluded_and_unexplained_numbers_carry_their_reason(page: str) -> None:
    reasons = _Page(page).reasons
    assert "已排除：文号" in reasons
    assert any(reason.startswith("未解释") for reason in reasons)


def test_nothing_is_fetched_and_only_our_own_snippets_run(page: str) -> None:
    assert _Page(page).addresses == []
    assert "http" not in page.replace("http-equiv", "")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (source,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        allowed = policy[1].replace("&#39;", "'")
        assert f"{directive} 'sha256-{digest}'" in allowed
        assert allowed.startswith("default-src 'none'")


def test_report_text_is_never_markup(knowledge: Knowledge) -> None:
    audited = result()
    attack = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    text = audited.report.text.replace("打印本页 关闭窗口", attack[:9] + "\n" + attack)
    last = audited.report.regions[-1]
    report = replace(
        audited.report,
        text=text,
        source=attack,
        regions=(*audited.report.regions[:-1], replace(last, end=len(text))),
    )
    page = write([replace(audited, report=report)], "html", "zh", knowledge)
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert "&lt;不予公开&gt;" in page
    _Page(page)


def test_the_whole_narrative_stands_on_the_page(page: str) -> None:
    audited = result()
    shown = "".join("".join(_Page(page).text).split())
    for line in ("海湾县人民政府办公室根据《条例》编制本报告", "打印本页关闭窗口"):
        assert line in shown
    assert all("".join(cell.text.split()) in shown for cell in audited.report.tables[0].cells)


def test_a_table_without_cells_is_shown_as_it_was_read_beside_its_source(knowledge: Knowledge) -> None:
    audited: Result = result()
    (table,) = audited.report.tables
    stream = Table("T1", table.start, table.end, "stream")
    page = write(
        [replace(audited, report=replace(audited.report, tables=(stream,)))], "html", "zh", knowledge
    )
    seen = _Page(page)
    assert {f"r1f{index}" for index in range(len(audited.reading.figures))} <= set(seen.ids)
    assert {target[1:] for target in seen.targets} <= set(seen.ids)
    assert "统计指标 | 单位 | 统计数" in page
    assert page.count('<th scope="col">统计数</th>') == 1


def test_lines_broken_by_hard_wrapping_are_one_paragraph(knowledge: Knowledge) -> None:
    audited: Result = result()
    text = audited.report.text.replace("6次,征求", "6次,\n求")
    assert len(text) == len(audited.report.text)
    page = write([replace(audited, report=replace(audited.report, text=text))], "html", "zh", knowledge)
    paragraphs = re.findall(r"<p>(.*?)</p>", page, re.DOTALL)
    (whole,) = [words for words in paragraphs if "主动公开政府信息" in words and "意见" in words]
    assert "80多条" in whole


def test_several_reports_share_a_page_without_sharing_ids(knowledge: Knowledge) -> None:
    seen = _Page(write([result("a.txt"), result("b.txt")], "html", "en", knowledge))
    assert len(seen.ids) == len(set(seen.ids))
    assert {"#r1", "#r2"} <= set(seen.targets)


def test_overlapping_claims_each_keep_their_anchor(knowledge: Knowledge) -> None:
    audited = result()
    zero = next(claim for claim in audited.claims if claim.id == "C11")
    twin = replace(zero, id="C13", start=zero.start + 2, text=zero.text[2:], indicator="行政诉讼")
    double = replace(
        audited, claims=(*audited.claims, twin), verdicts={**audited.verdicts, "C13": audited.verdicts["C5"]}
    )
    page = write([double], "html", "zh", knowledge)
    seen = _Page(page)
    assert {target[1:] for target in seen.targets} <= set(seen.ids)
