"""Finished runs: compared with themselves, asked in SQL, summed up in a terminal and on a page."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import fsspec
import pytest
from typer.testing import CliRunner, Result

from extractor.audit import audit
from extractor.cli import app
from extractor.data import Problem, Report, Stamp
from extractor.errors import InputError
from extractor.identity import identify
from extractor.knowledge import Knowledge
from extractor.readers import read_bytes
from extractor.store.asking import ask, ask_parquet
from extractor.store.folder import RunFolder
from extractor.store.query import connect
from extractor.store.rows import FAILED, rows_of, rows_without
from extractor.store.shards import ShardWriter, shards_of
from extractor.store.totals import read_totals
from extractor.writers.words import Words

_PROSE = """{body}{year}年政府信息公开工作年度报告
一、总体情况
{year}年,全市主动公开政府信息{items}条,{change}。公开财政信息348条,发布政策解读56件。
二、主动公开政府信息情况
"""
_TABLE = """
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| --- | --- | --- | --- |
| 规章 | 0 | 0 | 0 |
| 行政规范性文件 | {made} | {repealed} | {in_force} |
"""


def _report(
    body: str, year: int, items: int, change: str, documents: tuple[int, int, int], knowledge: Knowledge
) -> Report:
    made, repealed, in_force = documents
    text = _PROSE.format(body=body, year=year, items=items, change=change)
    table = _TABLE.format(made=made, repealed=repealed, in_force=in_force)
    return read_bytes(f"{text}{table}".encode(), f"{body}{year}.md", knowledge)


def _write(folder: Path, reports: Sequence[Report], knowledge: Knowledge) -> Path:
    words = Words(knowledge, "zh")
    with ShardWriter(RunFolder(str(folder)), shards_of(1)[0]) as shard:
        for report in reports:
            identity = identify(report, None, knowledge)
            shard.add(rows_of(audit(report, knowledge), identity, "", words))
        problem = Problem("corrupt_file", "<script>alert(1).pdf")
        stamp = Stamp("0", "kb", "model")
        shard.add(rows_without("", FAILED, problem, "", stamp, words))
    return folder


def _reports(knowledge: Knowledge) -> list[Report]:
    return [
        _report("澜溪市", 2021, 1000, "政策解读形式多样", (9, 2, 100), knowledge),
        _report("澜溪市", 2022, 1200, "同比增长30%", (8, 5, 110), knowledge),
        _report("<b>霁川</b>县", 2022, 500, "运行平稳", (1, 0, 7), knowledge),
    ]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Path:
    """A run of four documents, one of which could not be read, that `extractor collection` has compared."""
    folder = _write(tmp_path_factory.mktemp("run"), _reports(knowledge), knowledge)
    answer = _run("collection", folder, "--format", "json")
    assert answer.exit_code == 1, answer.output
    return folder


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


# ---------------------------------------------------------------- extractor collection


def test_what_differs_between_reports_is_found_and_kept(run: Path) -> None:
    rows = ask(
        RunFolder(str(run)), "SELECT finding, code, body, year, expected, actual FROM collection_findings"
    ).rows
    assert rows == [
        ("C1", "years.change", "澜溪市", 2022, "20", "30"),
        ("C2", "years.copied", "澜溪市", 2022, None, None),
        ("C3", "years.in_force", "澜溪市", 2022, "103", "110"),
    ]


def test_findings_name_both_reports_and_both_places(run: Path) -> None:
    sql = """
        SELECT unnest(exhibits).source, unnest(exhibits).place, unnest(exhibits).value
        FROM collection_findings WHERE code = 'years.in_force'
    """
    assert ask(RunFolder(str(run)), sql).rows == [
        ("澜溪市2022.md", "T1!R3C4", "110"),
        ("澜溪市2021.md", "T1!R3C4", "100"),
        ("澜溪市2022.md", "T1!R3C2", "8"),
        ("澜溪市2022.md", "T1!R3C3", "5"),
    ]


def test_what_was_compared_is_counted_with_what_is_unknown(run: Path) -> None:
    sql = "SELECT code, status, sum(count) FROM collection_checks WHERE code LIKE 'years.c%' GROUP BY ALL ORDER BY ALL"
    assert ask(RunFolder(str(run)), sql).rows == [
        ("years.change", "failed", 1),
        ("years.copied", "failed", 1),
        ("years.copied", "held", 1),
    ]


def test_the_same_reports_give_the_same_bytes(run: Path, tmp_path: Path, knowledge: Knowledge) -> None:
    other = _write(tmp_path, _reports(knowledge)[::-1], knowledge)
    _run("collection", other)
    for name in ("collection_findings", "collection_checks"):
        first, second = (folder / "tables" / name / "collection.parquet" for folder in (run, other))
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "按2021年现行有效件数"), ("en", "those in force in 2021")], ids=["zh", "en"]
)
@pytest.mark.parametrize("format", ["text", "markdown", "html", "csv"])
def test_findings_are_told_in_every_format_and_language(
    run: Path, format: str, lang: str, words: str
) -> None:
    answer = _run("collection", run, "--format", format, "--lang", lang)
    assert answer.exit_code == 1
    told = "".join(answer.stdout.split())
    assert "".join(words.split()) in told
    assert "100+8-5=103" in told.replace("\\", "")


def test_findings_as_json_hold_exact_numbers_and_every_exhibit(run: Path) -> None:
    answer = _run("collection", run, "--format", "json")
    finding = json.loads(answer.stdout)["findings"][2]
    assert (finding["code"], finding["expected"], finding["difference"]) == ("years.in_force", "103", "7")
    assert [exhibit["year"] for exhibit in finding["exhibits"]] == [2022, 2021, 2022, 2022]


def test_a_run_with_nothing_to_compare_differs_in_nothing(tmp_path: Path, knowledge: Knowledge) -> None:
    folder = _write(tmp_path, _reports(knowledge)[:1], knowledge)
    answer = _run("collection", folder)
    assert answer.exit_code == 0
    assert "未发现不一致" in answer.stdout


def test_a_folder_that_is_no_run(tmp_path: Path) -> None:
    for command in (["collection", tmp_path], ["query", tmp_path, "SELECT 1"], ["summary", tmp_path]):
        answer = _run(*command)
        assert answer.exit_code == 2
        assert "extractor batch" in answer.stderr


@pytest.mark.parametrize("place", [0, -1], ids=["first", "last"])
def test_a_damaged_table_is_said(run: Path, tmp_path: Path, place: int) -> None:
    copy = tmp_path / "run"
    shutil.copytree(run, copy)
    shard = sorted((copy / "tables" / "reports").glob("*.parquet"))[place]
    shard.write_bytes(shard.read_bytes()[:40])
    for command in (["collection", copy], ["summary", copy]):
        answer = _run(*command, "--lang", "en")
        assert (answer.exit_code, "is damaged" in answer.stderr) == (2, True)


def test_without_the_extra_a_command_says_how_to_install_it(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("extractor.store.query", "extractor.store.asking", "extractor.store.collected"):
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    for command in (["collection", run], ["query", run, "SELECT 1"], ["summary", run]):
        answer = _run(*command)
        assert answer.exit_code == 2
        assert "'.[batch]'" in answer.stderr


# ---------------------------------------------------------------- extractor query


def test_more_columns_than_fit_stand_one_under_the_other(run: Path) -> None:
    told = _run("query", run, "SELECT * FROM reports ORDER BY source LIMIT 2").stdout.splitlines()
    described = _run("query", run, "DESCRIBE reports", "--format", "json").stdout
    names = [column["column_name"] for column in json.loads(described)]
    assert [line[0] for line in told if line.endswith("─")] == ["1", "2"]
    assert [line.split()[0] for line in told if line[:1].isalpha()] == names * 2


def test_a_query_is_answered_in_every_format(run: Path, tmp_path: Path) -> None:
    sql = "SELECT body, year, number FROM reports JOIN claims USING (report) WHERE claims.text = '1200条'"
    assert "1200" in _run("query", run, sql).stdout
    assert json.loads(_run("query", run, sql, "--format", "json").stdout) == [
        {"body": "澜溪市", "year": 2022, "number": 1200.0}
    ]
    rows = list(
        csv.reader(io.StringIO(_run("query", run, sql, "--format", "csv").stdout.removeprefix("\ufeff")))
    )
    assert rows == [["body", "year", "number"], ["澜溪市", "2022", "1200.0"]]
    target = tmp_path / "answer.parquet"
    assert _run("query", run, sql, "--format", "parquet", "--output", target).exit_code == 0
    assert target.read_bytes()[:4] == b"PAR1"


def test_parquet_needs_a_file(run: Path) -> None:
    answer = _run("query", run, "SELECT 1", "--format", "parquet")
    assert answer.exit_code == 2
    assert "--output" in answer.stderr


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|'/c calc'!A1"])
def test_a_sheet_of_an_answer_runs_no_formula(run: Path, cell: str) -> None:
    quoted = cell.replace("'", "''")
    told = _run("query", run, f"SELECT '{quoted}' AS a", "--format", "csv").stdout.removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(told)))[1] == [f"'{cell}"]


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO 'x.csv'",
        "ATTACH 'x.db'",
        "SET memory_limit = '9GB'",
        "INSTALL httpfs",
        "CREATE TABLE x AS SELECT 1",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO 'x.csv'",
        "PRAGMA enable_profiling",
        "SELECT 1; SELECT 2",
        "",
    ],
)
def test_only_one_select_is_answered(run: Path, sql: str) -> None:
    with pytest.raises(InputError) as caught:
        ask(RunFolder(str(run)), sql)
    assert caught.value.code == "query.refused"


@pytest.mark.parametrize(
    "source",
    ["read_text('{outside}')", "read_csv('{outside}')", "glob('{folder}/*')", "read_blob('{hidden}')"],
)
def test_nothing_but_the_tables_can_be_read(run: Path, tmp_path: Path, source: str) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("secret\n", encoding="utf-8")
    hidden = run / "tables" / ".." / "hidden.txt"
    hidden.write_text("secret\n", encoding="utf-8")
    where = source.format(outside=outside, folder=tmp_path, hidden=hidden)
    with pytest.raises(InputError) as caught:
        ask(RunFolder(str(run)), f"SELECT * FROM {where}")
    assert caught.value.code == "query.failed"
    with pytest.raises(InputError):
        ask_parquet(RunFolder(str(run)), f"SELECT * FROM {where}", tmp_path / "x.parquet")


# ---------------------------------------------------------------- runs behind URLs


@pytest.fixture
def away(run: Path) -> Iterator[str]:
    """The run in a filesystem that only fsspec reaches, and a secret beside it."""
    files = fsspec.filesystem("memory")
    files.put(str(run), "/far/run", recursive=True)
    files.pipe("/far/secret.txt", b"secret")
    url = "memory://far/run"
    yield url
    files.rm("/far", recursive=True)
    shutil.rmtree(RunFolder(url).scratch, ignore_errors=True)


def test_a_run_behind_a_url_is_read_like_one_at_hand(run: Path, away: str, tmp_path: Path) -> None:
    fsspec.filesystem("memory").rm("/far/run/tables/collection_findings", recursive=True)
    here, there = _run("collection", run, "--format", "json"), _run("collection", away, "--format", "json")
    assert (there.exit_code, there.stdout) == (here.exit_code, here.stdout)
    sql = "SELECT * FROM collection_findings ORDER BY finding"
    assert ask(RunFolder(away), sql).rows == ask(RunFolder(str(run)), sql).rows
    here, there = _run("query", run, sql, "--format", "csv"), _run("query", away, sql, "--format", "csv")
    assert (there.exit_code, there.stdout) == (0, here.stdout)
    page = tmp_path / "page.html"
    assert _run("summary", away, "--html", page).stdout == _run("summary", run).stdout
    assert "<h1>" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "source",
    [
        "read_text('memory://far/secret.txt')",
        "read_text('run://../secret.txt')",
        "read_text('run://tables/../../secret.txt')",
        "read_text('run://tables/reports/../../../sec*')",
        "read_text('run://manifest.sqlite')",
        "read_text('/etc/hostname')",
    ],
)
def test_nothing_but_the_tables_behind_a_url_can_be_read(away: str, source: str) -> None:
    with pytest.raises(InputError) as caught:
        ask(RunFolder(away), f"SELECT * FROM {source}")
    assert caught.value.code == "query.failed"
    assert "Traceback" not in str(caught.value.params["detail"])


def test_trouble_with_a_run_behind_a_url_is_said(away: str) -> None:
    files = fsspec.filesystem("memory")
    shard = sorted(files.glob("/far/run/tables/claims/*.parquet"))[-1]
    files.pipe(shard, b"PAR1")
    for command in (["collection", away], ["summary", away]):
        answer = _run(*command, "--lang", "en")
        assert (answer.exit_code, "is damaged" in answer.stderr) == (2, True)
    files.touch("/far/run/unfinished")
    assert "not finished" in _run("summary", away, "--lang", "en").stderr
    for command in (["collection", "memory://none"], ["query", "memory://none", "SELECT 1"]):
        assert "no run of extractor batch" in _run(*command, "--lang", "en").stderr
    answer = _run("summary", "nowhere://run", "--lang", "en")
    assert (answer.exit_code, "nowhere://run" in answer.stderr) == (2, True)


# ---------------------------------------------------------------- extractor summary


def test_totals_are_those_of_the_tables(run: Path) -> None:
    totals = read_totals(connect(RunFolder(str(run))))
    assert totals.statuses == {"ok": 3, "failed": 1}
    assert [(item.problem.code, item.count) for item in totals.rejected] == [("corrupt_file", 1)]
    assert [(year, reports) for year, reports, _ in totals.years] == [(2021, 1), (2022, 2)]
    assert sum(totals.verdicts.values()) == ask(RunFolder(str(run)), "SELECT count(*) FROM claims").rows[0][0]
    assert [finding.code for finding in totals.findings] == ["years.change", "years.copied", "years.in_force"]
    assert totals.findings[0].expected == Decimal(20)


def test_a_summary_says_what_was_not_compared_yet(tmp_path: Path, knowledge: Knowledge) -> None:
    folder = _write(tmp_path, _reports(knowledge)[:1], knowledge)
    answer = _run("summary", folder, "--lang", "en")
    assert answer.exit_code == 0
    assert "extractor collection" in answer.stdout


def test_a_summary_for_the_terminal(run: Path) -> None:
    answer = _run("summary", run)
    assert answer.exit_code == 0
    for words in ("澜溪市", "未核对的文件", "corrupt_file", "现行有效件数与上年加减"):
        assert words in answer.stdout


class _Page(HTMLParser):
    """Counts the elements of a page, and gathers its addresses and texts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href") and value]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_dashboard_is_one_safe_page(run: Path, tmp_path: Path, lang: str) -> None:
    target = tmp_path / "page.html"
    assert _run("summary", run, "--html", target, "--lang", lang).exit_code == 0
    page = _Page()
    page.feed(target.read_text(encoding="utf-8"))
    assert page.addresses == []
    assert not {"script", "b>霁川"} & set(page.tags)
    assert page.tags.count("article") == 3
    assert page.tags.count("svg") >= 4
    assert "<script>alert(1).pdf" in page.texts
    assert "澜溪市" in "".join(page.texts)


def test_a_command_of_its_own_says_nothing_but_its_answer(run: Path) -> None:
    command = [sys.executable, "-m", "extractor", "query", str(run), "SELECT 7 AS a", "--format", "json"]
    answer = subprocess.run(command, capture_output=True, check=True, text=True)
    assert (json.loads(answer.stdout), answer.stderr) == ([{"a": 7}], "")
