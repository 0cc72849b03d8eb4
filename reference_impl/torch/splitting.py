"""Cutting a tensor into several views at once: `split`, `chunk`, `unbind`, `tensor_split`."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from .graph import differentiable
from .operators import operator
from .pieces import Look, sliced
from .shapes import listed, wrap_dim
from .tensor import Tensor
from .tensorbase import TensorBase
from .views import look

__all__ = [
    "chunk",
    "dsplit",
    "hsplit",
    "split",
    "split_with_sizes",
    "tensor_split",
    "unbind",
    "vsplit",
]


def several(
    input: Tensor, name: str, views: Sequence[Tensor], where: Sequence[Look]
) -> tuple[Tensor, ...]:
    """Return views made by one operation, which share one node and may not be written to.

    Args:
        input: what they are views of.
        name: of the node.
        views: not yet recorded.
        where: how to find each in a tensor like `input`.
    """
    shape = input._size

    def backward(grads: tuple[Tensor | None, ...]) -> Tensor:
        whole = next(g for g in grads if g is not None).new_zeros(shape)
        for grad, find in zip(grads, where, strict=True):
            if grad is not None:
                find(whole).copy_(grad)
        return whole

    for view in views:
        view._made = view._made or "multiple"
    return tuple(differentiable(tuple(views), name, (input,), backward=backward))


def cut(input: Tensor, dim: int, sizes: Sequence[int], name: str) -> tuple[Tensor, ...]:
    """Return consecutive ranges along one dimension, recorded as one operation."""
    views, where, start = [], [], 0
    for n in sizes:
        size = (*input._size[:dim], n, *input._size[dim + 1 :])
        offset = input._offset + start * input._stride[dim]
        views.append(look(input, size, input._stride, offset))
        where.append(lambda whole, start=start, n=n: whole.narrow(dim, start, n))
        start += n
    return several(input, name, views, where)


def split_size(input: Tensor, dim: int, size: int) -> list[int]:
    """Return the lengths of pieces of one size; the last may be smaller."""
    n = input._size[dim]
    if size < 0:
        raise RuntimeError(f"split expects split_size be non-negative, but got split_size={size}")
    if size == 0:
        if n:
            raise RuntimeError(
                f"split_size can only be 0 if dimension size is 0, but got dimension size of {n}"
            )
        return [0]
    return [min(size, n - start) for start in range(0, n, size)] or [0]


def split(
    tensor: Tensor, split_size_or_sections: int | Sequence[int], dim: int = 0
) -> tuple[Tensor, ...]:
    """Cut a tensor into views of one size, the last one perhaps smaller, or of given sizes.

    >>> torch.arange(5).split(2)
    (tensor([0, 1]), tensor([2, 3]), tensor([4]))
    >>> torch.arange(5).split([1, 4])
    (tensor([0]), tensor([1, 2, 3, 4]))

    Args:
        tensor: of at least one dimension.
        split_size_or_sections: the size of each piece, or a list of sizes.
        dim: the dimension to cut.

    Raises:
        RuntimeError: sizes that do not add up to the dimension.
    """
    if isinstance(split_size_or_sections, bool) or not isinstance(split_size_or_sections, int):
        return split_with_sizes(tensor, split_size_or_sections, dim)
    if not tensor._size:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    dim = wrap_dim(dim, tensor.dim())
    sizes = split_size(tensor, dim, split_size_or_sections)
    return cut(tensor, dim, sizes, "SplitBackward0")


def split_method(self: Tensor, split_size: int | Sequence[int], dim: int = 0) -> tuple[Tensor, ...]:
    """Cut the tensor into views; see `torch.split`."""
    return split(self, split_size, dim)


split_method.__qualname__ = "Tensor.split"
TensorBase.split = split_method


@operator
def split_with_sizes(input: Tensor, split_sizes: Sequence[int], dim: int = 0) -> tuple[Tensor, ...]:
    """Cut a tensor into views of given sizes along one dimension."""
    if not input._size:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    dim = wrap_dim(dim, input.dim())
    n = input._size[dim]
    if any(size < 0 for size in split_sizes):
        raise RuntimeError(
            "split_with_sizes expects split_sizes have only non-negative entries, but got "
            f"split_sizes={listed(split_sizes)}"
        )
    if sum(split_sizes) != n:
        raise RuntimeError(
            f"split_with_sizes expects split_sizes to sum exactly to {n} (input tensor's size at "
            f"dimension {dim}), but got split_sizes={listed(split_sizes)}"
        )
    return cut(input, dim, split_sizes, "SplitWithSizesBackward0")


@operator
def chunk(input: Tensor, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    """Cut a tensor into at most `chunks` views of equal size, the last one perhaps smaller.

    >>> torch.arange(5).chunk(3)
    (tensor([0, 1]), tensor([2, 3]), tensor([4]))
    """
    if not input._size:
        raise RuntimeError("chunk expects at least a 1-dimensional tensor")
    if chunks <= 0:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    dim = wrap_dim(dim, input.dim())
    n = input._size[dim]
    if n == 0:
        return cut(input, dim, [0] * chunks, "SplitWithSizesBackward0")
    return cut(input, dim, split_size(input, dim, -(-n // chunks)), "SplitBackward0")


@operator
def unbind(input: Tensor, dim: int = 0) -> tuple[Tensor, ...]:
    """Return all slices along one dimension, without it. `(2, 3)`: two of `(3,)`.

    >>> torch.tensor([[1, 2], [3, 4]]).unbind()
    (tensor([1, 2]), tensor([3, 4]))
    """
    dim = wrap_dim(dim, input.dim())
    if not input._size:
        raise IndexError("Dimension specified as 0 but tensor has no dimensions")
    size = (*input._size[:dim], *input._size[dim + 1 :])
    stride = (*input._stride[:dim], *input._stride[dim + 1 :])
    step = input._stride[dim]
    places = range(input._size[dim])
    views = [look(input, size, stride, input._offset + i * step) for i in places]
    where = [lambda whole, i=i: whole.select(dim, i) for i in places]
    return several(input, "UnbindBackward0", views, where)


def borders(indices_or_sections: int | Sequence[int] | Tensor, n: int) -> list[tuple[int, int]]:
    """Return start and stop of each piece of `n` slices: equal parts, or cut at indices."""
    if isinstance(indices_or_sections, Tensor):
        indices_or_sections = indices_or_sections.tolist()
    if isinstance(indices_or_sections, int):
        if indices_or_sections <= 0:
            raise RuntimeError(
                f"number of sections must be larger than 0, got {indices_or_sections}"
            )
        least, more = divmod(n, indices_or_sections)
        ends = [(i + 1) * least + min(i + 1, more) for i in range(indices_or_sections)]
        return list(zip([0, *ends[:-1]], ends, strict=True))
    edges = [0, *indices_or_sections, n]
    spans = [slice(a, b).indices(n)[:2] for a, b in itertools.pairwise(edges)]
    return [(start, max(start, stop)) for start, stop in spans]


@operator
def tensor_split(
    input: Tensor, indices_or_sections: int | Sequence[int] | Tensor, dim: int = 0
) -> tuple[Tensor, ...]:
    """Cut a tensor into `sections` nearly equal views, or at given indices.

    >>> torch.arange(5).tensor_split(2)
    (tensor([0, 1, 2]), tensor([3, 4]))
    >>> torch.arange(5).tensor_split((1, 4))
    (tensor([0]), tensor([1, 2, 3]), tensor([4]))
    """
    if not input._size:
        raise RuntimeError(
            "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims"
        )
    dim = wrap_dim(dim, input.dim())
    spans = borders(indices_or_sections, input._size[dim])
    return tuple(sliced(input, dim, start, stop) for start, stop in spans)


def split_along(
    input: Tensor, parts: int | Sequence[int], name: str, least: int, dim: int
) -> tuple[Tensor, ...]:
    """Cut a tensor along a fixed dimension into parts that must be equal."""
    if input.dim() < least:
        raise RuntimeError(
            f"torch.{name} requires a tensor with at least {least} dimension, but got a tensor "
            "with "
            f"{input.dim()} dimensions!"
        )
    if isinstance(parts, int) and (parts == 0 or input._size[dim] % parts):
        raise RuntimeError(
            f"torch.{name} attempted to split along dimension {dim}, but the size of the dimension "
            f"{input._size[dim]} is not divisible by the split_size {parts}!"
        )
    return tensor_split(input, parts, dim)


@operator
def hsplit(input: Tensor, indices_or_sections: int | Sequence[int]) -> tuple[Tensor, ...]:
    """Cut along dimension 1, or 0 if there is only one, into equal parts or at indices."""
    dim = 0 if input.dim() == 1 else 1
    return split_along(input, indices_or_sections, "hsplit", 1, dim)


@operator
def vsplit(input: Tensor, indices_or_sections: int | Sequence[int]) -> tuple[Tensor, ...]:
    """Cut along dimension 0 into equal parts or at indices."""
    return split_along(input, indices_or_sections, "vsplit", 2, 0)


@operator
def dsplit(input: Tensor, indices_or_sections: int | Sequence[int]) -> tuple[Tensor, ...]:
    """Cut along dimension 2 into equal parts or at indices."""
    return split_along(input, indices_or_sections, "dsplit", 3, 2)
