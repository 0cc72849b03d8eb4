"""The loops of pooling: one number for each window, and back."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from ...dtypes import FLOATING, dtype
from ...kernels import kernel
from ...shapes import contiguous_stride
from ...storage import ABSENT, Absent


class Windows(NamedTuple):
    """Which elements of a plane each window sees, dimension by dimension."""

    size: tuple[int, ...]  # of a plane
    seen: tuple[tuple[range, ...], ...]  # of each dimension: one range of places a window

    @property
    def out(self) -> tuple[int, ...]:
        """How many windows there are along each dimension."""
        return tuple(len(ranges) for ranges in self.seen)

    def places(self) -> list[list[int]]:
        """Return the places of the elements of each window in the plane."""
        steps = contiguous_stride(self.size)
        return [
            [sum(i * s for i, s in zip(at, steps, strict=True)) for at in product(*ranges)]
            for ranges in product(*self.seen)
        ]


@kernel
def planes_of(x: array, length: int) -> list[list[float]]:
    """Return the numbers as planes."""
    flat = x.tolist()
    return [flat[at : at + length] for at in range(0, len(flat), length)] if length else []


def largest(x: array | Absent, w: Windows, kind: dtype) -> tuple[array | Absent, array | Absent]:
    """Return the largest number of each window, and its place in the plane; nan is largest."""
    if x is ABSENT:
        return ABSENT, ABSENT
    windows, values, places = w.places(), [], []
    for plane in planes_of(x, math.prod(w.size)):
        for window in windows:
            best = max(window, key=plane.__getitem__)
            if plane[best] != plane[best] or kind.category == FLOATING:
                best = next((at for at in reversed(window) if plane[at] != plane[at]), best)
            values.append(plane[best])
            places.append(best)
    return kind.array(values), array("q", places)


@kernel
def averaged(x: array, w: Windows, divisors: Sequence[int], kind: dtype) -> array:
    """Return the sum of each window over its divisor, added element by element."""
    windows, found = w.places(), []
    exact = kind.category != FLOATING
    for plane in planes_of(x, math.prod(w.size)):
        for window, divisor in zip(windows, divisors, strict=True):
            total = array("q" if exact else "d" if kind.itemsize == 8 else "f", [0])
            for at in window:
                total[0] += plane[at]
            value = total[0]
            found.append(
                int(value / divisor) if exact else value / divisor if divisor else math.nan
            )
    return kind.array(found)


@kernel
def handed_back(y: array, w: Windows, divisors: Sequence[int], kind: dtype) -> array:
    """Return, for each element, the sum of what its windows have, each over its divisor."""
    windows, length = w.places(), math.prod(w.size)
    found: list[float] = []
    code = "d" if kind.itemsize == 8 else "f"
    for shares in planes_of(y, len(windows)):
        plane = array(code, [0.0]) * length
        parts = array(code, [s / d for s, d in zip(shares, divisors, strict=True)])
        for window, part in zip(windows, parts, strict=True):
            for at in window:
                plane[at] += part
        found += plane
    return kind.array(found)
