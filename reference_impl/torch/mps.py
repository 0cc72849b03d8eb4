"""Apple's GPUs, as a torch without them answers."""

from __future__ import annotations

from typing import NoReturn

from .public import not_here

__all__ = [
    "current_allocated_memory",
    "device_count",
    "driver_allocated_memory",
    "empty_cache",
    "get_rng_state",
    "is_available",
    "manual_seed",
    "recommended_max_memory",
    "seed",
    "synchronize",
]

OTHERS = "Event compile_shader event load_metallib profiler set_rng_state".split()


def refuse(action: str) -> NoReturn:
    """Raise the error of a torch that was built without Apple's GPUs."""
    raise RuntimeError(f"Cannot execute {action}() without MPS backend.")


def is_available() -> bool:
    """Tell whether there is an Apple GPU."""
    return False


def device_count() -> int:
    """Return how many there are, which is 0."""
    return 0


def manual_seed(seed: int) -> None:
    """Seed the GPU, if there were one."""
    int(seed)


def seed() -> None:
    """Seed the GPU by chance; there is none."""
    refuse("getDefaultGenerator")


def get_rng_state() -> object:
    """Return the state of the GPU's generator; there is none."""
    refuse("getDefaultGenerator")


def synchronize() -> None:
    """Wait for the GPU; there is none."""
    refuse("deviceSynchronize")


def empty_cache() -> None:
    """Give back memory that the GPU holds in reserve; there is none."""
    refuse("emptyCache")


def current_allocated_memory() -> int:
    """Return how many bytes of the GPU tensors take; there is none."""
    refuse("getCurrentAllocatedMemory")


def driver_allocated_memory() -> int:
    """Return how many bytes of the GPU the program takes; there is none."""
    refuse("getDriverAllocatedMemory")


def recommended_max_memory() -> int:
    """Return how many bytes of the GPU the program should take at most; there is none."""
    refuse("getRecommendedMaxMemory")


def __getattr__(name: str) -> object:
    raise not_here("torch.mps", name, OTHERS)
