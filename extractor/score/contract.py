"""Scores as plain data, fit for JSON, and back: what is kept of a run, and what another run is compared with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..data import Stamp
from ..errors import InputError
from .contrast import Contrast
from .counts import Counts
from .scores import AlarmRate, Miss, Scores

Row = dict[str, Any]


def to_dict(scores: Scores, contrast: Contrast | None = None) -> Row:
    """Returns everything that may be shown as plain data; an undefined ratio is None.

    Of test data it holds totals only, unless the scores are told to show it.
    """
    found, labelled = scores.numbers(), scores.numbers(labelled=True)
    written: Row = {
        "stamp": asdict(scores.stamp),
        "documents": [
            {
                "file": document.file,
                "split": document.split,
                "labels": document.labels,
                "counts": {name: _counts(counts) for name, counts in document.counts.items()},
            }
            for document in scores.shown
        ],
        "reports": len(scores.documents),
        "metrics": {item.name: item.to_dict() for item in scores.metrics},
        "coverage": {
            "found": {status.value: count for status, count in found.items()},
            "labelled": {status.value: count for status, count in labelled.items()},
        },
        "alarms": {
            "all": _alarms(scores.alarm_rate()),
            "clean": _alarms(scores.alarm_rate(clean=True)),
        },
        "confidence": asdict(scores.confidence),
        "groups": {
            dimension: {
                group: {name: _counts(item) for name, item in counts.items()}
                for group, counts in groups.items()
            }
            for dimension, groups in scores.groups.items()
        },
        "withheld": scores.withheld,
        "misses": [_miss(miss) for miss in scores.misses],
    }
    return written if contrast is None else written | {"contrast": contrast.to_dict()}


def _counts(counts: Counts) -> list[int | None]:
    return [counts.hits, counts.gold, counts.found]


def _alarms(rate: AlarmRate) -> Row:
    return asdict(rate) | {"mean": rate.mean}


def _miss(miss: Miss) -> Row:
    return {"kind": miss.kind, **asdict(miss)}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a run: its stamp, and for each report the hash of its labels and its counts by metric."""

    stamp: Stamp
    labels: Mapping[str, str]
    counts: Mapping[str, Mapping[str, Counts]]


def read_kept(path: Path) -> Kept:
    """Returns the run kept in a JSON file that `to_dict` made.

    Raises:
        InputError: the file cannot be read, is no such JSON, or keeps totals only, as of test data.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        stamp = kept["stamp"]
        documents = {row["file"]: row for row in kept["documents"]}
        counts = {
            file: {name: Counts(*map(_whole, triple)) for name, triple in row["counts"].items()}
            for file, row in documents.items()
        }
        labels = {file: str(row["labels"]) for file, row in documents.items()}
        made = Stamp(str(stamp["version"]), str(stamp["kb"]), str(stamp["model"]))
    except OSError as error:
        raise InputError("scores.unreadable", str(path), cause=error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        cause = f"{type(error).__name__}: {error}"
        raise InputError("scores.unreadable", str(path), cause=cause) from error
    if not counts:
        raise InputError("scores.totals_only", str(path))
    return Kept(made, labels, counts)


def _whole(value: object) -> Any:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise ValueError(f"{value!r} is no count")
    return value
