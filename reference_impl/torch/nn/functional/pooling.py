"""Pooling: the largest element, or the mean, of each window."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ... import dtypes
from ...dtypes import BOOL, INTEGRAL
from ...elementwise.rules import refuse
from ...graph import differentiable
from ...shapes import listed
from ...tensor import Tensor, fresh
from ...tensorbase import numbers
from .pooling_kernels import Windows, largest

__all__ = [
    "max_pool1d",
    "max_pool1d_with_indices",
    "max_pool2d",
    "max_pool2d_with_indices",
    "max_pool3d",
    "max_pool3d_with_indices",
]

Several = int | Sequence[int]
COUNTS = {1: "one int", 2: "two ints", 3: "three ints"}


def maxima(input: Tensor, windows: Windows, name: str) -> tuple[Tensor, Tensor]:
    """Return the largest element of each window, and its place in the plane.

    The gradient of a maximum goes to the element that it is.
    """
    values, places = largest(numbers(input), windows, input.dtype)
    shape = (*input._size[: input.dim() - len(windows.size)], *windows.out)
    indices = fresh(places, shape, dtypes.int64)
    size, plane = input._size, math.prod(windows.size)
    lead = math.prod(size[: len(size) - len(windows.size)])

    def backward(grads: Sequence[Tensor]) -> Tensor:
        grad = grads[0].reshape(lead, -1)
        back = grad.new_zeros((lead, plane)).scatter_add(1, indices.view(lead, -1), grad)
        return back.view(size)

    found = (fresh(values, shape, input.dtype), indices)
    return differentiable(found, name, (input,), backward=backward)


def each(owner: str, name: str, value: Several | None, count: int) -> tuple[int, ...]:
    """Return one number a dimension."""
    values = (value,) if isinstance(value, int) else tuple(value)
    if len(values) not in (1, count):
        if count == 1:
            if owner.startswith("max"):
                raise RuntimeError(
                    f"{owner}() {name} must be an int, list of ints or tuple of ints of size 1 but "
                    f"got size {len(values)}"
                )
            raise RuntimeError(
                f"{owner}() argument '{name}' should contain one int (got {len(values)})"
            )
        what = "omitted, a single int" if name == "stride" else "a single int"
        raise RuntimeError(f"{owner}: {name} must either be {what}, or a tuple of {COUNTS[count]}")
    return values * count if len(values) == 1 else values


def how_many(n: int, k: int, s: int, p: int, d: int, ceil_mode: bool) -> int:
    """Return how many windows there are; the last one begins inside, or in the margin before."""
    room = n + 2 * p - d * (k - 1) - 1
    count = (room + (s - 1 if ceil_mode else 0)) // s + 1
    return count - 1 if ceil_mode and (count - 1) * s >= n + p else count


def check_input(input: Tensor, name: str, count: int) -> None:
    """Raise for an input of other dimensions, or without elements."""
    size = input._size
    dims = input.dim()
    if count == 1 and name.startswith("avg"):
        if dims not in (2, 3):
            raise RuntimeError(
                f"Expected 2 to 3 dimensions, but got {dims}-dimensional tensor for argument #1 "
                f"'self' (while checking arguments for {name})"
            )
    elif count == 1:
        if dims not in (2, 3) or 0 in size[-2:]:
            raise RuntimeError(
                f"{name}: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for "
                f"input, but got:{listed(size)}"
            )
    elif dims not in (count + 1, count + 2):
        if name.startswith("max") or count == 3:
            raise RuntimeError(
                f"non-empty {count + 1}D or {count + 2}D (batch mode) tensor expected for input"
            )
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-dims}, {dims - 1}], but got -3)"
        )


def check_filled(input: Tensor, name: str, count: int) -> None:
    """Raise for an input without elements, but for one of no samples."""
    size = input._size
    empty = [d for d in range(input.dim() - count - 1, input.dim()) if size[d] == 0]
    if empty and name == "max_pool3d":
        raise RuntimeError(
            "max_pool3d_with_indices_out_cpu_template(): Expected input's non-batch dimensions to "
            f"have positive length, but input has a shape of {listed(size)} and non-batch "
            f"dimension {size[empty[0]]} has length zero!"
        )
    if empty:
        shown = (*size[:-1], 1, size[-1]) if count == 1 else size
        lead = max(count, 2)
        raise RuntimeError(
            f"Expected {lead + 1}D or {lead + 2}D (batch mode) tensor with optional 0 dim batch "
            f"size for input, but got:{listed(shown)}"
        )


def check_max1d(g: tuple, n: int, ceil_mode: bool) -> None:
    """Raise what `max_pool1d` raises, in words of its own."""
    (k,), (s,), (p,), (d,) = g
    for name, value in (("kernel_size", k), ("stride", s)):
        if value <= 0:
            raise RuntimeError(f"max_pool1d() {name} must be greater than zero, but got {value}")
    if p < 0:
        raise RuntimeError(f"max_pool1d() padding must be non-negative, but got {p}")
    if p > k / 2:
        raise RuntimeError(
            "max_pool1d() padding should be at most half of kernel size, but got "
            f"padding={p} and kernel_size={k}"
        )
    if d <= 0:
        raise RuntimeError(f"max_pool1d() dilation must be greater than zero, but got {d}")
    out = how_many(n, k, s, p, d, ceil_mode)
    if out <= 0:
        raise RuntimeError(f"max_pool1d() Invalid computed output size: {out}")


def check_windows(input: Tensor, name: str, g: tuple, out: Sequence[int]) -> None:
    """Raise for windows that cannot be."""
    kernel, stride, padding, dilation = g
    if 0 in stride:
        raise RuntimeError("stride should not be zero")
    for p, k, d in zip(padding, kernel, dilation, strict=True):
        if p < 0:
            raise RuntimeError(f"pad must be non-negative, but got pad: {p}")
        if p > ((k - 1) * d + 1) / 2:
            raise RuntimeError(
                "pad should be at most half of effective kernel size, but got "
                f"pad={p}, kernel_size={k} and dilation={d}"
            )
    check_filled(input, name, len(kernel))
    if min(out) < 1:
        size = input._size[input.dim() - len(kernel) - 1 :]
        one = (1,) if len(kernel) == 1 else ()
        given, found = ("x".join(map(str, (size[0], *one, *sizes))) for sizes in (size[1:], out))
        raise RuntimeError(
            f"Given input size: ({given}). Calculated output size: ({found}). Output size is too "
            "small"
        )


def windows_over(input: Tensor, name: str, g: tuple, ceil_mode: bool) -> Windows:
    """Return the windows of a kernel that slides, margins left out."""
    kernel, stride, padding, dilation = g
    size = tuple(input._size[input.dim() - len(kernel) :])
    if 0 in stride:
        raise RuntimeError("stride should not be zero")
    if min(dilation) <= 0:
        names = ("dilationT", "dilationH", "dilationW")[-len(dilation) :]
        shown = " ".join(f"{n}: {d}" for n, d in zip(names, dilation, strict=True))
        raise RuntimeError(f"dilation should be greater than zero, but got {shown}")
    parts = list(zip(size, kernel, stride, padding, dilation, strict=True))
    check_windows(input, name, g, [how_many(*part, ceil_mode) for part in parts])
    return Windows(
        size,
        tuple(
            tuple(clipped(i * s - p, k, d, n) for i in range(how_many(n, k, s, p, d, ceil_mode)))
            for n, k, s, p, d in parts
        ),
    )


def clipped(start: int, k: int, d: int, n: int) -> range:
    """Return the places of one window that are not in a margin."""
    stop = min(start + (k - 1) * d + 1, n)
    return range(start if start >= 0 else start + -(start // d) * d, stop, d)


def pooled(
    name: str,
    input: Tensor,
    kernel_size: Several,
    stride: Several | None,
    padding: Several,
    dilation: Several,
    ceil_mode: bool,
    return_indices: bool,
) -> tuple[Tensor, Tensor]:
    """Return maxima over sliding windows, and their places."""
    count = int(name[-2])
    check_input(input, name, count)
    if stride is None or (not isinstance(stride, int) and not len(stride)):
        stride = kernel_size
    given = (("kernel_size", kernel_size), ("stride", stride), ("padding", padding))
    g = tuple(each(name, n, v, count) for n, v in (*given, ("dilation", dilation)))
    if count == 1 and not return_indices:
        check_max1d(g, input._size[-1], ceil_mode)
    windows = windows_over(input, name, g, ceil_mode)
    if count == 1:
        refuse(input.dtype, "max_pool1d_impl", BOOL, INTEGRAL)
        return in_two_dims(input, windows, "MaxPool2DWithIndicesBackward0")
    refuse(input.dtype, f"max_pool{count}d", BOOL)
    return maxima(input, windows, f"MaxPool{count}DWithIndicesBackward0")


def in_two_dims(input: Tensor, windows: Windows, name: str) -> tuple[Tensor, Tensor]:
    """Return maxima along sequences, seen as images of one row, as torch does it."""
    whole = Windows((1, *windows.size), ((range(1),), *windows.seen))
    found, indices = maxima(input.unsqueeze(-2), whole, name)
    return found.squeeze(-2), indices.squeeze(-2)


def max_pool1d_with_indices(
    input: Tensor,
    kernel_size: Several,
    stride: Several | None = None,
    padding: Several = 0,
    dilation: Several = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """Return what `max_pool1d` returns, and the places of the maxima."""
    return pooled("max_pool1d", input, kernel_size, stride, padding, dilation, ceil_mode, True)


def max_pool1d(
    input: Tensor,
    kernel_size: Several,
    stride: Several | None = None,
    padding: Several = 0,
    dilation: Several = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest element of each window. `(N, C, L)` to `(N, C, L')`.

    The gradient goes to the elements that were largest; the others have none.

    >>> torch.nn.functional.max_pool1d(torch.tensor([[[1.0, 3.0, 2.0, 0.0]]]), 2)
    tensor([[[3., 2.]]])

    Args:
        input: `(N, C, L)` or `(C, L)`.
        kernel_size: of a window.
        stride: from window to window; the size of one if None.
        padding: on either side, never largest.
        dilation: how far apart the places of a window are.
        ceil_mode: whether a window may reach over the end.
        return_indices: whether to return the places of the maxima, too.

    Raises:
        RuntimeError: windows that cannot be.
    """
    found = pooled(
        "max_pool1d", input, kernel_size, stride, padding, dilation, ceil_mode, return_indices
    )
    return found if return_indices else found[0]


def max_pool2d_with_indices(
    input: Tensor,
    kernel_size: Several,
    stride: Several | None = None,
    padding: Several = 0,
    dilation: Several = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """Return what `max_pool2d` returns, and the places of the maxima."""
    return pooled("max_pool2d", input, kernel_size, stride, padding, dilation, ceil_mode, True)


def max_pool2d(
    input: Tensor,
    kernel_size: Several,
    stride: Several | None = None,
    padding: Several = 0,
    dilation: Several = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest element of each window. `(N, C, H, W)`; see `max_pool1d`."""
    found = pooled(
        "max_pool2d", input, kernel_size, stride, padding, dilation, ceil_mode, return_indices
    )
    return found if return_indices else found[0]


def max_pool3d_with_indices(
    input: Tensor,
    kernel_size: Several,
    stride: Several | None = None,
    padding: Several = 0,
    dilation: Several = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """Return what `max_pool3d` returns, and the places of the maxima."""
    return pooled("max_pool3d", input, kernel_size, stride, padding, dilation, ceil_mode, True)


def max_pool3d(
    input: Tensor,
    kernel_size: Several,
    stride: Several | None = None,
    padding: Several = 0,
    dilation: Several = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest element of each window. `(N, C, D, H, W)`; see `max_pool1d`."""
    found = pooled(
        "max_pool3d", input, kernel_size, stride, padding, dilation, ceil_mode, return_indices
    )
    return found if return_indices else found[0]
