"""Reading and writing parts of arrays, and letting shapes meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..torch.shapes import expanded_stride
from .arrays import cast, fresh, gathered, ndarray, stored, view
from .creation import asarray, is_sequence, of_numbers, shaped
from .dtypes import dtype
from .indexing import looked_at, picked, spelled
from .numbers import generic, scalar

__all__ = [
    "broadcast_shapes",
    "broadcast_to",
]


def broadcast_shapes(*shapes: Sequence[int]) -> tuple[int, ...]:
    """Return the shape in which shapes meet.

    Raises:
        ValueError: if they do not.
    """
    ndim = max(map(len, shapes), default=0)
    met = []
    for at in range(-ndim, 0):
        sizes = {shape[at] for shape in shapes if len(shape) >= -at} - {1}
        if len(sizes) > 1:
            shown = " ".join(str(tuple(shape)).replace(", ", ",") for shape in shapes)
            raise ValueError(f"operands could not be broadcast together with shapes {shown} ")
        met.append(sizes.pop() if sizes else 1)
    return tuple(met)


def spread(array: ndarray, size: Sequence[int]) -> Any:
    """Return an array's elements in row-major order as if it had a shape it broadcasts to."""
    stride = expanded_stride(array._size, array._stride, size)
    return gathered(array._storage, size, stride, array._offset)


def broadcast_to(array: Any, shape: Any) -> ndarray:
    """Return a read-only view of an array under a shape it broadcasts to."""
    given, size = asarray(array), shaped(shape)
    stride = expanded_stride(given._size, given._stride, size)
    made = view(given, size, stride, given._offset)
    made._writeable = False
    return made


def joined(lists: Sequence[ndarray]) -> tuple[tuple[int, ...], list]:
    """Return the shape that arrays of places meet in, and each one's places.

    Raises:
        IndexError: if they do not meet.
    """
    try:
        shape = broadcast_shapes(*(places._size for places in lists))
    except ValueError as error:
        shown = str(error).rpartition("shapes ")[2]
        raise IndexError(
            f"shape mismatch: indexing arrays could not be broadcast together with shapes {shown}"
        ) from None
    return shape, [spread(places, shape) for places in lists]


def getitem(self: ndarray, key: Any) -> Any:
    """Return what an index picks: a view, or, of places one by one, a copy."""
    seen, lists = looked_at(self, spelled(self, key, asarray))
    if lists:
        places, size = picked(seen, lists, joined)
        numbers = self._storage.numbers
        return fresh(
            type(numbers)(numbers.typecode, [numbers[i] for i in places]), size, self.dtype
        )
    whole = isinstance(key, tuple) and ... in [k for k in key if k is ...]
    return seen if seen._size or whole or key is ... else scalar(seen)


def setitem(self: ndarray, key: Any, value: Any) -> None:
    """Write to what an index picks.

    Raises:
        ValueError: if the value has a shape that does not fit.
    """
    if not self._writeable:
        raise ValueError("assignment destination is read-only")
    seen, lists = looked_at(self, spelled(self, key, asarray))
    places, size = picked(seen, lists, joined) if lists else (None, seen._size)
    given = value if isinstance(value, ndarray) else assigned(value, self.dtype)
    fitted = given
    while len(fitted._size) > len(size) and fitted._size[0] == 1:
        fitted = fitted.reshape(fitted._size[1:])
    try:
        if broadcast_shapes(fitted._size, size) != size:
            raise ValueError
    except ValueError:
        shown = [str(tuple(s)).replace(", ", ",") for s in (given._size, size)]
        if lists:
            raise ValueError(
                f"shape mismatch: value array of shape {shown[0]} could not be broadcast to "
                f"indexing result of shape {shown[1]}"
            ) from None
        raise ValueError(
            f"could not broadcast input array from shape {shown[0]} into shape {shown[1]}"
        ) from None
    values = cast(spread(fitted, size), fitted.dtype, self.dtype)
    if places is None:
        stored(seen, values[:])
        return
    numbers = self._storage.numbers
    for place, number in zip(places, values, strict=True):
        numbers[place] = number
    self._storage.keep(numbers)


def assigned(value: Any, kind: dtype) -> ndarray:
    """Return what is to be written, numbers of Python's already as the array's type."""
    if kind.kind == "O":
        return of_numbers(value, kind)
    if is_sequence(value) or hasattr(value, "untyped_storage") or isinstance(value, generic):
        return asarray(value)
    return of_numbers(value, kind)


ndarray.__getitem__, ndarray.__setitem__ = getitem, setitem
