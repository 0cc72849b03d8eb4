"""`torch.nn.parallel`: one module on several devices, or in several processes."""

# ruff: noqa: F403 (the order is the reading order)

from __future__ import annotations

from ...public import not_here as _not_here
from .data_parallel import *
from .distributed import *

OTHERS = (
    "DistributedDataParallelCPU comm gather parallel_apply replicate scatter scatter_gather"
).split()


def __getattr__(name: str) -> object:
    raise _not_here("torch.nn.parallel", name, OTHERS)
