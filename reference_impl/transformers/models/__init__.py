"""Models, by their names."""

from __future__ import annotations

from . import bert

__all__ = ["bert"]
