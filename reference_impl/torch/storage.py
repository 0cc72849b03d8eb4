"""Where the numbers are: one flat row of memory, which many tensors may share.

A storage on the `meta` device has a length and no numbers.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator

from .dtypes import dtype
from .public import Public

__all__ = ["UntypedStorage"]


class Absent:
    """The numbers of a meta storage: there are none."""

    def __reduce__(self) -> str:
        return "ABSENT"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


class UntypedStorage(metaclass=Public):
    """A flat block of memory. Tensors that share one are views of each other.

    >>> x = torch.zeros(2, 3)
    >>> x.untyped_storage().nbytes()
    24
    >>> x.untyped_storage().data_ptr() == x.t().untyped_storage().data_ptr()
    True
    """

    __shown__ = "torch.storage.UntypedStorage"
    __slots__ = ("__weakref__", "dtype", "length", "numbers")

    def __init__(self, numbers: array | Absent, length: int, dtype: dtype) -> None:
        self.numbers = numbers
        self.length = length  # in elements
        self.dtype = dtype

    @property
    def is_meta(self) -> bool:
        """Whether the storage is on the meta device, without numbers."""
        return self.numbers is ABSENT

    def data_ptr(self) -> int:
        """Return the address of the first byte; 0 where there is none."""
        return 0 if self.is_meta or not self.length else self.numbers.buffer_info()[0]

    def nbytes(self) -> int:
        """Return the number of bytes, as torch would use them."""
        return self.length * self.dtype.itemsize

    size = nbytes
    __len__ = nbytes

    def resize_(self, nbytes: int) -> UntypedStorage:
        """Make room for `nbytes` bytes, keeping what fits."""
        self.grow(-(-nbytes // self.dtype.itemsize))
        del self.numbers[self.length :]
        return self

    def grow(self, length: int) -> None:
        """Set the length in elements; new places hold zero."""
        if not self.is_meta and length > self.length:
            self.numbers.extend(
                array(self.dtype.typecode, bytes(self.numbers.itemsize)) * (length - self.length)
            )
        self.length = length

    def tolist(self) -> list[int]:
        """Return the bytes, in this machine's order."""
        numbers = self.numbers
        if self.dtype.name == "float16":
            return list(struct.pack(f"{len(numbers)}e", *numbers))
        if self.dtype.name == "bfloat16":
            raw = numbers.tobytes()
            return [b for i in range(2, len(raw), 4) for b in raw[i : i + 2]]
        return list(numbers.tobytes())

    def __iter__(self) -> Iterator[int]:
        return iter(self.tolist())

    def __getitem__(self, index: int) -> int:
        return self.tolist()[index]

    def __repr__(self) -> str:
        device = "meta" if self.is_meta else "cpu"
        shown = "...\n" if self.is_meta else "".join(f" {byte}\n" for byte in self.tolist())
        return f"{shown}[torch.storage.UntypedStorage(device={device}) of size {self.nbytes()}]"
