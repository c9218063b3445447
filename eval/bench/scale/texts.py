"""What one text costs, by its length and by its tables."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from statistics import median

from extractor.audit import audit
from extractor.classify import load_model
from extractor.knowledge import load
from extractor.readers import read_bytes
from extractor.synthesis import generate

from .measured import SEED, Measured

LENGTHS = (1, 3, 10, 30, 100, 300, 1000)
"""Sizes of the texts whose cost is measured, in kB of UTF-8."""
TABLES = (0, 1, 2, 4, 8, 16, 32)
_TURNS = 3


def by_length() -> list[Measured]:
    """Returns processor seconds of an audit by the size of the text, whose words are those of many reports."""
    prose = "".join(_prose())
    return [{"kB": size, **_cost(_cut(prose, size * 1000))} for size in LENGTHS]


def by_tables() -> list[Measured]:
    """Returns processor seconds of an audit by the number of tables behind one and the same prose."""
    prose = _cut("".join(_prose()), 5000)
    tables = [_table(number) for number in range(max(TABLES))]
    return [{"tables": count, **_cost("\n\n".join([prose, *tables[:count]]))} for count in TABLES]


def _prose() -> Iterator[str]:
    """Yields narratives of invented reports, each of other figures, some megabytes in all."""
    knowledge = load()
    size = 0
    for report in generate(SEED, 4000, layouts=("markdown",)):
        read = read_bytes(report.text.encode(), report.name, knowledge)
        text = "".join(
            read.text[region.start : region.end] for region in read.regions if region.kind == "narrative"
        )
        yield text
        size += len(text.encode())
        if size > max(LENGTHS) * 1100:
            return


def _cut(text: str, size: int) -> str:
    """Returns the first `size` bytes of a text, up to the end of a line."""
    cut = text.encode()[:size].decode(errors="ignore")
    return cut[: cut.rfind("\n") + 1] or cut


def _table(number: int) -> str:
    rows = "".join(f"| 第{row}类事项办理数 | 件 | {number * 7 + row * 13} |\n" for row in range(12))
    return f"表{number + 1}\n\n| 指标 | 单位 | 数量 |\n|---|---|---|\n{rows}"


def _cost(text: str) -> Measured:
    """Returns the median processor seconds of reading and auditing a text, and what is in it."""
    knowledge, model = load(), load_model()
    spent = []
    for turn in range(_TURNS):
        data = text.replace("2", "3", turn).encode()  # so that nothing can be remembered
        gc.collect()
        start = time.process_time()
        result = audit(read_bytes(data, "report", knowledge), knowledge, model)
        spent.append(time.process_time() - start)
    return {
        "seconds": round(median(spent), 4),
        "numbers": len(result.numbers),
        "claims": len(result.claims),
        "figures": len(result.reading.figures),
    }
