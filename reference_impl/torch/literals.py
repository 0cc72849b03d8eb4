"""From Python to tensors: `tensor([[1, 2], [3, 4]])`, and what its elements' type is."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence

from . import dtypes, kernels
from .arguments import Number
from .devices import device, layout, usable
from .dtypes import BOOL, FLOATING, INTEGRAL, dtype
from .operators import function, method
from .promotion import promote_types
from .public import LISTED_AT, NotHere
from .tensor import Tensor, fresh

__all__ = ["scalar_tensor", "tensor"]

COPY = (
    "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() or "
    "sourceTensor.detach().clone().requires_grad_(True), rather than {call}(sourceTensor)."
)
NUMPY_TYPES = (
    "float64, float32, float16, complex64, complex128, int64, int32, int16, int8, uint64, uint32, "
    "uint16, uint8, and bool"
)
NEGATIVE_STRIDE = (
    "At least one stride in the given numpy array is negative, and tensors with negative strides "
    "are not currently supported. (You can probably work around this by making a copy of your "
    "array  with array.copy().) "
)
SLOW = (
    "Creating a tensor from a list of numpy.ndarrays is extremely slow. Please consider converting "
    "the list to a single numpy.ndarray with numpy.array() before converting to a tensor. "
    "(Triggered internally at /__w/pytorch/pytorch/torch/csrc/utils/tensor_new.cpp:252.)"
)
_warned: list[str] = []


def is_array(value: object) -> bool:
    """Tell a NumPy array, real or not, by what it offers; NumPy's numbers are none."""
    kind = type(value)
    return hasattr(kind, "__array_interface__") and hasattr(kind, "__setitem__")


def is_sequence(value: object) -> bool:
    """Tell what has a length and items by number; tensors count as single numbers."""
    if isinstance(value, (Tensor, dict)):
        return False
    return hasattr(value, "__len__") and hasattr(value, "__getitem__")


def sizes_of(data: object) -> list[int]:
    """Return the lengths along the first items of nested sequences.

    Raises:
        ValueError: for a string within, whose items are strings without end.
    """
    size = []
    while is_sequence(data):
        if isinstance(data, (str, bytes)):
            raise ValueError(f"too many dimensions '{type(data).__name__}'")
        size.append(len(data))
        if not size[-1]:
            break
        data = data[0]
    return size


def type_of(data: object) -> dtype:
    """Return the type that holds a number, or every number of nested sequences.

    Raises:
        RuntimeError: for an object that is no number.
    """
    if isinstance(data, bool):
        return dtypes.bool
    if isinstance(data, int):
        return dtypes.int64
    if isinstance(data, float):
        return numpy_type(data) or dtypes.get_default_dtype()
    if isinstance(data, complex):
        raise NotHere(f"complex numbers are not part of reference_impl; {LISTED_AT} lists what is")
    if isinstance(data, Tensor):
        return data.dtype
    if isinstance(data, (str, bytes)):
        raise TypeError(f"new(): invalid data type '{type(data).__name__}'")
    if hasattr(data, "dtype"):
        return numpy_type(data)
    if not is_sequence(data):
        raise RuntimeError(f"Could not infer dtype of {type(data).__name__}")
    found = None
    for kind in dict.fromkeys(map(type, data)) if plain(data) else ():
        of_kind = type_of(kind())
        found = of_kind if found is None else promote_types(found, of_kind)
    if found is None:
        for item in data:
            of_item = type_of(item)
            found = of_item if found is None else promote_types(found, of_item)
    return dtypes.get_default_dtype() if found is None else found


def plain(data: object) -> bool:
    """Tell whether a sequence holds nothing but Python numbers."""
    return isinstance(data, (list, tuple)) and all(type(v) in (int, float, bool) for v in data)


def numpy_type(data: object) -> dtype | None:
    """Return the type of a NumPy array or number; None for a Python float.

    Raises:
        TypeError: for an array of anything but numbers.
        NotImplementedError: for complex numbers and wide unsigned integers.
    """
    if not hasattr(data, "dtype"):
        return None
    name = data.dtype.name  # `str` would put the order of the bytes before it
    found = next((d for d in dtypes.ALL if d.name == name), None)
    if found is None:
        kind = getattr(getattr(data.dtype, "type", None), "__name__", name)
        if kind in NUMPY_TYPES.split(", "):
            raise NotImplementedError(f"torch.{kind} is not part of reference_impl")
        raise TypeError(
            f"can't convert np.ndarray of type numpy.{kind}. The only supported types are: "
            f"{NUMPY_TYPES}."
        )
    return found


def readable(array: object) -> dtype:
    """Return the type of an array whose memory torch can read, to copy it or to share it.

    Raises:
        ValueError: for bytes in the other order, and strides that are negative or no multiple of
            an element.
    """
    if array.dtype.byteorder == (">" if sys.byteorder == "little" else "<"):
        raise ValueError(
            "given numpy array has byte order different from the native byte order. Conversion "
            "between byte orders is currently not supported."
        )
    kind = numpy_type(array)
    if any(step % kind.itemsize for step in array.strides):
        raise ValueError(
            "given numpy array strides not a multiple of the element byte size. Copy the numpy "
            "array to reallocate the memory."
        )
    if any(step < 0 for step in array.strides):
        raise ValueError(NEGATIVE_STRIDE)
    return kind


def flattened(data: object, size: Sequence[int], dim: int, found: list) -> None:
    """Add the numbers of nested sequences to `found`, checking their lengths.

    Raises:
        ValueError: a length that differs from the first one along its dimension.
        TypeError: a number where there should be a sequence.
    """
    if dim == len(size):
        found.append(data)
        return
    if not is_sequence(data):
        raise TypeError("not a sequence")
    if len(data) != size[dim]:
        raise ValueError(f"expected sequence of length {size[dim]} at dim {dim} (got {len(data)})")
    if dim == len(size) - 1 and plain(data):
        found.extend(data)
        return
    for item in data:
        flattened(item, size, dim + 1, found)


def stored(value: object, target: dtype) -> float:
    """Return one number as a type stores it.

    Raises:
        RuntimeError: a number that an integer type cannot hold.
        ValueError: an integer beyond int64.
    """
    if isinstance(value, Tensor):
        if value.numel() != 1:
            raise ValueError("only one element tensors can be converted to Python scalars")
        value = float(value) if value.requires_grad else value.item()  # float() warns of the loss
    elif hasattr(value, "item") and not isinstance(value, (int, float)):
        value = value.item()
    if target.category == BOOL:
        return int(bool(value))
    if target.category == FLOATING:
        if not hasattr(value, "__float__"):
            raise TypeError(f"must be real number, not {type(value).__name__}")
        return float(value)
    if not isinstance(value, (int, float)):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    return checked_integer(value, target, target.name)


def checked_integer(value: float, target: dtype, shown: str) -> int:
    """Return a number as an integer type stores it: no fraction, negatives wrapped if unsigned.

    Raises:
        RuntimeError: one that does not fit; `shown` is how the error names the type.
        ValueError: an integer beyond int64.
    """
    wraps = isinstance(value, int) and not target.is_signed
    low = -target.high if wraps else target.low
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise ValueError("Overflow when unpacking long long")
    if not low <= value <= target.high:
        raise RuntimeError(f"value cannot be converted to type {shown} without overflow")
    return target.wrap(int(value))


def made_of(data: object, target: dtype | None, on: device | str | None, call: str) -> Tensor:
    """Return a new tensor of what `data` holds.

    Args:
        data: a number, nested sequences, a tensor, or a NumPy array.
        target: the type; inferred if None.
        on: the device.
        call: the function to name in a warning.
    """
    where = usable(on)
    if isinstance(data, Tensor):
        warnings.warn(COPY.format(call=call), UserWarning, stacklevel=4)
        return data.detach().to(where if on else data.device, target or data.dtype, copy=True)
    if isinstance(data, (str, bytes)):
        raise TypeError(f"new(): invalid data type '{type(data).__name__}'")
    if isinstance(data, (list, tuple)) and data and is_array(data[0]) and not _warned:
        _warned.append(SLOW)
        warnings.warn(SLOW, UserWarning, stacklevel=4)
    if is_array(data):
        readable(data)  # refuses arrays of strings too, whose items go on without end
    size = list(data.shape) if is_array(data) else sizes_of(data)
    target_type = target or type_of(data)
    if hasattr(data, "dtype") and hasattr(data, "tolist"):
        data = data.tolist()
    found: list = []
    if 0 not in size:
        flattened(data, size, 0, found)
    simple = target is None and target_type.category != BOOL
    if simple and plain(found) and inside(found, target_type):
        values = found
    else:
        values = [stored(value, target_type) for value in found]
    held = kernels.made(where.type == "meta", target_type, lambda: values)
    return fresh(held, size, target_type)


def inside(values: Sequence[float], target: dtype) -> bool:
    """Tell whether integers fit the type they were found to have."""
    return target.category != INTEGRAL or all(target.low <= v <= target.high for v in values)


def leaf(made: Tensor, requires_grad: bool) -> Tensor:
    """Return a new tensor, requiring grad if asked to.

    Raises:
        RuntimeError: for integers, which have no gradient.
    """
    if requires_grad:
        if not made.dtype.is_floating_point:
            raise RuntimeError(
                "Only Tensors of floating point and complex dtype can require gradients"
            )
        made._requires_grad = True
    return made


@function
def tensor(
    data: object,
    *,
    dtype: dtype | None = None,
    device: device | None = None,
    requires_grad: bool = False,
    pin_memory: bool = False,
) -> Tensor:
    """Return a new tensor of numbers given as nested lists. `[[1, 2], [3, 4]]`: `(2, 2)`.

    >>> torch.tensor([[1, 2], [3, 4]])
    tensor([[1, 2],
            [3, 4]])
    >>> torch.tensor([1, 2.5]).dtype, torch.tensor(True).dtype
    (torch.float32, torch.bool)

    Args:
        data: a number, nested sequences of one length along each dimension, or an array.
        dtype: the type of the elements; by default the smallest category that holds all.
        device: `cpu` or `meta`.
        requires_grad: whether gradients are wanted for it.
        pin_memory: of no effect.

    Raises:
        ValueError: sequences of different lengths.
        RuntimeError: an object that is no number, or a number that `dtype` cannot hold.
    """
    return leaf(made_of(data, dtype, device, "torch.tensor"), requires_grad)


@method
def new_tensor(
    input: Tensor,
    data: object,
    *,
    dtype: dtype | None = None,
    device: device | None = None,
    requires_grad: bool = False,
    pin_memory: bool = False,
) -> Tensor:
    """Return a new tensor of given numbers, with the type and device of this one."""
    if data is None:
        stored(data, dtype or input.dtype)  # raises
    made = made_of(data, dtype or input.dtype, device or input.device, "tensor.new_tensor")
    return leaf(made, requires_grad)


@function
def scalar_tensor(
    s: Number,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return a 0-dim tensor of one number, floating unless told otherwise."""
    target = dtype or dtypes.get_default_dtype()
    return leaf(made_of(s, target, device, "torch.scalar_tensor"), requires_grad)
