"""Batch norm in evaluation is a linear map a channel: it can join the layer before it."""

from __future__ import annotations

import copy
from typing import TypeVar

from ...creation import ones_like, zeros_like
from ...tensor import Tensor
from ..modules.batchnorm import _BatchNorm
from ..modules.linear import Linear
from ..modules.module import Module
from ..parameter import Parameter

__all__ = [
    "fuse_conv_bn_eval",
    "fuse_conv_bn_weights",
    "fuse_linear_bn_eval",
    "fuse_linear_bn_weights",
]

Conv = TypeVar("Conv", bound=Module)


def check_fusible(layer: Module, bn: _BatchNorm) -> None:
    """Raise where the batch norm is no linear map."""
    if layer.training or bn.training:
        raise AssertionError("Fusion only for eval!")


def check_tracked(bn: _BatchNorm) -> None:
    """Raise where there are no running statistics."""
    if bn.running_mean is None or bn.running_var is None:
        raise AssertionError("bn.running_mean and bn.running_var must not be None")


def fuse_conv_bn_eval(conv: Conv, bn: _BatchNorm, transpose: bool = False) -> Conv:
    """Return a convolution that does what the convolution and the batch norm after it do.

    >>> conv, bn = torch.nn.Conv1d(1, 2, 2).eval(), torch.nn.BatchNorm1d(2).eval()
    >>> fused, x = torch.nn.utils.fuse_conv_bn_eval(conv, bn), torch.ones(1, 1, 3)
    >>> torch.allclose(fused(x), bn(conv(x)))
    True

    Args:
        conv: in evaluation.
        bn: in evaluation, with running statistics.
        transpose: whether the convolution is transposed.
    """
    check_fusible(conv, bn)
    fused = copy.deepcopy(conv)
    check_tracked(bn)
    found = (bn.running_mean, bn.running_var, bn.eps, bn.weight, bn.bias)
    fused.weight, fused.bias = fuse_conv_bn_weights(fused.weight, fused.bias, *found, transpose)
    return fused


def fuse_conv_bn_weights(
    conv_w: Tensor,
    conv_b: Tensor | None,
    bn_rm: Tensor,
    bn_rv: Tensor,
    bn_eps: float,
    bn_w: Tensor | None,
    bn_b: Tensor | None,
    transpose: bool = False,
) -> tuple[Parameter, Parameter]:
    """Return the weight and the bias of the fused convolution.

    Args:
        conv_w: the weight.
        conv_b: the bias.
        bn_rm: the running mean.
        bn_rv: the running variance.
        bn_eps: what is added to it.
        bn_w: the scale.
        bn_b: the shift.
        transpose: whether output channels are the second dimension.
    """
    kind, bias_kind = conv_w.dtype, (conv_w if conv_b is None else conv_b).dtype
    conv_b = zeros_like(bn_rm) if conv_b is None else conv_b
    bn_w = ones_like(bn_rm) if bn_w is None else bn_w
    bn_b = zeros_like(bn_rm) if bn_b is None else bn_b
    rstd = (bn_rv + bn_eps).rsqrt()
    lead = [1, -1] if transpose else [-1, 1]
    weight = (conv_w * (bn_w * rstd).reshape(lead + [1] * (conv_w.dim() - 2))).to(kind)
    bias = ((conv_b - bn_rm) * rstd * bn_w + bn_b).to(bias_kind)
    return Parameter(weight, conv_w.requires_grad), Parameter(bias, conv_b.requires_grad)


def fuse_linear_bn_eval(linear: Linear, bn: _BatchNorm) -> Linear:
    """Return a linear layer that does what the layer and the batch norm after it do.

    Args:
        linear: in evaluation.
        bn: in evaluation, with running statistics.
    """
    check_fusible(linear, bn)
    fused = copy.deepcopy(linear)
    if bn.num_features not in (1, linear.out_features):
        raise AssertionError(
            "To fuse, linear.out_features == bn.num_features or bn.num_features == 1, got "
            f"linear.out_features={linear.out_features} and bn.num_features={bn.num_features}"
        )
    check_tracked(bn)
    found = (bn.running_mean, bn.running_var, bn.eps, bn.weight, bn.bias)
    fused.weight, fused.bias = fuse_linear_bn_weights(fused.weight, fused.bias, *found)
    return fused


def fuse_linear_bn_weights(
    linear_w: Tensor,
    linear_b: Tensor | None,
    bn_rm: Tensor,
    bn_rv: Tensor,
    bn_eps: float,
    bn_w: Tensor,
    bn_b: Tensor,
) -> tuple[Parameter, Parameter]:
    """Return the weight and the bias of the fused linear layer; as `fuse_conv_bn_weights`."""
    kind, bias_kind = linear_w.dtype, (linear_w if linear_b is None else linear_b).dtype
    linear_b = zeros_like(bn_rm) if linear_b is None else linear_b
    scale = bn_w * (bn_rv + bn_eps).rsqrt()
    weight = linear_w * scale.unsqueeze(-1).to(dtype=kind)
    bias = ((linear_b - bn_rm) * scale + bn_b).to(dtype=bias_kind)
    return Parameter(weight, linear_w.requires_grad), Parameter(bias, linear_b.requires_grad)
