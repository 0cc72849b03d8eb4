"""Transposed convolutions: each place spreads over its window, as a convolution gathers from it."""

from __future__ import annotations

from collections.abc import Sequence

from ...operators import function
from ...tensor import Tensor
from .convolution import BEGIN, Several, batched, check, check_types, each, spelt, spreading
from .convolution_kernels import Geometry

__all__ = [
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
]

TRANSPOSED = (
    f"{BEGIN}tuple of ints padding = 0, tuple of ints output_padding = 0, int groups = 1, "
    "tuple of ints dilation = 1",
)


def transposed(
    name: str,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Several,
    padding: Several,
    output_padding: Several,
    groups: int,
    dilation: Several,
) -> Tensor:
    """Return a transposed convolution over as many dimensions as its name says."""
    count = int(name[-2])
    y = batched(input, weight, count, name)
    dims = weight.dim() - 2
    stride = each("stride", spelt(stride, count), dims)
    padding = each("padding", spelt(padding, count), dims)
    dilation = each("dilation", spelt(dilation, count), dims)
    more = each("output_padding", spelt(output_padding, count), dims)
    kernel, out = tuple(weight._size[2:]), tuple(y._size[2:])
    g = Geometry(
        y._size[0],
        weight._size[1] * groups,
        y._size[1],
        groups,
        (),
        out,
        kernel,
        stride,
        padding,
        dilation,
    )
    check(y, weight, bias, g, more)
    check_types(y, weight, bias)
    check_output_padding(g, more)
    g = g._replace(
        size=tuple(
            (n - 1) * s - 2 * p + d * (k - 1) + m + 1
            for n, s, p, d, k, m in zip(out, stride, padding, dilation, kernel, more, strict=True)
        )
    )
    if min(g.size) < 1:
        given, wanted = (
            " x ".join(map(str, (1, *size) if len(size) == 1 else size)) for size in (out, g.size)
        )
        raise RuntimeError(
            f"Given input size per channel: ({given}). Calculated output size per channel: "
            f"({wanted}). Output size is too small"
        )
    x = spreading(y, weight, g, bias)
    return x.squeeze(0) if input.dim() == count + 1 else x


def check_output_padding(g: Geometry, more: Sequence[int]) -> None:
    """Raise if places would be added that no step of the kernel could leave out."""
    if all(m < s or m < d for m, s, d in zip(more, g.stride, g.dilation, strict=True)):
        return
    names = ("depth", "height", "width")
    shown = []
    for what, values, one in (
        ("output_padding", more, 0),
        ("stride", g.stride, 1),
        ("dilation", g.dilation, 1),
    ):
        values = (one, *values) if len(values) == 1 else tuple(values)
        names_here = names[-len(values) :]
        shown += [f"{what}_{n}: {v}" for n, v in zip(names_here, values, strict=True)]
    raise RuntimeError(
        "output padding must be smaller than either stride or dilation, but got " + " ".join(shown)
    )


@function(overloads=TRANSPOSED)
def conv_transpose1d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    output_padding: int | Sequence[int] = 0,
    groups: int = 1,
    dilation: int | Sequence[int] = 1,
) -> Tensor:
    """Spread each number over a kernel. `(N, C, L)` with `(C, O / groups, K)` to `(N, O, L')`.

    This is the gradient of `conv1d` with respect to its input, used forward: it makes short
    sequences long. `L' = (L - 1) * stride - 2 * padding + dilation * (K - 1)
    + output_padding + 1`.

    >>> x = torch.tensor([[[1.0, 2.0]]])
    >>> torch.nn.functional.conv_transpose1d(x, torch.tensor([[[1.0, 10.0]]]), stride=2)
    tensor([[[ 1., 10.,  2., 20.]]])

    Args:
        input: `(N, C, L)`, or `(C, L)` without a batch.
        weight: `(C, O / groups, K)`.
        bias: `(O,)`.
        stride: how far apart the kernels of neighbours lie.
        padding: how much to cut off on either side.
        output_padding: how much to add at the end, where several lengths would do.
        groups: in how many parts the channels are dealt with, each on its own.
        dilation: how far apart the kernel's places are.

    Raises:
        RuntimeError: channels that do not fit, or nothing left.
    """
    return transposed(
        "conv_transpose1d",
        input,
        weight,
        bias,
        stride,
        padding,
        output_padding,
        groups,
        dilation,
    )


@function(overloads=TRANSPOSED)
def conv_transpose2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    output_padding: int | Sequence[int] = 0,
    groups: int = 1,
    dilation: int | Sequence[int] = 1,
) -> Tensor:
    """Spread each pixel over a kernel. `(N, C, H, W)`; see `conv_transpose1d`."""
    return transposed(
        "conv_transpose2d",
        input,
        weight,
        bias,
        stride,
        padding,
        output_padding,
        groups,
        dilation,
    )


@function(overloads=TRANSPOSED)
def conv_transpose3d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    output_padding: int | Sequence[int] = 0,
    groups: int = 1,
    dilation: int | Sequence[int] = 1,
) -> Tensor:
    """Spread each voxel over a kernel. `(N, C, D, H, W)`; see `conv_transpose1d`."""
    return transposed(
        "conv_transpose3d",
        input,
        weight,
        bias,
        stride,
        padding,
        output_padding,
        groups,
        dilation,
    )
