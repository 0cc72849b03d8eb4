"""Memory seen as numbers of one type: what `Tensor.storage()` returns, the older way to see it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

from .copying import as_stored
from .devices import CPU, META, device
from .dtypes import dtype
from .public import Public
from .storage import UntypedStorage
from .tensor import Tensor
from .tensorbase import attach

__all__ = ["TypedStorage", "is_storage"]

DEPRECATED = (
    "TypedStorage is deprecated. It will be removed in the future and UntypedStorage will be the "
    "only storage class. This should only matter to you if you are using storages directly.  To "
    "access UntypedStorage directly, use tensor.untyped_storage() instead of tensor.storage()"
)

warned: list[bool] = []


class TypedStorage(metaclass=Public):
    """A flat block of memory as numbers of one type, whatever the shape of the tensors over it.

    >>> torch.ones(1, 2).untyped_storage().nbytes()
    8
    """

    __shown__ = "torch.storage.TypedStorage"

    def __init__(self, wrap_storage: UntypedStorage, dtype: dtype) -> None:
        self._untyped_storage = wrap_storage
        self.dtype = dtype

    @property
    def device(self) -> device:
        """Where the memory is."""
        return META if self._untyped_storage.is_meta else CPU

    is_cuda = False

    def untyped(self) -> UntypedStorage:
        """Return the same memory as bytes."""
        return self._untyped_storage

    def size(self) -> int:
        """Return how many numbers there are."""
        return self._untyped_storage.length

    __len__ = size

    def nbytes(self) -> int:
        """Return the bytes of all numbers."""
        return self._untyped_storage.nbytes()

    def element_size(self) -> int:
        """Return the bytes of one number."""
        return self.dtype.itemsize

    def data_ptr(self) -> int:
        """Return the address of the first number."""
        return self._untyped_storage.data_ptr()

    def tolist(self) -> list[float]:
        """Return the numbers as a list."""
        return list(map(self.dtype.to_number, self._untyped_storage.numbers))

    def type(self) -> str:
        """Return the name of the old class of such storages."""
        return f"torch.{self.dtype.scalar_name}Storage"

    def fill_(self, value: float) -> TypedStorage:
        """Set all numbers to one."""
        for at in range(len(self)):
            self[at] = value
        return self

    def place(self, index: int) -> int:
        """Return an index counted from the front.

        Raises:
            RuntimeError: for what is no integer.
            IndexError: out of range.
        """
        if isinstance(index, slice):
            raise RuntimeError("slices are only supported in UntypedStorage.__getitem__")
        if not isinstance(index, int):
            raise RuntimeError(f"can't index a {type(self)!r} with {type(index)!r}")
        if not -len(self) <= index < len(self):
            raise IndexError(f"index {index} out of range for storage of size {len(self)}")
        return index % len(self)

    def __getitem__(self, index: int) -> float:
        at = self.place(index)
        return self.dtype.to_number(self._untyped_storage.numbers[at])

    def __setitem__(self, index: int, value: float) -> None:
        at = self.place(index)
        numbers = self._untyped_storage.numbers
        numbers[at] = self.dtype.array([as_stored(value, self.dtype)])[0]
        self._untyped_storage.keep(numbers)

    def __iter__(self) -> Iterator[float]:
        return iter(self.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TypedStorage) and self._untyped_storage is other._untyped_storage

    __hash__ = None

    def __repr__(self) -> str:
        meta = self._untyped_storage.is_meta
        shown = "...\n" if meta else "".join(f" {number}\n" for number in self)
        return (
            f"{shown}[torch.storage.TypedStorage(dtype={self.dtype}, device={self.device}) "
            f"of size {len(self)}]"
        )

    def __getattr__(self, name: str) -> object:
        raise AttributeError(f"'torch.storage.TypedStorage' object has no attribute '{name}'")


@attach
def storage(self: Tensor) -> TypedStorage:
    """Return the memory, which views share, as numbers; `untyped_storage()` returns it as bytes."""
    if not warned:  # once in a process, whatever torch.set_warn_always says
        warned.append(True)
        warnings.warn(DEPRECATED, UserWarning, stacklevel=2)
    return TypedStorage(self._storage, self.dtype)


def is_storage(obj: object) -> bool:
    """Tell whether an object is memory that tensors lie over.

    >>> torch.is_storage(torch.ones(2).untyped_storage()), torch.is_storage(torch.ones(2))
    (True, False)
    """
    return isinstance(obj, (UntypedStorage, TypedStorage))
