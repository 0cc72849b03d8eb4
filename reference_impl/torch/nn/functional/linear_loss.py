"""Cross entropy of scores that a linear layer makes: at once, or in pieces that save memory."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ... import dtypes
from ...creation import empty, zeros_like
from ...elementwise import where
from ...gradmode import no_grad
from ...graph import differentiable
from ...joining import cat
from ...literals import tensor
from ...tensor import Tensor
from .classification import cross_entropy
from .linear import linear

if TYPE_CHECKING:
    from ..modules.linear_cross_entropy_options import LinearCrossEntropyOptions

__all__ = ["linear_cross_entropy"]

REDUCTIONS = ("mean", "sum", "none")
CHUNKED = "GeneratedBackwardFor_torch_nn__linear_cross_entropy_batch_chunked"
TWICE = (
    "linear_cross_entropy chunked backward called twice; retain_graph=True / double backward are "
    "not supported."
)


def linear_cross_entropy(
    input: Tensor,
    linear_weight: Tensor,
    target: Tensor,
    *,
    linear_bias: Tensor | None = None,
    weight: Tensor | None = None,
    reduction: str = "mean",
    ignore_index: int | None = None,
    label_smoothing: float = 0.0,
    options: LinearCrossEntropyOptions | None = None,
) -> Tensor:
    """Return the cross entropy of scores that are a linear map of the input. `(N, in)`.

    With options, the scores of a few samples at a time are made and forgotten: with many
    classes they are what takes the memory. Such a loss has no second derivative.

    Args:
        input: features.
        linear_weight: `(C, in)`, or `(C, *, in)` for losses at several places.
        target: classes `(N, *)`, or their probabilities `(N, C, *)`.
        linear_bias: `(C, *)`.
        weight: of each class.
        reduction: `mean`, `sum` or `none`.
        ignore_index: targets that do not count.
        label_smoothing: which part of each target is spread over all classes alike.
        options: how to compute it in pieces.
    """
    if input.dim() not in (1, 2):
        raise RuntimeError(f"expected input with dimensionality 1 or 2, got {input.dim()}")
    if linear_weight.dim() < 2:
        raise RuntimeError(
            f"expected linear_weight with dimensionality at least 2, got {linear_weight.dim()}"
        )
    classes, *out, features = linear_weight.shape
    if input.shape[-1] != features:
        raise RuntimeError(
            "expected equal input and linear_weight last dimensions (in_features), got "
            f"{input.shape[-1]} and {features}, respectively"
        )
    if linear_bias is not None and linear_bias.shape != (classes, *out):
        raise RuntimeError(
            f"expected linear_bias shape {(classes, *out)}, got {tuple(linear_bias.shape)}"
        )
    if out and input.dim() == 1:
        raise RuntimeError(
            f"K-dimensional loss defined by linear_weight shape {tuple(linear_weight.shape)} "
            f"requires batched input, (N, {features}), got unbatched input with shape "
            f"{tuple(input.shape)}"
        )
    shape = (*input.shape[:-1], classes, *out)
    if target.shape == shape and ignore_index is not None:
        raise RuntimeError("ignore_index cannot be specified when target contains probabilities")
    ignored = -100 if ignore_index is None else ignore_index
    if options is not None:
        whole = bool(out) or label_smoothing != 0 or target.dtype is not dtypes.int64
        if not whole and reduction in REDUCTIONS:
            parameters = (linear_weight, linear_bias, weight)
            return in_pieces(input, target, *parameters, reduction, ignored, options)
        warnings.warn(
            "linear_cross_entropy: ``options`` ignored; chunked path needs reduction in "
            "{'mean','sum','none'}, label_smoothing == 0, target.dtype == int64, out_features == "
            f"(). Got reduction={reduction!r}, label_smoothing={label_smoothing}, "
            f"target.dtype={target.dtype}, out_features={tuple(out)}, tracing=False, "
            f"linear_bias.shape={None if linear_bias is None else tuple(linear_bias.shape)}.",
            stacklevel=2,
        )
    if out:
        linear_weight = linear_weight.reshape((classes * math.prod(out), features))
        if linear_bias is not None:
            linear_bias = linear_bias.reshape(classes * math.prod(out))
    return cross_entropy(
        linear(input, linear_weight, linear_bias).reshape(shape),
        target,
        weight=weight,
        reduction=reduction,
        ignore_index=ignored,
        label_smoothing=label_smoothing,
    )


def in_pieces(
    input: Tensor,
    target: Tensor,
    linear_weight: Tensor,
    linear_bias: Tensor | None,
    weight: Tensor | None,
    reduction: str,
    ignore_index: int,
    options: LinearCrossEntropyOptions,
) -> Tensor:
    """Return the loss, computed for a few samples at a time; as `linear_cross_entropy` takes it."""
    batched = input.dim() == 2
    if not batched:
        input, target = input.unsqueeze(0), target.unsqueeze(0)
    classes, features = linear_weight.shape
    options = options._adjust(input.size(0), features, classes, input.dtype, input.device)
    kind, wide = input.dtype, options.acc_dtype
    halves = kind in (dtypes.float16, dtypes.bfloat16)
    if wide is not kind and not (halves and wide is dtypes.float32):
        raise RuntimeError(
            "linear_cross_entropy supports float32 acc_dtype with float16/bfloat16 inputs, but got "
            f"{wide} acc_dtype and {kind} inputs."
        )
    sources = (input, linear_weight, linear_bias)
    size = options.batch_chunk_size
    with no_grad():
        target, shares = weighed(target, weight, reduction, ignore_index, classes, wide)
        if linear_weight.dtype is not kind:
            input.detach().mm(linear_weight.detach().t())  # raises: its error is the one to show
        values = [None if x is None else x.detach().to(wide) for x in sources]
        losses = []
        for rows, scores, at in pieces(*values, target, size):
            right = scores.gather(1, at.unsqueeze(1)).squeeze(1)
            losses.append((scores.exp().sum(1).log() - right) * shares.narrow(0, *rows))
        found = cat(losses) if losses else empty(0, dtype=wide)
        if reduction == "none":
            result = found.to(kind)
        elif found.numel() or reduction == "sum":
            result = found.sum().to(kind)
        else:
            result = tensor(math.nan, dtype=kind)

    def slopes(each: Tensor, values: list[Tensor | None]) -> list[Tensor | None]:
        found = gradients(
            *values, target, each, size, [x is not None and x.requires_grad for x in sources]
        )
        return [None if x is None else x.to(kind) for x in found]

    if reduction == "none":

        def again(grad: Tensor, *sources: Tensor | None) -> list[Tensor | None]:
            values = [None if x is None else x.detach().to(wide) for x in sources]
            with no_grad():
                return slopes(shares * grad.to(wide), values)

        result = differentiable(
            result,
            f"{CHUNKED}_no_reduction_defaultBackward",
            sources,
            saved=sources,
            backward=again,
        )
    elif any(x is not None and x.requires_grad for x in sources):
        with no_grad():
            ready = slopes(shares, values)

        def once(grad: Tensor) -> list[Tensor | None]:
            if not ready:
                raise RuntimeError(TWICE)
            found = [None if x is None else x * grad.detach() for x in ready]
            if not options.allow_retain_graph:
                ready.clear()
            return found

        result = differentiable(result, f"{CHUNKED}_defaultBackward", sources, backward=once)
    return result if batched else result.squeeze(0)


def weighed(
    target: Tensor, weight: Tensor | None, reduction: str, ignore_index: int, classes: int, kind
) -> tuple[Tensor, Tensor]:
    """Return the targets, ignored ones as class 0, and how much each sample's loss counts."""
    ignored = target == ignore_index
    if not 0 <= ignore_index < classes:
        target = target.masked_fill(ignored, 0)
    if weight is None:
        shares = ignored.logical_not().to(kind)
    else:
        shares = where(ignored, 0, weight.detach().index_select(0, target).to(kind))
    if reduction == "mean":
        total = shares.sum()
        shares = shares / where(total == 0, math.nan, total)
    return target, shares


def pieces(
    x: Tensor, w: Tensor, b: Tensor | None, target: Tensor, size: int
) -> Iterator[tuple[tuple[int, int], Tensor, Tensor]]:
    """Yield where rows begin and how many they are, their scores less the greatest, and targets."""
    for start in range(0, x.size(0), size):
        rows = (start, min(size, x.size(0) - start))
        scores = x.narrow(0, *rows).mm(w.t())
        scores = scores if b is None else scores + b
        yield rows, scores - scores.amax(1, keepdim=True), target.narrow(0, *rows)


def gradients(
    x: Tensor,
    w: Tensor,
    b: Tensor | None,
    target: Tensor,
    shares: Tensor,
    size: int,
    wanted: list[bool],
) -> list[Tensor | None]:
    """Return the gradients of the wanted ones of `x`, `w` and `b`.

    That of the scores is their probabilities, less 1 at the target, times the sample's share.
    """
    of_x: list[Tensor] = []
    of_w = zeros_like(w) if wanted[1] else None
    of_b = zeros_like(b) if wanted[2] else None
    for rows, scores, at in pieces(x, w, b, target, size):
        share = shares.narrow(0, *rows)
        odds = scores.exp()
        of_scores = odds * (share / odds.sum(1)).unsqueeze(1)
        if wanted[0]:
            of_x.append(of_scores.mm(w) - w.index_select(0, at) * share.unsqueeze(1))
        if of_w is not None:
            of_w += of_scores.t().mm(x.narrow(0, *rows))
            of_w.index_add_(0, at, x.narrow(0, *rows) * share.unsqueeze(1), alpha=-1)
        if of_b is not None:
            of_b += of_scores.sum(0)
            of_b.index_add_(0, at, share, alpha=-1)
    return [(cat(of_x) if of_x else zeros_like(x)) if wanted[0] else None, of_w, of_b]
