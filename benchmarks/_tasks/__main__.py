"""Does tasks as they are asked for: `python -m benchmarks._tasks ENGINE`.

Reads one name of a task a line, answers with one line of JSON: `{"ms": …, "part": …}`, or
`{"error": …}`. The first time a task is prepared and done once before it is measured, unless
that takes long.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable

from benchmarks import milliseconds

LONG = 500.0  # ms: what takes longer needs no warming up
LEARNERS = ("reference", "torch", "pyborch")


def main(engine: str) -> None:
    """Answer until there are no more questions."""
    if engine in LEARNERS:
        tasks = importlib.import_module("benchmarks._tasks.learners").tasks(engine)
    else:
        tasks = importlib.import_module(f"benchmarks._tasks.{engine}_engine").TASKS
    ready: dict[str, Callable[[], object]] = {}
    for line in sys.stdin:
        name = line.strip()
        try:
            answer = measured(name, tasks, ready)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}".splitlines()[0]}
        print(json.dumps(answer), flush=True)


def measured(name: str, tasks: dict, ready: dict) -> dict:
    """Do a task once; return how long it took."""
    if name not in tasks:
        return {"error": "not there"}
    task = tasks[name]
    if name not in ready:
        ready[name] = task.prepare()
        first = milliseconds(ready[name])
        if first > LONG:
            return {"ms": first, "part": task.part}
    return {"ms": milliseconds(ready[name]), "part": task.part}


if __name__ == "__main__":
    main(sys.argv[1])
