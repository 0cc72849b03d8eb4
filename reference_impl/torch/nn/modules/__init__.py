"""The layers. In reading order: what a module is, then one file a family.

torch keeps them in fewer files; its paths, which pickles hold, lead here, too.
"""

# ruff: noqa: F401, F403, I001 (the order is the reading order)

from __future__ import annotations

import sys as _sys

from .module import *
from .container import *
from .parameter_container import *
from .linear import *
from .flatten import *
from .activation import *
from .softmax import *
from .conv import *
from .padding import *
from .pooling import *
from .unpooling import *
from .fold import *
from .pixelshuffle import *
from .channelshuffle import *
from .upsampling import *
from .normalization import *
from .batchnorm import *
from .syncbatchnorm import *
from .instancenorm import *
from .lazy import *
from .dropout import *
from .sparse import *
from .attention import *
from .transformer_layers import *
from .transformer import *
from .rnn_cells import *
from .rnn import *
from .loss import *
from .linear_cross_entropy_options import *
from .linear_loss import *
from .distance import *
from .margins import *
from .adaptive import *
from . import utils

for _layer in list(globals().values()):
    _path = getattr(_layer, "__shown__", "").rpartition(".")[0]
    _file = _sys.modules.get(f"{__name__.removesuffix('torch.nn.modules')}{_path}")
    if _file is not None:
        setattr(_file, _layer.__name__, _layer)
