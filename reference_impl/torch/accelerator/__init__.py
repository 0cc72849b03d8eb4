"""Whichever GPU there is, of whatever make: here there is none."""

from __future__ import annotations

from typing import NoReturn

from ..devices import device
from ..public import not_here

__all__ = [
    "current_accelerator",
    "current_device_index",
    "current_stream",
    "device_count",
    "empty_cache",
    "get_memory_info",
    "is_available",
    "max_memory_allocated",
    "max_memory_reserved",
    "memory_allocated",
    "memory_reserved",
    "set_device_index",
    "synchronize",
]

OTHERS = (
    "Graph device_index get_device_capability memory_stats reset_peak_memory_stats set_stream"
).split()

Place = device | str | int | None


def refuse() -> NoReturn:
    """Raise the error of a torch without a GPU."""
    raise RuntimeError("Cannot access accelerator device when none is available.")


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


def current_device_index() -> int:
    """Return the number of the present GPU; there is none."""
    refuse()


def set_device_index(device: Place, /) -> None:
    """Say which GPU is the present one; there is none."""
    refuse()


def current_stream(device: Place = None, /) -> object:
    """Return the queue of work of a GPU; there is none."""
    refuse()


def synchronize(device: Place = None, /) -> None:
    """Wait for a GPU; there is none."""
    refuse()


def empty_cache() -> None:
    """Give back memory that a GPU holds in reserve; there is none."""
    refuse()


def memory_allocated(device_index: Place = None, /) -> int:
    """Return how many bytes of a GPU tensors take; there is none."""
    refuse()


def max_memory_allocated(device_index: Place = None, /) -> int:
    """Return how many bytes of a GPU tensors have taken at most; there is none."""
    refuse()


def memory_reserved(device_index: Place = None, /) -> int:
    """Return how many bytes of a GPU are held in reserve; there is none."""
    refuse()


def max_memory_reserved(device_index: Place = None, /) -> int:
    """Return how many bytes of a GPU have been held in reserve at most; there is none."""
    refuse()


def get_memory_info(device_index: Place = None, /) -> tuple[int, int]:
    """Return how many bytes of a GPU are free, and how many it has; there is none."""
    refuse()


def __getattr__(name: str) -> object:
    raise not_here("torch.accelerator", name, OTHERS)
