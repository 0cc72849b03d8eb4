"""RMSprop: gradients divided by how large they have been of late."""

from __future__ import annotations

from typing import ClassVar

from ..creation import zeros_like
from ..tensor import Tensor
from .optimizer import Parameters
from .stepping import PerParameter, advanced, check_at_least_zero, check_rate, count, kept, scalar

__all__ = ["RMSprop"]


class RMSprop(PerParameter):
    """Divides each gradient by the root of the running mean of its squares.

    Unlike Adagrad's sum the mean forgets, so steps do not die out. `centered` takes the variance
    in its place: squares less the square of the running mean. (Hinton, lecture 6; Graves, 2013)

    Args:
        params: what to change.
        lr: the learning rate.
        alpha: how much the running means keep.
        eps: keeps the divisor from 0.
        weight_decay: how much of each parameter to add to its gradient.
        momentum: how much of the last step to keep.
        centered: whether to divide by the deviation from the mean.
        capturable: for GPUs alone; `step` refuses it.
        foreach: of no effect here.
        maximize: whether to go with the gradient, not against it.
        differentiable: whether the steps themselves are recorded.

    Raises:
        ValueError: a negative option.
    """

    _added_later: ClassVar[dict] = {
        **PerParameter._added_later,
        "momentum": 0,
        "centered": False,
        "capturable": False,
    }
    _xla = (True, True)

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_rate(lr)
        check_at_least_zero(epsilon=eps, momentum=momentum, weight_decay=weight_decay, alpha=alpha)
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "alpha": alpha,
            "eps": eps,
            "centered": centered,
            "weight_decay": weight_decay,
            "capturable": capturable,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        names = ["square_avg"]
        names += ["momentum_buffer"] if group["momentum"] > 0 else []
        names += ["grad_avg"] if group["centered"] else []
        zeros = {name: zeros_like(parameter.detach()) for name in names}
        return {"step": count(0, group), **zeros}

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        state, alpha, lr = self.state[parameter], group["alpha"], scalar(group["lr"])
        advanced(state["step"])
        if group["weight_decay"] != 0:
            grad = grad.add(parameter, alpha=group["weight_decay"])
        squares = state["square_avg"]
        squares.mul_(alpha).addcmul_(grad, grad, value=1 - alpha)
        if group["centered"]:
            mean = state["grad_avg"]
            mean.lerp_(grad, 1 - alpha)
            mean = kept(mean, group)
            squares = squares.addcmul(mean, mean, value=-1)
        divisor = squares.sqrt() + group["eps"]
        if group["momentum"] > 0:
            velocity = state["momentum_buffer"]
            velocity.mul_(group["momentum"]).addcdiv_(grad, divisor)
            parameter.add_(velocity, alpha=-lr)
        else:
            parameter.addcdiv_(grad, divisor, value=-lr)
