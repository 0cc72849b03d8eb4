"""Adafactor: Adam that remembers sums of rows and columns instead of whole matrices."""

from __future__ import annotations

from typing import ClassVar

from ..creation import zeros_like
from ..dtypes import finfo
from ..linalg.norms import norm
from ..tensor import Tensor
from .optimizer import Parameters
from .stepping import PerParameter, count, negative, scalar

__all__ = ["Adafactor"]


class Adafactor(PerParameter):
    """Divides gradients by a root of squares of which it keeps the means of rows and columns.

    Their product, divided by the mean of all, stands for the matrix. Steps are in proportion to
    the parameters, and no larger than `d` on average. (Shazeer and Stern, 2018: arXiv:1804.04235)

    Args:
        params: what to change.
        lr: the greatest learning rate.
        beta2_decay: the power of the step at which the means forget less and less.
        eps: the least square, by default the type's, and the least size of a parameter.
        d: how large steps may be on average.
        weight_decay: how much to shrink parameters, times `lr`.
        foreach: of no effect here.
        maximize: whether to go with the gradient, not against it.

    Raises:
        ValueError: an option out of its range.
    """

    __shown__ = "torch.optim.Adafactor"

    _added_later: ClassVar[dict] = {"foreach": None}

    def __init__(
        self,
        params: Parameters,
        lr: float | Tensor = 1e-2,
        beta2_decay: float = -0.8,
        eps: tuple[float | None, float] = (None, 1e-3),
        d: float = 1.0,
        weight_decay: float = 0.0,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
    ) -> None:
        if isinstance(lr, Tensor) and lr.numel() != 1:
            raise ValueError("Tensor lr must be 1-element")
        if negative(lr):
            raise ValueError(f"Learning rate should be >= 0 but is: {lr}")
        if negative(-beta2_decay):
            raise ValueError(f"beta2_decay should be <= 0 but is: {beta2_decay}")
        if eps[0] is not None and negative(eps[0]):
            raise ValueError(f"epsilon1 should be >= 0 but is: {eps[0]}")
        if negative(eps[1]):
            raise ValueError(f"epsilon2 should be >= 0 but is: {eps[1]}")
        if not d >= 1.0:
            raise ValueError(f"Clipping threshold d should be >= 1 but is: {d}")
        if negative(weight_decay):
            raise ValueError(f"weight_decay should be >= 0 but is: {weight_decay}")
        defaults = {
            "lr": lr,
            "beta2_decay": beta2_decay,
            "eps": eps,
            "d": d,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
        }
        super().__init__(params, defaults)

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        if grad.dim() < 2:
            return {"step": count(0, group), "variance": zeros_like(grad.detach())}
        rows, columns = list(grad.shape), list(grad.shape)
        rows[-1] = columns[-2] = 1
        return {
            "step": count(0, group),
            "row_var": grad.new_zeros(rows),
            "col_var": grad.new_zeros(columns),
        }

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        state, lr = self.state[parameter], scalar(group["lr"])
        least, smallest = group["eps"]
        least = finfo(parameter.dtype).eps if least is None else least
        state["step"] += 1
        t = state["step"].item()
        forgotten = t ** group["beta2_decay"]
        size = parameter.norm(2).item() / parameter.numel() ** 0.5
        rate = max(smallest, size) * min(lr, 1 / t**0.5)
        if group["weight_decay"] != 0:
            parameter.mul_(1 - lr * group["weight_decay"])
        if grad.dim() > 1:
            rows, columns = state["row_var"], state["col_var"]
            rows.lerp_(mean_square(grad, -1), forgotten)
            columns.lerp_(mean_square(grad, -2), forgotten)
            squares = (rows @ columns).div_(rows.mean(dim=-2, keepdim=True).clamp_(min=least))
        else:
            squares = state["variance"].lerp_(grad * grad, forgotten).clone()
        change = squares.clamp_(min=least * least).rsqrt_().mul_(grad)
        largest = max(1.0, change.norm(2).item() / (change.numel() ** 0.5 * group["d"]))
        parameter.add_(change, alpha=-rate / largest)


def mean_square(grad: Tensor, dim: int) -> Tensor:
    """Return the means of squares along a dimension, which stays."""
    return norm(grad, dim=dim, keepdim=True).square_().div_(grad.size(dim))
