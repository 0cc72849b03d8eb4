"""Where the numbers are: one flat row of memory, which many tensors may share.

A storage on the `meta` device has a length and no numbers.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator

from .dtypes import dtype, uint8
from .public import Public

__all__ = ["UntypedStorage"]


UPPER = 1 if sys.byteorder == "little" else 0  # which two bytes of a float32 weigh more


class Absent:
    """The numbers of a meta storage: there are none."""

    def __reduce__(self) -> str:
        return "ABSENT"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


NOT_RESIZABLE = "Trying to resize storage that is not resizable"


def packed(numbers: array, dtype: dtype) -> bytes:
    """Return numbers as torch keeps them: halves, which stand in four bytes here, in two."""
    if dtype.name == "float16":
        return struct.pack(f"{len(numbers)}e", *numbers)
    if dtype.name == "bfloat16":
        return array("H", numbers.tobytes())[UPPER::2].tobytes()
    return numbers.tobytes()


def unpacked(raw: bytes | memoryview, dtype: dtype) -> array:
    """Return numbers from bytes as torch keeps them: the reverse of `packed`."""
    numbers = array(dtype.typecode)
    if dtype.name == "float16":
        return array("f", struct.unpack(f"{len(raw) // 2}e", raw))
    if dtype.name == "bfloat16":
        halves = array("H", bytes(2 * len(raw)))
        halves[UPPER::2] = array("H", bytes(raw))
        raw = halves.tobytes()
    numbers.frombytes(raw)
    return numbers


class UntypedStorage(metaclass=Public):
    """A flat block of memory. Tensors that share one are views of each other.

    >>> x = torch.zeros(2, 3)
    >>> x.untyped_storage().nbytes()
    24
    >>> x.untyped_storage().data_ptr() == x.t().untyped_storage().data_ptr()
    True
    """

    __shown__ = "torch.storage.UntypedStorage"
    __slots__ = ("__weakref__", "dtype", "length", "numbers", "shared")

    def __init__(self, numbers: array | Absent, length: int, dtype: dtype) -> None:
        self.numbers = numbers
        self.length = length  # in elements
        self.dtype = dtype

    def keep(self, numbers: array) -> None:
        """Take back `numbers` after they were written to: here they never left."""

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
        """Set the length in elements; new places hold zero.

        Raises:
            RuntimeError: if an array shares the memory, which can then not move.
        """
        if not self.is_meta and length > self.length:
            zeros = array(
                self.dtype.typecode, bytes(self.numbers.itemsize * (length - self.length))
            )
            try:
                self.numbers.extend(zeros)
            except BufferError:
                raise RuntimeError(NOT_RESIZABLE) from None
        self.length = length

    def tobytes(self) -> bytes:
        """Return the bytes, in this machine's order."""
        return packed(self.numbers, self.dtype)

    def tolist(self) -> list[int]:
        """Return the bytes as a list."""
        return list(self.tobytes())

    def __iter__(self) -> Iterator[int]:
        return iter(self.tolist())

    def __getitem__(self, index: int | slice) -> int | UntypedStorage:
        if isinstance(index, slice):
            found = array("B", self.tobytes()[index])
            return UntypedStorage(found, len(found), uint8)
        if not isinstance(index, int):
            raise TypeError(f"can't index a torch.UntypedStorage with {type(index).__name__}")
        if not -len(self) <= index < len(self):
            raise IndexError(f"index {index} out of range for storage of size {len(self)}")
        return self.tolist()[index]

    def __repr__(self) -> str:
        device = "meta" if self.is_meta else "cpu"
        shown = "...\n" if self.is_meta else "".join(f" {byte}\n" for byte in self.tolist())
        return f"{shown}[torch.storage.UntypedStorage(device={device}) of size {self.nbytes()}]"


class Lent(UntypedStorage):
    """Memory that belongs to a NumPy array, or has been handed to one.

    Python's `array` cannot lie over memory of others. So numbers are fetched whenever
    they are asked for, and whoever writes to them brings them back by `keep`.
    """

    __slots__ = ()
    memory = UntypedStorage.numbers  # the slot itself: it holds the array that lends

    @property
    def numbers(self) -> array:
        """The numbers as they are now."""
        return unpacked(memoryview(self.memory).cast("B"), self.dtype)

    def keep(self, numbers: array) -> None:
        """Write the numbers back."""
        memoryview(self.memory).cast("B")[:] = packed(numbers, self.dtype)

    @property
    def is_meta(self) -> bool:
        """Whether there are no numbers: never."""
        return False

    def data_ptr(self) -> int:
        """Return the address of the first byte."""
        return self.memory.__array_interface__["data"][0]

    def __reduce__(self) -> tuple:
        return UntypedStorage, (self.numbers, self.length, self.dtype)

    def grow(self, length: int) -> None:
        """Raise: the memory is not torch's to enlarge."""
        raise RuntimeError(NOT_RESIZABLE)


def lend(storage: UntypedStorage, memory: object) -> None:
    """Move what a storage holds into a flat array, and let both use that from now on."""
    numbers = storage.numbers
    UntypedStorage.numbers.__set__(storage, memory)
    storage.__class__ = Lent
    storage.keep(numbers)
