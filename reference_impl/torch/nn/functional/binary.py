"""Losses for questions with yes or no: how improbable the right answer was held to be."""

from __future__ import annotations

import math

from ...elementwise import clamp_min
from ...gradmode import no_grad
from ...graph import differentiable
from ...pointwise import pointwise
from ...tensor import Tensor
from ...tensorbase import numbers
from .activation import logsigmoid
from .reduction import chosen, reduced, weighted

__all__ = ["binary_cross_entropy", "binary_cross_entropy_with_logits"]


def check_pair(input: Tensor, target: Tensor) -> None:
    """Raise if input and target differ in shape."""
    if target.size() != input.size():
        raise ValueError(
            f"Using a target size ({target.size()}) that is different to the input size "
            f"({input.size()}) is deprecated. Please ensure they have the same size."
        )


def log_at_least(x: float) -> float:
    """Return the logarithm, but not less than -100, so that one error is not infinite."""
    return max(math.log(x), -100.0) if x > 0 else -100.0


def binary_cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return minus the logarithm of the probability of what is right: yes or no; the mean.

    >>> torch.nn.functional.binary_cross_entropy(
    ...     torch.tensor([0.9, 0.2]), torch.tensor([1.0, 0.0])
    ... )
    tensor(0.1643)

    Args:
        input: probabilities of yes.
        target: 1 for yes, 0 for no, or a probability.
        weight: of each element, broadcast.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.

    Raises:
        ValueError: another shape.
        RuntimeError: an input that is no probability.
    """
    reduction = chosen(reduction, size_average, reduce)
    check_pair(input, target)
    if weight is not None:
        weight = weight.expand(target.size()).detach().to(input.dtype)
    if not input.is_meta and any(not 0 <= x <= 1 for x in numbers(input)):
        raise RuntimeError("all elements of input should be between 0 and 1")
    if input.dtype is not target.dtype:
        raise RuntimeError(
            f"Found dtype {target.dtype.scalar_name} but expected {input.dtype.scalar_name}"
        )
    kind = input.dtype
    logs = pointwise(log_at_least, (input.detach(),))
    others = pointwise(lambda x: log_at_least(1 - x), (input.detach(),))
    losses = pointwise(
        lambda t, yes, no: (t - 1) * no - t * yes, (target.detach(), logs, others), compute=kind
    )
    with no_grad():
        result = reduced(weighted(losses, weight), reduction)
    count = input.numel() if reduction == "mean" else 1

    def to_input(grad: Tensor, x: Tensor, t: Tensor) -> Tensor:
        slope = grad * (x - t) / clamp_min((1 - x) * x, 1e-12)
        return weighted(slope, weight) / count

    def to_target(grad: Tensor, x: Tensor) -> Tensor:
        slope = grad * ((1 - x).log().clamp(min=-100) - x.log().clamp(min=-100))
        return weighted(slope, weight) / count

    return differentiable(
        result,
        "BinaryCrossEntropyBackward0",
        (input, target),
        backward=((to_input, input, target), (to_target, input)),
    )


def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Tensor | None = None,
) -> Tensor:
    """Return `binary_cross_entropy` of the sigmoid of scores, without overflow on the way.

    The gradient is the sigmoid minus the target.

    >>> torch.nn.functional.binary_cross_entropy_with_logits(
    ...     torch.tensor([0.0, 200.0]), torch.tensor([1.0, 1.0])
    ... )
    tensor(0.3466)

    Args:
        input: scores.
        target: 1 for yes, 0 for no, or a probability.
        weight: of each element, broadcast.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
        pos_weight: how much more a yes counts, broadcast.

    Raises:
        ValueError: another shape.
    """
    reduction = chosen(reduction, size_average, reduce)
    if target.size() != input.size():
        raise ValueError(
            f"Target size ({target.size()}) must be the same as input size ({input.size()})"
        )

    def losses(x: Tensor, t: Tensor) -> Tensor:
        if pos_weight is None:
            found = (1 - t) * x - logsigmoid(x)
        else:
            found = (1 - t) * x - ((pos_weight - 1) * t + 1) * logsigmoid(x)
        return weighted(found, weight)

    with no_grad():
        result = reduced(losses(input, target), reduction)
    count = input.numel() if reduction == "mean" else 1

    def to_input(grad: Tensor, x: Tensor, t: Tensor) -> Tensor:
        if pos_weight is None:
            slope = (x.sigmoid() - t) * grad
        else:
            yes = pos_weight * t
            slope = ((yes + 1 - t) * x.sigmoid() - yes) * grad
        slope = weighted(slope, weight)
        return slope / count if count != 1 else slope

    def to_target(grad: Tensor, x: Tensor) -> Tensor:
        slope = -x if pos_weight is None else -(pos_weight - 1) * logsigmoid(x) - x
        return weighted(slope * grad, weight) / count

    return differentiable(
        result,
        "BinaryCrossEntropyWithLogitsBackward0",
        (input, target),
        backward=((to_input, input, target), (to_target, input)),
    )
