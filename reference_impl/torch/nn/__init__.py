"""`torch.nn`: layers, losses, and the modules that hold them.

In reading order: parameters, how they start, what layers compute (`functional`), and the
layers themselves (`modules`).
"""

# ruff: noqa: F401, F403, I001 (the order is the reading order)

from __future__ import annotations

from .naming import missing as _missing
from .parameter import *
from . import functional
from . import init
from . import native
from . import native_layers
from . import recurrent
from . import modules
from . import utils as _utils
from .modules import *
from . import parallel
from .parallel import DataParallel

utils = _utils  # and not that of the modules


def __getattr__(name: str) -> object:
    raise _missing("torch.nn", name)
