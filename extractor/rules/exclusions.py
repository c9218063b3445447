"""Exclusions: numbers that are no claims, each with the rule that says why.

Three tables of patterns: leads start at a tell-tale character and may hold their numbers anywhere
inside; the Arabic and the Chinese rules are matched where a number starts. The words that stand
around a number come from `kb/contexts.toml`, by name. All patterns are bounded, so that no text
makes them slow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..numerals import NUMERAL_LETTERS
from .patterns import BLANKS, DIGIT, alternation, behind, not_behind

_D = f"[{DIGIT}]"
_B = f"[{BLANKS}]?"
_N = "[〇零○一二三四五六七八九十百千]"
# the seven or eight digits of a telephone line, with what may part them, and its further lines
_LINE = rf"{_D}{{3,4}}(?:[-—－]|{_B}){_D}{{4}}(?:[-—转/、]{_D}{{1,8}})*(?!{_D})"
_OPEN, _CLOSE = r"[〔\[(（【﹝［]", r"[〕\])）】﹞］]"
_YEAR = rf"(?:[1１]{_B}[9９]|[2２]{_B}[0０]){_B}[0-9０-９]{_B}[0-9０-９]"
_DASH = r"[-—–－~～−‐]{1,2}"
_TO = rf"{_B}(?:{_DASH}|至|到){_B}"
_MONTH = rf"(?:1{_B}[0-2]|0?{_B}[1-9]|１{_B}[０-２]|０?[１-９])(?!{_D})"
_DAY = rf"(?:3{_B}[01]|[12]{_B}{_D}|0?[1-9]|[１２]{_B}{_D}|３{_B}[０１]|０?[１-９])(?!{_D})"
_DAY_NAME = rf"{_DAY}{_B}[日号](?!楼|线|院|厅|窗|机|馆|楼|常|均|报|游)"
_DATE_TAIL = rf"(?:{_B}{_MONTH}{_B}月份?(?:{_B}{_DAY_NAME}|[上中下]旬|初|底|末)?)"
_CN_YEAR = r"[一二][〇零○九〡Oo0][〇零○一二三四五六七八九Oo0]{2}"
_CN_MONTH = r"(?:十[一二]?|[一二三四五六七八九正])月份?(?!饼)"
_CN_DAY = r"(?:三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
_SESSION = r"(?:二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_HAN = "[\u4e00-\u9fff]"
# most numbers are counts, shares or money right before their unit, where no Arabic rule holds (but 每10万人)
_PLAIN_COUNT = (
    r"(?!(?<!每)[0-9]{1,9}(?:[.,][0-9]{1,4})?+[条件次人篇份项户%亿元倍册吨亩](?!元?[及或]?以[上下]))"
)


@dataclass(frozen=True, slots=True, eq=False)
class Exclusions:
    """The compiled patterns; the group that matched names the rule (`rule_of`).

    `lead_start` finds where a lead is to be tried; `ranked` says that an ordinal before its place is a rank.
    """

    lead_start: re.Pattern[str]
    leads: re.Pattern[str]
    arabic: re.Pattern[str]
    chinese: re.Pattern[str]
    ranked: re.Pattern[str]


def compile_exclusions(contexts: Mapping[str, tuple[str, ...]], hotlines: frozenset[str]) -> Exclusions:
    """Returns the patterns of all exclusion rules over the word lists `contexts` and the known `hotlines`."""
    return Exclusions(
        _LEAD_START,
        re.compile(_alternatives(_LEADS), re.M),
        re.compile(f"{_PLAIN_COUNT}(?:{_alternatives(_arabic_rules(contexts, hotlines))})", re.M),
        re.compile(_alternatives(_chinese_rules(contexts)), re.M),
        re.compile(rf"(?:{alternation(contexts['rank_before'])})(?:{_HAN}{{0,4}})$"),
    )


def exclusion_patterns(
    contexts: Mapping[str, tuple[str, ...]], hotlines: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    """Returns every rule with its pattern, one by one: leads, Arabic, Chinese."""
    return (*_LEADS, *_arabic_rules(contexts, hotlines), *_chinese_rules(contexts))


def rule_of(group: str | None) -> str:
    """Returns the rule id a pattern group is named after."""
    assert group is not None
    return group.replace("__", ".")


def _period(contexts: Mapping[str, tuple[str, ...]]) -> str:
    """Returns a pattern that holds behind the words that place a span of time: 近3年, 过去五年."""
    return rf"{behind(contexts['period_before'])}(?<![{''.join(contexts['period_not_before'])}][近前头])"


def _alternatives(rules: tuple[tuple[str, str], ...]) -> str:
    """Returns one alternation of `rules`, each a group named after its rule (`__` for `.`)."""
    return "|".join(f"(?P<{name.replace('.', '__')}>{pattern})" for name, pattern in rules)


_LEADS = (
    ("exclude.title", r"《[^《》\n]{0,120}》"),
    (
        "exclude.document",
        rf"{_OPEN}{_B}{_YEAR}{_B}{_CLOSE}?{_B}第?{_B}{_D}{{1,5}}(?:{_B}[-—]{_B}{_D}{{1,4}})?{_B}号"
        rf"|{_OPEN}{_B}{_YEAR}{_B}{_CLOSE}{_B}{_D}{{1,5}}(?!{_D})(?=[)）》,，、。;；]|$)"
        rf"|[〔﹝]{_B}{_YEAR}{_B}[〕﹞]?(?:{_B}{_D}{{1,5}})?"
        rf"|[〔﹝]{_D}{{1,9}}{_B}号?"
        rf"|[号第]?令{_B}第{_B}{_D}{{1,5}}{_B}号|第{_B}(?:{_D}{{1,5}}|{_N}{{1,6}}){_B}号(?!楼|线|院|窗|馆|机组|展)",
    ),
    (
        "exclude.article",
        rf"第{_B}(?:{_D}{{1,4}}|{_N}{{1,6}})(?:{_B}[、至到和或与-]{_B}第?(?:{_D}{{1,4}}|{_N}{{1,6}})){{1,8}}{_B}[条款项章](?!目|例|件)"
        rf"|第{_B}[(（]?{_B}(?:{_D}{{1,4}}|{_N}{{1,6}}){_B}[)）]?{_B}[条款项章节编目](?!目|约|件|例)"
        rf"(?:之[一二三四五]|{_B}[、至和到或与-]?{_B}第?{_B}[(（]?{_B}(?:{_D}{{1,4}}|{_N}{{1,6}}){_B}[)）]?{_B}[条款项章节目](?!目)){{0,8}}",
    ),
    ("exclude.rank", rf"第{_B}(?:{_D}{{1,3}}|{_N}{{1,4}}){_B}(?:位|名)(?!称|于|置)"),
    (
        "exclude.page",
        rf"第{_B}(?:{_D}{{1,4}}|{_N}{{1,4}}){_B}页"
        rf"(?:{_B}[,，、/／]?{_B}共{_B}(?:{_D}{{1,4}}|{_N}{{1,4}}){_B}页)?",
    ),
    ("exclude.date", rf"第{_B}[一二三四1-4１-４]{_B}季度"),
    (
        "exclude.ordinal",
        rf"第{_B}(?:{_D}{{1,5}}(?:[.．]{_D})?|{_N}{{1,6}})(?:[、和至及-]第?(?:{_D}{{1,4}}|{_N}{{1,4}})(?=[届批期次轮季个])){{0,8}}"
        rf"(?:{_B}(?:个|届|批次?|期|次|轮|季度|版|代|产业|阶段|步|任|类|方|组|部分?|号|层|台|条|家|座|例|场|种|天|年|人|集|卷|辑|课))?",
    ),
    ("exclude.version", rf"[(（]{_B}{_YEAR}{_B}年?{_B}(?:版|修订|修正|年版|修订版)[^()（）\n]{{0,6}}[)）]"),
    (
        "exclude.list_mark",
        rf"[(（]{_B}(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]){_B}[)）]",
    ),
    ("exclude.footnote", rf"[\[［【]{_B}{_D}{{1,2}}{_B}[\]］】](?!{_B}号)"),
    (
        "exclude.list_mark.arabic",
        rf"(?:(?<![\u4e00-\u9fff{DIGIT}%]))[(（]{_B}{_D}{{1,2}}{_B}[)）](?!{_D})"
        rf"|[(（]{_B}{_D}{{1,2}}{_B}[)）](?=[\u4e00-\u9fff]{{2}})",
    ),
    (
        "exclude.markup",
        rf"<!--[^>\n]{{0,80}}supportLists[^>\n]{{0,20}}>{_B}{_D}{{1,2}}(?!{_D})[.．、]?|</?[A-Za-z!][^<>\n]{{0,300}}>|&#x?[0-9A-Fa-f]{{1,6}};",
    ),
    ("exclude.url", r"(?:https?|ftp)[:：]//[!-~]{1,300}|www\.[!-~]{1,300}"),
    ("exclude.email", r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,60}+[@＠][A-Za-z0-9.-]{1,60}"),
    ("exclude.path", r"(?<![A-Za-z0-9])[A-Za-z]{2,20}(?:/[A-Za-z0-9_-]{1,30}){1,8}+"),
    (
        "exclude.contact",
        rf"(?:电{_B}话|传{_B}真|手{_B}机|热线|联系电话|咨询电话|监督电话|举报电话|联系方式|联系人|座机|总机|办公室?电话)(?:号码|号)?[^{DIGIT}\n。;；,，元]{{0,10}}"
        rf"(?:[(（]?0{_D}{{2,3}}[)）]?[{BLANKS}]?[-—－]?[{BLANKS}]?)?{_D}{{3,4}}(?:[-—－]|{_B}){_D}{{4}}(?!{_D}?[{BLANKS}]?[万余多人件次个通条份])"
        rf"(?:[-—转、,，/{BLANKS}]{{1,3}}(?:0{_D}{{2,3}}[-—－])?{_D}{{3,8}}(?![{BLANKS}]?[{DIGIT}万余多人件次个通条.年]))*"
        rf"|[(（]{_B}0{_D}{{2,3}}{_B}[)）]{_B}[-—－]?{_B}{_LINE}"
        rf"|邮{_B}(?:政{_B})?编{_B}码?(?:为|是)?{_B}[:：]?{_B}{_D}{{6}}"
        rf"|(?:QQ|qq)(?:群|号)?(?:号码|号)?{_B}[:：]{_B}{_D}{{5,11}}|(?:QQ|qq)群(?:号码|号)?[为是]?{_D}{{6,11}}(?!{_D})",
    ),
    ("exclude.road", rf"[国省县乡]道{_B}[GSXY]?{_D}{{1,3}}(?!{_D}|{_B}[条公])"),
    (
        "exclude.code",
        r"(?<![A-Za-z0-9])[A-Za-z]{1,12}(?:[-–_.·]?[0-9０-９]{1,12}(?:[.．][0-9]{1,4})?[A-Za-z]{0,6}){1,6}+(?![A-Za-z0-9])",
    ),
)
# where a lead can start, found at the speed of a character table; a lead is tried nowhere else
_LEAD_WORDS = "电传手热联座总办邮咨监举国省县乡"
_LEAD_START = re.compile(
    rf"[<&《〔﹝\[(（【［第号令A-Za-z{_LEAD_WORDS}]"
    rf"(?:(?<![号令{_LEAD_WORDS}])|(?<=[号令])(?=[令第{BLANKS}])|(?<=[{_LEAD_WORDS}])(?=[话真机线系公编政询督报道{BLANKS}]))"
)


def _arabic_rules(
    contexts: Mapping[str, tuple[str, ...]], hotlines: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    """Returns the rules that are matched where an Arabic number starts, the first that fits winning."""
    words = {name: alternation(items) for name, items in contexts.items()}
    period = _period(contexts)
    lasting = rf"(?!{words['measured_span']}|{words['duration_after']})"
    coded = behind(
        word + mark for word in contexts["code_words"] for mark in ("", ":", "：", "为", "(", "（")
    )
    threshold = _threshold(words)
    ratio = rf"(?!(?=[1１][:：∶]){behind(contexts['ratio_before'])})"
    called = behind(
        word + mark for word in contexts["hotline_before"] for mark in ("", ":", "：", "为", "(", "（", "“")
    )
    value = rf"{not_behind(contexts['value_before'])}(?<!(?<![{''.join(contexts['value_verbs'])}])为)"
    return (
        (
            "exclude.period",
            rf"{period}{_D}{{1,2}}{_B}(?:年|个月|个?季度|天|周){lasting}"
            rf"|{_D}{{1,2}}{_B}(?:[多余]?{_B}(?:年|个月|天)多?(?:{words['period_after']})(?!自|隔|续|十|{_D})|年(?={words['period_verbs']}))",
        ),
        (
            "exclude.hotline",
            rf"(?:1[0-2]{_D}{{3}}|9[56]{_D}{{3,4}})(?![{DIGIT}.．,，])(?={_HAN}{{0,8}}(?:{words['hotline_after']}))"
            rf"|(?:{alternation(hotlines)})(?![{DIGIT}.．,，])"
            rf"|{called}(?:1[0-2]{_D}{{3}}|9[56]{_D}{{3,4}}|110|119|120|122|114)(?![{DIGIT}.．,，%])",
        ),
        ("exclude.version.year", rf"{_YEAR}{_B}年?版"),
        (
            "exclude.date",
            rf"{_YEAR}{_B}[-./－．]{_B}{_MONTH}{_B}[-./－．]{_B}{_DAY}(?:{_B}[0-2]?{_D}[:：][0-5]{_D}(?:[:：][0-5]{_D})?)?"
            rf"|{_YEAR}{_TO}{_YEAR}(?!{_D}){_B}(?:学?年度?)?"
            rf"|{_YEAR}{_B}年{_TO}{_YEAR}{_B}年度?{_DATE_TAIL}?"
            rf"|{_YEAR}(?:{_B}[、和及与,，]{_B}{_YEAR}){{1,4}}{_B}年度?"
            rf"|{_YEAR}{_B}(?:学?年度?(?!来)){_DATE_TAIL}?(?:{_TO}{_MONTH}{_B}月份?(?:{_B}{_DAY_NAME})?|{_TO}{_DAY_NAME})?"
            rf"|{_YEAR}{_B}[-.]{_B}{_MONTH}(?=[)）]|{_B}[月—至-])月?"
            rf"|{_YEAR}{_D}{{0,2}}{_B}月(?:{_B}{_DAY_NAME})?"
            rf"|{_YEAR}{_D}{{1,4}}{_B}日"
            rf"|{_MONTH}{_B}月份?(?:{_B}{_DAY_NAME}|[上中下]旬|初|底|末)?(?:{_TO}{_MONTH}{_B}月份?(?:{_B}{_DAY_NAME})?|{_TO}{_DAY_NAME})?"
            rf"|{_MONTH}{_TO}{_MONTH}{_B}月份?"
            rf"|{_DAY}{_B}[日号]{_TO}(?:{_MONTH}{_B}月{_B})?{_DAY_NAME}|{_DAY}{_TO}{_DAY}{_B}日(?!常|均|报|内|以内|之内|游)"
            rf"|{_DAY}{_B}日(?!常|均|报|内|以内|之内|游|个|龄)"
            rf"|(?<=[月年])[上中下]?旬?{_DAY_NAME}"
            rf"|[1-4１-４]{_B}季度|{_D}{{2}}{_B}世纪|[5-9]0{_B}年代|[0-9]0后"
            r"|20[0-4][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
            rf"|{_YEAR}(?![{DIGIT}.,，．万亿%％])(?=[)）]?{_B}(?:同期|全年|上半年|下半年|财年|预算|年末))",
        ),
        (
            "exclude.version",
            rf"{_D}{{1,2}}[.．]{_D}{{1,2}}{_B}(?:版|时代|方案|行动|政策|模式|任务|系统|平台)|{_D}[.．]0(?![{DIGIT}%％‰万亿倍元]|{_B}[\u4e00-\u9fff])",
        ),
        (
            "exclude.clock",
            rf"{ratio}(?:[01]?{_D}|2[0-4])[:：][0-5]{_D}(?:[:：][0-5]{_D})?(?![{DIGIT}.．:：∶])(?!{_B}[。;；]?的比)|(?:[01]?{_D}|2[0-4]){_B}[时点](?:[0-5]?{_D}{_B}分(?!钟)|整|半)|(?<=[日午晨晚天早]){_D}{{1,2}}{_B}[时点](?![名对位个击赞评条])",
        ),
        (
            "exclude.plus",
            rf"{_D}{{1,3}}(?:{_B}[+＋]{_B}(?:{_D}{{1,3}}|[A-Za-z]{{1,3}}|[{NUMERAL_LETTERS}]{{1,2}})){{1,9}}+",
        ),
        (
            "exclude.event",
            rf"{_D}{{1,2}}{_B}[·•・.．]{_B}{_D}{{1,2}}(?![{DIGIT}%％‰万亿.．])(?=[”\"」』'’]|(?<![.．]{_D})(?<![.．]{_D}{_D})[^,，。;；]{{0,3}}(?:{words['event']}))"
            # 12·4国家宪法日: a month and a day with a middle dot ahead of a name, not of a unit
            rf"|(?={_D}{{1,2}}[·•・]){_MONTH}[·•・]{_DAY}(?={_HAN}{{2}})(?![{words['dotted_units'].replace('|', '')}])",
        ),
        ("exclude.anniversary", rf"{_D}{{1,4}}{_B}周年"),
        (
            "exclude.hours",
            rf"(?:[7７]{_B}[×xX*＊✕]{_B})?(?:24|２４){_B}(?:个)?小时(?={words['service_hours']}|\"|”)|[7７]{_B}[×xX*＊✕]{_B}(?:24|２４|8|８)(?:{_B}小时)?|5{_B}[×xX*]{_B}8",
        ),
        ("exclude.email", r"(?=[0-9]{4})[A-Za-z0-9._-]{4,40}+[@＠][A-Za-z0-9.-]{1,60}"),
        (
            "exclude.contact",
            rf"0{_D}{{2,3}}(?:{_B}[-—－]{_B}|[{BLANKS}]){_LINE}|(?<![.])1[3-9]{_D}{{9}}(?!{_D}|{_B}[元万条件人])|[48]00[-—－]?{_D}{{3,4}}[-—－]?{_D}{{3,4}}(?!{_D}|{_B}[元万条件人户亩])",
        ),
        (
            "exclude.identifier",
            rf"{_D}{{17}}[0-9Xx](?![0-9])|{_D}{{1,3}}(?:\.{_D}{{1,3}}){{3}}(?!{_D})|{_D}{{1,5}}{_B}号(?:线|机组|楼|院|厅|窗口?|馆|井|文件?|令|公告|桥|机|炉|岛|地块|台风|洞|门|船|航站楼|[\u4e00-\u9fff]?)|{_D}{{1,2}}[.．]{_D}{{1,2}}(?:[.．]{_D}{{1,4}})+",
        ),
        ("exclude.road", rf"{_D}{{3}}{_B}(?:国道|省道|县道)"),
        (
            "exclude.list_mark",
            rf"(?:(?<=^)|(?<=[\n。;；!！?？:：)）{BLANKS}]))(?:{_D}{{1,2}}{_B}[.．](?:(?!{_D})|(?={_YEAR}{_B}年))|{_D}{{1,2}}[、)）](?!{_B}{_D}))",
        ),
        (
            "exclude.page",
            rf"(?:(?<=^- )|(?<=^-)|(?<=^— )|(?<=^—))(?:{_D}{{1,3}})(?=[{BLANKS}]?[-—][{BLANKS}]?$)"
            rf"|{_IN_ALL}{_D}{{1,4}}{_B}页(?!面|次|{_B}[的是])",
        ),
        (
            "exclude.grade",
            rf"{_D}[A-Z]{{1,5}}级|{_D}{{1,2}}(?:[.．]{_D})?{_B}(?:级(?!以下人民)|星级?(?!期|空|火)|等奖|线城市|类地区)",
        ),
        (
            "exclude.code",
            rf"{_D}{{1,4}}(?:[.．]{_D}{{1,2}})?[A-Za-z]{{1,8}}{_D}{{0,6}}(?![A-Za-z])|{_D}{{1,4}}(?:{_B}[×xX*＊✕]{_B}{_D}{{1,4}})+",
        ),
        (
            "exclude.rank",
            rf"(?<=(?<![目当之以日此先眼])前){_D}{{1,3}}{_B}(?:位|名|强|(?=[,，。;；、])(?!{_B}、{_D}))",
        ),
        (
            "exclude.denominator",
            rf"(?<=每)[1１][0０]+{_B}[万]?{_B}(?:常住)?(?:人口?|户|名|件|家|亩|公里|平方公里)",
        ),
        (
            "exclude.attachment",
            rf"(?<=附件|附表|附图){_B}{_D}{{1,2}}(?!{_D}|{_B}[个份张])|(?<=[表图]){_D}{{1,2}}(?=[:：.．]|{_B}$)",
        ),
        (
            "exclude.list_mark.glued",
            rf"(?<=[\u4e00-\u9fff”」）)]){value}(?:[1-9]{_D}?[.．]|[1-9]、(?!{_HAN}{{0,4}}{_D})|[1-9]{_D}、(?!{_HAN}{{0,8}}{_D}))(?={_HAN})(?![一二三四五六七八九十百千万])",
        ),
        (
            "exclude.plan",
            rf"{_D}{{1,3}}{_B}(?:年{_B}(?={words['plan_names']})|[天日](?={_B}(?:{words['holidays']}))|分钟{_B}(?={_CIRCLE}))",
        ),
        ("exclude.threshold", rf"{_D}{{1,6}}(?:[.．]{_D}{{1,2}})?{_B}{threshold}"),
        (
            "exclude.account",
            rf"(?={_D}{{5}})(?:{coded}{_D}{{5,12}}(?!{_D})|{_D}{{5,12}}(?=(?:[、,，和及]{_B}{_D}{{5,12}}){{0,9}}+{_B}等?{_B}(?:{words['code_words']})))",
        ),
        ("exclude.list_name", rf"(?:[1-9]0{{1,3}}|[1-9]00){_B}(?:强|佳|优|大(?!型|量|约|于|幅|中|小))"),
        (
            "exclude.event.hotline",
            rf"(?:110|119|120|122|114){_B}(?={words['emergency_after']})",
        ),
        (
            "exclude.campaign",
            rf"{_D}{{2,4}}{_B}(?=[\"”」』]{_B}(?:{words['campaign']}))|(?<=[\"“「『]){_D}{{2,4}}(?=[\"”」』])",
        ),
    )


# what tells how many pages there are, in the foot of a page or behind the name of an annex
_IN_ALL = "(?<=[共计 ])(?:(?<=[共计])|(?<=共 ))"
_CIRCLE = rf"{_HAN}{{0,6}}圈"
_PHRASE_END = r"(?=[,，.。;；:：、)）\n]|$)"


def _threshold(words: Mapping[str, str]) -> str:
    """Returns a pattern of the bound that names a class, behind its digits: 亿元以上项目, 万元及以上)."""
    return (
        rf"(?:{words['threshold_units']})(?:[(（]含[)）])?[及或]?{_B}以[上下](?:[(（]含[)）])?"
        rf"(?:(?=的?{_HAN}{{0,6}}(?:{words['threshold_nouns']}))|(?<=及以[上下])(?=[)）])|(?={_B}{_D}{{1,6}}{_B}[个家户项人件名]))"
    )


_BOUNDARY = rf"(?:(?<=^)|(?<=[\n。;；!！?？:：,，、{BLANKS}]))"


def _chinese_rules(contexts: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """Returns the rules that are matched where a Chinese number starts, the first that fits winning."""
    words = {name: alternation(items) for name, items in contexts.items()}
    period = _period(contexts)
    issued = not_behind(contexts["issue_verbs"] + contexts["issue_letters"])
    units = words["one_unit"].replace("|", "")
    lasting = rf"(?!{words['measured_span']}|{words['duration_after']})"
    noun = rf"[^\W\d_{NUMERAL_LETTERS}{words['no_measure'].replace('|', '')}]"
    return (
        (
            "exclude.date",
            rf"[一二三]{_TO}[二三四]季度|{_CN_YEAR}{_B}年度?(?:{_B}{_CN_MONTH}(?:{_B}{_CN_DAY})?)?|{_CN_YEAR}(?=[-—至]{_CN_YEAR})"
            rf"|{_CN_MONTH}(?:{_B}{_CN_DAY}|[上中下]旬|初|底|末)?(?:{_TO}(?:{_CN_MONTH}|{_CN_DAY}))?"
            r"|[一二三四]季度|[二三]?十[一二三四五六七八九]?世纪|[五六七八九]十年代"
            rf"|{_CN_DAY}(?=前|起|止|至|上午|下午)",
        ),
        (
            "exclude.list_mark",
            rf"{_BOUNDARY}(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:是(?!否)|要(?=[\u4e00-\u9fff])(?!求|点|素|件))"
            rf"|(?:(?<=^)|(?<=[\n。;；!！?？:：{BLANKS}]))(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]){_B}[、.．](?!{_B}[{NUMERAL_LETTERS}][等、级类期])"
            r"|(?<=其)[一二三四五六](?=[、,，是:：])|(?<=^)(?:[一二三四五六七八九十]|十[一二三四五六七八九])(?=$)",
        ),
        (
            "exclude.period",
            rf"{period}(?:{_N}{{1,3}}|两)(?:年|个月|个?季度|天|周){lasting}"
            rf"|(?:{_N}{{1,3}}|两|几)[多余]?(?:年|个月|天)多?(?:{words['period_after']})(?!自|隔|续|十|{_D})"
            rf"|(?:{_N}{{1,3}}|两)年(?={words['period_verbs']})",
        ),
        (
            "exclude.plan",
            r"(?:十[一二三四五六]五|十五五)(?![个件条名人次项家])|[一二两三四五六七八九十]{1,2}年(?="
            + rf"{words['plan_names']})|[一二三四五六七八九十]{{1,2}}天(?={words['holidays']})"
            rf"|(?:一刻钟|[一二三五]?十五?分钟)(?={_CIRCLE})",
        ),
        (
            "exclude.threshold",
            rf"[一二两三四五六七八九][一二三四五六七八九十百千]{{0,4}}{_threshold(words)}|[十百千][万亿]?{_threshold(words)}",
        ),
        ("exclude.page", rf"{_IN_ALL}{_N}{{1,4}}页(?!面|次|{_B}[的是])"),
        (
            "exclude.ordinal",
            r"[一二三]审(?=[、和及]?[二再]审|[民刑行]|[法判裁败胜案阶程未维改])",
        ),
        (
            "exclude.rank",
            r"(?<=(?<![目当之以日此先眼])前)[一二三四五六七八九十百]{1,3}(?:位|名|强|(?=[,，。;；、（(]))",
        ),
        ("exclude.denominator", r"(?<=每)[十百千万]+(?:常住)?(?:人口?|户|名|件|家|亩|公里|平方公里)"),
        (
            "exclude.indefinite",
            rf"{behind(contexts['article_verbs'])}一[{units}](?=[^,，。;；、]?{_HAN})"
            rf"|{behind(contexts['absence'] + contexts['each'])}一(?:[{units}次起例宗]|(?<!由一)[名位人])",
        ),
        (
            "exclude.session",
            rf"{_SESSION}(?:届(?=[\u4e00-\u9fff])|大(?=精神|报告|会议|代表|召开|提出|部署|以来|[,，。、和及》]|期间|胜利)|中全会)|{_SESSION}次(?:、{_SESSION}次)*(?:全会|全体|党代会|会议|党员代表|代表大会)",
        ),
        (
            "exclude.grade",
            r"[一二三四五六七八九十两甲]{1,2}(?:级(?!以上人民)|等奖|等功|星级|线城市|甲(?:医|等)|类地区|本院校)(?:[、和及][一二三四五六](?:级|等奖))*|[一二三四]、[一二三四](?:级|等奖|类)|[一二三四五][甲乙丙](?=医|等|级)|[十百千万亿]{1,4}(?:元|吨|斤|亩|人|千瓦)?级",
        ),
        (
            "exclude.phase",
            rf"{issued}(?!{behind(contexts['issue_heads'])}[一二三四五六]期{_PHRASE_END})[一二三四五六]期(?!{words['issue_nouns']})"
            r"|[一二三四五六](?:标段|号线)",
        ),
        (
            "exclude.group",
            r"(?:[一二两三四五六七八九]|十[一二三四五六七八九]?)大(?!类|项|约|概|幅|力|多|小|量|学|型|于|为|件|中型|力度|代表|常委|会|连|同)",
        ),
        ("exclude.anniversary", rf"{_N}{{1,4}}周年"),
        (
            "exclude.pattern",
            rf"(?:[一二三四五六七八九十两双多]{noun}){{2}}(?![一二三四五六七八九十])"
            rf"|[一两三四五]{noun}[一两三四五六多]{noun}",
        ),
        (
            "exclude.plus",
            rf"[{NUMERAL_LETTERS}]{{1,2}}(?:[+＋](?:{_D}{{1,2}}|[A-Za-z]|[{NUMERAL_LETTERS}]{{1,2}})){{1,9}}+",
        ),
    )


QUOTES = re.compile(r"“[^“”\n]{1,24}”|「[^「」\n]{1,24}」|『[^『』\n]{1,24}』|‘[^‘’\n]{1,24}’|\"[^\"\n]*\"")
QUOTE_LONGEST = 26
# what a quoted name does not hold: the marks of a sentence, shares, large counts
QUOTE_SENTENCE = re.compile(
    rf"[,，。;；:：!！?？%％《》]|{_D}{{3,}}{_B}[余多万]?{_B}[条件次人篇项个家份户元](?!目)"
)
# what a house or floor number stands behind
ADDRESS_ENDS = frozenset("路街道巷弄里楼院幢座厦村号层元")
ADDRESS = re.compile(
    rf"{_D}{{1,5}}(?:{_B}[-—]{_B}{_D}{{1,4}})?{_B}(?:号楼?|弄|室|楼|层|幢|单元|栋)(?:{_B}{_D}{{1,4}}{_B}(?:号楼?|室|楼|层|单元|栋))*"
)
