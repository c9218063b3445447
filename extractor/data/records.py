"""How the records of the program are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_Record = TypeVar("_Record")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[_Record]) -> type[_Record]:
    """Returns `cls` as a dataclass with slots that is frozen to the type checker, and compared and hashed by value.

    Records are made by the hundred for every report. A dataclass that is frozen at run time sets each field through a
    call of its own, which was a twelfth of an audit; mypy refuses to set a field of this one just as well.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
