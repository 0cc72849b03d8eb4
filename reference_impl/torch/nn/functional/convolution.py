"""Convolutions: one small weight applied at every place.

Three numbers meet in each multiplication: one of the input x, one of the weight w, one of
the output y. Forward sums over pairs of x and w; the gradient of x sums over pairs of w and
the gradient of y, the gradient of w over pairs of x and the gradient of y. So there are
three operations, `correlation`, `spreading` and `weighing`; the gradients of each are the
other two, and a transposed convolution is `spreading` used forward.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

from ...dtypes import BOOL, bfloat16, float32
from ...graph import differentiable
from ...operators import function
from ...shapes import listed
from ...tensor import Tensor, fresh
from ...tensorbase import numbers
from .convolution_kernels import Geometry, correlated, spread, weighed
from .padding import constant_pad_nd

__all__ = [
    "conv1d",
    "conv2d",
    "conv3d",
]

BEGIN = "Tensor input, Tensor weight, Tensor bias = None, tuple of ints stride = 1, "
END = ", tuple of ints dilation = 1, int groups = 1"
OVERLOADS = (
    f"{BEGIN}tuple of ints padding = 0{END}",
    f'{BEGIN}str padding = "valid"{END}',
)
UNEVEN = (
    "Using padding='same' with even kernel lengths and odd dilation may require a zero-padded "
    "copy of the input be created (Triggered internally at "
    "/__w/pytorch/pytorch/aten/src/ATen/native/Convolution.cpp:1101.)"
)

Several = int | Sequence[int]
told: set[str] = set()


def correlation(x: Tensor, w: Tensor, g: Geometry, bias: Tensor | None = None) -> Tensor:
    """Return y from x and w, and record it as a convolution."""
    values = correlated(numbers(x), numbers(w), None if bias is None else numbers(bias), g, x.dtype)
    return differentiable(
        fresh(values, (g.batch, g.outputs, *g.out), x.dtype),
        "ConvolutionBackward0",
        (x, w, bias),
        backward=(
            (lambda grad, w: spreading(grad, w, g), w),
            (lambda grad, x: weighing(x, grad, g), x),
            total_by_channel,
        ),
    )


def spreading(y: Tensor, w: Tensor, g: Geometry, bias: Tensor | None = None) -> Tensor:
    """Return x from y and w: the gradient of a convolution's input, or a transposed one."""
    values = spread(numbers(y), numbers(w), g, y.dtype)
    found = fresh(values, (g.batch, g.channels, *g.size), y.dtype)
    if bias is not None:
        shape = (g.channels,) + (1,) * len(g.size)
        found = found + bias.detach().view(shape)
    return differentiable(
        found,
        "ConvolutionBackward0",
        (y, w, bias),
        backward=(
            (lambda grad, w: correlation(grad, w, g), w),
            (lambda grad, y: weighing(grad, y, g), y),
            total_by_channel,
        ),
    )


def weighing(x: Tensor, y: Tensor, g: Geometry) -> Tensor:
    """Return w from x and y: the gradient of a convolution's weight."""
    values = weighed(numbers(x), numbers(y), g, x.dtype)
    return differentiable(
        fresh(values, (g.outputs, g.channels // g.groups, *g.kernel), x.dtype),
        "ConvolutionBackwardBackward0",
        (x, y),
        backward=(
            (lambda grad, y: spreading(y, grad, g), y),
            (lambda grad, x: correlation(x, grad, g), x),
        ),
    )


def total_by_channel(grad: Tensor) -> Tensor:
    """Return the gradient of a bias, which every place of its channel received."""
    return grad.sum([d for d in range(grad.dim()) if d != 1])


def spelt(value: Several, count: int) -> Sequence[int]:
    """Return one number for each dimension that the operator's name stands for."""
    return (value,) * count if isinstance(value, int) else value


def each(name: str, value: Sequence[int], count: int) -> tuple[int, ...]:
    """Return one number a dimension of the weight; one for all is repeated."""
    values = tuple(value)
    if len(values) == 1:
        return values * count
    if len(values) != count:
        raise RuntimeError(
            f"expected {name} to be a single integer value or a list of {count} values to match "
            f"the convolution dimensions, but got {name}={listed(values)}"
        )
    return values


def check(
    x: Tensor, w: Tensor, bias: Tensor | None, g: Geometry, output_padding: Sequence[int] | None
) -> None:
    """Raise torch's error for a convolution that cannot be.

    Args:
        x: the input, with a batch dimension.
        w: the weight.
        bias: the bias.
        g: the geometry as far as it is known.
        output_padding: of a transposed convolution; None for an ordinary one.
    """
    shape, ndim, groups = listed(w._size), w.dim(), g.groups
    transposed = output_padding is not None
    if min(g.padding) < 0:
        raise RuntimeError("negative padding is not supported")
    if transposed and min(output_padding) < 0:
        raise RuntimeError("negative output_padding is not supported")
    if min(g.stride) <= 0:
        raise RuntimeError("non-positive stride is not supported")
    if min(g.dilation) < 0:
        raise RuntimeError("dilation should be greater than zero")
    if min(g.dilation) == 0:
        shown = (1, *g.dilation) if len(g.dilation) == 1 else g.dilation
        raise RuntimeError(f"dilation should be greater than zero, but got {listed(shown)}")
    if groups <= 0:
        raise RuntimeError("non-positive groups is not supported")
    if x.dim() != ndim:
        raise RuntimeError(
            f"Expected {ndim}-dimensional input for {ndim}-dimensional weight {shape}, but got "
            f"{x.dim()}-dimensional input of size {listed(x._size)} instead"
        )
    if w._size[0] < groups:
        raise RuntimeError(
            f"Given groups={groups}, expected weight to be at least {groups} at dimension 0, but "
            f"got weight of size {shape} instead"
        )
    if w._size[0] % groups:
        raise RuntimeError(
            f"Given groups={groups}, expected weight to be divisible by {groups} at dimension 0, "
            f"but got weight of size [{shape}] instead"
        )
    inputs = w._size[0] if transposed else w._size[1] * groups
    outputs = w._size[1] * groups if transposed else w._size[0]
    given = f"transposed={groups}" if transposed else f"groups={groups}"
    if x._size[1] != inputs:
        raise RuntimeError(
            f"Given {given}, weight of size {shape}, expected input{listed(x._size)} to have "
            f"{inputs} channels, but got {x._size[1]} channels instead"
        )
    if bias is not None and tuple(bias._size) != (outputs,):
        given = f"Given {given}, " if transposed else "Given "
        raise RuntimeError(
            f"{given}weight of size {shape}, expected bias to be 1-dimensional with {outputs} "
            f"elements, but got bias of size {listed(bias._size)} instead"
        )
    if 0 in g.kernel:
        rows, columns = (1, *g.kernel)[-2:]
        raise RuntimeError(
            "kernel size should be greater than zero, but got "
            f"kernel_height: {rows} kernel_width: {columns}"
        )
    if not transposed:
        check_reach(x, g)


def check_reach(x: Tensor, g: Geometry) -> None:
    """Raise if the kernel is larger than the padded input."""
    room = [n + 2 * p for n, p in zip(x._size[2:], g.padding, strict=True)]
    reach = [d * (k - 1) + 1 for k, d in zip(g.kernel, g.dilation, strict=True)]
    if any(r > n or n == 0 for r, n in zip(reach, room, strict=True)):
        shown, needed = (" x ".join(map(str, sizes)) for sizes in (room, reach))
        raise RuntimeError(
            f"Calculated padded input size per channel: ({shown}). Kernel size: ({needed}). "
            "Kernel size can't be greater than actual input size"
        )


def check_types(x: Tensor, w: Tensor, bias: Tensor | None) -> None:
    """Raise if input, weight and bias are of different types."""
    if bias is not None and bias.dtype is not x.dtype:
        raise RuntimeError(
            f"Input type ({x.dtype.cpp_name}) and bias type ({bias.dtype.cpp_name}) should be the "
            "same"
        )
    if w.dtype is not x.dtype and x.dtype in (float32, bfloat16):
        raise RuntimeError(
            f"Input type ({x.type()}) and weight type ({w.type()}) should be the same or input "
            "should be a MKLDNN tensor and weight is a dense tensor"
        )
    if w.dtype is not x.dtype:
        raise RuntimeError(
            f"expected scalar type {x.dtype.scalar_name} but found {w.dtype.scalar_name}"
        )
    if x.dtype.category == BOOL:
        raise NotImplementedError("\"slow_conv2d_cpu\" not implemented for 'Bool'")


def batched(input: Tensor, weight: Tensor, count: int, name: str) -> Tensor:
    """Return the input with a batch dimension."""
    if input.dim() not in (count + 1, count + 2):
        raise RuntimeError(
            f"Expected {count + 1}D (unbatched) or {count + 2}D (batched) input to {name}, but got "
            f"input of size: {listed(input._size)}"
        )
    if weight.dim() < 3:
        raise RuntimeError("weight should have at least three dimensions")
    return input.unsqueeze(0) if input.dim() == count + 1 else input


def convolved(
    name: str,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Several,
    padding: Several | str,
    dilation: Several,
    groups: int,
) -> Tensor:
    """Return a convolution over as many dimensions as its name says."""
    count = int(name[-2])
    x = batched(input, weight, count, name)
    dims = weight.dim() - 2
    stride, dilation = spelt(stride, count), spelt(dilation, count)
    kernel = tuple(weight._size[2:])
    if isinstance(padding, str):
        if x.dim() != weight.dim():
            raise RuntimeError(
                f"Expected {weight.dim()}-dimensional input for {weight.dim()}-dimensional weight"
                f"{listed(weight._size)}, but got {x.dim()}-dimensional input of size "
                f"{listed(x._size)} instead"
            )
        x, padding = named_padding(x, padding, kernel, stride, dilation)
    stride = each("stride", stride, dims)
    dilation = each("dilation", dilation, dims)
    padding = each("padding", spelt(padding, count), dims)
    g = Geometry(
        x._size[0],
        x._size[1],
        weight._size[0],
        groups,
        tuple(x._size[2:]),
        (),
        kernel,
        stride,
        padding,
        dilation,
    )
    check(x, weight, bias, g, None)
    check_types(x, weight, bias)
    g = g._replace(
        out=tuple(
            (n + 2 * p - d * (k - 1) - 1) // s + 1
            for n, p, d, k, s in zip(g.size, padding, dilation, kernel, stride, strict=True)
        )
    )
    y = correlation(x, weight, g, bias)
    return y.squeeze(0) if input.dim() == count + 1 else y


def named_padding(
    x: Tensor,
    name: str,
    kernel: Sequence[int],
    stride: Sequence[int],
    dilation: Sequence[int],
) -> tuple[Tensor, tuple[int, ...]]:
    """Return the input and the padding that `same` or `valid` stands for.

    An output of the input's size may need a margin larger by one on one side; that one is
    put on the input itself.
    """
    if name == "valid":
        return x, (0,) * len(kernel)
    if name != "same":
        raise RuntimeError(f"Invalid padding string: '{name}'")
    if any(s != 1 for s in stride):
        raise RuntimeError("padding='same' is not supported for strided convolutions")
    total = [
        d * (k - 1) for k, d in zip(kernel, each("dilation", dilation, len(kernel)), strict=True)
    ]
    if any(n % 2 for n in total):
        if UNEVEN not in told:
            told.add(UNEVEN)  # once a process, as torch
            warnings.warn(UNEVEN, UserWarning, stacklevel=5)
        x = constant_pad_nd(x, [m for n in reversed(total) for m in (0, n % 2)])
    return x, tuple(n // 2 for n in total)


@function(overloads=OVERLOADS)
def conv1d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] | str = 0,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> Tensor:
    """Slide a kernel along sequences. `(N, C, L)` with `(O, C / groups, K)` to `(N, O, L')`.

    At each place, every output channel is the sum of all the kernel sees, weighted; the same
    weights everywhere. `L' = (L + 2 * padding - dilation * (K - 1) - 1) // stride + 1`.

    >>> x = torch.tensor([[[1.0, 2.0, 4.0, 8.0]]])
    >>> torch.nn.functional.conv1d(x, torch.tensor([[[-1.0, 1.0]]]))
    tensor([[[1., 2., 4.]]])

    Args:
        input: `(N, C, L)`, or `(C, L)` without a batch. Channels come before places.
        weight: `(O, C / groups, K)`.
        bias: `(O,)`.
        stride: how far the kernel moves.
        padding: how many zeros to add on either side; `same` for an output of the input's
            length, `valid` for none.
        dilation: how far apart the kernel's places are.
        groups: in how many parts the channels are dealt with, each on its own.

    Raises:
        RuntimeError: channels that do not fit, or a kernel larger than the input.
    """
    return convolved("conv1d", input, weight, bias, stride, padding, dilation, groups)


@function(overloads=OVERLOADS)
def conv2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] | str = 0,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> Tensor:
    """Slide a kernel over images. `(N, C, H, W)` with `(O, C / groups, K1, K2)`; see `conv1d`.

    >>> x = torch.ones(1, 1, 3, 3)
    >>> torch.nn.functional.conv2d(x, torch.ones(1, 1, 2, 2), padding=(0, 1))
    tensor([[[[2., 4., 4., 2.],
              [2., 4., 4., 2.]]]])
    """
    return convolved("conv2d", input, weight, bias, stride, padding, dilation, groups)


@function(overloads=OVERLOADS)
def conv3d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] | str = 0,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> Tensor:
    """Slide a kernel through volumes. `(N, C, D, H, W)`; see `conv1d`."""
    return convolved("conv3d", input, weight, bias, stride, padding, dilation, groups)
