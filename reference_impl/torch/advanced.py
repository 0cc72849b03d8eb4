"""Advanced indexing: what tensors of positions, and masks, pick from a tensor.

Indices are broadcast together; each place of their common shape names one element, or one
slice where dimensions have no index. What is picked lies anywhere in memory, so it is
copied (`indexed`) or written to (`index_put`), and each of the two is the other's gradient.
"""

from __future__ import annotations

import operator as python
import warnings
from collections.abc import Sequence
from typing import NamedTuple

from . import dtypes, kernels, picking
from .graph import differentiable
from .operators import inplace, operator
from .picking import Index, Places
from .shapes import (
    Size,
    broadcast,
    contiguous_stride,
    expanded_stride,
    is_dense,
    listed,
    memory_order,
    view_stride,
)
from .storage import ABSENT
from .tensor import Tensor, strided
from .tensorbase import numbers

__all__ = ["index_put"]

MASKS = (dtypes.bool, dtypes.uint8)
INDICES = (dtypes.int64, dtypes.int32, *MASKS)

BYTES_AS_MASK = (
    "indexing with dtype torch.uint8 is now deprecated, please use a dtype torch.bool instead. "
    "(Triggered internally at /__w/pytorch/pytorch/aten/src/ATen/native/IndexingUtils.h:37.)"
)

Indices = list[Tensor | None]


class Pick(NamedTuple):
    """What indices pick from a tensor, all broadcast to one shape.

    The indexed dimensions stand next to each other in `order`; if they did not in the
    tensor itself, they have come to the front, and so they do in the result.
    """

    order: list[int]
    first: int
    shape: Size
    indices: list[Tensor]

    def size(self, size: Sequence[int]) -> Size:
        """Return the size of what is picked from a tensor."""
        size = [size[d] for d in self.order]
        return Size((*size[: self.first], *self.shape, *size[self.first + len(self.indices) :]))

    def check(self, size: Sequence[int]) -> list[int]:
        """Return the sizes of the indexed dimensions.

        Raises:
            IndexError: one is empty, and something is to be picked from it.
        """
        ends = [size[d] for d in self.order[self.first : self.first + len(self.indices)]]
        if 0 in ends and 0 not in self.shape:
            raise IndexError("index is out of bounds for dimension with size 0")
        return ends

    def places(self, size: Sequence[int], stride: Sequence[int], offset: int) -> Places:
        """Return where the picked elements stand in a memory.

        Raises:
            IndexError: an index out of bounds.
        """
        if 0 in self.size(size):
            return Places([])
        ends = self.check(size)
        size, stride = [size[d] for d in self.order], [stride[d] for d in self.order]
        found = [
            Index(
                kernels.gather(
                    t._storage.numbers, self.shape, spread_over(t, self.shape), t._offset
                ),
                n,
            )
            for t, n in zip(self.indices, ends, strict=True)
        ]
        return picking.picked(size, stride, offset, self.first, found)

    def layout(self, x: Tensor) -> tuple[int, ...]:
        """Return the strides of what is picked: near in memory what was near in the tensor."""
        size = self.size(x._size)
        stride = [x._stride[d] for d in self.order]
        before, after = stride[: self.first], stride[self.first + len(self.indices) :]
        ones = (*[1] * len(before), *self.shape, *[1] * len(after))
        if 0 in size and size == ones:  # all operands alike
            return contiguous_stride(size)
        strides = [[*before, *[0] * len(self.shape), *after]]
        for t in self.indices:
            own = spread_over(t, self.shape)
            spread = view_stride(self.shape, own, ones) or contiguous_stride(ones)
            strides.append(expanded_stride(ones, spread, size))
        return dense_stride(size, memory_order(size, strides))


def spread_over(t: Tensor, size: Size) -> tuple[int, ...]:
    """Return the strides of a tensor broadcast to a size."""
    return expanded_stride(t._size, t._stride, size)


def dense_stride(size: Sequence[int], order: Sequence[int]) -> tuple[int, ...]:
    """Return the strides of a dense tensor whose dimensions lie in memory in an order."""
    if list(order) == list(range(len(size))):
        return contiguous_stride(size)
    stride, step = [0] * len(size), 1  # torch counts an empty dimension as 1 only above
    for d in reversed(order):
        stride[d] = step
        step *= size[d]
    return tuple(stride)


def prepared(x: Tensor, indices: Indices, *, warns: bool = True) -> Pick:
    """Return how to pick: masks as the positions of their True, all indices broadcast.

    Raises:
        IndexError: indices of a wrong type, masks of a wrong shape, shapes that do not meet.
    """
    for t in indices:
        if t is not None and t.dtype not in INDICES:
            raise IndexError("tensors used as indices must be long, int, byte or bool tensors")
    dims: dict[int, Tensor] = {}
    at = 0
    for t in indices:
        if t is None or t.dtype not in MASKS:
            if t is not None:
                dims[at] = t
            at += 1
            continue
        if t.dtype is dtypes.uint8 and warns:
            warnings.warn(BYTES_AS_MASK, UserWarning, stacklevel=5)
        for j, n in enumerate(t._size):
            if at + j >= x.dim() or n != x._size[at + j]:
                raise IndexError(
                    f"The shape of the mask {listed(t._size)} at index {j} does not match the "
                    f"shape of the indexed tensor {listed(x._size)} at index {at + j}"
                )
        columns = t.nonzero().unbind(1)
        dims.update(zip(range(at, at + len(columns)), columns, strict=True))
        at += len(columns)
    shape = Size()
    try:
        for t in dims.values():
            shape = broadcast(shape, t._size)
    except RuntimeError:
        shapes = ", ".join(listed(t._size) for t in dims.values())
        raise IndexError(
            f"shape mismatch: indexing tensors could not be broadcast together with shapes {shapes}"
        ) from None
    chosen, rest = list(dims), [d for d in range(x.dim()) if d not in dims]
    first = chosen[0] if chosen == list(range(chosen[0], chosen[-1] + 1)) else 0
    order = [*rest[:first], *chosen, *rest[first:]]
    return Pick(order, first, shape, list(dims.values()))


def indexed(x: Tensor, indices: Indices) -> Tensor:
    """Return what indices pick from a tensor. `(A, N, B)` with one of shape `(*)`: `(A, *, B)`.

    An element may be picked several times, so backward adds the gradients up where the
    elements came from.
    """
    pick = prepared(x, indices)
    pick.check(x._size)
    values = ABSENT if x.is_meta else picking.take(x._storage.numbers, pick.places(*x._geometry()))
    result = strided(values, pick.size(x._size), pick.layout(x), x.dtype)
    shape = x._size

    def backward(grad: Tensor, *indices: Tensor | None) -> Tensor:
        return put_in(grad.new_zeros(shape), list(indices), grad, True)

    return differentiable(result, "IndexBackward0", (x,), saved=indices, backward=backward)


def put_in(x: Tensor, indices: Indices, values: Tensor, accumulate: bool = False) -> Tensor:
    """Return a copy of a tensor with values where indices pick, put there or added."""
    filled = not accumulate and values.numel() == 1 and is_fill(indices)
    pick = prepared(x, indices, warns=not filled)
    if filled and any(t is not None and t.dtype is dtypes.uint8 for t in indices):
        raise RuntimeError(
            "masked_fill_ only supports boolean masks, but got mask with dtype unsigned char"
        )
    size = pick.size(x._size)
    pick.check(x._size)
    try:
        fits = broadcast(size, values._size) == size
    except RuntimeError:
        fits = False
    if not fits:
        raise RuntimeError(
            f"shape mismatch: value tensor of shape {listed(values._size)} cannot be broadcast to "
            f"indexing result of shape {listed(size)}"
        )
    if values.dtype is not x.dtype and not filled:
        raise RuntimeError(
            "Index put requires the source and destination dtypes match, got "
            f"{x.dtype.scalar_name} for the destination and {values.dtype.scalar_name} for the "
            "source."
        )
    stride = spread_over(values, size)
    held = numbers(x)
    if not x.is_meta:
        places = pick.places(x._size, contiguous_stride(x._size), 0)
        given = kernels.gather(values._storage.numbers, size, stride, values._offset)
        given = kernels.convert(given, values.dtype, x.dtype)
        if accumulate:
            held = picking.combine(held, places, given, python.add, x.dtype)
        else:
            held = picking.put(held, places, given)
    result = strided(held, x._size, dense_or_contiguous(x), x.dtype)

    def of_x(grad: Tensor, *indices: Tensor | None) -> Tensor:
        if accumulate:
            return grad
        return put_in(grad, list(indices), grad.new_zeros(()))

    def of_values(grad: Tensor, *indices: Tensor | None) -> Tensor:
        return indexed(grad, list(indices))

    return differentiable(
        result,
        "IndexPutBackward0",
        (x, values),
        backward=((of_x, *indices), (of_values, *indices)),
    )


def is_fill(indices: Indices) -> bool:
    """Tell whether there is one mask and nothing else: torch fills what it names then."""
    masks = [t for t in indices if t is not None]
    return len(masks) == 1 and masks[0].dtype in MASKS


def dense_or_contiguous(x: Tensor) -> tuple[int, ...]:
    """Return the strides of a copy: those of the tensor if it is dense."""
    return x._stride if is_dense(x._size, x._stride) else contiguous_stride(x._size)


@inplace
@operator
def index_put(
    input: Tensor, indices: Sequence[Tensor], values: Tensor, accumulate: bool = False
) -> Tensor:
    """Return a copy with values where indices pick; `x[indices] = values` writes them to x.

    What was overwritten has no influence any more: its gradient is zero. The values' gradient
    is picked from where they went.

    >>> x = torch.zeros(4)
    >>> x.index_put_((torch.tensor([0, 2, 0]),), torch.tensor([1.0, 2.0, 3.0]), accumulate=True)
    tensor([4., 0., 2., 0.])

    Args:
        input: the tensor.
        indices: for each dimension, positions or a mask; they are broadcast together.
        values: broadcast to the shape of what the indices pick.
        accumulate: whether to add values instead of putting them; repeated positions then
            count repeatedly, where without it any of their values may win.

    Raises:
        IndexError: too many indices, or one out of bounds.
        RuntimeError: values of another type, or of a shape that does not broadcast.
    """
    if len(indices) > input.dim():
        raise IndexError(
            f"too many indices for tensor of dimension {input.dim()} (got {len(indices)})"
        )
    return put_in(input, list(indices), values, accumulate)
