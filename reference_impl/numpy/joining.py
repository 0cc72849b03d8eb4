"""Joining arrays along a dimension, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .arrays import ndarray
from .creation import asarray, zeros
from .dtypes import promote

__all__ = [
    "concatenate",
    "expand_dims",
    "hstack",
    "stack",
    "vstack",
]


def concatenate(arrays: Sequence[Any], axis: int | None = 0) -> ndarray:
    """Return arrays joined along a dimension that exists; flat ones if `axis` is None.

    Raises:
        ValueError: if another dimension differs.
    """
    parts = [asarray(a) for a in arrays]
    if not parts:
        raise ValueError("need at least one array to concatenate")
    if axis is None:
        parts, axis = [part.ravel() for part in parts], 0
    if not parts[0].ndim:
        raise ValueError("zero-dimensional arrays cannot be concatenated")
    kind = parts[0].dtype
    for at, part in enumerate(parts):
        kind = promote(kind, part.dtype)
        if part.ndim != parts[0].ndim:
            raise ValueError(
                "all the input arrays must have same number of dimensions, but the array at "
                f"index 0 has {parts[0].ndim} dimension(s) and the array at index {at} has "
                f"{part.ndim} dimension(s)"
            )
        for d, (n, m) in enumerate(zip(parts[0]._size, part._size, strict=True)):
            if n != m and d != axis % part.ndim:
                raise ValueError(
                    "all the input array dimensions except for the concatenation axis must match "
                    f"exactly, but along dimension {d}, the array at index 0 has size {n} and the "
                    f"array at index {at} has size {m}"
                )
    size = list(parts[0]._size)
    axis %= len(size)
    size[axis] = sum(part._size[axis] for part in parts)
    made, at = zeros(size, kind), 0
    for part in parts:
        made[(slice(None),) * axis + (slice(at, at + part._size[axis]),)] = part
        at += part._size[axis]
    return made


def expand_dims(a: Any, axis: int) -> ndarray:
    """Return a view with a new dimension of size 1."""
    given = asarray(a)
    return given[(slice(None),) * (axis % (given.ndim + 1)) + (None,)]


def stack(arrays: Sequence[Any], axis: int = 0) -> ndarray:
    """Return arrays of one shape joined along a new dimension.

    Raises:
        ValueError: if the shapes differ.
    """
    parts = [asarray(a) for a in arrays]
    if len({part._size for part in parts}) > 1:
        raise ValueError("all input arrays must have the same shape")
    return concatenate([expand_dims(part, axis) for part in parts], axis)


def vstack(tup: Sequence[Any]) -> ndarray:
    """Return arrays joined as rows."""
    return concatenate([asarray(a).reshape(1, -1) if asarray(a).ndim < 2 else a for a in tup], 0)


def hstack(tup: Sequence[Any]) -> ndarray:
    """Return arrays joined side by side."""
    parts = [asarray(a).reshape(-1) if not asarray(a).ndim else asarray(a) for a in tup]
    return concatenate(parts, 0 if parts[0].ndim == 1 else 1)
