"""Distinct elements: `unique` and `unique_consecutive`, with where each went and how often."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence

from . import dtypes, kernels
from .graph import differentiable
from .shapes import Size, wrap_dim
from .sorting import ordered
from .tensor import Tensor, fresh
from .tensorbase import attach, numbers

__all__ = ["unique", "unique_consecutive"]

Found = Tensor | tuple[Tensor, ...]


def runs(items: Sequence, order: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """Return runs of equal items met in an order.

    Returns:
        Where the first of each run is, in which run each item is, and the runs' lengths.
    """
    first: list[int] = []
    inverse = [0] * len(order)
    counts: list[int] = []
    for i in order:
        if not first or items[i] != items[first[-1]]:
            first.append(i)
            counts.append(0)
        inverse[i] = len(first) - 1
        counts[-1] += 1
    return first, inverse, counts


def whole(values: Sequence[int], size: Sequence[int]) -> Tensor:
    """Return a new tensor of integers."""
    return fresh(dtypes.int64.array(values), size, dtypes.int64)


def chosen(result: Tensor, inverse: Tensor, counts: Tensor, wants: Sequence[bool]) -> Found:
    """Return the results that are wanted: one tensor, or several."""
    more = [t for t, wanted in zip((inverse, counts), wants, strict=True) if wanted]
    return (result, *more) if more else result


def refuse_derivative(name: str) -> Callable[[Tensor], Tensor]:
    """Return the backward of an operator for which torch has none."""

    def backward(grad: Tensor) -> Tensor:
        raise NotImplementedError(f"the derivative for '{name}' is not implemented.")

    return backward


def flat_runs(
    input: Tensor,
    order: Callable[[Sequence], Sequence[int]],
    wants: Sequence[bool],
    name: str,
    node: str,
) -> Found:
    """Return the distinct elements of a tensor as if it were flat."""
    flat = numbers(input)
    first, inverse, counts = runs(flat, order(flat))
    values = fresh(input.dtype.array([flat[i] for i in first]), (len(first),), input.dtype)
    differentiable(values, node, (input,), backward=refuse_derivative(name))
    return chosen(values, whole(inverse, input._size), whole(counts, (len(counts),)), wants)


def sliced_runs(
    input: Tensor, dim: int, in_order: bool, wants: Sequence[bool], name: str, node: str
) -> Found:
    """Return the distinct slices along one dimension."""
    dim = wrap_dim(dim, input.dim(), scalar=False)
    order = [dim, *(d for d in range(input.dim()) if d != dim)]
    size = [input._size[d] for d in order]
    empty = sum(n == 0 for n in size)
    if size[0] == 0 and empty > 1:
        raise RuntimeError(
            "Number of zero sized dimensions is more than one, so unique cannot be applied "
        )
    if size[0] and empty:
        raise RuntimeError(
            "There are 0 sized dimensions, and they aren't selected, so unique cannot be applied"
        )
    stride = [input._stride[d] for d in order]
    flat = kernels.gather(input._storage.numbers, size, stride, input._offset)
    length = Size(size[1:]).numel()
    slices = [tuple(flat[i * length : (i + 1) * length]) for i in range(size[0])]
    met = sorted(range(size[0]), key=slices.__getitem__) if in_order else range(size[0])
    first, inverse, counts = runs(slices, met)
    values = input.dtype.array([x for i in first for x in slices[i]])
    back = [order.index(d) for d in range(input.dim())]
    kept = fresh(values, (len(first), *size[1:]), input.dtype).permute(back)
    result = fresh(kept._storage.numbers, kept._size, input.dtype, kept._stride)
    differentiable(result, node, (input,), backward=refuse_derivative(name))
    return chosen(result, whole(inverse, (size[0],)), whole(counts, (len(counts),)), wants)


def check_flags(name: str, **flags: object) -> None:
    """Raise unless all are truth values: `x.unique(0)` is no `x.unique(dim=0)`."""
    for flag, value in flags.items():
        if not isinstance(value, builtins.bool):
            kind = type(value).__name__
            raise TypeError(f"{name}(): argument '{flag}' must be bool, not {kind}")


def unique(
    input: Tensor,
    sorted: bool = True,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Found:
    """Return the distinct elements in ascending order, or the distinct slices of a dimension.

    >>> torch.unique(torch.tensor([3, 1, 3]), return_counts=True)
    (tensor([1, 3]), tensor([1, 2]))

    Args:
        input: of any shape.
        sorted: of no effect: they always come in order.
        return_inverse: whether to return, for each element, where its like is in the result.
        return_counts: whether to return how often each is there.
        dim: the dimension whose slices to compare; None for the elements.

    Raises:
        RuntimeError: slices without elements.
    """
    wants = (return_inverse, return_counts)
    check_flags(
        "_unique2", sorted=sorted, return_inverse=return_inverse, return_counts=return_counts
    )
    if dim is not None:
        return sliced_runs(input, dim, True, wants, "unique_dim", "UniqueDimBackward0")
    return flat_runs(input, ordered, wants, "_unique2", "Unique2Backward0")


def unique_consecutive(
    input: Tensor,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Found:
    """Return the elements without those that equal the one before, or slices of a dimension.

    >>> torch.unique_consecutive(torch.tensor([1, 1, 2, 1]))
    tensor([1, 2, 1])

    Args:
        input: of any shape.
        return_inverse: whether to return, for each element, where its run is in the result.
        return_counts: whether to return the lengths of the runs.
        dim: the dimension whose slices to compare; None for the elements.
    """
    wants = (return_inverse, return_counts)
    name, node = "unique_consecutive", "UniqueConsecutiveBackward0"
    if dim is not None:
        return sliced_runs(input, dim, False, wants, name, node)
    return flat_runs(input, lambda flat: range(len(flat)), wants, name, node)


attach(unique)
attach(unique_consecutive)
