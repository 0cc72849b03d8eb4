"""Adamax: Adam with the largest gradient of late in the place of the mean of squares."""

from __future__ import annotations

from typing import ClassVar

from ..creation import zeros_like
from ..elementwise import maximum
from ..tensor import Tensor
from .optimizer import Parameters
from .stepping import (
    PerParameter,
    advanced,
    check_at_least_zero,
    check_rate,
    check_shares,
    count,
    kept,
    scalar,
)

__all__ = ["Adamax"]


class Adamax(PerParameter):
    """Divides the running mean of gradients by the largest of them, which fades.

    What Adam does with squares and a root, this does with the limit of higher and higher powers
    and roots: the maximum. (Kingma and Ba, 2014: arXiv:1412.6980, section 7)

    Args:
        params: what to change.
        lr: the learning rate.
        betas: how much the running mean and the maximum keep.
        eps: keeps the divisor from 0.
        weight_decay: how much of each parameter to add to its gradient.
        foreach: of no effect here.
        maximize: whether to go with the gradient, not against it.
        differentiable: whether the steps themselves are recorded.
        capturable: for GPUs alone; `step` refuses it.

    Raises:
        ValueError: an option out of its range.
    """

    _added_later: ClassVar[dict] = {**PerParameter._added_later, "capturable": False}

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        capturable: bool = False,
    ) -> None:
        check_rate(lr)
        check_at_least_zero(epsilon=eps)
        check_shares(betas)
        check_at_least_zero(weight_decay=weight_decay)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        zeros = {name: zeros_like(parameter.detach()) for name in ("exp_avg", "exp_inf")}
        return {"step": count(0, group), **zeros}

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        state = self.state[parameter]
        beta1, beta2 = group["betas"]
        t = advanced(state["step"])
        if group["weight_decay"] != 0:
            grad = grad.add(parameter, alpha=group["weight_decay"])
        mean, largest = state["exp_avg"], state["exp_inf"]
        mean.lerp_(grad, 1 - beta1)
        largest.copy_(maximum(largest * beta2, grad.abs() + group["eps"]))
        rate = scalar(group["lr"]) / (1 - beta1**t)
        parameter.addcdiv_(kept(mean, group), kept(largest, group), value=-rate)
