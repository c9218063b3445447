"""Suites that measure: speed, start-up, and whole folders of reports. Nothing here ships in the package."""
