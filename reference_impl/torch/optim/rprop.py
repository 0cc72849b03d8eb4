"""Rprop: steps that look at the signs of gradients alone."""

from __future__ import annotations

from typing import ClassVar

from ..creation import full_like, zeros_like
from ..elementwise import where
from ..tensor import Tensor
from .optimizer import Parameters
from .stepping import PerParameter, advanced, check_rate, count, kept, scalar

__all__ = ["Rprop"]


class Rprop(PerParameter):
    """Gives each parameter a step size, which grows while its gradient keeps its sign.

    Where the sign turns, the last step was too long: the size shrinks, and the parameter rests
    for one step. Made for gradients of all data at once. (Riedmiller and Braun, 1993)

    Args:
        params: what to change.
        lr: the first step size.
        etas: by what step sizes shrink and grow.
        step_sizes: the least and the greatest.
        capturable: for GPUs alone; `step` refuses it.
        foreach: of no effect here.
        maximize: whether to go with the gradient, not against it.
        differentiable: whether the steps themselves are recorded.

    Raises:
        ValueError: a negative rate, or factors not below and above 1.
    """

    _added_later: ClassVar[dict] = {**PerParameter._added_later, "capturable": False}
    _xla = (True, True)

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 1e-2,
        etas: tuple[float, float] = (0.5, 1.2),
        step_sizes: tuple[float, float] = (1e-6, 50),
        *,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_rate(lr)
        if not 0.0 < etas[0] < 1.0 < etas[1]:
            raise ValueError(f"Invalid eta values: {etas[0]}, {etas[1]}")
        defaults = {
            "lr": lr,
            "etas": etas,
            "step_sizes": step_sizes,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        return {
            "step": count(0, group),
            "prev": zeros_like(parameter.detach()),
            "step_size": full_like(grad.detach(), scalar(group["lr"])),
        }

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        state = self.state[parameter]
        shrink, grow = group["etas"]
        advanced(state["step"])
        size, before = state["step_size"], state["prev"]
        agreement = (grad * kept(before, group)).sign()
        turned = agreement < 0
        factor = where(agreement > 0, grow, where(agreement == 0, 1, agreement))
        size.mul_(where(turned, shrink, factor)).clamp_(*group["step_sizes"])
        grad = where(turned, 0, grad)
        parameter.addcmul_(grad.sign(), kept(size, group), value=-1)
        before.copy_(grad)
