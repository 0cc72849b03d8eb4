"""Results made place by place: promotion, broadcasting and layout, for any function of numbers."""

from __future__ import annotations

import functools
import math
from array import array
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import NamedTuple

from . import kernels
from .dtypes import dtype
from .kernels import Otherwise
from .promotion import common_type, floating
from .shapes import (
    Size,
    broadcast,
    contiguous_stride,
    expanded_stride,
    is_contiguous,
    is_dense,
    memory_order,
)
from .storage import ABSENT, Absent, UntypedStorage
from .tensor import Tensor
from .tensorbase import wrap


def unary(
    input: Tensor,
    fn: Callable[[float], float],
    *,
    dtype: dtype | None = None,
    overflow: Otherwise = math.inf,
    invalid: Otherwise = math.nan,
) -> Tensor:
    """Return `fn` of each element, without history; laid out like the input if that is dense.

    Args:
        input: of any shape.
        fn: called with a Python number.
        dtype: of the result, `fn` being called with the elements as they are; if None,
            they are made floating first and so is the result.
        overflow: the result where `fn` raises OverflowError, or a function that gives it.
        invalid: the same for ValueError and ZeroDivisionError.
    """
    compute = floating(input.dtype) if dtype is None else input.dtype
    return pointwise(fn, (input,), compute=compute, dtype=dtype, overflow=overflow, invalid=invalid)


def binary(
    input: Tensor | float,
    other: Tensor | float,
    fn: Callable[[float, float], float],
    *,
    compute: dtype | None = None,
    dtype: dtype | None = None,
    overflow: Otherwise = math.inf,
    invalid: Otherwise = math.nan,
) -> Tensor:
    """Return `fn` of each pair of elements, broadcast, without history.

    Args:
        input: a tensor or a number.
        other: a tensor or a number.
        fn: called with two Python numbers of the type `compute`.
        compute: the type both are brought to; the promoted type if None.
        dtype: of the result; `compute` if None.
        overflow: the result where `fn` raises OverflowError, or a function that gives it.
        invalid: the same for ValueError and ZeroDivisionError.
    """
    return pointwise(
        fn, (input, other), compute=compute, dtype=dtype, overflow=overflow, invalid=invalid
    )


def pointwise(
    fn: Callable[..., float],
    operands: Sequence[Tensor | float],
    *,
    compute: dtype | Sequence[dtype] | None = None,
    dtype: dtype | None = None,
    overflow: Otherwise = math.inf,
    invalid: Otherwise = math.nan,
) -> Tensor:
    """Return `fn` of the elements at each place of any number of operands, without history.

    Args:
        fn: called with as many Python numbers as there are operands.
        operands: tensors, which are broadcast, and numbers, which count as 0-dim tensors.
        compute: the type they are brought to, or one type for each; the promoted type if None.
        dtype: of the result; `compute` if None.
        overflow: the result where `fn` raises OverflowError, or a function that gives it.
        invalid: the same for ValueError and ZeroDivisionError.

    Raises:
        RuntimeError: shapes that do not broadcast, or tensors on different devices.
    """
    compute = compute or common_type(operands)
    types = compute if isinstance(compute, (tuple, list)) else (compute,) * len(operands)
    plan = planned(*[(x._size, x._stride) if isinstance(x, Tensor) else None for x in operands])
    rows = list(map(row, operands, plan.ways, types, repeat(plan)))
    target = dtype or types[0]
    values = kernels.mapped(rows, fn, target, overflow, invalid)
    if values is ABSENT:
        check_devices([x for x in operands if isinstance(x, Tensor)])
    return wrap(Tensor, UntypedStorage(values, plan.length, target), plan.size, plan.stride)


class Plan(NamedTuple):
    """How the operands of a result lie in memory, and the result itself."""

    size: Size  # of the result
    stride: tuple[int, ...]
    length: int
    order: list[int]  # the sizes as the result's memory goes through them
    ways: list  # of each operand: its strides in that order, or DENSE, or SINGLE


DENSE, SINGLE = "one block, in the result's order", "one number for all places"


@functools.lru_cache(maxsize=4096)
def planned(*operands: tuple[Size, tuple[int, ...]] | None) -> Plan:
    """Return what follows from the operands' sizes and strides alone, once for all that are alike.

    Args:
        operands: size and stride of each tensor, None for a number.

    Raises:
        RuntimeError: shapes that do not broadcast.
    """
    tensors = [x for x in operands if x is not None]
    size = tensors[0][0]
    for other, _ in tensors[1:]:
        size = broadcast(size, other)
    stride, order = layout(size, tensors, alike=not size or len(tensors) == len(operands))
    ways = [SINGLE if x is None else way(*x, size, order) for x in operands]
    if ways.count(SINGLE) == len(ways):  # one operand has to say how often
        ways[operands.index(tensors[0])] = [0] * len(size) if size else DENSE
    sizes = [] if order is None else [size[d] for d in order]
    return Plan(size, stride, math.prod(size), sizes, ways)


def way(
    size: Size, stride: tuple[int, ...], target: Size, order: list[int] | None
) -> list[int] | str:
    """Return how to read an operand of some size and stride in the order of the result's memory."""
    if not size:
        return SINGLE
    if order is None:
        return DENSE
    found = expanded_stride(size, stride, target)
    if 0 not in target and not any(found[d] for d in order if target[d] > 1):
        return SINGLE
    return [found[d] for d in order]


def check_devices(tensors: Sequence[Tensor]) -> None:
    """Raise unless all tensors are on meta, as one is; 0-dim tensors on the cpu may join them."""
    sized = [t.device for t in tensors if t._size or t.is_meta]
    for device in sized:
        if device != sized[0]:
            raise RuntimeError(
                f"Tensor on device {device} is not on the expected device {sized[0]}!"
            )


def layout(
    size: Size, tensors: Sequence[tuple[Size, tuple[int, ...]]], *, alike: bool
) -> tuple[tuple[int, ...], list[int] | None]:
    """Return the result's strides, and its dimensions as memory goes through them.

    Operands of one shape keep their common layout; others decide dimension by dimension,
    which shows in the strides of dimensions of size 1.
    (`compute_fast_setup_type` in ATen/TensorIterator.cpp)

    Args:
        size: of the result.
        tensors: size and stride of each operand, numbers aside.
        alike: whether there are no numbers aside, unless the result is itself 0-dim.

    Returns:
        Strides, and an order of dimensions: None where every operand is one dense block
        laid out as the result.
    """
    if alike or 1 not in size:
        plain = contiguous_stride(size)
        if all(t == (size, plain) for t in tensors):
            return plain, None
    first = tensors[0][1]
    sized = [t for t in tensors if t[0]]
    one_shape = all(t[0] == size for t in sized)
    one_block = one_shape and all(t[1] == first for t in sized) and is_dense(size, first)
    if one_shape and ((alike and len(sized) == len(tensors)) or 1 not in size):
        if all(is_contiguous(size, t[1]) for t in sized):
            return contiguous_stride(size), None
        if one_block and len(first) == len(size):
            return first, None
    strides = [expanded_stride(*t, size) for t in tensors]
    order = memory_order(size, strides)
    stride = [0] * len(size)
    for d, s in zip(order, contiguous_stride([size[d] for d in order]), strict=True):
        stride[d] = s
    return tuple(stride), order


def row(
    operand: Tensor | float, way: list[int] | str, target: dtype, plan: Plan
) -> array | Absent | repeat:
    """Return an operand's numbers in the order of the result's memory, or one for all places."""
    if not isinstance(operand, Tensor):
        return repeat(target.array([operand])[0])
    held, at = operand._storage, operand._offset
    flat = held.numbers
    if flat is ABSENT:
        return ABSENT
    if way is SINGLE:
        if held.dtype is target:
            return repeat(flat[at])
        return repeat(kernels.convert(flat[at : at + 1], held.dtype, target)[0])
    if way is not DENSE:
        flat = kernels.gather(flat, plan.order, way, at)
    elif at or len(flat) != plan.length:
        flat = flat[at : at + plan.length]
    return flat if held.dtype is target else kernels.convert(flat, held.dtype, target)
