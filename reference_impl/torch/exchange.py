"""Sharing numbers with NumPy, or with whatever stands in for it."""

from __future__ import annotations

import importlib

from .tensor import Tensor
from .tensorbase import attach

__all__: list[str] = []


@attach
def numpy(self: Tensor, *, force: bool = False) -> object:
    """Return a NumPy array over the same memory: a write to either shows in both.

    Args:
        self: the tensor.
        force: detach first, and copy where the memory cannot be shared.

    Raises:
        RuntimeError: for a tensor that requires grad.
        TypeError: for a meta tensor, or a type that NumPy has not.
    """
    if self.requires_grad and not force:
        raise RuntimeError(
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead."
        )
    if self.is_meta:
        raise TypeError(
            "can't convert meta device type tensor to numpy. Use Tensor.cpu() to copy the tensor "
            "to "
            "host memory first."
        )
    name = self.dtype.name
    if name == "bfloat16":
        raise TypeError("Got unsupported ScalarType BFloat16")
    np = importlib.import_module("numpy")  # only where it is asked for
    if name == "float16":  # kept in float32 here, so there is no memory to share
        return np.array(self.detach().tolist(), dtype="float16")
    held = self._storage.numbers
    step = held.itemsize
    return np.ndarray(
        tuple(self._size),
        dtype=name,
        buffer=held,
        offset=self._offset * step,
        strides=tuple(s * step for s in self._stride),
    )


@attach
def __array__(self: Tensor, dtype: object = None, copy: bool | None = None) -> object:
    array = numpy(self)
    return array if dtype is None else array.astype(dtype)
