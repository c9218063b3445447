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

from ..knowledge.source import alternation
from ..numerals import NUMERAL_LETTERS
from .leads import LEAD_START, LEADS
from .patterns import BLANKS, DIGIT, behind, not_behind
from .pieces import (
    CN_DAY,
    CN_MONTH,
    CN_YEAR,
    DATE_TAIL,
    DAY,
    DAY_NAME,
    HAN,
    LINE,
    MONTH,
    SESSION,
    TO,
    YEAR,
    B,
    D,
    N,
)
from .sizes import graded, sized

# most numbers are counts, shares or money right before their unit, where no Arabic rule holds (but 每10万人,
# 前3家, 3个月, 20个小时)
_PLAIN_COUNT = (
    r"(?!(?<![每足过于满超])(?:[0-9]{1,9}(?:[.,][0-9]{1,4})?+多?[条件次人篇份项户%亿元倍册亩]"
    r"|(?<![前后])[0-9]{1,9}[个家起](?![月季小工半(（]))(?!元?(?:[及或]?以[上下]|级)))"
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
        LEAD_START,
        re.compile(_alternatives(LEADS), re.M),
        re.compile(f"{_PLAIN_COUNT}(?:{_alternatives(_arabic_rules(contexts, hotlines))})", re.M),
        re.compile(_alternatives(_chinese_rules(contexts)), re.M),
        re.compile(rf"(?:{alternation(contexts['rank_before'])})(?:{HAN}{{0,4}})$"),
    )


def exclusion_patterns(
    contexts: Mapping[str, tuple[str, ...]], hotlines: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    """Returns every rule with its pattern, one by one: leads, Arabic, Chinese."""
    return (*LEADS, *_arabic_rules(contexts, hotlines), *_chinese_rules(contexts))


def rule_of(group: str | None) -> str:
    """Returns the rule id a pattern group is named after."""
    assert group is not None
    return group.replace("__", ".")


def _period(contexts: Mapping[str, tuple[str, ...]]) -> str:
    """Returns a pattern that holds behind the words that place a span of time: 近3年, 过去五年."""
    return rf"{behind(contexts['period_before'])}(?<![{''.join(contexts['period_not_before'])}][近前头])"


def _looking_back(contexts: Mapping[str, tuple[str, ...]], number: str) -> str:
    """Returns a pattern of the years that something took or that lie behind: 五年历程, 3年增长58.6%, 用三年时间."""
    words = {name: alternation(contexts[name]) for name in ("period_changes", "period_nouns")}
    return (
        rf"{not_behind(contexts['period_lasting'])}{number}年(?={words['period_changes']})"
        rf"|{number}年(?=的?(?:{words['period_nouns']}))|(?<=用){number}年(?=左?右?的?(?:时间|时光))"
        rf"|(?<=的)(?<!最[长短多少久]的){number}年(?={_PHRASE_END})"
    )


def _alternatives(rules: tuple[tuple[str, str], ...]) -> str:
    """Returns one alternation of `rules`, each a group named after its rule (`__` for `.`)."""
    return "|".join(f"(?P<{name.replace('.', '__')}>{pattern})" for name, pattern in rules)


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
            rf"{period}{D}{{1,2}}{B}(?:年|个月|个?季度|天|周){lasting}"
            rf"|{D}{{1,2}}{B}(?:[多余]?{B}(?:年|个月|天)多?(?:{words['period_after']})(?!自|隔|续|十|{D})|年(?={words['period_verbs']}))"
            rf"|{_looking_back(contexts, f'{D}{{1,2}}(?:{TO}{D}{{1,2}})?{B}')}",
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
            rf"|{_IN_ALL}{D}{{1,4}}{B}页(?!面|次|{B}[的是])",
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
            rf"(?:(?<=(?<![目当之以日此先眼])前)|{_LAST}){D}{{1,3}}{B}(?:[位名强甲]|(?={words['rank_after']}|{_PHRASE_END})(?!{B}、{D}))",
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
            rf"{D}{{1,3}}{B}(?:年{B}(?={words['plan_names']}|{_campaign(words)})|[天日](?={B}(?:{words['holidays']}))|(?:分钟|小时){B}(?={_CIRCLE})"
            rf"|[天日](?={_campaign(words)}))",
        ),
        (
            "exclude.threshold",
            rf"{D}{{1,6}}(?:[.．]{D}{{1,2}})?{B}{threshold}|{_BOUND}{D}{{1,6}}(?:{_CLASS}|{_bound(words)})|{_APPLIED}{D}{{1,6}}{_CONCERNED}|{D}{{1,3}}{_within(words)}",
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


# what tells how many pages there are, in the foot of a page or behind the name of an annex
# (but 提供复印件,共146页)
_IN_ALL = "(?<=[共计 ])(?:(?<=[共计])|(?<=共 ))(?<![,，]共)(?<![,，]共计)(?<![,，]共 )"
# a bound that names a class, and how many are in it: 不足2人的有11个, 超过20件的单位3个
_BOUND = "(?:(?<=不足|超过|不到|少于|多于|低于|高于|未满)|(?<=超))"
_CLASS = rf"{B}{HAN}{{1,4}}(?=的{HAN}{{0,8}}{B}{D}{{1,5}}{B}[个家件条户人名项次]|的{HAN}{{1,6}}占{D})"
# whom a measure applies to: 凡超过三次未整改的单位, 对不足20条的部门
_APPLIED = "(?<=[凡对](?:超过|不足|不到|少于|多于|低于|高于|未满))"
_CONCERNED = rf"{B}{HAN}(?={HAN}{{0,10}}的{HAN})"
_AMONG = "(?:" + "|".join(rf"(?<=一\w{{{size}}}、)" for size in (2, 3, 4, 5)) + ")"
_CIRCLE = rf"{HAN}{{0,6}}圈"
# 对后|3名: the last of a ranking (but 会后3名)
_LAST = "(?<=[对和及、居列名位倒]后)"
_PHRASE_END = r"(?=[,，.。;；:：、)）\n]|$)"


def _within(words: Mapping[str, str]) -> str:
    """Returns a pattern of the limit that names what a rate is of, behind its digits: 15秒内|接通率."""
    return rf"{B}(?:秒|分钟|个?小时|[日天]|个?工作日|米|公里)(?:以内|之内|内)(?={HAN}{{1,4}}(?:{words['rate_names']}))"


def _campaign(words: Mapping[str, str]) -> str:
    """Returns a pattern of what a campaign is named by, and its own word: 三年|环境整治行动."""
    return rf"(?:(?!{words['plan_verbs']}){HAN}){{0,8}}(?:行动|攻坚|会战)"


def _bound(words: Mapping[str, str]) -> str:
    """Returns a pattern of what a bound is the class of, behind its digits: 超50亿元|的企业."""
    return rf"{B}(?:{words['threshold_units']})(?=的{HAN}{{0,6}}(?:{words['threshold_nouns']}))"


def _threshold(words: Mapping[str, str]) -> str:
    """Returns a pattern of the bound that names a class, behind its digits: 亿元以上项目, 万元及以上)."""
    return (
        rf"(?:(?:{words['threshold_units']})\n?(?:[(（]含[)）])?[及或]?{B}以[上下](?:[(（]含[)）])?"
        rf"(?:(?=的?{HAN}{{0,6}}(?:{words['threshold_nouns']}))|(?<=及以[上下])(?=[)）])"
        # 三十五岁以下的有12人, 2000平方米以上公共建筑, 四十岁以下占三成
        rf"|(?=的?[只仅共]?有?{B}(?:{D}{{1,6}}|[一二三四五六七八九十百]{{1,5}}){B}[个家户项人件名])"
        rf"|(?<=岁以[上下])(?={HAN}))|(?:{words['threshold_sizes']})以[上下](?=的?(?![占达为用]){HAN}{{2}}))"
    )


_BOUNDARY = rf"(?:(?<=^)|(?<=[\n。;；!！?？:：,，、{BLANKS}]))"


def _chinese_rules(contexts: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """Returns the rules that are matched where a Chinese number starts, the first that fits winning."""
    words = {name: alternation(items) for name, items in contexts.items()}
    period = _period(contexts)
    issued = not_behind(contexts["issue_verbs"] + contexts["issue_letters"])
    units = "".join(contexts["one_unit"])
    lasting = rf"(?!{words['measured_span']}|{words['duration_after']})"
    noun = rf"[^\W\d_{NUMERAL_LETTERS}{''.join(contexts['no_measure'])}]"
    return (
        (
            "exclude.date",
            rf"[一二三]{TO}[二三四]季度|{CN_YEAR}{B}年度?(?:{B}{CN_MONTH}(?:{B}{CN_DAY})?)?|{CN_YEAR}(?=[-—至]{CN_YEAR})"
            rf"|{CN_MONTH}(?:{B}{CN_DAY}|[上中下]旬|初|底|末)?(?:{TO}(?:{CN_MONTH}|{CN_DAY}))?"
            r"|[一二三四]季度|[二三]?十[一二三四五六七八九]?世纪|[五六七八九]十年代"
            rf"|{CN_DAY}(?=前|起|止|至|上午|下午)",
        ),
        (
            "exclude.list_mark",
            rf"{_BOUNDARY}(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:是(?!否)|要(?=[\u4e00-\u9fff])(?!求|点|素|件))"
            rf"|(?:(?<=^)|(?<=[\n。;；!！?？:：{BLANKS}]))(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]){B}[、.．](?!{B}[{NUMERAL_LETTERS}][等、级类期])"
            r"|(?<=其)[一二三四五六](?=[、,，是:：])|(?<=^)(?:[一二三四五六七八九十]|十[一二三四五六七八九])(?=$)",
        ),
        (
            "exclude.period",
            rf"{period}(?:{N}{{1,3}}|两)(?:年|个月|个?季度|天|周){lasting}"
            rf"|(?:{N}{{1,3}}|两|几)[多余]?(?:年|个月|天)多?(?:{words['period_after']})(?!自|隔|续|十|{D})"
            rf"|(?:{N}{{1,3}}|两)年(?={words['period_verbs']})"
            r"|(?<=[日号])一天"
            rf"|{_looking_back(contexts, f'(?:{N}{{1,3}}|两)(?:{TO}{N}{{1,3}})?')}",
        ),
        (
            "exclude.plan",
            r"(?:十[一二三四五六]五|十五五)(?![个件条名人次项家])|[一二两三四五六七八九十]{1,2}年(?="
            + rf"{words['plan_names']}|{_campaign(words)})|[一二三四五六七八九十]{{1,2}}天(?={words['holidays']})"
            rf"|(?:一刻钟|[一二三五]?十五?分钟|[一两二三半]小时)(?={_CIRCLE})",
        ),
        (
            "exclude.threshold",
            rf"[一二两三四五六七八九][一二三四五六七八九十百千]{{0,4}}{_threshold(words)}|[十百千][万亿]?{_threshold(words)}"
            rf"|(?<=上)[十百千万亿]{{1,2}}{_CLASS}|{_BOUND}[一二两三四五六七八九十百千万亿]{{1,4}}(?:{_CLASS}|{_bound(words)})|{_APPLIED}{N}{{1,4}}{_CONCERNED}|{N}{{1,3}}{_within(words)}",
        ),
        ("exclude.page", rf"{_IN_ALL}{N}{{1,4}}页(?!面|次|{B}[的是])"),
        (
            "exclude.ordinal",
            r"[一二三]审(?=[、和及]?[二再]审|[民刑行]|[法判裁败胜案阶程未维改服新收结上])"
            rf"|二次(?={words['second_of']})",
        ),
        (
            "exclude.rank",
            rf"(?:(?<=(?<![目当之以日此先眼])前)|{_LAST})[一二三四五六七八九十百]{{1,3}}(?:[位名强甲]|(?={words['rank_after']}|[(（]|{_PHRASE_END}))",
        ),
        ("exclude.denominator", r"(?<=每)[十百千万]+(?:常住)?(?:人口?|户|名|件|家|亩|公里|平方公里)"),
        (
            "exclude.indefinite",
            rf"{behind(contexts['article_verbs'])}一[{units}](?=[^,，。;；、]?{HAN})"
            # 一张告示、一个喇叭、一份明白纸把…
            rf"|{_AMONG}一[{units}](?={HAN}{{1,4}}(?:、一[{units}]{HAN}{{1,4}})?[把将就])"
            # 干一件成一件, 说一件、干一件
            rf"|(?<=[干办抓做说])一(?P<kind>[件项桩])(?=[、,，]?[成办干抓]一(?P=kind))"
            r"|(?:(?<=一[件项桩][成办干抓])|(?<=一[件项桩][、,，][成办干抓]))一[件项桩]"
            rf"|{behind(contexts['absence'] + contexts['each'])}一(?:[{units}次起例宗]|(?<!由一)[名位人])"
            # 每逾期一次扣2分 (but 每月一次)
            rf"|{behind('每' + word for word in contexts['each_deed'])}一[{units}次起例宗名位人户]",
        ),
        (
            "exclude.session",
            rf"{SESSION}(?:届(?=[\u4e00-\u9fff])|大(?=精神|报告|会议|代表|召开|提出|部署|以来|[,，。、和及》]|期间|胜利)|中全会)|{SESSION}次(?:、{SESSION}次)*(?:全会|全体|党代会|会议|党员代表|代表大会)",
        ),
        (
            "exclude.grade",
            r"[一二三四五六七八九十两甲]{1,2}(?:级(?!以上人民)|等奖|等功|星级|线城市|甲(?:医|等)|类地区|本院校)(?:[、和及][一二三四五六](?:级|等奖)|[甲乙丙]等)*|[一二三四]、[一二三四](?:级|等奖|类)|[一二三四五][甲乙丙](?=医|等|级)|[十百千万亿]{1,4}(?:元|吨|斤|亩|人|千瓦)?级"
            rf"|{graded(contexts, arabic=False)}|(?<=公益)[一二三]类",
        ),
        ("exclude.size", sized(contexts, arabic=False)),
        (
            "exclude.phase",
            rf"{issued}(?!{behind(contexts['issue_heads'])}[一二三四五六]期{_PHRASE_END})[一二三四五六]期(?!{words['issue_nouns']})"
            r"|[一二三四五六](?:标段|号线)",
        ),
        (
            "exclude.group",
            r"(?:[一二两三四五六七八九]|十[一二三四五六七八九]?)大(?!类|项|约|概|幅|力|多|小|量|学|型|于|为|件|中型|力度|代表|常委|会|连|同)",
        ),
        ("exclude.anniversary", rf"{N}{{1,4}}周年"),
        (
            "exclude.pattern",
            # 每月一题, 每点一机: without a measure word (每户一册 is an amount to each)
            rf"(?:(?<=每{HAN})|(?<=每{HAN}{HAN}))(?<!每周)(?<!星期)一(?!{words['each_unit']}){HAN}(?={_PHRASE_END}|[”\"’」])"
            rf"|(?:[一二三四五六七八九十两双多]{noun}){{2}}(?![一二三四五六七八九十])"
            rf"|[一两三四五]{noun}[一两三四五六多]{noun}",
        ),
        (
            "exclude.plus",
            rf"[{NUMERAL_LETTERS}]{{1,2}}(?:[+＋](?:{D}{{1,2}}|[A-Za-z]|[{NUMERAL_LETTERS}]{{1,2}})){{1,9}}+",
        ),
    )


QUOTES = re.compile(r"“[^“”\n]{1,24}”|「[^「」\n]{1,24}」|『[^『』\n]{1,24}』|‘[^‘’\n]{1,24}’|\"[^\"\n]*\"")
QUOTE_LONGEST = 26
# what a quoted name does not hold: the marks of a sentence, shares (but “3个95%”), large counts
QUOTE_SENTENCE = re.compile(
    rf"[,，。;；:：!！?？《》]|(?<![“\"][0-9]个[0-9]{{2}})(?<![“\"][0-9]个[0-9]{{3}})[%％]|{D}{{3,}}{B}[余多万]?{B}[条件次人篇项个家份户元](?!目)"
)
# what a house or floor number stands behind
ADDRESS_ENDS = frozenset("路街道巷弄里楼院幢座厦村号层元")
ADDRESS = re.compile(
    rf"{D}{{1,5}}(?:{B}[-—]{B}{D}{{1,4}})?{B}(?:号楼?|弄|室|楼|层|幢|单元|栋)(?:{B}{D}{{1,4}}{B}(?:号楼?|室|楼|层|单元|栋))*"
)
