"""RAdam: Adam that trusts its divisor only when it has seen enough gradients."""

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

__all__ = ["RAdam"]


class RAdam(PerParameter):
    """Adam without the divisor in the first steps, and with less of it in the next.

    A mean of few squares varies much, and a small one makes a huge step. `length` says of how
    many gradients the mean consists; up to 5 it is left out. (Liu et al., 2019: arXiv:1908.03265)

    Args:
        params: what to change.
        lr: the learning rate.
        betas: how much the running means keep.
        eps: keeps the divisor from 0.
        weight_decay: how much of each parameter to add to its gradient.
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

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
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
        check_at_least_zero(weight_decay=weight_decay)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "decoupled_weight_decay": decoupled_weight_decay,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        zeros = {name: zeros_like(parameter.detach()) for name in ("exp_avg", "exp_avg_sq")}
        return {"step": count(0, group), **zeros}

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        state = self.state[parameter]
        lr, decay = scalar(group["lr"]), group["weight_decay"]
        beta1, beta2 = group["betas"]
        t = advanced(state["step"])
        if decay != 0 and group["decoupled_weight_decay"]:
            parameter.mul_(1 - lr * decay)
        elif decay != 0:
            grad = grad.add(parameter, alpha=decay)
        mean, squares = state["exp_avg"], state["exp_avg_sq"]
        mean.lerp_(grad, 1 - beta1)
        squares.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        change = mean / (1 - beta1**t) * lr
        rest = 1 - beta2**t
        longest = 2 / (1 - beta2) - 1
        length = longest - 2 * t * beta2**t / rest
        if length > 5.0:
            trust = (length - 4) * (length - 2) * longest
            trust = (trust / ((longest - 4) * (longest - 2) * length)) ** 0.5
            change = change * (rest**0.5 / (squares.sqrt() + group["eps"])) * trust
        parameter.add_(change, alpha=-1.0)
