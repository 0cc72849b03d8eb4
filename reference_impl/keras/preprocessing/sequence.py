"""The old name of `keras.utils.pad_sequences`."""

from __future__ import annotations

from ..utils import pad_sequences

__all__ = ["pad_sequences"]
