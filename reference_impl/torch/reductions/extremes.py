"""The largest, the smallest, and where they are. nan counts as larger and smaller than all."""

from __future__ import annotations

import builtins
import math
from array import array
from collections.abc import Callable, Sequence

from .. import dtypes, return_types
from ..arguments import OMITTED
from ..dtypes import BOOL
from ..elementwise import maximum, minimum
from ..graph import differentiable
from ..operators import operator
from ..tensor import Tensor
from .frame import along, check_not_empty, fold, reduced_dims, restored, selected

__all__ = ["amax", "amin", "aminmax", "argmax", "argmin", "max", "min"]

Best = Callable[[array], float]


def first_nan(row: array) -> int | None:
    """Return where the first nan is, or None."""
    if row.typecode in "fd" and math.isnan(builtins.sum(row)):  # or inf - inf
        return next((i for i, x in enumerate(row) if x != x), None)
    return None


def best_of(best: Best) -> Best:
    """Return a function that finds the best of a row, or nan."""
    return lambda row: best(row) if first_nan(row) is None else math.nan


def place_of(best: Best) -> Best:
    """Return a function that finds where the best of a row is: the first of equals."""

    def place(row: array) -> int:
        at = first_nan(row)
        return row.index(best(row)) if at is None else at

    return place


def extreme(input: Tensor, name: str, best: Best, node: str) -> Tensor:
    """Return the extreme of all elements; those that are equal to it share the gradient."""
    check_not_empty(input, (), name, whole=True)
    result = fold(input, range(input.dim()), False, best_of(best), input.dtype)
    return differentiable(result, node, (input,), saved=(input, result), backward=evenly)


def evenly(grad: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Distribute a gradient evenly over the elements that are the result."""
    hit = (x == y).logical_or(x.isnan().logical_and(y.isnan()))
    return (grad / hit.sum()).expand(x.shape).where(hit, 0)


def extreme_along(
    input: Tensor, dim: int, keepdim: bool, name: str, best: Best, kind: type, node: str
) -> tuple[Tensor, Tensor]:
    """Return the extremes along a dimension, and their places."""
    dims = along(input, dim)
    check_not_empty(input, dims, name, whole=False)
    values = fold(input, dims, keepdim, best_of(best), input.dtype)
    indices = fold(input, dims, keepdim, place_of(best), dtypes.int64)
    shape = input.detach()
    differentiable(
        (values, indices),
        node,
        (input,),
        backward=lambda grads: selected(grads[0], indices, shape, dims, keepdim),
    )
    return kind((values, indices))


@operator
def max(
    input: Tensor,
    dim: int | Tensor = OMITTED,
    keepdim: bool = False,
    *,
    other: Tensor | None = None,
    out: Tensor | Sequence[Tensor] | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest element; along a dimension, the largest ones and their places.

    The gradient goes to the element that was selected; without `dim`, equal ones share it.
    With a tensor in place of `dim` this is `maximum`.

    Args:
        input: Shape `(*)`.
        dim: The dimension to search along, or a tensor to compare with.
        keepdim: Keep it, with size 1.
        other: The tensor to compare with, by name.
        out: Where to write the result.

    >>> x = torch.tensor([[1, 5, 2], [7, 3, 7]])
    >>> x.max()
    tensor(7)
    >>> x.max(dim=1)
    torch.return_types.max(
    values=tensor([5, 7]),
    indices=tensor([1, 0]))

    Raises:
        RuntimeError: for an empty tensor without `dim`.
        IndexError: for an empty or a missing dimension.
    """
    other = dim if isinstance(dim, Tensor) else other
    if other is not None:
        return maximum(input, other)
    if dim is OMITTED:
        return extreme(input, "max", builtins.max, "MaxBackward1")
    return extreme_along(input, dim, keepdim, "max", builtins.max, return_types.max, "MaxBackward0")


@operator
def min(
    input: Tensor,
    dim: int | Tensor = OMITTED,
    keepdim: bool = False,
    *,
    other: Tensor | None = None,
    out: Tensor | Sequence[Tensor] | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the smallest element; along a dimension, the smallest ones and their places.

    With a tensor in place of `dim` this is `minimum`.

    Args:
        input: Shape `(*)`.
        dim: The dimension to search along, or a tensor to compare with.
        keepdim: Keep it, with size 1.
        other: The tensor to compare with, by name.
        out: Where to write the result.

    >>> values, indices = torch.tensor([[4, 1], [2, 3]]).min(dim=0)
    >>> values, indices
    (tensor([2, 1]), tensor([1, 0]))
    """
    other = dim if isinstance(dim, Tensor) else other
    if other is not None:
        return minimum(input, other)
    if dim is OMITTED:
        return extreme(input, "min", builtins.min, "MinBackward1")
    return extreme_along(input, dim, keepdim, "min", builtins.min, return_types.min, "MinBackward0")


def all_extremes(
    input: Tensor, dim: int | Sequence[int] | None, keepdim: bool, name: str, best: Best, node: str
) -> Tensor:
    """Return extremes over several dimensions; equal elements share the gradient."""
    dims = reduced_dims(input, dim)
    check_not_empty(input, dims, name, whole=dim is None or dim == ())
    result = fold(input, dims, keepdim, best_of(best), input.dtype)
    return differentiable(
        result,
        node,
        (input,),
        saved=(input, result),
        backward=lambda grad, x, y: shares(grad, x, y, dims, keepdim),
    )


def shares(grad: Tensor, x: Tensor, y: Tensor, dims: Sequence[int], keepdim: bool) -> Tensor:
    """Distribute gradients over the elements that are their result."""
    hit = restored(y, x, dims, keepdim) == x
    count = hit.sum(dims, True) if x.dim() else 1
    return restored(grad, x, dims, keepdim) * hit / count


@operator
def amax(
    input: Tensor,
    dim: int | Sequence[int] | None = (),
    keepdim: bool = False,
    *,
    out: Tensor | None = None,
) -> Tensor:
    """Return the largest elements over some dimensions; unlike `max`, without places.

    Where several are equal, each receives an equal share of the gradient.

    >>> torch.amax(torch.tensor([[1.0, 5.0], [7.0, 3.0]]), dim=1)
    tensor([5., 7.])
    """
    return all_extremes(input, dim, keepdim, "amax", builtins.max, "AmaxBackward0")


@operator
def amin(
    input: Tensor,
    dim: int | Sequence[int] | None = (),
    keepdim: bool = False,
    *,
    out: Tensor | None = None,
) -> Tensor:
    """Return the smallest elements over some dimensions; unlike `min`, without places.

    >>> torch.amin(torch.tensor([[1.0, 5.0], [7.0, 3.0]]), dim=0)
    tensor([1., 3.])
    """
    return all_extremes(input, dim, keepdim, "amin", builtins.min, "AminBackward0")


@operator
def aminmax(
    input: Tensor,
    *,
    dim: int | None = None,
    keepdim: bool = False,
    out: Sequence[Tensor] | None = None,
) -> tuple[Tensor, Tensor]:
    """Return the smallest and the largest elements at once.

    >>> torch.aminmax(torch.tensor([3, 1, 2]))
    torch.return_types.aminmax(
    min=tensor(1),
    max=tensor(3))
    """
    if dim is None and input.numel() == 0:
        raise RuntimeError(
            "aminmax(): cannot compute aminmax over an empty dimension as the operation "
            "has no identity."
        )
    dims = reduced_dims(input, dim)
    for d in dims:
        if input.size(d) == 0:
            raise IndexError(f"aminmax: Expected reduction dim {d} to have non-zero size.")
    low = fold(input, dims, keepdim, best_of(builtins.min), input.dtype)
    high = fold(input, dims, keepdim, best_of(builtins.max), input.dtype)

    def backward(grads: tuple, x: Tensor, low: Tensor, high: Tensor) -> Tensor | None:
        parts = [
            shares(grad, x, y, dims, keepdim)
            for grad, y in zip(grads, (low, high), strict=True)
            if grad is not None
        ]
        return parts[0] if len(parts) == 1 else parts[0] + parts[1]

    differentiable(
        (low, high), "AminmaxBackward0", (input,), saved=(input, low, high), backward=backward
    )
    return return_types.aminmax((low, high))


def places(input: Tensor, dim: int | None, keepdim: bool, name: str, best: Best) -> Tensor:
    """Return where extremes are: along a dimension, or among all elements in order."""
    if input.dtype.category == BOOL:
        raise RuntimeError(f"{name}(): does not support bool input")
    if dim is None and input.numel() == 0:
        raise IndexError(
            f"{name}(): Expected reduction dim to be specified for input.numel() == 0."
        )
    dims = reduced_dims(input, None) if dim is None else along(input, dim)
    check_not_empty(input, dims, name, whole=False)
    return fold(input, dims, keepdim, place_of(best), dtypes.int64)


@operator
def argmax(
    input: Tensor, dim: int | None = None, keepdim: bool = False, *, out: Tensor | None = None
) -> Tensor:
    """Return where the largest element is: the first, if several are equal.

    Args:
        input: Shape `(*)`.
        dim: The dimension to search along; None to count through all elements in order.
        keepdim: Keep it, with size 1.
        out: Where to write the result.

    >>> torch.argmax(torch.tensor([[1, 5, 2], [7, 3, 7]]), dim=1)
    tensor([1, 0])
    """
    return places(input, dim, keepdim, "argmax", builtins.max)


@operator
def argmin(
    input: Tensor, dim: int | None = None, keepdim: bool = False, *, out: Tensor | None = None
) -> Tensor:
    """Return where the smallest element is: the first, if several are equal.

    Args:
        input: Shape `(*)`.
        dim: The dimension to search along; None to count through all elements in order.
        keepdim: Keep it, with size 1.
        out: Where to write the result.

    >>> torch.argmin(torch.tensor([[1, 5, 2], [7, 3, 7]]))
    tensor(0)
    """
    return places(input, dim, keepdim, "argmin", builtins.min)
