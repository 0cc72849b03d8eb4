"""`torch.nn.utils`: what is done to the parameters of a module, or their gradients."""

# ruff: noqa: F401, F403, I001 (the order is the reading order)

from __future__ import annotations

from ..naming import missing as _missing
from . import rnn
from .clip_grad import *
from .convert_parameters import *
from .init import *
from . import parametrize
from .weight_norm import *
from .spectral_norm import *
from . import parametrizations
from .fusion import *
from . import prune


def __getattr__(name: str) -> object:
    raise _missing("torch.nn.utils", name)
