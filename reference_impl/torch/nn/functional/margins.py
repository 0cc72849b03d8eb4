"""Losses that want scores apart: what is right above what is wrong, by a margin."""

from __future__ import annotations

from ... import dtypes
from ...creation import zeros_like
from ...elementwise import where
from ...elementwise.rules import underivable
from ...gradmode import no_grad
from ...graph import differentiable
from ...shapes import listed
from ...tensor import Tensor
from .activation import logsigmoid
from .reduction import chosen, reduced

__all__ = [
    "hinge_embedding_loss",
    "margin_ranking_loss",
    "multi_margin_loss",
    "multilabel_margin_loss",
    "multilabel_soft_margin_loss",
    "soft_margin_loss",
]


def margin_ranking_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return by how much the first score fails to be above the second, where it should be.

    `max(0, -target * (input1 - input2) + margin)`; pairs that are far enough apart have no
    gradient.

    >>> one, two = torch.tensor([2.0, 2.0]), torch.tensor([1.0, 3.0])
    >>> torch.nn.functional.margin_ranking_loss(one, two, torch.tensor([1.0, 1.0]))
    tensor(0.5000)

    Args:
        input1: scores.
        input2: others.
        target: 1 where the first should be higher, -1 where the second should.
        margin: by how much.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
    """
    reduction = chosen(reduction, size_average, reduce)
    if not input1.dim() == input2.dim() == target.dim():
        raise RuntimeError(
            "margin_ranking_loss : All input tensors should have same dimension but got sizes: "
            f"input1: {input1.size()}, input2: {input2.size()}, target: {target.size()} "
        )
    return reduced((-target * (input1 - input2) + margin).clamp_min(0), reduction)


def hinge_embedding_loss(
    input: Tensor,
    target: Tensor,
    margin: float = 1.0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return distances that should be small, and what others lack to be large.

    Args:
        input: distances.
        target: 1 where they should be small, -1 where they should reach the margin.
        margin: how large.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
    """
    reduction = chosen(reduction, size_average, reduce)
    nothing = zeros_like(input.detach())
    lacking = where(target != 1, (margin - input).clamp_min(0), nothing)
    distances = where(target != -1, input, nothing)
    return reduced(lacking + distances, reduction)


def soft_margin_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return `log(1 + exp(-target * input))`: scores should be far on the side of the target.

    Args:
        input: scores.
        target: 1 or -1 for each.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
    """
    reduction = chosen(reduction, size_average, reduce)
    with no_grad():
        losses = ((-input * target).exp() + 1).log()
        result = reduced(losses, reduction)
    count = losses.numel() if reduction == "mean" else 1

    def backward(grad: Tensor, input: Tensor, target: Tensor) -> Tensor:
        odds = (-input * target).exp()
        return -target * odds / (odds + 1) / count * grad

    return differentiable(
        result, "SoftMarginLossBackward0", (input,), saved=(input, target), backward=backward
    )


def multilabel_soft_margin_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return how improbable the right answers were, each class a question of its own. `(N, C)`.

    Args:
        input: scores.
        target: 1 for each class that is there, 0 for others.
        weight: of each class.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
    """
    if size_average is not None or reduce is not None:
        reduction = chosen(reduction, size_average, reduce)
    losses = -(target * logsigmoid(input) + (1 - target) * logsigmoid(-input))
    if weight is not None:
        losses = losses * weight
    losses = losses.sum(dim=-1) / input.size(-1)
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"{reduction} is not valid")
    return reduced(losses, reduction)


def as_rows(input: Tensor) -> Tensor:
    """Return scores as a matrix: a row for each sample."""
    size = input._size
    if input.dim() > 2 or (input.dim() == 2 and not size[1]) or (input.dim() == 1 and not size[0]):
        raise RuntimeError(
            "Expected non-empty vector or matrix with optional 0-dim batch size, but got: "
            f"{listed(size)}"
        )
    return input.reshape(-1, size[-1]) if size else input.reshape(1, 1)


def from_slopes(
    operation: str, input: Tensor, losses: Tensor, slopes: Tensor, reduction: str
) -> Tensor:
    """Return a loss a sample, or their sum, whose slopes are known; `(N,)` and `(N, C)`.

    The slopes are numbers without history: a second derivative is refused, as torch does.
    """
    result = losses.sum() if reduction != "none" else losses
    count = max(losses.numel(), 1) if reduction == "mean" else 1
    size = input._size

    def backward(grad: Tensor, input: Tensor) -> Tensor:
        each = grad.detach() / count if reduction != "none" else grad.detach().reshape(-1, 1)
        return underivable((slopes * each).view(size), f"{operation}_backward", (grad, input))

    name = "".join(part.capitalize() for part in operation.split("_")) + "Backward0"
    return differentiable(result / count, name, (input,), saved=(input,), backward=backward)


def multi_margin_loss(
    input: Tensor,
    target: Tensor,
    p: int = 1,
    margin: float = 1.0,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return by how much other scores come too near that of the right class. `(N, C)`, `(N,)`.

    Args:
        input: scores.
        target: the right classes.
        p: 1, or 2 for the squares.
        margin: how far below the others should be.
        weight: of each class.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
    """
    reduction = chosen(reduction, size_average, reduce)
    if p not in (1, 2):
        raise ValueError("only p == 1 and p == 2 supported")
    if weight is not None and weight.dim() != 1:
        raise ValueError("weight must be one-dimensional")
    rows = as_rows(input.detach())
    samples, classes = rows._size
    if target.numel() != samples or target.dim() > 1:
        raise RuntimeError(
            "multi_margin_loss: target tensor should be 1-D with size equal to the number of input "
            f"samples (batch size). Expected target size [{samples}], but got "
            f"{listed(target._size)}. Input has shape {listed(input._size)}."
        )
    if weight is not None and weight.numel() != classes:
        raise RuntimeError(
            f"inconsistent weight size, expected {classes} but got {listed(weight._size)}"
        )
    if weight is not None and weight.dtype is not input.dtype:
        raise RuntimeError(
            f"expected scalar type {input.dtype.scalar_name} but found {weight.dtype.scalar_name}"
        )
    check_long(target)
    if samples and not bool(((target >= 0) & (target < classes)).all()):
        raise RuntimeError("target out of range")
    at = target.reshape(-1, 1)
    short = (margin - rows.gather(1, at) + rows).clamp_min(0).scatter(1, at, 0.0)
    slopes = (short > 0).to(rows.dtype) if p == 1 else short * 2
    losses = short if p == 1 else short * short
    if weight is not None:
        of_target = weight.detach().take(at)
        losses, slopes = losses * of_target, slopes * of_target
    slopes = slopes.scatter(1, at, -slopes.sum(1, keepdim=True)) / classes
    losses = losses.sum(1) / classes
    losses = losses if input.dim() == 2 or target.dim() else losses.view(())
    return from_slopes("multi_margin_loss", input, losses, slopes, reduction)


def check_long(target: Tensor) -> None:
    """Raise for targets that are no int64."""
    if target.dtype is not dtypes.int64:
        raise RuntimeError(f"expected scalar type Long but found {target.dtype.scalar_name}")


def multilabel_margin_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return by how much scores of wrong classes come too near those of right ones. `(N, C)`.

    Args:
        input: scores.
        target: the right classes of each sample, and -1 behind the last.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
    """
    reduction = chosen(reduction, size_average, reduce)
    rows = as_rows(input.detach())
    if target._size != input._size:
        raise RuntimeError(
            f"inconsistent target size: {listed(target._size)} for input of size: "
            f"{listed(input._size)}"
        )
    check_long(target)
    samples, classes = rows._size
    if target.numel() and (target.min() < -1 or target.max() >= classes):
        raise RuntimeError("argument #2 'target' is out of range")
    classes_of = target.reshape(samples, classes)
    there = (classes_of >= 0).to(dtypes.int64).cumprod(1).to(dtypes.bool)  # before the first -1
    at = classes_of.masked_fill(there.logical_not(), 0)
    right = zeros_like(rows).scatter_add(1, at, there.to(rows.dtype)) > 0
    short = (1 - rows.gather(1, at).unsqueeze(2) + rows.unsqueeze(1)).clamp_min(0)  # (N, right, C)
    short = short * (there.unsqueeze(2) & right.unsqueeze(1).logical_not())
    pushed = (short > 0).to(rows.dtype)
    slopes = pushed.sum(1).scatter_add(1, at, -pushed.sum(2)) / classes
    losses = short.sum(2).sum(1) / classes
    losses = losses if input.dim() == 2 else losses.view(())
    return from_slopes("multilabel_margin_loss", input, losses, slopes, reduction)
