"""Rates by a function of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..optimizer import Optimizer
from .schedule import LRScheduler, Rate, without_functions

__all__ = ["LambdaLR", "MultiplicativeLR"]

Function = Callable[[int], float]


class Functional(LRScheduler):
    """A schedule that asks a function for each group, which it does not save."""

    def __init__(
        self,
        optimizer: Optimizer,
        lr_lambda: Function | Sequence[Function],
        last_epoch: int = -1,
    ) -> None:
        groups = len(optimizer.param_groups)
        if not isinstance(lr_lambda, (list, tuple)):
            lr_lambda = [lr_lambda] * groups
        elif len(lr_lambda) != groups:
            raise ValueError(f"Expected {groups} lr_lambdas, but got {len(lr_lambda)}")
        self.lr_lambdas = list(lr_lambda)
        super().__init__(optimizer, last_epoch)

    def state_dict(self) -> dict:
        """Return all that the schedule knows, but for the optimizer and plain functions."""
        state = super().state_dict()
        del state["lr_lambdas"]
        return {**state, "lr_lambdas": [without_functions(fn) for fn in self.lr_lambdas]}

    def load_state_dict(self, state_dict: dict) -> None:
        """Take what `state_dict` returned; functions stay, callable objects get attributes."""
        state = dict(state_dict)
        saved = state.pop("lr_lambdas")
        super().load_state_dict(state)
        for fn, attributes in zip(self.lr_lambdas, saved, strict=False):
            if attributes is not None:
                vars(fn).update(attributes)


class LambdaLR(Functional):
    """The first rate times a function of the epoch.

    >>> optimizer = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=1.0)
    >>> schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: 0.5**epoch)
    >>> rates = []
    >>> for _ in range(3):
    ...     rates += schedule.get_last_lr()
    ...     optimizer.step()
    ...     schedule.step()
    >>> rates
    [1.0, 0.5, 0.25]

    Args:
        optimizer: whose rates to change.
        lr_lambda: a function of the epoch, or one for each group.
        last_epoch: the epoch to go on from.

    Raises:
        ValueError: another number of functions than groups.
    """

    def get_lr(self) -> list[Rate]:
        """Return the first rates times the functions of the epoch."""
        self._rates()
        return [
            base * fn(self.last_epoch)
            for fn, base in zip(self.lr_lambdas, self.base_lrs, strict=True)
        ]


class MultiplicativeLR(Functional):
    """The rate before times a function of the epoch.

    Args:
        optimizer: whose rates to change.
        lr_lambda: a function of the epoch, or one for each group.
        last_epoch: the epoch to go on from.

    Raises:
        ValueError: another number of functions than groups.
        TypeError: what cannot be called.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        lr_lambda: Function | Sequence[Function],
        last_epoch: int = -1,
    ) -> None:
        for fn in lr_lambda if isinstance(lr_lambda, (list, tuple)) else [lr_lambda]:
            if not callable(fn):
                raise TypeError(f"lr_lambda should be a function, but got {type(fn).__name__}")
        super().__init__(optimizer, lr_lambda, last_epoch)

    def get_lr(self) -> list[Rate]:
        """Return the present rates times the functions of the epoch."""
        rates = self._rates()
        if self._is_initial:
            return rates
        return [rate * fn(self.last_epoch) for fn, rate in zip(self.lr_lambdas, rates, strict=True)]
