"""What words leave unsaid: actions told in one breath, denials, words that mean another thing of their object."""

from __future__ import annotations

from dataclasses import replace

import pytest
from linking import claim, figure, reading

from extractor.align import align, load_model
from extractor.data import Claim, Link, Relation
from extractor.knowledge import Knowledge

REVIEW = ("政府信息公开行政复议、行政诉讼情况",)
FORM = reading(
    figure("regulations@repealed", "2"),
    figure("regulations@in_force", "4"),
    figure("normative_documents@repealed", "3"),
    figure("normative_documents@in_force", "31"),
    figure("applications.carried_out@total", "1"),
    figure("outcome.total@total", "22"),
    figure("reconsideration.total", "5"),
    figure("reconsideration.upheld", "3"),
    figure("reconsideration.corrected", "1"),
    figure("reconsideration.other", "0"),
    figure("reconsideration.pending", "1"),
    figure("litigation_direct.total", "4"),
    figure("litigation_direct.upheld", "3"),
    figure("litigation_after.total", "2"),
    figure("litigation_after.upheld", "2"),
    template="ogi-2021",
)


def links(knowledge: Knowledge, *claims: Claim) -> tuple[Link, ...]:
    named = [replace(found, id=f"c{number}") for number, found in enumerate(claims)]
    return align(named, FORM, knowledge, load_model())


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (claim("废止规章", "2"), claim("规范性文件", "3", verb="废止"), "normative_documents@repealed"),
        (claim("现行有效规章", "4"), claim("规范性文件", "31", verb="废止"), "normative_documents@in_force"),
    ],
)
def test_what_is_told_in_one_breath_has_the_action_told_first(
    first: Claim, second: Claim, expected: str, knowledge: Knowledge
) -> None:
    assert links(knowledge, first, second)[1].formula == expected


@pytest.mark.parametrize(
    ("phrase", "verb", "context", "expected"),
    [
        (
            "办结",
            "",
            ("行政复议",),
            "reconsideration.upheld + reconsideration.corrected + reconsideration.other",
        ),
        ("没审结", "", ("行政复议",), "reconsideration.pending"),
        ("未办结", "", ("政府信息公开申请",), "applications.carried_out"),
    ],
)
def test_a_word_means_what_it_can_of_its_object(
    phrase: str, verb: str, context: tuple[str, ...], expected: str, knowledge: Knowledge
) -> None:
    (found,) = links(knowledge, claim(phrase, "4", context=context, verb=verb, section=REVIEW))
    assert [trial.formula for trial in found.trials][:1] == [expected]


def test_of_two_denials_the_inner_one_belongs_to_the_thing(knowledge: Knowledge) -> None:
    denied = replace(claim("办完的政府信息公开申请", "0", verb="没有未"), kind="zero")
    assert links(knowledge, denied)[0].formula == "applications.carried_out"


def test_an_outcome_behind_both_stages_is_of_neither_for_certain(knowledge: Knowledge) -> None:
    told = (
        claim("未经复议直接起诉", "4", section=REVIEW),
        claim("复议后起诉", "2", section=REVIEW),
        claim("法院驳回", "5", context=("复议后起诉",), section=REVIEW),
    )
    assert not links(knowledge, *told)[2].figures
    assert links(knowledge, *told[1:])[1].formula == "litigation_after.upheld"


@pytest.mark.parametrize(
    ("phrase", "value", "expected"),
    [
        ("信函、当面", "4", ("applications.letter", "applications.in_person")),
        ("信函和当面", "8", ("applications.letter", "applications.in_person")),
        ("信函、当面", "5", ()),
    ],
)
def test_one_number_of_several_rows_is_linked_where_each_or_all_hold_it(
    phrase: str, value: str, expected: tuple[str, ...], knowledge: Knowledge
) -> None:
    table = reading(
        figure("applications.received", "24"),
        figure("applications.in_person", "4"),
        figure("applications.letter", "4"),
        figure("applications.online", "16"),
        template="ogi-2014",
    )
    found = claim(phrase, value, context=("收到政府信息公开申请",), section=("依申请公开情况",))
    (link,) = align([found], table, knowledge, load_model())
    assert link.figures == expected


def test_a_total_takes_the_cells_of_the_numbers_that_come_to_it(knowledge: Knowledge) -> None:
    table = reading(figure("applications.new@total", "78"), figure("applications.carried_in@total", "13"))
    told = [
        claim("新收政府信息公开申请", "78", name="c1"),
        claim("上年结转政府信息公开申请", "13", name="c2"),
        claim("上年结转政府信息公开申请", "91", name="c3", relation=Relation.TOTAL),
        claim("上年结转政府信息公开申请", "92", name="c4", relation=Relation.TOTAL),
    ]
    links = align(told, table, knowledge, load_model())
    assert links[2].figures == ("applications.new@total", "applications.carried_in@total")
    assert links[3].figures != links[2].figures
