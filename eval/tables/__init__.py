"""Gold tables: written, read back, and counted cell by cell."""
