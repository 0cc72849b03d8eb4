"""Products of matrices, sorting, rounding; and methods of arrays as functions."""

from __future__ import annotations

import builtins
import math
import operator
from array import array as row
from collections.abc import Sequence
from typing import Any

from ..torch import kernels
from .arrays import flat, fresh, ndarray, wrap_axis
from .computing import multiply
from .creation import asarray, measured
from .dtypes import find, promote
from .numbers import simple

__all__ = [
    "argsort",
    "around",
    "copy",
    "dot",
    "matmul",
    "may_share_memory",
    "ndim",
    "ravel",
    "reshape",
    "round",
    "shape",
    "shares_memory",
    "sort",
    "squeeze",
    "take_along_axis",
    "transpose",
    "unique",
]


def dot(a: Any, b: Any) -> Any:
    """Return a product of vectors or matrices: sums of products along the inner dimension."""
    left, right = asarray(a), asarray(b)
    if not left.ndim or not right.ndim:
        return multiply(left, right)
    return matmul(left, right)


def matmul(x1: Any, x2: Any) -> Any:
    """Return a matrix product: the last dimension of one by the last but one of the other.

    Raises:
        ValueError: if they differ.
        NotImplementedError: for batches of matrices.
    """
    left, right = asarray(x1), asarray(x2)
    if left.ndim > 2 or right.ndim > 2:
        raise NotImplementedError("numpy.matmul of batches is not part of reference_impl")
    a = left.reshape(1, -1) if left.ndim == 1 else left
    b = right.reshape(-1, 1) if right.ndim == 1 else right
    if a._size[1] != b._size[0]:
        raise ValueError(
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
            f"(n?,k),(k,m?)->(n?,m?) (size {b._size[0]} is different from {a._size[1]})"
        )
    kind = promote(a.dtype, b.dtype)
    rows = [flat(r) for r in a.astype(kind)]
    columns = [flat(c) for c in b.T.astype(kind)]
    made = [builtins.sum(map(operator.mul, r, c)) for r in rows for c in columns]
    size = (*left._size[:-1], *(right._size[1:] if right.ndim == 2 else ()))
    return simple(fresh(kind.held.array(made), size, kind))


def sort(a: Any, axis: int = -1) -> ndarray:
    """Return a sorted copy, along the last axis unless told otherwise; nan comes last."""
    given = asarray(a)
    places = argsort(given, axis)
    return take_along_axis(given, places, axis)


def argsort(a: Any, axis: int = -1, kind: str | None = None, stable: bool | None = None) -> ndarray:
    """Return the places that would sort an array along an axis; equal elements keep their order."""
    given = asarray(a)
    axis = wrap_axis(axis, given.ndim)
    moved = given.swapaxes(axis, -1)
    n, values, found = moved._size[-1], flat(moved), row("q")
    for at in range(0, len(values), n or 1):
        line = values[at : at + n]
        found.extend(sorted(range(n), key=lambda i, line=line: (line[i] != line[i], line[i])))
    return fresh(found, moved._size, find(int)).swapaxes(axis, -1)


def take_along_axis(arr: Any, indices: Any, axis: int = -1) -> ndarray:
    """Return for each place the element at a given place along an axis."""
    given, places = asarray(arr), asarray(indices)
    axis = wrap_axis(axis, given.ndim)
    moved, chosen = given.swapaxes(axis, -1), places.swapaxes(axis, -1)
    n, m, values, at = moved._size[-1], chosen._size[-1], flat(moved), flat(chosen)
    found = [values[i // m * n + at[i]] for i in range(len(at))]
    kept = fresh(row(values.typecode, found), chosen._size, given.dtype)
    return kept.swapaxes(axis, -1).copy()


def round(a: Any, decimals: int = 0) -> Any:
    """Return elements rounded to a number of digits behind the point, halves to the even digit."""
    given = asarray(a)
    if given.dtype.kind != "f":
        return simple(given.copy())
    scale = 10.0**decimals
    found = [half(v * scale) / scale if math.isfinite(v) else v for v in flat(given)]
    return simple(fresh(given._storage.dtype.array(found), given._size, given.dtype))


around = round


def half(value: float) -> float:
    """Round to a whole number, halves to the even one; the sign of zero stays."""
    return math.copysign(float(builtins.round(value)), value)


METHODS = [dot, argsort, round]
for _fn in METHODS:
    setattr(ndarray, _fn.__name__, _fn)
ndarray.__matmul__ = lambda self, other: matmul(self, other)
ndarray.__rmatmul__ = lambda self, other: matmul(other, self)


def sort_in_place(self: ndarray, axis: int = -1) -> None:
    """Sort the array itself."""
    self[...] = sort(self, axis)


ndarray.sort = sort_in_place


def transpose(a: Any, axes: Sequence[int] | None = None) -> ndarray:
    """Return a view with the dimensions in another order."""
    return asarray(a).transpose(axes)


def reshape(a: Any, shape: Any) -> ndarray:
    """Return the elements in row-major order under another shape."""
    return asarray(a).reshape(shape)


def ravel(a: Any) -> ndarray:
    """Return the elements in one dimension."""
    return asarray(a).ravel()


def squeeze(a: Any, axis: Any = None) -> ndarray:
    """Return a view without dimensions of size 1."""
    return asarray(a).squeeze(axis)


def copy(a: Any) -> ndarray:
    """Return the same numbers in memory of their own."""
    return asarray(a).copy()


def shape(a: Any) -> tuple[int, ...]:
    """Return the sizes of the dimensions."""
    return a.shape if hasattr(a, "shape") else measured(a)


def ndim(a: Any) -> int:
    """Return the number of dimensions."""
    return asarray(a).ndim


def shares_memory(a: ndarray, b: ndarray) -> bool:
    """Tell whether two arrays have an element in common."""
    if a._storage is not b._storage:
        return False
    mine = kernels.places(a._size, a._stride, a._offset) if a.size else []
    return not set(mine).isdisjoint(kernels.places(b._size, b._stride, b._offset) if b.size else [])


may_share_memory = shares_memory


def unique(ar: Any) -> ndarray:
    """Return the different elements, sorted."""
    given = asarray(ar)
    found = sorted(set(flat(given)))
    return fresh(given._storage.dtype.array(found), (len(found),), given.dtype)
