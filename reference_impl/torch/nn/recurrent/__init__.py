"""Recurrent networks as torch itself has them: cells, and layers of cells through sequences.

In reading order. The modules of `torch.nn` hold the weights and call these.
"""

# ruff: noqa: F403 (the order is the reading order)

from __future__ import annotations

from .cells import *
from .layers import *
