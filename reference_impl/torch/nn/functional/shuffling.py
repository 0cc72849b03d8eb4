"""The same numbers elsewhere: channels into space and back, and channels among each other."""

from __future__ import annotations

import math

from ...gradmode import no_grad
from ...graph import differentiable
from ...operators import function
from ...shapes import listed
from ...tensor import Tensor

__all__ = ["channel_shuffle", "native_channel_shuffle", "pixel_shuffle", "pixel_unshuffle"]


def check(input: Tensor, name: str, factor: str, value: int) -> None:
    """Raise for an image without channels, or a factor that is none."""
    if input.dim() < 3:
        raise RuntimeError(
            f"{name} expects input to have at least 3 dimensions, but got input with "
            f"{input.dim()} dimension(s)"
        )
    if value <= 0:
        raise RuntimeError(f"{name} expects a positive {factor}, but got {value}")


@function
def pixel_shuffle(input: Tensor, upscale_factor: int) -> Tensor:
    """Return a larger image, made of its channels. `(*, C r^2, H, W)` to `(*, C, H r, W r)`.

    Each place becomes r by r places, with the numbers of r^2 channels.

    >>> torch.nn.functional.pixel_shuffle(torch.arange(4.0).view(4, 1, 1), 2)
    tensor([[[0., 1.],
             [2., 3.]]])

    Args:
        input: images.
        upscale_factor: r.

    Raises:
        RuntimeError: channels that cannot be shared out.
    """
    r = upscale_factor
    check(input, "pixel_shuffle", "upscale_factor", r)
    *lead, channels, height, width = input._size
    if channels % (r * r):
        raise RuntimeError(
            "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square "
            f"of upscale_factor, but input.size(-3)={channels} is not divisible by {r * r}"
        )
    with no_grad():
        apart = input.reshape(math.prod(lead), channels // (r * r), r, r, height, width)
        found = apart.permute(0, 1, 4, 2, 5, 3).reshape(input.numel()).clone()
        found = found.view(*lead, channels // (r * r), height * r, width * r)
    return differentiable(
        found,
        "PixelShuffleBackward0",
        (input,),
        backward=lambda grad: pixel_unshuffle(grad, r),
    )


@function
def pixel_unshuffle(input: Tensor, downscale_factor: int) -> Tensor:
    """Return a smaller image with more channels. `(*, C, H r, W r)` to `(*, C r^2, H, W)`.

    >>> torch.nn.functional.pixel_unshuffle(torch.arange(4.0).view(1, 2, 2), 2).flatten()
    tensor([0., 1., 2., 3.])

    Args:
        input: images.
        downscale_factor: r.

    Raises:
        RuntimeError: sizes that r does not divide.
    """
    r = downscale_factor
    check(input, "pixel_unshuffle", "downscale_factor", r)
    *lead, channels, height, width = input._size
    for at, name, size in ((-2, "height", height), (-1, "width", width)):
        if size % r:
            raise RuntimeError(
                f"pixel_unshuffle expects {name} to be divisible by downscale_factor, but "
                f"input.size({at})={size} is not divisible by {r}"
            )
    with no_grad():
        apart = input.reshape(math.prod(lead), channels, height // r, r, width // r, r)
        found = apart.permute(0, 1, 3, 5, 2, 4).reshape(input.numel()).clone()
        found = found.view(*lead, channels * r * r, height // r, width // r)
    return differentiable(
        found,
        "PixelUnshuffleBackward0",
        (input,),
        backward=lambda grad: pixel_shuffle(grad, r),
    )


def dealt(input: Tensor, groups: int, name: str) -> Tensor:
    """Return the channels dealt out: the first of each group, then the second of each."""
    size = input._size
    if input.dim() <= 2:
        raise RuntimeError(
            f"channel_shuffle expects input with > 2 dims, but got input with sizes {listed(size)}"
        )
    if groups <= 0:
        raise RuntimeError(
            f"Number of groups to divide channels in must be positive. Value of groups:{groups}"
        )
    if size[1] % groups:
        raise RuntimeError(
            f"Number of channels must be divisible by groups. Got {size[1]} channels and {groups} "
            "groups."
        )
    with no_grad():
        apart = input.reshape(size[0], groups, size[1] // groups, -1)
        found = apart.transpose(1, 2).reshape(size)
    back = size[1] // groups
    return differentiable(found, name, (input,), backward=lambda grad: dealt(grad, back, name))


@function
def channel_shuffle(input: Tensor, groups: int) -> Tensor:
    """Return the channels in another order: one of each group after the other. `(N, C, *)`.

    >>> torch.nn.functional.channel_shuffle(torch.arange(4.0).view(1, 4, 1), 2).flatten()
    tensor([0., 2., 1., 3.])

    Args:
        input: images.
        groups: how many.

    Raises:
        RuntimeError: channels that cannot be grouped so.
    """
    return dealt(input, groups, "ChannelShuffleBackward0")


@function
def native_channel_shuffle(input: Tensor, groups: int) -> Tensor:
    """Return what `channel_shuffle` does; torch has no gradient of it under this name."""
    return dealt(input.detach(), groups, "ChannelShuffleBackward0")
