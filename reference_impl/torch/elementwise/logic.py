"""Truth values and bits."""

from __future__ import annotations

import operator as python

from .. import dtypes
from ..dtypes import BOOL, FLOATING
from ..operators import infix, inplace, operator
from ..pointwise import binary, unary
from ..promotion import common_type
from ..shapes import broadcast
from ..tensor import Tensor
from ..tensorbase import attach
from .rules import Number, check_operands, refuse

__all__ = [
    "bitwise_and",
    "bitwise_left_shift",
    "bitwise_not",
    "bitwise_or",
    "bitwise_right_shift",
    "bitwise_xor",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
]


@inplace
@operator
def logical_not(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Tell which elements are 0. Shape `(*)` to `(*)`.

    >>> torch.logical_not(torch.tensor([0, 1, -2]))
    tensor([ True, False, False])
    """
    return unary(input, python.not_, dtype=dtypes.bool)


@inplace
@operator
def logical_and(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Tell where neither element is 0. Shapes `(*)` and `(*)` are broadcast.

    >>> torch.logical_and(torch.tensor([0, 1, 2]), torch.tensor([1, 0, 3]))
    tensor([False, False,  True])
    """
    return binary(input, other, lambda a, b: a != 0 and b != 0, dtype=dtypes.bool)


@inplace
@operator
def logical_or(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Tell where an element is not 0. Shapes `(*)` and `(*)` are broadcast.

    >>> torch.logical_or(torch.tensor([0, 0, 2]), torch.tensor([1, 0, 3]))
    tensor([ True, False,  True])
    """
    return binary(input, other, lambda a, b: a != 0 or b != 0, dtype=dtypes.bool)


@inplace
@operator
def logical_xor(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Tell where exactly one element is not 0. Shapes `(*)` and `(*)` are broadcast.

    >>> torch.logical_xor(torch.tensor([0, 0, 2]), torch.tensor([1, 0, 3]))
    tensor([ True, False, False])
    """
    return binary(input, other, lambda a, b: (a != 0) != (b != 0), dtype=dtypes.bool)


def bits(input: Tensor | Number, other: Tensor | Number, fn: object, kernel: str) -> Tensor:
    """Return a function of the bits of integers, or of truth values."""
    found = common_type((input, other))
    if found.category == FLOATING and isinstance(input, Tensor) and isinstance(other, Tensor):
        broadcast(input._size, other._size)  # raises before the kernel is asked for
    refuse(found, kernel, FLOATING)
    return binary(input, other, fn)


@infix("__and__", "__rand__", "__iand__")
@inplace
@operator
def bitwise_and(
    input: Tensor | Number, other: Tensor | Number, *, out: Tensor | None = None
) -> Tensor:
    """Return the bits that both integers have. Shapes `(*)` and `(*)` are broadcast.

    Of truth values it is `and`: `(x > 0) & (x < 1)` asks for both, element by element.

    >>> torch.tensor([12, 10]) & 6
    tensor([4, 2])
    """
    check_operands("bitwise_and", input, other)
    return bits(input, other, python.and_, "bitwise_and_cpu")


@infix("__or__", "__ror__", "__ior__")
@inplace
@operator
def bitwise_or(
    input: Tensor | Number, other: Tensor | Number, *, out: Tensor | None = None
) -> Tensor:
    """Return the bits that either integer has. Shapes `(*)` and `(*)` are broadcast.

    >>> torch.tensor([12, 10]) | 6
    tensor([14, 14])
    """
    check_operands("bitwise_or", input, other)
    return bits(input, other, python.or_, "bitwise_or_cpu")


@infix("__xor__", "__rxor__", "__ixor__")
@inplace
@operator
def bitwise_xor(
    input: Tensor | Number, other: Tensor | Number, *, out: Tensor | None = None
) -> Tensor:
    """Return the bits in which integers differ. Shapes `(*)` and `(*)` are broadcast.

    >>> torch.tensor([12, 10]) ^ 6
    tensor([10, 12])
    """
    check_operands("bitwise_xor", input, other)
    return bits(input, other, python.xor, "bitwise_xor_cpu")


@inplace
@operator
def bitwise_not(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the integers with every bit turned; of truth values, the opposite.

    >>> ~torch.tensor([0, 5])
    tensor([-1, -6])
    """
    refuse(input.dtype, "bitwise_not_cpu", FLOATING)
    turn = python.not_ if input.dtype.category == BOOL else python.invert
    return unary(input, turn, dtype=input.dtype)


@attach
def __invert__(self: Tensor) -> Tensor:
    if self.dtype.category == FLOATING:
        raise TypeError(
            "~ (operator.invert) is only implemented on integer and Boolean-type tensors"
        )
    return bitwise_not(self)


@infix("__lshift__", "__ilshift__")
@inplace
@operator
def bitwise_left_shift(
    input: Tensor | Number, other: Tensor | Number, *, out: Tensor | None = None
) -> Tensor:
    """Return the bits moved up by `other` places: times a power of 2.

    >>> torch.tensor([1, 3]) << 2
    tensor([ 4, 12])
    """
    check_operands("bitwise_left_shift", input, other)
    found = common_type((input, other))
    refuse(found, "lshift_cpu", BOOL)
    return bits(input, other, lambda a, n: a << n if 0 <= n < found.bits else 0, "lshift_cpu")


@infix("__rshift__", "__irshift__")
@inplace
@operator
def bitwise_right_shift(
    input: Tensor | Number, other: Tensor | Number, *, out: Tensor | None = None
) -> Tensor:
    """Return the bits moved down by `other` places: divided by a power of 2, rounded down.

    >>> torch.tensor([8, -3]) >> 1
    tensor([ 4, -2])
    """
    check_operands("bitwise_right_shift", input, other)
    found = common_type((input, other))
    refuse(found, "rshift_cpu", BOOL)
    return bits(
        input, other, lambda a, n: a >> (n if 0 <= n < found.bits else found.bits), "rshift_cpu"
    )


@infix("__rlshift__")
def number_shifted_left(input: Tensor, other: Number) -> Tensor:
    """Return `other << input`."""
    return bitwise_left_shift(other, input)


@infix("__rrshift__")
def number_shifted_right(input: Tensor, other: Number) -> Tensor:
    """Return `other >> input`."""
    return bitwise_right_shift(other, input)
