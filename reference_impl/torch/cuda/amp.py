"""Mixed precision under the names that it had first."""

from __future__ import annotations

import warnings

from .. import amp, dtypes
from ..dtypes import dtype

__all__ = ["GradScaler", "autocast"]


def deprecated(name: str, device: str = "cuda") -> None:
    """Warn that a name has moved."""
    warnings.warn(
        f"`torch.{device}.amp.{name}(args...)` is deprecated. Please use "
        f"`torch.amp.{name}('{device}', args...)` instead.",
        FutureWarning,
        stacklevel=3,
    )


class autocast(amp.autocast):
    """Deprecated: `torch.amp.autocast("cuda")`.

    Args:
        enabled: Whether to do anything; without a GPU it warns and does nothing.
        dtype: The type to compute in.
        cache_enabled: Whether to keep converted weights.
    """

    __shown__ = "torch.cuda.amp.autocast_mode.autocast"

    def __init__(
        self,
        enabled: bool = True,
        dtype: dtype = dtypes.float16,
        cache_enabled: bool = True,
    ) -> None:
        deprecated("autocast")
        super().__init__("cuda", dtype, enabled, cache_enabled)


class GradScaler(amp.GradScaler):
    """Deprecated: `torch.amp.GradScaler("cuda")`.

    Args:
        init_scale: The first factor.
        growth_factor: By what it grows.
        backoff_factor: By what it shrinks.
        growth_interval: How many good steps it takes to grow.
        enabled: Whether to do anything; without a GPU it warns and does nothing.
    """

    __shown__ = "torch.cuda.amp.grad_scaler.GradScaler"

    def __init__(
        self,
        init_scale: float = 2.0**16,
        growth_factor: float = 2.0,
        backoff_factor: float = 0.5,
        growth_interval: int = 2000,
        enabled: bool = True,
    ) -> None:
        deprecated("GradScaler")
        super().__init__(
            "cuda", init_scale, growth_factor, backoff_factor, growth_interval, enabled
        )
