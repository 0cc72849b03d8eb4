"""Where numbers are and in what order: devices, layouts, memory formats."""

from __future__ import annotations

import re

from .public import Public

__all__ = [
    "channels_last",
    "contiguous_format",
    "device",
    "get_default_device",
    "layout",
    "memory_format",
    "preserve_format",
    "set_default_device",
    "strided",
]

TYPES = (
    "cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, lazy, vulkan, "
    "mps, meta, hpu, mtia, privateuseone"
)


class device(metaclass=Public):
    """Where a tensor's numbers are: `cpu`, or `meta`, which has shapes and no numbers.

    >>> torch.device("cpu")
    device(type='cpu')
    >>> torch.zeros(1000, 1000, device="meta").device.type
    'meta'
    """

    __shown__ = "torch.device"
    __slots__ = ("index", "type")

    def __init__(self, type: str | device, index: int | None = None) -> None:
        if isinstance(type, device):
            type, index = type.type, type.index
        if isinstance(type, int):
            raise RuntimeError("Cannot access accelerator device when none is available.")
        if not isinstance(type, str):
            raise TypeError(f"device(): argument 'type' must be str, not {type.__class__.__name__}")
        if index is not None and not isinstance(index, int):
            raise TypeError(
                "device(): argument 'index' (position 2) must be int, not "
                f"{index.__class__.__name__}"
            )
        if index is not None and index < 0:
            raise RuntimeError("Device index must not be negative")
        if not type:
            raise RuntimeError("Device string must not be empty")
        found = re.fullmatch("([a-zA-Z_]+)(:(0|[1-9][0-9]*))?", type)
        if found is None:
            raise RuntimeError(f"Invalid device string: '{type}'")
        if found[1] not in TYPES.split(", "):
            raise RuntimeError(
                f"Expected one of {TYPES} device type at start of device string: {found[1]}"
            )
        self.type = found[1]
        self.index = int(found[3]) if found[3] else index

    def __repr__(self) -> str:
        index = "" if self.index is None else f", index={self.index}"
        return f"device(type='{self.type}'{index})"

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, device) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __reduce__(self) -> tuple:
        return device, (str(self),)

    def __enter__(self) -> device:
        """Let new tensors be here, for the length of a `with`."""
        DEFAULTS.append(usable(self))
        return self

    def __exit__(self, *_: object) -> None:
        """Let new tensors be where they were before."""
        DEFAULTS.pop()


CPU, META = device("cpu"), device("meta")
DEFAULTS = [CPU]  # where new tensors are; the last counts


def usable(wanted: device | str | int | None) -> device:
    """Return `cpu` or `meta`, the default for None; raise what torch raises for others."""
    if wanted is None:
        return DEFAULTS[-1]
    found = wanted if isinstance(wanted, device) else device(wanted)
    if found.type == "cuda":
        raise AssertionError("Torch not compiled with CUDA enabled")
    if found.type not in ("cpu", "meta"):
        raise NotImplementedError(
            f"device '{found.type}' is not part of reference_impl, which has cpu and meta"
        )
    return META if found.type == "meta" else CPU


def get_default_device() -> device:
    """Return where new tensors are if nothing is said: on the CPU, unless it was set."""
    return DEFAULTS[-1]


def set_default_device(device: device | str | int | None) -> None:
    """Say where new tensors are to be if nothing is said.

    Args:
        device: `cpu` or `meta`; None for the CPU.
    """
    DEFAULTS[0] = CPU if device is None else usable(device)


class layout(metaclass=Public):
    """How elements are stored; `torch.strided` is the only one here."""

    __shown__ = "torch.layout"

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __reduce__(self) -> str:
        return self.name


class memory_format(layout):
    """In which order memory is to hold the dimensions of a copy."""

    __shown__ = "torch.memory_format"


strided = layout("strided")
preserve_format = memory_format("preserve_format")
contiguous_format = memory_format("contiguous_format")
channels_last = memory_format("channels_last")
