"""Powers and roots."""

from __future__ import annotations

import builtins
import math
import operator as python
from collections.abc import Callable

from .. import dtypes
from ..dtypes import BOOL, FLOATING
from ..gradmode import mode
from ..graph import differentiable
from ..operators import infix, inplace, operator
from ..pointwise import binary, pointwise, unary
from ..promotion import common_type
from ..tensor import Tensor
from .logarithms import ln
from .rules import Number, check_operands, steps, stored, working, zeros_for

__all__ = ["float_power", "pow", "rsqrt", "sqrt", "square"]


def root(x: float) -> float:
    """Return the square root; nan for negative numbers."""
    return math.sqrt(x) if x >= 0 else math.nan


def inverse(x: float) -> float:
    """Return `1 / x`; infinite, with its sign, for zero."""
    return 1 / x if x else math.copysign(math.inf, x)


def power(base: float, exponent: float) -> float:
    """Return a power of floats as C has it."""
    try:
        return math.pow(base, exponent)
    except OverflowError:
        odd = exponent % 2 == 1
        return -math.inf if base < 0 and odd else math.inf
    except ValueError:
        if base == 0:  # to a negative power
            odd = exponent % 2 == 1
            return math.copysign(math.inf, base) if odd else math.inf
        return math.nan


def whole_power(base: int, exponent: int) -> int:
    """Return a power of integers, of which the low 64 bits are kept."""
    if exponent >= 0:
        return builtins.pow(base, exponent, 1 << 64)
    if base == 1 or (base == -1 and exponent % 2 == 0):
        return 1
    return -1 if base == -1 else 0


# the powers for which torch does not call `pow`, as steps that round
SHORT_CUTS: dict[float, tuple[Callable[[float], float], ...]] = {
    0.5: (root,),
    -0.5: (root, inverse),
    -1.0: (inverse,),
    -2.0: (lambda x: x * x, inverse),
}


def raised(input: Tensor, exponent: Number) -> Tensor:
    """Return elements to the power of one number."""
    found = common_type((input, exponent))
    found.checked(exponent)
    if found.category != FLOATING:
        if exponent < 0:
            raise RuntimeError("Integers to negative integer powers are not allowed.")
        return pointwise(lambda x: whole_power(x, exponent), (input,), compute=found)
    compute = working(found)
    exponent = float(stored(exponent, found))
    if exponent == 1:
        return unary(input, float, dtype=found)
    if exponent in SHORT_CUTS:
        return steps(input, *SHORT_CUTS[exponent])
    if exponent == 2:
        return binary(input, input, python.mul, compute=compute, dtype=found)
    if exponent == 3:
        squares = binary(input, input, python.mul, compute=compute)
        return binary(squares, input, python.mul, compute=compute, dtype=found)
    return pointwise(lambda x: power(x, exponent), (input,), compute=compute, dtype=found)


@infix("__pow__", "__ipow__")
@inplace
@operator
def pow(input: Tensor | Number, exponent: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Return `input` to the power of `exponent`, element by element.

    Shapes `(*)` and `(*)` are broadcast. The base's gradient is `exponent * input**(exponent-1)`,
    the exponent's `input**exponent * log(input)`.

    >>> torch.tensor([1.0, 2.0, 3.0]) ** 2
    tensor([1., 4., 9.])
    >>> torch.pow(2, torch.tensor([3, 0.5]))
    tensor([8.0000, 1.4142])

    Raises:
        RuntimeError: for integers to one negative integer power.
    """
    check_operands("pow", input, exponent)
    if not isinstance(exponent, Tensor):
        return differentiable(
            raised(input, exponent),
            "PowBackward0",
            (input,),
            saved=(input,),
            backward=lambda grad, x: base_gradient(grad, x, exponent),
        )
    found = common_type((input, exponent))
    if found.category == BOOL:
        raise NotImplementedError("\"pow\" not implemented for 'Bool'")
    if found.category == FLOATING:
        result = binary(input, exponent, power, compute=working(found), dtype=found)
    else:
        result = binary(input, exponent, whole_power, compute=found)
    if not isinstance(input, Tensor):
        return differentiable(
            result,
            "PowBackward2",
            (exponent,),
            saved=(exponent, result),
            backward=lambda grad, e, y: exponent_gradient(grad, input, e, y),
        )
    return differentiable(
        result,
        "PowBackward1",
        (input, exponent),
        backward=(
            (base_gradient, input, exponent),
            (exponent_gradient, input, exponent, result),
        ),
    )


def base_gradient(grad: Tensor, base: Tensor, exponent: Tensor | Number) -> Tensor:
    """Return the gradient of a power's base; 0 to the power 0 counts as constant."""
    if not isinstance(exponent, Tensor):
        if exponent == 2 and not mode.grad:  # nobody asks how the first power came about
            return grad * (exponent * base)
        return zeros_for(grad) if exponent == 0 else grad * (exponent * base.pow(exponent - 1))
    slope = grad * (exponent * base.pow(exponent - 1))
    return slope.where(exponent != 0, 0)


def exponent_gradient(
    grad: Tensor, base: Tensor | Number, exponent: Tensor, power: Tensor
) -> Tensor:
    """Return the gradient of a power's exponent; powers of 0 count as constant."""
    if isinstance(base, Tensor):
        slope = grad * (power * base.log())
        return slope.where((base != 0).logical_or(exponent < 0), 0)
    slope = grad * (power * ln(float(base)))
    return slope.where(exponent < 0, 0) if base == 0 else slope


@infix("__rpow__")
def power_of_number(exponent: Tensor, base: Number) -> Tensor:
    """Return `base ** exponent`."""
    return pow(base, exponent)


@inplace
@operator
def square(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `input ** 2`. Shape `(*)` to `(*)`.

    >>> torch.square(torch.tensor([-3, 0.5]))
    tensor([9.0000, 0.2500])
    """
    return input.pow(2)


@operator
def float_power(
    input: Tensor | Number, exponent: Tensor | Number, *, out: Tensor | None = None
) -> Tensor:
    """Return the power in float64, whatever the types are.

    >>> torch.float_power(torch.tensor([2, 3]), -1)
    tensor([0.5000, 0.3333], dtype=torch.float64)
    """
    check_operands("float_power", input, exponent)
    double = dtypes.float64
    base, to = (x.to(double) if isinstance(x, Tensor) else float(x) for x in (input, exponent))
    return pow(base, to)


@inplace
@operator
def sqrt(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the square root; nan for negative elements. Shape `(*)` to `(*)`.

    The slope is `1 / (2 * sqrt(x))`: infinite at 0.

    >>> torch.sqrt(torch.tensor([4.0, 2.0, -1.0]))
    tensor([2.0000, 1.4142,    nan])
    """
    result = unary(input, math.sqrt)
    return differentiable(
        result, "SqrtBackward0", (input,), saved=(result,), backward=lambda grad, y: grad / (2 * y)
    )


@inplace
@operator
def rsqrt(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `1 / sqrt(input)`. Shape `(*)` to `(*)`.

    >>> torch.rsqrt(torch.tensor([4.0, 0.0]))
    tensor([0.5000,    inf])
    """
    result = steps(input, root, inverse)
    return differentiable(
        result,
        "RsqrtBackward0",
        (input,),
        saved=(result,),
        backward=lambda grad, y: -0.5 * grad * y.pow(3),
    )
