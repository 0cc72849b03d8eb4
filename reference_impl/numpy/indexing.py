"""What an index means: integers and slices give views, arrays of places and masks give copies."""

from __future__ import annotations

import math
import operator
from array import array as row
from collections.abc import Callable
from typing import Any

from ..torch import kernels
from ..torch.shapes import contiguous_stride
from .arrays import flat, fresh, ndarray, view
from .dtypes import dtype
from .numbers import bool_

NOT_AN_INDEX = (
    "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean "
    "arrays are valid indices"
)


def is_list(index: Any) -> bool:
    """Tell whether an index picks places one by one."""
    return isinstance(index, (list, ndarray)) or (
        isinstance(index, (bool, bool_)) or hasattr(index, "untyped_storage")
    )


def one_index(index: Any, convert: Callable[[Any], ndarray]) -> Any:
    """Return one index as an integer, a slice, None, `...`, places, or a mask.

    Raises:
        IndexError: for what is no index.
    """
    if is_list(index):
        found = convert(index)
        if found.dtype.kind == "b":
            if not found.ndim:
                raise NotImplementedError("indexing by True or False is not part of reference_impl")
            return found
        if found.dtype.kind == "f" and found.size:
            raise IndexError("arrays used as indices must be of integer (or boolean) type")
        return found.astype("int64")
    if index is None or index is ... or isinstance(index, slice):
        return index
    try:
        return operator.index(index)
    except TypeError:
        raise IndexError(NOT_AN_INDEX) from None


def is_mask(index: Any) -> bool:
    """Tell an array of truth values."""
    return isinstance(index, ndarray) and index.dtype.kind == "b"


def spelled(array: ndarray, key: Any, convert: Callable[[Any], ndarray]) -> list:
    """Return an index for each dimension, masks as places, and None for new dimensions.

    Raises:
        IndexError: more indices than dimensions, or what is no index.
    """
    items = [one_index(i, convert) for i in (key if isinstance(key, tuple) else (key,))]
    used = 0
    for index in items:
        used += index.ndim if is_mask(index) else index is not None and index is not ...
    if sum(index is ... for index in items) > 1:
        raise IndexError("an index can only have a single ellipsis ('...')")
    if used > array.ndim:
        raise IndexError(
            f"too many indices for array: array is {array.ndim}-dimensional, but {used} were "
            "indexed"
        )
    at = next((n for n, i in enumerate(items) if i is ...), len(items))
    whole = [*items[:at], *[slice(None)] * (array.ndim - used), *items[at + 1 :]]
    found: list = []
    axis = 0
    for index in whole:
        if is_mask(index):
            found.extend(places_of(index, array, axis))
            axis += index.ndim
        else:
            found.append(index)
            axis += index is not None
    return found


def places_of(mask: ndarray, array: ndarray, axis: int) -> list[ndarray]:
    """Return the places where a mask is true, one array for each of its dimensions."""
    for at, n in enumerate(mask._size):
        if axis + at < array.ndim and array._size[axis + at] != n:
            raise IndexError(
                f"boolean index did not match indexed array along axis {axis + at}; size of axis "
                f"is {array._size[axis + at]} but size of corresponding boolean axis is {n}"
            )
    true = [at for at, value in enumerate(flat(mask)) if value]
    found = []
    for step, n in zip(contiguous_stride(mask._size), mask._size, strict=True):
        places = [at // step % n for at in true]
        found.append(fresh(row("q", places), (len(places),), dtype.known["int64"]))
    return found


def check_place(index: int, axis: int, n: int) -> None:
    """Raise if there is no such place along an axis of size `n`."""
    if not -n <= index < n:
        raise IndexError(f"index {index} is out of bounds for axis {axis} with size {n}")


def looked_at(array: ndarray, items: list) -> tuple[ndarray, list[tuple[int, ndarray]]]:
    """Return the view that integers and slices give, and the arrays of places, by dimension.

    Raises:
        IndexError: an integer out of range.
    """
    if any(isinstance(index, ndarray) for index in items):  # then integers are places, too
        whole = dtype.known["int64"]
        items = [fresh(row("q", [i]), (), whole) if isinstance(i, int) else i for i in items]
    size, stride, offset, axis = [], [], array._offset, 0
    lists: list[tuple[int, ndarray]] = []
    for index in items:
        if index is None:
            size.append(1)
            stride.append(0)
            continue
        n, s = array._size[axis], array._stride[axis]
        if isinstance(index, ndarray):
            for place in flat(index):
                check_place(place, axis, n)
            lists.append((len(size), index))
            size.append(n)
            stride.append(s)
        elif isinstance(index, slice):
            start, stop, step = index.indices(n)
            count = len(range(start, stop, step))
            offset += start * s if count else 0
            size.append(count)
            stride.append(s * step)
        else:
            check_place(index, axis, n)
            offset += index % n * s
        axis += 1
    return view(array, size, stride, offset), lists


def picked(seen: ndarray, lists: list[tuple[int, ndarray]], joined: Any) -> tuple[list[int], tuple]:
    """Return the storage places that arrays of places pick from a view, and the shape they form.

    Adjacent arrays put their shape where they stand; others put it in front.
    """
    axes = [axis for axis, _ in lists]
    shape, expanded = joined([index for _, index in lists])
    starts = [0] * math.prod(shape)
    for axis, places in zip(axes, expanded, strict=True):
        n, s = seen._size[axis], seen._stride[axis]
        for at, place in enumerate(places):
            starts[at] += place % n * s
    rest = [axis for axis in range(seen.ndim) if axis not in axes]
    adjacent = axes == list(range(axes[0], axes[0] + len(axes)))
    before = [axis for axis in rest if axis < axes[0]] if adjacent else []
    after = rest[len(before) :]
    steps = [[seen._stride[a] for a in part] for part in (before, after)]
    sizes = [[seen._size[a] for a in part] for part in (before, after)]
    outer = kernels.places(sizes[0], steps[0], seen._offset)
    inner = kernels.places(sizes[1], steps[1], 0)
    found = [a + b + c for a in outer for b in starts for c in inner] if 0 not in seen._size else []
    if 0 in sizes[0] or 0 in sizes[1] or not starts:
        found = []
    return found, (*sizes[0], *shape, *sizes[1])
