"""Adadelta: steps in the unit of the parameters, without a learning rate to choose."""

from __future__ import annotations

from typing import ClassVar

from ..creation import zeros_like
from ..tensor import Tensor
from .optimizer import Parameters
from .stepping import PerParameter, advanced, check_at_least_zero, check_rate, count, scalar

__all__ = ["Adadelta"]


class Adadelta(PerParameter):
    """Steps as long as those before, in proportion to how large the gradient is now.

    Two running means of squares are kept, of steps and of gradients; the root of their ratio
    takes the place of the learning rate. (Zeiler, 2012: arXiv:1212.5701)

    Args:
        params: what to change.
        lr: a factor for all steps.
        rho: how much the running means keep.
        eps: keeps the divisor from 0, and the first steps too.
        weight_decay: how much of each parameter to add to its gradient.
        foreach: of no effect here.
        capturable: for GPUs alone; `step` refuses it.
        maximize: whether to go with the gradient, not against it.
        differentiable: whether the steps themselves are recorded.

    Raises:
        ValueError: an option out of its range.
    """

    _added_later: ClassVar[dict] = {**PerParameter._added_later, "capturable": False}
    _xla = (False, False)

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        capturable: bool = False,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_rate(lr)
        if not 0.0 <= rho <= 1.0:
            raise ValueError(f"Invalid rho value: {rho}")
        check_at_least_zero(epsilon=eps, weight_decay=weight_decay)
        defaults = {
            "lr": lr,
            "rho": rho,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "capturable": capturable,
            "foreach": foreach,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        zeros = {name: zeros_like(parameter.detach()) for name in ("square_avg", "acc_delta")}
        return {"step": count(0, group), **zeros}

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        state, rho, eps = self.state[parameter], group["rho"], group["eps"]
        advanced(state["step"])
        if group["weight_decay"] != 0:
            grad = grad.add(parameter, alpha=group["weight_decay"])
        squares, steps = state["square_avg"], state["acc_delta"]
        squares.mul_(rho).addcmul_(grad, grad, value=1 - rho)
        change = steps.add(eps).sqrt().div(squares.add(eps).sqrt()).mul(grad)
        steps.mul_(rho).addcmul_(change, change, value=1 - rho)
        parameter.add_(change, alpha=-scalar(group["lr"]))
