"""Averages of models over a training, which often do better than the last one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from itertools import chain

from ..devices import device
from ..gradmode import no_grad
from ..literals import tensor
from ..nn.modules.batchnorm import _BatchNorm
from ..nn.modules.module import Module
from ..nn.naming import missing as _missing
from ..tensor import Tensor
from .lr_scheduler.schedule import LRScheduler, Rate, one_for_each
from .optimizer import Optimizer

__all__ = [
    "SWALR",
    "AveragedModel",
    "get_ema_avg_fn",
    "get_ema_multi_avg_fn",
    "get_swa_avg_fn",
    "get_swa_multi_avg_fn",
    "update_bn",
]


def check_decay(decay: float) -> None:
    """Raise for a share that is none."""
    if decay < 0.0 or decay > 1.0:
        raise ValueError(
            f"Invalid decay value {decay} provided. Please provide a value in [0,1] range."
        )


def get_ema_avg_fn(decay: float = 0.999) -> Callable[[Tensor, Tensor, Tensor], Tensor]:
    """Return a function that lets old models fade: each step keeps the part `decay`."""
    check_decay(decay)

    @no_grad()
    def updated(average: Tensor, current: Tensor, count: Tensor | int) -> Tensor:
        return decay * average + (1 - decay) * current

    return updated


def get_ema_multi_avg_fn(decay: float = 0.999) -> Callable[[Sequence, Sequence, Tensor], None]:
    """Return a function that does so for all parameters, in place."""
    check_decay(decay)

    @no_grad()
    def update(averages: Sequence[Tensor], currents: Sequence[Tensor], count: Tensor | int) -> None:
        for average, current in zip(averages, currents, strict=True):
            if average.is_floating_point():
                average.lerp_(current, 1 - decay)
            else:
                average.copy_(average * decay + current * (1 - decay))

    return update


def get_swa_avg_fn() -> Callable[[Tensor, Tensor, Tensor], Tensor]:
    """Return a function that counts all models alike."""

    @no_grad()
    def updated(average: Tensor, current: Tensor, count: Tensor | int) -> Tensor:
        return average + (current - average) / (count + 1)

    return updated


def get_swa_multi_avg_fn() -> Callable[[Sequence, Sequence, Tensor], None]:
    """Return a function that does so for all parameters, in place."""

    @no_grad()
    def update(averages: Sequence[Tensor], currents: Sequence[Tensor], count: Tensor | int) -> None:
        share = 1 / (count + 1)
        for average, current in zip(averages, currents, strict=True):
            if average.is_floating_point():
                average.lerp_(current, share)
            else:
                average.add_(current - average, alpha=share)

    return update


class AveragedModel(Module):
    """A copy of a model whose parameters are averages of those that it is given.

    >>> model = torch.nn.Linear(1, 1)
    >>> average = torch.optim.swa_utils.AveragedModel(model)
    >>> for weight in (1.0, 2.0, 6.0):
    ...     _ = model.weight.data.fill_(weight)
    ...     average.update_parameters(model)
    >>> average.module.weight.item()
    3.0

    Args:
        model: what to copy.
        device: where to keep the copy.
        avg_fn: gives an average from the average, a parameter, and how many there were.
        multi_avg_fn: does so for all parameters, in place.
        use_buffers: whether to average buffers too, not to copy them.
    """

    def __init__(
        self,
        model: Module,
        device: int | device | None = None,
        avg_fn: Callable[[Tensor, Tensor, Tensor | int], Tensor] | None = None,
        multi_avg_fn: Callable[[Sequence, Sequence, Tensor | int], None] | None = None,
        use_buffers: bool = False,
    ) -> None:
        super().__init__()
        if avg_fn is not None and multi_avg_fn is not None:
            raise AssertionError("Only one of avg_fn and multi_avg_fn should be provided")
        self.module = deepcopy(model)
        if device is not None:
            self.module = self.module.to(device)
        self.register_buffer("n_averaged", tensor(0, device=device))
        self.avg_fn = avg_fn
        self.multi_avg_fn = multi_avg_fn
        self.use_buffers = use_buffers

    def forward(self, *args: object, **kwargs: object) -> object:
        """Return what the averaged model returns."""
        return self.module(*args, **kwargs)

    def update_parameters(self, model: Module) -> None:
        """Take the parameters of a model into the average; the first are copied."""
        own, others = self._averaged(self.module), self._averaged(model)
        averages, currents = [p.detach() for p in own], [p.detach() for p in others]
        if self.n_averaged == 0:
            for average, current in zip(averages, currents, strict=False):
                average.copy_(current)
        elif self.multi_avg_fn is not None:
            self.multi_avg_fn(averages, currents, self.n_averaged)
        else:
            averaged = self.avg_fn or get_swa_avg_fn()
            for average, current in zip(averages, currents, strict=True):
                average.copy_(averaged(average, current, self.n_averaged))
        if not self.use_buffers:
            for kept, current in zip(self.module.buffers(), model.buffers(), strict=True):
                kept.detach().copy_(current.detach())
        self.n_averaged += 1

    def _averaged(self, model: Module) -> Iterable[Tensor]:
        return chain(model.parameters(), model.buffers() if self.use_buffers else ())


@no_grad()
def update_bn(loader: Iterable, model: Module, device: int | device | None = None) -> None:
    """Let the batch norms of an averaged model see data: their own averages belong to others.

    Args:
        loader: gives tensors, or lists that begin with one.
        model: whose batch norms to renew.
        device: where to send the data.
    """
    norms = {m: m.momentum for m in model.modules() if isinstance(m, _BatchNorm)}
    if not norms:
        return
    was_training = model.training
    model.train()
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    for batch in loader:
        batch = batch[0] if isinstance(batch, (list, tuple)) else batch
        model(batch if device is None else batch.to(device))
    for norm, momentum in norms.items():
        norm.momentum = momentum
    model.train(was_training)


class SWALR(LRScheduler):
    """The rate from where it is to a rate that stays, for the models that are averaged.

    Args:
        optimizer: whose rates to change.
        swa_lr: the rate in the end, one or one for each group.
        anneal_epochs: how many epochs it takes.
        anneal_strategy: "cos" or "linear".
        last_epoch: the epoch to go on from.

    Raises:
        ValueError: an unknown way, or a negative number of epochs.
    """

    __shown__ = "torch.optim.swa_utils.SWALR"

    def __init__(
        self,
        optimizer: Optimizer,
        swa_lr: float,
        anneal_epochs: int = 10,
        anneal_strategy: str = "cos",
        last_epoch: int = -1,
    ) -> None:
        rates = one_for_each("swa_lr", optimizer, swa_lr)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["swa_lr"] = rate
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(
                f"anneal_strategy must be one of 'cos' or 'linear', instead got {anneal_strategy}"
            )
        self._anneal_strategy = anneal_strategy
        if not isinstance(anneal_epochs, int) or anneal_epochs < 0:
            raise ValueError(f"anneal_epochs must be equal or greater than 0, got {anneal_epochs}")
        self.anneal_epochs = anneal_epochs
        super().__init__(optimizer, last_epoch)

    def _way(self, step: int) -> float:
        """Return which part of the way to the last rate is done after so many steps."""
        part = max(0, min(1, step / max(1, self.anneal_epochs)))
        return part if self._anneal_strategy == "linear" else (1 - math.cos(math.pi * part)) / 2

    def get_lr(self) -> list[Rate]:
        """Return the rates, one step nearer to the last."""
        rates = self._rates()
        step = self._step_count - 1
        step = max(1, step) if self.anneal_epochs == 0 else step
        before, now = self._way(step - 1), self._way(step)
        found = []
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            last = group["swa_lr"]
            first = last if before == 1 else (rate - before * last) / (1 - before)
            found.append(last * now + first * (1 - now))
        return found


def __getattr__(name: str) -> object:
    raise _missing("torch.optim.swa_utils", name)
