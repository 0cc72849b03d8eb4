"""Sorting along one dimension: `sort`, `argsort`, `msort`; the first few only: `topk`, `kthvalue`.

Each gives values and where they were. What was moved gets its gradient moved back. nan
counts as larger than any number.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from . import dtypes, introselect, kernels, return_types
from .copying import copy_stride
from .dtypes import BOOL, dtype
from .graph import differentiable
from .operators import operator
from .shapes import contiguous_stride, wrap_dim
from .storage import ABSENT
from .tensor import Tensor, fresh

__all__ = ["argsort", "kthvalue", "msort", "sort", "topk"]

Pick = Callable[[array], Sequence[int]]


def rows_along(input: Tensor, dim: int) -> list[array]:
    """Return the elements along one dimension, a row for each place in the others."""
    size, stride = input._size or (1,), input._stride or (1,)
    rest = [d for d in range(len(size)) if d != dim]
    order = [*rest, dim]
    flat = kernels.gather(
        input._storage.numbers, [size[d] for d in order], [stride[d] for d in order], input._offset
    )
    n = size[dim]
    return [flat[i : i + n] for i in range(0, len(flat), n)] if n else []


def from_rows(
    rows: list[Sequence[float]], size: Sequence[int], dim: int, stride: Sequence[int], kind: dtype
) -> Tensor:
    """Return a new tensor of rows along one dimension, laid out by dense strides."""
    values = kind.array([x for row in rows for x in row])
    if size:
        order = [*(d for d in range(len(size)) if d != dim), dim]
        memory = array(values.typecode, values)
        sizes, strides = [size[d] for d in order], [stride[d] for d in order]
        kernels.put(memory, sizes, strides, 0, values)
        values = memory
    return fresh(values, size, kind, tuple(stride))


def picked(
    input: Tensor, dim: int, pick: Pick, size: Sequence[int], stride: Sequence[int]
) -> tuple[Tensor, Tensor]:
    """Return the elements at the positions that `pick` finds in each row, and the positions."""
    if input.is_meta:
        return (
            fresh(ABSENT, size, input.dtype, tuple(stride)),
            fresh(ABSENT, size, dtypes.int64, tuple(stride)),
        )
    rows = rows_along(input, dim)
    found = [pick(row) for row in rows]
    values = [[row[i] for i in at] for row, at in zip(rows, found, strict=True)]
    return (
        from_rows(values, size, dim, stride, input.dtype),
        from_rows(found, size, dim, stride, dtypes.int64),
    )


def put_back(
    values: Tensor, indices: Tensor, name: str, input: Tensor, dim: int, keepdim: bool = True
) -> None:
    """Record that values came from places along a dimension: their gradients go back there."""
    shape, places = input._size, indices.detach()

    def backward(grads: tuple[Tensor, None]) -> Tensor:
        grad, at = grads[0], places
        if not keepdim and shape:
            grad, at = grad.unsqueeze(dim), at.unsqueeze(dim)
        return grad.new_zeros(shape).scatter(dim, at, grad)

    differentiable((values, indices), name, (input,), backward=backward)


def comparable(row: array, descending: bool) -> list:
    """Return keys whose ascending order is the wanted one; nan counts as larger than any."""
    keys = [-x for x in row] if descending else list(row)
    if any(x != x for x in row):
        return [((x != x) is not descending, 0 if x != x else x) for x in keys]
    return keys


def ordered(row: array, descending: bool = False, stable: bool = True) -> list[int]:
    """Return positions in the order of their elements; if stable, equal ones stay in order."""
    keys = comparable(row, descending)
    if stable or len(row) <= 16:
        return sorted(range(len(row)), key=keys.__getitem__)
    pairs = [(key, at) for at, key in enumerate(keys)]
    introselect.sort(pairs, len(pairs))
    return [at for _, at in pairs]


@operator
def sort(
    input: Tensor,
    dim: int = -1,
    descending: bool = False,
    *,
    stable: bool | None = None,
    out: Sequence[Tensor] | None = None,
) -> tuple[Tensor, Tensor]:
    """Return the elements in order along a dimension, and where each was.

    >>> torch.sort(torch.tensor([3, 1, 2]))
    torch.return_types.sort(
    values=tensor([1, 2, 3]),
    indices=tensor([1, 2, 0]))

    Args:
        input: the elements.
        dim: the dimension.
        descending: whether the largest comes first.
        stable: whether equal elements stay in order, as up to 16 always do.
        out: two tensors to write the results to.
    """
    dim = wrap_dim(dim, input.dim())
    stride = copy_stride(input, None)
    values, indices = picked(
        input, dim, lambda row: ordered(row, descending, bool(stable)), input._size, stride
    )
    name = "SortBackward0" if stable is None else "SortBackward1"  # torch's two overloads
    put_back(values, indices, name, input, dim)
    return return_types.sort((values, indices))


@operator
def argsort(
    input: Tensor, dim: int = -1, descending: bool = False, *, stable: bool = False
) -> Tensor:
    """Return where the elements are that would come in order along a dimension.

    >>> torch.argsort(torch.tensor([3, 1, 2]))
    tensor([1, 2, 0])
    """
    return sort(input.detach(), dim, descending, stable=stable or None)[1]


@operator
def msort(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the elements in ascending order along the first dimension.

    >>> torch.msort(torch.tensor([[3, 1], [2, 4]]))
    tensor([[2, 1],
            [3, 4]])
    """
    return sort(input, 0)[0]


@operator
def topk(
    input: Tensor,
    k: int,
    dim: int = -1,
    largest: bool = True,
    sorted: bool = True,
    *,
    out: Sequence[Tensor] | None = None,
) -> tuple[Tensor, Tensor]:
    """Return the `k` largest elements along a dimension, and where they were.

    >>> torch.topk(torch.tensor([3, 1, 2]), 2)
    torch.return_types.topk(
    values=tensor([3, 2]),
    indices=tensor([0, 2]))

    Args:
        input: the elements.
        k: how many.
        dim: the dimension.
        largest: whether to return the largest; else the smallest.
        sorted: whether they come in order.
        out: two tensors to write the results to.

    Raises:
        RuntimeError: more than there are.
    """
    dim = wrap_dim(dim, input.dim())
    if not 0 <= k <= (input._size[dim] if input._size else 1):
        raise RuntimeError("selected index k out of range")
    if input.dtype.category == BOOL:
        raise RuntimeError("topk does not support bool dtypes on CPU")
    size = (*input._size[:dim], k, *input._size[dim + 1 :]) if input._size else ()

    def first(row: array) -> list[int]:
        keys = comparable(row, largest)
        return introselect.top(keys, k, sorted) if input._size else [0]

    values, indices = picked(input, dim, first, size, contiguous_stride(size))
    put_back(values, indices, "TopkBackward0", input, dim)
    return return_types.topk((values, indices))


@operator
def kthvalue(
    input: Tensor,
    k: int,
    dim: int = -1,
    keepdim: bool = False,
    *,
    out: Sequence[Tensor] | None = None,
) -> tuple[Tensor, Tensor]:
    """Return the `k`-th smallest element along a dimension, counted from 1, and where it was.

    >>> torch.kthvalue(torch.tensor([3, 1, 2]), 2)
    torch.return_types.kthvalue(
    values=tensor(2),
    indices=tensor(2))

    Args:
        input: the elements.
        k: which.
        dim: the dimension.
        keepdim: whether it stays, with size 1.
        out: two tensors to write the results to.

    Raises:
        IndexError: a dimension without elements.
        RuntimeError: a `k` that is none of them.
    """
    dim = wrap_dim(dim, input.dim())
    n = input._size[dim] if input._size else 1
    if n == 0:
        raise IndexError(f"kthvalue(): Expected reduction dim {dim} to have non-zero size.")
    if not 1 <= k <= n:
        raise RuntimeError(f"kthvalue(): selected number k out of range for dimension {dim}")
    if input.dtype.category == BOOL:
        raise NotImplementedError("\"kthvalue_cpu\" not implemented for 'Bool'")

    def find(row: array) -> list[int]:
        pairs = [(key, i) for i, key in enumerate(comparable(row, False))]
        introselect.quickselect(pairs, k - 1)
        return [pairs[k - 1][1]]

    size = (*input._size[:dim], 1, *input._size[dim + 1 :]) if input._size else ()
    values, indices = picked(input, dim, find, size, contiguous_stride(size))
    if input._size and not keepdim:
        size = (*size[:dim], *size[dim + 1 :])
        values = fresh(values._storage.numbers, size, values.dtype)
        indices = fresh(indices._storage.numbers, size, indices.dtype)
    put_back(values, indices, "KthvalueBackward0", input, dim, keepdim)
    return return_types.kthvalue((values, indices))
