"""Operators that make one result of many elements.

In reading order: what they share (`frame`), then one file a family.
"""

# ruff: noqa: F403, I001 (the order is the reading order)

from . import sums, extremes, counting, statistics, running, ranks, shares
from .sums import *
from .extremes import *
from .counting import *
from .statistics import *
from .running import *
from .ranks import *
from .shares import *

FAMILIES = (sums, extremes, counting, statistics, running, ranks, shares)

__all__ = [name for family in FAMILIES for name in family.__all__]
