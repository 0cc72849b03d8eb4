"""Normalization: numbers of mean 0 and variance 1, over the batch, the features, or groups.

All do the same: subtract the mean, divide by the standard deviation, then scale and shift by
what is learned. They differ in over which elements mean and variance are taken.

Every element moves its mean and variance, and with them all others, so the gradient of an
element is what is left of it after its mean, and its part along the result, are taken out:
`rstd * (g - mean(g) - y * mean(g * y))`.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence

from ...dtypes import FLOATING, finfo, float32
from ...elementwise.rules import working
from ...gradmode import no_grad
from ...graph import differentiable
from ...shapes import listed
from ...tensor import Tensor
from .padding import constant_pad_nd

__all__ = [
    "group_norm",
    "layer_norm",
    "local_response_norm",
    "normalize",
    "rms_norm",
]


def moments(x: Tensor, dims: Sequence[int], eps: float) -> tuple[Tensor, Tensor, Tensor]:
    """Return mean and variance over some dimensions in double precision, and 1 / deviation."""
    wide = x.detach().double()
    mean = wide.mean(dims, keepdim=True)
    variance = (wide - mean).square().mean(dims, keepdim=True)
    return mean, variance, (variance + eps).rsqrt()


def affine(y: Tensor, weight: Tensor | None, bias: Tensor | None) -> Tensor:
    """Return `y * weight + bias`, as far as there are any."""
    y = y if weight is None else y * weight
    return y if bias is None else y + bias


def by_line(
    x: Tensor, mean: Tensor, rstd: Tensor, weight: Tensor | None, bias: Tensor | None
) -> Tensor:
    """Return `x * a + b`, with a and b made of all that is the same for a channel."""
    mean, rstd = mean.to(x.dtype), rstd.to(x.dtype)
    a = rstd if weight is None else rstd * weight
    b = -(mean * a) if bias is None else bias - mean * a
    return x * a + b


def normalized(
    x: Tensor,
    dims: Sequence[int],
    weight: Tensor | None,
    bias: Tensor | None,
    eps: float,
    name: str,
) -> Tensor:
    """Return x standardized over some dimensions, scaled and shifted, as one node.

    Args:
        x: the input.
        dims: over which mean and variance are taken.
        weight: shaped so that it broadcasts, or None.
        bias: the same.
        eps: keeps the divisor from 0.
        name: of the node.
    """
    with no_grad():
        mean, _, rstd = moments(x, dims, eps)
        if name == "NativeLayerNormBackward0":
            y = (x - mean.to(x.dtype)) * rstd.to(x.dtype)
            result = affine(y, weight, bias).to(x.dtype)
        else:
            result = by_line(x, mean, rstd, weight, bias).to(x.dtype)

    def to_input(grad: Tensor, x: Tensor, weight: Tensor | None) -> Tensor:
        mean = x.mean(dims, keepdim=True)
        centred = x - mean
        rstd = (centred.square().mean(dims, keepdim=True) + eps).rsqrt()
        y = centred * rstd
        g = grad if weight is None else grad * weight
        along = (g * y).mean(dims, keepdim=True)
        return rstd * (g - g.mean(dims, keepdim=True) - y * along)

    def to_weight(grad: Tensor, x: Tensor) -> Tensor:
        mean = x.mean(dims, keepdim=True)
        centred = x - mean
        return grad * centred * (centred.square().mean(dims, keepdim=True) + eps).rsqrt()

    return differentiable(
        result,
        name,
        (x, weight, bias),
        backward=((to_input, x, weight), (to_weight, x), lambda grad: grad),
    )


def check_shapes(
    name: str,
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None,
    bias: Tensor | None,
    star: str,
) -> None:
    """Raise where the last dimensions of the input are not those to normalize over."""
    shape = listed(normalized_shape)
    if not normalized_shape:
        raise RuntimeError(
            "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one "
            "element, but got normalized_shape = []"
        )
    for what, given in (("weight", weight), ("bias", bias)):
        if given is not None and list(given._size) != list(normalized_shape):
            raise RuntimeError(
                f"Expected {what} to be of same shape as normalized_shape, but got {what} of shape "
                f"{listed(given._size)} and normalized_shape = {shape}"
            )
    if list(input._size[-len(normalized_shape) :]) != list(normalized_shape):
        sizes = ", ".join(map(str, normalized_shape))
        raise RuntimeError(
            f"Given normalized_shape={shape}, expected input with shape [*{star}{sizes}], but got "
            f"input of size{listed(input._size)}"
        )


def check_mixed(input: Tensor, *parameters: Tensor | None) -> None:
    """Raise for parameters of another type than the input; floats go with halves."""
    kinds = [p.dtype for p in parameters if p is not None]
    if all(kind is input.dtype for kind in kinds):
        return
    if any(kind is not float32 for kind in kinds):
        raise RuntimeError("mixed dtype (CPU): expect parameter to have scalar type of Float")
    if input.dtype.itemsize != 2:
        raise RuntimeError("mixed dtype (CPU): all inputs must share same datatype.")


def layer_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Return each sample with mean 0 and variance 1 over its last dimensions. `(*, D)`.

    >>> torch.nn.functional.layer_norm(torch.tensor([[1.0, 2.0, 3.0]]), (3,))
    tensor([[-1.2247,  0.0000,  1.2247]])

    Args:
        input: of a floating type.
        normalized_shape: the sizes of the last dimensions.
        weight: what to multiply with, of that shape.
        bias: what to add, of that shape.
        eps: keeps the divisor from 0.

    Raises:
        RuntimeError: shapes that do not fit.
    """
    check_shapes("layer_norm", input, normalized_shape, weight, bias, ", ")
    if input.dtype.category != FLOATING:
        raise NotImplementedError(
            f"\"LayerNormKernelImpl\" not implemented for '{input.dtype.scalar_name}'"
        )
    check_mixed(input, weight, bias)
    dims = list(range(-len(normalized_shape), 0))
    return normalized(input, dims, weight, bias, eps, "NativeLayerNormBackward0")


def channel_shape(p: Tensor | None, ndim: int) -> Tensor | None:
    """Return a parameter of the channels, shaped so that it broadcasts."""
    return p if p is None or ndim < 2 else p.view([1, -1] + [1] * (ndim - 2))


def group_norm(
    input: Tensor,
    num_groups: int,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Return each group of channels of a sample with mean 0 and variance 1. `(N, C, *)`.

    Args:
        input: of a floating type.
        num_groups: in how many groups the channels are dealt with.
        weight: what to multiply with, `(C,)`.
        bias: what to add, `(C,)`.
        eps: keeps the divisor from 0.

    Raises:
        RuntimeError: channels that cannot be grouped so.
    """
    size = input._size
    if input.dim() < 2:
        raise RuntimeError(
            f"Expected at least 2 dimensions for input tensor but received {input.dim()}"
        )
    values = math.prod((size[0] * size[1] // num_groups, num_groups, *size[2:])) // num_groups
    if values == 1:
        shown = [size[0] * size[1] // num_groups, num_groups, *size[2:]]
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {shown}"
        )
    if size[1] % num_groups:
        raise RuntimeError(
            "Expected number of channels in input to be divisible by num_groups, but got input of "
            f"shape {listed(size)} and num_groups={num_groups}"
        )
    for name, given in (("weight", weight), ("bias", bias)):
        if given is not None and list(given._size) != [size[1]]:
            raise RuntimeError(
                f"Expected {name} to be a vector of size equal to the number of channels in "
                f"input, but got {name} of shape {listed(given._size)} and input of shape "
                f"{listed(size)}"
            )
    check_mixed(input, weight, bias)
    shape = (size[0], num_groups, size[1] // num_groups, *size[2:])
    dims = list(range(2, len(shape)))
    return grouped(input, shape, dims, weight, bias, eps)


def grouped(
    input: Tensor,
    shape: Sequence[int],
    dims: Sequence[int],
    weight: Tensor | None,
    bias: Tensor | None,
    eps: float,
) -> Tensor:
    """Return the input normalized under another shape, as one node."""
    size, ndim = input._size, input.dim()
    shaped = [
        None if p is None else p.detach().view(1, shape[1], shape[2], *(1,) * (ndim - 2))
        for p in (weight, bias)
    ]
    with no_grad():
        x = input.detach().reshape(shape)
        mean, _, rstd = moments(x, dims, eps)
        result = by_line(x, mean, rstd, *shaped).to(input.dtype).reshape(size)

    def hat(x: Tensor) -> tuple[Tensor, Tensor]:
        x = x.reshape(shape)
        centred = x - x.mean(dims, keepdim=True)
        rstd = (centred.square().mean(dims, keepdim=True) + eps).rsqrt()
        return centred * rstd, rstd

    def to_input(grad: Tensor, x: Tensor, weight: Tensor | None) -> Tensor:
        y, rstd = hat(x)
        g = grad if weight is None else grad * channel_shape(weight, ndim)
        g = g.reshape(shape)
        along = (g * y).mean(dims, keepdim=True)
        return (rstd * (g - g.mean(dims, keepdim=True) - y * along)).reshape(size)

    def to_weight(grad: Tensor, x: Tensor) -> Tensor:
        y, _ = hat(x)
        return (grad * y.reshape(size)).sum([d for d in range(ndim) if d != 1])

    return differentiable(
        result,
        "NativeGroupNormBackward0",
        (input, weight, bias),
        backward=(
            (to_input, input, weight),
            (to_weight, input),
            lambda grad: grad.sum([d for d in range(ndim) if d != 1]),
        ),
    )


def rms_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    eps: float | None = None,
) -> Tensor:
    """Return each sample over the root of its mean square. `(*, D)`.

    As `layer_norm`, without subtracting a mean.

    >>> torch.nn.functional.rms_norm(torch.tensor([[3.0, 4.0]]), (2,))
    tensor([[0.8485, 1.1314]])

    Args:
        input: of a floating type.
        normalized_shape: the sizes of the last dimensions.
        weight: what to multiply with, of that shape.
        eps: added to the mean square; the type's own if None.
    """
    check_shapes("rms_norm", input, normalized_shape, weight, None, "")
    if weight is not None and weight.dtype is not input.dtype:
        kinds = f"input dtype = {input.dtype.cpp_name}, weight dtype = {weight.dtype.cpp_name}"
        warnings.warn(
            f"Mismatch dtype between input and weight: {kinds}, Cannot dispatch to fused "
            "implementation. (Triggered internally at "
            "/__w/pytorch/pytorch/aten/src/ATen/native/layer_norm.cpp:346.)",
            UserWarning,
            stacklevel=2,
        )
    kind = working(input.dtype)
    dims = list(range(-len(normalized_shape), 0))
    wide = input.to(kind)
    eps = finfo(kind).eps if eps is None else eps
    found = wide * (wide.pow(2).mean(dims, keepdim=True) + eps).rsqrt()
    return (found if weight is None else found * weight).to(input.dtype)


def local_response_norm(
    input: Tensor, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> Tensor:
    """Return each element over a power of the squares of its neighbours among the channels.

    Args:
        input: `(N, C, *)`.
        size: how many channels count.
        alpha: a factor of their mean square.
        beta: the power.
        k: what is added first.
    """
    if input.dim() < 3:
        raise ValueError(
            f"Expected 3D or higher dimensionality                          input (got "
            f"{input.dim()} dimensions)"
        )
    if not input.numel():
        return input
    margins = [0, 0] * (input.dim() - 2) + [size // 2, (size - 1) // 2]
    squares = constant_pad_nd(input * input, margins)
    total = squares.narrow(1, 0, input.size(1))
    for at in range(1, size):
        total = total + squares.narrow(1, at, input.size(1))
    return input / (total / size * alpha + k).pow(beta)


def normalize(
    input: Tensor,
    p: float = 2.0,
    dim: int = 1,
    eps: float = 1e-12,
    out: Tensor | None = None,
) -> Tensor:
    """Return vectors over their norm, so that they have length 1. `(*)` to `(*)`.

    >>> torch.nn.functional.normalize(torch.tensor([[3.0, 4.0]]))
    tensor([[0.6000, 0.8000]])

    Args:
        input: vectors along a dimension.
        p: which norm.
        dim: the dimension.
        eps: the least divisor.
        out: a tensor to write the result to.
    """
    length = input.norm(p, dim, keepdim=True).clamp_min(eps).expand_as(input)
    return input / length if out is None else out.copy_(input / length)
