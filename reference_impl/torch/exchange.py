"""Sharing numbers with NumPy: one memory, seen as a tensor and as an array.

`tensor.numpy()` and `from_numpy(array)` copy nothing: a write to either shows in both. Where
NumPy is not installed, `reference_impl.numpy` stands in for it.
"""

from __future__ import annotations

import importlib
import warnings
from types import ModuleType

from .arguments import is_tensor
from .devices import device
from .dtypes import dtype
from .literals import is_array, leaf, made_of, readable
from .operators import function
from .shapes import extent
from .storage import Lent, UntypedStorage, lend
from .tensor import Tensor
from .tensorbase import attach, wrap

__all__ = ["as_tensor", "asarray", "from_numpy"]

NOT_WRITABLE = (
    "The given NumPy array is not writable, and PyTorch does not support non-writable tensors. "
    "This means writing to this tensor will result in undefined behavior. You may want to copy "
    "the array to protect its data or make it writable before converting it to a tensor. This "
    "type of warning will be suppressed for the rest of this program. (Triggered internally at "
    "/__w/pytorch/pytorch/torch/csrc/utils/tensor_numpy.cpp:213.)"
)
_warned: set[str] = set()


def array_library() -> ModuleType:
    """Return NumPy, or what stands in for it; imported only where it is asked for."""
    try:
        return importlib.import_module("numpy")
    except ImportError:
        return importlib.import_module("reference_impl.numpy")


@attach
def numpy(self: Tensor, *, force: bool = False) -> object:
    """Return a NumPy array over the same memory: a write to either shows in both.

    >>> x = torch.zeros(3)
    >>> y = x.numpy()
    >>> y[0] = 7
    >>> x
    tensor([7., 0., 0.])

    Args:
        self: the tensor.
        force: detach first.

    Raises:
        RuntimeError: for a tensor that requires grad: NumPy would write unseen by autograd.
        TypeError: for a meta tensor, or a type that NumPy has not.
    """
    if self.requires_grad and not force:
        raise RuntimeError(
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead."
        )
    if self.is_meta:
        raise TypeError(
            "can't convert meta device type tensor to numpy. Use Tensor.cpu() to copy the tensor "
            "to host memory first."
        )
    if self.dtype.name == "bfloat16":
        raise TypeError("Got unsupported ScalarType BFloat16")
    np = array_library()
    storage = self._storage
    if hasattr(np, "over"):  # the stand-in
        return np.over(storage, *self._geometry())
    if self.dtype.name == "float16" and not isinstance(storage, Lent):
        lend(storage, np.empty(storage.length, "float16"))  # its numbers stand in four bytes here
    row = storage.memory if isinstance(storage, Lent) else held(np, storage)
    step = self.dtype.itemsize
    return np.ndarray(
        tuple(self._size),
        dtype=self.dtype.name,
        buffer=row,
        offset=self._offset * step,
        strides=tuple(s * step for s in self._stride),
    )


def held(np: ModuleType, storage: UntypedStorage) -> object:
    """Return a storage's memory as a flat array that keeps it from moving."""
    if not storage.length:
        return storage.numbers
    return np.frombuffer(storage.numbers, storage.dtype.name)


@attach
def __array__(self: Tensor, dtype: object = None) -> object:
    array = numpy(self)
    return array if dtype is None else array.astype(dtype, copy=False)


@attach
def __array_wrap__(self: Tensor, array: object) -> Tensor:
    return from_numpy(array.astype("uint8") if array.dtype == bool else array)


def from_numpy(ndarray: object) -> Tensor:
    """Return a tensor over the memory of an array: a write to either shows in both.

    The type stays, so what NumPy makes of Python's floats is float64, not float32.

    >>> import numpy as np
    >>> a = np.array([1.0, 2.0])
    >>> x = torch.from_numpy(a)
    >>> a[0] = 9
    >>> x
    tensor([9., 2.], dtype=torch.float64)

    Args:
        ndarray: an array of numbers, with steps forward in memory.

    Raises:
        TypeError: for anything but an array of numbers.
        ValueError: for negative strides, or strides that are no multiple of an element.
    """
    if not is_array(ndarray):
        module, name = type(ndarray).__module__, type(ndarray).__name__
        shown = f"numpy.{name}" if module.endswith("numpy") else name
        raise TypeError(f"expected np.ndarray (got {shown})")
    return shared(ndarray)


def shared(array: object) -> Tensor:
    """Return a tensor over the memory of an array."""
    kind, size = readable(array), array.shape
    stride = tuple(step // kind.itemsize for step in array.strides)
    if not array.flags.writeable and not _warned:
        _warned.add(NOT_WRITABLE)
        warnings.warn(NOT_WRITABLE, UserWarning, stacklevel=3)
    if hasattr(array, "_storage"):  # the stand-in's
        return wrap(Tensor, array._storage, size, stride, array._offset)
    storage = object.__new__(Lent)
    storage.length, storage.dtype = extent(size, stride), kind
    UntypedStorage.numbers.__set__(storage, Flat(array, storage.length).whole())
    return wrap(Tensor, storage, size, stride)


class Flat:
    """Offers the memory that an array reaches as a writable row, by NumPy's own protocol."""

    def __init__(self, array: object, length: int) -> None:
        known = array.__array_interface__
        address = known["data"][0]
        self.__array_interface__ = {**known, "data": (address, False), "strides": None}
        self.__array_interface__["shape"] = (length,)
        self.array = array  # keeps the memory alive

    def whole(self) -> object:
        """Return the row."""
        return array_library().asarray(self)


def taken(data: object, target: dtype | None, on: device | None, call: str) -> Tensor:
    """Return data as a tensor, over the memory of an array where type and device allow it."""
    if not is_array(data):
        return made_of(data, target, on, call)
    made = shared(data)
    return made.to(on or made.device, target or made.dtype)


@function
def as_tensor(data: object, *, dtype: dtype | None = None, device: device | None = None) -> Tensor:
    """Return data as a tensor: itself if it is one already, of that type and device.

    An array's memory is shared; anything else is copied.

    >>> x = torch.ones(2)
    >>> torch.as_tensor(x) is x, torch.as_tensor([1, 2])
    (True, tensor([1, 2]))
    """
    if is_tensor(data):
        return data.to(device or data.device, dtype or data.dtype)
    return taken(data, dtype, device, "torch.as_tensor")


@function
def asarray(
    obj: object,
    *,
    dtype: dtype | None = None,
    device: device | None = None,
    copy: bool | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Return an object as a tensor, sharing memory where it can unless `copy`."""
    made = obj if is_tensor(obj) else taken(obj, dtype, device, "torch.asarray")
    made = made.to(device or made.device, dtype or made.dtype, copy=bool(copy))
    return leaf(made if made.requires_grad else made.detach(), requires_grad)
