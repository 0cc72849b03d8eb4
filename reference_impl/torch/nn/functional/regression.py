"""Losses for numbers: how far predictions are from targets."""

from __future__ import annotations

import math
import warnings

from ...creation import ones_like
from ...elementwise import where, xlogy
from ...gradmode import no_grad
from ...graph import differentiable
from ...pointwise import unary
from ...tensor import Tensor
from ...views import broadcast_tensors
from .reduction import chosen, pair_loss, reduced

__all__ = [
    "gaussian_nll_loss",
    "huber_loss",
    "kl_div",
    "l1_loss",
    "mse_loss",
    "poisson_nll_loss",
    "smooth_l1_loss",
]


def met(input: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """Return both, broadcast; that they had to be is most often a mistake, so warn."""
    if target.size() == input.size():
        return input, target
    warnings.warn(
        f"Using a target size ({target.size()}) that is different to the input size "
        f"({input.size()}). This will likely lead to incorrect results due to broadcasting. "
        "Please ensure they have the same size.",
        UserWarning,
        stacklevel=3,
    )
    return broadcast_tensors(input, target)


def weighted_loss(losses: Tensor, weight: Tensor, input: Tensor, reduction: str) -> Tensor:
    """Return losses times weights; their mean is taken over the weights."""
    if weight.size() != input.size():
        raise ValueError("Weights and input must have the same size.")
    losses = losses * weight
    if reduction == "mean":
        return losses.sum() / weight.sum()
    if reduction not in ("none", "sum"):
        raise ValueError(
            f"Invalid reduction mode: {reduction}. Expected one of 'none', 'mean', 'sum'."
        )
    return losses.sum() if reduction == "sum" else losses


def squares(input: Tensor, target: Tensor) -> Tensor:
    """Return squared differences, each step rounded."""
    return unary(input - target, lambda d: d * d)


def mse_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """Return the mean of the squared differences. `(*)` and `(*)` to `()`.

    The gradient is `2 * (input - target) / n`: large errors pull hard.

    >>> torch.nn.functional.mse_loss(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(2.)

    Args:
        input: predictions.
        target: what is right, of the same shape; another shape is broadcast, with a warning.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
        weight: of each difference.
    """
    a, b = met(input, target)
    if size_average is not None or reduce is not None:
        reduction = chosen(reduction, size_average, reduce)
    if weight is not None:
        return weighted_loss((a - b).pow(2), weight, input, reduction)
    reduction = chosen(reduction)
    with no_grad():
        result = reduced(squares(a, b), reduction)
    factor = 2.0 / a.numel() if reduction == "mean" and a.numel() else 2.0
    return differentiable(
        result,
        "MseLossBackward0",
        (a, b),
        backward=(
            (lambda grad, a, b: (a - b) * factor * grad, a, b),
            (lambda grad, a, b: (b - a) * factor * grad, a, b),
        ),
    )


def l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """Return the mean of the absolute differences; see `mse_loss` for the arguments.

    All errors pull alike, so that outliers count less than with squares.

    >>> torch.nn.functional.l1_loss(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(1.)
    """
    a, b = met(input, target)
    if size_average is not None or reduce is not None:
        reduction = chosen(reduction, size_average, reduce)
    if weight is not None:
        return weighted_loss((a - b).abs(), weight, input, reduction)
    return reduced((a - b).abs(), chosen(reduction))


def smooth_l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    beta: float = 1.0,
) -> Tensor:
    """Return squares of small differences and absolute values of large ones; their mean.

    >>> torch.nn.functional.smooth_l1_loss(torch.tensor([0.5, 4.0]), torch.zeros(2))
    tensor(1.8125)

    Args:
        input: predictions.
        target: what is right.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
        beta: where squares end.

    Raises:
        RuntimeError: a negative `beta`.
    """
    a, b = met(input, target)
    reduction = chosen(reduction, size_average, reduce)
    if beta == 0:
        return reduced((a - b).abs(), reduction)
    if beta < 0:
        raise RuntimeError("smooth_l1_loss does not support negative values for beta.")

    def losses(a: Tensor, b: Tensor) -> Tensor:
        return unary((a - b).abs(), lambda z: 0.5 * z * z / beta if z < beta else z - 0.5 * beta)

    def slope(a: Tensor, b: Tensor) -> Tensor:
        return straightened(a - b, beta, 1.0)

    return pair_loss("SmoothL1LossBackward0", losses, slope, a, b, reduction)


def straightened(difference: Tensor, bend: float, height: float) -> Tensor:
    """Return a slope that grows to `height` at `bend` and stays there, on both sides."""
    ends = difference.detach().sign() * height
    return where(difference.abs() < bend, difference * (height / bend), ends)


def huber_loss(
    input: Tensor,
    target: Tensor,
    reduction: str = "mean",
    delta: float = 1.0,
    weight: Tensor | None = None,
) -> Tensor:
    """Return half the squares of small differences, and straight lines beyond; their mean.

    >>> torch.nn.functional.huber_loss(torch.tensor([0.5, 4.0]), torch.zeros(2))
    tensor(1.8125)

    Args:
        input: predictions.
        target: what is right.
        reduction: `mean`, `sum` or `none`.
        delta: where squares end.
        weight: of each difference.

    Raises:
        RuntimeError: `delta` is not positive.
    """
    a, b = met(input, target)

    def losses(a: Tensor, b: Tensor) -> Tensor:
        return unary(
            (a - b).abs(), lambda z: 0.5 * z * z if z <= delta else delta * (z - 0.5 * delta)
        )

    def slope(a: Tensor, b: Tensor) -> Tensor:
        return straightened(a - b, delta, delta)

    kind = chosen(reduction) if weight is None else "none"
    if delta <= 0:
        raise RuntimeError("huber_loss does not support non-positive values for delta.")
    found = pair_loss("HuberLossBackward0", losses, slope, a, b, kind)
    if weight is None:
        return found
    if weight.size() != input.size():
        raise ValueError("Weights and input must have the same size.")
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(
            f"Invalid reduction mode: {reduction}. Expected one of 'none', 'mean', 'sum'."
        )
    return reduced(found * weight, reduction)


def kl_div(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Tensor:
    """Return how far one distribution is from another: `target * (log(target) - input)`.

    >>> torch.nn.functional.kl_div(
    ...     torch.tensor([[0.5, 0.5]]).log(), torch.tensor([[0.9, 0.1]]), reduction="batchmean"
    ... )
    tensor(0.3681)

    Args:
        input: logarithms of probabilities.
        target: probabilities.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `batchmean`, the sum over the number of samples, is what is called the
            divergence; or `mean`, `sum` or `none`.
        log_target: whether the target, too, is given as logarithms.
    """
    if size_average is not None or reduce is not None:
        kind = chosen(reduction, size_average, reduce)
    elif reduction == "mean":
        warnings.warn(
            "reduction: 'mean' divides the total loss by both the batch size and the support size."
            "'batchmean' divides only by the batch size, and aligns with the KL div math "
            "definition.'mean' will be changed to behave the same as 'batchmean' in the next major "
            "release.",
            UserWarning,
            stacklevel=2,
        )
        kind = "mean"
    else:
        kind = "sum" if reduction == "batchmean" else chosen(reduction)
    if log_target:
        losses = target.exp() * (target - input)
    else:
        losses = xlogy(target, target) - target * input
    found = reduced(losses, kind)
    return found / input.size(0) if reduction == "batchmean" and input.dim() else found


def poisson_nll_loss(
    input: Tensor,
    target: Tensor,
    log_input: bool = True,
    full: bool = False,
    size_average: bool | None = None,
    eps: float = 1e-8,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return how improbable counts are if they come at predicted rates.

    Args:
        input: rates, or their logarithms.
        target: counts.
        log_input: whether the input holds logarithms.
        full: whether to add an approximation of what does not depend on the input.
        size_average: deprecated.
        eps: keeps rates from 0.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
    """
    if size_average is not None or reduce is not None:
        reduction = chosen(reduction, size_average, reduce)
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"{reduction} is not a valid value for reduction")
    rate, log_rate = (input.exp(), input) if log_input else (input, (input + eps).log())
    losses = rate - target * log_rate
    if full:
        stirling = target * target.log() - target + 0.5 * (2 * math.pi * target).log()
        losses = losses + stirling.masked_fill(target <= 1, 0)
    return reduced(losses, reduction)


def gaussian_nll_loss(
    input: Tensor,
    target: Tensor,
    var: Tensor | float,
    full: bool = False,
    eps: float = 1e-6,
    reduction: str = "mean",
) -> Tensor:
    """Return how improbable targets are under normal distributions.

    Args:
        input: their means.
        target: what was seen.
        var: their variances: one number, one a sample, or one for each mean.
        full: whether to add the constant.
        eps: the least variance.
        reduction: `mean`, `sum` or `none`.

    Raises:
        ValueError: a negative variance, or a shape that does not fit.
    """
    if isinstance(var, float):
        if var < 0:
            raise ValueError("var has negative entry/entries")
        var = var * ones_like(input)
    elif (var < 0).any():
        raise ValueError("var has negative entry/entries")
    if var.size() != input.size():
        if input.size()[:-1] == var.size():
            var = var.unsqueeze(-1)
        elif (
            input.ndim != var.ndim
            or sum(m for n, m in zip(input.size(), var.size(), strict=True) if n != m) != 1
        ):
            raise ValueError("var is of incorrect size")
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"{reduction} is not valid")
    var = var.clone()
    with no_grad():
        var.clamp_(min=eps)
    losses = 0.5 * (var.log() + (input - target) ** 2 / var)
    if full:
        losses = losses + 0.5 * math.log(2 * math.pi)
    return reduced(losses, reduction)
