"""Weights as length times direction, each learned. See Salimans and Kingma, arXiv:1602.07868."""

from __future__ import annotations

import warnings
from typing import TypeVar

from ...gradmode import no_grad
from ...graph import differentiable
from ...shapes import wrap_dim
from ...tensor import Tensor
from ..modules.module import Module
from ..parameter import Parameter, UninitializedParameter

__all__ = ["remove_weight_norm", "weight_norm"]

M = TypeVar("M", bound=Module)


def norm_except_dim(v: Tensor, dim: int) -> Tensor:
    """Return the length of each part of a tensor along a dimension; of all of it for -1."""
    if dim == -1:
        return v.norm(2)
    return v.norm(2, [d for d in range(v.dim()) if d != wrap_dim(dim, v.dim())], True)


def with_length(v: Tensor, g: Tensor, dim: int) -> Tensor:
    """Return `g * v / norm(v)`: the direction of v with the length g.

    A gradient along v would only change its length, which does not count; so the gradient
    of v is what stands at a right angle to it.
    """
    if dim == -1 or dim % v.dim() not in (0, v.dim() - 1):
        return v * (g / norm_except_dim(v, dim))
    others = [d for d in range(v.dim()) if d != dim % v.dim()]
    with no_grad():
        lengths = norm_except_dim(v, dim)
        found = v * (g / lengths)

    def backward(grad: Tensor, v: Tensor, g: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        along = (grad * v).sum(others, keepdim=True) / lengths
        return g / lengths * (grad - v * (along / lengths)), along

    return differentiable(
        found, "WeightNormInterfaceBackward0", (v, g), saved=(v, g, lengths), backward=backward
    )


class WeightNorm:
    """The hook that makes the weight of its length and direction before each call."""

    def __init__(self, name: str, dim: int) -> None:
        self.name = name
        self.dim = dim

    def compute_weight(self, module: Module) -> Tensor:
        """Return the weight."""
        v, g = getattr(module, f"{self.name}_v"), getattr(module, f"{self.name}_g")
        return with_length(v, g, self.dim)

    def remove(self, module: Module) -> None:
        """Put the weight back in place of its length and direction."""
        weight = self.compute_weight(module)
        delattr(module, self.name)
        del module._parameters[f"{self.name}_g"]
        del module._parameters[f"{self.name}_v"]
        setattr(module, self.name, Parameter(weight.data))

    def __call__(self, module: Module, inputs: object) -> None:
        setattr(module, self.name, self.compute_weight(module))


def weight_norm(module: M, name: str = "weight", dim: int | None = 0) -> M:
    """Split a weight into a length `weight_g` and a direction `weight_v`; deprecated.

    Args:
        module: whose weight.
        name: of the weight.
        dim: along which each part has a length of its own; None for one length.
    """
    warnings.warn(
        "`torch.nn.utils.weight_norm` is deprecated in favor of "
        "`torch.nn.utils.parametrizations.weight_norm`.",
        FutureWarning,
        stacklevel=2,
    )
    for hook in module._forward_pre_hooks.values():
        if isinstance(hook, WeightNorm) and hook.name == name:
            raise RuntimeError(
                f"Cannot register two weight_norm hooks on the same parameter {name}"
            )
    hook = WeightNorm(name, -1 if dim is None else dim)
    weight = getattr(module, name)
    if isinstance(weight, UninitializedParameter):
        raise ValueError(
            "The module passed to `WeightNorm` can't have uninitialized parameters. Make sure to "
            "run the dummy forward before applying weight normalization"
        )
    del module._parameters[name]
    lengths = norm_except_dim(weight.data, hook.dim)
    module.register_parameter(f"{name}_g", Parameter(lengths))
    module.register_parameter(f"{name}_v", Parameter(weight.data))
    hook(module, ())
    module.register_forward_pre_hook(hook)
    return module


def remove_weight_norm(module: M, name: str = "weight") -> M:
    """Undo `weight_norm`.

    Raises:
        ValueError: where it was not done.
    """
    for number, hook in module._forward_pre_hooks.items():
        if isinstance(hook, WeightNorm) and hook.name == name:
            hook.remove(module)
            del module._forward_pre_hooks[number]
            return module
    raise ValueError(f"weight_norm of '{name}' not found in {module}")
