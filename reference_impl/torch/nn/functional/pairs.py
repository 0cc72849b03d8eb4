"""Losses for vectors that should be near each other, or far from each other."""

from __future__ import annotations

from collections.abc import Callable

from ...elementwise import minimum, where
from ...tensor import Tensor
from .distance import pairwise_distance
from .reduction import chosen, reduced

__all__ = ["cosine_embedding_loss", "triplet_margin_loss", "triplet_margin_with_distance_loss"]


def cosine_embedding_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return how far vectors are from pointing the same way, or from pointing elsewhere.

    `1 - cos` for pairs that belong together, `max(0, cos - margin)` for others.

    >>> x = torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    >>> torch.nn.functional.cosine_embedding_loss(
    ...     x, torch.tensor([[0.0, 2.0], [3.0, 0.0]]), torch.tensor([1, -1]), reduction="none"
    ... )
    tensor([1., 1.])

    Args:
        input1: vectors, `(N, D)` or `(D,)`.
        input2: others.
        target: 1 for pairs that belong together, -1 for others, `(N,)` or `()`.
        margin: up to which cosine others may point the same way.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
    """
    reduction = chosen(reduction, size_average, reduce)
    dims = target.dim()
    if dims > 1:
        raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
    if not input1.dim() == input2.dim() == dims + 1:
        raise RuntimeError(
            f"{dims}D target tensor expects {dims + 1}D input tensors, but found inputs with sizes "
            f"{list(input1.size())} and {list(input2.size())}."
        )
    products = (input1 * input2).sum(dims)
    squares = [(x * x).sum(dims) + 1e-12 for x in (input1, input2)]
    cosine = products / (squares[0] * squares[1]).sqrt()
    nothing = cosine.detach() * 0
    together = where(target == 1, 1 - cosine, nothing)
    apart = where(target == -1, (cosine - margin).clamp_min(0), nothing)
    return reduced(together + apart, reduction)


def check_triplet(anchor: Tensor, positive: Tensor, negative: Tensor, margin: float) -> None:
    """Raise for a margin that is none, or tensors of different dimensions."""
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    dims = [x.dim() for x in (anchor, positive, negative)]
    if len(set(dims)) > 1:
        raise RuntimeError(
            "The anchor, positive, and negative tensors are expected to have the same number of "
            f"dimensions, but got: anchor {dims[0]}D, positive {dims[1]}D, and negative {dims[2]}D "
            "inputs"
        )


def triplet_margin_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    margin: float = 1.0,
    p: float = 2,
    eps: float = 1e-6,
    swap: bool = False,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """Return by how much a vector is not nearer to its like than to others. `(N, D)`.

    `max(0, d(anchor, positive) - d(anchor, negative) + margin)`.

    Args:
        anchor: vectors.
        positive: for each one that is like it.
        negative: for each one that is not.
        margin: how much nearer.
        p: which norm measures distances.
        eps: see `pairwise_distance`.
        swap: whether the positive's distance to the negative counts if that is smaller.
        size_average: deprecated.
        reduce: deprecated.
        reduction: `mean`, `sum` or `none`.
    """
    reduction = chosen(reduction, size_average, reduce)
    check_triplet(anchor, positive, negative, margin)

    def distance(a: Tensor, b: Tensor) -> Tensor:
        return pairwise_distance(a, b, p, eps)

    return triplet(anchor, positive, negative, distance, margin, swap, reduction)


def triplet(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    distance: Callable[[Tensor, Tensor], Tensor],
    margin: float,
    swap: bool,
    reduction: str,
) -> Tensor:
    """Return the loss of triplets that have been checked."""
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = minimum(far, distance(positive, negative))
    return reduced((margin + near - far).clamp_min(0), reduction)


def triplet_margin_with_distance_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    distance_function: Callable[[Tensor, Tensor], Tensor] | None = None,
    margin: float = 1.0,
    swap: bool = False,
    reduction: str = "mean",
) -> Tensor:
    """Return what `triplet_margin_loss` does, with any measure of distance.

    Args:
        anchor: vectors.
        positive: for each one that is like it.
        negative: for each one that is not.
        distance_function: of two sets of vectors; `pairwise_distance` if None.
        margin: how much nearer.
        swap: whether the positive's distance to the negative counts if that is smaller.
        reduction: `mean`, `sum` or `none`.
    """
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"{reduction} is not a valid value for reduction")
    check_triplet(anchor, positive, negative, margin)
    distance = distance_function or pairwise_distance
    return triplet(anchor, positive, negative, distance, margin, swap, reduction)
