"""Many elements to one: sums in NumPy's order, means, extremes, places of extremes."""

from __future__ import annotations

import builtins
import math
import operator
from array import array as row
from collections.abc import Callable, Sequence
from typing import Any

from ..torch import kernels
from .arrays import AxisError, flat, fresh, gathered, ndarray, wrap_axis
from .computing import divide, larger, multiply, smaller, sqrt, subtract
from .creation import asarray
from .dtypes import dtype, find
from .numbers import simple

__all__ = [
    "all",
    "amax",
    "amin",
    "any",
    "argmax",
    "argmin",
    "cumsum",
    "max",
    "mean",
    "min",
    "prod",
    "std",
    "sum",
    "var",
]

BLOCK, LANES = 128, 8


def pairwise(values: row) -> float:
    """Add floats as NumPy does: eight running sums in blocks of 128, halves of what is longer.

    So rounding errors grow with the logarithm of the length, not with the length. Each
    partial sum is rounded to the type of the array.
    """
    n = len(values)
    if n > BLOCK:
        half = n // 2 - n // 2 % LANES
        return rounded(values, pairwise(values[:half]) + pairwise(values[half:]))
    if n < LANES:
        total = -0.0
        for value in values:
            total = rounded(values, total + value)
        return total
    lanes, even = values[:LANES], n - n % LANES
    for at in range(LANES, even, LANES):
        lanes = row(values.typecode, map(operator.add, lanes, values[at : at + LANES]))
    while len(lanes) > 1:
        lanes = row(values.typecode, map(operator.add, lanes[::2], lanes[1::2]))
    total = lanes[0]
    for value in values[even:]:
        total = rounded(values, total + value)
    return total


def rounded(like: row, value: float) -> float:
    """Return a number as an array would store it."""
    return row(like.typecode, [value])[0]


def axes_of(axis: Any, ndim: int) -> list[int]:
    """Return the axes that are reduced, counted from the front."""
    if axis is None or (not ndim and axis in (0, -1)):
        return list(range(ndim))
    return [wrap_axis(a, ndim) for a in (axis if isinstance(axis, tuple) else (axis,))]


def slices(array: ndarray, axes: Sequence[int]) -> tuple[tuple[int, ...], list[row]]:
    """Return the shape that is left, and for each of its places the elements to reduce."""
    kept = [d for d in range(array.ndim) if d not in axes]
    order = sorted(axes, key=lambda d: -builtins.abs(array._stride[d]))
    size, stride = [array._size[d] for d in order], [array._stride[d] for d in order]
    outer = [array._size[d] for d in kept], [array._stride[d] for d in kept]
    starts = kernels.places(*outer, array._offset) if 0 not in outer[0] else []
    found = [gathered(array._storage, size, stride, start) for start in starts]
    return tuple(outer[0]), found


def result(
    values: list,
    size: tuple[int, ...],
    kind: dtype,
    axes: Sequence[int],
    like: ndarray,
    keepdims: bool,
) -> Any:
    """Return reduced values as an array, with sizes of 1 for what was reduced if asked for."""
    if keepdims:
        size = tuple(1 if d in axes else n for d, n in enumerate(like._size))
    return simple(fresh(kind.held.array(values), size, kind))


def summed(values: row, in_order: bool) -> float:
    """Add numbers: pairwise where they are neighbours in memory, else one after the other."""
    if not in_order:
        return pairwise(values)
    total = values[0] if values else 0.0
    for value in values[1:]:
        total = rounded(values, total + value)
    return total


def is_outer(array: ndarray, axes: Sequence[int]) -> bool:
    """Tell whether elements that are not reduced lie between those that are."""
    kept = [array._stride[d] for d in range(array.ndim) if d not in axes and array._size[d] > 1]
    reduced = [array._stride[d] for d in axes if array._size[d] > 1]
    return bool(kept and reduced) and builtins.min(map(builtins.abs, kept)) < builtins.min(
        map(builtins.abs, reduced)
    )


def sum_type(kind: dtype) -> dtype:
    """Return the type of a sum: integers are added in 64 bits."""
    return kind if kind.kind == "f" else find("uint64" if kind.kind == "u" else int)


def sum(
    a: Any, axis: Any = None, dtype: Any = None, out: None = None, keepdims: bool = False
) -> Any:
    """Return the sum of all elements, or along axes.

    >>> import numpy as np
    >>> np.arange(6).reshape(2, 3).sum(axis=0)
    array([3, 5, 7])
    """
    given = asarray(a)
    kind = find(dtype) if dtype is not None else sum_type(given.dtype)
    given = given.astype(kind) if kind is not given.dtype else given
    axes = axes_of(axis, given.ndim)
    size, rows = slices(given, axes)
    in_order = is_outer(given, axes)
    if kind.name == "float16" and in_order:
        found = [halved(r, kind) for r in rows]
    else:
        found = [added(r, in_order) for r in rows]
    return result(found, size, kind, axes, given, keepdims)


def halved(values: row, kind: dtype) -> float:
    """Add halves one after the other, rounding each sum to a half."""
    total = 0.0
    for value in values:
        total = kind.held.array([total + value])[0]
    return total


def added(values: row, in_order: bool) -> float:
    """Add numbers, integers exactly."""
    if values.typecode not in "fd":
        return builtins.sum(values)
    return summed(values, in_order) + 0.0


def prod(a: Any, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Any:
    """Return the product of all elements, or along axes."""
    given = asarray(a)
    kind = find(dtype) if dtype is not None else sum_type(given.dtype)
    axes = axes_of(axis, given.ndim)
    size, rows = slices(given, axes)
    found = []
    for values in rows:
        total = 1.0 if kind.kind == "f" else 1
        for value in values:
            total = kind.held.array([total * value])[0]
        found.append(total)
    return result(found, size, kind, axes, given, keepdims)


def mean(a: Any, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Any:
    """Return the mean of all elements, or along axes; of integers in float64."""
    given = asarray(a)
    kind = (
        find(dtype)
        if dtype is not None
        else (given.dtype if given.dtype.kind == "f" else find(float))
    )
    wide = find("float32") if kind.name == "float16" else kind
    axes = axes_of(axis, given.ndim)
    if axis is not None and not given.ndim:
        raise AxisError(f"axis {axis} is out of bounds for array of dimension 0")
    count = math.prod(given._size[d] for d in axes)
    found = divide(sum(given, axis, wide, keepdims=keepdims), count)
    return found if wide is kind else found.astype(kind)


def var(a: Any, axis: Any = None, dtype: Any = None, ddof: int = 0, keepdims: bool = False) -> Any:
    """Return the mean squared distance from the mean; `ddof` is taken from the count."""
    given = asarray(a)
    axes = axes_of(axis, given.ndim)
    away = subtract(given, mean(given, axis, dtype, keepdims=True))
    count = math.prod(given._size[d] for d in axes)
    return divide(sum(multiply(away, away), axis, keepdims=keepdims), builtins.max(count - ddof, 0))


def std(a: Any, axis: Any = None, dtype: Any = None, ddof: int = 0, keepdims: bool = False) -> Any:
    """Return the square root of the variance."""
    return sqrt(var(a, axis, dtype, ddof, keepdims))


def folded(name: str, choose: Callable) -> Callable:
    """Return a function that reduces by one of two elements."""

    def reduce(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
        given = asarray(a)
        axes = axes_of(axis, given.ndim)
        size, rows = slices(given, axes)
        found = []
        for values in rows:
            if not values:
                raise ValueError(
                    f"zero-size array to reduction operation {name} which has no identity"
                )
            best = values[0]
            for value in values:
                best = choose(best, value)
            found.append(best)
        return result(found, size, given.dtype, axes, given, keepdims)

    reduce.__name__ = reduce.__qualname__ = name[:3]
    reduce.__doc__ = f"Return the {name} of all elements, or along axes; nan if one is."
    return reduce


max = amax = folded("maximum", larger)
min = amin = folded("minimum", smaller)


def place_of(name: str, better: Callable) -> Callable:
    """Return a function that finds the first extreme."""

    def find_place(a: Any, axis: int | None = None, keepdims: bool = False) -> Any:
        given = asarray(a)
        if axis is None:
            rows, size, axes = [flat(given)], (), list(range(given.ndim))
        else:
            axes = axes_of(axis, given.ndim)
            size, rows = slices(given, axes)
        if not all_of(rows):
            raise ValueError(f"attempt to get {name} of an empty sequence")
        found = []
        for values in rows:
            best = 0
            for at, value in enumerate(values):
                if (better(value, values[best]) or value != value) and values[best] == values[best]:
                    best = at
            found.append(best)
        return result(found, size, find(int), axes, given, keepdims)

    find_place.__name__ = find_place.__qualname__ = name
    find_place.__doc__ = f"Return the place of the first {name[3:]}imum, in all or along an axis."
    return find_place


def all_of(rows: Sequence[Sequence]) -> bool:
    """Tell whether every row has an element."""
    return [] not in [list(r) for r in rows]


argmax, argmin = place_of("argmax", operator.gt), place_of("argmin", operator.lt)


def truth(name: str, test: Callable) -> Callable:
    """Return a function that reduces to a truth value."""

    def reduce(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
        given = asarray(a)
        axes = axes_of(axis, given.ndim)
        size, rows = slices(given, axes)
        return result([int(test(r)) for r in rows], size, find(bool), axes, given, keepdims)

    reduce.__name__ = reduce.__qualname__ = name
    reduce.__doc__ = f"Tell whether {name} of the elements is true, in all or along axes."
    return reduce


all, any = truth("all", builtins.all), truth("any", builtins.any)


def cumsum(a: Any, axis: int | None = None) -> ndarray:
    """Return running sums along an axis, or over all elements."""
    given = asarray(a)
    if axis is None or not given.ndim:
        given, axis = given.ravel(), 0 if axis is None else axis
    kind, axis = sum_type(given.dtype), wrap_axis(axis, given.ndim)
    made = given.astype(kind)
    n, step = made._size[axis], made._stride[axis]
    numbers = made._storage.numbers
    rest = [d for d in range(made.ndim) if d != axis]
    starts = kernels.places([made._size[d] for d in rest], [made._stride[d] for d in rest], 0)
    for start in starts if made.size else ():
        for at in range(1, n):
            place = start + at * step
            numbers[place] = kind.held.array([numbers[place] + numbers[place - step]])[0]
    return made


METHODS = [sum, prod, mean, var, std, max, min, argmax, argmin, all, any, cumsum]
for _fn in METHODS:
    setattr(ndarray, _fn.__name__, _fn)
