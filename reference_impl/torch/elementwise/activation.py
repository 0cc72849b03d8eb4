"""Functions that bend: sigmoid, relu, and those of the normal distribution."""

from __future__ import annotations

import math
import operator as python

from ..arguments import Number
from ..dtypes import BOOL, INTEGRAL
from ..graph import differentiable
from ..operators import inplace, operator
from ..pointwise import binary, unary
from ..tensor import Tensor
from ..views import view
from .logarithms import ln
from .rules import refuse, steps

__all__ = ["erf", "erfc", "hardshrink", "logit", "prelu", "relu", "sigmoid"]


@inplace
@operator
def sigmoid(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `1 / (1 + exp(-input))`, between 0 and 1. Shape `(*)` to `(*)`.

    The derivative is `y * (1 - y)` of the result: at most 1/4, and almost 0 at both ends.

    >>> torch.sigmoid(torch.tensor([0.0, 2.0, -100.0]))
    tensor([0.5000, 0.8808, 0.0000])
    """
    result = steps(input, python.neg, math.exp, (1.0).__add__, (1.0).__truediv__)
    return differentiable(
        result,
        "SigmoidBackward0",
        (input,),
        saved=(result,),
        backward=lambda grad, y: grad * (1 - y) * y,
    )


@inplace
@operator
def relu(input: Tensor) -> Tensor:
    """Return the elements, negative ones replaced by 0. Shape `(*)` to `(*)`.

    The gradient passes where the result is positive; at 0 itself torch takes the slope 0.

    >>> torch.relu(torch.tensor([-1.0, 0.5]))
    tensor([0.0000, 0.5000])

    Raises:
        RuntimeError: for a bool tensor.
    """
    if input.dtype.category == BOOL:
        raise RuntimeError("Boolean inputs not supported for relu")
    result = unary(input, lambda x: 0 if x < 0 else x, dtype=input.dtype)
    return differentiable(
        result,
        "ReluBackward0",
        (input,),
        saved=(result,),
        backward=lambda grad, y: grad.masked_fill(y <= 0, 0),  # nan passes
    )


@inplace
@operator
def erf(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the error function: the share of a bell curve within +-input. Shape `(*)` to `(*)`.

    >>> torch.erf(torch.tensor([0.0, 1.0]))
    tensor([0.0000, 0.8427])
    """
    result = unary(input, math.erf)
    return differentiable(
        result,
        "ErfBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: 2 / math.sqrt(math.pi) * (-x.pow(2)).exp() * grad,
    )


@inplace
@operator
def erfc(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return `1 - erf(input)`, exact for large inputs. Shape `(*)` to `(*)`.

    >>> torch.erfc(torch.tensor([0.0, 5.0]))
    tensor([1.0000e+00, 1.5375e-12])
    """
    result = unary(input, math.erfc)
    return differentiable(
        result,
        "ErfcBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: -2 / math.sqrt(math.pi) * (-x.pow(2)).exp() * grad,
    )


def log_odds(p: float) -> float:
    """Return `log(p / (1 - p))`; infinite at 0 and 1, nan outside."""
    return math.inf if p == 1 else ln(p / (1 - p))


@inplace
@operator
def logit(input: Tensor, eps: float | None = None, *, out: Tensor | None = None) -> Tensor:
    """Return `log(input / (1 - input))`, the inverse of `sigmoid`. Shape `(*)` to `(*)`.

    Args:
        input: Probabilities.
        eps: If given, they are clamped to `[eps, 1 - eps]` first.
        out: Where to write the result.

    >>> torch.logit(torch.tensor([0.5, 0.9]))
    tensor([0.0000, 2.1972])
    """
    low, high = (0.0, 1.0) if eps is None else (eps, 1 - eps)

    def fn(p: float) -> float:
        return log_odds(p if eps is None else low if p < low else high if p > high else p)

    def backward(grad: Tensor, p: Tensor) -> Tensor:
        slope = grad / (p * (1 - p))
        within = (p >= low).logical_and(p <= high)
        return slope.where(within, math.nan if eps is None else 0.0)

    return differentiable(
        unary(input, fn), "LogitBackward0", (input,), saved=(input,), backward=backward
    )


@operator
def prelu(input: Tensor, weight: Tensor) -> Tensor:
    """Return positive elements as they are, others times a slope that is learned.

    `(N, C, *)` with a weight of `(C,)` or `(1,)`. The slope's gradient is the sum of
    `grad * input` over the negative elements.

    >>> torch.nn.functional.prelu(torch.tensor([-2.0, 3.0]), torch.tensor([0.25]))
    tensor([-0.5000,  3.0000])

    Raises:
        RuntimeError: types that differ, or a weight of neither one element nor one a channel.
    """
    if input.dtype is not weight.dtype:
        raise RuntimeError(
            f"prelu: Type promoting not supported. Got {input.dtype.scalar_name} and "
            f"{weight.dtype.scalar_name}"
        )
    if weight.dim() > 1:
        raise RuntimeError(
            f"prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = {weight.dim()}"
        )
    count, channels = weight.numel(), input.size(1) if input.dim() > 1 else 1
    if count != 1:
        if not input.dim():
            raise RuntimeError("Not allow zero-dim input tensor.")
        if count != channels:
            raise RuntimeError(
                "Mismatch of parameter numbers and input channel size. Found parameter numbers = "
                f"{count} and channel size = {channels}."
            )
    refuse(input.dtype, "prelu_cpu", BOOL, INTEGRAL)
    if weight.dim() or input.dim():
        shape = [1] * max(input.dim(), weight.dim() if not input.dim() else 1)
        shape[1 if len(shape) > 1 else 0] = count
        slopes = view(weight, shape[: input.dim()]) if input.dim() or weight.dim() else weight
    else:
        slopes = weight
    result = binary(input, slopes, lambda x, w: x if x > 0 else w * x)
    return differentiable(
        result,
        "PreluKernelBackward0",
        (input, slopes),
        backward=(
            (lambda grad, x, w: grad.where(x > 0, grad * w), input, slopes),
            (lambda grad, x: (grad * x).where(x <= 0, 0), input),
        ),
    )


@operator
def hardshrink(input: Tensor, lambd: Number = 0.5, *, out: Tensor | None = None) -> Tensor:
    """Return the elements, those of `[-lambd, lambd]` replaced by 0. Shape `(*)` to `(*)`.

    >>> torch.nn.functional.hardshrink(torch.tensor([-1.0, 0.2]))
    tensor([-1.,  0.])
    """
    refuse(input.dtype, "hardshrink_cpu", BOOL, INTEGRAL)
    return differentiable(
        unary(input, lambda v: 0.0 if -lambd <= v <= lambd else v),
        "HardshrinkBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad.where((x < -lambd).logical_or(x > lambd), 0),
    )
