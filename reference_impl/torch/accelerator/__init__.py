"""Whichever GPU there is, of whatever make: here there is none."""

from __future__ import annotations

from ..devices import device
from ..public import not_here

__all__ = ["current_accelerator", "device_count", "is_available"]

OTHERS = (
    "current_device_index current_stream empty_cache get_memory_info max_memory_allocated "
    "memory_allocated memory_reserved set_device_index set_stream synchronize"
).split()


def is_available() -> bool:
    """Tell whether tensors can be put on a GPU of any make."""
    return False


def device_count() -> int:
    """Return how many GPUs there are, which is 0."""
    return 0


def current_accelerator(check_available: bool = False) -> device | None:
    """Return the kind of device that this torch was built for besides the CPU: None.

    Args:
        check_available: Whether it must be there, too.
    """
    return None


def __getattr__(name: str) -> object:
    raise not_here("torch.accelerator", name, OTHERS)
