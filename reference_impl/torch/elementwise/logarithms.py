"""Exponentials and logarithms."""

from __future__ import annotations

import math
from collections.abc import Callable

from ..dtypes import BOOL, INTEGRAL
from ..graph import differentiable
from ..operators import inplace, operator
from ..pointwise import binary, pointwise, unary
from ..promotion import common_type, floating
from ..tensor import Tensor
from .rules import Number, check_operands, refuse, working

__all__ = [
    "exp",
    "exp2",
    "expm1",
    "log",
    "log1p",
    "log2",
    "log10",
    "logaddexp",
    "logaddexp2",
    "xlogy",
]


def log_of(function: Callable[[float], float], pole: float) -> Callable[[float], float]:
    """Return a logarithm that is -inf at its pole, and nan below."""
    return lambda x: function(x) if x > pole else -math.inf if x == pole else math.nan


ln, ld, lg, ln1p = (
    log_of(math.log, 0.0),
    log_of(math.log2, 0.0),
    log_of(math.log10, 0.0),
    log_of(math.log1p, -1.0),
)


@inplace
@operator
def exp(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return e to the power of each element. Shape `(*)` to `(*)`.

    The derivative of exp is exp itself, so backward multiplies by the result
    that forward has already computed.

    >>> torch.exp(torch.tensor([0.0, 1.0]))
    tensor([1.0000, 2.7183])
    """
    result = unary(input, math.exp)
    return differentiable(
        result, "ExpBackward0", (input,), saved=(result,), backward=lambda grad, y: grad * y
    )


@inplace
@operator
def exp2(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return 2 to the power of each element. Shape `(*)` to `(*)`.

    >>> torch.exp2(torch.tensor([3.0, -1.0]))
    tensor([8.0000, 0.5000])
    """
    result = unary(input, lambda x: math.pow(2.0, x))
    return differentiable(
        result,
        "Exp2Backward0",
        (input,),
        saved=(result,),
        backward=lambda grad, y: grad * y * math.log(2),
    )


@inplace
@operator
def expm1(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `exp(input) - 1`, exact near 0. Shape `(*)` to `(*)`.

    >>> torch.expm1(torch.tensor([1e-10]))
    tensor([1.0000e-10])
    """
    result = unary(input, math.expm1)
    return differentiable(
        result, "Expm1Backward0", (input,), saved=(result,), backward=lambda grad, y: grad * (y + 1)
    )


@inplace
@operator
def log(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the natural logarithm; -inf at 0, nan below. Shape `(*)` to `(*)`.

    The derivative is `1 / input`.

    >>> torch.log(torch.tensor([1.0, 2.0, 0.0]))
    tensor([0.0000, 0.6931,   -inf])
    """
    result = unary(input, math.log, invalid=ln)
    return differentiable(
        result, "LogBackward0", (input,), saved=(input,), backward=lambda grad, x: grad.div(x)
    )


@inplace
@operator
def log2(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the logarithm to base 2. Shape `(*)` to `(*)`.

    >>> torch.log2(torch.tensor([8.0, 0.5]))
    tensor([ 3., -1.])
    """
    result = unary(input, math.log2, invalid=ld)
    return differentiable(
        result,
        "Log2Backward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad / (x * 0.6931471805599453),
    )


@inplace
@operator
def log10(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the logarithm to base 10. Shape `(*)` to `(*)`.

    >>> torch.log10(torch.tensor([1000.0, 0.1]))
    tensor([ 3., -1.])
    """
    result = unary(input, math.log10, invalid=lg)
    return differentiable(
        result,
        "Log10Backward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad / (x * 2.3025850929940456),
    )


@inplace
@operator
def log1p(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `log(1 + input)`, exact near 0. Shape `(*)` to `(*)`.

    >>> torch.log1p(torch.tensor([1e-10]))
    tensor([1.0000e-10])
    """
    result = unary(input, math.log1p, invalid=ln1p)
    return differentiable(
        result, "Log1PBackward0", (input,), saved=(input,), backward=lambda grad, x: grad / (x + 1)
    )


def log_add(input: Tensor, other: Tensor, exp: Callable, log1p: Callable) -> Tensor:
    """Return `log(exp(input) + exp(other))` without overflow, rounding as torch does."""
    found = common_type((input, other))
    compute = working(floating(found))
    larger = input.detach().maximum(other.detach())
    apart = binary(input, other, lambda a, b: math.fabs(a - b), compute=compute)
    shrunk = unary(apart, lambda d: exp(-d), dtype=compute)
    more = unary(shrunk, log1p, dtype=compute)
    return pointwise(
        lambda a, b, m, s: a if a == b and math.isinf(a) else m + s,
        (input, other, larger, more),
        compute=compute,
        dtype=floating(found),
    )


@operator
def logaddexp(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `log(exp(input) + exp(other))`: a sum of numbers known by their logarithms.

    Shapes `(*)` and `(*)` are broadcast.

    >>> torch.logaddexp(torch.tensor([1000.0]), torch.tensor([1000.0]))
    tensor([1000.6932])
    """
    refuse(common_type((input, other)), "logaddexp_cpu", BOOL, INTEGRAL)
    return differentiable(
        log_add(input, other, math.exp, math.log1p),
        "LogaddexpBackward0",
        (input, other),
        backward=(
            (lambda grad, a, b: grad / (1 + (b - a).exp()), input, other),
            (lambda grad, a, b: grad / (1 + (a - b).exp()), input, other),
        ),
    )


@operator
def logaddexp2(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `log2(2**input + 2**other)`.

    Shapes `(*)` and `(*)` are broadcast.

    >>> torch.logaddexp2(torch.tensor([1.0]), torch.tensor([1.0]))
    tensor([2.])
    """
    refuse(common_type((input, other)), "logaddexp2_cpu", BOOL, INTEGRAL)
    return differentiable(
        log_add(input, other, lambda x: math.pow(2.0, x), lambda x: math.log1p(x) / math.log(2)),
        "Logaddexp2Backward0",
        (input, other),
        backward=(
            (lambda grad, a, b: grad / (1 + (b - a).exp2()), input, other),
            (lambda grad, a, b: grad / (1 + (a - b).exp2()), input, other),
        ),
    )


def x_log_y(x: float, y: float) -> float:
    """Return `x * log(y)`; 0 where x is 0, unless y is nan."""
    if math.isnan(y):
        return math.nan
    return 0.0 if x == 0 else x * ln(y)


@inplace
@operator
def xlogy(input: Tensor | Number, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Return `input * log(other)`, and 0 where `input` is 0, as entropies want it.

    Shapes `(*)` and `(*)` are broadcast.

    >>> torch.xlogy(torch.tensor([0.0, 2.0]), torch.tensor([0.0, 1.0]))
    tensor([0., 0.])
    """
    check_operands("xlogy", input, other)
    found = floating(common_type((input, other)))
    result = binary(input, other, x_log_y, compute=working(found), dtype=found)

    def above(grad: Tensor, x: Tensor, y: Tensor | Number) -> Tensor:
        slope = xlogy(grad, y)
        if not isinstance(y, Tensor):
            return slope if y > 0 else slope.where(x != 0, 0)
        return slope.where((x != 0).logical_or(y > 0), 0)

    def below(grad: Tensor, x: Tensor | Number, y: Tensor) -> Tensor:
        return grad * x / y

    if not isinstance(input, Tensor):
        return differentiable(
            result,
            "XlogyBackward1",
            (other,),
            saved=(other,),
            backward=lambda grad, y: below(grad, input, y),
        )
    if not isinstance(other, Tensor):
        return differentiable(
            result,
            "XlogyBackward2",
            (input,),
            saved=(input,),
            backward=lambda grad, x: above(grad, x, other),
        )
    return differentiable(
        result,
        "XlogyBackward0",
        (input, other),
        backward=((above, input, other), (below, input, other)),
    )
