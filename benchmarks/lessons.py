"""The cells of all lessons, as far as every engine runs them: the engine, torch and pyborch."""

from __future__ import annotations

import statistics

from benchmarks import ROOT, Figure, Unavailable
from benchmarks._workers import workers

ENGINES = ("reference", "torch", "pyborch")
ROUNDS = 3


def snippets() -> list[str]:
    """Return the paths of the lessons' snippets; exercises are another matter."""
    found = sorted(path.relative_to(ROOT) for path in (ROOT / "snippets").rglob("*.py"))
    return [path.as_posix() for path in found if path.parts[1] != "exercises"]


def run() -> list[Figure]:
    """Run every snippet on each engine in turns; add up the cells that all of them ran."""
    took: dict[str, dict[str, list[float]]] = {engine: {} for engine in ENGINES}
    with workers(ENGINES, "benchmarks._tasks.cells") as engines:
        for path in snippets():
            for _ in range(ROUNDS):
                for engine, worker in engines.items():
                    for cell, ms in worker.ask(path).get("cells", {}).items():
                        took[engine].setdefault(f"{path}:{cell}", []).append(ms)
    common = set.intersection(*(set(cells) for cells in took.values()))
    if not common:
        raise Unavailable("no cell runs on all engines")
    total = {
        engine: sum(statistics.median(cells[cell]) for cell in common)
        for engine, cells in took.items()
    }
    budgets = {"reference": 2 * total["pyborch"]}  # DESIGN: within twice
    return [
        Figure(
            f"{engine}: runs {len(took[engine])} cells",
            total[engine],
            budget=budgets.get(engine),
            task=f"{len(common)} cells",
        )
        for engine in ENGINES
    ]
