"""Runs the lessons' snippets, cell by cell: `python -m benchmarks._tasks.cells ENGINE`.

Reads one path of a snippet a line; answers with one line of JSON, the milliseconds of each cell
that came through: `{"cells": {"rows": 1.2}}`.
"""

from __future__ import annotations

import importlib
import json
import re
import sys

import reference_impl
from benchmarks import ROOT
from benchmarks._tasks.learners import MODULES
from press.cell import Session

MARK = re.compile(r"^# %% ([\w-]+)(.*)$", re.MULTILINE)


def cells(text: str) -> list[tuple[str, str, str]]:
    """Return name, options and code of each cell."""
    marks = list(MARK.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [
        (mark[1], mark[2], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)
    ]


def measured(path: str) -> dict[str, float]:
    """Run a snippet; return the milliseconds of each cell that did as it should."""
    session, taken = Session(), {}
    for name, options, code in cells((ROOT / path).read_text("utf-8")):
        if "torch_only" in options:
            continue
        outcome = session.run(code, name)
        if (outcome.raised is not None) == ("raises=" in options):
            taken[name] = outcome.seconds * 1e3
    return taken


def stand_in(engine: str) -> None:
    """Make `import torch` find an engine."""
    if engine == "reference":
        reference_impl.install()
    if engine != "pyborch":
        importlib.import_module("torch").set_num_threads(1)
    else:
        name = MODULES[engine]
        importlib.import_module(name)
        for found in [found for found in sys.modules if found.partition(".")[0] == name]:
            sys.modules[found.replace(name, "torch", 1)] = sys.modules[found]


def main(engine: str) -> None:
    """Answer until there are no more questions."""
    stand_in(engine)
    for line in sys.stdin:
        print(json.dumps({"cells": measured(line.strip())}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
