"""Losses for classes: how improbable the right answer was held to be."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

from ... import dtypes
from ...dtypes import dtype
from ...gradmode import no_grad
from ...graph import differentiable
from ...kernels import kernel
from ...shapes import listed
from ...tensor import Tensor, fresh
from ...tensorbase import numbers
from .activation import log_softmax
from .reduction import chosen, reduced

__all__ = [
    "cross_entropy",
    "nll_loss",
]


@kernel
def picked(x: array, targets: array, classes: int, places: int, ignored: int) -> array:
    """Return the number of the right class of each sample and place; 0 where it is ignored."""
    found = array(x.typecode, bytes(len(targets) * x.itemsize))
    for at, target in enumerate(targets):
        if target == ignored:
            continue
        if not 0 <= target < classes:
            raise IndexError(f"Target {target} is out of bounds.")
        sample, place = divmod(at, places)
        found[at] = x[(sample * classes + target) * places + place]
    return found


@kernel
def losses_of(logs: array, weights: array, kind: dtype) -> array:
    """Return the loss at each place: minus the logarithm, weighted."""
    return kind.array([-x * w for x, w in zip(logs, weights, strict=True)])


LEVELS = 8


@kernel
def piled(terms: array, counted: array, kind: dtype) -> array:
    """Add terms in piles of 16, piles of those, and so on: torch's order for this loss.

    Args:
        terms: what to add.
        counted: where to look at all; elsewhere no pile is moved, either.
        kind: of the sum.
    """
    power = max(4, math.ceil(math.log2(max(len(terms), 1)) / LEVELS))
    sums = array("f" if kind.itemsize < 8 else "d", [0.0] * LEVELS)
    for at, term in enumerate(terms):
        if not counted[at]:
            continue
        sums[0] += term
        for low, high in pairwise(range(LEVELS)):
            if at & ((1 << power) - 1) << (low * power):
                break
            sums[high] += sums[low]
            sums[low] = 0.0
    for part in sums[1:]:
        sums[0] += part
    return kind.array([sums[0]])


def check_targets(input: Tensor, target: Tensor, weight: Tensor | None, classes: int) -> None:
    """Raise torch's error for targets or weights that do not fit."""
    if weight is not None and tuple(weight._size) != (classes,):
        raise RuntimeError(
            f"weight tensor should be defined either for all {classes} classes or no classes but "
            f"got weight tensor of shape: {listed(weight._size)}"
        )
    if weight is not None and weight.dtype is not input.dtype:
        raise RuntimeError(
            f"expected scalar type {input.dtype.scalar_name} but found {weight.dtype.scalar_name}"
        )
    if target.dtype not in (dtypes.int64, dtypes.uint8):
        raise RuntimeError(
            f"expected target dtype to be Long or Byte, but got {target.dtype.scalar_name}"
        )


def nll_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return minus the logarithms that stand at the right classes; their mean.

    Only these elements have a gradient: minus their share of the mean.

    >>> logs = torch.tensor([[0.5, 0.5], [0.1, 0.9]]).log()
    >>> torch.nn.functional.nll_loss(logs, torch.tensor([0, 1]))
    tensor(0.3993)

    Args:
        input: logarithms of probabilities, `(N, C, *)` or `(C,)`.
        target: the numbers of the right classes, `(N, *)` or `()`.
        weight: of each class; the mean is taken over the weights of the targets.
        size_average: deprecated.
        ignore_index: targets that do not count.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.

    Raises:
        IndexError: a target that is no class.
        ValueError: other numbers of samples.
    """
    reduction = chosen(reduction, size_average, reduce)
    if input.dim() < 1:
        raise ValueError(f"Expected 1 or more dimensions (got {input.dim()})")
    if input.dim() != 1 and (not target.dim() or input._size[0] != target._size[0]):
        samples = target._size[0] if target.dim() else 0
        raise ValueError(
            f"Expected input batch_size ({input._size[0]}) to match target batch_size ({samples})."
        )
    if input.dim() <= 2:
        if target.dim() > 1:
            raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
        if input.dim() == target.dim() == 1:
            if target._size[0] != 1:
                raise ValueError(
                    "For 1D input, 1D target must have size 1, but got target size: "
                    f"{target._size[0]}"
                )
            raise RuntimeError(
                f"size mismatch (got input: {listed(input._size)}, target: {listed(target._size)})"
            )
    elif target._size[1:] != input._size[2:]:
        if input.dim() == 4:
            if target.dim() != 3:
                raise RuntimeError(
                    "only batches of spatial targets supported (3D tensors) but got targets of "
                    f"dimension: {target.dim()}"
                )
            shapes = f"input: {listed(input._size)} target: {listed(target._size)}"
            raise RuntimeError(f"size mismatch (got {shapes}")
        wanted = (input._size[0], *input._size[2:])
        raise RuntimeError(f"Expected target size {listed(wanted)}, got {listed(target._size)}")
    classes = input._size[1 if input.dim() > 1 else 0]
    check_targets(input, target, weight, classes)
    return negative_logs(input, target, weight, classes, ignore_index, reduction)


def negative_logs(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None,
    classes: int,
    ignore_index: int,
    reduction: str,
) -> Tensor:
    """Return the loss of what has been checked."""
    kind, places = input.dtype, math.prod(input._size[2:])
    targets = numbers(target)
    logs = picked(numbers(input), targets, classes, places, ignore_index)
    weights = class_weights(target, weight, ignore_index, kind)
    losses = losses_of(logs, numbers(weights), kind)
    size = target._size
    if reduction == "none":
        result, total = fresh(losses, size, kind), None
    else:
        counted = numbers(target != ignore_index)
        result = fresh(piled(losses, counted, kind), (), kind)
        total = fresh(piled(numbers(weights), counted, kind), (), kind)
        if reduction == "mean":
            result = result / total
    dim, shape = min(1, input.dim() - 1), input._size

    def backward(grad: Tensor) -> Tensor:
        share = -grad / total if reduction == "mean" else -grad
        ignored = target.detach() == ignore_index
        at = target.detach().long().masked_fill(ignored, 0)
        values = (weights * share).masked_fill(ignored, 0)
        return grad.new_zeros(shape).scatter(dim, at.unsqueeze(dim), values.unsqueeze(dim))

    name = "NllLossBackward0" if input.dim() <= 2 else "NllLoss2DBackward0"
    found = differentiable(result, name, (input,), backward=backward)
    # torch takes what is no image for one, and gives the losses their shape again
    return found if reduction != "none" or input.dim() in (1, 2, 4) else found.view(size)


def class_weights(target: Tensor, weight: Tensor | None, ignore_index: int, kind: dtype) -> Tensor:
    """Return the weight of each target: 0 if it is ignored."""
    if weight is None:
        return (target != ignore_index).to(kind)
    table = weight.detach()
    with no_grad():
        chosen = table.take(target.long().masked_fill(target == ignore_index, 0))
        return chosen.masked_fill(target == ignore_index, 0)


def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    """Return minus the logarithm of the probability of the right class; the mean.

    The input are scores: log_softmax makes logarithms of probabilities of them, and
    `nll_loss` takes those of the right classes. The gradient of a score is its probability,
    minus 1 for the right one, over the number of samples.

    >>> scores = torch.tensor([[2.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    >>> torch.nn.functional.cross_entropy(scores, torch.tensor([0, 2]))
    tensor(0.6691)

    Args:
        input: scores, `(N, C, *)` or `(C,)`.
        target: the numbers of the right classes, `(N, *)` or `()`; or probabilities of the
            classes, shaped like the input.
        weight: of each class.
        size_average: deprecated.
        ignore_index: targets that do not count.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
        label_smoothing: which part of each target is spread over all classes alike.
    """
    reduction = chosen(reduction, size_average, reduce)
    if not 0 <= label_smoothing <= 1:
        raise RuntimeError(f"label_smoothing must be between 0.0 and 1.0. Got: {label_smoothing:g}")
    dim = 0 if input.dim() == 1 else 1
    if input._size == target._size:
        return against_probabilities(
            input, target, weight, ignore_index, reduction, label_smoothing, dim
        )
    logs = log_softmax(input, dim, dtype=input.dtype)
    loss = nll_loss(logs, target, weight, ignore_index=ignore_index, reduction=reduction)
    if label_smoothing == 0:
        return loss
    classes = input._size[dim]
    if weight is None:
        smooth = -logs.sum(dim)
    else:
        smooth = -(logs * along_classes(weight, logs, dim)).sum(dim)
    ignored = target == ignore_index
    smooth = smooth.masked_fill(ignored, 0)
    if reduction == "mean":
        kept = ignored.logical_not()
        if weight is None:
            smooth = smooth.masked_select(kept).mean()
        else:
            smooth = smooth.sum() / weight.gather(0, target.masked_select(kept).flatten()).sum()
    else:
        smooth = reduced(smooth, reduction)
    return (1 - label_smoothing) * loss + smooth * (label_smoothing / classes)


def along_classes(weight: Tensor, logs: Tensor, dim: int) -> Tensor:
    """Return weights of classes shaped so that they broadcast."""
    return weight.view([-1 if d == dim else 1 for d in range(logs.dim())])


def against_probabilities(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None,
    ignore_index: int,
    reduction: str,
    label_smoothing: float,
    dim: int,
) -> Tensor:
    """Return the loss where each class has a probability of being right."""
    if not target.is_floating_point():
        raise RuntimeError(
            "Expected floating point type for target with class probabilities, got "
            f"{target.dtype.scalar_name}"
        )
    if ignore_index >= 0:
        raise RuntimeError("ignore_index is not supported for floating point target")
    classes = input._size[dim] if input.dim() else 1
    if weight is not None and tuple(weight._size) != (classes,):
        raise RuntimeError(
            f"cross_entropy: weight tensor should be defined either for all {classes} classes or "
            f"no classes but got weight tensor of shape: {listed(weight._size)}"
        )
    logs = log_softmax(input, dim, dtype=input.dtype)
    if label_smoothing > 0:
        target = target * (1 - label_smoothing) + label_smoothing / classes
    losses = logs * target
    if weight is not None:
        losses = losses * along_classes(weight, logs, dim)
    if reduction == "none":
        return -losses.sum(dim)
    total = -losses.sum()
    if reduction == "sum":
        return total
    samples = input.numel() / classes
    return differentiable(
        total.detach() / samples, "DivBackward1", (total,), backward=lambda grad: grad / samples
    )
