"""From many losses to one: `reduction="mean"`, `"sum"` or `"none"`."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable

from ...gradmode import no_grad
from ...graph import differentiable
from ...tensor import Tensor

NAMES = ("none", "mean", "sum")


def chosen(reduction: str, size_average: bool | None = None, reduce: bool | None = None) -> str:
    """Return the reduction, also where it is given in the two words of old.

    Raises:
        ValueError: for another name.
    """
    if size_average is not None or reduce is not None:
        reduction = "none" if reduce is False else "sum" if size_average is False else "mean"
        warnings.warn(
            "size_average and reduce args will be deprecated, please use "
            f"reduction='{reduction}' instead.",
            UserWarning,
            stacklevel=3,
        )
    if reduction == "elementwise_mean":
        warnings.warn(
            "reduction='elementwise_mean' is deprecated. Please use reduction='mean' instead.",
            UserWarning,
            stacklevel=3,
        )
        return "mean"
    if reduction not in NAMES:
        raise ValueError(f"{reduction} is not a valid value for reduction")
    return reduction


def reduced(losses: Tensor, reduction: str) -> Tensor:
    """Return the losses, their mean or their sum, with history."""
    if reduction == "none":
        return losses
    return losses.mean() if reduction == "mean" else losses.sum()


def weighted(losses: Tensor, weight: Tensor | None) -> Tensor:
    """Return the losses times a weight, if there is one."""
    return losses if weight is None else losses * weight


def pair_loss(
    name: str,
    losses: Callable[[Tensor, Tensor], Tensor],
    slope: Callable[[Tensor, Tensor], Tensor],
    input: Tensor,
    target: Tensor,
    reduction: str,
    symmetric: bool = True,
) -> Tensor:
    """Return a loss that compares input and target place by place, as one node.

    Args:
        name: of the node.
        losses: of input and target, without history.
        slope: the derivative of the losses with respect to the input.
        input: what was predicted.
        target: what is right.
        reduction: `none`, `mean` or `sum`.
        symmetric: whether the derivative with respect to the target is minus that.
    """
    with no_grad():
        result = reduced(losses(input, target), reduction)
    count = math.prod(input._size) if reduction == "mean" else 1

    def to_input(grad: Tensor, a: Tensor, b: Tensor) -> Tensor:
        slopes = slope(a, b)
        return (slopes / count if count != 1 else slopes) * grad

    return differentiable(
        result,
        name,
        (input, target),
        backward=(
            (to_input, input, target),
            (lambda grad, a, b: -to_input(grad, a, b), input, target) if symmetric else None,
        ),
    )
