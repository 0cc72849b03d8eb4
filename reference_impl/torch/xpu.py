"""Intel's GPUs, as a torch without them answers."""

from __future__ import annotations

from typing import NoReturn

from .devices import device as Device
from .public import not_here

__all__ = [
    "current_device",
    "device_count",
    "empty_cache",
    "get_device_name",
    "is_available",
    "is_bf16_supported",
    "is_initialized",
    "manual_seed",
    "manual_seed_all",
    "max_memory_allocated",
    "memory_allocated",
    "memory_reserved",
    "synchronize",
]

OTHERS = (
    "Event Stream current_stream device get_device_capability get_device_properties "
    "get_rng_state init mem_get_info set_device stream"
).split()

Place = Device | str | int | None


def refuse() -> NoReturn:
    """Raise the error of a torch that was built without Intel's GPUs."""
    raise AssertionError("Torch not compiled with XPU enabled")


def is_available() -> bool:
    """Tell whether there is an Intel GPU."""
    return False


def is_initialized() -> bool:
    """Tell whether one has been started."""
    return False


def is_bf16_supported() -> bool:
    """Tell whether it computes in bfloat16: there is none."""
    return False


def device_count() -> int:
    """Return how many there are, which is 0."""
    return 0


def manual_seed(seed: int) -> None:
    """Seed the present GPU, if there were one."""
    int(seed)


def manual_seed_all(seed: int) -> None:
    """Seed all GPUs, of which there are none."""
    int(seed)


def empty_cache() -> None:
    """Give back memory that a GPU holds in reserve: none."""


def memory_allocated(device: Place = None) -> int:
    """Return how many bytes of a GPU tensors take: 0."""
    return 0


def max_memory_allocated(device: Place = None) -> int:
    """Return how many bytes of a GPU tensors have taken at most: 0."""
    return 0


def memory_reserved(device: Place = None) -> int:
    """Return how many bytes of a GPU are held in reserve: 0."""
    return 0


def current_device() -> int:
    """Return the number of the present GPU; there is none."""
    refuse()


def get_device_name(device: Place = None) -> str:
    """Return the name of a GPU; there is none."""
    refuse()


def synchronize(device: Place = None) -> None:
    """Wait for a GPU; there is none."""
    refuse()


def __getattr__(name: str) -> object:
    raise not_here("torch.xpu", name, OTHERS)
