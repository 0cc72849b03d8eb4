"""Comparing elements; the results are truth values, without gradients."""

from __future__ import annotations

import builtins
import math
import operator as python

from .. import dtypes
from ..dtypes import FLOATING
from ..operators import alias, function, infix, inplace, operator
from ..pointwise import binary, pointwise, unary
from ..promotion import common_type
from ..tensor import Tensor
from ..tensorbase import numbers_as
from .rules import Number, check_operands, is_boolean

__all__ = [
    "allclose",
    "eq",
    "equal",
    "ge",
    "greater",
    "greater_equal",
    "gt",
    "isclose",
    "isfinite",
    "isin",
    "isinf",
    "isnan",
    "isneginf",
    "isposinf",
    "isreal",
    "le",
    "less",
    "less_equal",
    "lt",
    "ne",
    "not_equal",
]


def compared(input: Tensor, other: Tensor | Number, fn: object) -> Tensor:
    """Return which pairs of elements a comparison holds for, both brought to one type."""
    return binary(input, other, fn, dtype=dtypes.bool)


@infix("__eq__")
@inplace
@operator
def eq(input: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Tell where `input == other`. Shapes `(*)` and `(*)` are broadcast; nan equals nothing.

    >>> torch.tensor([1, 2, 3]) == 2
    tensor([False,  True, False])
    """
    return compared(input, other, python.eq)


@infix("__ne__")
@inplace
@operator
def ne(input: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Tell where `input != other`. Shapes `(*)` and `(*)` are broadcast.

    >>> torch.tensor([1, 2, 3]) != 2
    tensor([ True, False,  True])
    """
    return compared(input, other, python.ne)


@infix("__lt__")
@inplace
@operator
def lt(input: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Tell where `input < other`. Shapes `(*)` and `(*)` are broadcast.

    >>> torch.tensor([1, 2, 3]) < 2
    tensor([ True, False, False])
    """
    return compared(input, other, python.lt)


@infix("__le__")
@inplace
@operator
def le(input: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Tell where `input <= other`. Shapes `(*)` and `(*)` are broadcast.

    >>> torch.tensor([1, 2, 3]) <= 2
    tensor([ True,  True, False])
    """
    return compared(input, other, python.le)


@infix("__gt__")
@inplace
@operator
def gt(input: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Tell where `input > other`. Shapes `(*)` and `(*)` are broadcast.

    >>> torch.tensor([1, 2, 3]) > 2
    tensor([False, False,  True])
    """
    return compared(input, other, python.gt)


@infix("__ge__")
@inplace
@operator
def ge(input: Tensor, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Tell where `input >= other`. Shapes `(*)` and `(*)` are broadcast.

    >>> torch.tensor([1, 2, 3]) >= 2
    tensor([False,  True,  True])
    """
    return compared(input, other, python.ge)


@operator
def equal(input: Tensor, other: Tensor) -> bool:
    """Tell whether two tensors have the same shape and the same elements.

    >>> torch.equal(torch.tensor([1, 2]), torch.tensor([1, 2]))
    True
    """
    if input.shape != other.shape:
        return False
    found = common_type((input, other))
    pairs = zip(numbers_as(input, found), numbers_as(other, found), strict=True)
    return builtins.all(a == b for a, b in pairs)


@operator
def isclose(
    input: Tensor,
    other: Tensor,
    rtol: float = 1e-05,
    atol: float = 1e-08,
    equal_nan: bool = False,
) -> Tensor:
    """Tell where `|input - other| <= atol + rtol * |other|`. Shapes are broadcast.

    Args:
        input: The tensor to judge.
        other: What it should be, of the same type.
        rtol: The tolerance in relation to `other`.
        atol: The tolerance that is left where `other` is near 0.
        equal_nan: Whether nan is close to nan.

    >>> torch.isclose(torch.tensor([1.0, 2.0]), torch.tensor([1.000001, 2.1]))
    tensor([ True, False])

    Raises:
        RuntimeError: for different types, or a negative tolerance.
    """
    if input.dtype is not other.dtype:
        raise RuntimeError(f"{input.dtype.scalar_name} did not match {other.dtype.scalar_name}")
    for name, tolerance in (("rtol", rtol), ("atol", atol)):
        if tolerance < 0:
            raise RuntimeError(
                f"{name} must be greater than or equal to zero, but got {tolerance:g}"
            )

    def close(a: float, b: float) -> bool:
        if a == b or (equal_nan and a != a and b != b):
            return True
        apart = math.fabs(a - b)
        return math.isfinite(apart) and apart <= atol + math.fabs(rtol * b)

    return compared(input, other, close)


@operator
def allclose(
    input: Tensor,
    other: Tensor,
    rtol: float = 1e-05,
    atol: float = 1e-08,
    equal_nan: bool = False,
) -> bool:
    """Tell whether `isclose` holds everywhere.

    >>> torch.allclose(torch.tensor([0.1 + 0.2]), torch.tensor([0.3]))
    True
    """
    return builtins.all(numbers_as(isclose(input, other, rtol, atol, equal_nan), dtypes.bool))


def classified(input: Tensor, fn: object) -> Tensor:
    """Return which elements a float is of a kind for; integers are plain numbers."""
    if input.dtype.category != FLOATING:
        plain = fn(0.0)
        return unary(input, lambda _: plain, dtype=dtypes.bool)
    return unary(input, fn, dtype=dtypes.bool)


@operator
def isnan(input: Tensor) -> Tensor:
    """Tell which elements are nan. Shape `(*)` to `(*)`.

    >>> torch.isnan(torch.tensor([1.0, float("nan")]))
    tensor([False,  True])
    """
    return classified(input, math.isnan)


@operator
def isinf(input: Tensor) -> Tensor:
    """Tell which elements are infinite. Shape `(*)` to `(*)`.

    >>> torch.isinf(torch.tensor([1.0, float("-inf")]))
    tensor([False,  True])
    """
    return classified(input, math.isinf)


@operator
def isfinite(input: Tensor) -> Tensor:
    """Tell which elements are neither infinite nor nan. Shape `(*)` to `(*)`.

    >>> torch.isfinite(torch.tensor([1.0, float("inf"), float("nan")]))
    tensor([ True, False, False])
    """
    return classified(input, math.isfinite)


@operator
def isposinf(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Tell which elements are inf. Shape `(*)` to `(*)`."""
    return classified(input, lambda x: x == math.inf)


@operator
def isneginf(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Tell which elements are -inf. Shape `(*)` to `(*)`."""
    return classified(input, lambda x: x == -math.inf)


@operator
def isreal(input: Tensor) -> Tensor:
    """Tell which elements are real: here, all. Shape `(*)` to `(*)`."""
    return unary(input, lambda _: True, dtype=dtypes.bool)


@function
def isin(
    elements: Tensor | Number,
    test_elements: Tensor | Number,
    *,
    assume_unique: bool = False,
    invert: bool = False,
    out: Tensor | None = None,
) -> Tensor:
    """Tell which elements occur in `test_elements`. Shape `(*)`, `(**)` to `(*)`.

    Args:
        elements: What to look for.
        test_elements: Where to look.
        assume_unique: Makes no difference here.
        invert: Tell instead which do not occur.
        out: Where to write the result.

    >>> torch.isin(torch.tensor([1, 2, 3]), torch.tensor([2, 5]))
    tensor([False,  True, False])
    """
    check_operands("isin", elements, test_elements)
    for operand in (elements, test_elements):
        if is_boolean(operand):
            raise RuntimeError("Unsupported input type encountered for isin(): Bool")
    found = common_type((elements, test_elements))
    if not isinstance(elements, Tensor):
        number = elements
        elements = unary(test_elements.new_empty(()), lambda _: number, dtype=found)
    if isinstance(test_elements, Tensor):
        there = numbers_as(test_elements, found)
    else:
        there = found.array([test_elements])
    known = frozenset(there) if not elements.is_meta else frozenset()
    return pointwise(
        lambda x: (x in known) != invert, (elements,), compute=found, dtype=dtypes.bool
    )


greater = alias(gt, "greater")
greater_equal = alias(ge, "greater_equal")
less = alias(lt, "less")
less_equal = alias(le, "less_equal")
not_equal = alias(ne, "not_equal")
