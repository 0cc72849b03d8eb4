"""Stochastic gradient descent: a step against the gradient."""

from __future__ import annotations

from typing import ClassVar

from ..tensor import Tensor
from .optimizer import Parameters
from .stepping import PerParameter, check_together, scalar

__all__ = ["SGD"]


class SGD(PerParameter):
    """Moves each parameter against its gradient: `p -= lr * grad`.

    With momentum the steps go on in the direction of those before, as a heavy ball rolls:
    `v = momentum * v + grad`, and `p -= lr * v`.

    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9)
    >>> for _ in range(2):
    ...     optimizer.zero_grad()
    ...     w.square().sum().backward()
    ...     optimizer.step()
    >>> w
    tensor([0.4600], requires_grad=True)

    Args:
        params: what to change.
        lr: the learning rate, how far to go.
        momentum: how much of the last step to keep.
        dampening: how much of the gradient to leave out of the momentum.
        weight_decay: how much of each parameter to add to its gradient.
        nesterov: whether to look ahead by the momentum.
        maximize: whether to go with the gradient, not against it.
        foreach: of no effect here.
        differentiable: whether the steps themselves are recorded.
        fused: of no effect here.

    Raises:
        ValueError: a negative rate, momentum or decay.
    """

    _added_later: ClassVar[dict] = {
        "nesterov": False,
        "maximize": False,
        "foreach": None,
        "differentiable": False,
        "fused": False,
    }

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float | Tensor = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        if isinstance(lr, Tensor) and lr.numel() != 1:
            raise ValueError("Tensor lr must be 1-element")
        if lr < 0.0:
            raise ValueError(f"Invalid learning rate: {lr}")
        if momentum < 0.0:
            raise ValueError(f"Invalid momentum value: {momentum}")
        if weight_decay < 0.0:
            raise ValueError(f"Invalid weight_decay value: {weight_decay}")
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "dampening": dampening,
            "weight_decay": weight_decay,
            "nesterov": nesterov,
            "maximize": maximize,
            "foreach": foreach,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)
        check_together(foreach, fused, differentiable)

    def _check_way(self, group: dict) -> None:
        """Let all be: torch refuses nothing here."""

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        momentum, decay, lr = group["momentum"], group["weight_decay"], scalar(group["lr"])
        if getattr(decay, "requires_grad", False):
            grad = grad.addcmul(parameter.clone(), decay)
        elif decay != 0:
            grad = grad.add(parameter, alpha=decay)
        if momentum != 0:
            state = self.state[parameter]
            velocity = state.get("momentum_buffer")
            if velocity is None:
                velocity = state["momentum_buffer"] = grad.detach().clone()
            else:
                velocity.mul_(momentum).add_(grad, alpha=1 - group["dampening"])
            grad = grad.add(velocity, alpha=momentum) if group["nesterov"] else velocity
        if getattr(lr, "requires_grad", False):
            parameter.addcmul_(grad, lr, value=-1)
        else:
            parameter.add_(grad, alpha=-lr)
