"""The same bytes as another type: four bytes that were a float32, read as an int32."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from .dtypes import dtype
from .storage import UntypedStorage, packed, unpacked


class Reinterpreted(UntypedStorage):
    """Memory of a storage, its bytes read as numbers of another type.

    The numbers are made whenever they are asked for; whoever writes to them brings them
    back by `keep`.
    """

    __slots__ = ("origin",)

    def __init__(self, origin: UntypedStorage, dtype: dtype) -> None:
        self.origin = origin
        self.dtype = dtype
        self.length = origin.nbytes() // dtype.itemsize

    @property
    def numbers(self) -> array:
        """The numbers as they are now."""
        origin = self.origin
        if origin.is_meta:
            return origin.numbers
        raw = packed(origin.numbers, origin.dtype)
        return unpacked(raw[: self.length * self.dtype.itemsize], self.dtype)

    def keep(self, numbers: array) -> None:
        """Write the numbers back."""
        origin = self.origin
        raw = packed(origin.numbers, origin.dtype)
        memory = origin.numbers
        written = packed(numbers, self.dtype)
        memory[:] = unpacked(written + raw[len(written) :], origin.dtype)
        origin.keep(memory)

    @property
    def is_meta(self) -> bool:
        """Whether the storage is on the meta device, without numbers."""
        return self.origin.is_meta

    def data_ptr(self) -> int:
        """Return the address of the first byte."""
        return self.origin.data_ptr()

    def __reduce__(self) -> tuple:
        return UntypedStorage, (self.numbers, self.length, self.dtype)


def reinterpreted(storage: UntypedStorage, target: dtype) -> UntypedStorage:
    """Return the memory of a storage as numbers of another type."""
    origin = storage.origin if isinstance(storage, Reinterpreted) else storage
    return origin if origin.dtype is target else Reinterpreted(origin, target)


def geometry(
    size: Sequence[int], stride: Sequence[int], offset: int, source: dtype, target: dtype
) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """Return size, stride and offset of the same bytes as another type.

    A wider type makes one element of several neighbours in the last dimension, which must
    then lie side by side and be enough; a narrower one makes several of one.
    (`view_dtype` in ATen/native/TensorConversions.cpp)

    Raises:
        RuntimeError: if the elements cannot be grouped or cut that way.
    """
    to = f"view {source.scalar_name} as {target.scalar_name} (different element sizes)"
    if source.itemsize == target.itemsize:
        return tuple(size), tuple(stride), offset
    if not size:
        raise RuntimeError(f"self.dim() cannot be 0 to {to}")
    if source.itemsize > target.itemsize:
        check_last(stride, to)
        times = source.itemsize // target.itemsize
        return (
            (*size[:-1], size[-1] * times),
            (*(s * times for s in stride[:-1]), 1),
            offset * times,
        )
    group = target.itemsize // source.itemsize
    must = f"must be divisible by {group} to {to}, but got"
    if size[-1] % group:
        raise RuntimeError(f"self.size(-1) {must} {size[-1]}")
    if offset % group:
        raise RuntimeError(f"self.storage_offset() {must} {offset}")
    check_last(stride, to)
    for d, s in enumerate(stride[:-1]):
        if s % group:
            raise RuntimeError(f"self.stride({d}) {must} {s}")
    return (
        (*size[:-1], size[-1] // group),
        (*(s // group for s in stride[:-1]), 1),
        offset // group,
    )


def check_last(stride: Sequence[int], to: str) -> None:
    """Raise unless the elements of a row lie side by side."""
    if stride[-1] != 1:
        raise RuntimeError(f"self.stride(-1) must be 1 to {to}, but got {stride[-1]}")
