"""What is installed: the locks, the declared dependencies, the contents of the wheel."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from extractor import places

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements-build.lock", "requirements.lock", "requirements-dev.lock")
_PINNED = re.compile(r"^([a-z0-9-]+)==(\S+) \\$", re.MULTILINE)
_ADDRESS = re.compile(
    r"https?:|file:/|://|--(?:extra-)?index|--find-links|--trusted-host|@ |^/|[\s=]/", re.MULTILINE
)
_DISTRIBUTION = {"docx": "python-docx", "python_calamine": "python-calamine", "sklearn": "scikit-learn"}
_BROUGHT_BY = {"markupsafe": "jinja2"}
_LOADED_APART = {"rjieba"}  # `tokens` loads its compiled module without the package around it
_COMMANDS = {"dask"}  # whose commands start a cluster


def _pins(lock: str) -> dict[str, str]:
    return dict(_PINNED.findall((ROOT / lock).read_text(encoding="utf-8")))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    requirements = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(requirements) == len(_pins(lock)) > 0
    for block in re.split(r"\n(?=[a-z])", text):
        assert not _PINNED.match(block) or "--hash=sha256:" in block
    assert _ADDRESS.findall(text) == []


def test_the_locks_agree() -> None:
    dev = _pins("requirements-dev.lock")
    assert {name: dev.get(name) for name in _pins("requirements.lock")} == _pins("requirements.lock")


def test_dependencies_are_what_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["batch"]]
    declared = {re.split(r"[<>=\[ ]", requirement)[0] for requirement in needed}
    imported = {
        _BROUGHT_BY.get(name, _DISTRIBUTION.get(name, name))
        for path in (ROOT / "extractor").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _roots(node)
        if name not in sys.stdlib_module_names and name not in ("extractor", "__future__")
    }
    assert imported | _LOADED_APART | _COMMANDS == declared


def _roots(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        return [node.module.split(".")[0]]
    return []


def test_the_wheel_holds_everything_that_runs_need(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = {
        path.relative_to(ROOT).as_posix()
        for folder in ("extractor/kb", "extractor/writers/templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    expected |= {
        f"extractor/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "models").rglob("*")
        if path.is_file()
    }
    assert expected - names == set()
    assert "extractor/py.typed" in names
    assert not any(name.startswith(("tests/", "corpora/", "eval/")) for name in names)


def test_the_shipped_folders_are_found() -> None:
    assert (places.models() / "README.md").is_file()
