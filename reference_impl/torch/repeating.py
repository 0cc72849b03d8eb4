"""Repeating elements: `repeat` and `tile` as a whole, `repeat_interleave` one by one.

Unlike `expand`, these copy. What was copied often gets the sum of its copies' gradients.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from . import dtypes, picking
from .creation import checked_size
from .devices import contiguous_format
from .dtypes import INTEGRAL
from .graph import differentiable
from .operators import checked, method, operator
from .picking import Places
from .shapes import wrap_dim
from .storage import ABSENT
from .tensor import Tensor, fresh
from .tensorbase import numbers

__all__ = ["repeat_interleave", "tile"]


@method
def repeat(input: Tensor, repeats: Sequence[int]) -> Tensor:
    """Return the tensor several times along each dimension. `(2,)` by `(4, 3)`: `(4, 6)`.

    >>> torch.tensor([1, 2]).repeat(2, 2)
    tensor([[1, 2, 1, 2],
            [1, 2, 1, 2]])

    Args:
        input: the tensor.
        repeats: how often along each dimension; more dimensions come in front.

    Raises:
        RuntimeError: fewer numbers than dimensions, or a negative one.
    """
    lead = len(repeats) - input.dim()
    if lead < 0:
        raise RuntimeError(
            "Number of dimensions of repeat dims can not be smaller than number of dimensions of "
            "tensor"
        )
    size = (*(1,) * lead, *input._size)
    stride = (*(0,) * lead, *input._stride)
    checked_size([n * r for n, r in zip(size, repeats, strict=True)])
    values = ABSENT
    if not input.is_meta:
        starts = [input._offset]
        for n, s, r in zip(size, stride, repeats, strict=True):
            steps = [i * s for i in range(n)] * r
            starts = [at + step for at in starts for step in steps]
        values = picking.take(input._storage.numbers, Places(starts))
    shape = input._size
    times = [part for n, r in zip(size, repeats, strict=True) for part in (r, n)]

    def backward(grad: Tensor) -> Tensor:
        if 0 in repeats:
            return grad.new_zeros(shape)
        if not times:
            return grad
        return grad.reshape(times).sum(tuple(range(0, len(times), 2))).reshape(shape)

    return differentiable(
        fresh(values, [n * r for n, r in zip(size, repeats, strict=True)], input.dtype),
        "RepeatBackward0",
        (input,),
        backward=backward,
    )


@operator
def tile(input: Tensor, dims: Sequence[int]) -> Tensor:
    """Return the tensor several times along its last dimensions; see `repeat`.

    >>> torch.tile(torch.tensor([[1], [2]]), (2,))
    tensor([[1, 1],
            [2, 2]])
    """
    return repeat(input, (*(1,) * (input.dim() - len(dims)), *dims))


def positions(repeats: Tensor) -> Tensor:
    """Return each index of a vector as often as the vector says."""
    if repeats.dim() != 1:
        raise RuntimeError("repeat_interleave only accept 1D vector as repeat")
    if repeats.dtype.category != INTEGRAL:
        raise NotImplementedError(
            f"\"repeat_interleave_cpu\" not implemented for '{repeats.dtype.scalar_name}'"
        )
    times = numbers(repeats)
    if any(n < 0 for n in times):
        raise RuntimeError("repeats can not be negative")
    found = array("q", [i for i, n in enumerate(times) for _ in range(n)])
    return fresh(found, (len(found),), dtypes.int64)


def alone_or(made: Callable) -> Callable:
    """Let `torch.repeat_interleave(repeats)` reach the overload that returns positions."""

    def of_repeats(repeats: Tensor, *, output_size: int | None = None) -> Tensor:
        return positions(repeats)

    alone = checked(of_repeats, "repeat_interleave", overloads=(), method=False)

    def call(*args: object, **kwargs: object) -> Tensor:
        single = len(args) + len(kwargs.keys() - {"output_size"}) == 1
        return (alone if single else made)(*args, **kwargs)

    call.__wrapped__, call.__doc__ = made.__wrapped__, made.__doc__
    call.__name__ = call.__qualname__ = "repeat_interleave"
    return call


@alone_or
@operator
def repeat_interleave(
    input: Tensor,
    repeats: Tensor | int,
    dim: int | None = None,
    *,
    output_size: int | None = None,
) -> Tensor:
    """Return each element several times, one behind the other.

    A tensor alone says how often to return each of its own positions.

    >>> torch.tensor([1, 2]).repeat_interleave(2)
    tensor([1, 1, 2, 2])
    >>> torch.repeat_interleave(torch.tensor([2, 0, 1]))
    tensor([0, 0, 2])

    Args:
        input: the elements.
        repeats: how often to return each: one number, or one for each slice.
        dim: the dimension of the slices; None for the elements of the flat tensor.
        output_size: the number of slices of the result, which must be right.

    Raises:
        RuntimeError: negative numbers, or not as many as there are slices.
    """
    if dim is None:
        input, dim = input.flatten(), 0
    dim = wrap_dim(dim, input.dim())
    if not isinstance(repeats, Tensor):
        if repeats < 0:
            raise RuntimeError("Repeats must be non-negative")
        size = [*input._size[: dim + 1], repeats, *input._size[dim + 1 :]]
        copies = input.unsqueeze(dim + 1).expand(size).clone(memory_format=contiguous_format)
        return copies.flatten(dim, dim + 1)
    n = input._size[dim] if input._size else 1
    if repeats.dim() > 1:
        raise RuntimeError("repeats must be 0-dim or 1-dim tensor")
    if repeats.numel() == 1:
        repeats = repeats.reshape(1).expand(n)
    if repeats._size != (n,):
        raise RuntimeError(
            "repeats must have the same size as input along dim, but got repeats.size(0) = "
            f"{repeats._size[0]} and input.size({dim}) = {n}"
        )
    index = positions(repeats)
    if output_size is not None and output_size != index.numel():
        raise RuntimeError("allocated size does not match required size")
    return input.index_select(dim, index)
