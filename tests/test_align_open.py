"""Alignment where words are unknown and where no form is: what narrows, what does not, labels by row and column."""

from __future__ import annotations

import pytest
from linking import claim, figure, reading
from test_align import APPLICATIONS, DISCLOSURE, MATRIX, OLD_FORM, link

from extractor.align import align, load_model
from extractor.align.agreeing import agreement
from extractor.align.parsing import parse
from extractor.data import Period
from extractor.knowledge import Knowledge

ADMISSION = reading(
    *(
        figure(None, value, "人", name=f"{row}|{column}", label=row, column=column)
        for row, values in {
            "美术类": ("120", "118"),
            "理工类": ("900", "899"),
            "合计": ("1020", "1017"),
        }.items()
        for column, value in zip(("计划数", "录取数"), values, strict=True)
    )
)


@pytest.mark.parametrize(
    ("phrase", "unit", "context", "section", "expected"),
    [
        ("“云桥发布”微博发布", "条", (), DISCLOSURE, "channel.weibo"),
        ("政府公报", "条", ("信息",), DISCLOSURE, "channel.gazette"),
        ("政府网站", "条", ("同一条信息经几种渠道发出",), DISCLOSURE, "channel.website"),
        ("公开", "件", (), APPLICATIONS, "outcome.granted"),
        ("本关收到政府信息公开申请", "件", (), APPLICATIONS, "applications.received"),
        ("自《条例》施行以来公开政府信息", "条", (), DISCLOSURE, "disclosed.total"),
        ("参加", "人次", ("组织业务培训班",), (), "training.attendees"),
    ],
)
def test_words_that_narrow_nothing_leave_the_row(
    phrase: str,
    unit: str,
    context: tuple[str, ...],
    section: tuple[str, ...],
    expected: str,
    knowledge: Knowledge,
) -> None:
    found = link(claim(phrase, unit=unit, context=context, section=section), OLD_FORM, knowledge)
    assert found.figures == (expected,)


@pytest.mark.parametrize(
    "phrase",
    ["公开社会保障信息", "公开统计信息", "公开决算信息", "公开互动交流信息", "公开基层信息", "公开乡镇信息"],
)
def test_a_topic_before_the_word_for_information_narrows_it(phrase: str, knowledge: Knowledge) -> None:
    assert link(claim(phrase, unit="条", section=DISCLOSURE), OLD_FORM, knowledge).figures == ()


def test_what_stands_before_other_ways_is_an_example_of_them(knowledge: Knowledge) -> None:
    facets = parse("广播、村务栏等其他方式公开", knowledge.linking.gazetteer)
    assert (facets.get("channel"), facets.residue) == (frozenset({"other"}), "")


def test_a_reason_tells_its_own_outcome(knowledge: Knowledge) -> None:
    found = link(claim("本机关不掌握", context=("不予公开的申请",), section=APPLICATIONS), MATRIX, knowledge)
    assert found.params["indicator"] == "unavailable.not_held"


def test_the_modifier_of_a_refusal_is_a_stretch_of_the_phrase(knowledge: Knowledge) -> None:
    found = link(claim("水务网站发布水质监测信息", unit="条", section=DISCLOSURE), OLD_FORM, knowledge)
    assert found.why == "narrower"
    stretches = str(found.params["modifier"]).split("…")
    assert all(stretch in "水务网站发布水质监测信息" for stretch in stretches)
    assert stretches[0] == "水务"


def test_all_applicants_together_are_the_total_of_a_table_without_them(knowledge: Knowledge) -> None:
    found = link(claim("收到公民、法人和其他组织提出的申请", "37", section=APPLICATIONS), OLD_FORM, knowledge)
    assert found.figures == ("applications.received",)


def test_a_number_without_a_unit_needs_the_name_itself(knowledge: Knowledge) -> None:
    from dataclasses import replace

    heading = replace(claim("依申请公开办理情况", "3", "", section=APPLICATIONS), kind="bare")
    assert link(heading, OLD_FORM, knowledge).figures == ()


def test_a_claim_leans_on_the_sentence_before_it(knowledge: Knowledge) -> None:
    from dataclasses import replace

    first = replace(claim("收到政府信息公开申请", "37", name="c1"), sentence=(0, 20))
    after = replace(claim("办结", "36", name="c2"), sentence=(20, 30))
    far = replace(claim("办结", "36", name="c2"), sentence=(60, 70))
    model = load_model()
    assert align([first, after], OLD_FORM, knowledge, model)[1].figures == ("applications.completed",)
    assert align([first, far], OLD_FORM, knowledge, model)[1].figures == ()


@pytest.mark.parametrize(
    ("phrase", "value", "context", "expected"),
    [
        ("理工类", "899", ("录取", "计划"), "理工类|录取数"),
        ("录取理工类", "899", (), "理工类|录取数"),
        ("艺术类", "898", ("录取",), ""),
    ],
)
def test_the_nearest_words_say_which_column_of_a_table_nobody_knows(
    phrase: str, value: str, context: tuple[str, ...], expected: str, knowledge: Knowledge
) -> None:
    ranked = link(claim(phrase, value, "人", context=context), ADMISSION, knowledge).figures
    assert ranked == ((expected,) if expected else ())


def test_last_year_has_its_own_column_in_a_table_nobody_knows(knowledge: Knowledge) -> None:
    table = reading(
        figure(None, "402", "封", name="now", label="校长信箱来信", column="2022年"),
        figure(None, "386", "封", name="then", label="校长信箱来信", column="上年", period="last_year"),
    )
    now = link(claim("校长信箱来信", "402", "封"), table, knowledge)
    then = link(claim("校长信箱来信", "386", "封", period=Period("last_year")), table, knowledge)
    assert (now.figures, then.figures) == (("now",), ("then",))


REGISTER = reading(
    *(
        figure(None, value, "", name=f"{row}|{column}", label=row, column=column)
        for row, values in {"抵押登记": ("3815", "3790"), "查封登记": ("187", "185")}.items()
        for column, value in zip(("受理件数", "办结件数"), values, strict=True)
    )
)


@pytest.mark.parametrize(
    ("phrase", "value", "expected"),
    [
        ("抵押登记", "3790", ("抵押登记|办结件数",)),
        ("抵押登记", "3789", ()),
        ("商品房", "3790", ()),
    ],
)
def test_a_number_that_agrees_tells_the_column_its_words_leave_open(
    phrase: str, value: str, expected: tuple[str, ...], knowledge: Knowledge
) -> None:
    found = link(claim(phrase, value, "件"), REGISTER, knowledge)
    assert found.figures == expected
    assert found.why == "value" if expected else found.why != "value"


def test_what_is_told_roughly_or_of_nothing_is_no_evidence() -> None:
    assert agreement(claim("抵押登记", "3790", hedge="近")) == 0
    assert agreement(claim("抵押登记", "0")) == 1
    assert agreement(claim("抵押登记", "3790")) == 1000
