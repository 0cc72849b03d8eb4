"""Joining tensors: along a dimension they have (`cat`), or along a new one (`stack`)."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Sequence

from . import kernels
from .devices import channels_last
from .dtypes import dtype
from .graph import differentiable
from .inplace import OVERLAP_INPUT, write_out
from .operators import alias, function
from .promotion import can_cast, common_type
from .shapes import Size, contiguous_stride, listed, wrap_dim
from .tensor import Tensor, strided
from .tensorbase import numbers_as

__all__ = [
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
    "cat",
    "column_stack",
    "concat",
    "concatenate",
    "dstack",
    "hstack",
    "row_stack",
    "stack",
    "vstack",
]


def write_joined(name: str, out: Tensor, result: Tensor, inputs: Sequence[object]) -> Tensor:
    """Write to `out=` as torch does for all that is joined: with other errors than elsewhere."""
    if not (result.requires_grad or out.requires_grad):
        if not can_cast(result.dtype, out.dtype):
            raise TypeError(
                "torch.cat(): input types can't be cast to the desired output type "
                f"{out.dtype.scalar_name}"
            )
        if any(x.is_set_to(out) for x in inputs[0]):
            raise RuntimeError(OVERLAP_INPUT)
    return write_out(name, out, result, inputs)


joining = functools.partial(function, write=write_joined)


@joining
def cat(tensors: Sequence[Tensor], dim: int = 0, *, out: Tensor | None = None) -> Tensor:
    """Join tensors along a dimension they have. `(N, C)` and `(M, C)` at 0: `(N + M, C)`.

    Each element of the result is a copy of one element of one input. So the gradient of an
    input is the part of the result's gradient that lies where the input went: `narrow`
    cuts it out. (https://docs.pytorch.org/docs/stable/generated/torch.cat.html)

    >>> torch.cat((torch.zeros(1, 3), torch.ones(2, 3)))
    tensor([[0., 0., 0.],
            [1., 1., 1.],
            [1., 1., 1.]])

    Args:
        tensors: at least one; their sizes agree everywhere but at `dim`. A tensor of
            shape `(0,)` fits any other and adds nothing.
        dim: where they are joined, from `-ndim` to `ndim - 1`.
        out: a tensor to write the result to, which then has no gradient.

    Returns:
        A tensor with memory of its own, of the promoted type of all inputs.

    Raises:
        ValueError: no tensors.
        IndexError: `dim` out of range.
        RuntimeError: sizes that disagree, another number of dimensions, a 0-dim tensor.
    """
    check_some_to_join(tensors)
    parts = [x for x in tensors if x.shape != (0,)] or tensors[:1]
    dim = wrap_dim(dim, parts[0].dim())
    check_sizes(tensors, parts[0], dim)
    lengths = [0 if x.shape == (0,) else x.shape[dim] for x in tensors]
    starts = itertools.accumulate(lengths[:-1], initial=0)
    size = (*parts[0].shape[:dim], sum(lengths), *parts[0].shape[dim + 1 :])
    result = joined(parts, size, dim, common_type(tensors))

    def piece(start: int, length: int, shape: Size) -> Callable[[Tensor], Tensor]:
        return lambda grad: grad.narrow(dim, start, length).reshape(shape)

    shapes = [x.shape for x in tensors]
    backward = [piece(*where) for where in zip(starts, lengths, shapes, strict=True)]
    return differentiable(result, "CatBackward0", tensors, backward=backward)


def check_some_to_join(tensors: Sequence[Tensor]) -> None:
    """Raise unless there are tensors, and each has a dimension to be joined along."""
    if not tensors:
        raise ValueError("torch.cat(): expected a non-empty list of Tensors")
    for at, tensor in enumerate(tensors):
        if tensor.dim() == 0:
            raise RuntimeError(f"zero-dimensional tensor (at position {at}) cannot be concatenated")


def check_sizes(tensors: Sequence[Tensor], first: Tensor, dim: int) -> None:
    """Raise unless all tensors agree with the first in every size but that of `dim`.

    On meta, torch says the same in other words.
    """
    same_place(tensors)
    for at, tensor in enumerate(tensors):
        if tensor.shape == (0,):
            continue
        if tensor.dim() != first.dim():
            if first.is_meta:
                raise RuntimeError(
                    f"Number of dimensions of tensors must match.  Expected {first.dim()}-D "
                    f"tensors, but got {tensor.dim()}-D for tensor number {at} in the list"
                )
            raise RuntimeError(
                f"Tensors must have same number of dimensions: got {first.dim()} and {tensor.dim()}"
            )
        for d, (n, m) in enumerate(zip(first.shape, tensor.shape, strict=True)):
            if n != m and d != dim:
                rule = f"Sizes of tensors must match except in dimension {dim}."
                which = f"for tensor number {at} in the list"
                if first.is_meta:
                    raise RuntimeError(f"{rule} Expected {n} in dimension {d} but got {m} {which}")
                raise RuntimeError(f"{rule} Expected size {n} but got size {m} {which}.")


def same_place(tensors: Sequence[Tensor]) -> None:
    """Raise unless all tensors are on the device of the first."""
    for tensor in tensors:
        if tensor._storage.is_meta != tensors[0]._storage.is_meta:
            raise RuntimeError(
                f"Tensor on device {tensor.device} is not on the expected device "
                f"{tensors[0].device}!"
            )


def joined(parts: Sequence[Tensor], size: Sequence[int], dim: int, dtype: dtype) -> Tensor:
    """Return the parts one after the other along a dimension, in new memory.

    Args:
        parts: of shapes that agree everywhere but at `dim`.
        size: of the result.
        dim: counted from the front.
        dtype: of the result.
    """
    rows = math.prod(size[:dim])
    values = kernels.interleaved([numbers_as(x, dtype) for x in parts], rows)
    stride = contiguous_stride(size)
    if all(x.is_contiguous(channels_last) and not x.is_contiguous() for x in parts):
        _, c, h, w = size
        stride = (h * w * c, 1, w * c, c)
    return strided(values, size, stride, dtype)


@joining
def stack(tensors: Sequence[Tensor], dim: int = 0, *, out: Tensor | None = None) -> Tensor:
    """Join tensors of one shape along a new dimension. Two of `(N, C)` at 0: `(2, N, C)`.

    The gradient of an input is the slice of the result's gradient that it became.

    >>> torch.stack((torch.tensor([1, 2]), torch.tensor([3, 4])), dim=1)
    tensor([[1, 3],
            [2, 4]])

    Args:
        tensors: at least one, all of one shape.
        dim: where the new dimension goes, from `-ndim - 1` to `ndim`.
        out: a tensor to write the result to, which then has no gradient.

    Raises:
        RuntimeError: no tensors, or different shapes.
        IndexError: `dim` out of range.
    """
    if not tensors:
        raise RuntimeError("stack expects a non-empty TensorList")
    shape = tensors[0].shape
    dim = wrap_dim(dim, len(shape) + 1)
    for at, tensor in enumerate(tensors):
        if tensor.shape != shape:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {listed(shape)} at entry 0 "
                f"and {listed(tensor.shape)} at entry {at}"
            )
    same_place(tensors)
    size = (*shape[:dim], len(tensors), *shape[dim:])
    result = joined(tensors, size, dim, common_type(tensors))
    backward = [lambda grad, i=i: grad.select(dim, i) for i in range(len(tensors))]
    return differentiable(result, "StackBackward0", tensors, backward=backward)


def at_least(tensors: Sequence[Tensor], reshape: Callable[[Tensor], Tensor]) -> Tensor | tuple:
    """Reshape one tensor, or each of several given one by one or as a list."""
    if len(tensors) == 1:
        if isinstance(tensors[0], Tensor):
            return reshape(tensors[0])
        tensors = tensors[0]
    return tuple(reshape(tensor) for tensor in tensors)


def with_one(tensor: Tensor) -> Tensor:
    """Return the tensor with at least one dimension."""
    return tensor.reshape(1) if tensor.dim() == 0 else tensor


def with_two(tensor: Tensor) -> Tensor:
    """Return the tensor with at least two dimensions: a row."""
    if tensor.dim() == 0:
        return tensor.reshape(1, 1)
    return tensor.unsqueeze(0) if tensor.dim() == 1 else tensor


def with_three(tensor: Tensor) -> Tensor:
    """Return the tensor with at least three dimensions: a row, one deep."""
    if tensor.dim() == 0:
        return tensor.reshape(1, 1, 1)
    if tensor.dim() == 1:
        return tensor.unsqueeze(0).unsqueeze(-1)
    return tensor.unsqueeze(-1) if tensor.dim() == 2 else tensor


def atleast_1d(*tensors: Tensor) -> Tensor | tuple[Tensor, ...]:
    """Give tensors without dimensions one. `()` to `(1,)`."""
    return at_least(tensors, with_one)


def atleast_2d(*tensors: Tensor) -> Tensor | tuple[Tensor, ...]:
    """Give tensors at least two dimensions, in front. `(N,)` to `(1, N)`."""
    return at_least(tensors, with_two)


def atleast_3d(*tensors: Tensor) -> Tensor | tuple[Tensor, ...]:
    """Give tensors at least three dimensions. `(N,)` to `(1, N, 1)`, `(M, N)` to `(M, N, 1)`."""
    return at_least(tensors, with_three)


def check_some(tensors: Sequence[Tensor], name: str) -> None:
    """Raise if there is nothing to join."""
    if not tensors:
        raise RuntimeError(f"{name} expects a non-empty TensorList")


@joining
def hstack(tensors: Sequence[Tensor], *, out: Tensor | None = None) -> Tensor:
    """Join tensors side by side: along dimension 1, or along 0 if they have only one.

    >>> torch.hstack((torch.tensor([1, 2]), torch.tensor([3])))
    tensor([1, 2, 3])
    """
    check_some(tensors, "hstack")
    rows = [with_one(tensor) for tensor in tensors]
    return cat(rows, 0 if rows[0].dim() == 1 else 1)


@joining
def vstack(tensors: Sequence[Tensor], *, out: Tensor | None = None) -> Tensor:
    """Join tensors one below the other: along dimension 0, `(N,)` counting as `(1, N)`.

    >>> torch.vstack((torch.tensor([1, 2]), torch.tensor([3, 4])))
    tensor([[1, 2],
            [3, 4]])
    """
    check_some(tensors, "vstack")
    return cat([with_two(tensor) for tensor in tensors], 0)


@joining
def dstack(tensors: Sequence[Tensor], *, out: Tensor | None = None) -> Tensor:
    """Join tensors one behind the other: along dimension 2, `(M, N)` counting as `(M, N, 1)`."""
    check_some(tensors, "dstack")
    return cat([with_three(tensor) for tensor in tensors], 2)


@joining
def column_stack(tensors: Sequence[Tensor], *, out: Tensor | None = None) -> Tensor:
    """Join tensors side by side, `(N,)` counting as the column `(N, 1)`.

    >>> torch.column_stack((torch.tensor([1, 2]), torch.tensor([3, 4])))
    tensor([[1, 3],
            [2, 4]])
    """
    check_some(tensors, "column_stack")
    return cat([x.reshape(x.numel(), 1) if x.dim() < 2 else x for x in tensors], 1)


concat = alias(cat, "concat")
concatenate = alias(cat, "concatenate")
row_stack = alias(vstack, "row_stack")
