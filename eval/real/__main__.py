"""Scores on real reports that are not in the repository: `python -m eval.real [--corpora FOLDER]`.

The reports are looked for below the folder, by what is in them; one that is absent or another is named and skipped.
What is measured is printed and kept in eval/results, `real.json` and `real.md`. These reports are development data.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from extractor.classify import load_model
from extractor.knowledge import load

from .measure import measure
from .standoff import judged, labels
from .table import to_dict, write

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parent / "results"
VARIABLE = "EXTRACTOR_CORPORA"


def main() -> None:
    """Prints and keeps the measures; where no folder is named, or none of the files is there, it says so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--corpora", default=os.environ.get(VARIABLE, ""), help=f"folder; default ${VARIABLE}"
    )
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder to write to")
    arguments = parser.parse_args()
    folder = Path(arguments.corpora)
    if not arguments.corpora or not folder.is_dir():
        print(f"real reports: skipped, no folder of them (--corpora FOLDER, or {VARIABLE})")
        return
    labelled = (*labels(HERE / "labels"), *labels(HERE / "stretches"))
    measured = measure(folder, labelled, judged(HERE / "judged"), load(), load_model())
    if not (measured.reports or measured.copies or measured.stretches or measured.judged):
        print(f"real reports: skipped, none of {len(measured.skipped)} files is there as it was labelled")
        return
    text = write(measured)
    print(text)
    arguments.results.mkdir(parents=True, exist_ok=True)
    (arguments.results / "real.md").write_text(text, encoding="utf-8")
    plain = json.dumps(to_dict(measured), ensure_ascii=False, indent=1)
    (arguments.results / "real.json").write_text(plain + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
