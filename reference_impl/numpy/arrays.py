"""The array: numbers in a storage, seen under a shape and strides."""

from __future__ import annotations

import math
import operator
from array import array as row
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from ..torch import kernels
from ..torch.public import NotHere
from ..torch.shapes import contiguous_stride, is_contiguous, view_stride
from ..torch.storage import UntypedStorage
from . import printing
from .dtypes import OF_ENGINE, dtype, find
from .objects import Row

LEFT_OUT = """
argpartition byteswap choose compress conj conjugate ctypes device diagonal dump dumps getfield
imag mT newbyteorder partition put real searchsorted setfield setflags to_device tobytes tofile
trace view
""".split()


class ndarray:
    """Numbers of one type under a shape. Views share memory, also with tensors.

    >>> import numpy as np
    >>> a = np.arange(6).reshape(2, 3)
    >>> a[:, ::-1]
    array([[2, 1, 0],
           [5, 4, 3]])
    >>> a.T[0] = 9
    >>> a
    array([[9, 1, 2],
           [9, 4, 5]])
    """

    __array_priority__ = 0.0
    _writeable = True

    def __init__(self, *args: object, **kwargs: object) -> None:
        raise NotImplementedError(
            "numpy.ndarray(...) is not part of reference_impl; use numpy.array"
        )

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes of the dimensions."""
        return self._size

    @property
    def dtype(self) -> dtype:
        """The type of the elements."""
        return OF_ENGINE[self._storage.dtype]

    @property
    def strides(self) -> tuple[int, ...]:
        """How many bytes apart the neighbours along each dimension are."""
        return tuple(step * self.itemsize for step in self._stride)

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return len(self._size)

    @property
    def size(self) -> int:
        """The number of elements."""
        return math.prod(self._size)

    @property
    def itemsize(self) -> int:
        """The bytes of one element."""
        return self._storage.dtype.itemsize

    @property
    def nbytes(self) -> int:
        """The bytes of all elements."""
        return self.size * self.itemsize

    @property
    def T(self) -> ndarray:
        """The array with its dimensions in reverse order."""
        return view(self, self._size[::-1], self._stride[::-1], self._offset)

    @property
    def base(self) -> object:
        """The storage's owner if the array is a view of another, else None."""
        return self._base

    @property
    def flags(self) -> SimpleNamespace:
        """What the memory is like: `writeable`, `c_contiguous`, `f_contiguous`, `owndata`."""
        return SimpleNamespace(
            writeable=self._writeable,
            c_contiguous=is_contiguous(self._size, self._stride),
            f_contiguous=is_contiguous(self._size[::-1], self._stride[::-1]),
            owndata=self._base is None,
        )

    @property
    def __array_interface__(self) -> dict[str, Any]:
        """Where the memory is, by the protocol that arrays of different libraries share."""
        start = self._storage.data_ptr() + self._offset * self.itemsize
        return {
            "data": (start, not self._writeable),
            "strides": None if is_contiguous(self._size, self._stride) else self.strides,
            "descr": [("", self.dtype.str)],
            "typestr": self.dtype.str,
            "shape": self._size,
            "version": 3,
        }

    @property
    def flat(self) -> Iterator[Any]:
        """The elements, one after the other."""
        return iter(self.ravel())

    def item(self, *place: int) -> Any:
        """Return the only element, or that at a place, as a Python number."""
        if place:
            found = self[place[0] if len(place) == 1 and self.ndim == 1 else place]
            return found if self.dtype.kind == "O" else found.item()
        if self.size != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        return self._storage.dtype.to_number(self._storage.numbers[self._offset])

    def tolist(self) -> Any:
        """Return the elements as nested lists of Python numbers."""
        if not self._size:
            return self.item()
        if self.dtype.kind == "O" and self.ndim == 1:
            return list(flat(self))
        return [part.tolist() for part in self]

    def astype(
        self, dtype: Any, order: str = "K", casting: str = "unsafe", copy: bool = True
    ) -> ndarray:
        """Return the numbers as another type: towards zero, wrapped, or as truth values."""
        target = find(dtype)
        if target is self.dtype and not copy:
            return self
        return fresh(cast(flat(self), self.dtype, target)[:], self._size, target)

    def copy(self, order: str = "C") -> ndarray:
        """Return the same numbers in memory of their own."""
        return fresh(flat(self)[:], self._size, self.dtype)

    __copy__ = copy

    def __deepcopy__(self, memo: dict) -> ndarray:
        return self.copy()

    def __reduce__(self) -> tuple:
        return rebuild, (flat(self).tolist(), self._size, self.dtype.name)

    def fill(self, value: Any) -> None:
        """Set every element to one number."""
        self[...] = value

    def reshape(self, *shape: Any, order: str = "C") -> ndarray:
        """Return the elements in row-major order under another shape: a view where possible."""
        sizes = tuple(shape[0]) if len(shape) == 1 and hasattr(shape[0], "__len__") else shape
        wanted = tuple(map(operator.index, sizes))
        size = tuple(wanted)
        if size.count(-1) > 1:
            raise ValueError("can only specify one unknown dimension")
        if -1 in size:
            rest = -math.prod(size)
            free = self.size // rest if rest and self.size % rest == 0 else -1
            size = tuple(free if n == -1 else n for n in size)
        if math.prod(size) != self.size or any(n < 0 for n in size):
            sizes = ["newaxis" if n == -1 else str(n) for n in wanted]
            shown = f"({','.join(sizes)}{',' if len(sizes) == 1 else ''})"
            raise ValueError(f"cannot reshape array of size {self.size} into shape {shown}")
        stride = view_stride(self._size, self._stride, size)
        if stride is None:
            return fresh(flat(self)[:], size, self.dtype)
        return view(self, size, stride, self._offset)

    def ravel(self, order: str = "C") -> ndarray:
        """Return the elements in one dimension: a view if the array is contiguous."""
        if is_contiguous(self._size, self._stride):
            return self.reshape(-1) if self.size else self.reshape(0)
        return self.flatten()

    def flatten(self, order: str = "C") -> ndarray:
        """Return a copy of the elements in one dimension."""
        return fresh(flat(self)[:], (self.size,), self.dtype)

    def transpose(self, *axes: Any) -> ndarray:
        """Return a view with the dimensions in another order; in reverse order without one."""
        if not axes or axes == (None,):
            return self.T
        order = axes[0] if len(axes) == 1 and hasattr(axes[0], "__len__") else axes
        if len(order) != self.ndim:
            raise ValueError("axes don't match array")
        places = [wrap_axis(axis, self.ndim) for axis in order]
        size, stride = [self._size[i] for i in places], [self._stride[i] for i in places]
        return view(self, size, stride, self._offset)

    def swapaxes(self, axis1: int, axis2: int) -> ndarray:
        """Return a view with two dimensions exchanged."""
        order = list(range(self.ndim))
        a, b = wrap_axis(axis1, self.ndim), wrap_axis(axis2, self.ndim)
        order[a], order[b] = order[b], order[a]
        return self.transpose(order)

    def squeeze(self, axis: int | tuple[int, ...] | None = None) -> ndarray:
        """Return a view without dimensions of size 1."""
        chosen = (
            range(self.ndim) if axis is None else (axis if isinstance(axis, tuple) else (axis,))
        )
        dropped = {wrap_axis(i, self.ndim) for i in chosen}
        if axis is not None and any(self._size[i] != 1 for i in dropped):
            raise ValueError("cannot select an axis to squeeze out which has size not equal to one")
        kept = [i for i in range(self.ndim) if self._size[i] != 1 or i not in dropped]
        size, stride = [self._size[i] for i in kept], [self._stride[i] for i in kept]
        return view(self, size, stride, self._offset)

    def __len__(self) -> int:
        if not self._size:
            raise TypeError("len() of unsized object")
        return self._size[0]

    def __iter__(self) -> Iterator[Any]:
        if not self._size:
            raise TypeError("iteration over a 0-d array")
        return (self[i] for i in range(self._size[0]))

    def __bool__(self) -> bool:
        if self.size == 1:
            return bool(self.item())
        if self.size == 0:
            raise ValueError(
                "The truth value of an empty array is ambiguous. Use `array.size > 0` to check "
                "that an array is not empty."
            )
        raise ValueError(
            "The truth value of an array with more than one element is ambiguous. Use a.any() or "
            "a.all()"
        )

    def __int__(self) -> int:
        return int(only(self))

    def __float__(self) -> float:
        return float(only(self))

    def __complex__(self) -> complex:
        return complex(only(self))

    def __index__(self) -> int:
        if self._size or self.dtype.kind not in "ui":
            raise TypeError("only integer scalar arrays can be converted to a scalar index")
        return self.item()

    def __hash__(self) -> int:
        raise TypeError("unhashable type: 'numpy.ndarray'")

    def __repr__(self) -> str:
        return printing.array_repr(self)

    def __str__(self) -> str:
        return printing.array_str(self)

    def __format__(self, spec: str) -> str:
        if not self._size:
            return format(self.item(), spec)
        if spec:
            raise TypeError("unsupported format string passed to numpy.ndarray.__format__")
        return str(self)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> ndarray:
        return self if dtype is None else self.astype(dtype)

    def __getattr__(self, name: str) -> Any:
        if name in LEFT_OUT:
            raise NotHere(f"numpy.ndarray.{name} is not part of reference_impl")
        raise AttributeError(f"'numpy.ndarray' object has no attribute '{name}'")


ndarray.__module__ = "numpy"


def only(array: ndarray) -> Any:
    """Return the only element of an array without dimensions."""
    if array.shape:
        raise TypeError("only 0-dimensional arrays can be converted to Python scalars")
    return array.item()


def over(
    storage: UntypedStorage, size: Sequence[int], stride: Sequence[int], offset: int
) -> ndarray:
    """Return an array over the memory of a tensor, or of another array."""
    made = object.__new__(ndarray)
    made._storage, made._base = storage, None
    made._size, made._stride, made._offset = tuple(size), tuple(stride), offset
    return made


def view(array: ndarray, size: Sequence[int], stride: Sequence[int], offset: int) -> ndarray:
    """Return another view of an array's memory."""
    made = over(array._storage, size, stride, offset)
    made._base = array if array._base is None else array._base
    made._writeable = array._writeable
    return made


def fresh(numbers: row, size: Sequence[int], kind: dtype) -> ndarray:
    """Return a new array that owns its numbers, in row-major order."""
    storage = UntypedStorage(numbers, math.prod(size), kind.held)
    return over(storage, size, contiguous_stride(size), 0)


def rebuild(values: list, size: tuple[int, ...], name: str) -> ndarray:
    """Return an array that was pickled."""
    kind = find(name)
    return fresh(kind.held.array(values), size, kind)


def flat(array: ndarray) -> row:
    """Return the elements in row-major order; not a copy where they are all the storage."""
    return gathered(array._storage, array._size, array._stride, array._offset)


def gathered(
    storage: UntypedStorage, size: Sequence[int], stride: Sequence[int], offset: int
) -> row:
    """Return the elements of a view in row-major order; steps may go backward."""
    if isinstance(storage.numbers, Row):
        return Row([storage.numbers[i] for i in kernels.places(size, stride, offset)])
    if all(step >= 0 for step in stride):
        return kernels.gather(storage.numbers, size, stride, offset)
    numbers = storage.numbers
    return row(numbers.typecode, [numbers[i] for i in kernels.places(size, stride, offset)])


def cast(numbers: row, source: dtype, target: dtype) -> row:
    """Return elements as another type; an object becomes a number as Python makes it one."""
    if source is target:
        return numbers
    if target.kind == "O":
        return Row(map(source.held.to_number, numbers))
    if source.kind == "O":
        make = {"f": float, "b": bool}.get(target.kind, int)
        return target.held.array([make(value) for value in numbers])
    return kernels.convert(numbers, source.held, target.held)


def stored(array: ndarray, values: row) -> None:
    """Write elements, given in row-major order, to an array's places."""
    if not array._writeable:
        raise ValueError("assignment destination is read-only")
    numbers = array._storage.numbers
    kernels.put(numbers, array._size, array._stride, array._offset, values)
    array._storage.keep(numbers)


def wrap_axis(axis: int, ndim: int) -> int:
    """Return an axis counted from the front.

    Raises:
        AxisError: out of range.
    """
    if not -ndim <= axis < ndim:
        raise AxisError(f"axis {axis} is out of bounds for array of dimension {ndim}")
    return axis % ndim


class AxisError(ValueError, IndexError):
    """An axis that an array has not."""


AxisError.__module__ = "numpy.exceptions"
