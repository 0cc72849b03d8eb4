"""Normalization of channels: over the batch, or in each sample; with running mean and variance."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...dtypes import float32
from ...gradmode import no_grad
from ...graph import differentiable
from ...tensor import Tensor
from .normalization import by_line, channel_shape, check_mixed, moments, normalized

__all__ = [
    "batch_norm",
    "instance_norm",
]


def batch_norm(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Return each channel with mean 0 and variance 1 over the batch. `(N, C, *)`.

    In training, mean and variance are those of the batch, and the running ones move towards
    them; else the running ones are used.

    >>> x = torch.tensor([[1.0], [3.0]])
    >>> torch.nn.functional.batch_norm(x, None, None, training=True)
    tensor([[-1.0000],
            [ 1.0000]])

    Args:
        input: of a floating type.
        running_mean: `(C,)`, changed in training.
        running_var: `(C,)`, changed in training.
        weight: what to multiply with, `(C,)`.
        bias: what to add, `(C,)`.
        training: whether to use the batch's own mean and variance.
        momentum: how far the running ones move.
        eps: keeps the divisor from 0.

    Raises:
        ValueError: in training, one value a channel; an `eps` that does not do its work.
        RuntimeError: parameters of another size.
    """
    size, ndim = input._size, input.dim()
    if training and math.prod(size) // max(size[1] if ndim > 1 else 1, 1) == 1:
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {size}"
        )
    if training and eps <= 0.0:
        raise ValueError(f"batch_norm eps must be positive during training, but got {eps}")
    if eps < 0.0:
        raise ValueError(f"batch_norm eps must be non-negative, but got {eps}")
    if not training:
        for name, given in (("running_mean", running_mean), ("running_var", running_var)):
            if given is None:
                raise RuntimeError(f"{name} must be defined in evaluation mode")
    channels = size[1] if ndim > 1 else 0
    for name, given in (
        ("running_mean", running_mean),
        ("running_var", running_var),
        ("weight", weight),
        ("bias", bias),
    ):
        if given is not None and given.numel() != channels:
            raise RuntimeError(f"{name} should contain {channels} elements not {given.numel()}")
    check_mixed(input, weight, bias)
    if weight is bias is None and input.dtype is not float32:
        check_mixed(input, running_mean, running_var)
    w, b = channel_shape(weight, ndim), channel_shape(bias, ndim)
    if 0 in size:
        found = input.clone()
        found = found if weight is None else found * weight.select(0, 0)
        return found if bias is None else found + bias.select(0, 0)
    if not training:
        return by_running(input, running_mean, running_var, w, b, eps)
    dims = [d for d in range(ndim) if d != 1]
    if running_mean is not None or running_var is not None:
        move_running(input, running_mean, running_var, dims, momentum, eps)
    return normalized(input, dims, w, b, eps, "NativeBatchNormBackward0")


def move_running(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    dims: Sequence[int],
    momentum: float,
    eps: float,
) -> None:
    """Move the running mean and variance towards the batch's."""
    count = math.prod(input._size[d] for d in dims)
    with no_grad():
        mean, variance, _ = moments(input, dims, eps)
        unbiased = variance * (count / (count - 1) if count > 1 else math.nan)
        for running, found in ((running_mean, mean), (running_var, unbiased)):
            if running is not None:
                found = found.flatten() * momentum + running.double() * (1 - momentum)
                running.copy_(found.to(running.dtype))


def by_running(
    input: Tensor,
    mean: Tensor,
    variance: Tensor,
    weight: Tensor | None,
    bias: Tensor | None,
    eps: float,
) -> Tensor:
    """Return the input standardized by a given mean and variance: a linear map a channel."""
    ndim = input.dim()
    mean, variance = (channel_shape(p.detach(), ndim) for p in (mean, variance))
    with no_grad():
        rstd = (variance.double() + eps).rsqrt()
        result = by_line(input, mean, rstd, weight, bias).to(input.dtype)
    slope = rstd.to(input.dtype)
    return differentiable(
        result,
        "NativeBatchNormBackward0",
        (input, weight, bias),
        backward=(
            (lambda grad, w: (grad if w is None else grad * w) * slope, weight),
            (lambda grad, x: grad * (x - mean) * slope, input),
            lambda grad: grad,
        ),
    )


def instance_norm(
    input: Tensor,
    running_mean: Tensor | None = None,
    running_var: Tensor | None = None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Return each channel of each sample with mean 0 and variance 1. `(N, C, *)`.

    This is `batch_norm` of one sample with N * C channels.

    Args:
        input: of a floating type.
        running_mean: `(C,)`, changed if the input's own are used.
        running_var: `(C,)`, changed if the input's own are used.
        weight: what to multiply with, `(C,)`.
        bias: what to add, `(C,)`.
        use_input_stats: whether to use the input's own mean and variance.
        momentum: how far the running ones move.
        eps: keeps the divisor from 0.

    Raises:
        ValueError: one value a channel.
    """
    size = input._size
    if use_input_stats and math.prod(size[2:]) == 1:
        raise ValueError(
            f"Expected more than 1 spatial element when training, got input size {size}"
        )
    samples, channels = size[:2]
    repeated = [
        None if p is None else p.repeat(samples) for p in (running_mean, running_var, weight, bias)
    ]
    whole = input.contiguous().view(1, samples * channels, *size[2:])
    found = batch_norm(whole, *repeated, use_input_stats, momentum, eps)
    with no_grad():
        for running, many in ((running_mean, repeated[0]), (running_var, repeated[1])):
            if running is not None and use_input_stats:
                running.copy_(many.view(samples, channels).mean(0))
    return found.view(size)
