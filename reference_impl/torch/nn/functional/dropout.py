"""Dropout: leaving out part of a layer at random, so that no unit relies on another."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence

from ...creation import zeros_like
from ...tensor import Tensor
from .placing import placed

__all__ = [
    "alpha_dropout",
    "dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "feature_alpha_dropout",
]

ALPHA = 1.7580993408473766  # selu(-infinity) is minus this


def checked(p: float) -> None:
    """Raise for what is no probability."""
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")


def noise(input: Tensor, p: float, size: Sequence[int] | None = None) -> Tensor:
    """Return ones with probability 1 - p, and zeros."""
    drawn = input.detach()
    drawn = zeros_like(drawn) if size is None else drawn.new_empty(size)
    return drawn.bernoulli_(1 - p)


def channels(input: Tensor) -> list[int]:
    """Return the size of a mask that takes or leaves whole channels."""
    if input.dim() < 2:
        raise RuntimeError("Feature dropout requires at least 2 dimensions in the input")
    return [n if d < 2 else 1 for d, n in enumerate(input._size)]


def scaled(p: float, whole: bool) -> Callable[[Tensor], Tensor]:
    """Return how to multiply with noise, and by what makes up for what is left out."""

    def drop(x: Tensor) -> Tensor:
        if p == 1:
            return x * zeros_like(x.detach())
        return x * noise(x, p, channels(x) if whole else None).div_(1 - p)

    return drop


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Return the elements, each replaced by 0 with probability p, the others times 1 / (1 - p).

    So the mean stays what it is without dropout. Shape `(*)` to `(*)`.

    >>> _ = torch.manual_seed(0)
    >>> torch.nn.functional.dropout(torch.ones(5), p=0.5)
    tensor([0., 0., 2., 0., 0.])

    Args:
        input: of a floating type.
        p: the probability of a 0.
        training: whether to do anything.
        inplace: whether the input becomes the result.

    Raises:
        ValueError: `p` is no probability.
    """
    checked(p)
    if p == 0 or not training or not input.numel():
        return input
    return placed(input, inplace, scaled(p, whole=False))


def whole_channels(input: Tensor, p: float, training: bool, inplace: bool) -> Tensor:
    """Return the input with some of its channels replaced by 0. `(N, C, *)`."""
    if p == 0 or not training or not input.numel():
        return input
    return placed(input, inplace, scaled(p, whole=True))


def dropout1d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """Return sequences with some of their channels replaced by 0. `(N, C, L)` or `(C, L)`."""
    checked(p)
    if input.dim() not in (2, 3):
        raise RuntimeError(
            f"dropout1d: Expected 2D or 3D input, but received a {input.dim()}D input. Note that "
            "dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, "
            "a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs)."
        )
    if input.dim() == 3:
        return whole_channels(input, p, training, inplace)
    whole = input.unsqueeze_(0) if inplace else input.unsqueeze(0)
    found = whole_channels(whole, p, training, inplace)
    return found.squeeze_(0) if inplace else found.squeeze(0)


def dropout2d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """Return images with some of their channels replaced by 0. `(N, C, H, W)`."""
    checked(p)
    if input.dim() not in (3, 4):
        warnings.warn(
            f"dropout2d: Received a {input.dim()}-D input to dropout2d, which is deprecated and "
            "will result in an error in a future release. To retain the behavior and silence this "
            "warning, please use dropout instead. Note that dropout2d exists to provide "
            "channel-wise dropout on inputs with 2 spatial dimensions, a channel dimension, and an "
            "optional batch dimension (i.e. 3D or 4D inputs).",
            UserWarning,
            stacklevel=2,
        )
    if input.dim() == 3:
        warnings.warn(
            "dropout2d: Received a 3D input to dropout2d and assuming that channel-wise 1D dropout "
            "behavior is desired - input is interpreted as shape (N, C, L), where C is the channel "
            "dim. This behavior will change in a future release to interpret the input as one "
            "without a batch dimension, i.e. shape (C, H, W). To maintain the 1D channel-wise "
            "dropout behavior, please switch to using dropout1d instead.",
            UserWarning,
            stacklevel=2,
        )
    return whole_channels(input, p, training, inplace)


def dropout3d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """Return volumes with some of their channels replaced by 0. `(N, C, D, H, W)`."""
    checked(p)
    if input.dim() not in (4, 5):
        warnings.warn(
            f"dropout3d: Received a {input.dim()}-D input to dropout3d, which is deprecated and "
            "will result in an error in a future release. To retain the behavior and silence this "
            "warning, please use dropout instead. Note that dropout3d exists to provide "
            "channel-wise dropout on inputs with 3 spatial dimensions, a channel dimension, and an "
            "optional batch dimension (i.e. 4D or 5D inputs).",
            UserWarning,
            stacklevel=2,
        )
    whole = input.unsqueeze(0) if input.dim() == 4 else input
    found = whole_channels(whole, p, training, inplace)
    return found.squeeze(0) if input.dim() == 4 else found


def keeping_spread(p: float, whole: bool) -> Callable[[Tensor], Tensor]:
    """Return how to set elements to selu's lowest value, and to restore mean and variance."""

    def drop(x: Tensor) -> Tensor:
        if p == 1:
            return x * zeros_like(x.detach())
        kept = noise(x, p, channels(x) if whole else None)
        a = 1.0 / math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p))
        b = (kept - 1).mul_(ALPHA * a).add_(ALPHA * a * p)
        return x * kept.mul_(a) + b

    return drop


def alpha_dropout(
    input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False
) -> Tensor:
    """Return the input with elements replaced so that mean 0 and variance 1 stay; for selu."""
    checked(p)
    if p == 0 or not training or not input.numel():
        return input
    return placed(input, inplace, keeping_spread(p, whole=False))


def feature_alpha_dropout(
    input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False
) -> Tensor:
    """Return what `alpha_dropout` does, for whole channels."""
    checked(p)
    if p == 0 or not training or not input.numel():
        return input
    return placed(input, inplace, keeping_spread(p, whole=True))
