"""Spread: variance and standard deviation."""

from __future__ import annotations

import math
import warnings
from array import array
from collections.abc import Callable, Sequence

from ..dtypes import FLOATING
from ..graph import differentiable
from ..operators import function, operator
from ..tensor import Tensor
from .frame import fold, reduced_dims, reduced_size, restored

__all__ = ["std", "std_mean", "var", "var_mean"]

Number = int | float
Dims = int | Sequence[int] | bool | None
NO_FREEDOM = (
    "{}(): degrees of freedom is <= 0. Correction should be strictly less than the reduction "
    "factor (input numel divided by output numel). (Triggered internally at "
    "/__w/pytorch/pytorch/aten/src/ATen/native/ReduceOps.cpp:1861.)"
)


def variance(row: array, freedom: float) -> float:
    """Return the sum of squared distances from the mean, divided by the degrees of freedom."""
    try:
        mean = math.fsum(row) / len(row)
        squares = math.fsum([(x - mean) ** 2 for x in row])
    except (ValueError, OverflowError, ZeroDivisionError):
        return math.nan
    if freedom > 0:
        return squares / freedom
    return math.nan if squares == 0 or squares != squares else math.inf


class Spread:
    """One call of a variance or deviation: its arguments sorted out, and the way back."""

    def __init__(
        self,
        input: Tensor,
        dim: Dims,
        unbiased: bool,
        keepdim: bool,
        correction: Number | None,
        name: str,
    ) -> None:
        if input.dtype.category != FLOATING:
            raise RuntimeError(f"{name} only support floating point and complex dtypes")
        if isinstance(dim, bool):  # var(unbiased)
            dim, unbiased = None, dim
        self.correction = (1 if unbiased else 0) if correction is None else correction
        self.dims = reduced_dims(input, dim)
        self.keepdim = keepdim
        self.n = math.prod(input.size(d) for d in self.dims)
        self.freedom = max(0, self.n - self.correction)
        self.results = reduced_size(input, self.dims, False).numel()

    def warn(self, name: str) -> None:
        """Warn where there are too few elements to tell anything, or no results at all."""
        if self.n - self.correction <= 0 or not self.results:
            warnings.warn(NO_FREEDOM.format(name), UserWarning, stacklevel=4)

    def of(self, input: Tensor, then: Callable[[float], float]) -> Tensor:
        """Return `then` of the variances, without history."""
        return fold(
            input,
            self.dims,
            self.keepdim,
            lambda row: then(variance(row, self.freedom)),
            input.dtype,
        )

    def mean(self, input: Tensor) -> Tensor:
        """Return the means, without history."""
        return input.detach().mean(self.dims, self.keepdim) if input.dim() else input.detach() / 1

    def variance_gradient(self, grad: Tensor, x: Tensor) -> Tensor:
        """Return the gradient of the elements: 2/freedom times the distance from the mean."""
        grad = restored(grad, x, self.dims, self.keepdim)
        factor = 2.0 / self.freedom if self.freedom else math.inf
        return factor * grad * (x - (x.mean(self.dims, True) if x.dim() else x.mean()))

    def deviation_gradient(self, grad: Tensor, x: Tensor, y: Tensor) -> Tensor:
        """Return the gradient through the root: that of the variance over `2 * y`."""
        return self.variance_gradient((grad / (y * 2)).where(y != 0, 0), x)

    def mean_gradient(self, grad: Tensor, x: Tensor) -> Tensor:
        """Return the gradient through the mean."""
        return restored(grad, x, self.dims, self.keepdim).expand(x.shape) / self.n


@operator
def var(
    input: Tensor,
    dim: int | Sequence[int] | bool | None = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: Number | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return the variance: the mean squared distance from the mean, over `n - correction`.

    Args:
        input: Shape `(*)`, floating.
        dim: The dimensions that disappear; None for all.
        unbiased: Correct by 1, as a sample's own mean is too near to its elements.
        keepdim: Keep them, with size 1.
        correction: What to take from n, instead of `unbiased`.
        out: Where to write the result.

    >>> torch.var(torch.tensor([1.0, 2.0, 3.0, 4.0]))
    tensor(1.6667)
    >>> torch.var(torch.tensor([1.0, 2.0, 3.0, 4.0]), correction=0)
    tensor(1.2500)
    """
    spread = Spread(input, dim, unbiased, keepdim, correction, "std and var")
    spread.warn("var")
    return differentiable(
        spread.of(input, float),
        "VarBackward0",
        (input,),
        saved=(input,),
        backward=spread.variance_gradient,
    )


@operator
def std(
    input: Tensor,
    dim: int | Sequence[int] | bool | None = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: Number | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return the standard deviation, the square root of the variance.

    Args:
        input: Shape `(*)`, floating.
        dim: The dimensions that disappear; None for all.
        unbiased: Correct by 1.
        keepdim: Keep them, with size 1.
        correction: What to take from n, instead of `unbiased`.
        out: Where to write the result.

    >>> torch.std(torch.tensor([[1.0, 2.0, 3.0], [4.0, 4.0, 4.0]]), dim=1)
    tensor([1., 0.])
    """
    spread = Spread(input, dim, unbiased, keepdim, correction, "std and var")
    spread.warn("std")
    result = spread.of(input, math.sqrt)
    return differentiable(
        result,
        "StdBackward0",
        (input,),
        saved=(input, result),
        backward=spread.deviation_gradient,
    )


def sum_of(parts: list[Tensor]) -> Tensor:
    """Return the sum of one or two gradients."""
    return parts[0] if len(parts) == 1 else parts[0] + parts[1]


@function
def var_mean(
    input: Tensor,
    dim: int | Sequence[int] | bool | None = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: Number | None = None,
) -> tuple[Tensor, Tensor]:
    """Return variance and mean.

    >>> torch.var_mean(torch.tensor([1.0, 2.0, 3.0]))
    (tensor(1.), tensor(2.))
    """
    spread = Spread(input, dim, unbiased, keepdim, correction, "var_mean")
    spread.warn("var_mean")

    def backward(grads: tuple, x: Tensor) -> Tensor:
        rules = (spread.variance_gradient, spread.mean_gradient)
        return sum_of([r(g, x) for r, g in zip(rules, grads, strict=True) if g is not None])

    results = (spread.of(input, float), spread.mean(input))
    return differentiable(results, "VarMeanBackward0", (input,), saved=(input,), backward=backward)


@function
def std_mean(
    input: Tensor,
    dim: int | Sequence[int] | bool | None = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: Number | None = None,
) -> tuple[Tensor, Tensor]:
    """Return standard deviation and mean.

    >>> torch.std_mean(torch.tensor([1.0, 2.0, 3.0]))
    (tensor(1.), tensor(2.))
    """
    spread = Spread(input, dim, unbiased, keepdim, correction, "std_mean")
    spread.warn("std_mean")
    result = spread.of(input, math.sqrt)

    def backward(grads: tuple, x: Tensor, y: Tensor) -> Tensor:
        parts = [] if grads[0] is None else [spread.deviation_gradient(grads[0], x, y)]
        return sum_of(parts + ([] if grads[1] is None else [spread.mean_gradient(grads[1], x)]))

    return differentiable(
        (result, spread.mean(input)),
        "StdMeanBackward0",
        (input,),
        saved=(input, result),
        backward=backward,
    )
