"""Nvidia's GPUs, as a torch built for the CPU alone answers: there are none."""

from __future__ import annotations

from ..public import not_here

__all__ = ["device_count", "is_available", "is_initialized"]

OTHERS = (
    "CUDAGraph Event Stream amp current_device current_stream device empty_cache "
    "get_device_capability get_device_name get_device_properties get_rng_state graph init "
    "ipc_collect is_bf16_supported manual_seed manual_seed_all max_memory_allocated mem_get_info "
    "memory memory_allocated memory_reserved memory_summary nvtx random set_device stream "
    "synchronize"
).split()


def is_available() -> bool:
    """Tell whether tensors can be put on a GPU with `device="cuda"`.

    It takes a torch built for CUDA (or ROCm), a driver and a GPU. Ask before you name the device:
    `device = "cuda" if torch.cuda.is_available() else "cpu"` runs anywhere.

    Returns:
        False: reference_impl has no GPU.
    """
    return False


def device_count() -> int:
    """Return how many GPUs there are, which is 0."""
    return 0


def is_initialized() -> bool:
    """Tell whether CUDA has been started, which it never is here."""
    return False


def __getattr__(name: str) -> object:
    raise not_here("torch.cuda", name, OTHERS)
