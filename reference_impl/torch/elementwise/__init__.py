"""Operators that work on each element by itself.

In reading order: what they share (`rules`), then one file a family.
"""

# ruff: noqa: F403, I001 (the order is the reading order)

from . import (
    arithmetic,
    division,
    logarithms,
    powers,
    trigonometry,
    rounding,
    comparison,
    choosing,
    logic,
    activation,
    gamma,
    divisors,
    bessel,
    parts,
    representation,
)
from .arithmetic import *
from .division import *
from .logarithms import *
from .powers import *
from .trigonometry import *
from .rounding import *
from .comparison import *
from .choosing import *
from .logic import *
from .activation import *
from .gamma import *
from .divisors import *
from .bessel import *
from .parts import *
from .representation import *

FAMILIES = (
    arithmetic,
    division,
    logarithms,
    powers,
    trigonometry,
    rounding,
    comparison,
    choosing,
    logic,
    activation,
    gamma,
    divisors,
    bessel,
    parts,
    representation,
)

__all__ = [name for family in FAMILIES for name in family.__all__]
