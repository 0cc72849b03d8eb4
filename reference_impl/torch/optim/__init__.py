"""`torch.optim`: how parameters are changed by their gradients.

In reading order: what all share, then optimizers from simple to less so, then schedules of
the learning rate.
"""

# ruff: noqa: F401, F403, I001 (the order is the reading order)

from __future__ import annotations

from ..nn.naming import missing as _missing
from .optimizer import Optimizer
from . import stepping  # one parameter after the other
from .sgd import *
from .asgd import *
from .rprop import *
from .adagrad import *
from .rmsprop import *
from .adadelta import *
from .adam import *
from .adamw import *
from .adamax import *
from .nadam import *
from .radam import *
from .sparse_adam import *
from ._adafactor import *
from ._muon import *
from . import line_search
from .lbfgs import *
from . import lr_scheduler, swa_utils


def __getattr__(name: str) -> object:
    raise _missing("torch.optim", name)
