"""Throwaway environments, one a tool: a virtual environment with pinned versions, made anew when the pins change."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PINS = Path(__file__).resolve().parent
FOLDER = ROOT / ".baselines"


@dataclass(frozen=True, slots=True)
class Environment:
    """The Python that runs a tool, or why there is none."""

    python: Path | None
    failure: str = ""


def prepare(name: str, folder: Path = FOLDER) -> Environment:
    """Returns the environment of the pins `<name>.txt`; the project's own Python where `name` is ""."""
    if not name:
        return Environment(Path(sys.executable))
    pins, home = PINS / f"{name}.txt", folder / name
    python, done = home / "bin" / "python", home / "installed.txt"
    wanted = pins.read_text(encoding="utf-8")
    if done.is_file() and done.read_text(encoding="utf-8") == wanted:
        return Environment(python)
    if home.exists():
        shutil.rmtree(home)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "--quiet"]
    for command in ([sys.executable, "-m", "venv", str(home)], [*pip, "install", "--requirement", str(pins)]):
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            lines = (made.stderr or made.stdout).strip().splitlines()
            return Environment(None, lines[-1] if lines else f"exit code {made.returncode}")
    done.write_text(wanted, encoding="utf-8")
    return Environment(python)


def versions(name: str) -> dict[str, str]:
    """Returns the pinned packages of `<name>.txt`, the tool's own first."""
    if not name:
        return {}
    lines = (PINS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pins = (line.split("#")[0].strip() for line in lines)
    return dict(line.split("==") for line in pins if line)
