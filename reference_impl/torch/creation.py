"""New tensors from a shape: zeros, ones, a number, a range, an identity."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from . import dtypes, kernels
from .arguments import Number
from .copying import copy_stride, filling
from .devices import device, layout, memory_format, usable
from .dtypes import dtype
from .literals import leaf
from .operators import function, method
from .promotion import number_type
from .shapes import extent, listed
from .storage import UntypedStorage
from .tensor import Tensor, fresh
from .tensorbase import wrap

__all__ = [
    "empty",
    "empty_like",
    "empty_strided",
    "eye",
    "full",
    "full_like",
    "ones",
    "ones_like",
    "zeros",
    "zeros_like",
]


def checked_size(size: Sequence[int]) -> Sequence[int]:
    """Return a size without negative numbers.

    Raises:
        RuntimeError: naming the first negative one.
    """
    for n in size:
        if n < 0:
            raise RuntimeError(
                f"Trying to create tensor with negative dimension {n}: {listed(size)}"
            )
    return size


def repeated(
    value: float,
    size: Sequence[int],
    target: dtype | None,
    on: device | None,
    requires_grad: bool,
    stride: tuple[int, ...] | None = None,
) -> Tensor:
    """Return a new tensor that holds one number everywhere."""
    target = target or dtypes.get_default_dtype()
    meta = usable(on).type == "meta"
    values = kernels.filled(meta, target, math.prod(checked_size(size)), value)
    return leaf(fresh(values, size, target, stride), requires_grad)


@function
def zeros(
    size: Sequence[int],
    *,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return a tensor of zeros.

    >>> torch.zeros(2, 3)
    tensor([[0., 0., 0.],
            [0., 0., 0.]])

    Args:
        size: the shape, as one tuple or as several numbers.
        out: a tensor to write the result to.
        dtype: of the elements; the default type if None.
        layout: of no effect.
        device: `cpu` or `meta`.
        pin_memory: of no effect.
        requires_grad: whether gradients are wanted for it.

    Raises:
        RuntimeError: a negative size.
    """
    if any(n < 0 for n in size):
        raise RuntimeError("zeros: Dimension size must be non-negative.")
    return repeated(0, size, dtype, device, requires_grad)


@function
def ones(
    size: Sequence[int],
    *,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return a tensor of ones; see `zeros` for the arguments.

    >>> torch.ones(2, 2)
    tensor([[1., 1.],
            [1., 1.]])
    """
    return repeated(1, size, dtype, device, requires_grad)


@function
def empty(
    size: Sequence[int],
    *,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
    memory_format: memory_format | None = None,
) -> Tensor:
    """Return a tensor of whatever is in memory, which here is zeros; see `zeros`."""
    return repeated(0, size, dtype, device, requires_grad)


@function
def empty_strided(
    size: Sequence[int],
    stride: Sequence[int],
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    requires_grad: bool = False,
    pin_memory: bool = False,
) -> Tensor:
    """Return a tensor of given strides, filled with whatever is in memory: zeros here."""
    target = dtype or dtypes.get_default_dtype()
    length = extent(size, stride)
    values = kernels.filled(usable(device).type == "meta", target, length, 0)
    made = wrap(Tensor, UntypedStorage(values, length, target), size, tuple(stride))
    return leaf(made, requires_grad)


@function
def full(
    size: Sequence[int],
    fill_value: Number,
    *,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return a tensor that holds one number everywhere; its type is the number's.

    >>> torch.full((2, 2), 7)
    tensor([[7, 7],
            [7, 7]])

    Args:
        size: the shape.
        fill_value: the number.
        out: a tensor to write the result to.
        dtype: of the elements; that of the number if None.
        layout: of no effect.
        device: `cpu` or `meta`.
        pin_memory: of no effect.
        requires_grad: whether gradients are wanted for it.
    """
    target = dtype or number_type(fill_value)
    value = filling(fill_value, target, math.prod(size))
    return repeated(value, size, target, device, requires_grad)


def alike(
    value: float,
    input: Tensor,
    target: dtype | None,
    on: device | None,
    requires_grad: bool,
    format: memory_format | None,
) -> Tensor:
    """Return a new tensor of one number, with the shape, strides, type and device of another."""
    stride = copy_stride(input, format)
    where, target = on or input.device, target or input.dtype
    value = filling(value, target, input.numel())
    return repeated(value, input._size, target, where, requires_grad, stride)


@function
def zeros_like(
    input: Tensor,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
    memory_format: memory_format | None = None,
) -> Tensor:
    """Return zeros with the shape, type and device of another tensor, and its layout if dense."""
    return alike(0, input, dtype, device, requires_grad, memory_format)


@function
def ones_like(
    input: Tensor,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
    memory_format: memory_format | None = None,
) -> Tensor:
    """Return ones with the shape, type and device of another tensor, and its layout if dense."""
    return alike(1, input, dtype, device, requires_grad, memory_format)


@function
def empty_like(
    input: Tensor,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
    memory_format: memory_format | None = None,
) -> Tensor:
    """Return whatever is in memory, zeros here, with the shape, type and device of another."""
    return alike(0, input, dtype, device, requires_grad, memory_format)


@function
def full_like(
    input: Tensor,
    fill_value: Number,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
    memory_format: memory_format | None = None,
) -> Tensor:
    """Return one number everywhere, with the shape, type and device of another tensor.

    >>> torch.full_like(torch.zeros(2, dtype=torch.int64), 3.7)
    tensor([3, 3])
    """
    return alike(fill_value, input, dtype, device, requires_grad, memory_format)


def newly(name: str, value: float) -> Callable:
    """Attach `Tensor.new_zeros` and the like: a new tensor of this one's type and device."""

    def create(
        input: Tensor,
        size: Sequence[int],
        *,
        dtype: dtype | None = None,
        layout: layout | None = None,
        device: device | None = None,
        pin_memory: bool = False,
        requires_grad: bool = False,
    ) -> Tensor:
        target = dtype or input.dtype
        return repeated(value, size, target, device or input.device, requires_grad)

    create.__name__ = create.__qualname__ = name
    create.__doc__ = f"Return what `torch.{name[4:]}` does, of this tensor's type and device."
    return method(create)


new_zeros = newly("new_zeros", 0)
new_ones = newly("new_ones", 1)
new_empty = newly("new_empty", 0)


@method
def new_full(
    input: Tensor,
    size: Sequence[int],
    fill_value: Number,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return one number everywhere, of this tensor's type and device."""
    target = dtype or input.dtype
    where = device or input.device
    value = filling(fill_value, target, math.prod(size))
    return repeated(value, size, target, where, requires_grad)


@method
def new_empty_strided(
    input: Tensor,
    size: Sequence[int],
    stride: Sequence[int],
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return a tensor of given strides, of this tensor's type and device."""
    return empty_strided(
        size,
        stride,
        dtype=dtype or input.dtype,
        device=device or input.device,
        requires_grad=requires_grad,
    )


@function
def eye(
    n: int,
    m: int | None = None,
    *,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return ones on the diagonal and zeros elsewhere. `(n, m)`; `m` is `n` if None.

    >>> torch.eye(2, 3)
    tensor([[1., 0., 0.],
            [0., 1., 0.]])
    """
    m = n if m is None else m
    for name, size in (("n", n), ("m", m)):
        if size < 0:
            raise RuntimeError(f"{name} must be greater or equal to 0, got {size}")
    made = repeated(0, (n, m), dtype, device, False)
    diagonal = kernels.filled(made.is_meta, made.dtype, min(n, m), 1)
    kernels.put(made._storage.numbers, (min(n, m),), (m + 1,), 0, diagonal)
    return leaf(made, requires_grad)
