"""Where the results of many reports are kept: Parquet tables, the SQLite manifest of a run, SQL over both.

The only door to pyarrow, duckdb and sqlite3. Import its modules inside the command that needs them.
"""
