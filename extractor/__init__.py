"""Reads Chinese public bodies' annual reports and ties their prose to their tables."""
