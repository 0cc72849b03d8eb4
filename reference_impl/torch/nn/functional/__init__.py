"""`torch.nn.functional`: what the layers compute, as functions of tensors and weights.

In reading order.
"""

# ruff: noqa: F403, I001 (the order is the reading order)

from __future__ import annotations

from ..naming import missing as _missing
from .linear import *
from .rectifiers import *
from .activation import *
from .padding import *
from .convolution import *
from .transposed_convolution import *
from .pooling import *
from .average_pooling import *
from .adaptive_pooling import *
from .unpooling import *
from .interpolation import *
from .sampling import *
from .normalization import *
from .batch_normalization import *
from .dropout import *
from .embedding import *
from .bags import *
from .distance import *
from .attention import *
from .multihead import *
from .windows import *
from .shuffling import *
from .regression import *
from .classification import *
from .linear_loss import *
from .binary import *
from .margins import *
from .pairs import *
from .alignment import *


def __getattr__(name: str) -> object:
    raise _missing("torch.nn.functional", name)
