"""Sums, means and products."""

from __future__ import annotations

import builtins
import math
from array import array
from collections.abc import Sequence

from .. import dtypes
from ..arguments import OMITTED
from ..dtypes import FLOATING, dtype
from ..elementwise.rules import zeros_for
from ..gradmode import mode, no_grad
from ..graph import differentiable
from ..kernels import kernel
from ..operators import method, operator
from ..pointwise import unary
from ..promotion import arithmetic
from ..shapes import Size, expands, listed
from ..summation import reduction_loops, sums
from ..tensor import Tensor, fresh
from .frame import along, fold, in_type, reduced_dims, reduced_size, restored

__all__ = ["logsumexp", "mean", "nanmean", "nansum", "prod", "sum"]


@kernel
def cascaded(numbers: array, offset: int, loops: list, results: int, dtype: dtype) -> array:
    """Return sums of floats in torch's order, rounded to a type at the end."""
    found = sums(numbers, offset, loops, results)
    return dtype.array(found) if dtype.itemsize == 2 else found


def total(input: Tensor, dims: Sequence[int], keepdim: bool, result: dtype | None = None) -> Tensor:
    """Return sums over some dimensions, without history, in the input's type.

    Args:
        input: The tensor to sum.
        dims: The dimensions to sum over, not negative.
        keepdim: Whether they stay, with size 1.
        result: The type to round float sums to; the input's own if None.
    """
    if input.dtype.category != FLOATING:
        return fold(input, dims, keepdim, builtins.sum, input.dtype)
    size, result = reduced_size(input, dims, keepdim), result or input.dtype
    loops = reduction_loops(input._size, input._stride, tuple(dims))
    held = input._storage.numbers
    return fresh(cascaded(held, input._offset, loops, math.prod(size), result), size, result)


@operator
def sum(
    input: Tensor,
    dim: int | Sequence[int] | None = OMITTED,
    keepdim: bool = False,
    *,
    dtype: dtype | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return the sum of all elements, or of those along some dimensions.

    Every summand moves its sum one to one, so each receives the sum's gradient as it is:
    backward of a sum is a broadcast.

    Args:
        input: Shape `(*)`.
        dim: The dimensions that disappear; all if left out, and for None.
        keepdim: Keep them, with size 1.
        dtype: The type to sum in. Integers and truth values are summed in int64.
        out: Where to write the result.

    >>> x = torch.tensor([[1, 2, 3], [4, 5, 6]])
    >>> x.sum()
    tensor(21)
    >>> x.sum(dim=0)
    tensor([5, 7, 9])

    Raises:
        IndexError: for a dimension that is not there.
        RuntimeError: for a dimension given twice.
    """
    whole = dim is OMITTED
    dims = reduced_dims(input, None if whole else dim)
    return summed(input, dims, keepdim, "SumBackward0" if whole else "SumBackward1", dtype)


def summed(
    input: Tensor, dims: Sequence[int], keepdim: bool, name: str, dtype: dtype | None = None
) -> Tensor:
    """Return sums, with history.

    Args:
        input: The tensor to sum.
        dims: The dimensions to sum over, not negative.
        keepdim: Whether they stay, with size 1.
        name: Of the node; `SumBackward0` if no dimensions were given.
        dtype: The type to sum in.
    """
    source = in_type(input, dtype or arithmetic(input.dtype))
    missing = () if name == "SumBackward0" else dims
    return differentiable(
        total(source, dims, keepdim), name, (input,), backward=spread(input, missing, keepdim)
    )


def spread(input: Tensor, dims: Sequence[int], keepdim: bool) -> object:
    """Return the backward of a sum, which keeps the input's shape but not the input."""
    shape = input._size

    def backward(grad: Tensor) -> Tensor:
        if not keepdim and shape:
            for d in sorted(dims):
                grad = grad.unsqueeze(d)
        return grad.expand(shape)

    return backward


@operator
def mean(
    input: Tensor,
    dim: int | Sequence[int] | None = OMITTED,
    keepdim: bool = False,
    *,
    dtype: dtype | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return the mean of all elements, or of those along some dimensions.

    Each of n elements moves the mean by 1/n, and receives that part of the gradient.

    Args:
        input: Shape `(*)`, floating.
        dim: The dimensions that disappear; all if left out, and for None.
        keepdim: Keep them, with size 1.
        dtype: The type to compute in.
        out: Where to write the result.

    >>> torch.tensor([[1.0, 2.0], [3.0, 6.0]]).mean(dim=1)
    tensor([1.5000, 4.5000])

    Raises:
        RuntimeError: for integers: their mean is no integer.
    """
    found = dtype or input.dtype
    if found.category != FLOATING:
        what = "Input" if dtype is None else "Optional"
        raise RuntimeError(
            f"mean(): could not infer output dtype. {what} dtype must be either a floating point "
            f"or complex dtype. Got: {found.scalar_name}"
        )
    whole = dim is OMITTED
    dims = reduced_dims(input, None if whole else dim)
    n = input.numel() if whole else math.prod(input.size(d) for d in dims)
    compute = dtypes.float32 if found.itemsize == 2 else found
    added = total(in_type(input, found), dims, keepdim, compute)
    result = unary(added, lambda x: x / n if n else math.nan, dtype=found)
    back = spread(input, () if whole else dims, keepdim)
    return differentiable(
        result,
        "MeanBackward0" if whole else "MeanBackward1",
        (input,),
        backward=lambda grad: back(grad) / n,
    )


@operator
def nansum(
    input: Tensor,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    dtype: dtype | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return the sum of those elements that are not nan.

    >>> torch.nansum(torch.tensor([1.0, float("nan"), 2.0]))
    tensor(3.)
    """
    if input.dtype.category != FLOATING:
        return sum(input, dim, keepdim, dtype=dtype)
    dims = reduced_dims(input, dim)
    source = in_type(input, dtype or input.dtype)
    present = unary(source, lambda x: x if x == x else 0.0, dtype=source.dtype)
    back = spread(input, dims, keepdim)
    return differentiable(
        total(present, dims, keepdim),
        "NansumBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: back(grad.to(x.dtype)) * x.isnan().logical_not(),
    )


@operator
def nanmean(
    input: Tensor,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    dtype: dtype | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return the mean of those elements that are not nan.

    >>> torch.nanmean(torch.tensor([1.0, float("nan"), 2.0]))
    tensor(1.5000)

    Raises:
        RuntimeError: for integers.
    """
    if input.dtype.category != FLOATING:
        raise RuntimeError(
            "nanmean(): expected input to have floating point or complex dtype "
            f"but got {input.dtype.scalar_name}"
        )
    count = sum(input.detach().isnan().logical_not(), dim, keepdim)
    return nansum(input, dim, keepdim, dtype=dtype).div(count)


def rounded_product(kind: dtype) -> object:
    """Return a product of numbers that rounds to a type after each factor."""

    def product(numbers: array) -> float:
        found = array(kind.typecode, [1])
        for number in numbers:
            found[0] *= number
        return found[0]

    return product if kind.category == FLOATING else math.prod


@operator
def prod(
    input: Tensor,
    dim: int = OMITTED,
    keepdim: bool = False,
    *,
    dtype: dtype | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return the product of all elements, or of those along one dimension.

    An element's gradient is the product of the others: the result divided by it, if it
    is not 0.

    Args:
        input: Shape `(*)`.
        dim: The dimension that disappears; all if left out.
        keepdim: Keep it, with size 1.
        dtype: The type to compute in; int64 for integers.
        out: Where to write the result.

    >>> torch.prod(torch.tensor([[1, 2], [3, 4]]), dim=1)
    tensor([ 2, 12])
    """
    dims = tuple(range(input.dim())) if dim is OMITTED else along(input, dim)
    source = in_type(input, dtype or arithmetic(input.dtype))
    result = fold(source, dims, keepdim, rounded_product(source.dtype), source.dtype)

    def backward(grad: Tensor, x: Tensor, y: Tensor) -> Tensor:
        if not x.dim():
            return grad
        x = x.to(grad.dtype)
        grad, y = restored(grad, x, dims, keepdim), restored(y, x, dims, keepdim)
        zeros = int((x.detach() == 0).sum())
        if not zeros:
            return grad * (y / x)
        if dim is OMITTED and zeros > 1 and not mode.grad:
            return zeros_for(x)
        return grad * others(x, dims)

    return differentiable(
        result,
        "ProdBackward0" if dim is OMITTED else "ProdBackward1",
        (input,),
        saved=(input, result),
        backward=backward,
    )


def others(x: Tensor, dims: Sequence[int]) -> Tensor:
    """Return for each element the product of the others, without dividing.

    Each row becomes a square with ones on its diagonal; the rows of that are multiplied.
    """
    if not x.dim():
        return x * 0 + 1
    flat = x.reshape(1, -1) if len(dims) > 1 else x.movedim(dims[0], -1)
    n = flat.size(-1)
    place = fresh(dtypes.int64.array(range(n)), (n,), dtypes.int64)
    square = flat.unsqueeze(-2).expand(*flat.shape[:-1], n, n)
    products = square.where(place.unsqueeze(-1) != place, 1).prod(-1)
    return (
        products.reshape(x.shape) if len(dims) > 1 else products.movedim(-1, dims[0]).contiguous()
    )


@operator
def logsumexp(
    input: Tensor,
    dim: int | Sequence[int],
    keepdim: bool = False,
    *,
    out: Tensor | None = None,
) -> Tensor:
    """Return `log(sum(exp(input)))` along some dimensions, without overflow.

    The largest element is taken out first: `m + log(sum(exp(x - m)))`. The gradient is the
    softmax of the elements.

    >>> torch.logsumexp(torch.tensor([1000.0, 1000.0]), dim=0)
    tensor(1000.6932)
    """
    with no_grad():
        x = input if input.is_floating_point() else input.to(dtypes.get_default_dtype())
        dims = reduced_dims(x, dim)
        if x.numel() and not (dim or keepdim or isinstance(dim, int)) and x.dim():
            ones = listed([1] * x.dim())
            raise RuntimeError(f"output with shape [] doesn't match the broadcast shape {ones}")
        if x.numel():
            highest = x.amax(dims, True) if x.dim() else x.clone()
            highest = highest.where(highest.abs() != math.inf, 0)
            scaled = total((x - highest).exp(), dims, keepdim).log()
            result = scaled + (highest if keepdim else highest.reshape(scaled.shape))
        else:
            result = total(x.exp(), dims, keepdim).log()

    def backward(grad: Tensor, x: Tensor, y: Tensor) -> Tensor:
        grad, y = restored(grad, x, dims, keepdim), restored(y, x, dims, keepdim)
        return grad * (x - y).exp()

    return differentiable(
        result, "LogsumexpBackward0", (input,), saved=(input, result), backward=backward
    )


@method
def sum_to_size(input: Tensor, size: Sequence[int]) -> Tensor:
    """Return the sums that turn a broadcast shape back into the shape it came from.

    Dimensions of size 1 in `size`, and those that are not in it, are summed over. This is
    how the gradient of a broadcast operand gets its shape.

    >>> torch.ones(2, 3).sum_to_size(1, 3)
    tensor([[2., 2., 2.]])

    Raises:
        RuntimeError: for a size that does not broadcast to the tensor's.
    """
    if not size:
        return sum(input)
    shape, lead = input._size, len(input._size) - len(size)
    if not expands(size, shape):
        raise RuntimeError(
            f"size {{{listed(size)}}} is not expandable to size {{{listed(shape)}}}."
        )
    dims = [*range(lead)]
    dims += [lead + i for i, n in enumerate(size) if n == 1 and shape[lead + i] != 1]
    found = summed(input, dims, True, "SumBackward1") if dims else input
    return found.view(Size(size)) if lead else found
