"""Nvidia's GPUs, as a torch built for the CPU alone answers: there are none."""

from __future__ import annotations

from collections import OrderedDict
from typing import NoReturn

from ..devices import device as Device
from ..public import Public, not_here
from . import amp

__all__ = [
    "AcceleratorError",
    "OutOfMemoryError",
    "amp",
    "current_device",
    "current_stream",
    "default_generators",
    "default_stream",
    "device",
    "device_count",
    "empty_cache",
    "get_arch_list",
    "get_device_capability",
    "get_device_name",
    "get_device_properties",
    "get_rng_state",
    "get_rng_state_all",
    "init",
    "initial_seed",
    "ipc_collect",
    "is_available",
    "is_bf16_supported",
    "is_initialized",
    "is_tf32_supported",
    "manual_seed",
    "manual_seed_all",
    "max_memory_allocated",
    "max_memory_reserved",
    "mem_get_info",
    "memory_allocated",
    "memory_reserved",
    "memory_stats",
    "memory_summary",
    "reset_peak_memory_stats",
    "seed",
    "seed_all",
    "set_device",
    "set_rng_state_all",
    "stream",
    "synchronize",
]

OTHERS = (
    "CUDAGraph Event ExternalStream Stream StreamContext caching_allocator_alloc cudart graph "
    "host_memory_stats make_graphed_callables mem_get_info memory memory_snapshot nccl nvtx "
    "profiler random set_rng_state set_stream streams temperature utilization"
).split()

Place = Device | str | int | None

default_generators = ()


class OutOfMemoryError(RuntimeError, metaclass=Public):
    """What torch raises when the memory of a GPU is full; here nothing does."""

    __shown__ = "torch.OutOfMemoryError"


class AcceleratorError(RuntimeError, metaclass=Public):
    """What torch raises when a GPU fails; here nothing does."""

    __shown__ = "torch.AcceleratorError"


def refuse() -> NoReturn:
    """Raise the error of a torch that was built without CUDA."""
    raise AssertionError("Torch not compiled with CUDA enabled")


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


def is_bf16_supported(including_emulation: bool = True) -> bool:
    """Tell whether a GPU computes in bfloat16: there is none."""
    return False


def is_tf32_supported() -> bool:
    """Tell whether a GPU computes in TensorFloat32: there is none."""
    return False


def get_arch_list() -> list[str]:
    """Return the kinds of GPU that this torch was built for: none."""
    return []


# To be seeded and emptied in vain: scripts do so without asking


def manual_seed(seed: int) -> None:
    """Seed the present GPU, if there were one."""
    int(seed)


def manual_seed_all(seed: int) -> None:
    """Seed all GPUs, of which there are none."""
    int(seed)


def seed() -> None:
    """Seed the present GPU by chance, if there were one."""


def seed_all() -> None:
    """Seed all GPUs by chance, of which there are none."""


def get_rng_state_all() -> list:
    """Return the state of each GPU's generator: none."""
    return []


def set_rng_state_all(new_states: list) -> None:
    """Set the state of each GPU's generator.

    Raises:
        AssertionError: for any, as there is no GPU.
    """
    for _ in new_states:
        refuse()


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


def max_memory_reserved(device: Place = None) -> int:
    """Return how many bytes of a GPU have been held in reserve at most: 0."""
    return 0


def memory_stats(device: Place = None) -> dict:
    """Return counts of a GPU's memory: none."""
    return OrderedDict()


# What needs a GPU


def memory_summary(device: Place = None, abbreviated: bool = False) -> str:
    """Describe a GPU's memory, for which there are no counts."""
    raise KeyError("allocated_bytes.all.current")


def reset_peak_memory_stats(device: Place = None) -> None:
    """Forget how much memory a GPU has used at most, which takes CUDA."""
    raise AttributeError("module 'torch._C' has no attribute '_cuda_resetPeakMemoryStats'")


def init() -> None:
    """Start CUDA, which is not there."""
    refuse()


def current_device() -> int:
    """Return the number of the present GPU; there is none."""
    refuse()


def set_device(device: Place) -> None:
    """Say which GPU is the present one; there is none.

    Raises:
        AttributeError: any GPU; a negative number stands for none.
        ValueError: what is no GPU.
    """
    place = Device(device) if isinstance(device, str) else device
    if isinstance(place, Device) and place.type != "cuda":
        raise ValueError(f"Expected a cuda device, but got: {place}")
    number = place.index if isinstance(place, Device) else place
    if number is None:
        raise ValueError(
            f"Expected a torch.device with a specified index or an integer, but got:{device}"
        )
    if number >= 0:
        raise AttributeError("module 'torch._C' has no attribute '_cuda_setDevice'")


def synchronize(device: Place = None) -> None:
    """Wait for a GPU; there is none."""
    refuse()


def get_device_name(device: Place = None) -> str:
    """Return the name of a GPU; there is none."""
    refuse()


def get_device_capability(device: Place = None) -> tuple[int, int]:
    """Return what a GPU can do, as a version; there is none."""
    refuse()


def get_device_properties(device: Place = None) -> object:
    """Return name, memory and more of a GPU; there is none."""
    refuse()


def mem_get_info(device: Place = None) -> tuple[int, int]:
    """Return how many bytes of a GPU are free, and how many it has; there is none."""
    refuse()


def current_stream(device: Place = None) -> object:
    """Return the queue of work of a GPU; there is none."""
    refuse()


def default_stream(device: Place = None) -> object:
    """Return the first queue of work of a GPU; there is none."""
    refuse()


def get_rng_state(device: Place = "cuda") -> object:
    """Return the state of a GPU's generator; there is none."""
    refuse()


def initial_seed() -> int:
    """Return the seed of a GPU's generator; there is none."""
    refuse()


def ipc_collect() -> None:
    """Give back memory shared with other processes; there is no GPU."""
    refuse()


class device(metaclass=Public):
    """Makes a GPU the present one for the length of a `with`; a negative number, none."""

    __shown__ = "torch.cuda.device"

    def __init__(self, device: Place) -> None:
        self.idx = device if isinstance(device, int) else Device(device).index or 0

    def __enter__(self) -> None:
        if self.idx >= 0:
            raise RuntimeError("PyTorch was compiled without CUDA support")

    def __exit__(self, *_: object) -> None:
        """There is nothing to restore."""


class stream(metaclass=Public):
    """Makes a queue of work the present one for the length of a `with`; None changes nothing."""

    __shown__ = "torch.cuda.StreamContext"

    def __init__(self, stream: None) -> None:
        self.stream = stream

    def __enter__(self) -> None:
        """There are no queues."""

    def __exit__(self, *_: object) -> None:
        """There is nothing to restore."""


def __getattr__(name: str) -> object:
    raise not_here("torch.cuda", name, OTHERS)
