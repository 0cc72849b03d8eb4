"""Shares of a whole: softmax and its logarithm."""

from __future__ import annotations

import math
from array import array

from .. import dtypes
from ..dtypes import dtype
from ..elementwise.rules import refuse, working
from ..graph import differentiable
from ..operators import operator
from ..shapes import wrap_dim
from ..summation import Loop, sums
from ..tensor import Tensor
from .extremes import first_nan
from .running import run

__all__ = ["log_softmax", "softmax"]


def scaled_exponentials(row: array, compute: dtype) -> tuple[array, float, float]:
    """Return `exp(x - largest)` of a row, their sum and the largest, rounded as torch does.

    Taking the largest out first changes no share, and nothing overflows.
    """
    largest = math.nan if first_nan(row) is not None else max(row)
    try:
        exponentials = compute.array([math.exp(x - largest) for x in compute.array(row)])
    except (ValueError, OverflowError):
        exponentials = compute.array([math.nan] * len(row))
    (total,) = sums(exponentials, 0, [Loop(len(row), 1, 0)], 1)
    return exponentials, total, largest


def prepared(input: Tensor, dim: int, dtype: dtype | None, kernel: str) -> Tensor:
    """Return the input in the type to compute in; torch has none for integers."""
    dim = wrap_dim(dim, input.dim())
    x = input if dtype is None else input.to(dtype)
    if not x.numel():  # no kernel is asked
        return x
    last = "_lastdim" if dim >= input.dim() - 1 else ""
    refuse(x.dtype, f"{kernel}{last}_kernel_impl", dtypes.BOOL, dtypes.INTEGRAL)
    return x


@operator
def softmax(
    input: Tensor, dim: int, dtype: dtype | None = None, *, out: Tensor | None = None
) -> Tensor:
    """Return `exp(input) / sum(exp(input))` along a dimension: positive, and 1 in sum.

    Shape `(*)` to `(*)`. Raising one element raises its share at the cost of the others:
    the gradient is `y * (grad - sum(grad * y))`.

    Args:
        input: Scores.
        dim: The dimension along which the shares sum up to 1.
        dtype: The type to compute in.
        out: Where to write the result.

    >>> torch.softmax(torch.tensor([1.0, 2.0, 3.0]), dim=0)
    tensor([0.0900, 0.2447, 0.6652])

    Raises:
        NotImplementedError: for integers.
    """
    x = prepared(input, dim, dtype, "softmax")
    compute = working(x.dtype)

    def shares(row: array) -> list[float]:
        exponentials, total, _ = scaled_exponentials(row, compute)
        return [e / total for e in exponentials]

    result = run(x.detach(), dim, shares, x.dtype)
    return differentiable(
        result,
        "SoftmaxBackward0",
        (x,),
        saved=(result,),
        backward=lambda grad, y: y * grad - y * (y * grad).sum(dim, True),
    )


@operator
def log_softmax(
    input: Tensor, dim: int, dtype: dtype | None = None, *, out: Tensor | None = None
) -> Tensor:
    """Return the logarithm of `softmax`, exact where a share is nearly 0 or 1.

    Shape `(*)` to `(*)`. The gradient is `grad - softmax * sum(grad)`.

    Args:
        input: Scores.
        dim: The dimension along which the shares sum up to 1.
        dtype: The type to compute in.
        out: Where to write the result.

    >>> torch.log_softmax(torch.tensor([0.0, 100.0]), dim=0)
    tensor([-100.,    0.])

    Raises:
        NotImplementedError: for integers.
    """
    x = prepared(input, dim, dtype, "log_softmax")
    compute = working(x.dtype)

    def logarithms(row: array) -> list[float]:
        _, total, largest = scaled_exponentials(row, compute)
        less = compute.array([math.log(total) if total > 0 else math.nan])[0]
        return [compute.array([v - largest])[0] - less for v in row]

    result = run(x.detach(), dim, logarithms, x.dtype)
    return differentiable(
        result,
        "LogSoftmaxBackward0",
        (x,),
        saved=(result,),
        backward=lambda grad, y: grad - y.exp() * grad.sum(dim, True),
    )
