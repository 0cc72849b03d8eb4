"""What an argument may be: a tensor, a number, a tuple of integers; and what it becomes.

Each kind takes a value as torch does: a 0-dim tensor for an integer, but `True` not for 1.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

from . import dtypes
from .devices import device
from .dtypes import dtype
from .public import LISTED_AT, NotHere

Number = int | float
PYTHON_TYPES = {bool: dtypes.bool, int: dtypes.int64, float: dtypes.float64}


class Omitted:
    """The type of a default that stands for no argument, where None is a value of its own."""

    def __repr__(self) -> str:
        return "OMITTED"


OMITTED = Omitted()


class Refused(Exception):
    """An argument that a kind does not take."""


def is_tensor(value: object) -> bool:
    """Tell a tensor by what it can do; the class comes in a later chapter."""
    return hasattr(type(value), "untyped_storage")


def as_tensor_argument(value: object) -> object:
    """Take a tensor."""
    if not is_tensor(value):
        raise Refused
    return value


def as_int(value: object) -> int:
    """Take an integer, or a whole 0-dim tensor; torch does not take `True` for 1 here."""
    if isinstance(value, (bool, float)):
        raise Refused
    if is_tensor(value) and (value.requires_grad or value.dim() or value.dtype.category != 1):
        raise Refused
    try:
        return operator.index(value)
    except TypeError:
        raise Refused from None


def as_number(value: object) -> float:
    """Take an integer, a float, a truth value, or the element of a 0-dim tensor."""
    if isinstance(value, (int, float)):
        return value
    if is_tensor(value) and value.dim() == 0 and not value.requires_grad:
        return value.item()
    if hasattr(value, "dtype") and hasattr(value, "item") and not hasattr(value, "__setitem__"):
        return value.item()  # a NumPy number; an array has places to write to
    if isinstance(value, complex):
        raise NotHere(f"complex numbers are not part of reference_impl; {LISTED_AT} lists what is")
    raise Refused


def as_float(value: object) -> float:
    """Take a number as a float."""
    return float(as_number(value))


def as_bool(value: object) -> bool:
    """Take a truth value, and nothing that is merely true."""
    if not isinstance(value, bool):
        raise Refused
    return value


def as_ints(value: object) -> tuple[int, ...]:
    """Take a tuple or list of integers."""
    if not isinstance(value, (tuple, list)):
        raise Refused
    found = []
    for at, item in enumerate(value):
        try:
            found.append(item if type(item) is int else as_int(item))
        except Refused:
            if at == 0:
                raise
            raise Unpacked(at + 1, item) from None
    return tuple(found)


class Unpacked(Refused):
    """An item of a tuple of integers that is no integer, or of tensors that is no tensor."""


def as_tensors(value: object) -> Sequence:
    """Take a tuple or list of tensors."""
    if not isinstance(value, (tuple, list)):
        raise Refused
    for at, item in enumerate(value):
        if not is_tensor(item):
            raise Unpacked(at, item)
    return value


def as_device(value: object) -> device:
    """Take a device, its name or its number."""
    if not isinstance(value, (device, str, int)) or isinstance(value, bool):
        raise Refused
    return value if isinstance(value, device) else device(value)


def as_string(value: object) -> str:
    """Take a string."""
    if not isinstance(value, str):
        raise Refused
    return value


def as_dtype(value: object) -> dtype:
    """Take a dtype, or Python's own name of one: `int` for int64, `float` for float64."""
    if isinstance(value, type) and value in PYTHON_TYPES:
        return PYTHON_TYPES[value]
    if not isinstance(value, dtype):
        raise Refused
    return value


def anything(value: object) -> object:
    """Take whatever comes."""
    return value


# annotation -> how errors name it, what converts it
KINDS: dict[str, tuple[str, Callable]] = {
    "Tensor": ("Tensor", as_tensor_argument),
    "int": ("int", as_int),
    "float": ("float", as_float),
    "bool": ("bool", as_bool),
    "str": ("str", as_string),
    "Number": ("Number", as_number),
    "Sequence[int]": ("tuple of ints", as_ints),
    "Sequence[Tensor]": ("tuple of Tensors", as_tensors),
    "dtype": ("torch.dtype", as_dtype),
    "device": ("torch.device", as_device),
}

# annotation -> the types of values that need no conversion
AS_THEY_ARE: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (float,),
    "bool": (bool,),
    "str": (str,),
    "Number": (int, float, bool),
    "dtype": (dtype,),
    "device": (device,),
    "None": (type(None),),
}
