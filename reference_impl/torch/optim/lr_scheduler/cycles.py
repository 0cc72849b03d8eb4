"""Rates that rise and fall while the momentum falls and rises."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from ..optimizer import Optimizer
from .schedule import LRScheduler, Rate, check_optimizer, one_for_each, put, without_functions

__all__ = ["CyclicLR", "OneCycleLR"]

NO_MOMENTUM = "optimizer must support momentum or beta1 with `cycle_momentum` option enabled"


class Cycling(LRScheduler):
    """A schedule that can move the momentum against the rate."""

    def _bound_momentum(
        self, least: Rate | Sequence[Rate], greatest: Rate | Sequence[Rate], begin: bool
    ) -> tuple[list[Rate], list[Rate]]:
        """Find out which option is the momentum, and note its bounds.

        Args:
            least: the momentum where the rate is greatest.
            greatest: where it is least.
            begin: whether the momentum begins there.

        Returns:
            The least and the greatest momentum of each group.

        Raises:
            ValueError: an optimizer without momentum.
        """
        defaults = self.optimizer.defaults
        if "momentum" not in defaults and "betas" not in defaults:
            raise ValueError(NO_MOMENTUM)
        self.use_beta1 = "betas" in defaults
        lows = one_for_each("base_momentum", self.optimizer, least)
        highs = one_for_each("max_momentum", self.optimizer, greatest)
        if begin:
            for group, low, high in zip(self.optimizer.param_groups, lows, highs, strict=True):
                self._move(group, high)
                group["max_momentum"] = high
                group["base_momentum"] = low
        return lows, highs

    def _move(self, group: dict, momentum: Rate) -> None:
        if self.use_beta1:
            group["betas"] = (momentum, *group["betas"][1:])
        else:
            group["momentum"] = momentum


class CyclicLR(Cycling):
    """The rate up and down between two bounds, again and again; call `step()` after each batch.

    Args:
        optimizer: whose rates to change.
        base_lr: the lower bound, one or one for each group.
        max_lr: the upper bound.
        step_size_up: how many batches the way up takes.
        step_size_down: the way down; as long if None.
        mode: "triangular", "triangular2" (each cycle half as high) or "exp_range".
        gamma: of "exp_range", where each batch is `gamma` times as high as the one before.
        scale_fn: a function of one's own in the place of `mode`.
        scale_mode: whether it is called with the number of the "cycle" or of "iterations".
        cycle_momentum: whether to move the momentum against the rate.
        base_momentum: its lower bound.
        max_momentum: its upper bound.
        last_epoch: the batch to go on from.

    Raises:
        ValueError: an unknown mode, bounds for another number of groups, or no momentum.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        base_lr: float | list[float],
        max_lr: float | list[float],
        step_size_up: int = 2000,
        step_size_down: int | None = None,
        mode: str = "triangular",
        gamma: float = 1.0,
        scale_fn: Callable[[float], float] | None = None,
        scale_mode: str = "cycle",
        cycle_momentum: bool = True,
        base_momentum: float = 0.8,
        max_momentum: float = 0.9,
        last_epoch: int = -1,
    ) -> None:
        check_optimizer(optimizer)
        self.optimizer = optimizer
        base_lrs = one_for_each("base_lr", optimizer, base_lr)
        if last_epoch == -1:
            for group, lr in zip(optimizer.param_groups, base_lrs, strict=True):
                put(group, "lr", lr)
        self.max_lrs = one_for_each("max_lr", optimizer, max_lr)
        up = float(step_size_up)
        self.total_size = up + (up if step_size_down is None else float(step_size_down))
        self.step_ratio = up / self.total_size
        if mode not in ("triangular", "triangular2", "exp_range") and scale_fn is None:
            raise ValueError("mode is invalid and scale_fn is None")
        self.mode = mode
        self.gamma = gamma
        self._scale_fn_custom = scale_fn
        self.scale_mode = scale_mode
        if scale_fn is None:
            self.scale_mode = "iterations" if mode == "exp_range" else "cycle"
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            bounds = self._bound_momentum(base_momentum, max_momentum, last_epoch == -1)
            self.base_momentums, self.max_momentums = bounds
        super().__init__(optimizer, last_epoch)
        self.base_lrs = base_lrs

    def scale_fn(self, x: float) -> float:
        """Return how high a cycle is, as a part of the first."""
        if self._scale_fn_custom is not None:
            return self._scale_fn_custom(x)
        if self.mode == "triangular":
            return 1.0
        return 1 / 2.0 ** (x - 1) if self.mode == "triangular2" else self.gamma**x

    def get_lr(self) -> list[Rate]:
        """Return the rates where the cycle is now, and move the momentum."""
        self._rates()
        cycle = math.floor(1 + self.last_epoch / self.total_size)
        part = 1.0 + self.last_epoch / self.total_size - cycle
        ratio = self.step_ratio
        height = part / ratio if part <= ratio else (part - 1) / (ratio - 1)
        scale = self.scale_fn(cycle if self.scale_mode == "cycle" else self.last_epoch)
        if self.cycle_momentum:
            bounds = zip(self.base_momentums, self.max_momentums, strict=True)
            for group, (low, high) in zip(self.optimizer.param_groups, bounds, strict=True):
                self._move(group, high - (high - low) * height * scale)
        return [
            low + (high - low) * height * scale
            for low, high in zip(self.base_lrs, self.max_lrs, strict=True)
        ]

    def state_dict(self) -> dict:
        """Return all that the schedule knows, but for the optimizer and a plain function."""
        state = super().state_dict()
        fn = state.pop("_scale_fn_custom")
        return {**state, "_scale_fn_custom": None if fn is None else without_functions(fn)}

    def load_state_dict(self, state_dict: dict) -> None:
        """Take what `state_dict` returned; a function stays, a callable object gets attributes."""
        state = dict(state_dict)
        attributes = state.pop("_scale_fn_custom")
        super().load_state_dict(state)
        if attributes is not None:
            vars(self._scale_fn_custom).update(attributes)


class OneCycleLR(Cycling):
    """The rate up to a maximum, then down to almost nothing; call `step()` after each batch.

    (Smith and Topin, 2017: arXiv:1708.07120)

    Args:
        optimizer: whose rates to change.
        max_lr: the greatest rate, one or one for each group.
        total_steps: how many batches there are; or give the next two.
        epochs: how many epochs there are.
        steps_per_epoch: how many batches an epoch has.
        pct_start: which part of them leads up.
        anneal_strategy: "cos" or "linear".
        cycle_momentum: whether to move the momentum against the rate.
        base_momentum: its lower bound.
        max_momentum: its upper bound.
        div_factor: how much smaller than the greatest rate the first is.
        final_div_factor: how much smaller than the first rate the last is.
        three_phase: whether to go down as long as up, and then on to the last rate.
        last_epoch: the batch to go on from.

    Raises:
        ValueError: an option that is unknown, missing or out of its range.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        max_lr: float | list[float],
        total_steps: int | None = None,
        epochs: int | None = None,
        steps_per_epoch: int | None = None,
        pct_start: float = 0.3,
        anneal_strategy: str = "cos",
        cycle_momentum: bool = True,
        base_momentum: float | list[float] = 0.85,
        max_momentum: float | list[float] = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
        last_epoch: int = -1,
    ) -> None:
        check_optimizer(optimizer)
        self.optimizer = optimizer
        self.total_steps = all_steps(total_steps, epochs, steps_per_epoch)
        self._schedule_phases = phases(self.total_steps, pct_start, three_phase)
        if pct_start < 0 or pct_start > 1 or not isinstance(pct_start, float):
            raise ValueError(f"Expected float between 0 and 1 pct_start, but got {pct_start}")
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(
                f"anneal_strategy must be one of 'cos' or 'linear', instead got {anneal_strategy}"
            )
        self._anneal_func_type = anneal_strategy
        greatest = one_for_each("max_lr", optimizer, max_lr)
        if last_epoch == -1:
            for group, lr in zip(optimizer.param_groups, greatest, strict=True):
                group["initial_lr"] = lr / div_factor
                group["max_lr"] = lr
                group["min_lr"] = group["initial_lr"] / final_div_factor
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            self._bound_momentum(base_momentum, max_momentum, last_epoch == -1)
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[Rate]:
        """Return the rates where the cycle is now, and move the momentum.

        Raises:
            ValueError: after the last batch.
        """
        self._rates()
        now, start = self.last_epoch, 0.0
        if now > self.total_steps:
            raise ValueError(
                f"Tried to step {now} times. The specified number of total steps is "
                f"{self.total_steps}"
            )
        for phase in self._schedule_phases[:-1]:
            if now <= phase["end_step"]:
                break
            start = phase["end_step"]
        else:
            phase = self._schedule_phases[-1]
        rates = []
        for group in self.optimizer.param_groups:
            part = (now - start) / (phase["end_step"] - start)
            rates.append(self._between(group[phase["start_lr"]], group[phase["end_lr"]], part))
            if self.cycle_momentum:
                ends = group[phase["start_momentum"]], group[phase["end_momentum"]]
                self._move(group, self._between(*ends, part))
        return rates

    def _between(self, start: Rate, end: Rate, part: float) -> Rate:
        """Return the value a part of the way from one to another."""
        if self._anneal_func_type == "cos":
            return end + (start - end) / 2.0 * (math.cos(math.pi * part) + 1)
        return (end - start) * part + start


def all_steps(total: int | None, epochs: int | None, steps: int | None) -> int:
    """Return how many batches there are in all, from what is given."""
    if total is not None:
        if total <= 0 or not isinstance(total, int):
            raise ValueError(f"Expected positive integer total_steps, but got {total}")
        return total
    if epochs is None or steps is None:
        raise ValueError("You must define either total_steps OR (epochs AND steps_per_epoch)")
    for name, value in (("epochs", epochs), ("steps_per_epoch", steps)):
        if not isinstance(value, int) or value <= 0:
            raise ValueError(f"Expected positive integer {name}, but got {value}")
    return epochs * steps


def phases(total: int, up: float, three: bool) -> list[dict]:
    """Return the phases of one cycle: where each ends, and between which options it leads."""
    ways = ["initial_lr max_lr max_momentum base_momentum"]
    ends = [float(up * total) - 1]
    if three:
        ways += ["max_lr initial_lr base_momentum max_momentum"]
        ways += ["initial_lr min_lr max_momentum max_momentum"]
        ends += [float(2 * up * total) - 2]
    else:
        ways += ["max_lr min_lr base_momentum max_momentum"]
    names = ("start_lr", "end_lr", "start_momentum", "end_momentum")
    return [
        {"end_step": end, **dict(zip(names, way.split(), strict=True))}
        for end, way in zip([*ends, total - 1], ways, strict=True)
    ]
