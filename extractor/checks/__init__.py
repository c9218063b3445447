"""Judgement: the text against the table, the table against itself, the text against itself."""

from __future__ import annotations

from .internal import check_text
from .table import check_table, doubtful
from .tieout import tie_out

__all__ = ["check_table", "check_text", "doubtful", "tie_out"]
