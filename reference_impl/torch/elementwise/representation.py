"""How floats are represented: fraction and exponent, and the float that comes next."""

from __future__ import annotations

import math
from struct import pack, unpack

from .. import dtypes
from ..dtypes import FLOATING, dtype
from ..graph import differentiable
from ..operators import inplace, operator
from ..pointwise import binary, unary
from ..promotion import common_type
from ..return_types import named
from ..tensor import Tensor
from .rules import zeros_for

__all__ = ["frexp", "nextafter"]

Frexp = named("frexp", "mantissa", "exponent")


def exponent_of(x: float) -> int:
    """Return the power of 2 that a float's fraction, from 0.5 up to 1, is multiplied with."""
    return math.frexp(x)[1] if math.isfinite(x) else 0


@operator
def frexp(input: Tensor, *, out: tuple | None = None) -> tuple[Tensor, Tensor]:
    """Return fractions from 0.5 up to 1 and the powers of 2 they are multiplied with.

    So a float is stored. The fraction grows with the number as long as the exponent stays,
    hence its gradient is divided by that power.

    >>> mantissa, exponent = torch.frexp(torch.tensor([3.0, -0.25]))
    >>> mantissa, exponent
    (tensor([ 0.7500, -0.5000]), tensor([ 2, -1], dtype=torch.int32))

    Raises:
        RuntimeError: for integers.
    """
    if input.dtype.category != FLOATING:
        raise RuntimeError("torch.frexp() only supports floating-point dtypes")
    mantissa = unary(input, lambda x: math.frexp(x)[0], dtype=input.dtype)
    exponent = unary(input, exponent_of, dtype=dtypes.int32)
    differentiable(
        (mantissa, exponent),
        "FrexpBackward0",
        (input,),
        saved=(exponent,),
        backward=lambda grads, e: None if grads[0] is None else grads[0] / (2.0**e),
    )
    return Frexp((mantissa, exponent))


# for each type: how its floats are packed, integers of the same bits, and how far to shift them
BITS = {
    "float64": ("d", "q", 0),
    "float32": ("f", "i", 0),
    "float16": ("e", "h", 0),
    "bfloat16": ("f", "i", 16),
}


def next_of(kind: dtype) -> object:
    """Return the function that gives the neighbour of a float in the direction of another."""
    floats, integers, low = BITS[kind.name]

    def step(x: float, target: float) -> float:
        if x != x or target != target:
            return math.nan
        if x == target:
            return target
        bits = unpack(integers, pack(floats, x))[0] >> low
        if x == 0:
            bits = 1
            sign = target < 0
        else:
            sign = x < 0
            magnitude = bits & (1 << (kind.bits - 1)) - 1
            bits = magnitude + (1 if (target > x) != sign else -1)
        found = unpack(floats, pack(integers, bits << low))[0]
        return -found if sign else found

    return step


@inplace
@operator
def nextafter(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the next float after each element, in the direction of another.

    >>> x = torch.tensor(1.0)
    >>> torch.nextafter(x, torch.tensor(2.0)) - x == torch.finfo(torch.float32).eps
    tensor(True)

    Raises:
        NotImplementedError: for integers.
    """
    found = common_type((input, other))
    if found.name not in BITS:
        raise NotImplementedError(f"\"nextafter_cpu\" not implemented for '{found.scalar_name}'")
    result = binary(input, other, next_of(found))

    return differentiable(
        result, "NextafterBackward0", (input, other), backward=(lambda grad: grad, zeros_for)
    )
