"""Signs and whole numbers: functions with steps, whose slope is 0 or 1."""

from __future__ import annotations

import builtins
import math

from .. import dtypes
from ..dtypes import BOOL, FLOATING, INTEGRAL, finfo
from ..graph import differentiable
from ..operators import alias, inplace, operator
from ..pointwise import binary, unary
from ..promotion import common_type, floating
from ..tensor import Tensor
from .rules import Number, flat, refuse, steps, underivable, working, zeros_for

__all__ = [
    "ceil",
    "copysign",
    "fix",
    "floor",
    "frac",
    "heaviside",
    "nan_to_num",
    "round",
    "sgn",
    "sign",
    "signbit",
    "trunc",
]


def towards_zero(x: float) -> float:
    """Return a float without its fraction."""
    return math.modf(x)[1]


def downwards(x: float) -> float:
    """Return the largest whole float that is not larger."""
    whole = math.modf(x)[1]
    return whole - 1 if x < whole else whole


def upwards(x: float) -> float:
    """Return the smallest whole float that is not smaller."""
    whole = math.modf(x)[1]
    return whole + 1 if x > whole else whole


def to_even(x: float) -> float:
    """Return the nearest whole float; of two, the even one."""
    return builtins.round(x, 0) if math.isfinite(x) else x


def rounded(input: Tensor, fn: object, kernel: str) -> Tensor:
    """Return rounded elements; integers are whole already."""
    refuse(input.dtype, kernel, BOOL)
    return unary(input, fn if input.dtype.category == FLOATING else int, dtype=input.dtype)


@inplace
@operator
def floor(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the largest whole number that is not larger. Shape `(*)` to `(*)`.

    >>> torch.floor(torch.tensor([1.7, -1.2]))
    tensor([ 1., -2.])
    """
    return flat(rounded(input, downwards, "floor_vml_cpu"), "FloorBackward0", input)


@inplace
@operator
def ceil(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the smallest whole number that is not smaller. Shape `(*)` to `(*)`.

    >>> torch.ceil(torch.tensor([1.2, -1.7]))
    tensor([ 2., -1.])
    """
    return flat(rounded(input, upwards, "ceil_vml_cpu"), "CeilBackward0", input)


@inplace
@operator
def trunc(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the elements without their fraction. Shape `(*)` to `(*)`.

    >>> torch.trunc(torch.tensor([1.7, -1.7]))
    tensor([ 1., -1.])
    """
    return flat(rounded(input, towards_zero, "trunc_vml_cpu"), "TruncBackward0", input)


@inplace
@operator
def round(input: Tensor, *, decimals: int = 0, out: Tensor | None = None) -> Tensor:
    """Return the nearest whole number, or the nearest with a number of decimals.

    Shape `(*)` to `(*)`. Halfway between two, the even one is taken.

    >>> torch.round(torch.tensor([0.5, 1.5, 2.5]))
    tensor([0., 2., 2.])
    >>> torch.round(torch.tensor([0.1234567]), decimals=3)
    tensor([0.1230])
    """
    if decimals == 0:
        return flat(rounded(input, to_even, "round_vml_cpu"), "RoundBackward0", input)
    refuse(input.dtype, "round_cpu", BOOL, INTEGRAL)
    ten = working(input.dtype).array([10.0 ** math.fabs(decimals)])[0]
    if decimals > 0:
        result = steps(input, lambda x: x * ten, to_even, lambda x: x / ten)
    else:
        result = steps(input, lambda x: x / ten, to_even, lambda x: x * ten)
    return flat(result, "RoundBackward1", input)


@inplace
@operator
def frac(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return what `trunc` takes away. Shape `(*)` to `(*)`.

    >>> torch.frac(torch.tensor([1.5, -2.25]))
    tensor([ 0.5000, -0.2500])
    """
    refuse(input.dtype, "frac_cpu", BOOL, INTEGRAL)
    result = unary(input, lambda x: x - math.modf(x)[1], dtype=input.dtype)
    return differentiable(result, "FracBackward0", (input,), backward=lambda grad: grad)


def sign_of(x: float) -> int:
    """Return 1, 0 or -1; 0 for nan."""
    return (x > 0) - (x < 0)


@inplace
@operator
def sign(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return -1, 0 or 1, by the sign. Shape `(*)` to `(*)`.

    >>> torch.sign(torch.tensor([-3.5, 0.0, 2.0]))
    tensor([-1.,  0.,  1.])
    """
    return flat(unary(input, sign_of, dtype=input.dtype), "SignBackward0", input)


@inplace
@operator
def sgn(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return what `sign` returns, as there are no complex numbers here."""
    return flat(unary(input, sign_of, dtype=input.dtype), "SgnBackward0", input)


@operator
def signbit(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Tell which elements have a minus, -0.0 included. Shape `(*)` to `(*)`.

    >>> torch.signbit(torch.tensor([-1.0, -0.0, 0.0]))
    tensor([ True,  True, False])
    """
    return unary(input, lambda x: math.copysign(1.0, x) < 0, dtype=dtypes.bool)


@inplace
@operator
def copysign(input: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Return the size of `input` with the sign of `other`, which may be that of -0.0.

    Shapes `(*)` and `(*)` are broadcast.

    >>> torch.copysign(torch.tensor([1.0, -2.0]), torch.tensor([-0.0, 3.0]))
    tensor([-1.,  2.])
    """
    found = floating(common_type((input, other)))
    result = binary(input, other, math.copysign, compute=found)

    def backward(grad: Tensor, x: Tensor, y: Tensor) -> Tensor:
        turned = binary(y, x, lambda b, a: 0.0 if a == 0 else b / a, invalid=1.0, compute=found)
        return grad * turned

    if not isinstance(other, Tensor):
        return differentiable(
            result, "CopysignBackward1", (input,), saved=(input, result), backward=backward
        )
    return differentiable(
        result,
        "CopysignBackward0",
        (input, other),
        backward=((backward, input, result), zeros_for),
    )


@inplace
@operator
def nan_to_num(
    input: Tensor,
    nan: float | None = None,
    posinf: float | None = None,
    neginf: float | None = None,
    *,
    out: Tensor | None = None,
) -> Tensor:
    """Return finite numbers in place of nan and infinities. Shape `(*)` to `(*)`.

    Args:
        input: Any tensor; integers are finite already.
        nan: What stands for nan, 0 if None.
        posinf: What stands for inf, the type's largest number if None.
        neginf: What stands for -inf, the type's lowest number if None.
        out: Where to write the result.

    >>> torch.nan_to_num(torch.tensor([float("nan"), 1.0, float("inf")]), posinf=9.0)
    tensor([0., 1., 9.])
    """
    if input.dtype.category != FLOATING:
        return unary(input, int, dtype=input.dtype)
    limits = finfo(input.dtype)
    high = limits.max if posinf is None else posinf
    low = limits.min if neginf is None else neginf

    def finite(x: float) -> float:
        if math.isfinite(x):
            return x
        return (nan or 0.0) if math.isnan(x) else high if x > 0 else low

    return differentiable(
        unary(input, finite, dtype=input.dtype),
        "NanToNumBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad * x.isfinite(),
    )


@inplace
@operator
def heaviside(input: Tensor, values: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return 0 below 0, 1 above, and `values` at 0. Shapes are broadcast.

    >>> torch.heaviside(torch.tensor([-1.5, 0.0, 2.0]), torch.tensor([0.5]))
    tensor([0.0000, 0.5000, 1.0000])

    Raises:
        RuntimeError: for operands of different types.
    """
    if input.dtype is not values.dtype:
        raise RuntimeError("heaviside is not yet implemented for tensors with different dtypes.")
    result = binary(input, values, lambda x, v: v if x == 0 else x > 0)
    return underivable(result, "heaviside", (input, values))


fix = alias(trunc, "fix")
