"""The bench measures turn by turn, on texts nothing can remember, and prints ratios."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.bench import calls, rules, speed
from eval.corpus import report as corpus_report
from extractor import readers
from extractor.knowledge import Knowledge
from extractor.rules.exclusions import exclusion_patterns


def test_steps_take_turns_and_the_warm_up_does_not_count() -> None:
    calls: list[tuple[str, str]] = []
    texts = [str(number) for number in range(speed.WARM_UP + 2)]
    spent = speed.turns(
        {"a": lambda text: calls.append(("a", text)), "b": lambda text: calls.append(("b", text))}, texts
    )
    assert calls == [(name, text) for text in texts for name in "ab"]
    assert set(spent) == {"a", "b"}
    assert all(seconds >= 0 for seconds in spent.values())


def test_no_text_comes_twice_and_all_are_read_alike(knowledge: Knowledge) -> None:
    text = calls.SEED.read_text(encoding="utf-8")
    texts = calls.variants(text, 5)
    assert len({text, *texts}) == 6
    for variant in texts:
        assert (
            variant.count("50000") + sum(variant.count(f"5000{n}") for n in range(1, 5)) == 2
        )  # prose and table
    report = readers.read_text(texts[0], "variant", knowledge)
    assert len(speed.narrative(report)) > 3000


def test_the_tables_hold_every_ratio() -> None:
    measured = {
        "stamp": {"version": "1", "kb": "k", "model": "m"},
        "machine": {"python": "3.11", "architecture": "x", "cores": 2},
        "narrative_characters": 5668,
        "turns": {"warm": 3, "cold": 1},
        "ratios": {"audit / jieba.lcut": 0.5},
        "milliseconds": {"audit": 4.25},
        "counts": {"calls": 12345},
    }
    text = speed.as_markdown(measured)
    assert "| audit / jieba.lcut | 0.50 |" in text
    assert "| audit | 4.25 |" in text
    assert "| calls | 12,345 |" in text
    assert "kb k" in text


def test_an_audit_runs_no_more_than_was_kept() -> None:
    before = calls.kept()
    if before is None:
        pytest.skip("the counts kept are of another version of Python")
    counts = calls.count()
    assert counts == calls.count()
    assert (
        calls.grown(counts, before) == []
    )  # what is worth more is kept by `python -m eval.bench.calls --keep`


def test_a_count_may_grow_by_little() -> None:
    assert calls.grown({"calls": 1000, "steps": 1021}, {"calls": 1000, "steps": 1000}) == [
        "steps: 1,021, +2.1% beside 1,000"
    ]
    assert calls.grown({"calls": 1019}, {"calls": 1000}) == []


def test_the_folder_suite_names_what_it_could_not_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("2014年主动公开政府信息120条。", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    text = corpus_report(tmp_path, with_findings=True)
    assert "| bad.txt | — | — | — | — | empty_file |" in text
    assert "| good.txt | no template" in text
    assert "2 files, 1 read; claims 1" in text


def test_an_absent_folder_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from eval import corpus

    monkeypatch.setattr("sys.argv", ["eval.corpus", str(tmp_path / "elsewhere")])
    corpus.main()
    assert "## elsewhere\n\nabsent: skipped" in capsys.readouterr().out


def test_every_rule_is_timed_where_it_is_tried(knowledge: Knowledge) -> None:
    timed = dict(rules.rules(knowledge))
    language = knowledge.language
    assert {name.split(" ")[0] for name in timed} >= {
        name for name, _ in exclusion_patterns(language.contexts, language.hotlines)
    }
    assert timed["exclude.title"]("《条例》和《办法》") == 2
    assert timed["exclude.anniversary"]("建市30周年,3周年") == 2
    assert rules.seconds(timed["zero object"], "未收到申请。", 2) >= 0
