"""The engine beside its peers, on tasks of learners; what is marked did a part, and is scaled."""

from __future__ import annotations

import math

from benchmarks import Figure
from benchmarks._tasks import ADD, CONV, LINEAR, MATMUL, MLP
from benchmarks._workers import in_turns, workers

ENGINES = ("reference", "torch", "pyborch", "autograd", "micrograd", "tinygrad")
PURE = ("micrograd", "tinygrad")
SHOWN = {
    "reference": "reference_impl",
    "pyborch": "pyborch (NumPy)",
    "autograd": "HIPS autograd (NumPy)",
    "tinygrad": "tinygrad, PYTHON backend",
}
TEN_TIMES = (MLP, CONV, MATMUL)  # DESIGN: where other pure-Python engines take ten times as long


def figures(task: str, answers: dict[str, dict]) -> list[Figure]:
    """Return the rows of one task; ours has a budget where DESIGN compares it with the pure."""
    whole = {
        engine: answer["ms"] / answer["part"] if "ms" in answer else math.inf
        for engine, answer in answers.items()
    }
    pure = [whole[engine] for engine in PURE if engine in whole]
    budget = min(pure) / 10 if task in TEN_TIMES and pure else None
    found = []
    for engine, ms in whole.items():
        part = answers[engine].get("part", 1)
        name = SHOWN.get(engine, engine)
        note = "" if part == 1 else f" (1/{1 / part:.0f} done)"
        note = f" ({answers[engine]['error']})" if math.isinf(ms) else note
        found.append(Figure(name + note, ms, "ms", budget if engine == "reference" else None, task))
    return found


def run() -> list[Figure]:
    """Measure task by task, the engines in turns."""
    with workers(ENGINES) as engines:
        return [
            figure
            for task in (LINEAR, MLP, CONV, MATMUL, ADD)
            for figure in figures(task, in_turns(task, engines, rounds=3))
        ]
