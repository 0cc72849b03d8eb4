"""Keeping small gradients from becoming 0: losses times a large factor, gradients divided by it."""

from __future__ import annotations

import enum
import warnings
from collections import defaultdict
from collections.abc import Iterable

from .. import dtypes
from ..creation import full
from ..gradmode import no_grad
from ..public import Public
from ..tensor import Tensor

__all__ = ["GradScaler"]

FORGOTTEN = (
    "This may indicate your script did not use scaler.scale(loss or outputs) earlier in the "
    "iteration."
)
NO_SCALE = (
    "new_scale should be a float or a 1-element torch.cuda.FloatTensor or torch.FloatTensor with "
    "requires_grad=False."
)


class Stage(enum.Enum):
    """How far an optimizer has come in an iteration."""

    READY = 0
    UNSCALED = 1
    STEPPED = 2


class Progress:
    """Of one optimizer: its stage, and for each device whether a gradient was not finite."""

    def __init__(self) -> None:
        self.stage = Stage.READY
        self.found: dict[object, Tensor] = {}


class GradScaler(metaclass=Public):
    """Scales losses, and takes a step only if the gradients are finite.

    In float16 what is below 6e-8 is 0, as gradients often are; the factor lifts them. If they
    overflow, the step is left out and the factor halved; after many good steps it is doubled.

    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.SGD([w], lr=0.5)
    >>> scaler = torch.amp.GradScaler("cpu", init_scale=4.0)
    >>> scaler.scale(w.square().sum()).backward()
    >>> w.grad
    tensor([8.])
    >>> scaler.step(optimizer)
    >>> scaler.update()
    >>> w
    tensor([0.], requires_grad=True)

    Args:
        device: Such as "cuda", which is not there: a warning, and nothing is scaled.
        init_scale: The first factor.
        growth_factor: By what it grows.
        backoff_factor: By what it shrinks.
        growth_interval: How many good steps it takes to grow.
        enabled: Whether to do anything.
    """

    __shown__ = "torch.amp.grad_scaler.GradScaler"

    def __init__(
        self,
        device: str = "cuda",
        init_scale: float = 2.0**16,
        growth_factor: float = 2.0,
        backoff_factor: float = 0.5,
        growth_interval: int = 2000,
        enabled: bool = True,
    ) -> None:
        self._device = device
        self._enabled = enabled and device != "cuda"
        if enabled and device == "cuda":
            warnings.warn(
                "torch.cuda.amp.GradScaler is enabled, but CUDA is not available.  Disabling.",
                UserWarning,
                stacklevel=2,
            )
        if not self._enabled:
            return
        if growth_factor <= 1.0:
            raise AssertionError("The growth factor must be > 1.0.")
        if backoff_factor >= 1.0:
            raise AssertionError("The backoff factor must be < 1.0.")
        self._init_scale = init_scale
        self._scale: Tensor | None = None
        self._growth_factor = growth_factor
        self._backoff_factor = backoff_factor
        self._growth_interval = growth_interval
        self._init_growth_tracker = 0
        self._growth_tracker: Tensor | None = None
        self._progress: defaultdict[int, Progress] = defaultdict(Progress)

    def __repr__(self) -> str:
        return f"<{type(self).__shown__} object at {id(self):#x}>"

    def scale(self, outputs: Tensor | Iterable[Tensor]) -> Tensor | Iterable[Tensor]:
        """Return a loss, or several, times the factor.

        Raises:
            ValueError: what is neither a tensor nor made of tensors.
        """
        if not self._enabled:
            return outputs
        if isinstance(outputs, Tensor):
            if self._scale is None:
                self._scale = full((), self._init_scale, dtype=dtypes.float32)
                self._growth_tracker = full((), self._init_growth_tracker, dtype=dtypes.int32)
            return outputs * self._scale
        if not isinstance(outputs, Iterable):
            raise ValueError("outputs must be a Tensor or an iterable of Tensors")
        scaled = map(self.scale, outputs)
        return type(outputs)(scaled) if isinstance(outputs, (list, tuple)) else scaled

    def _check_begun(self, action: str) -> None:
        if self._scale is None:
            raise AssertionError(f"Attempted {action} but _scale is None.  {FORGOTTEN}")

    def unscale_(self, optimizer: object) -> None:
        """Divide an optimizer's gradients by the factor, to look at them before the step.

        Raises:
            RuntimeError: twice in an iteration, or after the step.
            ValueError: gradients of float16.
        """
        if not self._enabled:
            return
        self._check_begun("unscale_")
        progress = self._progress[id(optimizer)]
        if progress.stage is Stage.UNSCALED:
            raise RuntimeError(
                "unscale_() has already been called on this optimizer since the last update()."
            )
        if progress.stage is Stage.STEPPED:
            raise RuntimeError("unscale_() is being called after step().")
        share = self._scale.double().reciprocal().float()
        with no_grad():
            for group in optimizer.param_groups:
                for grad in [p.grad for p in group["params"] if p.grad is not None]:
                    if grad.dtype is dtypes.float16:
                        raise ValueError("Attempting to unscale FP16 gradients.")
                    bad = progress.found.setdefault(grad.device, full((), 0.0))
                    if not grad.isfinite().all():
                        bad.fill_(1.0)
                    grad.mul_(share)
        progress.stage = Stage.UNSCALED

    def step(self, optimizer: object, *args: object, **kwargs: object) -> float | None:
        """Take an optimizer's step if all its gradients are finite; return what it returns.

        Raises:
            RuntimeError: twice in an iteration, or with a closure.
        """
        if not self._enabled:
            return optimizer.step(*args, **kwargs)
        if "closure" in kwargs:
            raise RuntimeError("Closure use is not currently supported if GradScaler is enabled.")
        self._check_begun("step")
        progress = self._progress[id(optimizer)]
        if progress.stage is Stage.STEPPED:
            raise RuntimeError("step() has already been called since the last update().")
        if progress.stage is Stage.READY:
            self.unscale_(optimizer)
        if not progress.found:
            raise AssertionError("No inf checks were recorded for this optimizer.")
        finite = not sum(bad.item() for bad in progress.found.values())
        result = optimizer.step(*args, **kwargs) if finite else None
        progress.stage = Stage.STEPPED
        return result

    def update(self, new_scale: float | Tensor | None = None) -> None:
        """End an iteration: let the factor grow or shrink, or set it.

        Args:
            new_scale: The new factor.

        Raises:
            AssertionError: before any step, or for a factor that is none.
        """
        if not self._enabled:
            return
        self._check_begun("update")
        if isinstance(new_scale, float):
            self._scale.fill_(new_scale)
        elif new_scale is not None:
            fits = new_scale.device.type == self._device and new_scale.numel() == 1
            if not fits or new_scale.requires_grad:
                raise AssertionError(NO_SCALE)
            self._scale.copy_(new_scale)
        else:
            found = [bad for one in self._progress.values() for bad in one.found.values()]
            if not found:
                raise AssertionError("No inf checks were recorded prior to update.")
            self._grow(any(bad.item() for bad in found))
        self._progress = defaultdict(Progress)

    def _grow(self, overflowed: bool) -> None:
        if overflowed:
            self._scale.mul_(self._backoff_factor)
            self._growth_tracker.zero_()
            return
        self._growth_tracker += 1
        if self._growth_tracker.item() == self._growth_interval:
            if (self._scale * self._growth_factor).isfinite():
                self._scale.mul_(self._growth_factor)
            self._growth_tracker.zero_()

    # Looking at it, and saving it

    def get_scale(self) -> float:
        """Return the factor; 1 if nothing is scaled."""
        if not self._enabled:
            return 1.0
        return self._init_scale if self._scale is None else self._scale.item()

    def get_growth_factor(self) -> float:
        """Return by what the factor grows."""
        return self._growth_factor

    def set_growth_factor(self, new_factor: float) -> None:
        """Say by what the factor is to grow."""
        self._growth_factor = new_factor

    def get_backoff_factor(self) -> float:
        """Return by what the factor shrinks."""
        return self._backoff_factor

    def set_backoff_factor(self, new_factor: float) -> None:
        """Say by what the factor is to shrink."""
        self._backoff_factor = new_factor

    def get_growth_interval(self) -> int:
        """Return how many good steps it takes to grow."""
        return self._growth_interval

    def set_growth_interval(self, new_interval: int) -> None:
        """Say how many good steps it is to take to grow."""
        self._growth_interval = new_interval

    def is_enabled(self) -> bool:
        """Tell whether anything is scaled."""
        return self._enabled

    def _good_steps(self) -> int:
        tracker = self._growth_tracker
        return self._init_growth_tracker if tracker is None else tracker.item()

    def state_dict(self) -> dict:
        """Return the factor and how it changes; nothing if nothing is scaled."""
        if not self._enabled:
            return {}
        return {
            "scale": self.get_scale(),
            "growth_factor": self._growth_factor,
            "backoff_factor": self._backoff_factor,
            "growth_interval": self._growth_interval,
            "_growth_tracker": self._good_steps(),
        }

    def load_state_dict(self, state_dict: dict) -> None:
        """Take what `state_dict` returned.

        Raises:
            RuntimeError: an empty one.
        """
        if not self._enabled:
            return
        if not state_dict:
            raise RuntimeError(
                "The source state dict is empty, possibly because it was saved from a disabled "
                "instance of GradScaler."
            )
        self._init_scale = state_dict["scale"]
        self._growth_factor = state_dict["growth_factor"]
        self._backoff_factor = state_dict["backoff_factor"]
        self._growth_interval = state_dict["growth_interval"]
        self._init_growth_tracker = state_dict["_growth_tracker"]
        if self._scale is not None:
            self._scale.fill_(self._init_scale)
            self._growth_tracker.fill_(self._init_growth_tracker)
