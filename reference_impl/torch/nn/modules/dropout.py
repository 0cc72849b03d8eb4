"""Dropout as layers: in training, part of the input is left out."""

from __future__ import annotations

from ...tensor import Tensor
from .. import functional as F
from .module import Module

__all__ = [
    "AlphaDropout",
    "Dropout",
    "Dropout1d",
    "Dropout2d",
    "Dropout3d",
    "FeatureAlphaDropout",
]


class _DropoutNd(Module):
    """What all of them share: a probability."""

    def __init__(self, p: float = 0.5, inplace: bool = False) -> None:
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
        self.p = p
        self.inplace = inplace

    def extra_repr(self) -> str:
        """Return the probability, and whether in place."""
        return f"p={self.p}, inplace={self.inplace}"


class Dropout(_DropoutNd):
    """Replaces elements by 0 with probability p in training; see `dropout`.

    >>> torch.nn.Dropout(0.2).eval()(torch.ones(2))
    tensor([1., 1.])
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return what is left."""
        return F.dropout(input, self.p, self.training, self.inplace)


class Dropout1d(_DropoutNd):
    """Replaces whole channels of sequences by 0. `(N, C, L)`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return what is left."""
        return F.dropout1d(input, self.p, self.training, self.inplace)


class Dropout2d(_DropoutNd):
    """Replaces whole channels of images by 0. `(N, C, H, W)`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return what is left."""
        return F.dropout2d(input, self.p, self.training, self.inplace)


class Dropout3d(_DropoutNd):
    """Replaces whole channels of volumes by 0. `(N, C, D, H, W)`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return what is left."""
        return F.dropout3d(input, self.p, self.training, self.inplace)


class AlphaDropout(_DropoutNd):
    """Keeps mean 0 and variance 1, for selu; see `alpha_dropout`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return what is left."""
        return F.alpha_dropout(input, self.p, self.training)


class FeatureAlphaDropout(_DropoutNd):
    """Does what `AlphaDropout` does, for whole channels."""

    def forward(self, input: Tensor) -> Tensor:
        """Return what is left."""
        return F.feature_alpha_dropout(input, self.p, self.training)
