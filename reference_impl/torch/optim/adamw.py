"""AdamW: Adam that shrinks the parameters themselves."""

from __future__ import annotations

from ..tensor import Tensor
from .adam import Adam
from .optimizer import Parameters

__all__ = ["AdamW"]


class AdamW(Adam):
    """Adam with the decay taken from the parameters themselves: `p *= 1 - lr * weight_decay`.

    Added to the gradients, as in Adam, it would be divided like them, and large gradients
    would hide it. (Loshchilov and Hutter, 2017: arXiv:1711.05101)

    Args:
        params: what to change.
        lr: the learning rate.
        betas: how much the running means keep.
        eps: keeps the divisor from 0.
        weight_decay: how much to shrink parameters, times `lr`.
        amsgrad: whether the divisor never falls.
        maximize: whether to go with the gradient, not against it.
        foreach: of no effect here.
        capturable: of no effect here.
        differentiable: whether the steps themselves are recorded.
        fused: of no effect here.
    """

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 1e-3,
        betas: tuple[float | Tensor, float | Tensor] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        super().__init__(
            params,
            lr,
            betas,
            eps,
            weight_decay,
            amsgrad,
            foreach=foreach,
            maximize=maximize,
            capturable=capturable,
            differentiable=differentiable,
            fused=fused,
            decoupled_weight_decay=True,
        )

    def __setstate__(self, state: dict) -> None:
        super().__setstate__(state)
        for group in self.param_groups:
            group["decoupled_weight_decay"] = True
