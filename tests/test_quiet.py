"""Numbers that stand near a row without being its, beside tables they agree with: nobody is called.

One account, kind, month or office, what is new, planned, cumulative, of last year or of another body; each sentence of
`cases/quiet` is right, and is audited alone before the table of its form.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.audit import audit
from extractor.data import Finding, Severity
from extractor.knowledge import Knowledge
from extractor.readers import read_text

_CASES = Path(__file__).parent / "cases" / "quiet"
_SENTENCES = [
    (form, sentence)
    for form in ("2014", "2019", "2021", "open")
    for sentence in (_CASES / f"{form}.sentences.txt").read_text(encoding="utf-8").splitlines()
]


def loud(form: str, sentence: str, knowledge: Knowledge) -> list[Finding]:
    text = (_CASES / f"{form}.txt").read_text(encoding="utf-8").replace("{text}", sentence)
    findings = audit(read_text(text, "测试.txt", knowledge), knowledge).findings
    return [found for found in findings if found.severity is not Severity.INFO]


@pytest.mark.parametrize(("form", "sentence"), _SENTENCES)
def test_what_is_right_and_near_a_row_calls_nobody(form: str, sentence: str, knowledge: Knowledge) -> None:
    assert loud(form, sentence, knowledge) == []


@pytest.mark.parametrize(
    ("form", "sentence", "code"),
    [
        ("2014", "全年主动公开政府信息1848条。", "tieout.mismatch"),
        ("2014", "收到申请238件，其中当面申请12件、网络申请180件。", "tieout.mismatch"),
        ("2014", "全年召开新闻发布会91次。", "tieout.mismatch"),
        ("2014", "我区共设置政府信息公开查阅点12个。", "tieout.mismatch"),
        ("2014", "收到政府信息公开申请由上年的261件减至228件。", "tieout.mismatch"),
        ("2014", "2014年，全区主动公开政府信息1484条。", "tieout.mismatch"),
        ("2021", "本年新收政府信息公开申请69件。", "tieout.mismatch"),
        ("2021", "全区作出行政处罚决定481件。", "tieout.mismatch"),
        ("2021", "不予公开15件，予以公开84件。", "tieout.mismatch"),
        ("2021", "政府信息公开行政复议21件。", "tieout.mismatch"),
        ("2021", "收取行政事业性收费493100万元。", "tieout.magnitude"),
        ("open", "不动产登记6014件。", "tieout.mismatch"),
    ],
)
def test_what_is_wrong_still_calls_somebody(
    form: str, sentence: str, code: str, knowledge: Knowledge
) -> None:
    assert code in {found.code for found in loud(form, sentence, knowledge)}
