"""One body's share beside the row of all: a difference of scope by its words, whatever stands around its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.audit import audit
from extractor.data import Severity, Verdict
from extractor.knowledge import Knowledge
from extractor.readers import read_text

_FORMS = Path(__file__).parent / "cases" / "quiet"


def verdicts(form: str, sentence: str, knowledge: Knowledge) -> dict[str, Verdict]:
    text = (_FORMS / f"{form}.txt").read_text(encoding="utf-8").replace("{text}", sentence)
    result = audit(read_text(text, "测试.txt", knowledge), knowledge)
    assert all(found.severity is Severity.INFO for found in result.findings)
    return {claim.text: result.verdicts[claim.id] for claim in result.claims}


@pytest.mark.parametrize(
    ("form", "sentence", "shares"),
    [
        (
            "2021",
            "收到申请居前的是区住建局、区资规局、区教育局，分别为22件、18件和14件。",
            ("22件", "18件", "14件"),
        ),
        ("2021", "区住建局、区教育局收到申请居前，分别为22件、14件。", ("22件", "14件")),
        ("2021", "新收申请较多的是区住建局22件、区教育局14件。", ("22件", "14件")),
        ("2021", "新收政府信息公开申请96件。区住建局22件，区教育局14件。", ("22件", "14件")),
        ("2014", "主动公开政府信息1844条，区人社局388条，区教育局107条。", ("388条", "107条")),
        ("2014", "“清河发布”微博公开政府信息208条。", ("208条",)),
        ("2014", "我办收到申请31件。", ("31件",)),
        ("2021", "区政府本级新收政府信息公开申请9件。", ("9件",)),
    ],
)
def test_a_share_is_of_the_row_and_of_another_scope(
    form: str, sentence: str, shares: tuple[str, ...], knowledge: Knowledge
) -> None:
    found = verdicts(form, sentence, knowledge)
    assert [found[share] for share in shares] == [Verdict.SCOPE] * len(shares)


@pytest.mark.parametrize(
    ("form", "sentence", "number"),
    [
        (
            "2014",
            "设置政府信息公开查阅点21个（区档案馆1个、区图书馆2个、各镇街18个）。",
            "18个",
        ),  # where, not whose
        ("2021", "区住建局办理房屋征收备案22件，区教育局14件。", "14件"),  # of another thing
        ("2021", "截至2022年底，现行有效行政规范性文件58件。", "58件"),  # of the year before
    ],
)
def test_a_number_of_something_else_is_in_no_table(
    form: str, sentence: str, number: str, knowledge: Knowledge
) -> None:
    assert verdicts(form, sentence, knowledge)[number] is Verdict.ABSENT
