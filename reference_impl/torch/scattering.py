"""`scatter` and its kin: writing where an index says, along one dimension.

What `gather` reads from, `scatter` writes to; each is the gradient of the other. Several
elements may go to one place: `scatter_add` adds them, `scatter_reduce` also multiplies,
averages, or keeps the largest.
"""

from __future__ import annotations

import functools
import operator as python
import warnings
from collections.abc import Callable, Sequence

from . import kernels, picking
from .arguments import Number
from .dtypes import FLOATING
from .gathering import INTEGERS, at_least_1d, within
from .graph import differentiable
from .operators import inplace, operator
from .picking import Places
from .shapes import contiguous_stride, listed, wrap_dim
from .tensor import Tensor, fresh
from .tensorbase import numbers

__all__ = ["scatter", "scatter_add", "scatter_reduce"]


def scattered_places(
    input: Tensor, dim: int, index: Tensor, src: Tensor | None
) -> tuple[Places, Sequence[float]]:
    """Return where an index's places go in a copy of `input`, and what `src` has for them.

    Raises:
        RuntimeError: an index of a wrong type, of a shape that does not fit, or out of bounds.
    """
    if index.numel() and index.dtype not in INTEGERS:
        raise RuntimeError("scatter(): Expected dtype int32/int64 for index")
    if src is not None and src.dtype is not input.dtype:
        raise RuntimeError("scatter(): Expected self.dtype to be equal to src.dtype")
    if not index.numel():
        return Places([]), ()
    shape, size = at_least_1d(input._size), at_least_1d(index._size)
    if len(shape) != len(size):
        raise RuntimeError("Index tensor must have the same number of dimensions as self tensor")
    fits = all(n <= most for d, (n, most) in enumerate(zip(size, shape, strict=True)) if d != dim)
    said = (
        f"Expected index {listed(index._size)} to be no larger than self {listed(input._size)} "
        f"apart from dimension {dim}"
    )
    if src is None:
        if not fits:
            raise RuntimeError(said)
    else:
        given = at_least_1d(src._size)
        if fits:
            for d, n in enumerate(size):
                fits = fits and n <= given[wrap_dim(d, len(given))]
        if len(given) != len(size):
            raise RuntimeError("Index tensor must have the same number of dimensions as src tensor")
        if not fits:
            raise RuntimeError(f"{said} and to be no larger size than src {listed(src._size)}")
    found = within(index, dim, shape[dim])
    places = picking.along(size, contiguous_stride(shape), 0, dim, found)
    if src is None:
        return places, ()
    return places, kernels.gather(src._storage.numbers, size, src._stride or (1,), src._offset)


REDUCE_INSTEAD = (
    "The reduce argument of torch.scatter with Tensor src is deprecated and will be removed in a "
    "future PyTorch release. Use torch.scatter_reduce instead for more reduction options. "
    "(Triggered internally at "
    "/__w/pytorch/pytorch/aten/src/ATen/native/TensorAdvancedIndexing.cpp:225.)"
)


@functools.cache
def warn_once(text: str) -> None:
    """Warn, the first time."""
    warnings.warn(text, UserWarning, stacklevel=5)


@inplace
@operator
def scatter(
    input: Tensor,
    dim: int,
    index: Tensor,
    src: Tensor | Number | None = None,
    *,
    value: Number | None = None,
    reduce: str | None = None,
) -> Tensor:
    """Return a copy with elements of `src`, or one number, where an index says.

    In two dimensions, along dimension 1: `result[i][index[i][j]] = src[i][j]`. One-hot codes
    are made so.

    >>> torch.zeros(2, 3).scatter(1, torch.tensor([[2], [0]]), 1.0)
    tensor([[0., 0., 1.],
            [1., 0., 0.]])

    Args:
        input: the tensor.
        dim: the dimension along which the index says where to go.
        index: of type int64 or int32, and no larger than `src`, nor than `input` in any
            dimension but `dim`.
        src: the elements, or a number.
        value: the number, by name.
        reduce: `add` or `multiply` to combine new with old; it has no gradient.

    Raises:
        RuntimeError: an index of another type, of a shape that does not fit, or out of bounds.
    """
    dim = wrap_dim(dim, input.dim())
    if src is None:
        src = value
    tensor = src if isinstance(src, Tensor) else None
    if reduce is not None and tensor is not None:
        warn_once(REDUCE_INSTEAD)
    if reduce not in (None, "add", "multiply"):
        raise RuntimeError("reduce argument must be either add or multiply.")
    places, values = scattered_places(input, dim, index, tensor)
    if tensor is None:
        values = [input.dtype.checked(src)] * len(places.starts)
    old = numbers(input)
    if reduce is not None:
        fn = python.add if reduce == "add" else python.mul
        result = picking.combine(old, places, values, fn, input.dtype)
        return differentiable(
            fresh(result, input._size, input.dtype),
            "NotImplemented",
            (input, src),
            backward=no_derivative,
        )
    result = old if input.is_meta else picking.put(old, places, values)
    return differentiable(
        fresh(result, input._size, input.dtype),
        "ScatterBackward1" if tensor is None else "ScatterBackward0",
        (input, src),
        backward=(
            (lambda grad, index: grad.scatter(dim, index, 0), index),
            (lambda grad, index: grad.gather(dim, index), index),
        ),
    )


def no_derivative(grad: Tensor) -> Tensor:
    """Raise: torch has no derivative for this."""
    raise RuntimeError("derivative for aten::scatter is not implemented")


@inplace
@operator
def scatter_add(input: Tensor, dim: int, index: Tensor, src: Tensor) -> Tensor:
    """Return a copy with elements of `src` added where an index says.

    Several may go to one place, and they go there in order.

    >>> torch.zeros(3).scatter_add(0, torch.tensor([0, 2, 0]), torch.tensor([1.0, 2.0, 3.0]))
    tensor([4., 0., 2.])

    Args:
        input: the tensor.
        dim: the dimension along which the index says where to go.
        index: as in `scatter`.
        src: the elements.

    Raises:
        RuntimeError: an index of another type, of a shape that does not fit, or out of bounds.
    """
    dim = wrap_dim(dim, input.dim())
    places, values = scattered_places(input, dim, index, src)
    result = picking.combine(numbers(input), places, values, python.add, input.dtype)
    return differentiable(
        fresh(result, input._size, input.dtype),
        "ScatterAddBackward0",
        (input, src),
        backward=(
            lambda grad: grad,
            (lambda grad, index: grad.gather(dim, index), index),
        ),
    )


def larger(a: float, b: float) -> float:
    """Return the larger number; nan is larger than any."""
    return a if a != a or a >= b else b


def smaller(a: float, b: float) -> float:
    """Return the smaller number; nan is smaller than any."""
    return a if a != a or a <= b else b


REDUCTIONS: dict[str, Callable[[float, float], float]] = {
    "sum": python.add,
    "prod": python.mul,
    "mean": python.add,
    "amax": larger,
    "amin": smaller,
}


@inplace
@operator
def scatter_reduce(
    input: Tensor,
    dim: int,
    index: Tensor,
    src: Tensor,
    reduce: str,
    *,
    include_self: bool = True,
) -> Tensor:
    """Return a copy in which all that an index sends to one place is reduced to one number.

    >>> x, index = torch.tensor([1.0, 2.0, 3.0, 4.0]), torch.tensor([0, 0, 1, 1])
    >>> torch.zeros(2).scatter_reduce(0, index, x, "mean", include_self=False)
    tensor([1.5000, 3.5000])

    Args:
        input: the tensor.
        dim: the dimension along which the index says where to go.
        index: as in `scatter`.
        src: the elements.
        reduce: `sum`, `prod`, `mean`, `amax` or `amin`.
        include_self: whether the number that was there counts, too.

    Raises:
        RuntimeError: another `reduce`; an index of another type, of a shape that does not fit,
            or out of bounds.
    """
    dim = wrap_dim(dim, input.dim())
    if reduce not in REDUCTIONS:
        raise RuntimeError(
            f"reduce argument must be either sum, prod, mean, amax or amin, got {reduce}"
        )
    places, values = scattered_places(input, dim, index, src)
    start, fn = numbers(input), REDUCTIONS[reduce]
    result = picking.combine(start, places, values, fn, input.dtype, not include_self)
    if reduce == "mean" and not input.is_meta:
        counts = [int(include_self)] * len(result)
        for place in places.starts:
            counts[place] += 1
        divide = python.truediv if input.dtype.category == FLOATING else python.floordiv
        pairs = zip(result, counts, strict=True)
        result = input.dtype.array([divide(x, n or 1) for x, n in pairs])
    out = fresh(result, input._size, input.dtype)

    def backward(grad: Tensor, *saved: Tensor) -> tuple[Tensor, Tensor]:
        of_input, of_src = RULES[reduce](grad, dim, *saved, include_self)
        if not include_self:
            of_input = of_input.scatter(dim, saved[1], 0)
        return of_input, of_src

    return differentiable(
        out,
        "ScatterReduceBackward0",
        (input, src),
        saved=(input, index, src, out),
        backward=backward,
    )


def sum_back(
    grad: Tensor, dim: int, input: Tensor, index: Tensor, src: Tensor, out: Tensor, self_too: bool
) -> tuple[Tensor, Tensor]:
    """Return the gradients of a sum: each term gets that of its sum."""
    return grad, grad.gather(dim, index)


def mean_back(
    grad: Tensor, dim: int, input: Tensor, index: Tensor, src: Tensor, out: Tensor, self_too: bool
) -> tuple[Tensor, Tensor]:
    """Return the gradients of a mean: that of the sum, divided by how many there were."""
    ones = src.detach().new_ones(src._size)
    count = grad.detach().new_full(grad._size, int(self_too)).scatter_add(dim, index, ones)
    share = grad / count.masked_fill(count == 0, 1)
    return share, share.gather(dim, index)


def extreme_back(
    grad: Tensor, dim: int, input: Tensor, index: Tensor, src: Tensor, out: Tensor, self_too: bool
) -> tuple[Tensor, Tensor]:
    """Return the gradients of a largest or smallest: all that are equal to it share."""
    old_is = (input == out).to(grad.dtype)
    new_is = (src == out.gather(dim, index)).to(grad.dtype)
    share = grad / old_is.scatter_add(dim, index, new_is)
    return old_is * share, new_is * share.gather(dim, index)


def product_back(
    grad: Tensor, dim: int, input: Tensor, index: Tensor, src: Tensor, out: Tensor, self_too: bool
) -> tuple[Tensor, Tensor]:
    """Return the gradients of a product: of each factor, the product of the others.

    That is the product divided by the factor, unless the factor is zero: then the product
    is taken again with a one in its place.
    """
    filled = input.masked_fill(input == 0, 1)
    of_input = grad * filled.scatter_reduce(dim, index, src, "prod", include_self=self_too) / filled
    zero = src == 0
    zeros = input.detach().new_zeros(input._size).scatter_add(dim, index, zero.to(src.dtype))
    alone = zero & (zeros.gather(dim, index) == 1)
    others = input.scatter_reduce(
        dim, index, src.masked_fill(alone, 1), "prod", include_self=self_too
    )
    divided = (grad * out).gather(dim, index) / src.masked_fill(zero, 1)
    return of_input, (grad * others).gather(dim, index).where(alone, divided)


RULES = {
    "sum": sum_back,
    "mean": mean_back,
    "amax": extreme_back,
    "amin": extreme_back,
    "prod": product_back,
}
