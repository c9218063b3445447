"""Reports that nobody wrote: labelled ones with one number changed, and invented ones at any scale."""

from __future__ import annotations

from .generation import Generated, generate
from .kinds import load_kinds
from .mutation import Mutant, Skip, mutants

__all__ = ["Generated", "Mutant", "Skip", "generate", "load_kinds", "mutants"]
