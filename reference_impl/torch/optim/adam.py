"""Adam: steps of about one size, whatever the size of the gradients."""

from __future__ import annotations

from typing import ClassVar

from ..creation import zeros_like
from ..elementwise import maximum
from ..tensor import Tensor
from .optimizer import Parameters
from .stepping import (
    PerParameter,
    check_at_least_zero,
    check_rate,
    check_shares,
    check_together,
    count,
    kept,
    scalar,
)

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

    _added_later: ClassVar[dict] = {
        "amsgrad": False,
        "maximize": False,
        "foreach": None,
        "capturable": False,
        "differentiable": False,
        "decoupled_weight_decay": False,
        "fused": None,
    }
    _xla = (True, False)

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
        alone = foreach and not capturable
        if isinstance(lr, Tensor) and alone:
            raise ValueError(f"lr {TOGETHER}")
        check_rate(lr)
        check_at_least_zero(epsilon=eps)
        check_shares(betas)
        check_at_least_zero(weight_decay=weight_decay)
        check_kinds(betas, alone)
        defaults = {
            "lr": lr,
            "betas": tuple(map(scalar, betas)),
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
        check_together(foreach, fused, differentiable)

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        names = ["exp_avg", "exp_avg_sq", *(["max_exp_avg_sq"] if group["amsgrad"] else [])]
        zeros = {name: zeros_like(parameter.detach()) for name in names}
        return {"step": count(0, group), **zeros}

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        state = self.state[parameter]
        lr, decay = scalar(group["lr"]), group["weight_decay"]
        if group["foreach"] and isinstance(lr, Tensor):
            raise RuntimeError(f"lr {TOGETHER}")
        beta1, beta2 = group["betas"]
        state["step"] += 1
        if decay != 0 and group["decoupled_weight_decay"]:
            parameter.mul_(1 - lr * decay)
        elif decay != 0:
            grad = grad.add(parameter, alpha=decay)
        mean, squares = state["exp_avg"], state["exp_avg_sq"]
        mean.lerp_(grad, 1 - beta1)
        squares.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
        if group["amsgrad"]:
            largest = kept(state["max_exp_avg_sq"], group)
            squares = state["max_exp_avg_sq"].copy_(maximum(largest, squares))
        if group["differentiable"]:
            t = state["step"].clone()
            back = -lr / (1 - beta1**t)
            divisor = (squares.sqrt() / ((1 - beta2**t).sqrt() * back)).add_(group["eps"] / back)
            parameter.addcdiv_(mean.clone(), divisor)
        else:
            t = state["step"].item()
            divisor = (squares.sqrt() / (1 - beta2**t) ** 0.5).add_(group["eps"])
            parameter.addcdiv_(mean, divisor, value=-lr / (1 - beta1**t))


TOGETHER = "as a Tensor is not supported for capturable=False and foreach=True"


def check_kinds(betas: tuple[float | Tensor, float | Tensor], alone: bool) -> None:
    """Raise for shares of two kinds, or tensors where they will not do.

    Args:
        betas: the shares.
        alone: whether parameters are treated all at once, and not for a graph.
    """
    if not any(all(isinstance(beta, kind) for beta in betas) for kind in (float, Tensor)):
        raise ValueError("betas must be either both floats or both Tensors")
    for at, beta in enumerate(betas):
        if isinstance(beta, Tensor) and alone:
            raise ValueError(f"betas[{at}] {TOGETHER}")
        if isinstance(beta, Tensor) and beta.numel() != 1:
            raise ValueError(f"Tensor betas[{at}] must be 1-element")
