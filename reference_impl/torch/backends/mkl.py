"""Intel's library for linear algebra: reference_impl does without."""

from __future__ import annotations

__all__ = ["is_available"]


def is_available() -> bool:
    """Tell whether it is there."""
    return False
