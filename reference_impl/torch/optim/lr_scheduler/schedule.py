"""What all schedules share: an optimizer whose rates they change, and a count of epochs."""

from __future__ import annotations

import functools
import types
import warnings
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ...public import Public
from ...tensor import Tensor
from ..optimizer import Optimizer
from ..stepping import scalar

__all__ = ["LRScheduler"]

PACKAGE = __name__.rpartition(".")[0]
Rate = float | Tensor

RESUMED = (
    "param 'initial_lr' is not specified in param_groups[{}] when resuming scheduler with "
    "last_epoch >= 0.\nThis typically happens when:\n1. You're trying to resume training from a "
    "checkpoint but haven't properly loaded the optimizer state\n2. You're using last_epoch >= 0 "
    "for a fresh training run (not recommended)"
)
HOW = "https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate"
OVERRIDDEN = (
    "Seems like `optimizer.step()` has been overridden after learning rate scheduler "
    "initialization. Please, make sure to call `optimizer.step()` before `lr_scheduler.step()`. "
    f"See more details at {HOW}"
)
TOO_EARLY = (
    "Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 and later, "
    "you should call them in the opposite order: `optimizer.step()` before `lr_scheduler.step()`.  "
    "Failure to do this will result in PyTorch skipping the first value of the learning rate "
    f"schedule. See more details at {HOW}"
)
EPOCH = (
    "The epoch parameter in `scheduler.step()` was not necessary and is being deprecated where "
    "possible. Please use `scheduler.step()` to step the scheduler. During the deprecation, if "
    "epoch is different from None, the closed form is used instead of the new chainable form, "
    "where available. Please open an issue if you are unable to replicate your use case: "
    "https://github.com/pytorch/pytorch/issues/new/choose."
)


class LRScheduler(metaclass=Public):
    """The base of all schedules: a subclass says in `get_lr` what the rates are next.

    Call `step()` after each epoch, after the optimizer's own steps.

    Args:
        optimizer: whose rates to change.
        last_epoch: the epoch to go on from; -1 to begin.

    Raises:
        TypeError: no optimizer.
        KeyError: going on with an optimizer that does not know its first rates.
    """

    _get_lr_called_within_step = False
    _is_initial = False
    __shown__ = "torch.optim.lr_scheduler.LRScheduler"

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Show the schedules of this package under torch's path."""
        super().__init_subclass__(**kwargs)
        if cls.__module__.startswith(PACKAGE):
            cls.__shown__ = f"torch.optim.lr_scheduler.{cls.__name__}"

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1) -> None:
        check_optimizer(optimizer)
        self.optimizer = optimizer
        for at, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                group.setdefault("initial_lr", unshared(group["lr"]))
            elif "initial_lr" not in group:
                raise KeyError(RESUMED.format(at))
        self.base_lrs = options(optimizer, "initial_lr")
        self.last_epoch = last_epoch
        notice_steps(optimizer)
        self._begin()

    def __repr__(self) -> str:
        shown = vars(type(self)).get("__shown__", f"{type(self).__module__}.{type(self).__name__}")
        return f"<{shown} object at {id(self):#x}>"

    def _begin(self) -> None:
        self._step_count = 0
        self._is_initial = True
        try:
            self.step()
        finally:
            self._is_initial = False

    def state_dict(self) -> dict:
        """Return all that the schedule knows, but for the optimizer."""
        return {name: value for name, value in vars(self).items() if name != "optimizer"}

    def load_state_dict(self, state_dict: dict) -> None:
        """Take what `state_dict` returned."""
        vars(self).update(state_dict)

    def get_last_lr(self) -> list[Rate]:
        """Return the rates of the groups as they are now."""
        return self._last_lr

    def get_lr(self) -> list[Rate]:
        """Return the rates for the epoch `last_epoch`; every subclass defines this."""
        raise NotImplementedError

    def _rates(self) -> list[Rate]:
        """Return the present rates; from outside of `step`, warn that they are not the last."""
        if not self._get_lr_called_within_step:
            warnings.warn(
                "To get the last learning rate computed by the scheduler, please use "
                "`get_last_lr()`.",
                UserWarning,
                stacklevel=3,
            )
        return options(self.optimizer, "lr")

    def step(self, epoch: int | None = None) -> None:
        """Go on to the next epoch, and set the rates.

        Args:
            epoch: deprecated: the epoch to go to.
        """
        if self._step_count == 1:
            if not hasattr(self.optimizer.step, "_wrapped_by_lr_sched"):
                warnings.warn(OVERRIDDEN, UserWarning, stacklevel=2)
            elif not getattr(self.optimizer, "_opt_called", False):
                warnings.warn(TOO_EARLY, UserWarning, stacklevel=2)
        self._step_count += 1
        if epoch is not None:
            warnings.warn(EPOCH, UserWarning, stacklevel=2)
        self._change(epoch)

    def _change(self, epoch: int | None) -> None:
        """Set the rates of the next epoch, or of a given one."""
        with self._within_step():
            if epoch is None:
                self.last_epoch += 1
                rates = self.get_lr()
            else:
                self.last_epoch = epoch
                closed = getattr(self, "_get_closed_form_lr", None)
                rates = self.get_lr() if closed is None else closed()
        self._set(rates)

    @contextmanager
    def _within_step(self) -> Iterator[None]:
        """Let `get_lr` be called without a warning."""
        self._get_lr_called_within_step = True
        try:
            yield
        finally:
            self._get_lr_called_within_step = False

    def _set(self, rates: Sequence[Rate]) -> None:
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            put(group, "lr", rate)
        self._last_lr = options(self.optimizer, "lr")


def unshared(option: object) -> object:
    """Return an option that stays as it is when the optimizer's own is changed in place."""
    return option.clone() if isinstance(option, Tensor) else option


def options(optimizer: Optimizer, name: str) -> list:
    """Return an option of each group."""
    return [unshared(group[name]) for group in optimizer.param_groups]


def put(group: dict, name: str, value: Rate) -> None:
    """Change an option; if it is a tensor, in place."""
    if isinstance(group[name], Tensor):
        group[name].fill_(scalar(value))
    else:
        group[name] = value


def one_for_each(name: str, optimizer: Optimizer, given: Rate | Sequence[Rate]) -> list[Rate]:
    """Return a list of one value for each group.

    Args:
        name: as the error gives it.
        optimizer: whose groups.
        given: a value for all, or a list.

    Raises:
        ValueError: a list of another length.
    """
    groups = len(optimizer.param_groups)
    if not isinstance(given, (list, tuple)):
        given = [given] * groups
    elif len(given) != groups:
        raise ValueError(
            f"{name} must have the same length as optimizer.param_groups. {name} has "
            f"{len(given)} values, param_groups has {groups}."
        )
    return [unshared(value) for value in given]


def check_optimizer(optimizer: Optimizer) -> None:
    """Raise for what is no optimizer."""
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")


def without_functions(fn: object) -> dict | None:
    """Return what is saved of a function: of a callable object its attributes, else nothing."""
    return None if isinstance(fn, types.FunctionType) else vars(fn).copy()


def notice_steps(optimizer: Optimizer) -> None:
    """Let an optimizer remember that it has made a step."""
    if hasattr(optimizer.step, "_wrapped_by_lr_sched"):
        return
    step, owner = optimizer.step.__func__, weakref.ref(optimizer)

    @functools.wraps(step)
    def noticed(*args: object, **kwargs: object) -> object:
        self = owner()
        self._opt_called = True
        return step(self, *args, **kwargs)

    noticed._wrapped_by_lr_sched = True
    optimizer.step = noticed


class _LRScheduler(LRScheduler):
    """The name of old, from which schedules of learners derive."""
