"""Words and messages."""

from __future__ import annotations

from . import logging
from .generic import ExplicitEnum, PaddingStrategy, TensorType

__all__ = ["ExplicitEnum", "PaddingStrategy", "TensorType", "logging"]
