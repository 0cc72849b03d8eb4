"""Pooling by the mean of each window, or by another norm of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from ...dtypes import BOOL
from ...elementwise.rules import refuse
from ...graph import differentiable
from ...operators import function
from ...tensor import Tensor, fresh
from ...tensorbase import numbers
from .pooling import Several, check_input, each, windows_over
from .pooling_kernels import Windows, averaged, handed_back

__all__ = [
    "avg_pool1d",
    "avg_pool2d",
    "avg_pool3d",
    "lp_pool1d",
    "lp_pool2d",
    "lp_pool3d",
]


def averages(input: Tensor, windows: Windows, divisors: Sequence[int], name: str) -> Tensor:
    """Return the sum of each window over its divisor."""
    size = input._size
    shape = (*size[: len(size) - len(windows.size)], *windows.out)
    return differentiable(
        fresh(averaged(numbers(input), windows, divisors, input.dtype), shape, input.dtype),
        name,
        (input,),
        backward=lambda grad: shares(grad, size, windows, divisors, name),
    )


def shares(
    grad: Tensor, size: Sequence[int], windows: Windows, divisors: Sequence[int], name: str
) -> Tensor:
    """Return the gradient of averages: each window's is shared by its elements."""
    return differentiable(
        fresh(handed_back(numbers(grad), windows, divisors, grad.dtype), size, grad.dtype),
        name.replace("Backward0", "BackwardBackward0"),
        (grad,),
        backward=lambda again: averages(again, windows, divisors, name),
    )


def average_pooled(
    name: str,
    input: Tensor,
    kernel_size: Several,
    stride: Several | None,
    padding: Several,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None = None,
) -> Tensor:
    """Return means over sliding windows."""
    count = int(name[-2])
    check_input(input, name, count)
    if stride is None or (not isinstance(stride, int) and not len(stride)):
        stride = kernel_size
    given = (("kernel_size", kernel_size), ("stride", stride), ("padding", padding))
    kernel, stride, padding = (each(name, n, v, count) for n, v in given)
    if divisor_override == 0:
        raise RuntimeError("divisor must be not zero")
    g = (kernel, stride, padding, (1,) * count)
    windows = windows_over(input, name, g, ceil_mode)
    refuse(input.dtype, f"avg_pool{max(count, 2)}d_out_frame", BOOL)
    lengths = [
        [len(seen) for seen in ranges]
        if not count_include_pad
        else [min(i * s - p + k, n + p) - (i * s - p) for i in range(len(ranges))]
        for ranges, n, k, s, p in zip(
            windows.seen, windows.size, kernel, stride, padding, strict=True
        )
    ]
    divisors = [1]
    for row in lengths:
        divisors = [a * b for a in divisors for b in row]
    if divisor_override is not None:
        divisors = [divisor_override] * len(divisors)
    if count > 1:
        return averages(input, windows, divisors, f"AvgPool{count}DBackward0")
    whole = Windows((1, *windows.size), ((range(1),), *windows.seen))
    return averages(input.unsqueeze(-2), whole, divisors, "AvgPool2DBackward0").squeeze(-2)


@function
def avg_pool1d(
    input: Tensor,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    """Return the mean of each window. `(N, C, L)` to `(N, C, L')`.

    >>> torch.nn.functional.avg_pool1d(torch.tensor([[[1.0, 3.0, 2.0, 0.0]]]), 2)
    tensor([[[2., 1.]]])

    Args:
        input: `(N, C, L)` or `(C, L)`.
        kernel_size: of a window.
        stride: from window to window; the size of one if None.
        padding: zeros on either side.
        ceil_mode: whether a window may reach over the end.
        count_include_pad: whether zeros of the margin count.

    Raises:
        RuntimeError: windows that cannot be.
    """
    return average_pooled(
        "avg_pool1d", input, kernel_size, stride, padding, ceil_mode, count_include_pad
    )


@function
def avg_pool2d(
    input: Tensor,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Tensor:
    """Return the mean of each window. `(N, C, H, W)`; see `avg_pool1d`."""
    return average_pooled(
        "avg_pool2d",
        input,
        kernel_size,
        stride,
        padding,
        ceil_mode,
        count_include_pad,
        divisor_override,
    )


@function
def avg_pool3d(
    input: Tensor,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Tensor:
    """Return the mean of each window. `(N, C, D, H, W)`; see `avg_pool1d`."""
    return average_pooled(
        "avg_pool3d",
        input,
        kernel_size,
        stride,
        padding,
        ceil_mode,
        count_include_pad,
        divisor_override,
    )


def power_pooled(
    average: Callable,
    input: Tensor,
    norm_type: float,
    kernel_size: Several,
    stride: Several | None,
    ceil_mode: bool,
    count: int,
) -> Tensor:
    """Return the norm of each window."""
    elements = math.prod((kernel_size,) * count if isinstance(kernel_size, int) else kernel_size)
    found = average(input.pow(norm_type), kernel_size, stride, 0, ceil_mode)
    return (found.sign() * found.abs().relu()).mul(elements).pow(1.0 / norm_type)


def lp_pool1d(
    input: Tensor,
    norm_type: float,
    kernel_size: int,
    stride: Several | None = None,
    ceil_mode: bool = False,
) -> Tensor:
    """Return the norm of each window: the root of the sum of powers. `(N, C, L)`."""
    return power_pooled(avg_pool1d, input, norm_type, kernel_size, stride, ceil_mode, 1)


def lp_pool2d(
    input: Tensor,
    norm_type: float,
    kernel_size: Several,
    stride: Several | None = None,
    ceil_mode: bool = False,
) -> Tensor:
    """Return the norm of each window. `(N, C, H, W)`."""
    return power_pooled(avg_pool2d, input, norm_type, kernel_size, stride, ceil_mode, 2)


def lp_pool3d(
    input: Tensor,
    norm_type: float,
    kernel_size: Several,
    stride: Several | None = None,
    ceil_mode: bool = False,
) -> Tensor:
    """Return the norm of each window. `(N, C, D, H, W)`."""
    return power_pooled(avg_pool3d, input, norm_type, kernel_size, stride, ceil_mode, 3)
