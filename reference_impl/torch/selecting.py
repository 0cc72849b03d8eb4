"""Whole slices by number: `index_select`, `index_add`, `index_copy`, `index_fill`."""

from __future__ import annotations

import operator as python
from collections.abc import Sequence

from . import dtypes, picking
from .arguments import Number
from .dtypes import FLOATING, dtype
from .graph import differentiable
from .masking import stored
from .operators import inplace, operator
from .picking import Index, Places
from .shapes import contiguous_stride, is_dense, listed, wrap_dim
from .storage import ABSENT
from .tensor import Tensor, fresh, strided
from .tensorbase import numbers

__all__ = ["index_add", "index_copy", "index_fill", "index_select"]

INTEGERS = (dtypes.int64, dtypes.int32)


def slices(
    size: Sequence[int], stride: Sequence[int], offset: int, dim: int, index: Sequence[int]
) -> Places:
    """Return the places of the slices that an index names, all of them in range."""
    size, stride = size or (1,), stride or (1,)
    if 0 in size[:dim] or 0 in size[dim + 1 :]:
        return Places([])
    return picking.picked(size, stride, offset, dim, [Index(index, size[dim])])


@operator
def index_select(input: Tensor, dim: int, index: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the slices along one dimension that an index names. `(A, N, B)` to `(A, I, B)`.

    A slice may come several times, so backward adds gradients up.

    >>> x = torch.arange(6).reshape(3, 2)
    >>> x.index_select(0, torch.tensor([2, 0]))
    tensor([[4, 5],
            [0, 1]])

    Args:
        input: the tensor.
        dim: the dimension.
        index: positions, of type int64 or int32, in one dimension; negative ones are out of
            range.
        out: a tensor to write the result to.

    Raises:
        IndexError: an index of more dimensions, or out of range.
        RuntimeError: an index of another type.
    """
    if index.dim() > 1:
        raise IndexError("index_select(): Index is supposed to be a vector")
    if not input._size and index.numel() != 1:
        raise RuntimeError(
            f"index_select(): Index to scalar can have only 1 value, got {index.numel()} value(s)"
        )
    if index.dtype not in INTEGERS:
        raise RuntimeError("index_select(): Expected dtype int32 or int64 for index")
    dim = wrap_dim(dim, input.dim())
    shape = input._size
    n = shape[dim] if shape else 1
    size = (*shape[:dim], index.numel(), *shape[dim + 1 :]) if shape else ()
    values = ABSENT
    if not input.is_meta:
        found = numbers(index)
        if found and n == 0:
            raise RuntimeError("index_select(): self indexing axis dim should be positive")
        if found and not (min(found) >= 0 and max(found) < n):
            raise IndexError("index out of range in self")
        values = picking.take(input._storage.numbers, slices(*input._geometry(), dim, found))
    return differentiable(
        fresh(values, size, input.dtype),
        "IndexSelectBackward0",
        (input,),
        saved=(index,),
        backward=lambda grad, index: grad.new_zeros(shape).index_add(dim, index, grad),
    )


def back_to_source(grad: Tensor, dim: int, index: Tensor, source: Sequence[int]) -> Tensor:
    """Return the gradient of a source: the slices to which its own slices went."""
    return grad.index_select(dim, index).reshape(source)


@inplace
@operator
def index_add(
    input: Tensor,
    dim: int,
    index: Tensor,
    source: Tensor,
    *,
    alpha: Number = 1,
    out: Tensor | None = None,
) -> Tensor:
    """Return a copy with `alpha` times the slices of `source` added to those an index names.

    >>> x = torch.zeros(3)
    >>> x.index_add(0, torch.tensor([0, 2, 0]), torch.tensor([1.0, 2.0, 3.0]))
    tensor([4., 0., 2.])

    Args:
        input: the tensor.
        dim: the dimension.
        index: where each slice of `source` goes, of type int64 or int32, in one dimension.
        source: of the shape of `input`, but as long as the index along `dim`.
        alpha: a factor.
        out: a tensor to write the result to.

    Raises:
        IndexError: an index of more dimensions.
        RuntimeError: another type, a shape that does not fit, or an index out of range.
    """
    dim = wrap_dim(dim, input.dim())
    if index.dim() > 1:
        raise IndexError(
            f"index_add_(): Index is supposed to be a vector, but got dim: {index.dim()} with "
            f"type: {index.dtype.scalar_name} and size: {listed(index._size)}"
        )
    if index.dtype not in INTEGERS:
        raise RuntimeError(
            f"index_add_(): Expected dtype int32/int64 for index but got: {index.dtype.scalar_name}"
        )
    if source.dtype is not input.dtype:
        raise RuntimeError(
            f"index_add_(): self ({input.dtype.scalar_name}) and source "
            f"({source.dtype.scalar_name}) must have the same scalar type"
        )
    if source._size and dim >= source.dim():
        raise RuntimeError(
            f"index_add_(): Indexing dim {dim} is out of bounds of the source tensor with dim "
            f"{source.dim()}"
        )
    count = source._size[dim] if source._size else 1
    if index.numel() != count:
        raise RuntimeError(
            f"index_add_(): Number of indices ({index.numel()}) should be equal to "
            f"source.size(dim): ({count}), for dim: {dim}"
        )
    rest = [(*t._size[:dim], *t._size[dim + 1 :]) for t in (input, source)]
    if input.dim() != source.dim() or rest[0] != rest[1]:
        raise RuntimeError(
            "source tensor shape must match self tensor shape, excluding the specified dimension. "
            f"Got self.shape = {listed(input._size)} source.shape = {listed(source._size)}"
        )
    result = numbers(input)
    if not input.is_meta:
        n = input._size[dim] if input._size else 1
        found = numbers(index)
        if found and not (min(found) >= 0 and max(found) < n):
            wrong = next(p for p in found if not 0 <= p < n)
            raise RuntimeError(f"index {wrong} is out of bounds for dimension {dim} with size {n}")
        places = slices(input._size, contiguous_stride(input._size), 0, dim, found)
        added = scaled(numbers(source), alpha, input.dtype)
        result = picking.combine(result, places, added, python.add, input.dtype)
    size = source._size
    return differentiable(
        fresh(result, input._size, input.dtype),
        "IndexAddBackward0",
        (input, source),
        backward=(
            lambda grad: grad,
            (
                lambda grad, index: (
                    back_to_source(grad, dim, index, size) * (1 if alpha == 1 else alpha)
                ),
                index,
            ),
        ),
    )


def scaled(values: Sequence[float], alpha: float, target: dtype) -> Sequence[float]:
    """Return numbers times a factor, rounded to a type; no product for a factor of 1."""
    factor = alpha if target.category == FLOATING else int(alpha)
    return values if factor == 1 else target.array([v * factor for v in values])


@inplace
@operator
def index_copy(
    input: Tensor, dim: int, index: Tensor, source: Tensor, *, out: Tensor | None = None
) -> Tensor:
    """Return a copy with the slices of `source` in place of those an index names.

    >>> x = torch.zeros(3)
    >>> x.index_copy(0, torch.tensor([2, 0]), torch.tensor([1.0, 2.0]))
    tensor([2., 0., 1.])

    Args:
        input: the tensor.
        dim: the dimension.
        index: where each slice of `source` goes, of type int64, in one dimension.
        source: of the shape of `input`, but as long as the index along `dim`.
        out: a tensor to write the result to.

    Raises:
        IndexError: an index of more dimensions or another length, or out of range.
        RuntimeError: another type, or slices of another shape.
    """
    dim = wrap_dim(dim, input.dim())
    check_index_copy(input, dim, index, source)
    result = numbers(input)
    if not input.is_meta:
        n = input._size[dim] if input._size else 1
        found = numbers(index)
        for p in found:
            if not 0 <= p < n:
                raise IndexError(
                    f"index_copy_(): index {p} is out of bounds for dimension {dim} with size {n}"
                )
        places = slices(input._size, contiguous_stride(input._size), 0, dim, found)
        result = picking.put(result, places, numbers(source))
    size = source._size
    return differentiable(
        fresh(result, input._size, input.dtype),
        "IndexCopyBackward0",
        (input, source),
        backward=(
            (lambda grad, index: grad.index_fill(dim, index, 0), index),
            (lambda grad, index: back_to_source(grad, dim, index, size), index),
        ),
    )


def check_index_copy(input: Tensor, dim: int, index: Tensor, source: Tensor) -> None:
    """Raise what torch raises for arguments of `index_copy` that do not fit."""
    if index.dim() > 1:
        raise IndexError(f"index_copy_(): Index should have dimension 1 or 0 (got {index.dim()})")
    if not source._size and index.numel() != 1:
        raise IndexError(
            "index_copy_(): When source is scalar, index should have one element (got "
            f"{index.numel()})"
        )
    if source.dim() != input.dim() and source._size and input._size:
        raise IndexError(
            "index_copy_(): When source and destination are not scalars, their dimensionality must "
            f"match. Source dimensionality ({source.dim()}), destination dimensionality "
            f"({input.dim()})"
        )
    if index.dtype is not dtypes.int64:
        raise RuntimeError(
            f"index_copy_(): Expected a long tensor for index, but got {index.dtype.scalar_name}"
        )
    if source.dtype is not input.dtype:
        raise RuntimeError(
            "index_copy_(): self and source expected to have the same dtype, but got (self) "
            f"{input.dtype.scalar_name} and (source) {source.dtype.scalar_name}"
        )
    ours = (*input._size[:dim], *input._size[dim + 1 :])
    theirs = (*source._size[:dim], *source._size[dim + 1 :]) if source._size else ()
    if ours != theirs:
        raise RuntimeError(
            "index_copy_(): Source/destination tensor must have same slice shapes. Destination "
            f"slice shape: {' '.join(map(str, ours))} at dimension {dim} and source slice shape: "
            f"{' '.join(map(str, theirs))} at dimension 0."
        )
    if source._size and index.numel() != source._size[dim]:
        raise IndexError(
            f"index_copy_(): Number of indices ({index.numel()}) should be equal to "
            f"source.size(dim) ({source._size[dim]})"
        )


@inplace
@operator
def index_fill(input: Tensor, dim: int, index: Tensor, value: Tensor | Number) -> Tensor:
    """Return a copy with one number in the slices that an index names.

    >>> torch.zeros(3).index_fill(0, torch.tensor([0, -1]), 5.0)
    tensor([5., 0., 5.])

    Args:
        input: the tensor.
        dim: the dimension.
        index: of type int64, in one dimension; negative positions count from the end.
        value: a number, or a tensor without dimensions.

    Raises:
        IndexError: an index of another type, or out of range.
        RuntimeError: an index or a value with too many dimensions.
    """
    if isinstance(value, Tensor) and value._size:
        raise RuntimeError(
            "index_fill_ only supports a 0-dimensional value tensor, but got tensor with "
            f"{value.dim()} dimension(s)."
        )
    if index.dtype is not dtypes.int64:
        raise IndexError("index_fill_(): Expected dtype int64 for index.")
    dim = wrap_dim(dim, input.dim())
    if index.dim() > 1:
        raise RuntimeError("Index has to be a vector/scalar")
    result = numbers(input)
    if not input.is_meta:
        number = stored(value, input) if isinstance(value, Tensor) else input.dtype.checked(value)
        places = slices(input._size, contiguous_stride(input._size), 0, dim, numbers(index))
        result = picking.fill(result, places, number)
    stride = input._stride if is_dense(input._size, input._stride) else None
    return differentiable(
        strided(result, input._size, stride or contiguous_stride(input._size), input.dtype),
        "IndexFillBackward1" if isinstance(value, Tensor) else "IndexFillBackward0",
        (input, value),
        backward=(
            (lambda grad, index: grad.index_fill(dim, index, 0), index),
            (lambda grad, index: grad.index_select(dim, index).sum(), index),
        ),
    )
