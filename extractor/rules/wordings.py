"""What words make of a number, as the tables of exclusions share it: spans of years, bounds, campaigns, rankings."""

from __future__ import annotations

from collections.abc import Mapping

from ..knowledge.source import alternation
from .patterns import behind, not_behind
from .pieces import HAN, B, D

# what tells how many pages there are, in the foot of a page or behind the name of an annex
# (but 提供复印件,共146页)
IN_ALL = "(?<=[共计 ])(?:(?<=[共计])|(?<=共 ))(?<![,，]共)(?<![,，]共计)(?<![,，]共 )"
# a bound that names a class, and how many are in it: 不足2人的有11个, 超过20件的单位3个
BOUND = "(?:(?<=不足|超过|不到|少于|多于|低于|高于|未满)|(?<=超))"
_MANY = rf"(?:{D}{{1,5}}|[一二两三四五六七八九十]{{1,3}})"
CLASS = rf"{B}{HAN}{{1,4}}(?=的{HAN}{{0,8}}{B}{_MANY}{B}[个家件条户人名项次]|的{HAN}{{1,6}}占{D})"
# whom a measure applies to: 凡超过三次未整改的单位, 对不足20条的部门
APPLIED = "(?<=[凡对](?:超过|不足|不到|少于|多于|低于|高于|未满))"
CONCERNED = rf"{B}{HAN}(?={HAN}{{0,10}}的{HAN})"
CIRCLE = rf"{HAN}{{0,6}}圈"
# 对后|3名: the last of a ranking (but 会后3名)
LAST = "(?<=[对和及、居列名位倒]后)"
PHRASE_END = r"(?=[,，.。;；:：、)）\n]|$)"


def period_behind(contexts: Mapping[str, tuple[str, ...]]) -> str:
    """Returns a pattern that holds behind the words that place a span of time: 近3年, 过去五年."""
    return rf"{behind(contexts['period_before'])}(?<![{''.join(contexts['period_not_before'])}][近前头])"


def years_back(contexts: Mapping[str, tuple[str, ...]], number: str) -> str:
    """Returns a pattern of the years that something took or that lie behind: 五年历程, 3年增长58.6%, 用三年时间."""
    words = {name: alternation(contexts[name]) for name in ("period_changes", "period_nouns")}
    return (
        rf"{not_behind(contexts['period_lasting'])}{number}年(?={words['period_changes']})"
        rf"|{number}年(?=的?(?:{words['period_nouns']}))|(?<=用){number}年(?=左?右?的?(?:时间|时光))"
        rf"|(?<=的)(?<!最[长短多少久]的){number}年(?={PHRASE_END})"
    )


def within_ahead(words: Mapping[str, str]) -> str:
    """Returns a pattern of the limit that names what a rate is of, behind its digits: 15秒内|接通率."""
    return rf"{B}(?:秒|分钟|个?小时|[日天]|个?工作日|米|公里)(?:以内|之内|内)(?={HAN}{{1,4}}(?:{words['rate_names']}))"


def campaign_ahead(words: Mapping[str, str]) -> str:
    """Returns a pattern of what a campaign is named by, and its own word: 三年|环境整治行动."""
    return rf"(?:(?!{words['plan_verbs']}){HAN}){{0,8}}(?:行动|攻坚|会战)"


def bound_ahead(words: Mapping[str, str]) -> str:
    """Returns a pattern of what a bound is the class of, behind its digits: 超50亿元|的企业."""
    return rf"{B}(?:{words['threshold_units']})(?=的{HAN}{{0,6}}(?:{words['threshold_nouns']}))"


def threshold_ahead(words: Mapping[str, str]) -> str:
    """Returns a pattern of the bound that names a class, behind its digits: 亿元以上项目, 万元及以上)."""
    return (
        rf"(?:(?:{words['threshold_units']})\n?(?:[(（]含[)）])?[及或]?{B}以[上下](?:[(（]含[)）])?"
        rf"(?:(?=的?{HAN}{{0,6}}(?:{words['threshold_nouns']}))|(?<=及以[上下])(?=[)）])"
        # 三十五岁以下的有12人, 2000平方米以上公共建筑, 四十岁以下占三成
        rf"|(?=的?[只仅共]?有?{B}(?:{D}{{1,6}}|[一二三四五六七八九十百]{{1,5}}){B}[个家户项人件名条座处所台辆])"
        # 滞留一年以上的1,102万元
        rf"|(?=的{B}{D}{{1,6}}(?:[,，]{D}{{3}})*(?:[.．]{D}{{1,4}})?{B}[万亿]{{0,2}}元)"
        # 50人以上的单位 (but 招聘50人以上)
        rf"|(?<=人以[上下])(?=的(?:{words['threshold_groups']}))"
        rf"|(?<=岁以[上下])(?={HAN}))|(?:{words['threshold_sizes']})以[上下](?=的?(?![占达为用]){HAN}{{2}}))"
    )
