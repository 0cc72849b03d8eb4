"""Adam: steps of about one size, whatever the size of the gradients."""

from __future__ import annotations

from ..creation import zeros_like
from ..elementwise import maximum
from ..tensor import Tensor
from .optimizer import Parameters, PerParameter, as_number, check_rate, check_together, counter

__all__ = ["Adam"]


class Adam(PerParameter):
    """Divides the running mean of gradients by the root of the running mean of their squares.

    Both means start at 0 and would stay too small for a while, which is corrected: after t
    steps they are divided by `1 - beta ** t`. (Kingma and Ba, 2014: arXiv:1412.6980)

    >>> w = torch.tensor([1.0, 100.0], requires_grad=True)
    >>> optimizer = torch.optim.Adam([w], lr=0.1)
    >>> w.square().sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([ 0.9000, 99.9000], requires_grad=True)

    Args:
        params: what to change.
        lr: the learning rate, about the size of a step.
        betas: how much the running means keep.
        eps: keeps the divisor from 0.
        weight_decay: how much of each parameter to add to its gradient.
        amsgrad: whether the divisor never falls.
        foreach: of no effect here.
        maximize: whether to go with the gradient, not against it.
        capturable: of no effect here.
        differentiable: whether the steps themselves are recorded.
        fused: of no effect here.
        decoupled_weight_decay: whether to take the decay from the parameter itself, as AdamW.

    Raises:
        ValueError: an option out of its range.
    """

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 1e-3,
        betas: tuple[float | Tensor, float | Tensor] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float | Tensor = 0,
        amsgrad: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
        decoupled_weight_decay: bool = False,
    ) -> None:
        check_rate(lr)
        check_running_means(betas, eps)
        if weight_decay < 0.0:
            raise ValueError(f"Invalid weight_decay value: {weight_decay}")
        check_together(foreach, fused, differentiable)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
            "fused": fused,
            "decoupled_weight_decay": decoupled_weight_decay,
        }
        super().__init__(params, defaults)

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        state = self.state[parameter]
        if not state:
            state["step"] = counter()
            state["exp_avg"] = zeros_like(parameter.detach())
            state["exp_avg_sq"] = zeros_like(parameter.detach())
            if group["amsgrad"]:
                state["max_exp_avg_sq"] = zeros_like(parameter.detach())
        lr, decay = as_number(group["lr"]), as_number(group["weight_decay"])
        beta1, beta2 = map(as_number, group["betas"])
        state["step"] += 1
        t = state["step"].item()
        if decay != 0 and group["decoupled_weight_decay"]:
            parameter.mul_(1 - lr * decay)
        elif decay != 0:
            grad = grad.add(parameter, alpha=decay)
        mean, squares = state["exp_avg"], state["exp_avg_sq"]
        mean.lerp_(grad, 1 - beta1)
        squares.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        if group["amsgrad"]:
            squares = state["max_exp_avg_sq"].copy_(maximum(state["max_exp_avg_sq"], squares))
        divisor = (squares.sqrt() / (1 - beta2**t) ** 0.5).add_(group["eps"])
        parameter.addcdiv_(mean, divisor, value=-lr / (1 - beta1**t))


def check_running_means(betas: tuple[float, float], eps: float) -> None:
    """Raise for shares that are none, or a negative `eps`."""
    if not eps >= 0.0:
        raise ValueError(f"Invalid epsilon value: {eps}")
    for at, beta in enumerate(betas):
        if not 0.0 <= as_number(beta) < 1.0:
            raise ValueError(f"Invalid beta parameter at index {at}: {beta}")
