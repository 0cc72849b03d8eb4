"""Which type a result has when operands differ.

Types fall into three categories: bool, integral, floating. A tensor with dimensions
decides among its own category; a 0-dim tensor, and after it a Python number, only
counts when its category is higher. So `int_tensor + 1.5` is floating and
`float32_tensor + float64_scalar` stays float32.
(https://docs.pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from . import dtypes
from .dtypes import BOOL, FLOATING, INTEGRAL, dtype

__all__ = ["can_cast", "promote_types"]

INTEGERS = (dtypes.int8, dtypes.int16, dtypes.int32, dtypes.int64)  # by width


class Typed(Protocol):
    """What promotion asks of a tensor."""

    dtype: dtype

    def dim(self) -> int:
        """Return the number of dimensions."""


def promote_types(type1: dtype, type2: dtype) -> dtype:
    """Return the smallest type that holds the values of both.

    >>> torch.promote_types(torch.int32, torch.float32)
    torch.float32
    >>> torch.promote_types(torch.uint8, torch.int8)
    torch.int16
    """
    if type1 is type2:
        return type1
    if type1.category != type2.category:
        return type1 if type1.category > type2.category else type2
    if type1.category == FLOATING:
        if type1.itemsize == type2.itemsize:  # float16 and bfloat16: neither holds the other
            return dtypes.float32
        return max(type1, type2, key=lambda d: d.itemsize)
    if dtypes.uint8 in (type1, type2):
        signed = type2 if type1 is dtypes.uint8 else type1
        return dtypes.int16 if signed is dtypes.int8 else signed
    return max(type1, type2, key=INTEGERS.index)


def can_cast(from_: dtype, to: dtype) -> bool:
    """Tell whether a value may go into a tensor of type `to` without losing its category.

    >>> torch.can_cast(torch.float64, torch.float32), torch.can_cast(torch.float32, torch.int64)
    (True, False)
    """
    return from_.category <= to.category


def number_type(value: complex) -> dtype:
    """Return the type a Python number stands for."""
    if isinstance(value, bool):
        return dtypes.bool
    return dtypes.int64 if isinstance(value, int) else dtypes.get_default_dtype()


def common_type(operands: Sequence[Typed | float]) -> dtype:
    """Return the type in which operands are computed together.

    Args:
        operands: tensors and Python numbers, in any order.
    """
    only: dtype | None = None
    for operand in operands:
        if not isinstance(operand, (int, float)):
            found = operand.dtype
            if only is None:
                only = found
            elif found is not only:
                break
    else:
        if only is not None and only.category == FLOATING:  # which no number exceeds
            return only
    ranks: list[dtype | None] = [None, None, None]  # numbers, 0-dim tensors, tensors
    for operand in operands:
        if isinstance(operand, (int, float)):
            rank, found = 0, number_type(operand)
        else:
            rank, found = (2 if operand.dim() else 1), operand.dtype
        known = ranks[rank]
        ranks[rank] = found if known is None else promote_types(known, found)
    chosen: dtype | None = None
    for found in reversed(ranks):
        if found is not None and (chosen is None or found.category > chosen.category):
            # a 0-dim tensor decides among numbers, but its width does not widen a tensor's
            chosen = found
    if chosen is None:
        raise RuntimeError("at least one input is needed to determine a result type")
    return chosen


def floating(found: dtype) -> dtype:
    """Return the type itself if floating, else the default: how `exp` or `/` treat integers."""
    return found if found.category == FLOATING else dtypes.get_default_dtype()


def arithmetic(found: dtype) -> dtype:
    """Return int64 for bool and integers, else the type itself: how `sum` and `prod` treat them."""
    return dtypes.int64 if found.category in (BOOL, INTEGRAL) else found
