"""Computing in halves where that is faster: on GPUs; here only the switch is kept."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable

from .. import dtypes
from ..devices import device
from ..dtypes import dtype
from ..public import LISTED_AT, Public

__all__ = ["autocast", "is_autocast_available"]

TYPES: dict[str, dtype] = {
    **dict.fromkeys(("cpu", "hpu", "xla", "maia"), dtypes.bfloat16),
    **dict.fromkeys(("cuda", "ipu", "xpu", "mps", "mtia", "privateuseone"), dtypes.float16),
}
ENABLED: dict[str, bool] = dict.fromkeys(TYPES, False)


class Cache:
    """Whether converted weights are kept."""

    enabled = True


def is_autocast_available(device_type: str) -> bool:
    """Tell whether torch can compute in halves on a kind of device.

    Raises:
        RuntimeError: an unknown kind.
    """
    return device(device_type).type in TYPES


def get_autocast_dtype(device_type: str) -> dtype:
    """Return the type that `autocast` computes in on a kind of device."""
    if not is_autocast_available(device_type):
        raise RuntimeError("unsupported scalarType")
    return TYPES[device_type]


def is_autocast_enabled(device_type: str = "cuda") -> bool:
    """Tell whether `autocast` is at work on a kind of device."""
    if not is_autocast_available(device_type):
        raise RuntimeError(
            "unknown device type for autocast in get_autocast_dispatch_key_from_device_type"
        )
    return ENABLED[device_type]


def is_autocast_cache_enabled() -> bool:
    """Tell whether `autocast` keeps converted weights."""
    return Cache.enabled


def clear_autocast_cache() -> None:
    """Forget converted weights: there are none."""


class autocast(metaclass=Public):
    """Lets operators of a kind of device compute in halves, for the length of a `with`.

    Without a GPU, `autocast("cuda")` warns and does nothing, and neither does it here. What it
    would do on the CPU is not part of reference_impl.

    >>> with torch.autocast("cuda", enabled=torch.cuda.is_available()):
    ...     y = torch.ones(2) * 2
    >>> y
    tensor([2., 2.])

    Args:
        device_type: Such as "cuda" or "cpu".
        dtype: The type to compute in; by default the device's.
        enabled: Whether to do anything.
        cache_enabled: Whether to keep converted weights.

    Raises:
        ValueError: a device type that is no text.
        RuntimeError: an unknown one.
        NotImplementedError: on entry, for the CPU.
    """

    __shown__ = "torch.amp.autocast_mode.autocast"

    def __init__(
        self,
        device_type: str,
        dtype: dtype | None = None,
        enabled: bool = True,
        cache_enabled: bool | None = None,
    ) -> None:
        if not isinstance(device_type, str):
            raise ValueError(f"Expected `device_type` of type `str`, got: `{type(device_type)}`")
        self.fast_dtype = get_autocast_dtype(device_type) if dtype is None else dtype
        self.device = device_type
        if not is_autocast_available(device_type):
            raise RuntimeError(
                f"User specified an unsupported autocast device_type '{device_type}'"
            )
        self._cache_enabled = Cache.enabled if cache_enabled is None else cache_enabled
        self._enabled = enabled and self._possible()

    def __repr__(self) -> str:
        return f"<{type(self).__shown__} object at {id(self):#x}>"

    def _possible(self) -> bool:
        """Warn if the device is not there or does not compute in the type."""
        name, halves = self.device.upper(), (dtypes.bfloat16, dtypes.float16)
        if self.device == "cuda":
            said = "CUDA is not available or torch_xla is imported. Disabling autocast."
        elif self.fast_dtype not in halves:
            said = (
                f"In {name} autocast, but the target dtype is not supported. Disabling autocast.\n"
                f"{name} Autocast only supports dtypes of torch.bfloat16, torch.float16 currently."
            )
        else:
            return True
        warnings.warn(said, UserWarning, stacklevel=3)
        return False

    def __enter__(self) -> autocast:
        """Begin."""
        if self._enabled and self.device == "cpu":
            raise NotImplementedError(
                "torch.autocast on the CPU is not part of reference_impl, which computes in the "
                f"types of its operands; {LISTED_AT} lists what is"
            )
        kind = self.device
        self._before = ENABLED[kind], TYPES[kind], Cache.enabled
        ENABLED[kind], TYPES[kind] = self._enabled, self.fast_dtype
        Cache.enabled = self._cache_enabled
        return self

    def __exit__(self, *_: object) -> None:
        """Restore what was before."""
        ENABLED[self.device], TYPES[self.device], Cache.enabled = self._before

    def __call__(self, func: Callable) -> Callable:
        """Return a function that runs inside.

        Raises:
            TypeError: what cannot be called.
        """
        if not callable(func):
            raise TypeError(
                f"autocast()(func) requires a callable, but got {type(func).__name__}. Did you "
                "mean to use autocast as a context manager? For example:\n"
                "    with torch.autocast(device_type=...):\n"
                "        output = model(input)"
            )

        @functools.wraps(func)
        def inside(*args: object, **kwargs: object) -> object:
            with self:
                return func(*args, **kwargs)

        return inside
