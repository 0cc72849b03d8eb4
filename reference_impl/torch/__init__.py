"""PyTorch for reading: the part of torch that learners use, printing what torch prints.

This is the contents page. The chapters below are in reading order: each builds on those
before it, and none on a later one.
"""

# ruff: noqa: F401, F403, I001 (the order is the reading order)

from __future__ import annotations

# What a tensor is made of
from . import public  # how types and names show; public_names.py lists torch's
from .dtypes import *  # what an element is, how it is stored and rounded
from .promotion import *  # which type a result has when operands differ
from .shapes import *  # sizes and strides: which element stands where
from .storage import *  # where the numbers are
from . import reinterpreting  # the same bytes as another type
from . import kernels  # loops over numbers
from .devices import *  # cpu and meta; layouts
from . import version
from .settings import *  # threads, determinism: remembered

# How a call becomes part of a graph
from . import arguments  # what an argument may be
from . import forms  # the forms of calls that torch's errors list
from . import calling  # reading a call, torch's errors
from .gradmode import *  # whether operations are recorded
from . import graph  # nodes, edges, saved values: `differentiable`
from . import engine  # backward

# The tensor
from . import tensorbase  # numbers and geometry
from .tensor import *  # and its place in the graph
from .values import *  # from tensors to Python
from .printing import *

# How operators are made
from . import inplace  # writing into a tensor that exists
from . import operators  # the decorators
from . import pointwise  # results made place by place

# New tensors
from .copying import *  # copies, other types, fill_, zero_
from .literals import *  # tensor([[1, 2], [3, 4]])
from .creation import *  # zeros, ones, full, eye
from .ranges import *  # arange, linspace
from .queries import *
from .typed_storage import *

# The same numbers seen otherwise
from .views import *  # view, reshape, expand, squeeze
from .transposing import *
from .pieces import *  # select, narrow, as_strided
from .splitting import *
from .rebinding import *  # views in place
from .legacy import *  # torch.Tensor(2, 3), torch.LongTensor([1, 2])
from .exchange import *  # NumPy
from . import picking
from .advanced import *  # what tensors of indices pick
from .indexing import *
from .masking import *  # nonzero, masked_fill, masked_select
from .gathering import *  # gather, take
from .scattering import *  # scatter, scatter_add
from .selecting import *  # index_select, index_add
from .rearranging import *  # roll, flip, slice_scatter
from .repeating import *  # tile, repeat_interleave

# Numbers by chance
from . import twister  # random bits
from . import variates  # distributions
from . import introselect
from .random import *
from .inplace_sampling import *
from .sampling import *
from .parametric import *

# Computing
from .elementwise.arithmetic import *
from .elementwise.division import *
from .elementwise.logarithms import *
from .elementwise.powers import *
from .elementwise.trigonometry import *
from .elementwise.rounding import *
from .elementwise.comparison import *
from .elementwise.choosing import *
from .elementwise.logic import *
from .elementwise.activation import *
from .elementwise.gamma import *
from .elementwise.divisors import *
from .elementwise.parts import *
from . import summation  # adding in torch's order
from . import return_types
from .reductions.sums import *
from .reductions.extremes import *
from .reductions.counting import *
from .reductions.statistics import *
from .reductions.running import *
from .reductions.ranks import *
from .reductions.shares import *
from .sorting import *  # sort, topk
from .distinct import *  # unique
from .binning import *  # searchsorted, bincount
from .joining import *
from .grids import *  # meshgrid
from .differences import *  # diff
from . import linalg
from .linalg.products import *  # mm, matmul, dot
from .linalg.sums_of_products import *  # addmm
from .linalg.contractions import *  # inner, tensordot
from .linalg.einstein import *  # einsum
from .linalg.chains import *
from .linalg.diagonals import *  # tril, diag, trace
from .linalg.vectors import *
from .linalg.vectors import torch_cross as cross
from .linalg.covariance import *
from .linalg.solving import *
from .linalg.decompositions import *
from .linalg.norms import *
from .linalg.distances import *
from .linalg.least_squares import *

# Differentiation under torch's names
from . import autograd
from .autograd.anomaly_mode import is_anomaly_check_nan_enabled, is_anomaly_enabled

# Learning
from . import nn
from .nn.native import *  # dropout, embedding, layer_norm
from .nn.recurrent import *  # lstm, gru
from .nn.functional import celu_, hardshrink, prelu, relu_, rrelu, rrelu_, selu_
from .nn.functional import bilinear, constant_pad_nd, threshold_
from .nn.functional import cosine_similarity, pairwise_distance
from .nn.functional import adaptive_avg_pool1d, adaptive_max_pool1d, avg_pool1d
from .nn.functional import max_pool1d, max_pool2d, max_pool3d
from .nn.functional import conv1d, conv2d, conv3d
from .nn.functional import conv_transpose1d, conv_transpose2d, conv_transpose3d
from . import optim
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

from math import e, inf, nan, pi

from . import dtypes as _dtypes
from .public import missing as _missing

__version__ = version.TorchVersion(version.__version__)

double, float, half = _dtypes.float64, _dtypes.float32, _dtypes.float16
long, int, short = _dtypes.int64, _dtypes.int32, _dtypes.int16
newaxis = None


def __getattr__(name: str) -> object:
    raise _missing("torch", name)
