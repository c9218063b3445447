"""The documentation says what is there: commands, targets, links, codes, and Python that runs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from extractor.cli import app
from extractor.data import Verdict
from extractor.knowledge import Knowledge

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("models/*.md")),
    key=lambda path: path.relative_to(ROOT).as_posix(),
)
NAMES = [path.relative_to(ROOT).as_posix() for path in PAGES]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#:]*)(?:#([^)]+))?\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_OTHER_COMMANDS = frozenset({"pip install .", "pip install '.[batch]'"})


def _blocks(page: Path, language: str) -> list[str]:
    return [body for name, body in _BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


def _shell_lines() -> list[str]:
    return [
        line.split("#")[0].strip()
        for page in PAGES
        for block in _blocks(page, "sh")
        for line in block.splitlines()
        if line.split("#")[0].strip()
    ]


def _commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(_commands(typer.main.get_command(app)))


def _command_of(words: list[str]) -> tuple[tuple[str, ...], Any]:
    for length in (2, 1):
        path = tuple(words[1 : 1 + length])
        if path in COMMANDS:
            return path, COMMANDS[path]
    raise AssertionError(f"no such command: {shlex.join(words)}")


@pytest.mark.parametrize("line", sorted(set(_shell_lines())))
def test_every_shell_line_is_a_command_that_exists(line: str) -> None:
    words = shlex.split(line)
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    elif words[0] == "extractor":
        _, command = _command_of(words)
        options = {name for parameter in command.params for name in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options
    else:
        assert line in _OTHER_COMMANDS


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_help_and_is_documented(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    assert command.help
    assert all(parameter.help for parameter in command.params if parameter.name != "help")
    assert path in {
        _command_of(shlex.split(line))[0] for line in _shell_lines() if line.startswith("extractor ")
    }


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    for target, heading in _LINK.findall(page.read_text(encoding="utf-8")):
        path = page.parent / target if target else page
        assert path.exists(), target
        assert not heading or heading in _anchors(path), f"{target}#{heading}"


def _anchors(page: Path) -> set[str]:
    """Returns what the headings of a page are called in links: their words in small letters, joined by hyphens."""
    titles = _HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize(
    ("page", "code"),
    [(name, block) for name, page in zip(NAMES, PAGES, strict=True) for block in _blocks(page, "python")],
    ids=lambda value: value if value.endswith(".md") else value.strip().splitlines()[-1][:40],
)
def test_python_of_the_pages_runs(page: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    namespace: dict[str, object] = {"__name__": page}
    exec(compile(code, page, "exec"), namespace)
    assert len(namespace) > 2


@pytest.mark.parametrize("name", ["guide.md", "guide.zh.md"])
def test_each_guide_explains_every_verdict_finding_and_command(name: str, knowledge: Knowledge) -> None:
    guide = (ROOT / "docs" / name).read_text(encoding="utf-8")
    codes = [*Verdict, *knowledge.messages.findings]
    assert [code for code in codes if f"`{code}`" not in guide] == []
    assert [path for path in COMMANDS if f"extractor {' '.join(path)} " not in guide] == []


def test_decisions_are_numbered_without_gaps() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    titles = [page.read_text(encoding="utf-8").splitlines()[0] for page in pages]
    assert [title.split(". ")[0] for title in titles] == [
        f"# {number}" for number in range(1, len(pages) + 1)
    ]
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_every_score_quoted_was_measured(name: str) -> None:
    quoted = set(re.findall(r"\b\d+/\d+\b", (ROOT / name).read_text(encoding="utf-8")))
    kept = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "eval" / "results").glob("*.md"))
    assert {score for score in quoted if f"({score})" not in kept} == set()
    assert quoted
