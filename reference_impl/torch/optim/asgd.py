"""ASGD: gradient descent that also keeps the average of where it has been."""

from __future__ import annotations

from typing import ClassVar

from ..creation import zeros_like
from ..tensor import Tensor
from .optimizer import Parameters
from .stepping import PerParameter, advanced, check_at_least_zero, check_rate, count, scalar

__all__ = ["ASGD"]


class ASGD(PerParameter):
    """Steps against the gradient at a falling rate, and averages the parameters from t0 on.

    The average, `ax` in the state, is what Polyak and Juditsky (1992) show to converge best; the
    parameters themselves are left where the last step led.

    Args:
        params: what to change.
        lr: the first rate.
        lambd: how much parameters shrink at each step, times the rate, and how fast that falls.
        alpha: the power of its fall.
        t0: the step at which averaging begins.
        weight_decay: how much of each parameter to add to its gradient.
        foreach: whether to shrink and step at once, which rounds otherwise.
        maximize: whether to go with the gradient, not against it.
        differentiable: whether the steps themselves are recorded.
        capturable: for GPUs alone; `step` refuses it.

    Raises:
        ValueError: a negative rate or decay.
    """

    _added_later: ClassVar[dict] = {**PerParameter._added_later, "capturable": False}
    _moved = ("params, mus, etas, and state_steps",) * 2

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 1e-2,
        lambd: float = 1e-4,
        alpha: float = 0.75,
        t0: float = 1e6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
        capturable: bool = False,
    ) -> None:
        check_rate(lr)
        check_at_least_zero(weight_decay=weight_decay)
        defaults = {
            "lr": lr,
            "lambd": lambd,
            "alpha": alpha,
            "t0": t0,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        return {
            "step": count(0, group),
            "eta": count(scalar(group["lr"]), group),
            "mu": count(1, group),
            "ax": zeros_like(parameter.detach()),
        }

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        state, lr, lambd = self.state[parameter], scalar(group["lr"]), group["lambd"]
        rate, share, average = state["eta"].item(), state["mu"].item(), state["ax"]
        t = advanced(state["step"])
        if group["weight_decay"] != 0:
            grad = grad.add(parameter, alpha=group["weight_decay"])
        if group["foreach"]:
            t = state["step"]
            parameter.addcmul_(grad.add(parameter, alpha=lambd), state["eta"], value=-1)
            average.addcmul_(parameter.sub(average), state["mu"])
        else:
            parameter.mul_(1 - lambd * rate)
            parameter.add_(grad, alpha=-rate)
            change = parameter.sub(average)
            average.copy_(parameter if share == 1 else average + change.mul_(state["mu"]))
        state["eta"].fill_(lr / (1 + lambd * lr * t) ** group["alpha"])
        state["mu"].fill_(1 / max(1, state["step"].item() - group["t0"]))
