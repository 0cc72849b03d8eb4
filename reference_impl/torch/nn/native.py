"""What torch itself has of `nn.functional` with other arguments, such as `torch.dropout`.

They are what `nn.functional` calls in torch: no defaults where that has them, no `inplace`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..arguments import Number
from ..operators import function
from ..tensor import Tensor
from . import functional as F

__all__ = [
    "alpha_dropout",
    "batch_norm",
    "celu",
    "dropout",
    "embedding",
    "group_norm",
    "instance_norm",
    "layer_norm",
    "rms_norm",
    "selu",
    "threshold",
]


@function
def celu(input: Tensor, alpha: Number = 1.0, *, out: Tensor | None = None) -> Tensor:
    """Return what `nn.functional.celu` returns."""
    return F.celu(input, float(alpha))


@function
def selu(input: Tensor) -> Tensor:
    """Return what `nn.functional.selu` returns."""
    return F.selu(input)


@function
def threshold(
    input: Tensor, threshold: Number, value: Number, *, out: Tensor | None = None
) -> Tensor:
    """Return what `nn.functional.threshold` returns."""
    return F.threshold(input, float(threshold), float(value))


@function
def dropout(input: Tensor, p: float, train: bool) -> Tensor:
    """Return what `nn.functional.dropout` returns."""
    return F.dropout(input, p, train)


@function
def alpha_dropout(input: Tensor, p: float, train: bool) -> Tensor:
    """Return what `nn.functional.alpha_dropout` returns."""
    return F.alpha_dropout(input, p, train)


@function
def embedding(
    weight: Tensor,
    indices: Tensor,
    padding_idx: int = -1,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Tensor:
    """Return what `nn.functional.embedding` returns; the table comes first."""
    left_out = None if padding_idx < 0 else padding_idx
    return F.embedding(
        indices, weight, left_out, scale_grad_by_freq=scale_grad_by_freq, sparse=sparse
    )


@function
def layer_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
    cudnn_enable: bool = True,
) -> Tensor:
    """Return what `nn.functional.layer_norm` returns."""
    return F.layer_norm(input, normalized_shape, weight, bias, eps)


@function
def rms_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    eps: float | None = None,
) -> Tensor:
    """Return what `nn.functional.rms_norm` returns."""
    return F.rms_norm(input, normalized_shape, weight, eps)


@function
def group_norm(
    input: Tensor,
    num_groups: int,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
    cudnn_enabled: bool = True,
) -> Tensor:
    """Return what `nn.functional.group_norm` returns."""
    return F.group_norm(input, num_groups, weight, bias, eps)


@function
def batch_norm(
    input: Tensor,
    weight: Tensor | None,
    bias: Tensor | None,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    training: bool,
    momentum: float,
    eps: float,
    cudnn_enabled: bool,
) -> Tensor:
    """Return what `nn.functional.batch_norm` returns; weight and bias come first."""
    return F.batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps)


@function
def instance_norm(
    input: Tensor,
    weight: Tensor | None,
    bias: Tensor | None,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    use_input_stats: bool,
    momentum: float,
    eps: float,
    cudnn_enabled: bool,
) -> Tensor:
    """Return what `nn.functional.instance_norm` returns; weight and bias come first."""
    return F.instance_norm(
        input, running_mean, running_var, weight, bias, use_input_stats, momentum, eps
    )
