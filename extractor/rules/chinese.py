"""Exclusions that are matched where a Chinese number starts."""

from __future__ import annotations

from collections.abc import Mapping

from ..knowledge.source import alternation
from ..numerals import NUMERAL_LETTERS
from .patterns import BLANKS, behind, not_behind
from .pieces import CN_DAY, CN_ITEM, CN_MONTH, CN_YEAR, HAN, SESSION, TO, B, D, N
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

_AMONG = "(?:" + "|".join(rf"(?<=一\w{{{size}}}、)" for size in (2, 3, 4, 5)) + ")"
# which sits in sessions: 十三届|三次会议, 区人大|二次会议 (but 召开三次会议)
_ASSEMBLY = (
    "(?:"
    + "|".join(f"(?<={word})" for word in ("届", "人大", "政协", "委会", "代会", "大会", "纪委", "中"))
    + ")"
)
_BOUNDARY = rf"(?:(?<=^)|(?<=[\n。;；!！?？:：,，、{BLANKS}]))"


def chinese_rules(contexts: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """Returns the rules that are matched where a Chinese number starts, the first that fits winning."""
    words = {name: alternation(items) for name, items in contexts.items()}
    period = period_behind(contexts)
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
            rf"{_BOUNDARY}{CN_ITEM}(?:是(?!否)|要(?=[\u4e00-\u9fff])(?!求|点|素|件))"
            rf"|(?:(?<=^)|(?<=[\n。;；!！?？:：{BLANKS}])){CN_ITEM}{B}[、.．](?!{B}[{NUMERAL_LETTERS}][等、级类期])"
            r"|(?<=其)[一二三四五六](?=[、,，是:：])|(?<=^)(?:[一二三四五六七八九十]|十[一二三四五六七八九])(?=$)",
        ),
        (
            "exclude.period",
            rf"{period}(?:{N}{{1,3}}|两)(?:年|个月|个?季度|天|周){lasting}"
            rf"|(?:{N}{{1,3}}|两|几)[多余]?(?:年|个月|天)多?(?:{words['period_after']})(?!自|隔|续|十|{D})"
            rf"|(?:{N}{{1,3}}|两)年(?={words['period_verbs']})"
            r"|(?<=[日号])一天"
            rf"|{years_back(contexts, f'(?:{N}{{1,3}}|两)(?:{TO}{N}{{1,3}})?')}",
        ),
        (
            "exclude.plan",
            r"(?:十[一二三四五六]五|十五五)(?![个件条名人次项家])|[一二两三四五六七八九十]{1,2}年(?="
            + rf"{words['plan_names']}|{campaign_ahead(words)})|[一二三四五六七八九十]{{1,2}}天(?={words['holidays']})"
            rf"|(?:一刻钟|[一二三五]?十五?分钟|[一两二三半]小时)(?={CIRCLE})",
        ),
        (
            "exclude.threshold",
            rf"[一二两三四五六七八九][一二三四五六七八九十百千]{{0,4}}{threshold_ahead(words)}|[十百千][万亿]?{threshold_ahead(words)}"
            rf"|(?<=上)[十百千万亿]{{1,2}}{CLASS}|{BOUND}[一二两三四五六七八九十百千万亿]{{1,4}}(?:{CLASS}|{bound_ahead(words)})|{APPLIED}{N}{{1,4}}{CONCERNED}|{N}{{1,3}}{within_ahead(words)}",
        ),
        ("exclude.page", rf"{IN_ALL}{N}{{1,4}}页(?!面|次|{B}[的是])"),
        (
            "exclude.ordinal",
            r"[一二三]审(?=[、和及]?[二再]审|[民刑行]|[法判裁败胜案阶程未维改服新收结上])"
            rf"|二次(?={words['second_of']})",
        ),
        (
            "exclude.rank",
            rf"(?:(?<=(?<![目当之以日此先眼])前)|{LAST})[一二三四五六七八九十百]{{1,3}}(?:[位名强甲]|(?={words['rank_after']}|[(（]|{PHRASE_END}))",
        ),
        ("exclude.denominator", r"(?<=每)[十百千万]+(?:常住)?(?:人口?|户|名|件|家|亩|公里|平方公里)"),
        (
            "exclude.indefinite",
            rf"(?<![下余外]的){behind(contexts['article_verbs'])}一[{units}](?=[^,，。;；、]?{HAN})"
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
            rf"{SESSION}(?:届(?=[\u4e00-\u9fff])|大(?=精神|报告|会议|代表|召开|提出|部署|以来|[,，。、和及》]|期间|胜利)|中全会)|{SESSION}次(?:、{SESSION}次)*(?:全会|党代会|党员代表|代表大会)"
            rf"|{_ASSEMBLY}{SESSION}次(?:、{SESSION}次)*(?:全体|会议)",
        ),
        (
            "exclude.grade",
            r"[一二三四五六七八九十两甲]{1,2}(?:级(?:[一二三四五六七八九两][类层线网员责岗])?(?!以上人民)|等奖|等功|星级|线城市|甲(?:医|等)|类地区|本院校)(?:[、和及][一二三四五六](?:级|等奖)|[甲乙丙]等)*|[一二三四]、[一二三四](?:级|等奖|类)|[一二三四五][甲乙丙](?=医|等|级)|[十百千万亿]{1,4}(?:元|吨|斤|亩|人|千瓦)?级"
            rf"|{graded(contexts, arabic=False)}|(?<=公益)[一二三]类",
        ),
        ("exclude.size", sized(contexts, arabic=False)),
        (
            "exclude.phase",
            rf"{issued}(?!{behind(contexts['issue_heads'])}[一二三四五六]期{PHRASE_END})(?<!少于)(?<!至少)[一二三四五六]期(?!{words['issue_nouns']})"
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
            rf"(?:(?<=每{HAN})|(?<=每{HAN}{HAN}))(?<!每周)(?<!星期)一(?!{words['each_unit']}){HAN}(?={PHRASE_END}|[”\"’」])"
            rf"|(?:[一二三四五六七八九十两双多]{noun}){{2}}(?![一二三四五六七八九十])"
            rf"|[一两三四五]{noun}[一两三四五六多]{noun}",
        ),
        (
            "exclude.plus",
            rf"[{NUMERAL_LETTERS}]{{1,2}}(?:[+＋](?:{D}{{1,2}}|[A-Za-z]|[{NUMERAL_LETTERS}]{{1,2}})){{1,9}}+",
        ),
    )
