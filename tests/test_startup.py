from __future__ import annotations

import subprocess
import sys


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_matcher_does_not_load_spacys_command_line() -> None:
    assert (
        run("import sys, extractor.phrases; print('spacy' in sys.modules, 'spacy.cli' in sys.modules)")
        == "True False"
    )


def test_spacys_command_line_works_afterwards_as_ever() -> None:
    code = """
import extractor.phrases, spacy
assert not hasattr(spacy, "cli")
print(spacy.info(silent=True)["spacy_version"] == spacy.__version__)
import spacy.cli
print(spacy.cli.app.info.name, callable(spacy.cli.info))
"""
    assert run(code).split() == ["True", "spacy", "True"]


def test_a_spacy_that_is_loaded_already_is_left_alone() -> None:
    code = "import spacy; kept = spacy.cli; import extractor.phrases; print(spacy.cli is kept)"
    assert run(code) == "True"
