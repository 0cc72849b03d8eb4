"""The CPU under the names of a GPU's functions, so that one script serves both."""

from __future__ import annotations

from ..devices import device as Device
from ..public import not_here
from . import amp

__all__ = [
    "amp",
    "current_device",
    "device_count",
    "is_available",
    "is_initialized",
    "set_device",
    "synchronize",
]

OTHERS = "Event Stream StreamContext current_stream get_capabilities stream".split()

Place = Device | str | int | None


def is_available() -> bool:
    """Tell whether there is a CPU."""
    return True


def is_initialized() -> bool:
    """Tell whether the CPU has been started."""
    return True


def device_count() -> int:
    """Return how many CPUs torch tells apart: 1, whatever there are."""
    return 1


def current_device() -> str:
    """Return the present CPU."""
    return "cpu"


def set_device(device: Place) -> None:
    """Say which CPU is the present one; there is one."""


def synchronize(device: Place = None) -> None:
    """Wait for the CPU, which has always finished."""


def __getattr__(name: str) -> object:
    raise not_here("torch.cpu", name, OTHERS)
