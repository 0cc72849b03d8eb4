"""Elements by number: `gather` and `take_along_dim` along one dimension, `take` and `put` flat.

`gather` reads, at every place of an index, the element whose coordinates are those of the
place, except for one that the index gives.
"""

from __future__ import annotations

import operator as python
from collections.abc import Sequence

from . import dtypes, picking
from .copying import copy_stride
from .graph import differentiable
from .operators import inplace, operator
from .picking import Places
from .shapes import broadcast, contiguous_stride, is_dense, listed, wrap_dim
from .storage import ABSENT
from .tensor import Tensor, fresh, strided
from .tensorbase import numbers

__all__ = ["gather", "put", "take", "take_along_dim"]

INTEGERS = (dtypes.int64, dtypes.int32)


def at_least_1d(size: Sequence[int]) -> Sequence[int]:
    """Return a size, that of one element in one dimension for a 0-dim tensor."""
    return size or (1,)


def within(index: Tensor, dim: int, n: int) -> list[int]:
    """Return an index's positions, all of them checked; negative ones are not allowed here."""
    if index.is_meta:
        return []
    positions = numbers(index)
    if positions and not (min(positions) >= 0 and max(positions) < n):
        wrong = next(p for p in positions if not 0 <= p < n)
        raise RuntimeError(f"index {wrong} is out of bounds for dimension {dim} with size {n}")
    return positions


@operator
def gather(
    input: Tensor,
    dim: int,
    index: Tensor,
    *,
    sparse_grad: bool = False,
    out: Tensor | None = None,
) -> Tensor:
    """Return the elements that an index names along one dimension, in the index's shape.

    In two dimensions, along dimension 1: `result[i][j] = input[i][index[i][j]]`. This is how
    the score of each sample's class is read from a row of scores.

    >>> scores = torch.tensor([[0.1, 0.9], [0.8, 0.2]])
    >>> scores.gather(1, torch.tensor([[1], [0]]))
    tensor([[0.9000],
            [0.8000]])

    Args:
        input: the elements.
        dim: the dimension along which the index names them.
        index: of type int64 or int32, as many dimensions as `input`, and no larger in any but
            `dim`.
        sparse_grad: of no effect.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: an index of another type, of a shape that does not fit, or out of bounds.
    """
    dim = wrap_dim(dim, input.dim())
    if index.numel() and index.dtype not in INTEGERS:
        raise RuntimeError("gather(): Expected dtype int32/int64 for index")
    shape, size = at_least_1d(input._size), at_least_1d(index._size)
    if index.numel():
        if len(shape) != len(size):
            raise RuntimeError(
                "Index tensor must have the same number of dimensions as input tensor"
            )
        for d, (n, most) in enumerate(zip(size, shape, strict=True)):
            if d != dim and n > most:
                raise RuntimeError(
                    f"Size does not match at dimension {d} expected index {listed(index._size)} to "
                    f"be no larger than self {listed(input._size)} apart from dimension {dim}"
                )
    values = ABSENT
    if not input.is_meta:
        places = Places([])
        if index.numel():
            found = within(index, dim, shape[dim])
            stride = input._stride or (1,)
            places = picking.along(size, stride, input._offset, dim, found)
        values = picking.take(input._storage.numbers, places)
    old = input._size
    return differentiable(
        fresh(values, index._size, input.dtype),
        "GatherBackward0",
        (input,),
        saved=(index,),
        backward=lambda grad, index: grad.new_zeros(old).scatter_add(dim, index, grad),
    )


@operator
def take_along_dim(
    input: Tensor, indices: Tensor, dim: int | None = None, *, out: Tensor | None = None
) -> Tensor:
    """Return the elements that indices name along a dimension, all others broadcast.

    Without `dim` the tensor counts as flat. `x.take_along_dim(x.argsort(1), 1)` sorts rows.

    >>> x = torch.tensor([[30, 10, 20]])
    >>> x.take_along_dim(x.argsort(1), 1)
    tensor([[10, 20, 30]])

    Args:
        input: the elements.
        indices: of type int64; beyond the end they start again from the front.
        dim: the dimension; None for the flat tensor.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: indices of another type or number of dimensions.
    """
    if dim is not None and input.dim() != indices.dim():
        raise RuntimeError(
            "torch.take_along_dim(): input and indices should have the same number of dimensions, "
            f"but got {input.dim()} dimensions for input, and {indices.dim()} dimensions for "
            "indices"
        )
    if indices.dtype is not dtypes.int64:
        raise RuntimeError(
            "torch.take_along_dim(): dtype of indices should be Long but got "
            f"{indices.dtype.scalar_name}"
        )
    if dim is None:
        return gather(input.reshape(-1), 0, indices.reshape(-1))
    dim = wrap_dim(dim, input.dim())
    if not input._size:
        return gather(input, 0, indices)
    own = (*input._size[:dim], indices._size[dim], *input._size[dim + 1 :])
    other = (*indices._size[:dim], input._size[dim], *indices._size[dim + 1 :])
    index = indices.expand(broadcast(own, indices._size))
    return gather(
        input.expand(broadcast(input._size, other)), dim, index.remainder(input._size[dim])
    )


def flat_places(name: str, index: Tensor, length: int) -> Places:
    """Return the places in a flat tensor that an index names.

    Raises:
        IndexError: one out of range.
        RuntimeError: an index of another type than int64.
    """
    if index.dtype is not dtypes.int64:
        raise RuntimeError(
            f"{name}(): Expected a long tensor for index, but got {index.dtype.scalar_name}"
        )
    found = numbers(index)
    for p in found:
        if not -length <= p < length:
            raise IndexError(
                f"out of range: tried to access index {p} on a tensor of {length} elements."
            )
    return Places([p + length if p < 0 else p for p in found])


@operator
def take(input: Tensor, index: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the elements that an index names in the flat tensor, in the index's shape.

    >>> torch.tensor([[10, 20], [30, 40]]).take(torch.tensor([0, 3]))
    tensor([10, 40])

    Args:
        input: the elements.
        index: of type int64.
        out: a tensor to write the result to.

    Raises:
        IndexError: an index out of range.
        RuntimeError: an index of another type.
    """
    if index.dtype is dtypes.int64 and index.numel() and not input.numel():
        raise IndexError("take(): tried to take from an empty tensor")
    places = flat_places("take", index, input.numel())
    values = picking.take(numbers(input), places)
    shape, stride = input._size, copy_stride(input, None)

    def backward(grad: Tensor, index: Tensor) -> Tensor:
        return grad.new_empty_strided(shape, stride).zero_().put(index, grad, True)

    return differentiable(
        fresh(values, index._size, input.dtype),
        "TakeBackward0",
        (input,),
        saved=(index,),
        backward=backward,
    )


@inplace
@operator
def put(input: Tensor, index: Tensor, source: Tensor, accumulate: bool = False) -> Tensor:
    """Return a copy with elements of `source` where an index names them in the flat tensor.

    >>> torch.zeros(2, 2).put(torch.tensor([0, 3]), torch.tensor([1.0, 2.0]))
    tensor([[1., 0.],
            [0., 2.]])

    Args:
        input: the tensor.
        index: of type int64.
        source: as many elements as the index has.
        accumulate: whether to add them to what is there.

    Raises:
        IndexError: an index out of range, or another number of elements.
        RuntimeError: another type.
    """
    if source.dtype is not input.dtype:
        raise RuntimeError(
            "put_(): self and source expected to have the same dtype, but got self.dtype = "
            f"{input.dtype.scalar_name} and source.dtype = {source.dtype.scalar_name}"
        )
    if source.numel() != index.numel():
        raise IndexError(
            "put_(): Expected source and index to have the same number of elements, but got "
            f"source.numel() = {source.numel()}, index.numel() = {index.numel()}"
        )
    places = flat_places("put_", index, input.numel())
    old, given = numbers(input), numbers(source)
    if accumulate:
        result = picking.combine(old, places, given, python.add, input.dtype)
    else:
        result = picking.put(old, places, given)
    stride = input._stride if is_dense(input._size, input._stride) else None
    size = source._size

    def of_input(grad: Tensor, index: Tensor) -> Tensor:
        return grad if accumulate else grad.put(index, grad.new_zeros(size))

    return differentiable(
        strided(result, input._size, stride or contiguous_stride(input._size), input.dtype),
        "PutBackward0",
        (input, source),
        backward=(
            (of_input, index),
            (lambda grad, index: grad.take(index).reshape(size), index),
        ),
    )
