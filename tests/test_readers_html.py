"""HTML: the text a reader sees, tables as grids, navigation dropped, hostile pages bounded."""

from __future__ import annotations

import pytest

from extractor.data import Report, Table
from extractor.knowledge import Knowledge
from extractor.readers import read_text
from extractor.readers.grid import MAX_COLUMNS, Spanned, resolve

PROSE = "全年共收到政府信息公开申请24件,答复24件,其中同意公开15件,不属于本行政机关公开9件,均已按时办结。"


def page(body: str, knowledge: Knowledge) -> Report:
    return read_text(f"<html><body>{body}</body></html>", "r.html", knowledge, "html")


def spans(table: Table) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.row_end, c.column, c.column_end) for c in table.cells]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>共<span>1</span><span>25</span>条</p>", "共125条\n"),
        ("<p>1<br>2</p>", "1\n2\n"),
        ("<div>甲</div><div>乙</div>", "甲\n乙\n"),
        ("<p>A&nbsp;B &lt;格式&gt; &#25919;&#x5E9C;</p>", "A\u00a0B <格式> 政府\n"),
        ("<p>甲<!-- 3件 --><script>4</script><style>p{}</style>乙</p>", "甲乙\n"),
        ("<p>甲</p><p style='display:none'>9件</p><p hidden>8件</p><p>乙</p>", "甲\n乙\n"),
        ("<p>  多   个\n空白  </p>", "多 个 空白\n"),
        ("<pre>甲\n  乙</pre>", "甲\n  乙\n"),
        ("<p>没有<b>关上<p>的标签", "没有关上\n的标签\n"),
    ],
)
def test_text_is_what_a_reader_sees(html: str, text: str, knowledge: Knowledge) -> None:
    assert page(html, knowledge).text == text


def test_what_is_hidden_from_a_reader_is_counted(knowledge: Knowledge) -> None:
    hidden = (
        f"<p>{PROSE}</p><p style='display:none'>9件</p><p hidden>8件</p><i hidden> </i>"
        "<script>7</script><i style='color:red'>6</i>"
    )
    (told,) = (problem for problem in page(hidden, knowledge).problems if problem.code == "hidden_elements")
    assert told.params == {"count": 2}
    shown = page(f"<p>{PROSE}</p>", knowledge)
    assert "hidden_elements" not in {problem.code for problem in shown.problems}


def test_spans_become_a_grid_with_places(knowledge: Knowledge) -> None:
    body = (
        "<table><tr><td rowspan=2>项目</td><td colspan=2>数量</td></tr><tr><td>本年</td><td>上年</td></tr>"
        "<tr><td><p>收到<br>申请</p></td><td><span>1</span><span>25</span></td><td>&nbsp;</td></tr></table>"
    )
    report = page(f"<p>{PROSE}</p>{body}", knowledge)
    (table,) = report.tables
    assert (table.layout, table.rows, table.columns) == ("html", 3, 3)
    assert spans(table) == [
        ("项目", 0, 2, 0, 1),
        ("数量", 0, 1, 1, 3),
        ("本年", 1, 2, 1, 2),
        ("上年", 1, 2, 2, 3),
        ("收到\n申请", 2, 3, 0, 1),
        ("125", 2, 3, 1, 2),
        ("", 2, 3, 2, 3),
    ]
    assert all(report.text[cell.start : cell.end] == cell.text for cell in table.cells)


def row(*cells: str, rowspan: int = 1) -> list[Spanned]:
    """A row whose first cell spans `rowspan` rows."""
    return [Spanned(rowspan if n == 0 else 1, 1, 0, 0, text) for n, text in enumerate(cells)]


@pytest.mark.parametrize("written", [2, 3, 4, 0])
def test_a_rowspan_one_row_out_is_put_right(written: int) -> None:
    rows = [row("头", "a", "b"), row("组", "a", "1", rowspan=written), row("b", "2"), row("c", "3")]
    if written != 0:
        rows.append(row("尾", "x", "4"))
    grid = resolve(rows)
    group = next(cell for cell in grid.cells if cell.text == "组")
    assert (group.row, group.row_end, grid.columns) == (1, 4, 3)
    assert [cell.column for cell in grid.cells if cell.text in ("b", "c") and cell.row > 0] == [1, 1]


def test_absurd_spans_are_clamped_and_said(knowledge: Knowledge) -> None:
    body = (
        "<table><tr><td colspan=999999999 rowspan=999999999>1</td></tr><tr><td>2</td><td>3</td></tr></table>"
    )
    report = page(body, knowledge)
    (table,) = report.tables
    assert table.columns <= MAX_COLUMNS
    assert all(cell.row_end <= table.rows for cell in table.cells)
    assert "span_clamped" in {problem.code for problem in report.problems}


def test_nested_tables_are_tables_of_their_own(knowledge: Knowledge) -> None:
    inner = "<table><tr><td>收到</td><td>3</td></tr><tr><td>答复</td><td>2</td></tr></table>"
    report = page(f"<table><tr><td>{PROSE}{inner}</td><td>侧栏</td></tr></table>", knowledge)
    (table,) = report.tables
    assert [cell.text for cell in table.cells] == ["收到", "3", "答复", "2"]
    assert PROSE in "".join(report.text[r.start : r.end] for r in report.regions if r.kind == "narrative")


def test_layout_tables_are_text(knowledge: Knowledge) -> None:
    report = page(f"<table><tr><td>左栏</td><td><p>{PROSE * 6}</p></td></tr></table>", knowledge)
    assert report.tables == ()
    assert [region.kind for region in report.regions] == ["narrative"]


def test_navigation_and_covers_are_dropped_with_reasons(knowledge: Knowledge) -> None:
    cover = "<table><tr><td>索引号</td><td>1-2</td></tr><tr><td>发布机构</td><td>某局</td></tr></table>"
    body = f"<nav>首页 政务公开</nav><div class='bread crumb'>年报 12</div>{cover}<p>{PROSE}</p>"
    body += "<footer>电话 110</footer>"
    report = page(body, knowledge)
    reasons = [
        (r.reason, report.text[r.start : r.end].strip()) for r in report.regions if r.kind == "dropped"
    ]
    assert reasons == [
        ("navigation", "首页 政务公开\n年报 12"),
        ("cover_table", "索引号\t1-2\n发布机构\t某局"),
        ("navigation", "电话 110"),
    ]


def test_a_page_that_breaks_off_inside_a_table_says_so(knowledge: Knowledge) -> None:
    report = page(f"<p>{PROSE}</p><table><tr><td>收到</td><td>3</td></tr><tr><td>答复</td><td>", knowledge)
    assert [problem.code for problem in report.problems] == ["table_truncated"]


def test_deep_pages_do_not_overflow(knowledge: Knowledge) -> None:
    report = page("<div>" * 10_000 + PROSE, knowledge)
    assert report.text == PROSE + "\n"


def test_many_cells_stay_in_place(knowledge: Knowledge) -> None:
    report = page("<table>" + ("<tr>" + "<td>1</td>" * 10 + "</tr>") * 1000 + "</table>", knowledge)
    (table,) = report.tables
    assert (table.rows, table.columns, len(table.cells)) == (1000, 10, 10_000)


def test_a_page_inside_a_form_is_no_navigation(knowledge: Knowledge) -> None:
    report = page(f"<form><input value='3'><p>{PROSE * 12}</p></form>", knowledge)
    assert [region.kind for region in report.regions] == ["narrative"]


def test_a_table_of_links_in_navigation_is_no_table(knowledge: Knowledge) -> None:
    links = "<table><tr><td>首页</td><td>公开</td></tr><tr><td>服务</td><td>互动</td></tr></table>"
    report = page(f"<nav>{links}</nav><p>{PROSE}</p>", knowledge)
    assert report.tables == ()
    assert [region.kind for region in report.regions] == ["dropped", "narrative"]


def test_a_caption_element_is_the_caption(knowledge: Knowledge) -> None:
    rows = "<tr><td>项目</td><td>数</td></tr><tr><td>收到</td><td>3</td></tr>"
    report = page(f"<p>{PROSE}</p><table><caption>申请情况(单位:件)</caption>{rows}</table>", knowledge)
    (table,) = report.tables
    assert table.caption == "申请情况(单位:件)"
    assert [cell.text for cell in table.cells] == ["项目", "数", "收到", "3"]
