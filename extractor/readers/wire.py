"""Drafts as JSON: what the process that reads a document sends to the one that asked for it."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from ..data import Cell, Place, Problem, Region, Table
from ..errors import InputError
from .source import Draft


def encode_draft(draft: Draft) -> bytes:
    """Returns `draft` as JSON."""
    return json.dumps({"draft": asdict(draft)}, default=_plain).encode()


def encode_error(error: InputError) -> bytes:
    """Returns the refusal `error` as JSON."""
    return json.dumps({"code": error.code, "place": error.place, "params": error.params}).encode()


def decode(message: bytes, name: str) -> Draft:
    """Returns the draft in `message`.

    Raises:
        InputError: the message is a refusal.
        ValueError: the message is neither.
    """
    data = json.loads(message)
    if not isinstance(data, dict):
        raise ValueError("no message of a reader")
    if "draft" not in data:
        raise InputError(data["code"], name, data["place"], **data["params"])
    draft = data["draft"]
    return Draft(
        draft["text"],
        draft["encoding"],
        tuple(_table(table) for table in draft["tables"]),
        tuple(Region(**region) for region in draft["dropped"]),
        tuple(Problem(**{**problem, "file": name}) for problem in draft["problems"]),
        tuple(Place(**place) for place in draft["places"]),
    )


def _table(table: dict[str, Any]) -> Table:
    cells = tuple(Cell(**cell) for cell in table["cells"])
    return Table(**{**table, "cells": cells, "notes": tuple(table["notes"])})


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} has no form in JSON")
