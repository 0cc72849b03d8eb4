"""Schedules of the learning rate: large steps at first, small ones in the end.

In reading order: what all share, then schedules by what the rate does, then schedules of
schedules.
"""

# ruff: noqa: F401, F403, I001 (the order is the reading order)

from __future__ import annotations

from ...nn.naming import missing as _missing
from ..optimizer import Optimizer
from .schedule import *
from .schedule import _LRScheduler
from .schedule import EPOCH as EPOCH_DEPRECATION_WARNING
from .functions import *
from .stairs import *
from .curves import *
from .restarts import *
from .cycles import *
from .plateau import *
from .combined import *


def __getattr__(name: str) -> object:
    raise _missing("torch.optim.lr_scheduler", name)
