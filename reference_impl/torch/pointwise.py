"""Results made place by place: promotion, broadcasting and layout, for any function of numbers."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence

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
from .storage import ABSENT, Absent
from .tensor import Tensor, fresh


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
    tensors = [x for x in operands if isinstance(x, Tensor)]
    size = tensors[0]._size
    for tensor in tensors[1:]:
        size = broadcast(size, tensor._size)
    on_meta = same_device(tensors)
    stride, order = layout(size, tensors, alike=not size or len(tensors) == len(operands))
    rows = [row(x, size, order, on_meta, target) for x, target in zip(operands, types, strict=True)]
    if all(type(r) is not array for r in rows) and not on_meta:
        rows[0] = types[0].array([rows[0]])  # single numbers only
    target = dtype or types[0]
    return fresh(kernels.mapped(rows, fn, target, overflow, invalid), size, target, stride)


def same_device(tensors: Sequence[Tensor]) -> bool:
    """Tell whether the tensors are on meta; 0-dim tensors on the cpu may join them there."""
    devices = {t.device.type for t in tensors}
    if len(devices) == 2:
        sized = [t.device for t in tensors if t._size or t.is_meta]
        other = next((d for d in sized if d != sized[0]), None)
        if other is not None:
            raise RuntimeError(
                f"Tensor on device {other} is not on the expected device {sized[0]}!"
            )
        return True
    return devices == {"meta"}


def layout(
    size: Size, tensors: Sequence[Tensor], *, alike: bool
) -> tuple[tuple[int, ...], list[int] | None]:
    """Return the result's strides, and its dimensions as memory goes through them.

    Operands of one shape keep their common layout; others decide dimension by dimension,
    which shows in the strides of dimensions of size 1.
    (`compute_fast_setup_type` in ATen/TensorIterator.cpp)

    Args:
        size: of the result.
        tensors: the operands, numbers aside.
        alike: whether there are no numbers aside, unless the result is itself 0-dim.

    Returns:
        Strides, and an order of dimensions: None where every operand is one dense block
        laid out as the result.
    """
    if alike or 1 not in size:
        plain = contiguous_stride(size)
        for t in tensors:
            if t._size != size or t._stride != plain:
                break
        else:
            return plain, None
    first = tensors[0]._stride
    sized = [t for t in tensors if t._size]
    one_shape = all(t._size == size for t in sized)
    one_block = one_shape and all(t._stride == first for t in sized) and is_dense(size, first)
    if one_shape and ((alike and len(sized) == len(tensors)) or 1 not in size):
        if all(is_contiguous(size, t._stride) for t in sized):
            return contiguous_stride(size), None
        if one_block and len(first) == len(size):
            return first, None
    strides = [expanded_stride(t._size, t._stride, size) for t in tensors]
    order = memory_order(size, strides)
    stride = [0] * len(size)
    for d, s in zip(order, contiguous_stride([size[d] for d in order]), strict=True):
        stride[d] = s
    return tuple(stride), order


def row(
    operand: Tensor | float, size: Size, order: list[int] | None, on_meta: bool, target: dtype
) -> array | Absent | float:
    """Return an operand's numbers in the order of the result's memory; one number if 0-dim."""
    if on_meta:
        return ABSENT
    if not isinstance(operand, Tensor):
        return target.array([operand])[0]
    held = operand._storage
    if not operand._size:
        one = held.numbers[operand._offset : operand._offset + 1]
        return kernels.convert(one, held.dtype, target)[0]
    if order is None:
        length, flat = math.prod(size), held.numbers
        if operand._offset or len(flat) != length:
            flat = flat[operand._offset : operand._offset + length]
    else:
        stride = expanded_stride(operand._size, operand._stride, size)
        flat = kernels.gather(
            held.numbers, [size[d] for d in order], [stride[d] for d in order], operand._offset
        )
    return flat if held.dtype is target else kernels.convert(flat, held.dtype, target)
