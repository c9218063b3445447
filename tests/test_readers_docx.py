"""Word documents made here: notes, boxes, headers, tracked changes; every number is read, or dropped with a reason."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from extractor.audit import audit
from extractor.data import Report
from extractor.errors import InputError
from extractor.knowledge import Knowledge
from extractor.readers import read_bytes

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
ROOTS = {
    "footnotes": "footnotes", "endnotes": "endnotes", "header": "hdr", "footer": "ftr", "comments": "comments",
    "chart": "", "diagramData": "",
}  # fmt: skip
ROW = "<w:tr>{}</w:tr>"


def run(text: str, more: str = "") -> str:
    return f"<w:r>{more}<w:t>{text}</w:t></w:r>"


def paragraph(*texts: str) -> str:
    return f"<w:p>{''.join(text if text.startswith('<') else run(text) for text in texts)}</w:p>"


def deleted(text: str) -> str:
    return f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def reference(number: int, kind: str = "footnote", more: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}" {more}/></w:r>'


def note(number: int, *blocks: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{number}">{"".join(blocks)}</w:{kind}>'


def box(*blocks: str) -> str:
    """A text box as Word writes it: once for itself, once for older programs."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{content}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def word(*blocks: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A DOCX whose body is `blocks`, with further parts as their XML inside the root of their kind."""
    made = io.BytesIO()
    names = {name: name.rstrip("0123456789") for name in parts or {}}
    with zipfile.ZipFile(made, "w") as package:
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}{kind}+xml"/>'
            for name, kind in names.items()
        )
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{TYPES}document.main+xml"/>'
            f"{overrides}</Types>",
        )
        package.writestr("_rels/.rels", _relations({"word/document": "officeDocument"}))
        package.writestr("word/_rels/document.xml.rels", _relations(names))
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{SPACE}"><w:body>{"".join(blocks)}</w:body></w:document>',
        )
        for name, xml in (parts or {}).items():
            tag = ROOTS[names[name]]
            whole = xml if xml.startswith("<?xml") else f'<w:{tag} xmlns:w="{SPACE}">{xml}</w:{tag}>'
            package.writestr(f"word/{name}.xml", whole)
    return made.getvalue()


def _relations(targets: Mapping[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}{kind}" Target="{name}.xml"/>'
        for number, (name, kind) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def said(report: Report) -> list[str]:
    """The lines of the text that are not dropped."""
    lines = []
    for region in report.regions:
        if region.kind != "dropped":
            lines += report.text[region.start : region.end].split("\n")
    return [line for line in lines if line.strip()]


def dropped(report: Report) -> list[tuple[str, str]]:
    """What is dropped, with its reason."""
    return [
        (region.reason, line)
        for region in report.regions
        if region.kind == "dropped"
        for line in report.text[region.start : region.end].split("\n")
        if line.strip()
    ]


def place(report: Report, text: str) -> str:
    return report.place_of(report.text.index(text))


NOTES = {
    "footnotes": '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    + note(1, paragraph("<w:r><w:footnoteRef/></w:r>", " 含上年结转的3件。"))
    + note(2, paragraph("其中网站发布512条。"), paragraph("公报发布88条。"))
    + note(7, paragraph("无人引用的41件。")),
    "endnotes": note(1, paragraph("数据截至12月31日。"), kind="endnote"),
}


# ---------------------------------------------------------------- notes


def test_notes_stand_behind_the_paragraph_that_refers_to_them(knowledge: Knowledge) -> None:
    data = word(
        paragraph("全年收到申请24件", reference(1), "，均已答复。"),
        paragraph("主动公开600条", reference(2), reference(1, "endnote"), "。", reference(1)),
        paragraph("未发生复议。"),
        parts=NOTES,
    )
    report = read_bytes(data, "r.docx", knowledge)
    assert said(report) == [
        "全年收到申请24件，均已答复。", " 含上年结转的3件。",
        "主动公开600条。", "其中网站发布512条。", "公报发布88条。", "数据截至12月31日。",
        "未发生复议。",
    ]  # fmt: skip
    places = {text: place(report, text) for text in ("均已答复", "3件", "512条", "88条", "12月", "未发生")}
    assert list(places.values()) == ["¶1", "footnote 1", "footnote 2", "footnote 2", "endnote 1", "¶3"]
    assert dropped(report) == [("hidden_text", "无人引用的41件。")]


def test_numbers_of_notes_are_numbers_of_the_report(knowledge: Knowledge) -> None:
    data = word(paragraph("全年主动公开政府信息600条。", reference(2)), parts=NOTES)
    report = read_bytes(data, "r.docx", knowledge)
    result = audit(report, knowledge)
    found = {report.text[number.start : number.end] for number in result.numbers}
    assert found >= {"600", "512", "88"}


def test_a_note_parts_no_caption_from_its_table(knowledge: Knowledge) -> None:
    rows = [ROW.format(cell(paragraph(label)) + cell(paragraph(count))) for label, count in
            (("指标", "数量"), ("收到", "24"), ("答复", "23"), ("公开", "15"), ("结转", "1"))]  # fmt: skip
    rows[1] = ROW.format(cell(paragraph("收到", reference(2))) + cell(paragraph("24", box(paragraph("图7")))))
    data = word(paragraph("申请办理情况表", reference(1)), table(*rows), paragraph("完。"), parts=NOTES)
    report = read_bytes(data, "r.docx", knowledge)
    assert [line.strip() for line in said(report)] == [
        "申请办理情况表", "指标\t数量", "收到\t24", "答复\t23", "公开\t15", "结转\t1",
        "图7", "含上年结转的3件。", "其中网站发布512条。", "公报发布88条。", "完。",
    ]  # fmt: skip
    assert place(report, "24") == "T1!R2C2"
    assert place(report, "图7") == "box 1"
    assert place(report, "512条") == "footnote 2"


def test_a_mark_of_ones_own_is_not_glued_to_the_number(knowledge: Knowledge) -> None:
    mark = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>1</w:t></w:r>'
    report = read_bytes(word(paragraph("收到24", mark, "件。"), parts=NOTES), "r.docx", knowledge)
    assert said(report) == ["收到24件。", " 含上年结转的3件。"]
    assert ("note_mark", "1") in dropped(report)


def test_a_note_that_refers_to_itself_is_read_once(knowledge: Knowledge) -> None:
    parts = {"footnotes": note(1, paragraph("见注", reference(1), "，共5件。"))}
    report = read_bytes(word(paragraph("收到24件。", reference(1)), parts=parts), "r.docx", knowledge)
    assert said(report) == ["收到24件。", "见注，共5件。"]


# ---------------------------------------------------------------- boxes, controls, hidden text


def test_boxes_and_controls_are_read_once_with_their_places(knowledge: Knowledge) -> None:
    data = word(
        paragraph("收到申请", f"<w:ins>{run('24件。')}</w:ins>"),
        f"<w:sdt><w:sdtContent>{paragraph('答复24件。')}</w:sdtContent></w:sdt>",
        paragraph(box(paragraph("框内24件"), paragraph("框中框", box(paragraph("最里15件"))))),
        paragraph("办结24件。"),
    )
    report = read_bytes(data, "r.docx", knowledge)
    assert said(report) == ["收到申请24件。", "答复24件。", "框内24件", "框中框", "最里15件", "办结24件。"]
    assert [place(report, text) for text in ("框内", "框中", "最里", "办结")] == [
        "box 1",
        "box 1",
        "box 2",
        "¶4",
    ]


def test_hidden_text_is_dropped_and_text_that_is_not_hidden_is_read(knowledge: Knowledge) -> None:
    hidden, shown = "<w:rPr><w:vanish/></w:rPr>", '<w:rPr><w:vanish w:val="0"/></w:rPr>'
    data = word(paragraph(run("隐藏9件", hidden), run("办结24件", shown), "。"))
    report = read_bytes(data, "r.docx", knowledge)
    assert said(report) == ["办结24件。"]
    assert dropped(report) == [("hidden_text", "隐藏9件")]


def test_a_formula_is_dropped_with_its_reason(knowledge: Knowledge) -> None:
    formula = (
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        "<m:f><m:num><m:r><m:t>12</m:t></m:r></m:num><m:den><m:r><m:t>34</m:t></m:r></m:den></m:f></m:oMath>"
    )
    report = read_bytes(word(paragraph("比例为", formula, "。")), "r.docx", knowledge)
    assert said(report) == ["比例为。"]
    assert dropped(report) == [("formula", "12 34")]


# ---------------------------------------------------------------- tracked changes


def test_deleted_text_is_dropped_and_inserted_text_is_read(knowledge: Knowledge) -> None:
    data = word(
        paragraph("收到申请", deleted("23"), f"<w:ins>{run('24')}</w:ins>", "件。"),
        paragraph(f"<w:moveFrom>{run('公开15条。')}</w:moveFrom>", "办结24件。"),
        paragraph(f"<w:moveTo>{run('公开15条。')}</w:moveTo>"),
        paragraph(f"<w:ins>{deleted('又删7件')}</w:ins>", "无结转。"),
    )
    report = read_bytes(data, "r.docx", knowledge)
    assert said(report) == ["收到申请24件。", "办结24件。", "公开15条。", "无结转。"]
    assert dropped(report) == [("deleted_text", text) for text in ("23", "公开15条。", "又删7件")]
    assert place(report, "又删") == "¶4"


def test_paragraphs_run_together_where_the_end_between_them_was_deleted(knowledge: Knowledge) -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    data = word(paragraph(mark, "收到申请2"), paragraph("4件。"), paragraph(mark, deleted("全删的8件。")))
    report = read_bytes(data, "r.docx", knowledge)
    assert said(report) == ["收到申请24件。"]
    assert dropped(report) == [("deleted_text", "全删的8件。")]


def test_deleted_rows_and_cells_are_no_part_of_the_table(knowledge: Knowledge) -> None:
    rows = [ROW.format(cell(paragraph(label)) + cell(paragraph(count))) for label, count in
            (("指标", "数量"), ("收到", "24"), ("答复", "23"), ("公开", "15"))]  # fmt: skip
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell(paragraph('旧行'))}{cell(paragraph('99'))}</w:tr>"
    half = ROW.format(cell(paragraph("结转")) + cell(paragraph("77"), properties="<w:cellDel/>"))
    report = read_bytes(word(table(*rows[:2], gone, *rows[2:], half)), "r.docx", knowledge)
    (found,) = report.tables
    assert [cell.text for cell in found.cells] == [
        "指标", "数量", "收到", "24", "答复", "23", "公开", "15", "结转", "",
    ]  # fmt: skip
    assert dropped(report) == [("deleted_text", text) for text in ("旧行", "99", "77")]


# ---------------------------------------------------------------- beside the body


def test_headers_footers_and_comments_are_dropped_each_with_its_reason(knowledge: Knowledge) -> None:
    parts = {
        "header1": paragraph("海湾县2021年度报告") + paragraph(box(paragraph("内部资料3号"))),
        "footer1": paragraph("第", "<w:r><w:t>1</w:t></w:r>", "页"),
        "comments": f'<w:comment w:id="0">{paragraph("请核对24件")}</w:comment>',
    }
    report = read_bytes(word(paragraph("收到申请24件。"), parts=parts), "r.docx", knowledge)
    assert said(report) == ["收到申请24件。"]
    assert dropped(report) == [
        ("running_header", "海湾县2021年度报告"), ("running_header", "内部资料3号"), ("running_header", "第1页"),
        ("comment", "请核对24件"),
    ]  # fmt: skip
    assert [place(report, text) for text in ("海湾县", "第1页", "请核对")] == [
        "header 1",
        "footer 1",
        "comments 1",
    ]


def test_what_charts_and_diagrams_say_is_dropped_with_its_reason(knowledge: Knowledge) -> None:
    drawn = "http://schemas.openxmlformats.org/drawingml/2006/"
    parts = {
        "chart": f'<?xml version="1.0"?><c:b xmlns:c="{drawn}chart"><c:v>申请</c:v><c:v>24</c:v></c:b>',
        "diagramData": f'<?xml version="1.0"?><a:b xmlns:a="{drawn}main"><a:t>受理15件</a:t></a:b>',
    }
    report = read_bytes(word(paragraph("收到申请24件。"), parts=parts), "r.docx", knowledge)
    assert said(report) == ["收到申请24件。"]
    assert dropped(report) == [("drawing", "申请 24"), ("drawing", "受理15件")]


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (
            '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
            "entities_refused",
        ),
        ('<?xml version="1.0"?><a>', "corrupt_file"),
        ('<?xml version="1.0"?>' + "<a>" * 5000 + "</a>" * 5000, "corrupt_file"),
    ],
)
def test_hostile_notes_are_refused(xml: str, code: str, knowledge: Knowledge) -> None:
    data = word(paragraph("收到申请24件。", reference(1)), parts={"footnotes": xml})
    with pytest.raises(InputError) as caught:
        read_bytes(data, "r.docx", knowledge)
    assert caught.value.code == code


def test_notes_elsewhere_are_not_fetched(knowledge: Knowledge) -> None:
    made = io.BytesIO(
        word(paragraph("收到申请24件。", reference(1)), parts={"footnotes": note(1, paragraph("3件。"))})
    )
    with zipfile.ZipFile(made) as package:
        members = {name: package.read(name) for name in package.namelist()}
    link = 'Target="file:///etc/passwd" TargetMode="External"'
    relations = "word/_rels/document.xml.rels"
    members[relations] = members[relations].replace(b'Target="footnotes.xml"', link.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    assert said(read_bytes(out.getvalue(), "r.docx", knowledge)) == ["收到申请24件。"]
