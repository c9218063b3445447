"""What is read at once, and what only when it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extractor.errors import KnowledgeError
from extractor.knowledge import Knowledge, bodies, load

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
