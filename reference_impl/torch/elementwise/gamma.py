"""The gamma function's family, and the inverse of the error function."""

from __future__ import annotations

import math
from collections.abc import Callable

from ..graph import differentiable
from ..operators import function, inplace, method, operator
from ..pointwise import unary
from ..tensor import Tensor

__all__ = ["digamma", "erfinv", "lgamma", "mvlgamma", "polygamma"]

# the numbers B(2k) / 2k of the series of digamma, from k = 1
DIGAMMA_SERIES = (1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12)


@inplace
@operator
def lgamma(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the logarithm of the gamma function's absolute value. Shape `(*)` to `(*)`.

    At 0 and the negative integers it is infinite. Its derivative is called digamma.

    >>> torch.lgamma(torch.tensor([1.0, 5.0, 0.5]))
    tensor([0.0000, 3.1781, 0.5724])
    """
    result = unary(input, math.lgamma, invalid=math.inf)
    return differentiable(
        result,
        "LgammaBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad * x.digamma(),
    )


def digamma_of(x: float) -> float:
    """Return the slope of the logarithm of gamma: a series far out, steps of one towards it."""
    if x == 0:
        return math.copysign(math.inf, -x)
    if x < 0:
        if math.isinf(x) or x.is_integer():
            return math.nan
        return digamma_of(1 - x) - math.pi / math.tan(math.pi * math.fmod(x, 1))
    if math.isinf(x):
        return x
    found = 0.0
    while x < 10:
        found -= 1 / x
        x += 1
    square = 1 / (x * x)
    tail = 0.0
    for factor in reversed(DIGAMMA_SERIES):
        tail = (tail + factor) * square
    return found + math.log(x) - 0.5 / x - tail


@inplace
@operator
def digamma(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the derivative of `lgamma`. Shape `(*)` to `(*)`.

    >>> torch.digamma(torch.tensor([1.0, 0.5]))
    tensor([-0.5772, -1.9635])
    """
    result = unary(input, digamma_of)
    return differentiable(
        result,
        "DigammaBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad * polygamma(1, x),
    )


def trigamma_of(x: float, sine: Callable[[float], float]) -> float:
    """Return the derivative of digamma; `sine` is of pi times a number, in the working type."""
    if x < 0.5:
        near = sine(x)
        reflected = math.inf if near == 0 else (math.pi / near) ** 2
        return reflected - trigamma_of(1 - x, sine)
    found = 0.0
    for _ in range(6):
        found += 1 / (x * x)
        x += 1
    square = 1 / (x * x)
    rest = square * (1 / 6 - square * (1 / 30 - square / 42))
    return found + (1 + 1 / (2 * x) + rest) / x


def zeta(exponent: float, x: float) -> float:
    """Return the sum of `(x + k) ** -exponent` over all k from 0, by Euler and Maclaurin."""
    if x <= 0:
        if x.is_integer():
            return math.inf
        return x**-exponent + zeta(exponent, x + 1)
    found = 0.0
    while x < 10:
        found += x**-exponent
        x += 1
    found += x ** (1 - exponent) / (exponent - 1) + x**-exponent / 2
    factor, term = exponent, x ** (-exponent - 1)
    for at, number in enumerate(DIGAMMA_SERIES):  # number is B(2k) / 2k, and 1 / (2k - 1)! follows
        found += number * factor * term / math.factorial(2 * at + 1)
        factor *= (exponent + 2 * at + 1) * (exponent + 2 * at + 2)
        term /= x * x
    return found


def polygamma_of(n: int, input: Tensor) -> Tensor:
    """Return the n-th derivative of digamma, with its history."""
    if n < 0:
        raise RuntimeError("polygamma(n, x) does not support negative n.")
    if n == 0:
        result = unary(input, digamma_of)
    elif n == 1:
        single = input.dtype.itemsize < 8
        pi = 3.1415927410125732 if single else math.pi  # as a float32 has it
        result = unary(input, lambda x: trigamma_of(x, lambda v: math.sin(pi * v)))
    else:
        size = math.factorial(n) * (1 if n % 2 else -1)
        result = unary(input, lambda x: size * zeta(n + 1.0, x))
    return differentiable(
        result,
        "PolygammaBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad * polygamma_of(n + 1, x),
    )


@inplace
@method
def polygamma(input: Tensor, n: int) -> Tensor:
    """Return the n-th derivative of `digamma`."""
    return polygamma_of(n, input)


@function
def polygamma(  # noqa: F811 - the method has n in second place
    n: int, input: Tensor, *, out: Tensor | None = None
) -> Tensor:
    """Return the n-th derivative of `digamma`. Shape `(*)` to `(*)`.

    >>> torch.polygamma(1, torch.tensor([1.0, 0.5]))
    tensor([1.6449, 4.9348])

    Raises:
        RuntimeError: for a negative n.
    """
    return polygamma_of(n, input)


def inverse_of_erf(y: float) -> float:
    """Return x with `erf(x) == y`: a formula for a start, then Halley's steps."""
    if y == 0 or not abs(y) < 1:
        return y if y == 0 else math.copysign(math.inf, y) if abs(y) == 1 else math.nan
    rest = math.log1p(-y * y)
    middle = 2 / (math.pi * 0.147) + rest / 2
    x = math.copysign(math.sqrt(math.sqrt(middle * middle - rest / 0.147) - middle), y)
    for _ in range(3):
        apart = (
            math.erf(x) - y
            if abs(y) < 0.5
            else math.copysign(1, y) - y - math.copysign(math.erfc(abs(x)), y)
        )
        step = apart * math.sqrt(math.pi) / 2 * math.exp(x * x)
        x -= step / (1 + x * step)
    return x


@inplace
@operator
def mvlgamma(input: Tensor, p: int, *, out: Tensor | None = None) -> Tensor:
    """Return the logarithm of the gamma function of `p` dimensions. Shape `(*)` to `(*)`.

    A product of gamma functions, half a step apart.

    >>> torch.mvlgamma(torch.tensor([3.0]), 2)
    tensor([1.5502])

    Raises:
        RuntimeError: no dimension.
    """
    if p < 1:
        raise RuntimeError("p has to be greater than or equal to 1")
    constant = p * (p - 1) * math.log(math.pi) / 4

    def value(x: float) -> float:
        total = constant
        for k in range(p):
            total += math.lgamma(x - k / 2)
        return total

    def slope(grad: Tensor, x: Tensor) -> Tensor:
        total = digamma(x)
        for k in range(1, p):
            total = total + digamma(x - k / 2)
        return grad * total

    result = unary(input, value, invalid=math.inf)
    return differentiable(result, "MvlgammaBackward0", (input,), saved=(input,), backward=slope)


@inplace
@operator
def erfinv(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the inverse of the error function; infinite at 1 and -1, nan beyond.

    Shape `(*)` to `(*)`. The slope of an inverse is one over the slope at the result.

    >>> torch.erfinv(torch.tensor([0.0, 0.5, 1.0]))
    tensor([0.0000, 0.4769,    inf])
    """
    result = unary(input, inverse_of_erf)
    return differentiable(
        result,
        "ErfinvBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: math.sqrt(math.pi) / 2 * x.erfinv().pow(2).exp() * grad,
    )
