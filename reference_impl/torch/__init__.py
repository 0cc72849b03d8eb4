"""PyTorch for reading: the part of torch that learners use, printing what torch prints.

This is the contents page. The chapters below are in reading order: each builds on those
before it, and none on a later one.
"""

# ruff: noqa: F403, I001 (the order is the reading order)

from __future__ import annotations

# What a tensor is made of
from .dtypes import *  # an element: its type, how it is stored and rounded
from .promotion import *  # which type a result has when operands differ
from .shapes import *  # sizes and strides
from .devices import *  # where numbers are and in what order

# How operations are remembered, and run backwards
from .gradmode import *

# The tensor
from .tensor import *
from .values import *  # from tensors to Python
from .printing import *

# How operators are made: operators.py, inplace.py (writing), pointwise.py (place by place)
from .copying import *
from .literals import *  # from Python to tensors
from .creation import *
from .ranges import *

# The same numbers seen otherwise
from .views import *
from .pieces import *
from .rebinding import *  # views in place
from .advanced import *  # what tensors of indices pick; picking.py
from .indexing import *

# Numbers by chance: twister.py (bits), variates.py (distributions)
from .random import *
from .inplace_sampling import *
from .sampling import *
from .parametric import *


# Computing
from .elementwise import *
from .joining import *

from . import dtypes as _dtypes
from .public import missing as _missing

__version__ = "2.13.0+cpu"

double, float, half = _dtypes.float64, _dtypes.float32, _dtypes.float16
long, int, short = _dtypes.int64, _dtypes.int32, _dtypes.int16


def __getattr__(name: str) -> object:
    raise _missing("torch", name)
