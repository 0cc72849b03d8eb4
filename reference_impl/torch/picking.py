"""Where the elements stand that an index names: the common ground of all indexing.

Every index, however written, comes down to a row of places in memory. Reading takes the
numbers from there, writing puts numbers there, adding adds them there; each is the
gradient of another. Places are kept as the starts of runs, because a row of a matrix is
found once and copied whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .dtypes import dtype
from .kernels import kernel, places


class Places(NamedTuple):
    """Elements of a memory: each start, and what follows it up to `run` elements."""

    starts: list[int]
    run: int = 1

    def every(self) -> list[int]:
        """Return the place of each element."""
        if self.run == 1:
            return self.starts
        return [at for start in self.starts for at in range(start, start + self.run)]


class Index(NamedTuple):
    """Positions along one dimension, row-major, in the shape that all indices broadcast to."""

    positions: Sequence[int]
    size: int  # of the dimension


def wrapped(index: Index, at: int) -> Sequence[int]:
    """Return positions counted from the front.

    Raises:
        IndexError: beyond the dimension; torch counts the indexed dimensions, `at`, alone.
    """
    positions, n = index
    if positions and not (-n <= min(positions) and max(positions) < n):
        wrong = next(p for p in positions if not -n <= p < n)
        raise IndexError(f"index {wrong} is out of bounds for dimension {at} with size {n}")
    return (
        [p + n if p < 0 else p for p in positions]
        if positions and min(positions) < 0
        else positions
    )


def picked(
    size: Sequence[int],
    stride: Sequence[int],
    offset: int,
    first: int,
    indices: Sequence[Index],
) -> Places:
    """Return the places that indices of neighbouring dimensions name, and all of the others.

    Args:
        size: of what is indexed.
        stride: of what is indexed.
        offset: of what is indexed.
        first: the first dimension that has an index.
        indices: of that dimension and those after it.
    """
    last = first + len(indices)
    inner, inner_stride = list(size[last:]), list(stride[last:])
    run = 1
    while inner and inner_stride[-1] == run:
        run *= inner.pop()
        inner_stride.pop()
    steps = [0] * len(indices[0].positions)
    for at, (index, s) in enumerate(zip(indices, stride[first:last], strict=True)):
        positions = wrapped(index, at)
        steps = (
            [a + p * s for a, p in zip(steps, positions, strict=True)]
            if at
            else [p * s for p in positions]
        )
    starts = places(size[:first], stride[:first], offset)
    starts = [a + step for a in starts for step in steps] if first else [offset + s for s in steps]
    if inner:
        within = places(inner, inner_stride, 0)
        starts = [a + b for a in starts for b in within]
    return Places(starts, run) if run else Places([])


def along(
    size: Sequence[int], stride: Sequence[int], offset: int, dim: int, positions: list[int]
) -> Places:
    """Return the places that differ from an index's own coordinates in one dimension only.

    Args:
        size: of the index.
        stride: of what is indexed.
        offset: of what is indexed.
        dim: the dimension in which positions replace coordinates.
        positions: the index, row-major.
    """
    step = stride[dim]
    still = [0 if d == dim else s for d, s in enumerate(stride)]
    own = places(size, still, offset)
    return Places([at + p * step for at, p in zip(own, positions, strict=True)])


@kernel
def take(numbers: array, at: Places) -> array:
    """Return the numbers at some places."""
    if at.run == 1:
        return array(numbers.typecode, map(numbers.__getitem__, at.starts))
    found = array(numbers.typecode)
    for start in at.starts:
        found.extend(numbers[start : start + at.run])
    return found


@kernel
def put(numbers: array, at: Places, values: array) -> array:
    """Return a copy of the numbers with values at some places; of two at one place, the last."""
    changed = numbers[:]
    if at.run == 1:
        for place, value in zip(at.starts, values, strict=True):
            changed[place] = value
        return changed
    for i, start in enumerate(at.starts):
        changed[start : start + at.run] = values[i * at.run : (i + 1) * at.run]
    return changed


@kernel
def fill(numbers: array, at: Places, value: float) -> array:
    """Return a copy of the numbers with one value at some places."""
    changed = numbers[:]
    for place in at.every():
        changed[place] = value
    return changed


@kernel
def combine(
    numbers: array,
    at: Places,
    values: Iterable[float],
    fn: Callable[[float, float], float],
    dtype: dtype,
    anew: bool = False,
) -> array:
    """Return a copy of the numbers with `fn` of old and new at some places, one after the other.

    Args:
        numbers: the old ones.
        at: the places, some perhaps several times.
        values: the new ones.
        fn: of an old and a new number.
        dtype: of the numbers; each result is rounded to it.
        anew: whether what comes first to a place replaces what was there.
    """
    changed = numbers[:]
    exact = dtype.typecode == "d" or dtype.name == "float32"
    reached: set[int] = set()
    for place, value in zip(at.every(), values, strict=True):
        if anew and place not in reached:
            reached.add(place)
            changed[place] = value
            continue
        found = fn(changed[place], value)
        changed[place] = found if exact else dtype.array([found])[0]
    return changed
