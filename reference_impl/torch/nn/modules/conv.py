"""Convolutions as layers; what they compute stands in `nn.functional`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from ...creation import empty
from ...devices import device
from ...dtypes import dtype
from ...tensor import Tensor
from .. import functional as F
from .. import init
from ..parameter import Parameter
from .module import Module
from .sizes import last_first, spread_over

__all__ = [
    "Conv1d",
    "Conv2d",
    "Conv3d",
    "ConvTranspose1d",
    "ConvTranspose2d",
    "ConvTranspose3d",
]

PADDINGS = ("same", "valid")
MODES = ("zeros", "reflect", "replicate", "circular")


class _ConvNd(Module):
    """What all convolutions share: their sizes and their parameters."""

    dims: int
    function: Callable[..., Tensor]
    transposed = False

    def _set_up(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | Sequence[int],
        stride: int | Sequence[int],
        padding: int | Sequence[int] | str,
        dilation: int | Sequence[int],
        output_padding: int | Sequence[int],
        groups: int,
        bias: bool,
        padding_mode: str,
        device: device | str | None,
        dtype: dtype | None,
    ) -> None:
        Module.__init__(self)
        if groups <= 0:
            raise ValueError("groups must be a positive integer")
        if in_channels % groups:
            raise ValueError("in_channels must be divisible by groups")
        if out_channels % groups:
            raise ValueError("out_channels must be divisible by groups")
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = spread_over(kernel_size, self.dims)
        self.stride = spread_over(stride, self.dims)
        self.dilation = spread_over(dilation, self.dims)
        self.output_padding = spread_over(output_padding, self.dims)
        self.padding = padding if isinstance(padding, str) else spread_over(padding, self.dims)
        self.groups = groups
        self.padding_mode = padding_mode
        self._check_padding()
        channels = (out_channels, in_channels // groups)
        if self.transposed:
            channels = (in_channels, out_channels // groups)
        size = (*channels, *self.kernel_size)
        self.weight = Parameter(empty(size, device=device, dtype=dtype))
        if bias:
            self.bias = Parameter(empty(out_channels, device=device, dtype=dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def _check_padding(self) -> None:
        if isinstance(self.padding, str):
            if self.padding not in PADDINGS:
                names = ", ".join(map(repr, PADDINGS))
                raise ValueError(
                    f"Invalid padding string {self.padding!r}, should be one of {{{names}}}"
                )
            if self.padding == "same" and any(s != 1 for s in self.stride):
                raise ValueError("padding='same' is not supported for strided convolutions")
        if self.padding_mode not in MODES:
            names = ", ".join(map(repr, MODES))
            raise ValueError(
                f"padding_mode must be one of {{{names}}}, but got "
                f"padding_mode='{self.padding_mode}'"
            )

    def reset_parameters(self) -> None:
        """Draw the parameters anew, uniformly within +-1/sqrt(what an output sees)."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in, _ = init._calculate_fan_in_and_fan_out(self.weight)
            bound = 1 / math.sqrt(fan_in) if fan_in > 0 else 0
            init.uniform_(self.bias, -bound, bound)

    def extra_repr(self) -> str:
        """Return the sizes, and what is not as usual."""
        shown = [f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}"]
        shown.append(f"stride={self.stride}")
        for name, usual in (("padding", 0), ("dilation", 1), ("output_padding", 0)):
            value = getattr(self, name)
            if value != (usual,) * len(value):
                shown.append(f"{name}={value}")
        if self.groups != 1:
            shown.append(f"groups={self.groups}")
        if self.bias is None:
            shown.append("bias=False")
        if self.padding_mode != "zeros":
            shown.append(f"padding_mode={self.padding_mode}")
        return ", ".join(shown)


class _Convolution(_ConvNd):
    """What `Conv1d`, `Conv2d` and `Conv3d` share."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | Sequence[int],
        stride: int | Sequence[int] = 1,
        padding: int | Sequence[int] | str = 0,
        dilation: int | Sequence[int] = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        self._set_up(
            in_channels,
            out_channels,
            kernel_size,
            stride,
            padding,
            dilation,
            0,
            groups,
            bias,
            padding_mode,
            device,
            dtype,
        )

    def forward(self, input: Tensor) -> Tensor:
        """Return the convolution of the input."""
        return self._conv_forward(input, self.weight, self.bias)

    def _conv_forward(self, input: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        convolve, padding = type(self).function, self.padding
        if self.padding_mode != "zeros":
            input = F.pad(input, self._margins(), mode=self.padding_mode)
            padding = (0,) * self.dims
        return convolve(input, weight, bias, self.stride, padding, self.dilation, self.groups)

    def _margins(self) -> list[int]:
        """Return the margins to put on the input, as `pad` takes them."""
        if not isinstance(self.padding, str):
            return last_first(self.padding)
        margins = []
        for k, d in zip(reversed(self.kernel_size), reversed(self.dilation), strict=True):
            total = d * (k - 1) if self.padding == "same" else 0
            margins += [total // 2, total - total // 2]
        return margins


class Conv1d(_Convolution):
    """Slides a kernel along sequences. `(N, C, L)` to `(N, O, L')`; see `conv1d`.

    >>> conv = torch.nn.Conv1d(256, 100, kernel_size=2)
    >>> conv.weight.shape
    torch.Size([100, 256, 2])
    >>> conv(torch.ones(1, 256, 35)).shape
    torch.Size([1, 100, 34])

    Args:
        in_channels: C, how many numbers stand at each place of the input.
        out_channels: O, the same of the output.
        kernel_size: how many places the kernel sees.
        stride: how far it moves.
        padding: how many zeros on either side; or `same`, or `valid`.
        dilation: how far apart the places are that it sees.
        groups: in how many parts the channels are dealt with, each on its own.
        bias: whether to add one for each output channel.
        padding_mode: `zeros`, `reflect`, `replicate` or `circular`.
        device: of the parameters.
        dtype: of the parameters.
    """

    dims = 1
    function = staticmethod(F.conv1d)


class Conv2d(_Convolution):
    """Slides a kernel over images. `(N, C, H, W)` to `(N, O, H', W')`; see `Conv1d`.

    >>> torch.nn.Conv2d(1, 6, 5, padding=2)
    Conv2d(1, 6, kernel_size=(5, 5), stride=(1, 1), padding=(2, 2))
    """

    dims = 2
    function = staticmethod(F.conv2d)


class Conv3d(_Convolution):
    """Slides a kernel through volumes. `(N, C, D, H, W)`; see `Conv1d`."""

    dims = 3
    function = staticmethod(F.conv3d)


class _Transposed(_ConvNd):
    """What the transposed convolutions share."""

    transposed = True

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | Sequence[int],
        stride: int | Sequence[int] = 1,
        padding: int | Sequence[int] = 0,
        output_padding: int | Sequence[int] = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: int | Sequence[int] = 1,
        padding_mode: str = "zeros",
        device: device | str | None = None,
        dtype: dtype | None = None,
    ) -> None:
        if padding_mode != "zeros":
            raise ValueError(f'Only "zeros" padding mode is supported for {type(self).__name__}')
        self._set_up(
            in_channels,
            out_channels,
            kernel_size,
            stride,
            padding,
            dilation,
            output_padding,
            groups,
            bias,
            padding_mode,
            device,
            dtype,
        )

    def forward(self, input: Tensor, output_size: Sequence[int] | None = None) -> Tensor:
        """Return the transposed convolution of the input.

        Args:
            input: with or without a batch.
            output_size: the size to make, where the stride leaves several.
        """
        more = self.output_padding if output_size is None else self._missing(input, output_size)
        convolve = type(self).function
        return convolve(
            input,
            self.weight,
            self.bias,
            self.stride,
            self.padding,
            more,
            self.groups,
            self.dilation,
        )

    def _missing(self, input: Tensor, output_size: Sequence[int]) -> list[int]:
        """Return what is to be added to reach a size."""
        lead = 2 if input.dim() == self.dims + 2 else 1
        wanted = output_size[lead:] if len(output_size) == lead + self.dims else output_size
        if len(wanted) != self.dims:
            raise ValueError(
                f"ConvTranspose{self.dims}D: for {input.dim()}D input, output_size must have "
                f"{self.dims} or {lead + self.dims} elements (got {len(wanted)})"
            )
        least = [
            (n - 1) * s - 2 * p + d * (k - 1) + 1
            for n, s, p, d, k in zip(
                input.shape[lead:],
                self.stride,
                self.padding,
                self.dilation,
                self.kernel_size,
                strict=True,
            )
        ]
        most = [n + s - 1 for n, s in zip(least, self.stride, strict=True)]
        if any(not a <= n <= b for n, a, b in zip(wanted, least, most, strict=True)):
            raise ValueError(
                f"requested an output size of {wanted}, but valid sizes range from {least} to "
                f"{most} (for an input of {input.size()[2:]})"
            )
        return [n - a for n, a in zip(wanted, least, strict=True)]


class ConvTranspose1d(_Transposed):
    """Spreads each number over a kernel. `(N, C, L)` to `(N, O, L')`; see `conv_transpose1d`.

    Args:
        in_channels: C, how many numbers stand at each place of the input.
        out_channels: O, the same of the output.
        kernel_size: over how many places a number is spread.
        stride: how far apart the kernels of neighbours lie.
        padding: how much to cut off on either side.
        output_padding: how much to add at the end.
        groups: in how many parts the channels are dealt with, each on its own.
        bias: whether to add one for each output channel.
        dilation: how far apart the kernel's places are.
        padding_mode: only `zeros`.
        device: of the parameters.
        dtype: of the parameters.
    """

    dims = 1
    function = staticmethod(F.conv_transpose1d)


class ConvTranspose2d(_Transposed):
    """Spreads each pixel over a kernel. `(N, C, H, W)`; see `ConvTranspose1d`."""

    dims = 2
    function = staticmethod(F.conv_transpose2d)


class ConvTranspose3d(_Transposed):
    """Spreads each voxel over a kernel. `(N, C, D, H, W)`; see `ConvTranspose1d`."""

    dims = 3
    function = staticmethod(F.conv_transpose3d)
