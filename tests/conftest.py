"""Fixtures all tests share, and `--regen`, which rewrites the golden files."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from extractor import knowledge as rooms

# The same examples in every run: a gate must not turn red by chance.
# To search on, run pytest with --hypothesis-profile=default.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")

_HERE = Path(__file__).resolve().parent
_SEED = _HERE.parent / "corpora" / "seed" / "reports" / "000_97ee47eec622cd46.txt"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regen", action="store_true", help="rewrite the golden files")


def pytest_sessionfinish() -> None:
    atexit.unregister(gc.freeze)  # a command leaves without tidying up, DuckDB complains of those who do


@pytest.fixture(scope="session")
def knowledge() -> rooms.Knowledge:
    """The knowledge of `kb/`, read once."""
    return rooms.load()


@pytest.fixture(scope="session")
def seed_path() -> Path:
    """The report that `make demo` audits."""
    return _SEED


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with `tests/golden/<name>`; under `--regen` rewrites it, and fails if it changed."""
    regen: bool = request.config.getoption("--regen")

    def compare(name: str, text: str) -> None:
        path = _HERE / "golden" / name
        before = path.read_text(encoding="utf-8") if path.exists() else None
        if regen and text != before:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            pytest.fail(f"{name} was rewritten: read the diff, then run without --regen")
        assert before is not None, f"{name} is missing: run pytest --regen"
        assert text == before

    return compare
