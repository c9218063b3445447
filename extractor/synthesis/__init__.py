"""Reports that nobody wrote: labelled ones with one number changed, and invented ones at any scale."""

from __future__ import annotations

from .mutation.kinds import load_kinds
from .mutation.making import Mutant, Skip, mutants
from .reports.generation import Generated, generate

__all__ = ["Generated", "Mutant", "Skip", "generate", "load_kinds", "mutants"]
