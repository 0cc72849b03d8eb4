"""Muon: momentum, with every direction of a matrix made about as long as the others."""

from __future__ import annotations

import math

from ..linalg.norms import norm
from ..linalg.sums_of_products import addmm
from ..tensor import Tensor
from .optimizer import Parameters
from .stepping import PerParameter, negative, scalar

__all__ = ["Muon"]

QUINTIC = (3.4445, -4.7750, 2.0315)


class Muon(PerParameter):
    """Moves matrices by their momentum after its singular values have been brought near 1.

    A gradient is often steep in few directions; so the others are learned as fast. For the
    weights of hidden layers only: biases and embeddings are left to another optimizer.
    (Jordan, 2024: https://kellerjordan.github.io/posts/muon/)

    Args:
        params: what to change, matrices.
        lr: the learning rate.
        weight_decay: how much to shrink parameters, times `lr`.
        momentum: how much of the running mean of gradients to keep.
        nesterov: whether to look ahead by the momentum.
        ns_coefficients: of the polynomial that brings singular values near 1.
        eps: the least norm to divide by.
        ns_steps: how often the polynomial is applied.
        adjust_lr_fn: `original` or None: rates grow with the root of rows over columns;
            `match_rms_adamw`: steps about as large as those of AdamW.

    Raises:
        ValueError: a negative option; a parameter that is no matrix.
    """

    __shown__ = "torch.optim.Muon"

    def __init__(
        self,
        params: Parameters,
        lr: float = 1e-3,
        weight_decay: float = 0.1,
        momentum: float = 0.95,
        nesterov: bool = True,
        ns_coefficients: tuple[float, float, float] = QUINTIC,
        eps: float = 1e-7,
        ns_steps: int = 5,
        adjust_lr_fn: str | None = None,
    ) -> None:
        if isinstance(lr, Tensor) and lr.numel() != 1:
            raise ValueError("Tensor lr must be 1-element")
        if negative(lr):
            raise ValueError(f"Learning rate should be >= 0 but is: {lr}")
        if negative(momentum):
            raise ValueError(f"momentum should be >= 0 but is: {momentum}")
        if negative(weight_decay):
            raise ValueError(f"weight decay should be >= 0 but is: {weight_decay}")
        if adjust_lr_fn not in (None, "original", "match_rms_adamw"):
            raise ValueError(f"Adjust learning rate function {adjust_lr_fn} is not supported")
        defaults = {
            "lr": lr,
            "weight_decay": weight_decay,
            "momentum": momentum,
            "nesterov": nesterov,
            "ns_coefficients": ns_coefficients,
            "eps": eps,
            "ns_steps": ns_steps,
            "adjust_lr_fn": adjust_lr_fn,
        }
        super().__init__(params, defaults)
        for group in self.param_groups:
            for p in group["params"]:
                if p.ndim != 2:
                    raise ValueError(
                        "Muon only supports 2D parameters whereas we found a parameter with size: "
                        f"{p.size()}"
                    )

    def __setstate__(self, state: dict) -> None:
        super(PerParameter, self).__setstate__(state)

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        return {"momentum_buffer": grad.new_zeros(grad.shape)}

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        lr, momentum = scalar(group["lr"]), group["momentum"]
        lr = lr.item() if isinstance(lr, Tensor) else lr
        mean = self.state[parameter]["momentum_buffer"]
        mean.lerp_(grad, 1 - momentum)
        update = grad.lerp(mean, momentum) if group["nesterov"] else mean
        update = evened(update, group["ns_coefficients"], group["ns_steps"], group["eps"])
        parameter.mul_(1 - lr * group["weight_decay"])
        parameter.add_(update, alpha=-adjusted(lr, group["adjust_lr_fn"], parameter))


def evened(x: Tensor, coefficients: tuple[float, ...], steps: int, eps: float) -> Tensor:
    """Return a matrix with the same directions, and singular values near 1. `(A, B)`.

    An odd polynomial `a x + b x**3 + c x**5` that lifts small numbers fast is applied to the
    singular values, by products of the matrix with itself, in bfloat16.

    Args:
        x: the matrix.
        coefficients: a, b and c.
        steps: how often.
        eps: the least norm to divide by first, so that no singular value exceeds 1.
    """
    if steps >= 100:
        raise ValueError("Number of steps must be less than 100 for computational efficiency")
    if len(coefficients) != 3:
        raise ValueError("Coefficients must be a tuple of exactly 3 values")
    a, b, c = coefficients
    tall = x.size(0) > x.size(1)
    y = x.bfloat16()
    y = y.T if tall else y
    y = y / norm(y).clamp(min=eps)
    for _ in range(steps):
        gram = y @ y.T
        y = addmm(y, addmm(gram, gram, gram, beta=b, alpha=c), y, beta=a)
    return y.T if tall else y


def adjusted(lr: float, rule: str | None, parameter: Tensor) -> float:
    """Return the learning rate for a matrix of this shape."""
    rows, columns = parameter.size()
    if rule == "match_rms_adamw":
        return lr * (0.2 * math.sqrt(max(rows, columns)))
    return lr * math.sqrt(max(1, rows / columns))
