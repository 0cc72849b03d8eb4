"""Shares that add up to 1, as layers; what they compute stands in `nn.functional`."""

from __future__ import annotations

from ...tensor import Tensor
from .. import functional as F
from .module import Module, shown

__all__ = [
    "LogSoftmax",
    "Softmax",
    "Softmax2d",
    "Softmin",
]


class Softmin(Module):
    """The softmax of `-x`; see `softmin`."""

    __shown__ = "torch.nn.modules.activation.Softmin"

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.softmin(input, self.dim, _stacklevel=5)

    def extra_repr(self) -> str:
        """Return what was chosen."""
        return shown(self, "dim")


class Softmax(Module):
    """Shares that are positive and sum up to 1 along a dimension; see `torch.softmax`."""

    __shown__ = "torch.nn.modules.activation.Softmax"

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.softmax(input, self.dim, _stacklevel=5)

    def extra_repr(self) -> str:
        """Return what was chosen."""
        return shown(self, "dim")


class Softmax2d(Module):
    """Shares along the channels, for each pixel. `(N, C, H, W)` or `(C, H, W)`."""

    __shown__ = "torch.nn.modules.activation.Softmax2d"

    def forward(self, input: Tensor) -> Tensor:
        """Return the shares."""
        if input.dim() not in (3, 4):
            raise ValueError(
                f"Softmax2d: expected input to be 3D or 4D, got {input.dim()}D instead"
            )
        return F.softmax(input, -3, _stacklevel=5)


class LogSoftmax(Module):
    """The logarithm of the softmax along a dimension; see `torch.log_softmax`."""

    __shown__ = "torch.nn.modules.activation.LogSoftmax"

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Return the activations."""
        return F.log_softmax(input, self.dim, _stacklevel=5)

    def extra_repr(self) -> str:
        """Return what was chosen."""
        return shown(self, "dim")
