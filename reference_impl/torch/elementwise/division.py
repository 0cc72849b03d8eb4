"""Dividing, and what is left over.

torch has two remainders: `remainder`, Python's `%`, has the divisor's sign, `fmod`, C's `%`,
the dividend's. Each belongs to a division: rounded down (`//`), or towards zero.
"""

from __future__ import annotations

import math
import operator as python
from collections.abc import Callable
from typing import NoReturn

from ..dtypes import BOOL, FLOATING
from ..graph import differentiable
from ..operators import alias, infix, inplace, operator
from ..pointwise import binary, pointwise, unary
from ..promotion import common_type, floating
from ..tensor import Tensor
from .rules import (
    Number,
    at_least_one,
    check_operands,
    refuse,
    stored,
    underivable,
    working,
    zeros_for,
)

__all__ = [
    "addcdiv",
    "div",
    "divide",
    "floor_divide",
    "fmod",
    "reciprocal",
    "remainder",
    "true_divide",
]

NO_INTEGERS = (
    "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will "
    "perform a true division of tensor1 and tensor2. The historic addcdiv behavior can be "
    "implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer "
    "inputs and as (input + value * tensor1 / tensor2) for float inputs. The future addcdiv "
    "behavior is just the latter implementation: (input + value * tensor1 / tensor2), for all "
    "dtypes."
)


def by_zero(a: float, b: float) -> float:
    """Return the quotient of a float and zero: infinite, or nan for 0/0."""
    if a == 0 or math.isnan(a) or math.isnan(b):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def no_quotient(a: int, b: int) -> NoReturn:
    """Refuse to divide an integer by zero, in torch's words."""
    raise RuntimeError("ZeroDivisionError")


def mod_towards_zero(a: float, b: float) -> float:
    """Return what is left of `a`, with the sign of `a`."""
    return math.fmod(a, b) if b and not math.isinf(a) else math.nan


def mod_downwards(a: float, b: float) -> float:
    """Return what is left of `a`, with the sign of `b`."""
    rest = mod_towards_zero(a, b)
    return rest + b if rest != 0 and (rest < 0) != (b < 0) else rest


def quotient_downwards(a: float, b: float) -> float:
    """Return the quotient rounded down: exact, as `a - rest` is a multiple of `b`."""
    if b == 0:
        return by_zero(a, b)
    rest = mod_towards_zero(a, b)
    whole = (a - rest) / b
    if rest != 0 and (rest < 0) != (b < 0):
        whole -= 1
    if whole == 0:
        return math.copysign(0.0, a / b)
    down = whole if math.isinf(whole) else float(math.floor(whole)) if whole == whole else whole
    return down + 1 if whole - down > 0.5 else down


def quotient_towards_zero(a: float, b: float) -> float:
    """Return the quotient without its fraction."""
    return math.modf(a / b if b else by_zero(a, b))[1]


def whole_mod_towards_zero(a: int, b: int) -> int:
    """Return what is left of an integer, with its sign."""
    rest = python.mod(python.abs(a), python.abs(b))
    return -rest if a < 0 else rest


def whole_quotient_towards_zero(a: int, b: int) -> int:
    """Return the quotient of integers without its fraction."""
    whole = python.abs(a) // python.abs(b)
    return whole if (a < 0) == (b < 0) else -whole


def divided(
    input: Tensor | Number,
    other: Tensor | Number,
    floats: Callable[[float, float], float],
    integers: Callable[[int, int], int],
    kernel: str,
) -> Tensor:
    """Return a rounded quotient or a remainder, by one function for each kind of number."""
    found = common_type((input, other))
    refuse(found, kernel, BOOL)
    if found.category == FLOATING:
        return binary(input, other, floats, compute=working(found), dtype=found)
    return binary(input, other, integers, compute=found, invalid=no_quotient)


def quotient(input: Tensor | Number, other: Tensor | Number) -> Tensor:
    """Return the true quotient, a float even of integers."""
    found = floating(common_type((input, other)))
    compute = working(found)
    return binary(input, other, python.truediv, compute=compute, dtype=found, invalid=by_zero)


@infix("__truediv__", "__div__", "__itruediv__", "__idiv__")
@inplace
@operator
def div(
    input: Tensor | Number,
    other: Tensor | Number,
    *,
    rounding_mode: str | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return `input / other`, element by element.

    Shapes `(*)` and `(*)` are broadcast. The dividend's gradient is `1 / other`, the
    divisor's `-input / other**2`; a rounded quotient is flat, its gradient 0.

    Args:
        input: The dividend.
        other: The divisor.
        rounding_mode: None for the true quotient, a float; "floor" to round down; "trunc" to
            round towards zero.
        out: Where to write the result.

    >>> torch.tensor([7, -7]) / 2
    tensor([ 3.5000, -3.5000])
    >>> torch.div(torch.tensor([7, -7]), 2, rounding_mode="trunc")
    tensor([ 3, -3])

    Raises:
        RuntimeError: for another rounding mode, and for integers divided by 0 and rounded.
    """
    input = at_least_one(input, other)
    if rounding_mode is None:
        return differentiable(
            quotient(input, other),
            "DivBackward0",
            (input, other),
            backward=(
                (lambda grad, other: grad / other, other),
                (lambda grad, input, other: -grad * ((input / other) / other), input, other),
            ),
        )
    if rounding_mode == "floor":
        result = divided(input, other, quotient_downwards, python.floordiv, "div_floor_cpu")
    elif rounding_mode == "trunc":
        result = divided(
            input, other, quotient_towards_zero, whole_quotient_towards_zero, "div_trunc_cpu"
        )
    else:
        raise RuntimeError(
            "div expected rounding_mode to be one of None, 'trunc', or 'floor' "
            f"but found '{rounding_mode}'"
        )
    return differentiable(
        result,
        "DivBackward2",
        (input, other),
        backward=(zeros_for, zeros_for),
    )


@inplace
@operator
def true_divide(input: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Return `input / other`: `div` without rounding."""
    return div(input, other)


@infix("__rtruediv__", "__rdiv__")
def divide_number(input: Tensor, other: Number) -> Tensor:
    """Return `other / input`: torch takes the reciprocal and multiplies."""
    return input.reciprocal() * other


@infix("__floordiv__", "__ifloordiv__")
@inplace
@operator
def floor_divide(
    input: Tensor | Number, other: Tensor | Number, *, out: Tensor | None = None
) -> Tensor:
    """Return `input // other`, rounded down; it has no derivative.

    >>> torch.tensor([7, -7]) // 2
    tensor([ 3, -4])

    Raises:
        RuntimeError: for an integer divided by 0, and when backward comes here.
    """
    input = at_least_one(input, other)
    result = divided(input, other, quotient_downwards, python.floordiv, "div_floor_cpu")
    return underivable(result, "floor_divide", tensors(input, other))


@infix("__rfloordiv__")
def floor_divide_number(input: Tensor, other: Number) -> Tensor:
    """Return `other // input`."""
    return floor_divide(other, input)


def tensors(*operands: Tensor | Number) -> tuple[Tensor, ...]:
    """Return those operands that are tensors."""
    return tuple(x for x in operands if isinstance(x, Tensor))


@infix("__mod__", "__imod__")
@inplace
@operator
def remainder(
    input: Tensor | Number, other: Tensor | Number, *, out: Tensor | None = None
) -> Tensor:
    """Return `input - other * floor(input / other)`: the remainder with the divisor's sign.

    Shapes `(*)` and `(*)` are broadcast.

    >>> torch.remainder(torch.tensor([7.0, -7.0]), 3)
    tensor([1., 2.])

    Raises:
        RuntimeError: for an integer divided by 0.
    """
    check_operands("remainder", input, other)
    found = common_type((input, other))
    refuse(found, "remainder_cpu", BOOL)
    input, other = stored(input, found), stored(other, found)
    result = divided(input, other, mod_downwards, python.mod, "remainder_cpu")
    if not isinstance(input, Tensor):
        return underivable(result, "remainder", (other,))
    if not isinstance(other, Tensor):
        return differentiable(result, "RemainderBackward0", (input,), backward=lambda grad: grad)
    return differentiable(
        result,
        "RemainderBackward1",
        (input, other),
        backward=(
            lambda grad: grad,
            (lambda grad, a, b: -grad * a.div(b, rounding_mode="floor"), input, other),
        ),
    )


@infix("__rmod__")
def remainder_of_number(input: Tensor, other: Number) -> Tensor:
    """Return `other % input`."""
    return remainder(other, input)


@inplace
@operator
def fmod(input: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Return `input - other * trunc(input / other)`: the remainder with the dividend's sign.

    Shapes `(*)` and `(*)` are broadcast.

    >>> torch.fmod(torch.tensor([7.0, -7.0]), 3)
    tensor([ 1., -1.])

    Raises:
        RuntimeError: for an integer divided by 0.
    """
    found = common_type((input, other))
    refuse(found, "fmod_cpu", BOOL)
    other = stored(other, found)
    result = divided(input, other, mod_towards_zero, whole_mod_towards_zero, "fmod_cpu")
    if not isinstance(other, Tensor):
        return differentiable(result, "FmodBackward0", (input,), backward=lambda grad: grad)
    return differentiable(
        result,
        "FmodBackward1",
        (input, other),
        backward=(
            lambda grad: grad,
            (lambda grad, a, b: -grad * a.div(b, rounding_mode="trunc"), input, other),
        ),
    )


@inplace
@operator
def reciprocal(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `1 / input`. Shape `(*)` to `(*)`.

    The derivative of `1 / x` is `-1 / x**2`: minus the square of the result.

    >>> torch.reciprocal(torch.tensor([4.0, 0.0]))
    tensor([0.2500,    inf])
    """
    result = unary(input, lambda x: 1 / x, invalid=lambda x: by_zero(1.0, float(x)))
    return differentiable(
        result,
        "ReciprocalBackward0",
        (input,),
        saved=(result,),
        backward=lambda grad, y: -grad * (y * y),
    )


@inplace
@operator
def addcdiv(
    input: Tensor,
    tensor1: Tensor,
    tensor2: Tensor,
    *,
    value: Number = 1,
    out: Tensor | None = None,
) -> Tensor:
    """Return `input + value * tensor1 / tensor2`: the step of Adam.

    Shapes are broadcast.

    >>> torch.addcdiv(torch.ones(2), torch.tensor([1.0, 2.0]), torch.tensor([2.0, 4.0]), value=-0.5)
    tensor([0.7500, 0.7500])

    Raises:
        RuntimeError: if both tensors hold integers.
    """
    if tensor1.dtype.category != FLOATING and tensor2.dtype.category != FLOATING:
        raise RuntimeError(NO_INTEGERS)
    found = common_type((input, tensor1, tensor2))
    compute = working(found)
    factor = compute.array([value])[0]
    above = pointwise(lambda a: a * factor, (tensor1,), compute=compute)
    ratio = binary(above, tensor2, python.truediv, compute=compute, invalid=by_zero)
    result = pointwise(python.add, (input, ratio), compute=compute, dtype=found)
    return differentiable(
        result,
        "AddcdivBackward0",
        (input, tensor1, tensor2),
        backward=(
            lambda grad: grad,
            (lambda grad, tensor2: grad * (value / tensor2), tensor2),
            (
                lambda grad, tensor1, tensor2: -grad * (value * tensor1 / (tensor2 * tensor2)),
                tensor1,
                tensor2,
            ),
        ),
    )


divide = alias(div, "divide")
