"""Apple's GPUs, as a torch without them answers."""

from __future__ import annotations

__all__ = ["is_available", "is_built"]


def is_built() -> bool:
    """Tell whether this torch was built for Apple's GPUs."""
    return False


def is_available() -> bool:
    """Tell whether tensors can be put on an Apple GPU with `device="mps"`."""
    return False
