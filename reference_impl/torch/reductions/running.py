"""Reductions that keep every step on the way: running sums, products, extremes."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import add, mul

from .. import dtypes, return_types
from ..dtypes import BOOL, INTEGRAL, dtype, finfo
from ..graph import differentiable
from ..kernels import gather, kernel
from ..operators import inplace, operator
from ..promotion import arithmetic
from ..shapes import contiguous_stride, wrap_dim
from ..tensor import Tensor, fresh
from .frame import rows

__all__ = ["cummax", "cummin", "cumprod", "cumsum", "logcumsumexp"]

Steps = Callable[[array], Iterable[float]]


@kernel
def walked(flat: array, length: int, steps: Steps, dtype: dtype) -> array:
    """Return `steps` of each row of `length` numbers."""
    found: list[float] = []
    for start in range(0, len(flat), length or 1):
        found.extend(steps(flat[start : start + length]))
    return dtype.array(found)


def run(input: Tensor, dim: int, steps: Steps, dtype: dtype) -> Tensor:
    """Return the steps along a dimension, in the input's shape, without history."""
    if not input.dim():
        wrap_dim(dim, 0)
        return fresh(walked(rows(input, ())[0], 1, steps, dtype), (), dtype)
    dim = wrap_dim(dim, input.dim())
    flat, length = rows(input, (dim,))
    order = [d for d in range(input.dim()) if d != dim] + [dim]
    stride = dict(zip(order, contiguous_stride([input.size(d) for d in order]), strict=True))
    found = walked(flat, length, steps, dtype)
    back = gather(found, input.shape, [stride[d] for d in range(input.dim())], 0)
    return fresh(back, input.shape, dtype)


def kind_of(input: Tensor, dtype: dtype | None) -> dtype:
    """Return the type of a running sum or product."""
    return dtype or arithmetic(input.dtype)


def running_sum(input: Tensor, dim: int, backwards: bool) -> Tensor:
    """Return running sums from the front, or from the back; each is the other's gradient.

    torch adds float32 in float64 here, and rounds each step.
    """

    def steps(row: array) -> Iterator[float]:
        if backwards:
            return iter(list(accumulate(reversed(row), add))[::-1])
        return accumulate(row, add)

    return differentiable(
        run(input.detach(), dim, steps, input.dtype),
        "CumsumBackward0",
        (input,),
        backward=lambda grad: running_sum(grad, dim, not backwards),
    )


@inplace
@operator
def cumsum(
    input: Tensor, dim: int, *, dtype: dtype | None = None, out: Tensor | None = None
) -> Tensor:
    """Return running sums along a dimension. Shape `(*)` to `(*)`.

    An element is part of every sum from its place on, so its gradient is the running sum
    of the gradients from the other end.

    >>> torch.cumsum(torch.tensor([1, 2, 3, 4]), dim=0)
    tensor([ 1,  3,  6, 10])
    """
    source = input.detach().to(kind_of(input, dtype))
    result = running_sum(source, dim, False)
    return differentiable(
        result,
        "CumsumBackward0",
        (input,),
        backward=lambda grad: running_sum(grad, dim, True),
    )


@inplace
@operator
def cumprod(
    input: Tensor, dim: int, *, dtype: dtype | None = None, out: Tensor | None = None
) -> Tensor:
    """Return running products along a dimension. Shape `(*)` to `(*)`.

    >>> torch.cumprod(torch.tensor([1, 2, 3, 4]), dim=0)
    tensor([ 1,  2,  6, 24])
    """
    source = input.detach().to(kind_of(input, dtype))
    result = run(source, dim, lambda row: accumulate(row, mul), source.dtype)
    return differentiable(
        result,
        "CumprodBackward0",
        (input,),
        saved=(input, result),
        backward=lambda grad, x, y: product_gradient(grad, x.to(grad.dtype), y, dim),
    )


def product_gradient(grad: Tensor, x: Tensor, y: Tensor, dim: int) -> Tensor:
    """Return the gradient of running products.

    Each product after an element, divided by the element, is its slope. Where an element
    is 0 that cannot be divided; then its place is filled with 1 and multiplied again.
    """
    if not x.dim():
        return grad
    if bool((x.detach() != 0).all()):
        return running_sum(grad * y, dim, True) / x
    x, grad = x.movedim(dim, -1), grad.movedim(dim, -1)
    n = x.size(-1)
    place = fresh(dtypes.int64.array(range(n)), (n,), dtypes.int64)
    row, column = place.unsqueeze(-1), place
    square = x.unsqueeze(-2).expand(*x.shape[:-1], n, n).where(row != column, 1)
    slopes = square.cumprod(-1).where(column >= row, 0)
    return (slopes * grad.unsqueeze(-2)).sum(-1).movedim(-1, dim).contiguous()


def best_so_far(better: Callable[[float, float], bool]) -> Callable[[array], list[int]]:
    """Return a function that finds where the best is, up to each place; the last of equals."""

    def places(row: array) -> list[int]:
        found, at = [], 0
        for i, x in enumerate(row):
            best = row[at]
            if x != x or (best == best and better(x, best)):
                at = i
            found.append(at)
        return found

    return places


def running_extreme(
    input: Tensor, dim: int, better: Callable[[float, float], bool], name: str
) -> tuple[Tensor, Tensor]:
    """Return running extremes along a dimension, and their places."""
    if not input.dim() and dim not in (0, -1):
        raise IndexError(f"{name}(): Expected reduction dim -1 or 0 for scalar but got {dim}")
    places = best_so_far(better)
    values = run(input, dim, lambda row: (row[i] for i in places(row)), input.dtype)
    indices = run(input, dim, lambda row: iter(places(row)), dtypes.int64)

    def backward(grads: tuple[Tensor, ...]) -> Tensor:
        grad = grads[0]
        if not grad.dim():
            return grad
        return grad.new_zeros(grad.shape).scatter_add(dim, indices, grad)

    differentiable((values, indices), f"{name.capitalize()}Backward0", (input,), backward=backward)
    return getattr(return_types, name)((values, indices))


@operator
def cummax(
    input: Tensor, dim: int, *, out: Sequence[Tensor] | None = None
) -> tuple[Tensor, Tensor]:
    """Return the largest element up to each place along a dimension, and where it is.

    >>> torch.cummax(torch.tensor([1, 3, 2]), dim=0)
    torch.return_types.cummax(
    values=tensor([1, 3, 3]),
    indices=tensor([0, 1, 1]))
    """
    return running_extreme(input, dim, lambda x, best: x >= best, "cummax")


@operator
def cummin(
    input: Tensor, dim: int, *, out: Sequence[Tensor] | None = None
) -> tuple[Tensor, Tensor]:
    """Return the smallest element up to each place along a dimension, and where it is.

    >>> torch.cummin(torch.tensor([3, 1, 2]), dim=0)
    torch.return_types.cummin(
    values=tensor([3, 1, 1]),
    indices=tensor([0, 1, 1]))
    """
    return running_extreme(input, dim, lambda x, best: x <= best, "cummin")


def log_add_exp(a: float, b: float) -> float:
    """Return `log(exp(a) + exp(b))` without overflow."""
    low, high = (a, b) if a <= b else (b, a)
    if low != high or math.isfinite(low):
        return math.log1p(math.exp(low - high)) + high if low == low and high == high else math.nan
    return a


@operator
def logcumsumexp(input: Tensor, dim: int, *, out: Tensor | None = None) -> Tensor:
    """Return the logarithms of running sums of exponentials. Shape `(*)` to `(*)`.

    >>> torch.logcumsumexp(torch.zeros(3), dim=0)
    tensor([0.0000, 0.6931, 1.0986])
    """
    return running_log_sum(input, dim, False)


def running_log_sum(input: Tensor, dim: int, backwards: bool) -> Tensor:
    """Return logarithms of running sums of exponentials, from the front or from the back.

    The gradient is such a sum from the other end, of its own logarithms: once for the
    positive gradients, once for the negative ones. So nothing overflows there either.
    """
    kind = input.dtype
    if kind.category in (BOOL, INTEGRAL):
        raise NotImplementedError(
            f"\"logcumsumexp_out_cpu\" not implemented for '{kind.scalar_name}'"
        )

    def steps(row: array) -> Iterable[float]:
        if backwards:
            return list(accumulate(reversed(row), log_add_exp))[::-1]
        return accumulate(row, log_add_exp)

    def backward(grad: Tensor, x: Tensor, y: Tensor) -> Tensor:
        if not grad.dim():
            return grad
        size, lowest = grad.abs().log(), finfo(kind).min  # -inf less -inf would be nan
        up, down = (
            running_log_sum(size.where(signed, lowest) - y, dim, not backwards)
            for signed in (grad > 0, grad < 0)
        )
        return (up + x).exp() - (down + x).exp()

    result = run(input.detach().to(kind), dim, steps, kind)
    return differentiable(
        result, "LogcumsumexpBackward0", (input,), saved=(input, result), backward=backward
    )
