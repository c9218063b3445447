"""The reports and their gold: tables in a little prose, and what a careful reader finds in them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from extractor.synthesis.tables import forms
from extractor.synthesis.tables.faults import Fault, plant
from extractor.synthesis.tables.fillings import Filling, fill_article, fill_disputes, fill_list, fill_matrix
from extractor.synthesis.tables.layouts import LAYOUTS
from extractor.synthesis.tables.sheets import (
    Cell,
    Sheet,
    article_sheet,
    disputes_sheet,
    free_sheet,
    list_sheet,
    matrix_sheet,
    refilled,
    relabelled,
    upright_disputes,
)

from .plan import PLANS, Plan

_PLACES = ("青禾市", "临江区", "石泉县", "云麓区", "北屏县", "和平街道办事处", "长汀口镇", "南浦新区")
_BODIES = {
    "2014": 2015,
    "2019": 2020,
    "2021": 2022,
    "local": 2011,
    "mixed": 2019,
    "accounts": 2023,
    "permits": 2024,
}
_VARIANTS = {
    "2014": {
        "2.传真申请数": "2.传真申请书", "告知作出更改补充数": "告知做出更改补充数", "其他方式": "其它方式",
        "1.当面申请数": "1、当面申请数", "（二）申请办结数": "(二) 申请办结数", "3.网络申请数": "3网络申请数",
        "6.申请信息不存在数": "6.申请信息不存在", "接受培训人员数": "接受培训人员数量", "统计指标": "指 标",
    },
    "2019": {
        "本年新制作数量": "本年度新制作数量", "对外公开总数量": "对外公开总数", "第二十条第（五）项": "第（五）项",
        "（六）其他处理": "（六）其它处理", "1.属于国家秘密": "1属于国家秘密", "2.重复申请": "2、重复申请",
        "四、结转下年度继续办理": "四、结转下年度办理", "社会公益组织": "公益组织",
    },
    "2021": {
        "本年制发件数": "本年度制发数", "现行有效件数": "现行有效数", "第二十条第（一）项": "第(一)项",
        "1.本机关不掌握相关政府信息": "1、本机关不掌握相关信息", "3.其他": "3其他", "1.属于国家秘密": "1属于国家秘密",
        "二、上年结转政府信息公开申请数量": "二、上年度结转政府信息公开申请数量", "2.重复申请": "2.重复申请 ",
        "4.保护第三方合法权益": "4.保护第三方合法权利",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A report as text, with its gold as text; `suffix` is the report's."""

    name: str
    suffix: str
    text: str
    gold: str


@dataclass(slots=True)
class _Form:
    """The sheets of one report with what fills them, and the faults planted."""

    sheets: list[Sheet]
    fillings: list[Filling]
    faults: list[Fault]
    notes: list[str]


def written() -> Iterator[Written]:
    """Yields every report of the plan."""
    for plan in PLANS:
        form = _form(plan)
        layout = LAYOUTS[plan.layout]
        bodies = [layout.render(sheet) for sheet in form.sheets]
        text = _page(plan, form, bodies, layout.suffix)
        yield Written(plan.name, layout.suffix, text, _gold(plan, form, text, layout.doubt))


def write(folder: Path) -> int:
    """Writes reports and gold below `folder`; returns how many reports there are."""
    for part in ("reports", "gold"):
        (folder / part).mkdir(parents=True, exist_ok=True)
        for old in (folder / part).iterdir():
            old.unlink()
    number = 0
    for report in written():
        (folder / "reports" / f"{report.name}{report.suffix}").write_text(report.text, encoding="utf-8")
        (folder / "gold" / f"{report.name}.tsv").write_text(report.gold, encoding="utf-8")
        number += 1
    return number


# ---------------------------------------------------------------- forms filled in


def _form(plan: Plan) -> _Form:
    form = _Form([], [], [], [])
    if plan.form in forms.FREE:
        sheet, filling = free_sheet(plan.form, plan.seed, plan.most)
        faults = [plant(filling, kind, plan.seed) for kind in plan.faults]
        return _Form([refilled(sheet, filling)], [filling], faults, [])
    parts = ("2014", "2021") if plan.form == "mixed" else (plan.form,)
    for part in parts:
        (_vertical if part in ("2014", "local") else _national)(plan._replace(form=part), form)
        if part == parts[0] and plan.form == "mixed":
            plan = plan._replace(faults=())
    if "variants" in plan.twists:
        form.sheets = [relabelled(sheet, _VARIANTS[plan.form]) for sheet in form.sheets]
    return form


def _vertical(plan: Plan, form: _Form) -> None:
    text, sums = (
        (forms.FORM_2014, forms.SUMS_2014) if plan.form == "2014" else (forms.FORM_LOCAL, forms.SUMS_LOCAL)
    )
    double = "cumulative" in plan.twists
    filling = fill_list(text, sums, plan.seed, plan.most, double)
    form.faults += [plant(filling, kind, plan.seed) for kind in plan.faults]
    _twist(plan, filling)
    year = _BODIES[plan.form]
    heads = (
        ("统计指标", "单位", "统计数") if not double else ("指标名称", "计量单位", f"{year}年度", "历年累计")
    )
    form.sheets.append(list_sheet(text, filling, "政府信息公开情况统计表", heads))
    form.fillings.append(filling)


def _national(plan: Plan, form: _Form) -> None:
    merged = plan.form == "2019" or "merged" in plan.twists
    parts = forms.ARTICLE_2019 if plan.form == "2019" else forms.ARTICLE_2021
    article = fill_article(parts, plan.seed, plan.most * 3)
    matrix = fill_matrix(plan.seed, plan.most, merged)
    disputes = fill_disputes(plan.seed, max(9, plan.most // 3))
    for kind in plan.faults:
        form.faults.append(plant(disputes if "upright" in plan.twists else matrix, kind, plan.seed))
    for filling in (article, matrix, disputes):
        _twist(plan, filling)
    if "notes" in plan.twists:
        form.notes.append("注：“本年新收政府信息公开申请数量”含上年度结转数量。")
    turned = upright_disputes if "upright" in plan.twists else disputes_sheet
    form.sheets += [
        article_sheet(parts, article, "主动公开政府信息情况"),
        matrix_sheet(matrix, merged, "收到和处理政府信息公开申请情况"),
        turned(disputes, "政府信息公开行政复议、行政诉讼情况"),
    ]
    form.fillings += [article, matrix, disputes]


def _twist(plan: Plan, filling: Filling) -> None:
    """Changes the texts of cells: what a body prints for nothing, thousands separators, notes."""
    draw = random.Random(plan.seed)
    values = filling.values
    if "nothings" in plan.twists:
        empty = [name for name, text in values.items() if text == "0"]
        for name in empty:
            values[name] = draw.choice(("0", "0", "", "/", "—"))
    if "no-zeros" in plan.twists:
        values.update({name: "" for name, text in values.items() if text == "0"})
    if "blank-form" in plan.twists:
        values.update(dict.fromkeys(values, ""))
    if "notes" in plan.twists:
        large = [name for name, text in values.items() if text.isdigit() and len(text) > 1]
        for name in large[::5]:
            values[name] = f"{values[name]}（其中涉企 {draw.randint(1, 9)} 件）"
        for name in large[1::5]:
            values[name] = f"{int(values[name]):,}"


# ---------------------------------------------------------------- pages


def _page(plan: Plan, form: _Form, bodies: list[str], suffix: str) -> str:
    place = _PLACES[plan.seed % len(_PLACES)]
    title = f"{place}{_BODIES[plan.form]}年政府信息公开工作年度报告"
    opening = f"本报告由{place}办公室按照规定编制,全文如下。"
    pieces: list[tuple[str, str]] = [("h1", title), ("p", opening), ("h2", "一、总体情况")]
    pieces.append(("p", f"{place}坚持公开为常态,各项工作平稳有序,群众办事更加便利。"))
    numerals = "二三四五六"
    for number, (sheet, body) in enumerate(zip(form.sheets, bodies, strict=True)):
        if plan.form in forms.FREE:
            unit = sheet.cells[0].unit
            pieces += [("h2", "二、有关数据"), ("p", sheet.title), ("p", f"单位：{unit}"), ("table", body)]
            continue
        pieces += [("h2", f"{numerals[number]}、{sheet.title}"), ("table", body)]
        if form.notes and number == 1:
            pieces.append(("p", form.notes[0]))
    pieces.append(("h2", f"{numerals[len(bodies)]}、存在的主要问题及改进情况"))
    pieces.append(("p", "公开的内容还不够贴近群众需求。下一步将加强学习,改进服务。"))
    if suffix == ".html":
        return _html(pieces, title, place, "cover" in plan.twists)
    head = {"h1": "# ", "h2": "## "} if suffix == ".md" else {}
    return "\n\n".join(head.get(kind, "") + text for kind, text in pieces) + "\n"


def _html(pieces: list[tuple[str, str]], title: str, place: str, cover: bool) -> str:
    body = [text if kind == "table" else f"<{kind}>{text}</{kind}>" for kind, text in pieces]
    if cover:
        rows = (("索引号", "00271-2022-118"), ("发布机构", f"{place}办公室"), ("文号", "无"))
        cells = "".join(f"<tr><td>{left}</td><td>{right}</td></tr>" for left, right in rows)
        body.insert(0, f"<table>{cells}</table>")
    lines = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n{lines}\n</body></html>\n"
    )


# ---------------------------------------------------------------- gold


def _gold(plan: Plan, form: _Form, text: str, doubt: bool) -> str:
    lines = [
        f"report\t{hashlib.sha256(text.encode()).hexdigest()}\t{plan.form}\t{plan.layout}\t{'doubt' if doubt else ''}"
    ]
    for sheet in form.sheets:
        for cell in _traced(sheet.cells, plan.layout):
            value = "" if cell.value is None else str(cell.value)
            lines.append("\t".join(("cell", cell.name, cell.state, value, cell.unit, cell.note, cell.text)))
    for sheet, filling in zip(form.sheets, form.fillings, strict=True):
        lines += _identities(sheet, filling)
    for fault in form.faults:
        lines.append(f"fault\t{fault.name}\t{fault.should}\t{fault.kind}")
    return "\n".join(lines) + "\n"


def _traced(cells: tuple[Cell, ...], layout: str) -> tuple[Cell, ...]:
    """Returns the cells without the last blank ones where those leave no trace: nothing says that the row is there."""
    while layout == "vanished" and cells and not cells[-1].text:
        cells = cells[:-1]
    return cells


def _identities(sheet: Sheet, filling: Filling) -> Iterator[str]:
    values = {cell.name: cell.value for cell in sheet.cells}
    texts = {cell.text for cell in sheet.cells}
    if "" in texts and "0" not in texts and any(values.values()):
        values.update({cell.name: Decimal(0) for cell in sheet.cells if cell.state == "blank"})
        for entry in filling.sums:
            if entry.relation == "=" and len(entry.total) == 1 and not filling.values[entry.total[0]]:
                values[entry.total[0]] = None
    for entry in filling.sums:
        outcome, gap = entry.outcome(values)
        formula = f"{' + '.join(entry.total)} {entry.relation} {' + '.join(entry.parts)}"
        yield f"identity\t{formula}\t{outcome}\t{'' if gap is None else gap}"


def same(report: Written, folder: Path) -> bool:
    """Returns whether report and gold stand in `folder` as they would be written."""
    text = (folder / "reports" / f"{report.name}{report.suffix}").read_text(encoding="utf-8")
    gold = (folder / "gold" / f"{report.name}.tsv").read_text(encoding="utf-8")
    return replace(report, text=text, gold=gold) == report
