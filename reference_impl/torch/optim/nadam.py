"""NAdam: Adam that looks ahead, as Nesterov's momentum does."""

from __future__ import annotations

from typing import ClassVar

from ..creation import zeros_like
from ..tensor import Tensor
from .optimizer import Parameters
from .stepping import (
    PerParameter,
    advanced,
    check_at_least_zero,
    check_rate,
    check_shares,
    count,
    scalar,
)

__all__ = ["NAdam"]


class NAdam(PerParameter):
    """Adam whose step goes partly along the present gradient, partly along the next mean.

    How much the mean counts grows from step to step towards `betas[0]`; `mu_product` is the
    product of these shares, and corrects for the mean's start at 0. (Dozat, 2016)

    Args:
        params: what to change.
        lr: the learning rate.
        betas: how much the running means keep.
        eps: keeps the divisor from 0.
        weight_decay: how much of each parameter to add to its gradient.
        momentum_decay: how fast the mean's share grows.
        decoupled_weight_decay: whether to take the decay from the parameter itself, as AdamW.
        foreach: of no effect here.
        maximize: whether to go with the gradient, not against it.
        capturable: for GPUs alone; `step` refuses it.
        differentiable: whether the steps themselves are recorded.

    Raises:
        ValueError: an option out of its range.
    """

    _added_later: ClassVar[dict] = {
        **PerParameter._added_later,
        "capturable": False,
        "decoupled_weight_decay": False,
    }
    _moved = (
        "params, mu_products and state_steps",
        "params, mu_products, and state_steps",
    )

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum_decay: float = 4e-3,
        decoupled_weight_decay: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_rate(lr)
        check_at_least_zero(epsilon=eps)
        check_shares(betas)
        check_at_least_zero(weight_decay=weight_decay, momentum_decay=momentum_decay)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "momentum_decay": momentum_decay,
            "decoupled_weight_decay": decoupled_weight_decay,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        return {
            "step": count(0, group),
            "mu_product": count(1, group),
            "exp_avg": zeros_like(parameter.detach()),
            "exp_avg_sq": zeros_like(parameter.detach()),
        }

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        state = self.state[parameter]
        lr, decay, slow = scalar(group["lr"]), group["weight_decay"], group["momentum_decay"]
        beta1, beta2 = group["betas"]
        t = advanced(state["step"])
        if decay != 0 and group["decoupled_weight_decay"]:
            parameter.mul_(1 - lr * decay)
        elif decay != 0:
            grad = grad.add(parameter, alpha=decay)
        now, following = (beta1 * (1.0 - 0.5 * 0.96 ** (at * slow)) for at in (t, t + 1))
        state["mu_product"] *= now
        mean, squares = state["exp_avg"], state["exp_avg_sq"]
        mean.lerp_(grad, 1 - beta1)
        squares.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        divisor = squares.div(1 - beta2**t).sqrt() + group["eps"]
        if group["differentiable"]:
            product = state["mu_product"].clone()
            parameter.addcdiv_(grad * (-lr * (1.0 - now) / (1.0 - product)), divisor)
            parameter.addcdiv_(mean * (-lr * following / (1.0 - product * following)), divisor)
        else:
            product = state["mu_product"].item()
            ahead = -lr * following / (1.0 - product * following)
            parameter.addcdiv_(grad, divisor, value=-lr * (1.0 - now) / (1.0 - product))
            parameter.addcdiv_(mean, divisor, value=ahead)
