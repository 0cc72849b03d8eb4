"""Adagrad: smaller steps where gradients have been large."""

from __future__ import annotations

from typing import ClassVar

from ..creation import full_like
from ..tensor import Tensor
from .optimizer import Parameters
from .stepping import (
    PerParameter,
    advanced,
    check_at_least_zero,
    check_rate,
    check_together,
    count,
    scalar,
)

__all__ = ["Adagrad"]


class Adagrad(PerParameter):
    """Divides each gradient by the root of the sum of all squares so far.

    The sum only grows, so steps shrink, and most where gradients are large: rare features keep
    learning when common ones have long been learnt. (Duchi, Hazan and Singer, 2011)

    Args:
        params: what to change.
        lr: the learning rate.
        lr_decay: how much the rate falls from step to step: after t steps `lr / (1 + t * decay)`.
        weight_decay: how much of each parameter to add to its gradient.
        initial_accumulator_value: where the sum of squares begins.
        eps: keeps the divisor from 0.
        foreach: of no effect here.
        maximize: whether to go with the gradient, not against it.
        differentiable: whether the steps themselves are recorded.
        fused: of no effect here.

    Raises:
        ValueError: a negative option.
    """

    _added_later: ClassVar[dict] = {**PerParameter._added_later, "fused": None}

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        check_rate(lr)
        check_at_least_zero(
            lr_decay=lr_decay,
            weight_decay=weight_decay,
            initial_accumulator_value=initial_accumulator_value,
            epsilon=eps,
        )
        defaults = {
            "lr": lr,
            "lr_decay": lr_decay,
            "eps": eps,
            "weight_decay": weight_decay,
            "initial_accumulator_value": initial_accumulator_value,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)
        check_together(foreach, fused, differentiable)
        for group in self.param_groups:
            for parameter in group["params"]:
                self.state[parameter] = self._start(parameter, parameter, group)

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        first = self.defaults["initial_accumulator_value"]
        return {"step": count(0, group), "sum": full_like(parameter.detach(), first)}

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        state = self.state[parameter]
        before = advanced(state["step"]) - 1
        if group["weight_decay"] != 0:
            grad = grad.add(parameter, alpha=group["weight_decay"])
        rate = scalar(group["lr"]) / (1 + before * group["lr_decay"])
        state["sum"].addcmul_(grad, grad, value=1)
        divisor = state["sum"].sqrt() + group["eps"]
        parameter.addcdiv_(grad, divisor, value=-rate)
