"""MHTML: a web page saved as one file; its first HTML part is the page."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from ..errors import InputError
from . import html
from .source import Draft, Source


def read(source: Source) -> Draft:
    """Returns the page: pictures and what else was saved with it are left aside.

    Raises:
        InputError: corrupt_file where there is no page in it, nesting_too_deep.
    """
    page = _page(message_from_bytes(source.data, policy=policy.default), source, 0)
    if page is None:
        raise InputError("corrupt_file", source.name, kind="MHTML", cause="no text/html part")
    data = page.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        raise InputError("empty_file", source.name)
    return html.read(replace(source, data=data))


def _page(message: Message | EmailMessage, source: Source, depth: int) -> Message | EmailMessage | None:
    if depth > source.limits.nesting:
        raise InputError("nesting_too_deep", source.name, limit=source.limits.nesting)
    if message.get_content_type() in ("text/html", "application/xhtml+xml"):
        return message
    if not message.is_multipart():
        return None
    for part in message.iter_parts() if isinstance(message, EmailMessage) else ():
        found = _page(part, source, depth + 1)
        if found is not None:
            return found
    return None
