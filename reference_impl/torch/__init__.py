"""PyTorch for reading: the part of torch that learners use, printing what torch prints.

This is the contents page. The chapters below are in reading order: each builds on those
before it, and none on a later one. The page goes on in `later.py`.
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
from . import subclassing  # classes derived from Tensor
from . import operators  # the decorators
from . import pointwise  # results made place by place
from . import twice  # second derivatives that torch has, or has not

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
from . import applying  # apply_, map_

# Numbers by chance
from . import twister  # random bits
from . import variates  # distributions
from . import introselect
from .random import *
from .inplace_sampling import *
from .sampling import *
from .parametric import *

# Computing
from . import return_types
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
from .elementwise.representation import *  # frexp, nextafter
from .elementwise.bessel import *  # i0
from . import summation  # adding in torch's order
from .sorting import *  # sort, topk
from .reductions.sums import *
from .reductions.extremes import *
from .reductions.counting import *
from .reductions.statistics import *
from .reductions.running import *
from .reductions.ranks import *
from .reductions.shares import *
from .distinct import *  # unique
from .binning import *  # searchsorted, bincount
from .joining import *
from .grids import *  # meshgrid
from .differences import *  # diff
from .slopes import *  # gradient
from .unraveling import *
from .windows import *  # hann_window
from .histograms import *
from .standing import *
from .integrals import *  # trapezoid
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
from .linalg.factors import *  # cholesky_solve
from .linalg.factored_solving import *  # lu_solve
from .linalg.exponentials import *  # matrix_exp
from .linalg.norms import *
from .linalg.distances import *
from .linalg.least_squares import *
from .linalg.old_names import *  # symeig: gone
from .written import *  # exp_: in place, as functions

# Differentiation under torch's names
from . import autograd
from .autograd.anomaly_mode import is_anomaly_check_nan_enabled, is_anomaly_enabled

from typing import TYPE_CHECKING

# Learning, faster computers, files: chapters that wait until one of their names is used
if TYPE_CHECKING:
    from .later import *

from math import e, inf, nan, pi

import importlib as _importlib

from . import dtypes as _dtypes
from .public import MODULE as _PUBLIC, missing as _missing
from .tensor import Tensor

public.leave_out(Tensor)
__version__ = version.TorchVersion(version.__version__)

double, float, half = _dtypes.float64, _dtypes.float32, _dtypes.float16
long, int, short = _dtypes.int64, _dtypes.int32, _dtypes.int16
newaxis = None


def _open_later() -> None:
    """Read the chapters of `later.py`, and take over their names."""
    page = _importlib.import_module(f"{__name__}.later")
    globals().update({name: x for name, x in vars(page).items() if not name.startswith("_")})


def __getattr__(name: str) -> object:
    if name in _PUBLIC:
        _open_later()
    if name == "__all__":  # `from torch import *` asks
        return [name for name in __dir__() if not name.startswith("_")]
    if name in globals():
        return globals()[name]
    raise _missing("torch", name)


def __dir__() -> list[str]:
    _open_later()
    return sorted(globals())
