"""What is read at once, and what only when it is asked for."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli

from extractor.errors import KnowledgeError
from extractor.knowledge import Knowledge, bodies, load, scoring
from extractor.knowledge.arithmetic import load_arithmetic
from extractor.knowledge.bodies import load_bodies
from extractor.knowledge.collection import load_comparison
from extractor.knowledge.contexts import load_contexts
from extractor.knowledge.directions import load_directions
from extractor.knowledge.discourse import load_discourse
from extractor.knowledge.inputs import load_inputs
from extractor.knowledge.language import load_language
from extractor.knowledge.layout import load_layout
from extractor.knowledge.ledgers import load_identities
from extractor.knowledge.linking import load_linking
from extractor.knowledge.messages import load_messages
from extractor.knowledge.outlines import load_outline
from extractor.knowledge.source import root
from extractor.knowledge.statements import load_statements
from extractor.knowledge.templates import load_templates

SEED = Path(__file__).resolve().parents[1] / "corpora" / "seed" / "reports" / "000_97ee47eec622cd46.txt"
ROOMS = ("extractor.knowledge.bodies", "extractor.knowledge.collection", "extractor.knowledge.inputs")
HEAVY = ("spacy", "sklearn", "numpy", "rapidfuzz", "jieba", "pyarrow", "duckdb")


def loaded(code: str) -> set[str]:
    """Returns which of the rooms and heavy libraries are loaded after `code` ran in a process of its own."""
    code = f"import sys\n{code}\nprint(*(name for name in {(*ROOMS, *HEAVY)} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_an_audit_loads_nothing_that_only_others_need() -> None:
    code = (
        "from pathlib import Path\nfrom extractor.audit import audit\n"
        "from extractor.knowledge import load\nfrom extractor.readers import read\n"
        f"assert audit(read(Path({str(SEED)!r}), load())).claims"
    )
    assert loaded(code) == set()


def test_what_collections_need_is_read_when_asked_for_and_by_the_check() -> None:
    assert loaded("from extractor.knowledge import load; load().bodies") == {ROOMS[0]}
    assert loaded("from extractor.knowledge import load; load().check()") == set(ROOMS)


def test_what_is_read_later_is_read_once(knowledge: Knowledge) -> None:
    assert knowledge is load()
    assert knowledge.bodies is knowledge.bodies
    assert knowledge.comparison is knowledge.comparison
    assert knowledge.inputs is knowledge.inputs


def test_a_mistake_in_what_is_read_later_is_named_by_the_check(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> bodies.Bodies:
        raise KnowledgeError("bodies.toml", "levels", "nothing", "a list")

    fresh = Knowledge(
        **{
            name: getattr(knowledge, name) for name in Knowledge.__dataclass_fields__
        }  # with nothing read later
    )
    monkeypatch.setattr(bodies, "load_bodies", broken)
    with pytest.raises(KnowledgeError, match=r"bodies\.toml"):
        fresh.check()


READERS: dict[str, Callable[[], object]] = {
    "arithmetic.toml": load_arithmetic,
    "bodies.toml": load_bodies,
    "collection.toml": lambda: load_comparison(load().templates, load().messages),
    "contexts.toml": load_contexts,
    "directions.toml": load_directions,
    "discourse.toml": load_discourse,
    "exclusions.toml": load_language,
    "facets.toml": load_linking,
    "findings.toml": load_messages,
    "hedges.toml": load_language,
    "inputs.toml": load_inputs,
    "interface.toml": load_messages,
    "layout.toml": load_layout,
    "ledger.toml": lambda: load_identities(load().statements.kinds),
    "narrative.toml": load_linking,
    "outline.toml": lambda: load_outline(load().statements.kinds),
    "problems.toml": load_messages,
    "reasons.toml": load_linking,
    "rules.toml": load_language,
    "scoring.toml": scoring.load_scoring.__wrapped__,
    "statements.toml": load_statements,
    "tables.toml": load_templates,
    "units.toml": load_language,
}
FREE = {("directions.toml", "compare.alias"), ("scoring.toml", "groups")}
"""Tables whose keys are words of reports, or codes that only labels have."""


def tables(table: dict[str, Any], place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields a table and those inside it with their places; of a list of tables the first."""
    yield place, table
    for key, value in table.items():
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, dict):
            yield from tables(inner, f"{place}.{key}" if place else key)


def test_the_files_of_the_knowledge_are_all_tried() -> None:
    assert {entry.name for entry in root().iterdir() if entry.name.endswith(".toml")} == READERS.keys()


@pytest.mark.parametrize("file", READERS)
def test_a_key_that_nobody_knows_is_refused_in_every_table(
    file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    load()
    written = (root() / file).read_text(encoding="utf-8")
    data = tomli.loads(written)
    fresh, taken = tomli.loads, []
    for place, _ in tables(data):
        if (file, place) in FREE:
            continue

        def spoilt(text: str, place: str = place, **options: Any) -> dict[str, Any]:
            read = fresh(text, **options)
            if text == written:
                dict(tables(read))[place]["mispelt"] = "words"
            return read

        monkeypatch.setattr(tomli, "loads", spoilt)
        with contextlib.suppress(KnowledgeError):
            READERS[file]()
            taken.append(place)
        monkeypatch.undo()
    assert taken == []
