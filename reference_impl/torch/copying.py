"""Copies and changes of type or device, and what only writes: `copy_`, `fill_`, `zero_`."""

from __future__ import annotations

import builtins
import functools

from . import dtypes, kernels
from .arguments import Number
from .calling import Signature
from .devices import (
    channels_last,
    contiguous_format,
    device,
    memory_format,
    preserve_format,
    usable,
)
from .dtypes import dtype
from .forms import forms_of
from .graph import differentiable
from .operators import function, inplace, method, operator
from .shapes import (
    broadcast,
    contiguous_stride,
    expanded_stride,
    is_dense,
    listed,
    memory_order,
)
from .storage import ABSENT
from .tensor import Tensor, fresh, strided
from .tensorbase import attach, numbers, numbers_as

__all__ = ["clone", "fill", "zero_"]


def copy_stride(input: Tensor, format: memory_format | None) -> tuple[int, ...]:
    """Return the strides of a copy in a memory format; by default those of the input, if dense.

    Raises:
        RuntimeError: `channels_last` for a tensor that has not four dimensions.
    """
    size = input._size
    if format is channels_last:
        if len(size) != 4:
            raise RuntimeError("required rank 4 tensor to use channels_last format")
        _, c, h, w = size
        return h * w * c, 1, w * c, c
    if format is contiguous_format:
        return contiguous_stride(size)
    if is_dense(size, input._stride):
        return input._stride
    order = memory_order(size, [input._stride])
    stride = [0] * len(size)
    for d, s in zip(order, contiguous_stride([size[d] for d in order]), strict=True):
        stride[d] = s
    return tuple(stride)


@operator
def clone(input: Tensor, *, memory_format: memory_format | None = None) -> Tensor:
    """Return a copy with memory of its own, which stays in the graph. Shape `(*)` to `(*)`.

    A copy depends on each element one to one, so the gradient passes unchanged.

    >>> x = torch.ones(2, requires_grad=True)
    >>> x.clone()
    tensor([1., 1.], grad_fn=<CloneBackward0>)

    Args:
        input: the tensor.
        memory_format: the order of dimensions in memory; by default that of the input.
    """
    return copied(input, "CloneBackward0", copy_stride(input, memory_format))


def copied(input: Tensor, name: str, stride: tuple[int, ...]) -> Tensor:
    """Return a copy with given strides, recorded under a name."""
    values = numbers(input)
    if values is input._storage.numbers or stride != contiguous_stride(input._size):
        values = kernels.copied(values)
    copy = strided(values, input._size, stride, input.dtype)
    return differentiable(copy, name, (input,), backward=lambda grad: grad)


@method
def contiguous(input: Tensor, *, memory_format: memory_format | None = None) -> Tensor:
    """Return the tensor itself if it is contiguous, else a contiguous copy.

    >>> x = torch.ones(2, 3)
    >>> x.contiguous() is x, x.t().contiguous().stride()
    (True, (2, 1))
    """
    if input.is_contiguous(memory_format):
        return input
    return copied(input, "CloneBackward0", copy_stride(input, memory_format or contiguous_format))


def converted(
    input: Tensor, target: dtype, on: device, format: memory_format | None = None
) -> Tensor:
    """Return a copy of another type, or on another device, whose gradient goes back converted.

    Raises:
        NotImplementedError: from meta to the cpu: there are no numbers to copy.
    """
    if input.is_meta and on.type != "meta":
        raise NotImplementedError("Cannot copy out of meta tensor; no data!")
    stride = copy_stride(input, format)
    if on.type == "meta":
        copy = fresh(ABSENT, input._size, target, stride)
    else:
        values = numbers_as(input, target)
        if values is input._storage.numbers:
            values = kernels.copied(values)
        copy = strided(values, input._size, stride, target)
    return differentiable(copy, "ToCopyBackward0", (input,), backward=lambda grad: grad)


@attach
def to(self: Tensor, *args: object, **kwargs: object) -> Tensor:
    """Return the tensor with another type or device: itself if it has both already.

    >>> torch.ones(2).to(torch.int64)
    tensor([1, 1])

    Args:
        self: the tensor.
        args: a dtype, a device, a device and a dtype, or a tensor to be like; then
            `non_blocking` and `copy`.
        kwargs: the same by name, and `memory_format`.
    """
    for form in forms_of_to():
        try:
            found, named = form.fitted(args, kwargs)
        except TypeError:
            continue
        given = dict(zip((p.name for p in form.parameters), found, strict=False)) | named
        break
    else:
        raise TypeError(forms_of_to()[0].no_overload(args, kwargs))
    like = given.get("tensor")
    target = given.get("dtype") or (self.dtype if like is None else like.dtype)
    on = given.get("device") or (self.device if like is None else like.device)
    on, format = usable(on), given.get("memory_format")
    same = target is self.dtype and on == self.device and not given.get("copy")
    return self if same and laid_out(self, format) else converted(self, target, on, format)


@functools.cache
def forms_of_to() -> list[Signature]:
    """Return the three ways to call `to`."""
    return [Signature.of(form, "to", method=True) for form in forms_of("to", method=True)]


FLAGS = "bool non_blocking = False, bool copy = False, *, torch.memory_format memory_format = None"
TO = (
    f"torch.device device = None, torch.dtype dtype = None, {FLAGS}",
    f"torch.dtype dtype, {FLAGS}",
    f"Tensor tensor, {FLAGS}",
)


def laid_out(input: Tensor, format: memory_format | None) -> bool:
    """Tell whether a tensor needs no copy to have a memory format."""
    if format in (None, preserve_format):
        return True
    last = input.is_contiguous(channels_last) and not input.is_contiguous()
    return last == (format is channels_last)


def cast(name: str, target: dtype) -> None:
    """Attach the method that converts to one type."""

    def convert(self: Tensor, memory_format: memory_format | None = None) -> Tensor:
        same = self.dtype is target and laid_out(self, memory_format)
        return self if same else converted(self, target, self.device, memory_format)

    convert.__name__ = name
    convert.__qualname__ = f"Tensor.{name}"
    convert.__doc__ = f"Return the tensor as `{target}`: itself if it is."
    attach(convert)


cast("double", dtypes.float64)
cast("float", dtypes.float32)
cast("half", dtypes.float16)
cast("bfloat16", dtypes.bfloat16)
cast("long", dtypes.int64)
cast("int", dtypes.int32)
cast("short", dtypes.int16)
cast("char", dtypes.int8)
cast("byte", dtypes.uint8)
cast("bool", dtypes.bool)

LEGACY = {f"torch.{d.scalar_name}Tensor": d for d in dtypes.ALL}


@attach
def type(
    self: Tensor, dtype: dtype | str | None = None, non_blocking: bool = False
) -> Tensor | str:
    """Return the name of the tensor's type, or the tensor as another type.

    >>> torch.ones(1).type(), torch.ones(1).type(torch.int64)
    ('torch.FloatTensor', tensor([1]))
    """
    if dtype is None:
        return f"torch.{self.dtype.scalar_name}Tensor"
    if isinstance(dtype, str):
        if dtype not in LEGACY:
            raise ValueError(f"invalid type: '{dtype}'")
        dtype = LEGACY[dtype]
    target = getattr(dtype, "dtype", dtype)
    if isinstance(target, builtins.type):
        raise ValueError(f"invalid type: '{target.__name__}'")
    if not isinstance(target, dtypes.dtype):
        raise TypeError("dtype must be a type, str, or dtype object")
    return self.to(target)


@method
def type_as(input: Tensor, other: Tensor) -> Tensor:
    """Return the tensor as the type of another."""
    return input.to(other.dtype)


@attach
def cpu(self: Tensor, memory_format: memory_format | None = None) -> Tensor:
    """Return the tensor itself: its numbers are on the cpu already."""
    return self.to("cpu")


@attach
def cuda(self: Tensor, *args: object, **kwargs: object) -> Tensor:
    """Raise: there is no GPU here.

    Raises:
        AssertionError: torch's, of a build without CUDA.
    """
    return self.to("cuda")


@inplace
@function
def copy(input: Tensor, other: Tensor | Number, non_blocking: bool = False) -> Tensor:
    """Return `other` with the shape and type of `input`; `copy_` writes it there.

    Nothing of what was in `input` is left, so its gradient is zero.
    """
    src = other
    if not isinstance(src, Tensor):
        return full_of(input, src, "CopyBackwards")
    stride = expanded(src, input)
    if src.is_meta and not input.is_meta:
        raise NotImplementedError("Cannot copy out of meta tensor; no data!")
    values = kernels.gather(src._storage.numbers, input._size, stride, src._offset)
    values = kernels.copied(kernels.convert(values, src.dtype, input.dtype))
    result = fresh(values, input._size, input.dtype)
    return differentiable(
        result, "CopyBackwards", (input, src), backward=(zeros_like_grad, lambda grad: grad)
    )


def expanded(src: Tensor, target: Tensor) -> tuple[int, ...]:
    """Return the strides under which `src` fills the target's shape.

    Raises:
        RuntimeError: if it cannot.
    """
    if src._size == target._size:
        return src._stride
    met = broadcast(target._size, src._size)
    extra = max(len(src._size) - len(target._size), 0)
    if met[extra:] != target._size or any(n != 1 for n in met[:extra]):
        raise RuntimeError(
            f"output with shape {listed(target._size)} doesn't match the broadcast shape "
            f"{listed(met)}"
        )
    return expanded_stride(src._size[extra:], src._stride[extra:], target._size)


@function
def fill(input: Tensor, value: Tensor | Number) -> Tensor:
    """Return the shape and type of `input` full of one number; `fill_` writes it there.

    Nothing of what was in `input` is left, so its gradient is zero; that of a 0-dim
    `value` is the sum over all its copies.
    """
    return full_of(input, value, "FillBackward1" if isinstance(value, Tensor) else "FillBackward0")


@inplace
@function
def _fill(input: Tensor, value: Tensor | Number) -> Tensor:
    return full_of(input, value, "FillBackward3" if isinstance(value, Tensor) else "FillBackward2")


def full_of(input: Tensor, value: Tensor | float, name: str) -> Tensor:
    """Return the shape and type of `input` full of one number, recorded under a name."""
    if isinstance(value, Tensor):
        if value._size:
            raise RuntimeError(
                "fill_ only supports 0-dimension value tensor but got tensor with "
                f"{value.dim()} dimensions."
            )
        number = kernels.first(numbers_as(value, input.dtype))
    else:
        number = filling(value, input.dtype, input.numel())
    values = kernels.filled(input.is_meta, input.dtype, input.numel(), number)
    return differentiable(
        fresh(values, input._size, input.dtype),
        name,
        (input, value),
        backward=(zeros_like_grad, lambda grad: grad.sum()),
    )


def as_stored(value: float, target: dtype) -> float:
    """Return a Python number as a type stores it: truth as 0 or 1, no fraction in an integer."""
    if target.category == dtypes.BOOL:
        return int(value != 0)
    if target.category == dtypes.INTEGRAL and isinstance(value, float):
        return kernels.truncated(value, target)
    return value


def filling(value: float, target: dtype, count: int) -> float:
    """Return the number that fills a tensor of `count` elements, as its type stores it.

    A single half may overflow to infinity: torch does not write it by the kernel that checks.

    Raises:
        RuntimeError: a number that the type cannot hold.
    """
    return value if count == 1 and target.name in dtypes.HALVES else target.checked(value)


@inplace
@function
def zero(input: Tensor) -> Tensor:
    """Return zeros of the shape and type of `input`; `zero_` writes them there."""
    values = kernels.filled(input.is_meta, input.dtype, input.numel(), 0)
    result = fresh(values, input._size, input.dtype)
    return differentiable(result, "ZeroBackward0", (input,), backward=zeros_like_grad)


def zeros_like_grad(grad: Tensor) -> Tensor:
    """Return no gradient, as zeros: for what was overwritten."""
    return grad.new_zeros(grad.shape)


zero_ = zero.in_place
