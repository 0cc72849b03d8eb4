"""Intel's library for neural networks, oneDNN: reference_impl does without."""

from __future__ import annotations

__all__ = ["is_available"]

enabled = True
deterministic = False
allow_tf32 = True


def is_available() -> bool:
    """Tell whether it is there."""
    return False
