"""Modified Bessel functions of the first kind: what a circle makes of the exponential."""

from __future__ import annotations

import math

from ..graph import differentiable
from ..operators import function, inplace, operator
from ..pointwise import unary
from ..tensor import Tensor

__all__ = ["i0"]


def series(x: float, order: int) -> float:
    """Return the sum of `(x/2)^(2k + order) / (k! (k + order)!)` over all k."""
    if not math.isfinite(x):
        return abs(x) if order == 0 else x
    if abs(x) > 720:
        raise OverflowError
    quarter = x * x / 4
    term = total = (x / 2) ** order
    k = 0
    while abs(term) > abs(total) * 1e-18:
        k += 1
        term *= quarter / (k * (k + order))
        total += term
    return total


def scaled_series(x: float, order: int) -> float:
    """Return the Bessel function times `exp(-|x|)`, which neither overflows nor cancels."""
    if abs(x) <= 50:
        return math.exp(-abs(x)) * series(x, order)
    total = term = 1.0
    for k in range(1, 30):
        step = -(4 * order * order - (2 * k - 1) ** 2) / (8 * abs(x) * k)
        if abs(step) >= 1:
            break
        term *= step
        total += term
    value = total / math.sqrt(2 * math.pi * abs(x))
    return -value if order and x < 0 else value


@inplace
@operator
def i0(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the modified Bessel function of order 0. Shape `(*)` to `(*)`.

    The mean of `exp(x cos t)` over a circle. It shapes Kaiser's window. Its derivative is the
    function of order 1.

    >>> torch.i0(torch.tensor([0.0, 1.0]))
    tensor([1.0000, 1.2661])
    """
    result = unary(input, lambda x: series(x, 0))
    return differentiable(
        result, "I0Backward0", (input,), saved=(input,), backward=lambda grad, x: grad * i1(x)
    )


@function
def i1(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the modified Bessel function of order 1. Shape `(*)` to `(*)`.

    >>> torch.special.i1(torch.tensor([0.0, 1.0]))
    tensor([0.0000, 0.5652])
    """
    overflow = math.inf
    result = unary(input, lambda x: series(x, 1), overflow=lambda x: math.copysign(overflow, x))

    def slope(grad: Tensor, x: Tensor, y: Tensor) -> Tensor:
        return grad * (i0(x) - (y / x).where(x != 0, 0.5))

    return differentiable(
        result, "SpecialI1Backward0", (input,), saved=(input, result), backward=slope
    )


@function
def i0e(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `exp(-|x|) * i0(x)`, which does not overflow. Shape `(*)` to `(*)`.

    >>> torch.special.i0e(torch.tensor([0.0, 1.0]))
    tensor([1.0000, 0.4658])
    """
    result = unary(input, lambda x: scaled_series(x, 0))
    return differentiable(
        result,
        "SpecialI0EBackward0",
        (input,),
        saved=(input, result),
        backward=lambda grad, x, y: grad * (i1e(x) - x.sgn() * y),
    )


@function
def i1e(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `exp(-|x|) * i1(x)`, which does not overflow. Shape `(*)` to `(*)`.

    >>> torch.special.i1e(torch.tensor([0.0, 1.0]))
    tensor([0.0000, 0.2079])
    """
    result = unary(input, lambda x: scaled_series(x, 1))

    def slope(grad: Tensor, x: Tensor, y: Tensor) -> Tensor:
        return grad * (i0e(x) - y * (x.sgn() + (1 / x).where(x != 0, 0)))

    return differentiable(
        result, "SpecialI1EBackward0", (input,), saved=(input, result), backward=slope
    )
