"""Views: the same numbers under another shape. Nothing is copied, so writes show through.

Each is a size, strides and an offset over the storage of its base. Its gradient is the
inverse rearrangement.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from .arguments import OMITTED
from .devices import contiguous_format
from .dtypes import dtype
from .gradmode import mode
from .graph import differentiable
from .operators import method, operator
from .reinterpreting import geometry, reinterpreted
from .shapes import (
    Size,
    broadcast,
    expanded_stride,
    expands,
    infer_size,
    is_contiguous,
    listed,
    view_stride,
    wrap_dim,
    wrap_dims,
)
from .tensor import Tensor
from .tensorbase import attach, wrap

__all__ = [
    "broadcast_tensors",
    "broadcast_to",
    "detach",
    "flatten",
    "ravel",
    "reshape",
    "squeeze",
    "unflatten",
    "unsqueeze",
]


def look(base: Tensor, size: Sequence[int], stride: Sequence[int], offset: int) -> Tensor:
    """Return a view of a tensor, not yet recorded.

    Args:
        base: what to look at; the view remembers it, or what it is itself a view of.
        size: of the view.
        stride: of the view.
        offset: the place of the view's first element in the storage.
    """
    view = wrap(Tensor, base._storage, size, tuple(stride), offset, base._versions)
    view._inference = base._inference
    view._base = base if base._base is None else base._base
    view._recorded_at = base._versions.count
    if not mode.grad:
        view._made = "inference" if mode.inference else "no_grad"
    return view


def seen(
    base: Tensor,
    size: Sequence[int],
    stride: Sequence[int],
    offset: int,
    name: str,
    backward: Callable[[Tensor], Tensor],
) -> Tensor:
    """Return a view of a tensor, recorded under torch's name for the operation."""
    return differentiable(look(base, size, stride, offset), name, (base,), backward=backward)


@method
def view(input: Tensor, size: Sequence[int] | dtype) -> Tensor:
    """Return the tensor under another shape with as many elements, over the same memory.

    Row-major order stays, so the gradient is reshaped back. One size may be -1.

    >>> torch.arange(6).view(2, -1)
    tensor([[0, 1, 2],
            [3, 4, 5]])

    Args:
        input: the tensor.
        size: the new shape; or a type, to read the same bytes as its numbers.

    Raises:
        RuntimeError: another number of elements, or a layout that would need a copy.
    """
    if isinstance(size, dtype):
        return viewed_as(input, size)
    size = infer_size(size, input.numel())
    stride = view_stride(input._size, input._stride, size)
    if stride is None:
        raise RuntimeError(
            "view size is not compatible with input tensor's size and stride (at least one "
            "dimension "
            "spans across two contiguous subspaces). Use .reshape(...) instead."
        )
    shape = input._size
    return seen(
        input, size, stride, input._offset, "ViewBackward0", lambda grad: grad.reshape(shape)
    )


def viewed_as(input: Tensor, target: dtype) -> Tensor:
    """Return the bytes of a tensor as numbers of another type, without a gradient."""
    view = look(input, *geometry(*input._geometry(), input.dtype, target))
    view._base = None  # torch has no derivative of it
    view._storage = reinterpreted(input._storage, target)
    return view


@operator
def reshape(input: Tensor, shape: Sequence[int]) -> Tensor:
    """Return the elements in row-major order under another shape: a view where possible.

    >>> torch.arange(6).reshape(3, 2)
    tensor([[0, 1],
            [2, 3],
            [4, 5]])

    Args:
        input: the tensor.
        shape: the new shape; one size may be -1.

    Raises:
        RuntimeError: another number of elements.
    """
    size = infer_size(shape, input.numel())
    stride = view_stride(input._size, input._stride, size)
    if is_contiguous(input._size, input._stride):
        return view(input, size)
    old = input._size
    if stride is not None:
        name = "ReshapeAliasBackward0"
        return seen(input, size, stride, input._offset, name, lambda grad: grad.reshape(old))
    copy = input.clone(memory_format=contiguous_format)
    reshaped = wrap(Tensor, copy._storage, size, view_stride(copy._size, copy._stride, size))
    return differentiable(
        reshaped, "UnsafeViewBackward0", (copy,), backward=lambda grad: grad.reshape(old)
    )


@method
def view_as(input: Tensor, other: Tensor) -> Tensor:
    """Return the tensor as a view with the shape of another."""
    return view(input, other._size)


@method
def reshape_as(input: Tensor, other: Tensor) -> Tensor:
    """Return the tensor reshaped like another."""
    return reshape(input, other._size)


@operator
def flatten(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> Tensor:
    """Join dimensions `start_dim` to `end_dim` into one. `(2, 3, 4)` from 1: `(2, 12)`.

    >>> torch.zeros(2, 3, 4).flatten(1).shape
    torch.Size([2, 12])
    """
    start, end = wrap_dim(start_dim, input.dim()), wrap_dim(end_dim, input.dim())
    if start > end:
        raise RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim")
    if not input._size:
        return reshape(input, (1,))
    if start == end:
        return input
    size = input._size
    return reshape(input, (*size[:start], math.prod(size[start : end + 1]), *size[end + 1 :]))


@operator
def ravel(input: Tensor) -> Tensor:
    """Return the elements in one dimension: a view if the tensor is contiguous."""
    return input.contiguous().view(-1)


@operator
def unflatten(input: Tensor, dim: int, sizes: Sequence[int]) -> Tensor:
    """Cut one dimension into several. `(12,)` with `(3, 4)`: `(3, 4)`.

    >>> torch.zeros(2, 12).unflatten(1, (3, -1)).shape
    torch.Size([2, 3, 4])

    Raises:
        RuntimeError: sizes whose product is not that of the dimension.
    """
    dim = wrap_dim(dim, input.dim())
    if not sizes:
        raise RuntimeError("unflatten: sizes must be non-empty")
    wrong = None
    if not input._size:
        wrong = "Dimension specified as 0 but tensor has no dimensions"
    for at, n in enumerate(sizes):
        if n < -1:
            wrong = wrong or f"invalid shape dimension {n} at index {at} of shape {listed(sizes)}"
        if n == -1 and -1 in sizes[:at]:
            wrong = wrong or "only one dimension can be inferred"
    if wrong:
        raise RuntimeError(f"unflatten got an unexpected error:\n{wrong}\n")
    size, length = input._size, input._size[dim]
    free = sum(n == -1 for n in sizes)
    known = math.prod(n for n in sizes if n != -1)
    if (known != length) if not free else (known == 0 or length % known):
        raise RuntimeError(
            f"unflatten: Provided sizes {listed(sizes)} don't multiply up to the size of dim "
            f"{dim} ({length}) in the input tensor"
        )
    filled = [length // known if n == -1 else n for n in sizes]
    return view(input, (*size[:dim], *filled, *size[dim + 1 :]))


@method
def expand(input: Tensor, size: Sequence[int], *, implicit: bool = False) -> Tensor:
    """Repeat dimensions of size 1 without copying: their stride becomes 0.

    One element is read many times, so its gradient is the sum over the repeated dimensions.

    >>> torch.tensor([[1], [2]]).expand(2, 3)
    tensor([[1, 1, 1],
            [2, 2, 2]])

    Args:
        input: the tensor.
        size: the new shape; -1 keeps a size, and new dimensions come in front.
        implicit: of no effect.

    Raises:
        RuntimeError: a size that is not 1 and is to change.
    """
    old = input._size
    lead = len(size) - len(old)
    if lead < 0:
        kind = input.type()
        if input.is_meta or input.dtype.name in ("bool", "bfloat16"):  # torch had no name for them
            kind = f"{'Meta' if input.is_meta else 'CPU'}{input.dtype.scalar_name}Type"
        raise RuntimeError(
            f"expand({kind}{{{listed(old)}}}, size={listed(size)}): the number of sizes "
            f"provided ({len(size)}) must be greater or equal to the number of dimensions in the "
            f"tensor ({len(old)})"
        )
    full: list[int] = []
    for d in () if expands(old, size) else reversed(range(len(size))):
        n = size[d]
        if n == -1 and d < lead:
            raise RuntimeError(
                f"The expanded size of the tensor (-1) isn't allowed in a leading, non-existing "
                f"dimension {d}"
            )
        m = old[d - lead] if d >= lead else 1
        if n != -1 and n != m and m != 1:
            raise RuntimeError(
                f"The expanded size of the tensor ({n}) must match the existing size ({m}) at "
                f"non-singleton dimension {d}.  Target sizes: {listed(size)}.  "
                f"Tensor sizes: {listed(old)}"
            )
        full.insert(0, m if n == -1 else n)
    full = full or size
    stride = expanded_stride(old, input._stride, full)
    return seen(input, full, stride, input._offset, "ExpandBackward0", lambda grad: grad)


@method
def expand_as(input: Tensor, other: Tensor) -> Tensor:
    """Expand the tensor to the shape of another."""
    return expand(input, other._size)


@operator
def broadcast_to(input: Tensor, size: Sequence[int]) -> Tensor:
    """Expand the tensor to a shape."""
    return expand(input, size)


def broadcast_tensors(*tensors: Tensor) -> tuple[Tensor, ...]:
    """Expand tensors to the shape they broadcast to.

    >>> a, b = torch.broadcast_tensors(torch.zeros(2, 1), torch.zeros(3))
    >>> a.shape, b.shape
    (torch.Size([2, 3]), torch.Size([2, 3]))
    """
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
    size = Size()
    for tensor in tensors:
        size = broadcast(size, tensor._size)
    return tuple(expand(tensor, size) for tensor in tensors)


@operator
def squeeze(input: Tensor, dim: int | Sequence[int] = OMITTED) -> Tensor:
    """Drop dimensions of size 1: all of them, or those named if they have size 1.

    >>> torch.zeros(1, 2, 1).squeeze().shape, torch.zeros(1, 2, 1).squeeze(0).shape
    (torch.Size([2]), torch.Size([2, 1]))
    """
    shape = input._size
    if dim is OMITTED:
        chosen, name = tuple(range(len(shape))), "SqueezeBackward0"
    else:
        chosen = wrap_dims(dim, len(shape))
        name = "SqueezeBackward1" if isinstance(dim, int) else "SqueezeBackward2"
    kept = [d for d, n in enumerate(shape) if n != 1 or d not in chosen]
    size, stride = [shape[d] for d in kept], [input._stride[d] for d in kept]
    return seen(input, size, stride, input._offset, name, lambda grad: grad.reshape(shape))


@operator
def unsqueeze(input: Tensor, dim: int) -> Tensor:
    """Insert a dimension of size 1. `(3,)` at 0: `(1, 3)`.

    >>> torch.tensor([1, 2, 3]).unsqueeze(1)
    tensor([[1],
            [2],
            [3]])
    """
    dim = wrap_dim(dim, input.dim() + 1)
    size, stride = list(input._size), list(input._stride)
    step = size[dim] * stride[dim] if dim < len(size) else 1
    size.insert(dim, 1)
    stride.insert(dim, step)
    return seen(
        input, size, stride, input._offset, "UnsqueezeBackward0", lambda grad: grad.squeeze(dim)
    )


@attach
def as_subclass(self: Tensor, cls: type) -> Tensor:
    """Return the same memory, with its history, as a tensor of a derived class."""
    view = seen(self, *self._geometry(), "AliasBackward0", lambda grad: grad)
    view.__class__ = cls
    return view


@operator
def detach(input: Tensor) -> Tensor:
    """Return the same memory outside the graph: nothing flows back through it.

    >>> x = torch.ones(2, requires_grad=True)
    >>> (x * 2).detach()
    tensor([2., 2.])
    """
    return input._without_history()
