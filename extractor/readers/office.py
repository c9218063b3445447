"""Legacy DOC, WPS, RTF and ODT: LibreOffice, or for DOC and WPS the extra `doc`, makes a DOCX of them."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from ..errors import InputError
from . import docx, sandbox
from .formats import ENCRYPTED, OLE, RTF, WORD
from .source import Draft, Source

_PROGRAMS = ("soffice", "libreoffice")
_MODULE = "doc2docx"  # of the extra `doc`
ALONE = "doc-alone"
# LibreOffice maps much more than it uses.
_MEMORY_FACTOR = 4
# No macro runs, no link is followed, nothing is asked: whatever the document says.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "2"),
)
_REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)


def read(source: Source) -> Draft:
    """Returns the text of the document, read from the DOCX that LibreOffice, or else the extra `doc`, makes of it.

    Raises:
        InputError: encrypted, no_converter, conversion_failed, time_limit, or what a DOCX may raise.
    """
    if ENCRYPTED in source.data and WORD not in source.data:
        raise InputError("encrypted", source.name, kind="Office")
    program = converter()
    if program is None:
        if source.data.startswith(OLE) and find_spec(_MODULE) is not None:
            return sandbox.read(source, ALONE)
        raise InputError("no_converter", source.name, kind=_kind(source.data))
    with tempfile.TemporaryDirectory(prefix="extractor-") as folder:
        data = _converted(program, source, Path(folder))
    return sandbox.read(replace(source, data=data), "docx")


def read_alone(source: Source) -> Draft:
    """Returns the text of a DOC or WPS without LibreOffice; to be called in a process of its own.

    Raises:
        InputError: what a DOCX may raise.
    """
    with tempfile.TemporaryDirectory(prefix="extractor-") as folder:
        document, made = Path(folder) / "document.doc", Path(folder) / "document.docx"
        document.write_bytes(source.data)
        import_module(_MODULE).convert(document, made)
        return docx.read(replace(source, data=made.read_bytes()))


def converter() -> str | None:
    """Returns the path of LibreOffice, None where it is not installed."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def _kind(data: bytes) -> str:
    if data.startswith(RTF):
        return "RTF"
    return "DOC/WPS" if data.startswith(OLE) else "ODT"


def _converted(program: str, source: Source, folder: Path) -> bytes:
    """Returns the DOCX that LibreOffice makes in `folder`, which is its home and all it may write to."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    settings = _REGISTRY.format(items="".join(_ITEM.format(*setting) for setting in _SETTINGS))
    (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    document = folder / ("document" + {"RTF": ".rtf", "ODT": ".odt"}.get(_kind(source.data), ".doc"))
    document.write_bytes(source.data)
    command = [
        program, "--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(folder / "made"), str(document),
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "LANG": "C.UTF-8",
        },
        start_new_session=True,
    )
    _bound(process.pid, source.limits.memory * _MEMORY_FACTOR)
    try:
        process.wait(source.limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise InputError("time_limit", source.name, limit=source.limits.seconds) from error
    finally:
        _end(process)
    made = folder / "made" / "document.docx"
    if not made.is_file():
        raise InputError("conversion_failed", source.name, kind=_kind(source.data))
    if made.stat().st_size > source.limits.file_size:
        raise InputError(
            "file_too_large", source.name, size=made.stat().st_size, limit=source.limits.file_size
        )
    return made.read_bytes()


def _bound(process: int, memory: int) -> None:
    """Bounds the address space of a process, and of those it starts, where the system can."""
    try:
        from resource import RLIMIT_AS, prlimit
    except ImportError:  # not outside Linux
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        prlimit(process, RLIMIT_AS, (memory, memory))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends LibreOffice with all it started: its program is a script that starts another."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
