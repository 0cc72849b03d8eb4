"""Windows as columns and back, as layers; what they compute stands in `nn.functional`."""

from __future__ import annotations

from collections.abc import Sequence

from ...tensor import Tensor
from .. import functional as F
from .module import Module

__all__ = ["Fold", "Unfold"]

Several = int | Sequence[int]


class Fold(Module):
    """Adds columns onto an image, each where its window lies. `(N, C K, L)` to `(N, C, H, W)`.

    Args:
        output_size: of the image.
        kernel_size: of a window.
        dilation: how far apart its places are.
        padding: how much of the margin was no image.
        stride: from window to window.
    """

    def __init__(
        self,
        output_size: Several,
        kernel_size: Several,
        dilation: Several = 1,
        padding: Several = 0,
        stride: Several = 1,
    ) -> None:
        super().__init__()
        self.output_size = output_size
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input: Tensor) -> Tensor:
        """Return the image."""
        return F.fold(
            input, self.output_size, self.kernel_size, self.dilation, self.padding, self.stride
        )

    def extra_repr(self) -> str:
        """Return the windows' geometry."""
        return (
            f"output_size={self.output_size}, kernel_size={self.kernel_size}, "
            f"dilation={self.dilation}, padding={self.padding}, stride={self.stride}"
        )


class Unfold(Module):
    """Takes every window of an image as a column. `(N, C, H, W)` to `(N, C K, L)`.

    Args:
        kernel_size: of a window.
        dilation: how far apart its places are.
        padding: zeros on either side.
        stride: from window to window.
    """

    def __init__(
        self,
        kernel_size: Several,
        dilation: Several = 1,
        padding: Several = 0,
        stride: Several = 1,
    ) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input: Tensor) -> Tensor:
        """Return the columns."""
        return F.unfold(input, self.kernel_size, self.dilation, self.padding, self.stride)

    def extra_repr(self) -> str:
        """Return the windows' geometry."""
        return (
            f"kernel_size={self.kernel_size}, dilation={self.dilation}, padding={self.padding}, "
            f"stride={self.stride}"
        )
