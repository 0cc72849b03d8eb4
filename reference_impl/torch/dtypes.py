"""What an element is: ten number types, how each is stored, rounded and wrapped."""

from __future__ import annotations

import functools
import struct
from array import array
from collections.abc import Callable, Iterable
from operator import truth
from typing import NoReturn

from .public import Public

__all__ = [
    "bfloat16",
    "bool",
    "dtype",
    "finfo",
    "float16",
    "float32",
    "float64",
    "get_default_dtype",
    "iinfo",
    "int8",
    "int16",
    "int32",
    "int64",
    "set_default_dtype",
    "uint8",
]

BOOL, INTEGRAL, FLOATING = 0, 1, 2  # a later category wins in promotion
C_NAMES = {"uint8": "uint8_t", "int8": "int8_t", "int16": "int16_t", "int64": "int64_t"}


class dtype(metaclass=Public):
    """The type of a tensor's elements.

    >>> torch.float32
    torch.float32
    >>> torch.float32.itemsize, torch.int64.is_floating_point
    (4, False)
    """

    __shown__ = "torch.dtype"
    __slots__ = (
        "bits",
        "category",
        "cpp_name",
        "high",
        "is_floating_point",
        "is_signed",
        "itemsize",
        "low",
        "name",
        "scalar_name",
        "typecode",
    )
    is_complex = False

    def __init__(
        self,
        name: str,
        typecode: str,
        itemsize: int,
        category: int,
        scalar_name: str,
        cpp_name: str,
    ) -> None:
        self.name = name
        self.typecode = typecode  # of the array that stores it; halves are kept in float32
        self.itemsize = itemsize  # bytes in torch
        self.bits = 8 * itemsize
        self.category = category
        self.scalar_name = scalar_name  # as most errors write it
        self.cpp_name = cpp_name  # as the errors of matrix products write it
        self.is_floating_point = category == FLOATING
        self.is_signed = name not in ("uint8", "bool")
        self.low = -(1 << (self.bits - 1)) if self.is_signed else 0
        self.high = (1 << (self.bits - 1)) - 1 if self.is_signed else (1 << self.bits) - 1

    def __call__(self, *args: object, **kwargs: object) -> NoReturn:
        """Raise torch's error for `x.dtype()`."""
        raise TypeError("'torch.dtype' object is not callable")

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __reduce__(self) -> str:
        return self.name

    def array(self, values: Iterable[float]) -> array:
        """Store numbers of the right kind: floats are rounded, integers wrap around.

        Args:
            values: real numbers for a floating type, integers for any other.
        """
        if self.name in HALVES:
            return HALVES[self.name](array("f", values))
        if self.category == BOOL:
            return array("B", map(truth, values))
        if type(values) not in (list, tuple, array):
            values = list(values)
        try:
            if type(values) is list and self.is_floating_point:
                return rounded(self.typecode, values)
            return array(self.typecode, values)
        except OverflowError:
            if self.is_floating_point:  # an integer beyond the largest double
                return array(self.typecode, [float(str(v)) for v in values])
            return array(self.typecode, [self.wrap(v) for v in values])

    def wrap(self, value: int) -> int:
        """Keep the low bits of an integer, as a register does."""
        value &= (1 << self.bits) - 1
        return value - (1 << self.bits) if value > self.high else value

    def checked(self, value: float) -> float:
        """Return a Python number as this type stores it, if it can: no fraction, truth as 0 or 1.

        A negative integer wraps around in an unsigned type.

        Raises:
            RuntimeError: a number beyond the type's range.
            OverflowError: an integer beyond 64 bits.
        """
        if isinstance(value, int) and not -(1 << 63) <= value < 1 << 64:
            raise OverflowError("int too big to convert")
        if self.category == BOOL:
            return int(value != 0)
        if self.category == FLOATING:
            fits = not LARGEST[self.name] < abs(value) < float("inf")
        else:
            wraps = isinstance(value, int) and not self.is_signed
            fits = (-self.high if wraps else self.low) <= value <= self.high
        if not fits:
            shown = C_NAMES.get(self.name, self.cpp_name)
            raise RuntimeError(f"value cannot be converted to type {shown} without overflow")
        return value if self.category == FLOATING else self.wrap(int(value))

    def to_number(self, value: float) -> float:
        """One stored number as Python shows it: `bool` is kept as 0 and 1."""
        return value == 1 if self.category == BOOL else value


def rounded(typecode: str, numbers: list[float]) -> array:
    """Store floats in an array, each rounded to the nearest that the array can hold.

    `array` reads numbers one by one, as a function does its arguments. Where there are more
    than a few, it takes half the time to have `struct` write them all at once.
    """
    if len(numbers) < 16:
        return array(typecode, numbers)
    try:
        return array(typecode, packing(typecode, len(numbers))(*numbers))
    except struct.error:  # array says what is wrong
        return array(typecode, numbers)


@functools.lru_cache(maxsize=1024)
def packing(typecode: str, length: int) -> Callable[..., bytes]:
    """Return what writes so many numbers as bytes."""
    return struct.Struct(f"{length}{typecode}").pack


def round_to_half(numbers: array) -> array:
    """Round float32 numbers to the nearest float16, ties to even, beyond 65504 to infinity."""
    form = f"{len(numbers)}e"
    try:
        return array("f", struct.unpack(form, struct.pack(form, *numbers)))
    except OverflowError:
        inside = [v if abs(v) < 65520 or v != v else v * float("inf") for v in numbers]
        return array("f", struct.unpack(form, struct.pack(form, *inside)))


def round_to_bfloat16(numbers: array) -> array:
    """Round float32 numbers to their upper 16 bits, ties to even."""
    bits = array("I", numbers.tobytes())
    kept = [
        b & 0xFFFF0000 if b & 0x7FFFFFFF > 0x7F800000 else (b + 0x7FFF + (b >> 16 & 1)) & 0xFFFF0000
        for b in bits
    ]
    return array("f", array("I", kept).tobytes())


HALVES = {"float16": round_to_half, "bfloat16": round_to_bfloat16}

float64 = dtype("float64", "d", 8, FLOATING, "Double", "double")
float32 = dtype("float32", "f", 4, FLOATING, "Float", "float")
float16 = dtype("float16", "f", 2, FLOATING, "Half", "c10::Half")
bfloat16 = dtype("bfloat16", "f", 2, FLOATING, "BFloat16", "c10::BFloat16")
int64 = dtype("int64", "q", 8, INTEGRAL, "Long", "long int")
int32 = dtype("int32", "i", 4, INTEGRAL, "Int", "int")
int16 = dtype("int16", "h", 2, INTEGRAL, "Short", "short int")
int8 = dtype("int8", "b", 1, INTEGRAL, "Char", "signed char")
uint8 = dtype("uint8", "B", 1, INTEGRAL, "Byte", "unsigned char")
bool = dtype("bool", "B", 1, BOOL, "Bool", "bool")

ALL = (float64, float32, float16, bfloat16, int64, int32, int16, int8, uint8, bool)

_default = float32


def get_default_dtype() -> dtype:
    """Return the type that Python floats become: `torch.float32` unless changed.

    >>> torch.get_default_dtype()
    torch.float32
    """
    return _default


def set_default_dtype(d: dtype) -> None:
    """Set the type that Python floats become.

    Args:
        d: a floating type.

    Raises:
        TypeError: for a type that is not floating.
    """
    global _default
    if not isinstance(d, dtype):
        raise TypeError(
            "invalid dtype object: only floating-point types are supported as the default type"
        )
    if not d.is_floating_point:
        raise TypeError("only floating-point types are supported as the default type")
    _default = d


class finfo(metaclass=Public):
    """The limits of a floating type.

    >>> torch.finfo(torch.float32).eps
    1.1920928955078125e-07
    >>> torch.finfo(torch.float16).max
    65504.0
    """

    __shown__ = "torch.finfo"

    def __init__(self, type: dtype | None = None) -> None:
        type = _default if type is None else type
        if not type.is_floating_point:
            raise TypeError(
                "torch.finfo() requires a floating point input type. "
                "Use torch.iinfo to handle 'torch.finfo'"
            )
        digits, top = {"float64": (52, 1023), "float32": (23, 127), "float16": (10, 15)}.get(
            type.name, (7, 127)
        )
        self.dtype = type.name
        self.bits = type.bits
        self.eps = 2.0**-digits
        self.max = (2 - self.eps) * 2.0**top
        self.min = -self.max
        self.tiny = self.smallest_normal = 2.0 ** (1 - top)
        self.resolution = {52: 1e-15, 23: 1e-6, 10: 1e-3, 7: 1e-2}[digits]

    def __repr__(self) -> str:
        names = ("resolution", "min", "max", "eps", "smallest_normal", "tiny")
        shown = ", ".join(f"{name}={getattr(self, name):g}" for name in names)
        return f"finfo({shown}, dtype={self.dtype})"


class iinfo(metaclass=Public):
    """The limits of an integer type.

    >>> torch.iinfo(torch.int8)
    iinfo(min=-128, max=127, dtype=int8)
    """

    __shown__ = "torch.iinfo"

    def __init__(self, type: dtype) -> None:
        if type.is_floating_point:
            raise TypeError(
                "torch.iinfo() requires an integer input type. "
                "Use torch.finfo to handle 'torch.iinfo'"
            )
        if type.category == BOOL:
            raise TypeError("torch.bool is not supported by torch.iinfo")
        self.dtype = type.name
        self.bits = type.bits
        self.min = type.low
        self.max = type.high

    def __repr__(self) -> str:
        return f"iinfo(min={self.min:g}, max={self.max:g}, dtype={self.dtype})"


LARGEST = {d.name: finfo(d).max for d in ALL if d.is_floating_point}
