"""Sizes and strides: which element stands where. No tensors here, only tuples of integers.

Element `(i, j, k)` of a tensor stands at `offset + i*stride[0] + j*stride[1] + k*stride[2]`
of its storage. A view is the same storage under another size, stride and offset.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence
from operator import index
from typing import NoReturn

from .public import Public

__all__ = ["Size", "broadcast_shapes"]


class Size(tuple, metaclass=Public):
    """The sizes of a tensor's dimensions: a tuple that can count elements.

    >>> torch.zeros(2, 3).shape
    torch.Size([2, 3])
    >>> torch.Size([2, 3]).numel()
    6
    """

    __shown__ = "torch.Size"
    __slots__ = ()

    def __new__(cls, sizes: Iterable[int] = ()) -> Size:
        """Return a Size of integers."""
        self = tuple.__new__(cls, sizes)
        for n in self:
            if type(n) is not int:
                break
        else:
            return self
        for i, n in enumerate(self):
            if not isinstance(n, int):
                if hasattr(n, "untyped_storage") and hasattr(n, "__index__"):
                    return cls(map(index, self))
                raise TypeError(
                    f"torch.Size() takes an iterable of 'int' (item {i} is '{type(n).__name__}')"
                )
        return self

    def numel(self) -> int:
        """Return the product of the sizes: 1 for no dimensions."""
        return math.prod(self)

    def __repr__(self) -> str:
        return f"torch.Size([{', '.join(map(str, self))}])"

    __str__ = __repr__

    def __reduce__(self) -> tuple:
        return Size, (tuple(self),)

    def __getitem__(self, index: int | slice) -> int | Size:
        found = tuple.__getitem__(self, index)
        return sized(found) if isinstance(index, slice) else found

    def __call__(self, *args: object, **kwargs: object) -> NoReturn:
        """Raise torch's error for `x.shape()`."""
        raise TypeError("'torch.Size' object is not callable")

    def __setitem__(self, index: int, value: int) -> NoReturn:
        raise TypeError("'torch.Size' object does not support item assignment")

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"'torch.Size' object has no attribute '{name}'")

    def __add__(self, other: tuple) -> Size:
        if not isinstance(other, tuple):
            raise TypeError(
                f"can only concatenate tuple (not {type(other).__name__}) to torch.Size"
            )
        return Size(tuple(self) + tuple(other))

    def __radd__(self, other: tuple) -> Size:
        return Size(tuple(other) + tuple(self))

    def __mul__(self, times: int) -> Size:
        return Size(tuple(self) * times)

    __rmul__ = __mul__


def sized(sizes: Iterable[int]) -> Size:
    """Return a Size of what are integers for certain, without looking at each."""
    return tuple.__new__(Size, sizes)


def listed(sizes: Iterable[int]) -> str:
    """Write sizes as torch's errors do: `[2, 3]`."""
    return f"[{', '.join(map(str, sizes))}]"


def contiguous_stride(size: Sequence[int]) -> tuple[int, ...]:
    """Return the strides of a row-major tensor: the last dimension moves by one."""
    return row_major(size if isinstance(size, tuple) else tuple(size))


@functools.lru_cache(maxsize=1024)
def row_major(size: tuple[int, ...]) -> tuple[int, ...]:
    """Return the strides of a row-major tensor, once for each size."""
    stride, step = [], 1
    for n in size[::-1]:
        stride.append(step)
        step *= max(n, 1)
    return tuple(stride[::-1])


def is_contiguous(size: Sequence[int], stride: Sequence[int]) -> bool:
    """Tell whether elements follow each other in row-major order; strides of size 1 are free."""
    step = 1
    for n, s in zip(tuple(size)[::-1], tuple(stride)[::-1], strict=True):
        if n == 0:
            return True
        if n != 1 and s != step:
            return 0 in size
        step *= n
    return True


def is_dense(size: Sequence[int], stride: Sequence[int]) -> bool:
    """Tell whether the elements fill one block of memory, each place once, in any order."""
    if 0 in size:
        return True
    step = 1
    for s, n in sorted((s, n) for n, s in zip(size, stride, strict=True) if n > 1):
        if s != step:
            return False
        step *= n
    return True


def overlaps(size: Sequence[int], stride: Sequence[int]) -> bool:
    """Tell whether two elements certainly share one place in memory, as after `expand`."""
    if 0 not in stride or 0 in size:
        return False
    return any(n > 1 and s == 0 for n, s in zip(size, stride, strict=True))


def extent(size: Sequence[int], stride: Sequence[int]) -> int:
    """Return how many places of storage the elements span, from first to last."""
    if 0 in size:
        return 0
    return 1 + sum((n - 1) * s for n, s in zip(size, stride, strict=True))


def wrap_dim(dim: int, ndim: int, *, scalar: bool = True) -> int:
    """Return a dimension counted from the front.

    Args:
        dim: from `-ndim` to `ndim - 1`.
        ndim: how many dimensions there are.
        scalar: whether no dimensions count as one, so that 0 and -1 are allowed.

    Raises:
        IndexError: out of that range.
    """
    if -ndim <= dim < ndim:
        return dim + ndim if dim < 0 else dim
    if ndim == 0:
        if not scalar:
            raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
        ndim = 1
        if dim in (-1, 0):
            return 0
    raise IndexError(
        f"Dimension out of range (expected to be in range of [{-ndim}, {ndim - 1}], but got {dim})"
    )


def wrap_dims(dims: int | Sequence[int], ndim: int) -> tuple[int, ...]:
    """Return several distinct dimensions counted from the front, in the order given."""
    wrapped = tuple(wrap_dim(d, ndim) for d in ((dims,) if isinstance(dims, int) else dims))
    for i, d in enumerate(wrapped):
        if d in wrapped[:i]:
            raise RuntimeError(f"dim {d} appears multiple times in the list of dims")
    return wrapped


def broadcast(a: Sequence[int], b: Sequence[int]) -> Size:
    """Return the shape in which two shapes meet: counted from the right, equal sizes or a 1.

    Raises:
        RuntimeError: naming the first dimension, from the right, that does not fit.
    """
    if a == b:
        return Size(a)
    ndim = max(len(a), len(b))
    met = []
    for i in range(1, ndim + 1):
        m = a[-i] if i <= len(a) else 1
        n = b[-i] if i <= len(b) else 1
        if m != n and m != 1 and n != 1:
            raise RuntimeError(
                f"The size of tensor a ({m}) must match the size of tensor b ({n}) "
                f"at non-singleton dimension {ndim - i}"
            )
        met.append(n if m == 1 else m)
    return Size(reversed(met))


def broadcast_shapes(*shapes: int | Sequence[int]) -> Size:
    """Return the shape that tensors of these shapes broadcast to.

    >>> torch.broadcast_shapes((2, 1), (1, 3), (3,))
    torch.Size([2, 3])

    Args:
        shapes: each a shape, or one number for a shape of one dimension.

    Raises:
        RuntimeError: if the shapes do not meet.
    """
    rows = [(s,) if isinstance(s, int) else tuple(s) for s in shapes]
    met = [1] * max((len(r) for r in rows), default=0)
    for at, row in enumerate(rows):
        for i in range(-1, -1 - len(row), -1):
            if row[i] < 0:
                raise ValueError("Attempting to broadcast a dimension with negative length!")
            if row[i] in (1, met[i]):
                continue
            if met[i] != 1:
                raise RuntimeError(
                    f"Attempting to broadcast a dimension of length {row[i]} at {i}! Mismatching "
                    f"argument at index {at} had {row}; but expected shape should be "
                    f"broadcastable to {met}"
                )
            met[i] = row[i]
    return Size(met)


def expanded_stride(
    size: Sequence[int], stride: Sequence[int], target: Sequence[int]
) -> tuple[int, ...]:
    """Return the strides under which `size` fills `target`: 0 where one element is repeated."""
    new = len(target) - len(size)
    found = [
        0 if n == 1 and m != 1 else s for n, m, s in zip(size, target[new:], stride, strict=True)
    ]
    step = target[new] * found[0] if found else 0
    for m in reversed(target[:new]):
        found.insert(0, step if m == 1 else 0)
        step = m * found[0]
    return tuple(found)


@functools.lru_cache(maxsize=1024)
def expands(size: Size, target: Size) -> bool:
    """Tell whether a shape can be expanded to another, all of whose sizes are given."""
    lead = len(target) - len(size)
    if lead < 0 or min(target, default=0) < 0:
        return False
    return all(n in (1, m) for n, m in zip(size, target[lead:], strict=True))


def infer_size(shape: Sequence[int], numel: int) -> tuple[int, ...]:
    """Return a shape with its -1 replaced by what makes the number of elements right.

    Raises:
        RuntimeError: two -1, a negative size, or a number of elements that cannot be.
    """
    free, known = None, 1
    for i, n in enumerate(shape):
        if n == -1:
            if free is not None:
                raise RuntimeError("only one dimension can be inferred")
            free = i
        elif n < 0:
            raise RuntimeError(f"invalid shape dimension {n} at index {i} of shape {listed(shape)}")
        else:
            known *= n
    if free is None and known == numel:
        return tuple(shape)
    if free is not None and known and numel % known == 0:
        return (*shape[:free], numel // known, *shape[free + 1 :])
    if free is not None and numel == known == 0:
        raise RuntimeError(
            f"cannot reshape tensor of 0 elements into shape {listed(shape)} because the "
            "unspecified dimension size -1 can be any value and is ambiguous"
        )
    raise RuntimeError(f"shape '{listed(shape)}' is invalid for input of size {numel}")


def view_stride(
    size: Sequence[int], stride: Sequence[int], shape: Sequence[int]
) -> tuple[int, ...] | None:
    """Return the strides that show the same memory under another shape, or None.

    Dimensions that follow each other in memory form a chunk; a chunk can be cut anew,
    but no new dimension may reach across two chunks. (`computeStride` in ATen/TensorUtils.cpp)
    """
    if 0 in size:
        return tuple(stride) if tuple(size) == tuple(shape) else contiguous_stride(shape)
    new = [0] * len(shape)
    at = len(shape) - 1
    chunk, base = 1, stride[-1] if stride else 1
    for i in reversed(range(len(size))):
        chunk *= size[i]
        if i == 0 or (size[i - 1] != 1 and stride[i - 1] != chunk * base):
            taken = 1
            while at >= 0 and (taken < chunk or shape[at] == 1):
                new[at] = taken * base
                taken *= shape[at]
                at -= 1
            if taken != chunk:
                return None
            if i:
                chunk, base = 1, stride[i - 1]
    while at >= 0 and not size:  # a 0-dim tensor under ones
        new[at] = 1
        at -= 1
    return tuple(new) if at < 0 else None


def memory_order(size: Sequence[int], strides: Sequence[Sequence[int]]) -> list[int]:
    """Return the dimensions from the farthest to the nearest in memory, for elementwise results.

    The first operand that tells two dimensions apart decides; where none does, their order
    stays. So the result of `a.t() + 1` is laid out like `a.t()`.
    (`compute_elementwise_output_logical_to_physical_perm` in torch/_prims_common)

    Args:
        size: the broadcast size.
        strides: of each operand, expanded to `size`.
    """

    def nearer(a: int, b: int) -> int:
        for stride in strides:
            s, t = stride[a], stride[b]
            if s == 0 or t == 0:
                continue
            if s != t:
                return -1 if s < t else 1
            if size[b] > size[a]:
                return -1
        return 0

    order = list(reversed(range(len(size))))  # nearest first, as if contiguous
    for i in range(1, len(order)):
        at = i
        for j in reversed(range(i)):
            found = nearer(order[at], order[j])
            if found < 0:
                order[at], order[j] = order[j], order[at]
                at = j
            elif found > 0:
                break
    return order[::-1]
