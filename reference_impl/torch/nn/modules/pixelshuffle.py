"""Channels into space and back, as layers; see `pixel_shuffle` of `nn.functional`."""

from __future__ import annotations

from ...tensor import Tensor
from .. import functional as F
from .module import Module, shown

__all__ = ["PixelShuffle", "PixelUnshuffle"]


class PixelShuffle(Module):
    """A larger image, made of its channels. `(*, C r^2, H, W)` to `(*, C, H r, W r)`."""

    def __init__(self, upscale_factor: int) -> None:
        super().__init__()
        self.upscale_factor = upscale_factor

    def forward(self, input: Tensor) -> Tensor:
        """Return the larger image."""
        return F.pixel_shuffle(input, self.upscale_factor)

    def extra_repr(self) -> str:
        """Return the factor."""
        return shown(self, "upscale_factor")


class PixelUnshuffle(Module):
    """A smaller image with more channels. `(*, C, H r, W r)` to `(*, C r^2, H, W)`."""

    def __init__(self, downscale_factor: int) -> None:
        super().__init__()
        self.downscale_factor = downscale_factor

    def forward(self, input: Tensor) -> Tensor:
        """Return the smaller image."""
        return F.pixel_unshuffle(input, self.downscale_factor)

    def extra_repr(self) -> str:
        """Return the factor."""
        return shown(self, "downscale_factor")
