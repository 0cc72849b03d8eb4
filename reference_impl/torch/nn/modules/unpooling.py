"""Undoing max pooling, and max pooling by chance, as layers; see `nn.functional`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...tensor import Tensor
from .. import functional as F
from .module import Module
from .sizes import spread_over

__all__ = [
    "FractionalMaxPool2d",
    "FractionalMaxPool3d",
    "MaxUnpool1d",
    "MaxUnpool2d",
    "MaxUnpool3d",
]

Several = int | Sequence[int]


class _MaxUnpoolNd(Module):
    """What they share: the geometry of the windows."""

    dims: int
    function: Callable[..., Tensor]

    def __init__(
        self, kernel_size: Several, stride: Several | None = None, padding: Several = 0
    ) -> None:
        super().__init__()
        self.kernel_size = spread_over(kernel_size, self.dims)
        self.stride = spread_over(kernel_size if stride is None else stride, self.dims)
        self.padding = spread_over(padding, self.dims)

    def forward(
        self, input: Tensor, indices: Tensor, output_size: Sequence[int] | None = None
    ) -> Tensor:
        """Return the largest elements in their places, zeros elsewhere."""
        return type(self).function(
            input, indices, self.kernel_size, self.stride, self.padding, output_size
        )

    def extra_repr(self) -> str:
        """Return the windows' geometry."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class MaxUnpool1d(_MaxUnpoolNd):
    """Puts the largest elements back in their places. `(N, C, L)`; see `max_unpool1d`."""

    dims = 1
    function = F.max_unpool1d


class MaxUnpool2d(_MaxUnpoolNd):
    """Puts the largest elements back in their places. `(N, C, H, W)`; see `max_unpool2d`."""

    dims = 2
    function = F.max_unpool2d


class MaxUnpool3d(_MaxUnpoolNd):
    """Puts the largest elements back in their places. `(N, C, D, H, W)`; see `max_unpool3d`."""

    dims = 3
    function = F.max_unpool3d


class _FractionalMaxPoolNd(Module):
    """What they share: a size or a ratio."""

    dims: int
    function: Callable[..., Tensor]

    def __init__(
        self,
        kernel_size: Several,
        output_size: Several | None = None,
        output_ratio: float | Sequence[float] | None = None,
        return_indices: bool = False,
        _random_samples: Tensor | None = None,
    ) -> None:
        super().__init__()
        name = type(self).__name__
        self.kernel_size = spread_over(kernel_size, self.dims)
        self.return_indices = return_indices
        self.register_buffer("_random_samples", _random_samples)
        self.output_size = None
        if output_size is not None:
            self.output_size = spread_over(output_size, self.dims)
        self.output_ratio = None
        if output_ratio is not None:
            self.output_ratio = spread_over(output_ratio, self.dims)
        if output_size is None and output_ratio is None:
            raise ValueError(
                f"{name} requires specifying either an output size, or a pooling ratio"
            )
        if output_size is not None and output_ratio is not None:
            raise ValueError("only one of output_size and output_ratio may be specified")
        if self.output_ratio is not None and not all(0 < r < 1 for r in self.output_ratio):
            raise ValueError(f"output_ratio must be between 0 and 1 (got {output_ratio})")

    def forward(self, input: Tensor) -> Tensor | tuple[Tensor, Tensor]:
        """Return the largest element of each window."""
        return type(self).function(
            input,
            self.kernel_size,
            self.output_size,
            self.output_ratio,
            self.return_indices,
            _random_samples=self._random_samples,
        )


class FractionalMaxPool2d(_FractionalMaxPoolNd):
    """The largest element of windows that lie by chance; see `fractional_max_pool2d`."""

    dims = 2
    function = F.fractional_max_pool2d


class FractionalMaxPool3d(_FractionalMaxPoolNd):
    """The largest element of windows that lie by chance; see `fractional_max_pool3d`."""

    dims = 3
    function = F.fractional_max_pool3d


for _name in __all__:  # torch has them with the other pooling layers
    globals()[_name].__shown__ = f"torch.nn.modules.pooling.{_name}"
