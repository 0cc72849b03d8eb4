"""Windows: weights that fade a stretch of a signal in and out."""

from __future__ import annotations

from collections.abc import Callable
from math import pi

from .creation import empty, ones
from .devices import device, layout
from .dtypes import dtype, get_default_dtype
from .elementwise import i0, maximum
from .operators import function
from .ranges import arange
from .tensor import Tensor

__all__ = ["bartlett_window", "blackman_window", "hamming_window", "hann_window", "kaiser_window"]


def window(
    name: str,
    length: int,
    periodic: bool,
    target: dtype | None,
    where: device | None,
    requires_grad: bool,
    shape: Callable[[Tensor, int], Tensor],
) -> Tensor:
    """Return the weights at `length` points.

    Args:
        name: the function that was called.
        length: how many points.
        periodic: whether the point after the last is the first again.
        target: a floating type; the default one if None.
        where: the device.
        requires_grad: whether gradients are wanted.
        shape: gives weights for the points 0, 1, ... up to the second argument.

    Raises:
        RuntimeError: a negative length, or a type that is not floating.
    """
    target = target or get_default_dtype()
    if not target.is_floating_point:
        on = where or "cpu"
        raise RuntimeError(
            f"{name} expects floating point dtypes, got: TensorOptions(dtype={target.cpp_name}, "
            f"device={on}, layout=Strided (default), requires_grad=false (default), "
            "pinned_memory=false, memory_format=(nullopt))"
        )
    if length < 0:
        raise RuntimeError(
            f"{name} requires non-negative window_length, got window_length={length}"
        )
    options = {"dtype": target, "device": where}
    if length < 2:
        found = ones(1, **options) if length else empty(0, **options)
        return found.requires_grad_() if requires_grad else found
    points = arange(length + periodic, **options)
    found = shape(points, length + periodic - 1)
    found = found.narrow(0, 0, length) if periodic else found
    return found.requires_grad_() if requires_grad else found


@function
def hann_window(
    window_length: int,
    periodic: bool = True,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return a wave of the cosine, from 0 up to 1 and down again. `(window_length,)`.

    >>> torch.hann_window(4)
    tensor([0.0000, 0.5000, 1.0000, 0.5000])
    """

    def shape(points: Tensor, last: int) -> Tensor:
        return raised_cosine(points, last, 0.5, 0.5)

    return window("hann_window", window_length, periodic, dtype, device, requires_grad, shape)


def raised_cosine(points: Tensor, last: int, alpha: float, beta: float) -> Tensor:
    """Return `alpha - beta * cos` of one turn."""
    return points.mul_(pi * 2 / last).cos_().mul_(-beta).add_(alpha)


@function
def hamming_window(
    window_length: int,
    periodic: bool = True,
    alpha: float = 0.54,
    beta: float = 0.46,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return a wave of the cosine that does not quite reach 0. `(window_length,)`.

    >>> torch.hamming_window(4)
    tensor([0.0800, 0.5400, 1.0000, 0.5400])
    """

    def shape(points: Tensor, last: int) -> Tensor:
        return raised_cosine(points, last, alpha, beta)

    return window("hamming_window", window_length, periodic, dtype, device, requires_grad, shape)


@function
def blackman_window(
    window_length: int,
    periodic: bool = True,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return a sum of two cosines, flatter at its ends than Hann's. `(window_length,)`.

    >>> torch.blackman_window(6)[1:4]
    tensor([0.1300, 0.6300, 1.0000])
    """

    def shape(points: Tensor, last: int) -> Tensor:
        points = points.mul_(pi / last)
        return points.mul(4).cos_().mul_(0.08).sub_(points.mul(2).cos_().mul_(0.5)).add_(0.42)

    return window("blackman_window", window_length, periodic, dtype, device, requires_grad, shape)


@function
def bartlett_window(
    window_length: int,
    periodic: bool = True,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return a triangle. `(window_length,)`.

    >>> torch.bartlett_window(5, periodic=False)
    tensor([0.0000, 0.5000, 1.0000, 0.5000, 0.0000])
    """

    def shape(points: Tensor, last: int) -> Tensor:
        points = points.mul_(2 / last)
        half = last // 2 + 1
        rest = points.narrow(0, half, points.size(0) - half)
        rest.mul_(-1).add_(2)
        return points

    return window("bartlett_window", window_length, periodic, dtype, device, requires_grad, shape)


@function
def kaiser_window(
    window_length: int,
    periodic: bool = True,
    beta: float = 12.0,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return Kaiser's window: a Bessel function over a half circle. `(window_length,)`.

    >>> torch.kaiser_window(5, periodic=False, beta=3.0)
    tensor([0.2049, 0.7269, 1.0000, 0.7269, 0.2049])
    """

    def shape(points: Tensor, last: int) -> Tensor:
        half = points.new_full((), last / 2)
        across = (points - half) / half
        inside = maximum(1 - across.square(), across.new_zeros(()))
        return i0(beta * inside.sqrt()) / i0(points.new_full((), beta))

    return window("kaiser_window", window_length, periodic, dtype, device, requires_grad, shape)
