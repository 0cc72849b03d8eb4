"""The same tasks for several engines, each run in a process of its own (see `__main__.py`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

LINEAR = "linear regression, 1000 x 2, 3 epochs"
MLP = "MLP 2-16-16-1, 100 points, 100 steps"
CONV = "Conv1d forward, 32 x 256 x 35 to 100"
MATMUL = "matmul 128 x 128 x 128"
ADD = "add of 1e6 floats"


@dataclass(frozen=True, slots=True)
class Task:
    """What an engine does in one measurement.

    Attributes:
        prepare: Makes the data; returns what is measured.
        part: Which part of the whole task that is: hopeless engines do less.
    """

    prepare: Callable[[], Callable[[], object]]
    part: float = 1.0


Tasks = Mapping[str, Task]
