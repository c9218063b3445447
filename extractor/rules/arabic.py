"""Exclusions that are matched where an Arabic number starts."""

from __future__ import annotations

from collections.abc import Mapping

from ..knowledge.source import alternation
from ..numerals import NUMERAL_LETTERS
from .patterns import BLANKS, DIGIT, behind, not_behind
from .pieces import DATE_TAIL, DAY, DAY_NAME, HAN, LINE, MONTH, TO, YEAR, B, D
from .sizes import graded, sized
from .wordings import (
    APPLIED,
    BOUND,
    CIRCLE,
    CLASS,
    CONCERNED,
    IN_ALL,
    LAST,
    PHRASE_END,
    bound_ahead,
    campaign_ahead,
    period_behind,
    threshold_ahead,
    within_ahead,
    years_back,
)

# most numbers are counts, shares or money right before their unit, where no Arabic rule holds (but 每10万人,
# 前3家, 3个月, 20个小时)
PLAIN_COUNT = (
    r"(?!(?<![每足过于满超])(?:[0-9]{1,9}(?:[.,][0-9]{1,4})?+多?[条件次人篇份项户%亿元倍册亩]"
    r"|(?<![前后])[0-9]{1,9}[个家起](?![月季小工半(（]))(?!元?(?:[及或]?以[上下]|级)))"
)


def arabic_rules(
    contexts: Mapping[str, tuple[str, ...]], hotlines: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    """Returns the rules that are matched where an Arabic number starts, the first that fits winning."""
    words = {name: alternation(items) for name, items in contexts.items()}
    period = period_behind(contexts)
    lasting = rf"(?!{words['measured_span']}|{words['duration_after']})"
    coded = behind(
        word + mark for word in contexts["code_words"] for mark in ("", ":", "：", "为", "(", "（")
    )
    threshold = threshold_ahead(words)
    ratio = rf"(?!(?=[1１][:：∶]){behind(contexts['ratio_before'])})"
    called = behind(
        word + mark for word in contexts["hotline_before"] for mark in ("", ":", "：", "为", "(", "（", "“")
    )
    value = rf"{not_behind(contexts['value_before'])}(?<!(?<![{''.join(contexts['value_verbs'])}])为)"
    return (
        (
            "exclude.period",
            rf"{period}{D}{{1,2}}{B}(?:年|个月|个?季度|天|周){lasting}"
            rf"|{D}{{1,2}}{B}(?:[多余]?{B}(?:年|个月|天)多?(?:{words['period_after']})(?!自|隔|续|十|{D})|年(?={words['period_verbs']}))"
            rf"|{years_back(contexts, f'{D}{{1,2}}(?:{TO}{D}{{1,2}})?{B}')}",
        ),
        (
            "exclude.hotline",
            rf"(?:1[0-2]{D}{{3}}|9[56]{D}{{3,4}})(?![{DIGIT}.．余多]|[,，]{D})(?={HAN}{{0,8}}(?:{words['hotline_after']}))"
            rf"|(?:{alternation(hotlines)})(?![{DIGIT}.．余多]|[,，]{D})"
            rf"|{called}(?:1[0-2]{D}{{3}}|9[56]{D}{{3,4}}|110|119|120|122|114)(?![{DIGIT}.．,，%余多])",
        ),
        ("exclude.version.year", rf"{YEAR}{B}年?版"),
        (
            "exclude.date",
            # what begins with a year, after one look whether it does
            rf"(?={YEAR})(?:{YEAR}{B}[-./－．]{B}{MONTH}{B}[-./－．]{B}{DAY}(?:{B}[0-2]?{D}[:：][0-5]{D}(?:[:：][0-5]{D})?)?"
            rf"|{YEAR}{TO}{YEAR}(?!{D}){B}(?:学?年度?)?"
            rf"|{YEAR}{B}年{TO}{YEAR}{B}年度?{DATE_TAIL}?"
            rf"|{YEAR}(?:{B}[、和及与,，]{B}{YEAR}){{1,4}}{B}年度?"
            rf"|{YEAR}(?:{B}|\n)(?:学?年度?(?!来)){DATE_TAIL}?(?:{TO}{MONTH}{B}月份?(?:{B}{DAY_NAME})?|{TO}{DAY_NAME})?"
            rf"|{YEAR}{B}[-.]{B}{MONTH}(?=[)）]|{B}[月—至-])月?"
            rf"|{YEAR}{D}{{0,2}}{B}月(?:{B}{DAY_NAME})?"
            rf"|{YEAR}{D}{{1,4}}{B}日)"
            rf"|{MONTH}{B}月份?(?:{B}{DAY_NAME}|[上中下]旬|初|底|末)?(?:{TO}{MONTH}{B}月份?(?:{B}{DAY_NAME})?|{TO}{DAY_NAME})?"
            rf"|{MONTH}{TO}{MONTH}{B}月份?"
            rf"|{DAY}{B}[日号]{TO}(?:{MONTH}{B}月{B})?{DAY_NAME}|{DAY}{TO}{DAY}{B}日(?!常|均|报|内|以内|之内|游)"
            rf"|{DAY}{B}日(?!常|均|报|内|以内|之内|游|个|龄)"
            rf"|(?<=[月年])[上中下]?旬?{DAY_NAME}"
            rf"|[1-4１-４]{B}季度|{D}{{2}}{B}世纪|[5-9]0{B}年代|[0-9]0后"
            r"|20[0-4][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
            rf"|{YEAR}(?![{DIGIT}.,，．万亿%％])(?=[)）]?{B}(?:同期|全年|上半年|下半年|财年|预算|年末))",
        ),
        (
            "exclude.version",
            rf"{D}{{1,2}}[.．]{D}{{1,2}}{B}(?:版|时代|方案|行动|政策|模式|任务|系统|平台)|{D}[.．]0(?![{DIGIT}%％‰万亿倍元]|{B}[\u4e00-\u9fff])",
        ),
        (
            "exclude.clock",
            rf"{ratio}(?:[01]?{D}|2[0-4])[:：][0-5]{D}(?:[:：][0-5]{D})?(?![{DIGIT}.．:：∶])(?!{B}[。;；]?的比)|(?:[01]?{D}|2[0-4]){B}[时点](?:[0-5]?{D}{B}分(?!钟)|整|半)|(?<=[日午晨晚天早]){D}{{1,2}}{B}[时点](?![名对位个击赞评条])",
        ),
        (
            "exclude.plus",
            rf"{D}{{1,3}}(?:{B}[+＋]{B}(?:{D}{{1,3}}|[A-Za-z]{{1,3}}|[{NUMERAL_LETTERS}]{{1,2}})){{1,9}}+",
        ),
        (
            "exclude.event",
            rf"{D}{{1,2}}{B}[·•・.．]{B}{D}{{1,2}}(?![{DIGIT}%％‰万亿.．])(?=[”\"」』'’]|(?<![.．]{D})(?<![.．]{D}{D})[^,，。;；]{{0,3}}(?:{words['event']}))"
            # 12·4国家宪法日: a month and a day with a middle dot ahead of a name, not of a unit
            rf"|(?={D}{{1,2}}[·•・]){MONTH}[·•・]{DAY}(?={HAN}{{2}})(?![{''.join(contexts['dotted_units'])}])",
        ),
        ("exclude.anniversary", rf"{D}{{1,4}}{B}周年"),
        (
            "exclude.hours",
            rf"(?:[7７]{B}[×xX*＊✕]{B})?(?:24|２４){B}(?:个)?小时(?={words['service_hours']}|\"|”)|[7７]{B}[×xX*＊✕]{B}(?:24|２４|8|８)(?:{B}小时)?|5{B}[×xX*]{B}8",
        ),
        ("exclude.email", r"(?=[0-9]{4})[A-Za-z0-9._-]{4,40}+[@＠][A-Za-z0-9.-]{1,60}"),
        (
            "exclude.contact",
            rf"0{D}{{2,3}}(?:{B}[-—－]{B}|[{BLANKS}]){LINE}|(?<![.])1[3-9]{D}{{9}}(?!{D}|{B}[元万条件人])|[48]00[-—－]?{D}{{3,4}}[-—－]?{D}{{3,4}}(?!{D}|{B}[元万条件人户亩])",
        ),
        (
            "exclude.identifier",
            rf"{D}{{17}}[0-9Xx](?![0-9])|{D}{{1,3}}(?:\.{D}{{1,3}}){{3}}(?!{D})|{D}{{1,5}}{B}号(?:线|机组|楼|院|厅|窗口?|馆|井|文件?|令|公告|桥|机|炉|岛|地块|台风|洞|门|船|航站楼|[\u4e00-\u9fff]?)|{D}{{1,2}}[.．]{D}{{1,2}}(?:[.．]{D}{{1,4}})+",
        ),
        ("exclude.road", rf"{D}{{3}}{B}(?:国道|省道|县道)"),
        (
            "exclude.list_mark",
            rf"(?:(?<=^)|(?<=[\n。;；!！?？:：)）{BLANKS}]))(?:{D}{{1,2}}{B}[.．](?:(?!{D})|(?={YEAR}{B}年))|{D}{{1,2}}[、)）](?!{B}{D}))",
        ),
        (
            "exclude.page",
            rf"(?:(?<=^- )|(?<=^-)|(?<=^— )|(?<=^—))(?:{D}{{1,3}})(?=[{BLANKS}]?[-—][{BLANKS}]?$)"
            rf"|{IN_ALL}{D}{{1,4}}{B}页(?!面|次|{B}[的是])",
        ),
        (
            "exclude.grade",
            rf"{D}[A-Z]{{1,5}}级|{D}{{1,2}}(?:[.．]{D})?{B}(?:级(?!以下人民)|星级?(?!期|空|火)|等奖|线城市|类地区)"
            rf"|{graded(contexts, arabic=True)}"
            rf"|{D}{{2,4}}{B}千伏(?=(?:及以[上下]|[、和及]{B}{D}{{2,4}}{B}千伏){{0,3}}{HAN}{{0,6}}(?:{words['voltage_nouns']}))",
        ),
        ("exclude.size", sized(contexts, arabic=True)),
        (
            "exclude.code",
            rf"(?<=公开|财决|预算|决算){D}{{2}}(?=表)|{D}{{1,4}}(?:[.．]{D}{{1,2}})?[A-Za-z]{{1,8}}{D}{{0,6}}(?![A-Za-z])|{D}{{1,4}}(?:{B}[×xX*＊✕]{B}{D}{{1,4}})+",
        ),
        (
            "exclude.rank",
            rf"(?:(?<=(?<![目当之以日此先眼])前)|{LAST}){D}{{1,3}}{B}(?:[位名强甲]|(?={words['rank_after']}|{PHRASE_END})(?!{B}、{D}))",
        ),
        (
            "exclude.denominator",
            rf"(?<=每)[1１][0０]+{B}[万]?{B}(?:常住)?(?:人口?|户|名|件|家|亩|公里|平方公里)",
        ),
        (
            "exclude.attachment",
            rf"(?<=附件|附表|附图){B}{D}{{1,2}}(?!{D}|{B}[个份张])|(?<=[表图]){D}{{1,2}}(?=[:：.．]|{B}$)",
        ),
        (
            "exclude.list_mark.glued",
            rf"(?<=[\u4e00-\u9fff”」）)]){value}(?:[1-9]{D}?[.．]|[1-9]、(?!{HAN}{{0,4}}{D})|[1-9]{D}、(?!{HAN}{{0,8}}{D}))(?={HAN})(?![一二三四五六七八九十百千万])",
        ),
        (
            "exclude.plan",
            rf"{D}{{1,3}}{B}(?:年{B}(?={words['plan_names']}|{campaign_ahead(words)})|[天日](?={B}(?:{words['holidays']}))|(?:分钟|小时){B}(?={CIRCLE})"
            rf"|[天日](?={campaign_ahead(words)}))",
        ),
        (
            "exclude.threshold",
            rf"{D}{{1,6}}(?:[.．]{D}{{1,2}})?{B}{threshold}|{BOUND}{D}{{1,6}}(?:{CLASS}|{bound_ahead(words)})|{APPLIED}{D}{{1,6}}{CONCERNED}|{D}{{1,3}}{within_ahead(words)}",
        ),
        (
            "exclude.account",
            rf"(?<={HAN}[(（])2[0-3]{D}{{5}}(?=[)）])|(?<=[(（]){D}{{2,3}}(?=[类款项][)）])|(?={D}{{5}})(?:{coded}{D}{{5,12}}(?!{D})|{D}{{5,12}}(?=(?:[、,，和及]{B}{D}{{5,12}}){{0,9}}+{B}等?{B}(?:{words['code_words']})))",
        ),
        ("exclude.list_name", rf"(?:[1-9]0{{1,3}}|[1-9]00){B}(?:强|佳|优|大(?!型|量|约|于|幅|中|小))"),
        (
            "exclude.event.hotline",
            rf"(?:110|119|120|122|114){B}(?={words['emergency_after']})",
        ),
        (
            "exclude.campaign",
            rf"{D}{{2,4}}{B}(?=[\"”」』]{B}(?:{words['campaign']}))|(?<=[\"“「『]){D}{{2,4}}(?=[\"”」』])",
        ),
        # 2.1招生: the number of a heading, where no unit follows
        (
            "exclude.list_mark.bare",
            rf"(?<=^){D}{{1,2}}(?:[.．]{D}{{1,2}}){{0,3}}+(?!{D})(?={B}{HAN}{{2}})(?!{B}[{NUMERAL_LETTERS}多余来至到])",
        ),
    )
