"""`extractor eval`: its page, its gate, its comparison with another run, and what it keeps to itself."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.gold import sha256

HOSTILE = "<script>alert(1)</script>"
PROSE = f"""关山县2021年政府信息公开工作年度报告
一、总体情况
2021年,全县主动公开政府信息24条。{HOSTILE}收到申请3件,办结3件。召开会议约20次。
"""


def corpus(folder: Path, *splits: str) -> Path:
    """A corpus with one report a split, and one wrong label in each."""
    (folder / "reports").mkdir(parents=True)
    (folder / "gold").mkdir()
    listed: dict[str, list[str]] = {"development": [], "test": []}
    for index, split in enumerate(splits):
        name = f"r{index}.txt"
        (folder / "reports" / name).write_text(PROSE, encoding="utf-8")
        rows = [
            {"kind": "report", "file": name, "sha256": sha256(folder / "reports" / name), "template": ""},
            {"kind": "exclusion", "at": "县⟦2021年⟧政", "reason": "date"},
            {"kind": "exclusion", "at": "⟦2021年⟧,", "reason": "date"},
            {"kind": "exclusion", "at": "⟦一、⟧总", "reason": "list_marker"},
            claim("c1", "⟦24条⟧", "24", "条", "主动公开政府信息"),
            claim("c2", "⟦3件⟧,办", "4", "件", "收到申请"),
            claim("c3", "办结⟦3件⟧", "3", "件", "办结"),
        ]
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / "gold" / f"r{index}.jsonl").write_text(text, encoding="utf-8")
        listed[split].append(name)
    (folder / "splits.toml").write_text(
        "".join(f"{split} = {json.dumps(names)}\n" for split, names in listed.items()), encoding="utf-8"
    )
    return folder


def claim(identity: str, at: str, value: str, unit: str, indicator: str) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": identity,
        "at": at,
        "value": value,
        "unit": unit,
        "indicator": indicator,
    }
    return {"kind": "claim", **fields, "figures": [], "verdict": "not_checkable"}


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["eval", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def open_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("open") / "corpus", "development", "development")


@pytest.fixture(scope="module")
def page(open_corpus: Path) -> str:
    code, written, _ = run(open_corpus, "--format", "html")
    assert code == 0
    return written


def test_the_page_asks_nothing_of_the_world(page: str) -> None:
    assert not re.search(r"""(?:src|href|action)\s*=|@import|url\(|https?://""", page)
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[0]
    for tag, name in (("style", "style-src"), ("script", "script-src")):
        body = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(body) == 1
        digest = b64encode(hashlib.sha256(body[0].encode()).digest()).decode()
        assert f"{name} &#39;sha256-{digest}&#39;;" in policy
    assert "default-src &#39;none&#39;" in policy


def test_report_text_stays_text(page: str) -> None:
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_each_error_stands_in_its_sentence_with_an_account(page: str) -> None:
    cases = re.findall(r'<article class="case (\w+)" data-metric="([\w.]+)".*?</article>', page, re.DOTALL)
    assert ("different", "values") in cases
    assert ("superfluous", "claims") in cases
    wrong = next(text for text in page.split("<article ") if 'data-metric="values"' in text)
    assert "收到申请<mark>3件</mark>,办结3件。" in wrong
    assert "4 [4, 4] 件" in wrong
    assert "quantity.count" in wrong


def test_the_page_filters_by_what_there_is(page: str) -> None:
    for name in ("metric", "report", "kind"):
        values = set(
            re.findall(rf'<select name="{name}">(.*?)</select>', page, re.DOTALL)[0].split("<option")
        )
        assert len(values) > 2
        used = set(re.findall(rf'data-{name}="([^"]*)"', page))
        options = re.findall(rf'<select name="{name}">.*?</select>', page, re.DOTALL)[0]
        assert used == set(re.findall(r'value="([^"]+)"', options))


def test_the_page_speaks_both_languages(open_corpus: Path, page: str) -> None:
    _, english, _ = run(open_corpus, "--format", "html", "--lang", "en")
    assert ">误报：" in page
    assert ">False alarms" in english
    assert 'lang="en"' in english
    assert english.count("<article") == page.count("<article")


def test_a_metric_below_its_floor_fails(open_corpus: Path) -> None:
    assert run(open_corpus, "--fail-under", "claims=0.5", "--fail-under", "claims.precision=0.75")[0] == 0
    code, _, said = run(open_corpus, "--fail-under", "values=0.99", "--lang", "en")
    assert code == 1
    assert "values.f1 is 0.5714, below 0.99" in said
    assert run(open_corpus, "--fail-under", "checks=0")[0] == 1  # nothing to measure is no pass


@pytest.mark.parametrize("setting", ["claims", "claims=high", "beauty=1", "claims.beauty=1"])
def test_a_floor_that_means_nothing_is_refused(open_corpus: Path, setting: str) -> None:
    assert run(open_corpus, "--fail-under", setting)[0] == 2


def test_a_run_is_compared_with_one_that_was_kept(open_corpus: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    assert run(open_corpus, "--format", "json", "--output", kept)[0] == 0
    before = json.loads(kept.read_text(encoding="utf-8"))
    before["documents"][0]["counts"]["claims"] = [0, 3, 4]
    kept.write_text(json.dumps(before), encoding="utf-8")
    code, written, _ = run(open_corpus, "--compare", kept, "--format", "json")
    assert code == 0
    contrast = json.loads(written)["contrast"]
    assert [row["file"] for row in contrast["changed"]] == ["r0.txt"]
    assert {row["name"]: row["difference"] for row in contrast["metrics"]}["claims"] == pytest.approx(3 / 7)
    assert "r0.txt" in run(open_corpus, "--compare", kept)[1]
    assert 'id="contrast"' in run(open_corpus, "--compare", kept, "--format", "html")[1]


def test_test_data_stay_closed_unless_somebody_insists(tmp_path: Path) -> None:
    folder, kept = corpus(tmp_path / "corpus", "test"), tmp_path / "kept.json"
    for form in ("text", "json", "html"):
        code, written, _ = run(folder, "--format", form)
        assert code == 0
        assert "3件" not in written
        assert "r0.txt" not in written
        assert "3件" in run(folder, "--format", form, "--show-test")[1]
    assert run(folder, "--format", "json", "--show-test", "--output", kept)[0] == 0
    code, _, said = run(folder, "--compare", kept, "--lang", "en")
    assert (code, "--show-test insists" in said) == (2, True)
    assert run(folder, "--compare", kept, "--show-test")[0] == 0
    assert run(folder, "--format", "json", "--output", kept)[0] == 0
    assert run(folder, "--compare", kept, "--show-test")[0] == 2
