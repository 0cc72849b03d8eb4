"""Facts about a tensor that are the same for all tensors here: dense, on the cpu, alone."""

from __future__ import annotations

from typing import NoReturn

from .dtypes import dtype
from .operators import function, method, operator
from .shapes import memory_order
from .tensor import Tensor
from .tensorbase import attach

__all__ = ["get_device", "is_distributed", "is_nonzero"]

# elsewhere tensors may be on such a device, or be laid out so
for _name in "ipu maia mkldnn mps mtia nested sparse_csr vulkan xla xpu".split():
    setattr(Tensor, f"is_{_name}", property(lambda self: False, doc="Tell: never here."))


@function
def get_device(input: Tensor) -> int:
    """Return the number of the device: -1 for the cpu."""
    return input.get_device()


@operator
def is_nonzero(input: Tensor) -> bool:
    """Tell whether the only element is not 0.

    >>> torch.is_nonzero(torch.tensor([0.5]))
    True

    Raises:
        RuntimeError: for another number of elements.
    """
    return bool(input)


@operator
def is_distributed(input: Tensor) -> bool:
    """Tell whether the tensor is spread over several machines: never here."""
    return False


@attach
def pin_memory(self: Tensor, device: object = None) -> NoReturn:
    """Raise: only an accelerator can read memory that stays in its place.

    Raises:
        RuntimeError: torch's, of a machine without one.
    """
    raise RuntimeError("Cannot access accelerator device when none is available.")


@attach
def is_pinned(self: Tensor, device: object = None) -> bool:
    """Tell whether the memory stays in its place, as `pin_memory` asks: never here."""
    return False


@attach
def is_shared(self: Tensor) -> bool:
    """Tell whether `share_memory_` was called."""
    return getattr(self._storage, "shared", False)


@attach
def share_memory_(self: Tensor) -> Tensor:
    """Mark the memory as shared between processes, and return the tensor."""
    self._storage.shared = True
    return self


@method
def to_dense(
    input: Tensor, dtype: dtype | None = None, *, masked_grad: bool | None = None
) -> Tensor:
    """Return the tensor itself, which is dense, or in another type."""
    return input if dtype is None else input.to(dtype)


@method
def dequantize(input: Tensor) -> Tensor:
    """Return the tensor in float32, as it would be if it were quantized."""
    return input.float()


@attach
def dim_order(self: Tensor) -> tuple[int, ...]:
    """Return the dimensions as memory goes through them, the slowest first.

    >>> torch.zeros(2, 3).t().dim_order()
    (1, 0)
    """
    return tuple(memory_order(self._size, [self._stride]))


@attach
def sparse_dim(self: Tensor) -> int:
    """Return how many dimensions are stored sparsely: none."""
    return 0


@attach
def dense_dim(self: Tensor) -> int:
    """Return how many dimensions are stored densely: all."""
    return self.dim()


def sparse_only(name: str, kind: str) -> None:
    """Attach a method that only sparse tensors have."""

    def refuse(self: Tensor) -> NoReturn:
        raise RuntimeError(f"{name} expected sparse {kind}tensor layout but got Strided")

    refuse.__name__ = refuse.__qualname__ = name
    refuse.__doc__ = "Raise: only sparse tensors have this, and here there are none."
    attach(refuse)


for _name in ("is_coalesced", "coalesce", "indices"):
    sparse_only(_name, "coordinate ")
sparse_only("values", "")


@attach
def const_data_ptr(self: Tensor) -> int:
    """Return the address of the first element, for reading."""
    return self.data_ptr()
