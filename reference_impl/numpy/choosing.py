"""Choosing by conditions, and comparing with a tolerance."""

from __future__ import annotations

from array import array as row
from typing import Any

from ..torch import kernels
from .access import broadcast_shapes, spread
from .arrays import flat, fresh, ndarray
from .computing import (
    absolute,
    add,
    equal,
    isfinite,
    less_equal,
    logical_and,
    logical_or,
    maximum,
    meeting,
    minimum,
    multiply,
    subtract,
)
from .creation import asarray
from .dtypes import find
from .numbers import as_array

__all__ = [
    "allclose",
    "array_equal",
    "clip",
    "isclose",
    "nonzero",
    "where",
]


def where(condition: Any, x: Any = None, y: Any = None) -> Any:
    """Return elements of x where a condition holds, else of y; without them the places."""
    mask = asarray(condition)
    if x is None and y is None:
        return nonzero(mask)
    a, b, kind = meeting(x, y)
    size = broadcast_shapes(mask._size, a._size, b._size)
    rows = [kernels.convert(spread(v, size), v._storage.dtype, kind.held) for v in (a, b)]
    chosen = [p if c else q for c, p, q in zip(spread(mask, size), *rows, strict=True)]
    return fresh(kind.held.array(chosen), size, kind)


def nonzero(a: Any) -> tuple[ndarray, ...]:
    """Return the places of elements that are not zero, one array for each dimension."""
    given = asarray(a)
    places = [at for at, value in enumerate(flat(given)) if value]
    whole, found, step = find(int), [], given.size
    for n in given._size:
        step //= max(n, 1)
        found.append(fresh(row("q", [p // step % n for p in places]), (len(places),), whole))
    return tuple(found)


def clip(a: Any, a_min: Any = None, a_max: Any = None) -> Any:
    """Return elements moved to the nearest number between two bounds."""
    found = a
    if a_min is not None:
        found = maximum(found, a_min)
    return found if a_max is None else minimum(found, a_max)


def isclose(a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08) -> Any:
    """Tell which elements are equal but for a tolerance."""
    left, right = asarray(a), asarray(b)
    near = less_equal(absolute(subtract(left, right)), add(atol, multiply(rtol, absolute(right))))
    return logical_or(logical_and(near, isfinite(right)), equal(left, right))


def allclose(a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08) -> bool:
    """Tell whether all elements are equal but for a tolerance."""
    return all(flat(as_array(isclose(a, b, rtol, atol))))


def array_equal(a1: Any, a2: Any) -> bool:
    """Tell whether two arrays have one shape and equal elements."""
    left, right = asarray(a1), asarray(a2)
    return left._size == right._size and all(flat(as_array(equal(left, right))))


ndarray.nonzero = nonzero
ndarray.clip = lambda self, min=None, max=None: clip(self, min, max)
