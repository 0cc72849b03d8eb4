"""Common divisors and multiples of integers, and powers of two."""

from __future__ import annotations

import math

from ..dtypes import BOOL, FLOATING
from ..graph import differentiable
from ..operators import inplace, operator
from ..pointwise import binary
from ..promotion import common_type, floating
from ..tensor import Tensor
from .powers import power
from .rules import refuse, working

__all__ = ["gcd", "lcm", "ldexp"]


@inplace
@operator
def gcd(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the largest integer that divides both, element by element. Shapes are broadcast.

    >>> torch.gcd(torch.tensor([12, 18]), torch.tensor([8, 27]))
    tensor([4, 9])

    Raises:
        NotImplementedError: for floats and truth values.
    """
    refuse(common_type((input, other)), "gcd_cpu", BOOL, FLOATING)
    return binary(input, other, math.gcd)


@inplace
@operator
def lcm(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the smallest integer that both divide, element by element. Shapes are broadcast.

    >>> torch.lcm(torch.tensor([4, 6]), torch.tensor([6, 9]))
    tensor([12, 18])

    Raises:
        NotImplementedError: for floats and truth values.
    """
    refuse(common_type((input, other)), "lcm_cpu", BOOL, FLOATING)
    return binary(input, other, math.lcm)


@inplace
@operator
def ldexp(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `input * 2**other`, element by element. Shapes are broadcast.

    >>> torch.ldexp(torch.tensor([1.0, 3.0]), torch.tensor([1, 2]))
    tensor([ 2., 12.])
    """
    found = floating(common_type((input, other)))
    compute = working(found)
    result = binary(input, other, lambda a, b: a * power(2.0, b), compute=compute, dtype=found)
    return differentiable(
        result,
        "LdexpBackward0",
        (input, other),
        backward=(
            (lambda grad, other: grad * 2**other, other),
            (lambda grad, y: grad * y * math.log(2), result),
        ),
    )
