"""The first way to make tensors: `torch.Tensor(2, 3)`, `torch.LongTensor([1, 2])`.

Integers are sizes here and a list is data, which is why `torch.tensor` came.
"""

from __future__ import annotations

from . import dtypes
from .creation import empty
from .devices import device, usable
from .dtypes import dtype
from .literals import made_of
from .public import Public
from .shapes import Size
from .tensor import Tensor
from .views import seen

__all__ = [
    "BFloat16Tensor",
    "BoolTensor",
    "ByteTensor",
    "CharTensor",
    "DoubleTensor",
    "FloatTensor",
    "HalfTensor",
    "IntTensor",
    "LongTensor",
    "ShortTensor",
]


def options(target: dtype, on: device) -> str:
    """Return what a tensor is made with, as torch writes it in an error."""
    return (
        f"TensorOptions(dtype={target.cpp_name}, device={on}, layout=Strided, "
        "requires_grad=false (default), pinned_memory=false (default), memory_format=(nullopt))"
    )


def made_as_of_old(
    target: dtype, args: tuple, on: device | str | None = None, takes_any: bool = False
) -> Tensor:
    """Return a tensor of sizes, if integers are given, or of data.

    Args:
        target: the type of the elements.
        args: sizes, or one sequence, shape or tensor.
        on: the device.
        takes_any: whether a tensor of another type is taken as it is.

    Raises:
        TypeError: for a single number that is no integer, or a tensor of another type.
        RuntimeError: for a tensor and a device.
    """
    if not args:
        return empty(0, dtype=target, device=on)
    first = args[0]
    if isinstance(first, int) or len(args) > 1:
        try:
            return empty(*args, dtype=target, device=on)
        except TypeError as error:
            raise TypeError(str(error).replace("empty()", "new()")) from None
    if isinstance(first, Tensor):
        if takes_any and on is not None:
            raise RuntimeError(
                "Legacy tensor constructor of the form torch.Tensor(tensor, device=device) is not "
                "supported.  Use torch.tensor(...) or torch.as_tensor(...) instead."
            )
        wanted, given = options(target, usable(on)), options(first.dtype, first.device)
        if wanted != given and not takes_any:
            raise TypeError(f"expected {wanted} (got {given})")
        size, stride, offset = first._geometry()
        return seen(first, size, stride, offset, "AliasBackward0", lambda grad: grad)
    if isinstance(first, Size):
        return empty(first, dtype=target, device=on)
    if isinstance(first, (float, complex)):
        raise TypeError(f"new(): data must be a sequence (got {type(first).__name__})")
    return made_of(first, target, on, "torch.Tensor")


def construct(cls: type[Tensor], *args: object, device: device | str | None = None) -> Tensor:
    """Return `torch.Tensor(…)`, of the default type, or an instance of a subclass."""
    made = made_as_of_old(dtypes.get_default_dtype(), args, device, takes_any=True)
    if cls is not Tensor:
        made.__class__ = cls
    return made


Tensor.__new__ = staticmethod(construct)


def new(self: Tensor, *args: object, device: device | str | None = None) -> Tensor:
    """Return a tensor of this one's type, made as `torch.Tensor` makes it."""
    return made_as_of_old(self.dtype, args, device or self.device)


Tensor.new = new


class tensortype(metaclass=Public):
    """The name of tensors of one type, which once was a class: `torch.LongTensor`."""

    __shown__ = "torch.tensortype"

    def __init__(self, dtype: dtype) -> None:
        self.dtype = dtype
        self.__name__ = f"{dtype.scalar_name}Tensor"

    def __call__(self, *args: object, device: device | str | None = None) -> Tensor:
        """Return a tensor of given sizes or data."""
        return made_as_of_old(self.dtype, args, device)

    def __instancecheck__(self, instance: object) -> bool:
        return isinstance(instance, Tensor) and instance.dtype is self.dtype

    def __repr__(self) -> str:
        return f"<class 'torch.{self.__name__}'>"

    def __reduce__(self) -> str:
        return self.__name__


DoubleTensor = tensortype(dtypes.float64)
FloatTensor = tensortype(dtypes.float32)
HalfTensor = tensortype(dtypes.float16)
BFloat16Tensor = tensortype(dtypes.bfloat16)
LongTensor = tensortype(dtypes.int64)
IntTensor = tensortype(dtypes.int32)
ShortTensor = tensortype(dtypes.int16)
CharTensor = tensortype(dtypes.int8)
ByteTensor = tensortype(dtypes.uint8)
BoolTensor = tensortype(dtypes.bool)
