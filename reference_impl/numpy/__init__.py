"""NumPy for reading: what learners use of arrays, printing what NumPy 2 prints.

It stands in where NumPy is not installed. An array lies over the same storage as a tensor, so
`tensor.numpy()` and `torch.from_numpy` share memory here, too. This is the contents page, in
reading order.
"""

# ruff: noqa: F401, F403, I001 (the order is the reading order)

from __future__ import annotations

from math import e, inf, nan, pi

from ..torch.public import NotHere
from . import objects  # arrays of anything
from .dtypes import dtype  # and which type a result has
from .printing import array_repr, array_str, set_printoptions
from .arrays import AxisError, ndarray, over
from .numbers import *  # np.float64(1.5)
from . import indexing  # what an index means
from .creation import *  # array, zeros, arange
from .access import *  # reading, writing, broadcasting
from .computing import *  # add, exp
from . import operators  # a + b
from .choosing import *  # where, clip
from .reducing import *  # sum, mean, argmax
from .joining import *
from .arranging import *  # matmul, sort
from . import numbers as _numbers

__version__ = "2.4.6"

newaxis = None
bool = _numbers.bool_
double, single, half = _numbers.float64, _numbers.float32, _numbers.float16
int_ = intp = long = _numbers.int64
True_, False_ = bool(True), bool(False)


def __getattr__(name: str) -> object:
    if name.startswith("_"):
        raise AttributeError(f"module 'numpy' has no attribute '{name}'")
    raise NotHere(f"numpy.{name} is not part of reference_impl")
