"""Rounding step by step, where digits depend on the steps."""

from __future__ import annotations

from array import array
from collections.abc import Callable

from ...dtypes import dtype


def rounding_to(kind: dtype) -> Callable[[float], float]:
    """Return what rounds a number as torch computes with a type: to float32, or not at all."""
    if kind.itemsize == 8:
        return float
    return lambda x: array("f", [x])[0]
