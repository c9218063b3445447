"""One document of a run: what a list may say of it."""

from __future__ import annotations

import pytest

from extractor.batch.examination import Document, examine, tools
from extractor.batch.reference import Loaded
from extractor.readers import Limits
from extractor.store.schema import REPORTS

_TEXT = "一、概述。本机关收到政府信息公开申请5件。".encode()


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("2019", 2019),
        (" 2019年度 ", 2019),
        ("2019.0", 2019),
        ("", None),
        ("二〇一九", None),
        ("99999999999", None),
        ("9" * 5000, None),
        ("٢٠١٩", None),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_year_is_taken_where_it_is_one(said: str, year: int | None) -> None:
    document = Document("a.txt", Loaded(_TEXT, "", {"body": "甲县", "year": said}))
    (values,) = examine(document, tools(Limits()))["reports"]
    row = dict(zip(REPORTS.names, values, strict=True))
    assert (row["status"], row["body"], row["year"]) == ("ok", "甲县", year)
