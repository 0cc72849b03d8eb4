"""`torch.amp`: mixed precision, which pays off on GPUs.

`autocast` computes some operators in halves; `GradScaler` keeps small gradients from becoming 0
in them.
"""

# ruff: noqa: F403 (the order is the reading order)

from __future__ import annotations

from ..public import not_here as _not_here
from .autocast_mode import *
from .grad_scaler import *


def __getattr__(name: str) -> object:
    raise _not_here("torch.amp", name, ["custom_bwd", "custom_fwd"])
