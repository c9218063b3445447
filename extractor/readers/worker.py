"""The process that reads one document after another for `sandbox`: jobs on standard input, drafts on standard output.

It keeps to the limits it is given: its address space is bounded, and it opens no socket and no file that a
document names.
Each message is its length in eight bytes and then the message.
"""

from __future__ import annotations

import json
import logging
import os
import re
import struct
import sys
from pathlib import Path
from typing import BinaryIO

from ..errors import InputError
from ..knowledge.layout import load_layout
from . import FORMATS, office
from .limits import Limits
from .source import Source
from .wire import encode_draft, encode_error

# A process that came this near to its bound, as a share of it, failed for want of room.
_NEAR = 0.9


def receive(stream: BinaryIO) -> bytes | None:
    """Returns the next message of `stream`, None at its end."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    (length,) = struct.unpack(">Q", head)
    body = stream.read(length)
    return body if len(body) == length else None


def send(stream: BinaryIO, message: bytes) -> None:
    """Writes one message to `stream`."""
    stream.write(struct.pack(">Q", len(message)))
    stream.write(message)
    stream.flush()


def main() -> None:
    """Reads jobs until there are no more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    logging.disable(logging.CRITICAL)
    jobs = sys.stdin.buffer
    layout = load_layout()
    readers = {item.name: item.read for item in FORMATS} | {office.ALONE: office.read_alone}
    while (head := receive(jobs)) is not None and (data := receive(jobs)) is not None:
        job = json.loads(head)
        limits = Limits(**job["limits"])
        _bound(limits.memory)
        source = Source(job["name"], data, layout, limits)
        try:
            answer = encode_draft(readers[job["format"]](source))
        except InputError as error:
            answer = encode_error(error)
        except (MemoryError, ImportError):  # a library that finds no room is not loaded
            answer = encode_error(InputError("memory_limit", source.name, limit=limits.memory))
        except RecursionError:
            answer = encode_error(InputError("nesting_too_deep", source.name, limit=limits.nesting))
        except Exception as error:  # noqa: BLE001  the boundary: libraries raise anything on a broken document
            cause = f"{type(error).__name__}: {error}"[:300]
            refusal = InputError("corrupt_file", source.name, kind=job["format"], cause=cause)
            if _peak() > _NEAR * limits.memory:  # for want of room, libraries fail in any way
                refusal = InputError("memory_limit", source.name, limit=limits.memory)
            answer = encode_error(refusal)
        _bound(None)
        send(answers, answer)


def _peak() -> int:
    """Returns the most bytes of address space this process ever had, 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"^VmPeak:\s*(\d+) kB", status, re.MULTILINE)
    return int(found.group(1)) * 1024 if found is not None else 0


def _bound(memory: int | None) -> None:
    """Bounds the address space of this process, where the system can; None lifts the bound."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    bound = most
    if memory is not None:
        bound = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (bound, most))


if __name__ == "__main__":
    main()
