"""What makes a command start sooner: parts of libraries that no command of ours uses are left for later."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def no_spacy_commands() -> Iterator[None]:
    """Leaves spaCy's own command line, a third of its import, to the first who asks for it.

    `import spacy` loads it for the sake of `spacy.info`. Inside this context that function stands for itself and loads
    its module when called; afterwards `import spacy.cli` works as ever.
    """
    names = ("spacy.cli", "spacy.cli.info")
    if "spacy" in sys.modules:
        yield
        return
    for name in names:
        sys.modules[name] = ModuleType(name)
    sys.modules["spacy.cli"].__path__ = []
    sys.modules["spacy.cli.info"].__dict__["info"] = _info
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]
        if "spacy" in sys.modules:
            vars(sys.modules["spacy"]).pop("cli", None)


def _info(*args: Any, **options: Any) -> Any:
    return import_module("spacy.cli.info").info(*args, **options)
