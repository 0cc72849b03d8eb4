"""Speed, measured side by side: `make bench`, or `python -m benchmarks build imports`.

Every module here with a function `run() -> list[Figure]` is a benchmark. Nothing of this is a
test: a figure depends on the machine, so only ratios within one run mean something.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Unavailable(Exception):
    """What a benchmark needs is not here; says what, and how to get it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Args:
        what: What was measured, in a few words.
        value: The median, or a size.
        unit: Such as `ms` or `kB`; figures of one task with the unit of its first one are
            shown with their ratio to that one.
        budget: The most that DESIGN's budgets allow, in the same unit; None if they are silent.
        task: A heading over figures that belong together; a benchmark may have several.
    """

    what: str
    value: float
    unit: str = "ms"
    budget: float | None = None
    task: str = ""


def milliseconds(action: Callable[[], object]) -> float:
    """Return how long one call takes, in milliseconds."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1e3


def medians(cases: Mapping[str, Callable[[], float]], rounds: int = 5) -> dict[str, float]:
    """Return the median of each case, measured in turns so that a busy moment hits all alike.

    Args:
        cases: By name, a function that measures once and returns the figure.
        rounds: How often each is measured.
    """
    figures: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, measure in cases.items():
            figures[name].append(measure())
    return {name: statistics.median(measured) for name, measured in figures.items()}
