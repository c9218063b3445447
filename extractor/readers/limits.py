"""How much of a document is read: what keeps a hostile or broken file from taking the run with it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read, each with its unit; what exceeds one is refused by a problem that names it.

    Attributes:
        file_size: Bytes of one file, or of one member of an archive.
        text_length: Characters of a report's text.
        pages: Pages of a PDF.
        cells: Cells of all tables of a report, blank ones included.
        members: Files in a folder, an archive, or an Office package.
        unpacked: Bytes that one archive or Office package may unpack to, all members together.
        ratio: Bytes unpacked for each byte packed, in members above one megabyte.
        nesting: Archives inside archives, elements inside elements (in hundreds).
        seconds: Wall-clock seconds for one document.
        memory: Bytes of address space of the process that reads a document.
    """

    file_size: int = 40 * 1024 * 1024
    text_length: int = 4_000_000
    pages: int = 500
    cells: int = 200_000
    members: int = 5_000
    unpacked: int = 400 * 1024 * 1024
    ratio: int = 200
    nesting: int = 3
    seconds: int = 120
    memory: int = 2 * 1024 * 1024 * 1024

    def raised(self, setting: str) -> Limits:
        """Returns these limits with one of them set, as in "pages=2000".

        Raises:
            ValueError: no such limit, or no whole number above 0.
        """
        name, _, value = setting.partition("=")
        if name not in {field.name for field in fields(self)} or not value.isdigit() or int(value) < 1:
            names = ", ".join(field.name for field in fields(self))
            raise ValueError(f"{setting!r}: expected NAME=NUMBER with one of {names}")
        return replace(self, **{name: int(value)})


DEFAULT = Limits()
