"""What every tensor is, gradients aside: a storage seen under a size, a stride and an offset."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence
from typing import TypeVar

from . import kernels
from .devices import CPU, META, channels_last, device, layout, memory_format, strided
from .dtypes import dtype
from .gradmode import mode
from .graph import Version
from .public import Public
from .shapes import Size, is_contiguous, sized, wrap_dim
from .storage import Absent, UntypedStorage

T = TypeVar("T", bound="TensorBase")


class attribute(property):
    """A property that cannot be set, and says so as torch does."""

    def __init__(
        self,
        fget: Callable,
        fset: Callable | None = None,
        fdel: None = None,
        doc: str | None = None,
    ) -> None:
        super().__init__(fget, fset, fdel)
        self.__doc__ = doc or fget.__doc__  # Python before 3.13 loses it in a subclass

    def __set_name__(self, owner: type, name: str) -> None:
        self.shown = name

    def __set__(self, instance: object, value: object) -> None:
        if self.fset is None:
            raise AttributeError(
                f"attribute '{self.shown}' of 'torch._C.TensorBase' objects is not writable"
            )
        self.fset(instance, value)


class TensorBase(metaclass=Public):
    """Numbers and geometry. Element `(i, j)` stands at `offset + i * stride[0] + j * stride[1]`."""

    __shown__ = "torch._C.TensorBase"
    __array_priority__ = 1000  # NumPy arrays leave `array * tensor` to the tensor

    _storage: UntypedStorage
    _size: Size
    _stride: tuple[int, ...]
    _offset: int
    _versions: Version  # how often the memory was written to
    _inference = False
    name = None

    def __hash__(self) -> int:
        return id(self)

    @attribute
    def shape(self) -> Size:
        """Return the sizes of the dimensions."""
        return self._size

    def size(self, dim: int | None = None) -> Size | int:
        """Return the sizes, or that of one dimension."""
        if dim is None:
            return self._size
        if not hasattr(type(dim), "__index__") or isinstance(dim, bool):
            raise TypeError(
                f"size(): argument 'dim' (position 1) must be int, not {type(dim).__name__}"
            )
        return self._size[wrap_dim(int(dim), len(self._size), scalar=False)]

    def stride(self, dim: int | None = None) -> tuple[int, ...] | int:
        """Return how far apart in storage the neighbours along each dimension are."""
        if dim is None:
            return self._stride
        return self._stride[wrap_dim(dim, len(self._size), scalar=False)]

    def storage_offset(self) -> int:
        """Return the place of the first element in the storage."""
        return self._offset

    def untyped_storage(self) -> UntypedStorage:
        """Return the memory, which views share."""
        return self._storage

    def data_ptr(self) -> int:
        """Return the address of the first element."""
        start = self._storage.data_ptr()
        return start and start + self._offset * self.element_size()

    def dim(self) -> int:
        """Return the number of dimensions."""
        return len(self._size)

    def numel(self) -> int:
        """Return the number of elements."""
        return math.prod(self._size)

    def element_size(self) -> int:
        """Return the bytes of one element."""
        return self._storage.dtype.itemsize

    ndimension = dim
    nelement = numel
    ndim = attribute(dim, doc="The number of dimensions.")
    itemsize = attribute(element_size, doc="The bytes of one element.")

    @attribute
    def nbytes(self) -> int:
        """Return the bytes of all elements."""
        return self.numel() * self.element_size()

    @attribute
    def dtype(self) -> dtype:
        """Return the type of the elements."""
        return self._storage.dtype

    @attribute
    def device(self) -> device:
        """Return where the numbers are; on `meta` there are none."""
        return META if self._storage.is_meta else CPU

    is_meta = attribute(lambda self: self._storage.is_meta, doc="Whether there are no numbers.")
    is_cuda = attribute(lambda self: False, doc="Whether the numbers are on a GPU: never.")
    is_cpu = attribute(lambda self: not self.is_meta, doc="Whether the numbers are on the cpu.")
    is_sparse = attribute(lambda self: False, doc="Whether only some elements are kept: never.")
    is_quantized = attribute(lambda self: False, doc="Whether elements are quantized: never.")

    @attribute
    def layout(self) -> layout:
        """Return how the elements are stored: `torch.strided`."""
        return strided

    def get_device(self) -> int:
        """Return -1: the numbers are on no GPU."""
        return -1

    def is_contiguous(self, memory_format: memory_format | None = None) -> bool:
        """Tell whether the elements follow each other in storage in row-major order."""
        size, stride = self._size, self._stride
        if memory_format is channels_last:
            if len(size) != 4:
                return False
            order = (0, 2, 3, 1)
            size, stride = [size[i] for i in order], [stride[i] for i in order]
        return is_contiguous(size, stride)

    def is_floating_point(self) -> bool:
        """Tell whether the elements are floats."""
        return self.dtype.is_floating_point

    def is_complex(self) -> bool:
        """Tell whether the elements are complex: never."""
        return False

    def is_signed(self) -> bool:
        """Tell whether the elements have a sign."""
        return self.dtype.is_signed

    def is_same_size(self, other: TensorBase) -> bool:
        """Tell whether two tensors have one shape."""
        return self._size == other._size

    def is_set_to(self, tensor: TensorBase) -> bool:
        """Tell whether two tensors are the same view of the same storage."""
        return self._storage is tensor._storage and self._geometry() == tensor._geometry()

    def _geometry(self) -> tuple[Size, tuple[int, ...], int]:
        return self._size, self._stride, self._offset

    @attribute
    def _version(self) -> int:
        """Return how often the memory was written to."""
        if self._inference:
            raise RuntimeError("Inference tensors do not track version counter.")
        return self._versions.count

    def is_inference(self) -> bool:
        """Tell whether the tensor was made in inference mode."""
        return self._inference


def wrap(
    kind: type[T],
    storage: UntypedStorage,
    size: Sequence[int],
    stride: tuple[int, ...],
    offset: int = 0,
    versions: Version | None = None,
) -> T:
    """Return a tensor over a storage, without history.

    Args:
        kind: its class.
        storage: the memory.
        size: of the tensor.
        stride: of the tensor.
        offset: the place of the first element.
        versions: of the memory, if other tensors share it.
    """
    tensor = object.__new__(kind)
    tensor._storage = storage
    tensor._size = size if type(size) is Size else sized(size)
    tensor._stride = stride
    tensor._offset = offset
    tensor._versions = versions or Version()
    if mode.inference:
        tensor._inference = True
    return tensor


def numbers(tensor: TensorBase) -> array | Absent:
    """Return the elements in row-major order, flat: not a copy where they are all the storage.

    Kernels read what this returns and must not write to it.
    """
    return kernels.gather(tensor._storage.numbers, tensor._size, tensor._stride, tensor._offset)


def numbers_as(tensor: TensorBase, target: dtype) -> array | Absent:
    """Return the elements in row-major order, converted to another type."""
    return kernels.convert(numbers(tensor), tensor._storage.dtype, target)


def attach(method: Callable) -> Callable:
    """Make a function a method of every tensor, as it is: for what is no torch function."""
    setattr(TensorBase, method.__name__, method)
    return method
