"""The contents page, continued: chapters that wait until one of their names is used.

A first lesson needs none of them, and need not wait for them: `__init__.py` opens this page.
They add no methods to tensors.
"""

# ruff: noqa: F401, F403, I001 (the order is the reading order)

from __future__ import annotations

# Learning
from . import nn
from .nn.native import *  # dropout, embedding, layer_norm
from .nn.native_losses import *  # ctc_loss, kl_div
from .nn.native_layers import *  # convolution, native_layer_norm
from .nn.recurrent import *  # lstm, gru
from .nn.functional import celu_, hardshrink, prelu, relu_, rrelu, rrelu_, selu_
from .nn.functional import bilinear, constant_pad_nd, threshold_
from .nn.functional import cosine_similarity, pairwise_distance, pdist
from .nn.functional import channel_shuffle, native_channel_shuffle
from .nn.functional import pixel_shuffle, pixel_unshuffle
from .nn.functional import adaptive_avg_pool1d, adaptive_max_pool1d, avg_pool1d
from .nn.functional import max_pool1d, max_pool2d, max_pool3d
from .nn.functional import conv1d, conv2d, conv3d
from .nn.functional import conv_transpose1d, conv_transpose2d, conv_transpose3d
from . import optim
from . import special  # under their names in mathematics
from . import testing  # assert_close
from . import distributed  # whether processes can be connected: no
from . import utils  # datasets, samplers, loaders

# Faster computers
from . import amp  # computing in halves
from .amp.autocast_mode import autocast, get_autocast_dtype, is_autocast_enabled
from .amp.autocast_mode import clear_autocast_cache, is_autocast_cache_enabled
from .amp.grad_scaler import GradScaler
from . import cuda, mps, xpu, accelerator  # whether there is a GPU: no
from .cuda import AcceleratorError, OutOfMemoryError
from . import cpu, backends

# Files
from . import serialization
from .serialization import *  # save, load
