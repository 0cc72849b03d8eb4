"""Angles and hyperbolas."""

from __future__ import annotations

import math

from ..dtypes import BOOL, INTEGRAL
from ..graph import differentiable
from ..operators import alias, inplace, operator
from ..pointwise import binary, unary
from ..promotion import common_type, floating
from ..tensor import Tensor
from .rules import refuse, working

__all__ = [
    "acos",
    "acosh",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctan2",
    "arctanh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "cos",
    "cosh",
    "deg2rad",
    "hypot",
    "rad2deg",
    "sin",
    "sinc",
    "sinh",
    "tan",
    "tanh",
]


@inplace
@operator
def sin(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the sine of angles in radians. Shape `(*)` to `(*)`.

    >>> torch.sin(torch.tensor([0.0, 1.5708]))
    tensor([0., 1.])
    """
    result = unary(input, math.sin)
    return differentiable(
        result, "SinBackward0", (input,), saved=(input,), backward=lambda grad, x: grad * x.cos()
    )


@inplace
@operator
def cos(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the cosine of angles in radians. Shape `(*)` to `(*)`.

    >>> torch.cos(torch.tensor([0.0, 3.1416]))
    tensor([ 1., -1.])
    """
    result = unary(input, math.cos)
    return differentiable(
        result, "CosBackward0", (input,), saved=(input,), backward=lambda grad, x: grad * -x.sin()
    )


@inplace
@operator
def tan(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the tangent of angles in radians. Shape `(*)` to `(*)`.

    Its slope is one plus the square of the result.

    >>> torch.tan(torch.tensor([0.0, 0.5]))
    tensor([0.0000, 0.5463])
    """
    result = unary(input, math.tan)
    return differentiable(
        result,
        "TanBackward0",
        (input,),
        saved=(result,),
        backward=lambda grad, y: grad * (1 + y.pow(2)),
    )


@inplace
@operator
def asin(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the angle with this sine, from -pi/2 to pi/2; nan outside [-1, 1].

    >>> torch.asin(torch.tensor([0.5, 2.0]))
    tensor([0.5236,    nan])
    """
    result = unary(input, math.asin)
    return differentiable(
        result,
        "AsinBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad * (-x * x + 1).rsqrt(),
    )


@inplace
@operator
def acos(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the angle with this cosine, from 0 to pi; nan outside [-1, 1].

    >>> torch.acos(torch.tensor([0.5, -1.0]))
    tensor([1.0472, 3.1416])
    """
    result = unary(input, math.acos)
    return differentiable(
        result,
        "AcosBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad * -(-x * x + 1).rsqrt(),
    )


@inplace
@operator
def atan(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the angle with this tangent, from -pi/2 to pi/2; its slope is `1 / (1 + x**2)`.

    >>> torch.atan(torch.tensor([1.0, float("inf")]))
    tensor([0.7854, 1.5708])
    """
    result = unary(input, math.atan)
    return differentiable(
        result,
        "AtanBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad / (x * x + 1),
    )


@inplace
@operator
def atan2(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the angle of the point `(other, input)`, from -pi to pi.

    Shapes `(*)` and `(*)` are broadcast.

    >>> torch.atan2(torch.tensor([1.0, -1.0]), torch.tensor([-1.0, -1.0]))
    tensor([ 2.3562, -2.3562])
    """
    found = floating(common_type((input, other)))
    result = binary(input, other, math.atan2, compute=working(found), dtype=found)
    return differentiable(
        result,
        "Atan2Backward0",
        (input, other),
        backward=(
            (lambda grad, y, x: grad * (x / (y * y + x * x)), input, other),
            (lambda grad, y, x: grad * (-y / (y * y + x * x)), input, other),
        ),
    )


@inplace
@operator
def hypot(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `sqrt(input**2 + other**2)`, the distance of a point from the origin.

    Shapes `(*)` and `(*)` are broadcast.

    >>> torch.hypot(torch.tensor([3.0]), torch.tensor([4.0]))
    tensor([5.])
    """
    found = common_type((input, other))
    refuse(found, "hypot_cpu", BOOL, INTEGRAL)
    result = binary(input, other, math.hypot, compute=working(found), dtype=found)
    return differentiable(
        result,
        "HypotBackward0",
        (input, other),
        backward=(
            (lambda grad, x, y: grad * (x / y), input, result),
            (lambda grad, x, y: grad * (x / y), other, result),
        ),
    )


@inplace
@operator
def sinh(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the hyperbolic sine, `(exp(x) - exp(-x)) / 2`. Shape `(*)` to `(*)`.

    >>> torch.sinh(torch.tensor([1.0]))
    tensor([1.1752])
    """
    result = unary(input, math.sinh, overflow=lambda x: math.copysign(math.inf, x))
    return differentiable(
        result, "SinhBackward0", (input,), saved=(input,), backward=lambda grad, x: grad * x.cosh()
    )


@inplace
@operator
def cosh(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the hyperbolic cosine, `(exp(x) + exp(-x)) / 2`. Shape `(*)` to `(*)`.

    >>> torch.cosh(torch.tensor([0.0, 1.0]))
    tensor([1.0000, 1.5431])
    """
    result = unary(input, math.cosh)
    return differentiable(
        result, "CoshBackward0", (input,), saved=(input,), backward=lambda grad, x: grad * x.sinh()
    )


@inplace
@operator
def tanh(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the hyperbolic tangent, from -1 to 1. Shape `(*)` to `(*)`.

    The derivative is `1 - tanh(x)**2`: almost 0 where the result is near -1 or 1, so
    a saturated unit learns slowly.

    >>> torch.tanh(torch.tensor([0.0, 1.0, 100.0]))
    tensor([0.0000, 0.7616, 1.0000])
    """
    result = unary(input, math.tanh)
    return differentiable(
        result,
        "TanhBackward0",
        (input,),
        saved=(result,),
        backward=lambda grad, y: grad * (1 - y * y),
    )


@inplace
@operator
def asinh(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the inverse of `sinh`. Shape `(*)` to `(*)`.

    >>> torch.asinh(torch.tensor([1.1752]))
    tensor([1.0000])
    """
    result = unary(input, math.asinh)
    return differentiable(
        result,
        "AsinhBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad * (x.pow(2) + 1).rsqrt(),
    )


@inplace
@operator
def acosh(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the inverse of `cosh`, for elements from 1; nan below.

    >>> torch.acosh(torch.tensor([1.0, 0.5]))
    tensor([0., nan])
    """
    result = unary(input, math.acosh)
    return differentiable(
        result,
        "AcoshBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad * (x * x - 1).rsqrt(),
    )


def area_tangent(x: float) -> float:
    """Return the inverse of tanh; infinite at -1 and 1, nan beyond."""
    return math.copysign(math.inf, x) if math.fabs(x) == 1 else math.nan


@inplace
@operator
def atanh(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the inverse of `tanh`; nan outside [-1, 1].

    >>> torch.atanh(torch.tensor([0.5, 1.0]))
    tensor([0.5493,    inf])
    """
    result = unary(input, math.atanh, invalid=area_tangent)
    return differentiable(
        result,
        "AtanhBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad / (1 - x.pow(2)),
    )


@inplace
@operator
def deg2rad(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return degrees as radians. Shape `(*)` to `(*)`.

    >>> torch.deg2rad(torch.tensor([180.0, 90.0]))
    tensor([3.1416, 1.5708])
    """
    return scaled(input, math.pi / 180, "Deg2RadBackward0")


@inplace
@operator
def rad2deg(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return radians as degrees. Shape `(*)` to `(*)`.

    >>> torch.rad2deg(torch.tensor([3.1416]))
    tensor([180.0004])
    """
    return scaled(input, 180 / math.pi, "Rad2DegBackward0")


def scaled(input: Tensor, factor: float, name: str) -> Tensor:
    """Return an angle in another unit; the factor is rounded to the result's type first."""
    kind = floating(input.dtype)
    rounded = working(kind).array([factor])[0]
    result = unary(input, lambda x: x * rounded)
    return differentiable(result, name, (input,), backward=lambda grad: grad * factor)


@inplace
@operator
def sinc(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `sin(pi * x) / (pi * x)`, and 1 at 0. Shape `(*)` to `(*)`.

    >>> torch.sinc(torch.tensor([0.0, 0.5]))
    tensor([1.0000, 0.6366])
    """
    kind = floating(input.dtype)
    compute = working(kind)
    pi = compute.array([math.pi])[0]
    angle = unary(
        input if input.dtype is kind else unary(input, float), lambda x: pi * x, dtype=compute
    )
    result = binary(
        unary(angle, math.sin, dtype=compute),
        angle,
        lambda s, a: s / a if a else 1.0,
        compute=compute,
        dtype=kind,
    )

    def backward(grad: Tensor, x: Tensor) -> Tensor:
        turned = x * math.pi
        slope = grad * ((turned * turned.cos() - turned.sin()) * math.pi / turned.square())
        return slope.where(turned != 0, 0)

    return differentiable(result, "SincBackward0", (input,), saved=(input,), backward=backward)


arcsin = alias(asin, "arcsin")
arccos = alias(acos, "arccos")
arctan = alias(atan, "arctan")
arctan2 = alias(atan2, "arctan2")
arcsinh = alias(asinh, "arcsinh")
arccosh = alias(acosh, "arccosh")
arctanh = alias(atanh, "arctanh")
