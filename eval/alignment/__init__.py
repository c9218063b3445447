"""Alignment beside simple methods on the same labels: `python -m eval.alignment`.

Every method is asked of each labelled claim which cell of the report's tables it is about, or that none is.
"""
