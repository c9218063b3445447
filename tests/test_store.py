"""The store: rows and tables, shards, journals, the manifest, SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import result

from extractor.data import Problem
from extractor.errors import InputError
from extractor.identity import Identity
from extractor.knowledge import Knowledge, load
from extractor.readers import read_text
from extractor.store.folder import RunFolder
from extractor.store.journal import Journal, forget
from extractor.store.manifest import Finished, Make, Manifest, Rejected
from extractor.store.query import connect
from extractor.store.rows import FAILED, OK, Rows, report_id, restamped, rows_of, rows_without
from extractor.store.schema import TABLES
from extractor.store.shards import Shard, ShardReader, ShardWriter, is_whole, key_of, shards_of
from extractor.writers.words import Words

MAKE = Make("1", "model", "judgement", "wording", "settings", "1 kb model")


@pytest.fixture
def rows(knowledge: Knowledge) -> Rows:
    """The rows of the sample's result."""
    return rows_of(
        result(),
        Identity(title="年度报告", body="某局", year=2014),
        '{"year": "2014"}',
        Words(knowledge, "zh"),
    )


def _named(rows: Rows, table: str) -> list[dict[str, object]]:
    return [dict(zip(TABLES[table].names, row, strict=True)) for row in rows[table]]


def _several(rows: Rows, count: int) -> list[Rows]:
    """Returns the rows again under other ids."""
    return [
        {table: [[f"{number:016x}", *row[1:]] for row in some] for table, some in rows.items()}
        for number in range(count)
    ]


def _write(folder: RunFolder, shard: Shard, some: Iterable[Rows]) -> dict[str, str]:
    with ShardWriter(folder, shard) as writer:
        for rows in some:
            writer.add(rows)
    return writer.hashes


# ---------------------------------------------------------------- rows


def test_a_report_is_one_row_and_counts_its_parts(rows: Rows) -> None:
    audited = result()
    (head,) = _named(rows, "reports")
    assert head["report"] == report_id(audited.report.source, audited.report.sha256)
    assert (head["status"], head["reason"], head["body"], head["year"]) == (OK, "", "某局", 2014)
    for table in ("numbers", "claims", "figures", "findings", "problems"):
        assert head[table] == len(rows[table])
    assert {row[0] for table in TABLES for row in rows[table]} == {head["report"]}


def test_values_stand_exactly_and_as_doubles(rows: Rows) -> None:
    claims = {claim.id: claim for claim in result().claims}
    for row in _named(rows, "claims"):
        value = claims[str(row["claim"])].value
        assert row["value"] == (None if value is None else format(value, "f"))
        assert row["number"] == (None if value is None else float(value))


def test_findings_are_told_in_words(rows: Rows) -> None:
    assert [row["finding"] for row in _named(rows, "findings")] == [
        f"F{place}" for place in range(1, len(rows["findings"]) + 1)
    ]
    assert all(row["message"] for row in _named(rows, "findings"))


def test_a_finding_on_a_heading_keeps_its_span(knowledge: Knowledge) -> None:
    audited = result()
    first = replace(audited.findings[0], places=((0, 4), (9, 12)))
    rows = rows_of(replace(audited, findings=(first,)), Identity(), "", Words(knowledge, "zh"))
    assert [row["places"] for row in _named(rows, "findings")] == [["0-4", "9-12"]]


def test_what_was_not_audited_has_a_row_and_a_problem(knowledge: Knowledge) -> None:
    stamp = result().stamp
    rows = rows_without("ab", FAILED, Problem("empty_file", "a\udcff.txt"), "", stamp, Words(knowledge, "zh"))
    (head,), (problem,) = _named(rows, "reports"), _named(rows, "problems")
    assert (head["status"], head["reason"], head["source"]) == (FAILED, "empty_file", "a?.txt")
    assert problem["message"] == "文件是空的，或只有空白。"
    assert sum(len(rows[table]) for table in TABLES) == 2
    assert _named(restamped(rows, replace(stamp, kb="new")), "reports")[0]["stamp"] != head["stamp"]


# ---------------------------------------------------------------- shards


@given(st.text(), st.integers(0, 1 << 40), st.integers(0, 1 << 40))
def test_every_key_lies_in_exactly_one_shard(group: str, block: int, position: int) -> None:
    key = key_of(group, block, position)
    for documents in (1, 100, 5000, 10_000_000):
        homes = [shard for shard in shards_of(documents) if shard.range[0] <= key < shard.range[1]]
        assert len(homes) == 1


def test_neighbours_stay_together_in_their_order() -> None:
    keys = [key_of("a.jsonl", 7, position) for position in range(300)]
    assert keys == sorted(keys)
    assert len({key[:16] for key in keys}) == 1


def test_shards_follow_from_the_number_of_documents() -> None:
    assert [len(shards_of(count)) for count in (0, 1, 64, 65, 128, 129, 10_000_000)] == [
        1,
        1,
        1,
        2,
        2,
        4,
        4096,
    ]


def test_a_shard_reads_back_and_is_the_same_every_time(tmp_path: Path, rows: Rows) -> None:
    several, shard = _several(rows, 5), Shard(2, 1)
    folders = [RunFolder(str(tmp_path / name)) for name in ("a", "b")]
    hashes = [_write(folder, shard, several) for folder in folders]
    assert hashes[0] == hashes[1]
    reader = ShardReader(folders[0], shard)
    assert list(reader.reports) == [some["reports"][0][0] for some in several]
    for some in several:
        assert reader.rows(some["reports"][0][0]) == some
    assert is_whole(folders[0], shard, hashes[0])


def test_every_table_of_a_shard_is_there_though_it_be_empty(tmp_path: Path) -> None:
    folder = RunFolder(str(tmp_path))
    _write(folder, Shard(1, 0), [])
    for table, schema in TABLES.items():
        assert pq.read_schema(tmp_path / Shard(1, 0).file(table)).equals(schema)


def test_a_shard_that_fails_leaves_what_was_there(tmp_path: Path, rows: Rows) -> None:
    folder, shard = RunFolder(str(tmp_path)), Shard(1, 0)
    hashes = _write(folder, shard, [rows])

    def breaking() -> Iterable[Rows]:
        yield rows
        raise OSError("half way")

    with pytest.raises(OSError, match="half way"):
        _write(folder, shard, breaking())
    assert is_whole(folder, shard, hashes)
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(".")]


def test_a_damaged_shard_is_not_whole(tmp_path: Path, rows: Rows) -> None:
    folder, shard = RunFolder(str(tmp_path)), Shard(1, 0)
    hashes = _write(folder, shard, [rows])
    path = tmp_path / shard.file("claims")
    path.write_bytes(path.read_bytes()[:-1])
    assert not is_whole(folder, shard, hashes)
    path.unlink()
    assert not is_whole(folder, shard, hashes)


def test_shards_behind_a_url_are_the_same(tmp_path: Path, rows: Rows) -> None:
    here, there = RunFolder(str(tmp_path / "a")), RunFolder(f"file://{tmp_path / 'b'}")
    shard = Shard(1, 0)
    hashes = _write(there, shard, [rows])
    assert hashes == _write(here, shard, [rows])
    assert is_whole(there, shard, hashes)
    assert there.names("tables/claims") == here.names("tables/claims") == ["00000-of-00001.parquet"]
    there.remove(shard.file("claims"))
    assert not is_whole(there, shard, hashes)


def test_who_lost_the_run_folder_writes_there_no_more(tmp_path: Path, rows: Rows) -> None:
    first = RunFolder(str(tmp_path)).claimed()
    hashes = _write(first, Shard(1, 0), [rows])
    second = RunFolder(str(tmp_path)).claimed()
    with pytest.raises(PermissionError):
        _write(first, Shard(1, 0), [])
    assert is_whole(second, Shard(1, 0), hashes)
    assert _write(second, Shard(1, 0), []) != hashes


def test_only_one_driver_at_a_time(tmp_path: Path) -> None:
    folder = RunFolder(str(tmp_path))
    with folder.alone() as first, folder.alone() as second:
        assert (first, second) == (True, False)
    with folder.alone() as again:
        assert again


# ---------------------------------------------------------------- journal


def test_a_journal_gives_back_what_was_finished(tmp_path: Path, rows: Rows) -> None:
    one, two = _several(rows, 2)
    with Journal(tmp_path, Shard(1, 0), "made") as journal:
        journal.add("1" * 16, one)
        journal.add("2" * 16, two)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-5])
    with Journal(tmp_path, Shard(1, 0), "made") as journal:
        assert "1" * 16 in journal
        assert "2" * 16 not in journal
        assert journal.rows("1" * 16) == one
    with Journal(tmp_path, Shard(1, 0), "made otherwise") as journal:
        assert "1" * 16 not in journal
    with Journal(tmp_path, Shard(2, 0), "made") as journal:
        assert "1" * 16 not in journal
    forget(tmp_path, Shard(1, 0))
    assert [path.name.startswith(Shard(2, 0).name) for path in tmp_path.iterdir()] == [True]


# ---------------------------------------------------------------- manifest


def test_documents_are_listed_anew_each_time(tmp_path: Path) -> None:
    with Manifest(tmp_path / "manifest") as manifest:
        keys = sorted(key_of(name, 0, 0) for name in "abc")
        assert manifest.list_documents((key, key, "1") for key in [*keys, keys[0]]) == 3
        assert manifest.list_documents((key, key, "2") for key in keys[1:]) == 2
        assert manifest.references(Shard(1, 0)) == [(key, "2") for key in keys[1:]]
        halves = [manifest.references(Shard(2, index)) for index in (0, 1)]
        assert halves[0] + halves[1] == manifest.references(Shard(1, 0))


def test_a_listing_that_breaks_off_changes_nothing(tmp_path: Path) -> None:
    def breaking() -> Iterable[tuple[str, str, str]]:
        yield "0" * 28, "new", "1"
        raise OSError("gone")

    with Manifest(tmp_path / "manifest") as manifest:
        manifest.list_documents([("1" * 28, "old", "1")])
        with pytest.raises(OSError, match="gone"):
            manifest.list_documents(breaking())
        assert manifest.references(Shard(1, 0)) == [("old", "1")]


def test_a_shard_finds_those_it_shares_keys_with(tmp_path: Path) -> None:
    with Manifest(tmp_path / "manifest") as manifest:
        for index in range(4):
            manifest.finish(Finished(Shard(4, index), MAKE, {"claims": "ab"}, {"documents": 1}), [])
        assert [item.shard for item in manifest.finished(Shard(4, 2))] == [Shard(4, 2)]
        assert [item.shard for item in manifest.finished(Shard(2, 1))] == [Shard(4, 2), Shard(4, 3)]
        assert [item.shard for item in manifest.finished(Shard(8, 5))] == [Shard(4, 2)]
        assert manifest.finished(Shard(4, 2))[0] == Finished(
            Shard(4, 2), MAKE, {"claims": "ab"}, {"documents": 1}
        )


def test_totals_and_rejects_are_of_the_shards_that_are_kept(tmp_path: Path) -> None:
    problems = [Problem("file_too_large", "b", "x", {"size": 9, "limit": 8}), Problem("not_found", "a")]
    rejects = [Rejected(FAILED, problem) for problem in problems]
    with Manifest(tmp_path / "manifest") as manifest:
        manifest.finish(Finished(Shard(2, 0), MAKE, {}, {"documents": 3, "failed": 2}), rejects)
        manifest.finish(Finished(Shard(2, 1), MAKE, {}, {"documents": 4}), [])
        assert manifest.totals() == {"documents": 7, "failed": 2}
        assert list(manifest.rejected(FAILED)) == rejects[::-1]
        manifest.keep([Shard(2, 1)])
        assert manifest.totals() == {"documents": 4}
        assert not list(manifest.rejected(FAILED))
    with Manifest(tmp_path / "manifest") as manifest:
        manifest.save_to(tmp_path / "copy")
    with Manifest(tmp_path / "copy") as copy:
        assert copy.totals() == {"documents": 4}


def test_a_manifest_of_another_layout_begins_anew(tmp_path: Path) -> None:
    with Manifest(tmp_path / "manifest") as manifest:
        manifest.finish(Finished(Shard(1, 0), MAKE, {}, {"documents": 3}), [])
    with closing(sqlite3.connect(tmp_path / "manifest")) as base:
        base.execute("PRAGMA user_version = 0")
        base.execute("ALTER TABLE rejected DROP COLUMN params")
    with Manifest(tmp_path / "manifest") as manifest:
        assert not manifest.totals()
        manifest.finish(Finished(Shard(1, 0), MAKE, {}, {}), [Rejected(FAILED, Problem("not_found", "a"))])
        assert [item.problem.file for item in manifest.rejected(FAILED)] == ["a"]


# ---------------------------------------------------------------- SQL


def test_sql_sees_all_shards(tmp_path: Path, rows: Rows) -> None:
    folder, several = RunFolder(str(tmp_path)), _several(rows, 4)
    _write(folder, Shard(2, 0), several[:1])
    _write(folder, Shard(2, 1), several[1:])
    with connect(RunFolder(str(tmp_path))) as connection:
        for table in TABLES:
            (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone() or ()
            assert count == 4 * len(rows[table])


def test_sql_over_no_run_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not_a_run"):
        connect(RunFolder(str(tmp_path)))


def test_rows_pass_through_json_unchanged(rows: Rows) -> None:
    assert json.loads(json.dumps(rows)) == rows


def test_places_of_cells_are_whole_numbers_where_empty_columns_were_closed_up() -> None:
    text = "二、统计表\n\n| 项目 | | 本年数 |\n|---|---|---|\n| 收到申请 | | 12 |\n| | | |\n| 答复申请 | | 11 |\n"
    (table,) = read_text(text, "report.md", load()).tables

    assert table.columns == 2
    places = [(cell.row, cell.row_end, cell.column, cell.column_end) for cell in table.cells]
    assert {type(number) for place in places for number in place} == {int}
