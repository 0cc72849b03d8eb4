"""Windows of images as columns, and back: what a convolution is made of."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...graph import differentiable
from ...shapes import listed
from ...tensor import Tensor, fresh
from ...tensorbase import numbers
from .convolution_kernels import Geometry, columns_of, summed_up

__all__ = ["fold", "unfold"]

Several = int | Sequence[int]


def pair(value: Several) -> tuple[int, ...]:
    """Return one number for each of two dimensions."""
    return (value, value) if isinstance(value, int) else tuple(value)


def columns(x: Tensor, g: Geometry) -> Tensor:
    """Return the windows of x as columns, with history. To `(N, C * K, L)`."""
    size = (g.batch, g.channels * math.prod(g.kernel), math.prod(g.out))
    return differentiable(
        fresh(columns_of(numbers(x), g, x.dtype), size, x.dtype),
        "Im2ColBackward0",
        (x,),
        backward=lambda grad: images(grad, g),
    )


def images(y: Tensor, g: Geometry) -> Tensor:
    """Return columns added up where their windows lie, with history. To `(N, C, H, W)`."""
    size = (g.batch, g.channels, *g.size)
    return differentiable(
        fresh(summed_up(numbers(y), g, y.dtype), size, y.dtype),
        "Col2ImBackward0",
        (y,),
        backward=lambda grad: columns(grad, g),
    )


def geometry(
    batch: int,
    channels: int,
    size: Sequence[int],
    kernel_size: Several,
    dilation: Several,
    padding: Several,
    stride: Several,
) -> Geometry:
    """Return how windows lie on an image."""
    kernel, stride, padding, dilation = map(pair, (kernel_size, stride, padding, dilation))
    out = tuple(
        (n + 2 * p - d * (k - 1) - 1) // s + 1
        for n, k, s, p, d in zip(size, kernel, stride, padding, dilation, strict=True)
    )
    for name, values, least in (
        ("kernel size", kernel, 1),
        ("dilation", dilation, 1),
        ("padding", padding, 0),
        ("stride", stride, 1),
    ):
        if min(values) < least:
            words = "greater than zero" if least else "non-negative"
            shown = f"_height: {values[0]} {name.replace(' ', '_')}_width: {values[1]}"
            raise RuntimeError(f"{name} should be {words}, but got {name.replace(' ', '_')}{shown}")
    if min(out) < 1:
        raise RuntimeError(
            f"Given input with spatial size {tuple(size)}, kernel_size={kernel}, "
            f"dilation={dilation}, padding={padding}, calculated shape of the array of sliding "
            f"blocks as {out}, but its components must be at least one."
        )
    return Geometry(batch, channels, 1, 1, tuple(size), out, kernel, stride, padding, dilation)


def unfold(
    input: Tensor,
    kernel_size: Several,
    dilation: Several = 1,
    padding: Several = 0,
    stride: Several = 1,
) -> Tensor:
    """Return every window of an image as a column. `(N, C, H, W)` to `(N, C * K, L)`.

    A convolution is the weight, a row for each output channel, times these columns.

    >>> torch.nn.functional.unfold(torch.arange(9.0).view(1, 1, 3, 3), 2)
    tensor([[[0., 1., 3., 4.],
             [1., 2., 4., 5.],
             [3., 4., 6., 7.],
             [4., 5., 7., 8.]]])

    Args:
        input: images.
        kernel_size: of a window.
        dilation: how far apart its places are.
        padding: zeros on either side.
        stride: from window to window.
    """
    if input.dim() < 3:
        input.size(input.dim())  # raises
    if input.dim() not in (3, 4):
        raise RuntimeError(
            "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero "
            f"dimensions for input, but got: {listed(input._size)}"
        )
    x = input if input.dim() == 4 else input.unsqueeze(0)
    g = geometry(x._size[0], x._size[1], x._size[2:], kernel_size, dilation, padding, stride)
    found = columns(x, g)
    return found if input.dim() == 4 else found.squeeze(0)


def fold(
    input: Tensor,
    output_size: Several,
    kernel_size: Several,
    dilation: Several = 1,
    padding: Several = 0,
    stride: Several = 1,
) -> Tensor:
    """Return an image onto which columns were added, each where its window lies.

    `(N, C * K, L)` to `(N, C, H, W)`; the gradient of `unfold`.

    Args:
        input: columns.
        output_size: of the image.
        kernel_size: of a window.
        dilation: how far apart its places are.
        padding: how much of the margin was no image.
        stride: from window to window.
    """
    kernel, size = pair(kernel_size), pair(output_size)
    x = input if input.dim() == 3 else input.unsqueeze(0)
    count = math.prod(kernel)
    if x._size[1] % count:
        raise RuntimeError(
            "Expected size of input's dimension 1 to be divisible by the product of kernel_size, "
            f"but got input.size(1)={x._size[1]} and kernel_size={kernel}."
        )
    g = geometry(x._size[0], x._size[1] // count, size, kernel, dilation, padding, stride)
    if math.prod(g.out) != x._size[2]:
        raise RuntimeError(
            f"Given output_size={size}, kernel_size={kernel}, dilation={pair(dilation)}, "
            f"padding={pair(padding)}, stride={pair(stride)}, expected size of input's dimension 2 "
            f"to match the calculated number of sliding blocks {g.out[0]} * {g.out[1]} = "
            f"{math.prod(g.out)}, but got input.size(2)={x._size[2]}."
        )
    found = images(x, g)
    return found if input.dim() == 3 else found.squeeze(0)
