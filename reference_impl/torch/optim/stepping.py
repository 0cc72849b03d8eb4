"""A step as most optimizers make it: one parameter after the other, by a rule of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from .. import dtypes
from ..gradmode import enable_grad, set_grad_enabled
from ..literals import tensor
from ..tensor import Tensor
from .optimizer import Optimizer

GRAPHED = ["cuda", "xpu", "hpu", "privateuseone"]  # where torch can record a step and repeat it


class PerParameter(Optimizer):
    """An optimizer that treats each parameter by itself: a subclass defines `_update`."""

    # Options that older states lack, as they were then
    _added_later: ClassVar[dict] = {"foreach": None, "maximize": False, "differentiable": False}
    # What must lie on a GPU for a step to be recorded there, and whether XLA will do: if
    # parameters are treated one by one, and all at once
    _moved = ("params and state_steps",) * 2
    _xla = (True, False)

    def __setstate__(self, state: dict) -> None:
        super().__setstate__(state)
        for group in self.param_groups:
            for name, value in self._added_later.items():
                group.setdefault(name, value)
            for parameter in group["params"]:
                known = self.state.get(parameter, {})
                for name in ("step", "mu_product", "eta", "mu"):
                    if name in known and not isinstance(known[name], Tensor):
                        known[name] = count(known[name], group)

    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        """Change every parameter that has a gradient; return what the closure returned.

        Args:
            closure: computes the loss and its gradients anew.
        """
        loss = None
        with set_grad_enabled(bool(self.defaults.get("differentiable"))):
            if closure is not None:
                with enable_grad():
                    loss = closure()
            for group in self.param_groups:
                ready = [p for p in group["params"] if p.grad is not None]
                for parameter in ready:
                    if not self.state.get(parameter):
                        start = self._start(parameter, parameter.grad, group)
                        if start:
                            self.state[parameter] = start
                if ready:
                    self._check_way(group)
                for parameter in ready:
                    grad = -parameter.grad if group.get("maximize") else parameter.grad
                    self._update(parameter, grad, group)
        return loss

    def _check_way(self, group: dict) -> None:
        """Raise for ways of computing that torch refuses on the CPU."""
        foreach = bool(group.get("foreach"))
        if foreach and group.get("differentiable"):
            raise AssertionError("_foreach ops don't support autograd")
        if group.get("capturable") and not group.get("fused"):
            where = [*GRAPHED, "xla"] if self._xla[foreach] else GRAPHED
            raise AssertionError(
                f"If capturable=True, {self._moved[foreach]} must be on supported devices: {where}."
            )

    def _start(self, parameter: Tensor, grad: Tensor, group: dict) -> dict:
        """Return what is remembered of a parameter before its first step."""
        return {}

    def _update(self, parameter: Tensor, grad: Tensor, group: dict) -> None:
        """Change one parameter.

        Args:
            parameter: what to change.
            grad: where the loss grows, or what is to grow falls.
            group: the options.
        """
        raise NotImplementedError


def count(value: float, group: dict) -> Tensor:
    """Return a number that is remembered as torch remembers it: as a tensor of no dimension."""
    wide = dtypes.get_default_dtype() is dtypes.float64 and not group.get("fused")
    return tensor(float(value), dtype=dtypes.float64 if wide else dtypes.float32)


def advanced(step: Tensor) -> float:
    """Count one more step; return how many there were."""
    step += 1
    return step.item()


def scalar(value: float | Tensor) -> float | Tensor:
    """Return an option without dimensions: it may be given as a tensor of one element."""
    return value.squeeze() if isinstance(value, Tensor) and value.dim() else value


def kept(value: Tensor, group: dict) -> Tensor:
    """Return what is going to change in place, as backward will need it."""
    return value.clone() if group["differentiable"] else value


def check_rate(lr: float | Tensor) -> None:
    """Raise for a learning rate that is none."""
    if isinstance(lr, Tensor) and lr.numel() != 1:
        raise ValueError("Tensor lr must be 1-element")
    if negative(lr):
        raise ValueError(f"Invalid learning rate: {lr}")


def negative(value: float | Tensor) -> bool:
    """Tell whether an option is below 0, or NaN."""
    return not 0.0 <= value  # noqa: SIM300 (Python's error for a text is to be torch's)


def check_at_least_zero(**options: float | Tensor) -> None:
    """Raise for the first negative option, or NaN.

    Args:
        options: by the name that the error gives.
    """
    for name, value in options.items():
        if negative(value):
            raise ValueError(f"Invalid {name} value: {value}")


def check_shares(betas: tuple[float | Tensor, float | Tensor]) -> None:
    """Raise for shares of a running mean that are none."""
    for at, beta in enumerate(betas[:2]):
        if not 0.0 <= beta < 1.0:
            raise ValueError(f"Invalid beta parameter at index {at}: {beta}")


def check_together(foreach: bool | None, fused: bool | None, differentiable: bool) -> None:
    """Raise for ways of computing that exclude each other."""
    if fused and differentiable:
        raise RuntimeError("`fused` does not support `differentiable`")
    if fused and foreach:
        raise RuntimeError("`fused` and `foreach` cannot be `True` together.")
