"""Functions of one matrix, applied to each matrix of a tensor."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence

from ..dtypes import dtype
from ..shapes import contiguous_stride
from ..storage import ABSENT
from ..tensor import Tensor, fresh, strided
from ..tensorbase import numbers


def column_stride(size: Sequence[int]) -> tuple[int, ...]:
    """Return the strides of matrices that lie by columns, as LAPACK leaves them."""
    if len(size) < 2:
        return contiguous_stride(size)
    rows = max(size[-2], 1)
    outer = contiguous_stride((*size[:-2], size[-2] * size[-1]))[:-1]
    return (*outer, 1, rows)


def each(
    fn: Callable[..., Sequence],
    inputs: Sequence[Tensor],
    results: Sequence[tuple[Sequence[int], dtype]],
    *,
    by_columns: bool = True,
) -> list[Tensor]:
    """Return new tensors, made by a function of each matrix, without history.

    Args:
        fn: called with the rows of a matrix of each input; returns, for each result, its
            numbers in row-major order.
        inputs: `(*, M, N)`, all with the same `*`.
        results: the size and type of each.
        by_columns: whether results of two or more dimensions lie by columns.
    """
    flats = [numbers(x) for x in inputs]
    if any(flat is ABSENT for flat in flats):
        found = [ABSENT for _ in results]
    else:
        found = [kind.array([]) for _, kind in results]
        for at in range(math.prod(inputs[0]._size[:-2])):
            cut = [rows(flat, *x._size[-2:], at) for flat, x in zip(flats, inputs, strict=True)]
            for whole, part, (_, kind) in zip(found, fn(*cut), results, strict=True):
                whole.extend(kind.array(part))
    return [
        strided(values, size, column_stride(size), kind)
        if by_columns and len(size) > 1
        else fresh(values, size, kind)
        for values, (size, kind) in zip(found, results, strict=True)
    ]


def rows(flat: array, height: int, width: int, at: int) -> list[array]:
    """Return the rows of one of several matrices."""
    start = at * height * width
    return [flat[start + i * width : start + (i + 1) * width] for i in range(height)]


def flattened(matrix: Sequence[Sequence[float]]) -> list[float]:
    """Return the numbers of rows, one after the other."""
    return [value for row in matrix for value in row]


def by_columns(a: Tensor) -> Tensor:
    """Return the same matrices, lying by columns."""
    return a.mT.contiguous().mT.detach()
