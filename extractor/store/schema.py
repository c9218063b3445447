"""The tables of a run: their names, columns and types.

Every table has the column `report`, the report's id, and ids of claims, figures and findings are unique within
their report. A value stands twice: exactly, as a string in plain notation, and beside it in a column `…number`
as the nearest double, for SQL. Offsets are half-open and count characters of the report's text. There are no
times in the tables: the same reports give the same bytes, on whatever machine and in whatever order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pyarrow as pa

_TEXT = pa.string()
_TEXTS = pa.list_(pa.string())
_COUNT = pa.int32()
_DOUBLE = pa.float64()
_YES = pa.bool_()


def _schema(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns])


REPORTS = _schema(
    ("report", _TEXT),  # 16 hex digits of the sha256 over source and content hash
    ("source", _TEXT),  # path, URL, or container and member
    ("sha256", _TEXT),  # of the content; "" where nothing could be read
    ("format", _TEXT),
    ("encoding", _TEXT),
    ("template", _TEXT),  # "" where no table is of a known template
    ("template_score", _TEXT),
    ("title", _TEXT),  # this and the six below as `identity.identify` tells them
    ("body", _TEXT),
    ("level", _TEXT),
    ("parent", _TEXT),
    ("year", _COUNT),
    ("identity_confidence", _DOUBLE),
    ("identity_evidence", _TEXTS),
    ("hints", _TEXT),  # what a list said of it, as JSON; "" for nothing
    ("numbers", _COUNT),
    ("claims", _COUNT),
    ("unexplained", _COUNT),  # numbers of the prose in no claim and with no reason
    ("figures", _COUNT),
    ("findings", _COUNT),
    ("errors", _COUNT),  # findings of severity error
    ("reviews", _COUNT),  # findings of severity review
    ("problems", _COUNT),
    ("status", _TEXT),  # ok, failed (it could not be read), or quarantined (it killed its worker)
    ("reason", _TEXT),  # "" where ok, else a code of kb/problems.toml
    ("stamp", _TEXT),  # version, knowledge hash and model id, parted by blanks
)

NUMBERS = _schema(
    ("report", _TEXT),
    ("start", _COUNT),
    ("end", _COUNT),
    ("text", _TEXT),
    ("status", _TEXT),  # claimed, excluded, unexplained
    ("reason", _TEXT),
    ("claim", _TEXT),
)

CLAIMS = _schema(
    ("report", _TEXT),
    ("claim", _TEXT),
    ("start", _COUNT),
    ("end", _COUNT),
    ("text", _TEXT),
    ("value", _TEXT),
    ("number", _DOUBLE),
    ("low", _TEXT),
    ("high", _TEXT),
    ("low_number", _DOUBLE),
    ("high_number", _DOUBLE),
    ("low_open", _YES),
    ("high_open", _YES),
    ("unit", _TEXT),
    ("kind", _TEXT),
    ("hedge", _TEXT),
    ("indicator", _TEXT),
    ("context", _TEXTS),
    ("verb", _TEXT),
    ("scope", _TEXT),
    ("scope_text", _TEXT),
    ("period", _TEXT),  # ISO 8601 as far as it is stated, else the kind: as in docs/result.schema.json
    ("period_kind", _TEXT),
    ("period_text", _TEXT),
    ("relation", _TEXT),
    ("part_of", _TEXT),
    ("list_kind", _TEXT),
    ("section", _TEXTS),
    ("sentence", _TEXT),
    ("sentence_start", _COUNT),
    ("rule", _TEXT),
    ("verdict", _TEXT),
)

FIGURES = _schema(
    ("report", _TEXT),
    ("figure", _TEXT),
    ("table", _TEXT),
    ("row", _COUNT),
    ("column", _COUNT),
    ("address", _TEXT),
    ("row_label", _TEXT),
    ("column_label", _TEXT),
    ("indicator", _TEXT),  # <row id> or <row id>@<column id> of the template, null in a table of none
    ("group", _TEXT),
    ("value", _TEXT),
    ("number", _DOUBLE),
    ("state", _TEXT),  # value, blank, slash, dash, text
    ("text", _TEXT),
    ("unit", _TEXT),
    ("period", _TEXT),
    ("doubt", _TEXT),
    ("note", _TEXT),
    ("includes", _TEXTS),
)

LINKS = _schema(
    ("report", _TEXT),
    ("claim", _TEXT),
    ("figures", _TEXTS),
    ("formula", _TEXT),
    ("score", _DOUBLE),
    ("why", _TEXT),
    ("rivals", _TEXTS),
)

FINDINGS = _schema(
    ("report", _TEXT),
    ("finding", _TEXT),  # F1, F2, … in the order of the report's page
    ("code", _TEXT),
    ("verdict", _TEXT),
    ("severity", _TEXT),
    ("claims", _TEXTS),
    ("figures", _TEXTS),
    ("formula", _TEXT),
    ("expected", _TEXT),
    ("expected_number", _DOUBLE),
    ("actual", _TEXT),
    ("actual_number", _DOUBLE),
    ("difference", _TEXT),
    ("difference_number", _DOUBLE),
    ("places", _TEXTS),  # start-end of the lines it is about where these hold no claim, as of headings
    ("message", _TEXT),  # in Chinese
)

PROBLEMS = _schema(
    ("report", _TEXT),
    ("code", _TEXT),
    ("place", _TEXT),
    ("message", _TEXT),  # in Chinese
    ("params", _TEXT),  # of the message, as JSON
)

TABLES: Mapping[str, pa.Schema] = {
    "reports": REPORTS,
    "numbers": NUMBERS,
    "claims": CLAIMS,
    "figures": FIGURES,
    "links": LINKS,
    "findings": FINDINGS,
    "problems": PROBLEMS,
}
"""All tables by name; in a run folder the shards of one lie in `tables/<name>/`."""

LAYOUT = hashlib.sha256(
    "\n".join(f"{name}\n{schema}" for name, schema in TABLES.items()).encode()
).hexdigest()[:8]
"""What tells tables with these columns from those of another version."""

_EXHIBIT = pa.struct(
    [
        ("report", _TEXT),
        ("source", _TEXT),
        ("body", _TEXT),
        ("year", _COUNT),
        ("kind", _TEXT),  # claim, figure, report
        ("id", _TEXT),  # of the claim or figure
        ("place", _TEXT),  # the address of the cell, or start-end of the claim
        ("label", _TEXT),
        ("value", _TEXT),
        ("unit", _TEXT),
        ("quote", _TEXT),
        ("form", _TEXT),  # of a cell's table
    ]
)

COLLECTION_FINDINGS = _schema(
    ("finding", _TEXT),  # C1, C2, … in the order of bodies and years
    ("code", _TEXT),
    ("verdict", _TEXT),
    ("severity", _TEXT),
    ("body", _TEXT),
    ("year", _COUNT),
    ("reports", _TEXTS),  # ids of the reports compared, that of `year` first
    ("exhibits", pa.list_(_EXHIBIT)),  # the places compared, that of `year` first
    ("formula", _TEXT),  # `last.` stands before what is of the year before
    ("expected", _TEXT),
    ("expected_number", _DOUBLE),
    ("actual", _TEXT),
    ("actual_number", _DOUBLE),
    ("difference", _TEXT),
    ("difference_number", _DOUBLE),
    ("params", _TEXT),  # what the message says besides, as JSON
    ("message", _TEXT),  # in Chinese
)

COLLECTION_CHECKS = _schema(
    ("code", _TEXT),  # what was compared: the finding it would give
    ("body", _TEXT),
    ("year", _COUNT),
    ("status", _TEXT),  # held, failed, unknown
    ("reason", _TEXT),  # why it is unknown
    ("count", _COUNT),
)

COLLECTION_TABLES: Mapping[str, pa.Schema] = {
    "collection_findings": COLLECTION_FINDINGS,
    "collection_checks": COLLECTION_CHECKS,
}
"""The tables that `extractor collection` adds to a run, one file each."""
