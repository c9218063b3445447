"""A form that is left untried could not have been chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.knowledge import Knowledge
from extractor.readers import read
from extractor.tables import choosing, read_figures

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
REPORTS = sorted(
    path for name in ("seed", "tables") for path in (CORPORA / name / "reports").iterdir() if path.is_file()
)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_trying_every_form_changes_nothing(
    path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = read(path, knowledge)
    quick = read_figures(report, knowledge)
    monkeypatch.setattr(choosing, "_limit", lambda lines, *_: 10 * (len(lines) + 1000))
    assert read_figures(report, knowledge) == quick
