"""Exceptions: a caller's or a data file's mistake. Bad input is a `Problem`, a discrepancy a `Finding`."""


class ExtractorError(Exception):
    """Base of every exception this package raises on purpose."""


class KnowledgeError(ExtractorError):
    """A file under `kb/` (or a corpus, or a model) is wrong: says file, key, found and expected."""

    def __init__(self, file: str, key: str, found: object, expected: str) -> None:
        super().__init__(f"{file}: {key}: found {found!r}, expected {expected}")
        self.file = file
        self.key = key
        self.found = found
        self.expected = expected


class InputError(ExtractorError):
    """An input that cannot be audited at all; carries the `Problem` code and its parameters."""

    def __init__(self, code: str, file: str, place: str = "", **params: str | int) -> None:
        super().__init__(f"{file}: {place + ': ' if place else ''}{code} {params or ''}".rstrip())
        self.code = code
        self.file = file
        self.place = place
        self.params = params
