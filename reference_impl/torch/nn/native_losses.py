"""What torch itself has of the losses of `nn.functional`: reductions are numbers there.

They are declared to reduce to the mean by default, and do not: torch reads that default as 0.
"""

from __future__ import annotations

from ..operators import function
from ..tensor import Tensor
from . import functional as F

__all__ = [
    "binary_cross_entropy_with_logits",
    "cosine_embedding_loss",
    "ctc_loss",
    "grid_sampler",
    "hinge_embedding_loss",
    "kl_div",
    "margin_ranking_loss",
    "poisson_nll_loss",
    "triplet_margin_loss",
]

NONE, MEAN, SUM = range(3)
REDUCTIONS = {NONE: "none", MEAN: "mean", SUM: "sum"}
MODES, PADDINGS = ("bilinear", "nearest", "bicubic"), ("zeros", "border", "reflection")


def named(reduction: int) -> str:
    """Return a reduction's name; torch takes numbers it does not know for none."""
    return REDUCTIONS.get(reduction, "none")


@function
def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    pos_weight: Tensor | None = None,
    reduction: int = NONE,
) -> Tensor:
    """Return what `nn.functional.binary_cross_entropy_with_logits` returns."""
    return F.binary_cross_entropy_with_logits(
        input, target, weight, reduction=named(reduction), pos_weight=pos_weight
    )


@function
def cosine_embedding_loss(
    input1: Tensor, input2: Tensor, target: Tensor, margin: float = 0.0, reduction: int = NONE
) -> Tensor:
    """Return what `nn.functional.cosine_embedding_loss` returns."""
    return F.cosine_embedding_loss(input1, input2, target, margin, reduction=named(reduction))


@function
def ctc_loss(
    log_probs: Tensor,
    targets: Tensor,
    input_lengths: list[int] | Tensor,
    target_lengths: list[int] | Tensor,
    blank: int = 0,
    reduction: int = NONE,
    zero_infinity: bool = False,
) -> Tensor:
    """Return what `nn.functional.ctc_loss` returns."""
    lengths = (input_lengths, target_lengths)
    return F.ctc_loss(log_probs, targets, *lengths, blank, named(reduction), zero_infinity)


@function
def grid_sampler(
    input: Tensor, grid: Tensor, interpolation_mode: int, padding_mode: int, align_corners: bool
) -> Tensor:
    """Return what `nn.functional.grid_sample` returns, for numbers of its modes."""
    return F.grid_sample(
        input, grid, MODES[interpolation_mode], PADDINGS[padding_mode], align_corners
    )


@function
def hinge_embedding_loss(
    input: Tensor, target: Tensor, margin: float = 1.0, reduction: int = NONE
) -> Tensor:
    """Return what `nn.functional.hinge_embedding_loss` returns."""
    return F.hinge_embedding_loss(input, target, margin, reduction=named(reduction))


@function
def kl_div(
    input: Tensor, target: Tensor, reduction: int = NONE, *, log_target: bool = False
) -> Tensor:
    """Return what `nn.functional.kl_div` returns; the mean is over all elements."""
    found = F.kl_div(input, target, reduction="none", log_target=log_target)
    if reduction == MEAN:
        return found.mean()
    return found.sum() if reduction == SUM else found


@function
def margin_ranking_loss(
    input1: Tensor, input2: Tensor, target: Tensor, margin: float = 0.0, reduction: int = NONE
) -> Tensor:
    """Return what `nn.functional.margin_ranking_loss` returns."""
    return F.margin_ranking_loss(input1, input2, target, margin, reduction=named(reduction))


@function
def poisson_nll_loss(
    input: Tensor, target: Tensor, log_input: bool, full: bool, eps: float, reduction: int
) -> Tensor:
    """Return what `nn.functional.poisson_nll_loss` returns."""
    return F.poisson_nll_loss(input, target, log_input, full, eps=eps, reduction=named(reduction))


@function
def triplet_margin_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    margin: float = 1.0,
    p: float = 2,
    eps: float = 1e-6,
    swap: bool = False,
    reduction: int = NONE,
) -> Tensor:
    """Return what `nn.functional.triplet_margin_loss` returns."""
    return F.triplet_margin_loss(
        anchor, positive, negative, margin, p, eps, swap, reduction=named(reduction)
    )
