"""Words and messages."""

from __future__ import annotations

from . import logging
from .generic import ExplicitEnum, PaddingStrategy, TensorType  # noqa: F401

__all__ = ["PaddingStrategy", "logging"]
