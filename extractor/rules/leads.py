"""Exclusions that start at a tell-tale character and may hold their numbers anywhere inside."""

from __future__ import annotations

import re

from .patterns import BLANKS, DIGIT
from .pieces import CLOSE, CN_ITEM, LINE, OPEN, YEAR, B, D, N

_W = rf"[{BLANKS}\n]?"  # 邮编 may be parted by the end of a line
LEADS = (
    ("exclude.title", r"《[^《》\n]{0,120}》"),
    (
        "exclude.document",
        rf"{OPEN}{B}{YEAR}{B}{CLOSE}?{B}第?{B}{D}{{1,5}}(?:{B}[-—]{B}{D}{{1,4}})?{B}号"
        rf"|{OPEN}{B}{YEAR}{B}{CLOSE}{B}{D}{{1,5}}(?!{D})(?=[)）》,，、。;；]|$)"
        rf"|[〔﹝]{B}{YEAR}{B}[〕﹞]?(?:{B}{D}{{1,5}})?"
        rf"|[〔﹝]{D}{{1,9}}{B}号?"
        rf"|[号第]?令{B}第{B}{D}{{1,5}}{B}号|第{B}(?:{D}{{1,5}}(?:-{D}{{1,5}})?|{N}{{1,6}}){B}号(?!楼|线|院|窗|馆|机组|展)",
    ),
    (
        "exclude.article",
        rf"第{B}(?:{D}{{1,4}}|{N}{{1,6}})(?:{B}[、至到和或与-]{B}第?(?:{D}{{1,4}}|{N}{{1,6}})){{1,8}}+{B}[条款项章](?!目|例|件)"
        rf"|第{B}[(（]?{B}(?:{D}{{1,4}}|{N}{{1,6}}){B}[)）]?{B}[条款项章节编目](?!目|约|件|例)"
        rf"(?:之[一二三四五]|{B}[、至和到或与-]?{B}第?{B}[(（]?{B}(?:{D}{{1,4}}|{N}{{1,6}}){B}[)）]?{B}[条款项章节目](?!目)){{0,8}}",
    ),
    # what is put first (放在第一位) is ranked among nothing
    ("exclude.rank", rf"(?<![放摆]在|置于|视为|作为)第{B}(?:{D}{{1,3}}|{N}{{1,4}}){B}(?:位|名)(?!称|于|置)"),
    (
        "exclude.page",
        rf"第{B}(?:{D}{{1,4}}|{N}{{1,4}}){B}页"
        rf"(?:{B}[,，、/／]?{B}共{B}(?:{D}{{1,4}}|{N}{{1,4}}){B}页)?",
    ),
    ("exclude.date", rf"第{B}[一二三四1-4１-４]{B}季度"),
    (
        "exclude.ordinal",
        rf"第{B}(?:{D}{{1,5}}(?:[.．]{D})?|{N}{{1,6}})(?:[、和至及-]第?(?:{D}{{1,4}}|{N}{{1,4}})(?=[届批期次轮季个])){{0,8}}"
        rf"(?:{B}(?:个|届|批次?|期|次|轮|季度|版|代|产业|阶段|步|任|类|方|组|部分?|号|层|台|条|家|座|例|场|种|天|年|人|集|卷|辑|课))?",
    ),
    ("exclude.version", rf"[(（]{B}{YEAR}{B}年?{B}(?:版|修订|修正|年版|修订版)[^()（）\n]{{0,6}}[)）]"),
    (
        "exclude.list_mark",
        rf"[(（]{B}{CN_ITEM}{B}[)）]"
        rf"|<!--[^>\n]{{0,80}}supportLists[^>\n]{{0,20}}>{B}{D}{{1,2}}(?!{D})[.．、]?",
    ),
    ("exclude.footnote", rf"[\[［【]{B}{D}{{1,2}}{B}[\]］】](?!{B}号)"),
    (
        "exclude.list_mark.arabic",
        rf"(?:(?<![\u4e00-\u9fff{DIGIT}%]))[(（]{B}{D}{{1,2}}{B}[)）](?!{D})"
        rf"|[(（]{B}{D}{{1,2}}{B}[)）](?=[\u4e00-\u9fff]{{2}})",
    ),
    (
        "exclude.markup",
        r"</?[A-Za-z!][^<>\n]{0,300}>|&#x?[0-9A-Fa-f]{1,6};",
    ),
    ("exclude.url", r"(?:https?|ftp)[:：]//[!-~]{1,300}|www\.[!-~]{1,300}"),
    ("exclude.email", r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,60}+[@＠][A-Za-z0-9.-]{1,60}"),
    ("exclude.path", r"(?<![A-Za-z0-9])[A-Za-z]{2,20}(?:/[A-Za-z0-9_-]{1,30}){1,8}+"),
    (
        "exclude.contact",
        rf"(?:电{B}话|传{B}真|手{B}机|热线|联系电话|咨询电话|监督电话|举报电话|(?<=致)电|(?<=拨)打|联系方式|联系人|座机|总机|办公室?电话)(?:号码|号)?[^{DIGIT}\n。;；,，元]{{0,10}}+"
        rf"(?:[(（]?0{D}{{2,3}}[)）]?[{BLANKS}]?[-—－]?[{BLANKS}]?)?{D}{{3,4}}(?:[-—－]|{B}){D}{{4}}(?!{D}?[{BLANKS}]?[万余多人件次个通条份])"
        rf"(?:[-—转、,，/{BLANKS}]{{1,3}}(?:0{D}{{2,3}}[-—－])?{D}{{3,8}}(?![{BLANKS}]?[{DIGIT}万余多人件次个通条.年]))*"
        rf"|[(（]{B}0{D}{{2,3}}{B}[)）]{B}[-—－]?{B}{LINE}"
        rf"|邮{_W}(?:政{_W})?编{_W}码?(?:为|是)?{B}[:：]?{B}{D}{{6}}"
        rf"|(?:QQ|qq)(?:群|号)?(?:号码|号)?{B}[:：]{B}{D}{{5,11}}|(?:QQ|qq)群(?:号码|号)?[为是]?{D}{{6,11}}(?!{D})",
    ),
    ("exclude.road", rf"[国省县乡]道{B}[GSXY]?{D}{{1,3}}(?!{D}|{B}[条公])"),
    (
        "exclude.code",
        r"(?<![A-Za-z0-9])[A-Za-z]{1,12}(?:[-–_.·]?[0-9０-９]{1,12}(?:[.．][0-9]{1,4})?[A-Za-z]{0,6}){1,6}+(?![A-Za-z0-9])",
    ),
)
# where a lead can start, found at the speed of a character table; a lead is tried nowhere else
_LEAD_WORDS = "电传手热联座总办邮咨监举国省县乡"
LEAD_START = re.compile(
    rf"[<&《〔﹝\[(（【［第号令A-Za-z{_LEAD_WORDS}]"
    rf"(?:(?<![号令{_LEAD_WORDS}])|(?<=[号令])(?=[令第{BLANKS}])|(?<=[{_LEAD_WORDS}])(?=[话真机线系公编政询督报道{BLANKS}\n]))"
    rf"|(?:(?<=致)电|(?<=拨)打)(?=[{DIGIT}])"
)
