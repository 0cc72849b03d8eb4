"""Mixed precision on the CPU under the names that it had first."""

from __future__ import annotations

from .. import amp, dtypes
from ..cuda.amp import deprecated
from ..dtypes import dtype

__all__ = ["GradScaler", "autocast"]


class autocast(amp.autocast):
    """Deprecated: `torch.amp.autocast("cpu")`.

    Args:
        enabled: Whether to do anything.
        dtype: The type to compute in.
        cache_enabled: Whether to keep converted weights.
    """

    __shown__ = "torch.cpu.amp.autocast_mode.autocast"

    def __init__(
        self,
        enabled: bool = True,
        dtype: dtype = dtypes.bfloat16,
        cache_enabled: bool = True,
    ) -> None:
        deprecated("autocast", "cpu")
        super().__init__("cpu", dtype, enabled, cache_enabled)


class GradScaler(amp.GradScaler):
    """Deprecated: `torch.amp.GradScaler("cpu")`.

    Args:
        init_scale: The first factor.
        growth_factor: By what it grows.
        backoff_factor: By what it shrinks.
        growth_interval: How many good steps it takes to grow.
        enabled: Whether to do anything.
    """

    __shown__ = "torch.cpu.amp.grad_scaler.GradScaler"

    def __init__(
        self,
        init_scale: float = 2.0**16,
        growth_factor: float = 2.0,
        backoff_factor: float = 0.5,
        growth_interval: int = 2000,
        enabled: bool = True,
    ) -> None:
        deprecated("GradScaler", "cpu")
        super().__init__("cpu", init_scale, growth_factor, backoff_factor, growth_interval, enabled)
