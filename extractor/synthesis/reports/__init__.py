"""Invented reports: bodies and what they counted over the years, prose from patterns, labels written with the text."""
