"""What reductions share: which dimensions go, which elements belong together, the way back."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from math import prod

from .. import dtypes
from ..dtypes import dtype
from ..kernels import gather, kernel
from ..pointwise import binary
from ..shapes import Size, sized, wrap_dim, wrap_dims
from ..storage import Absent
from ..tensor import Tensor, fresh

Dims = int | Sequence[int] | None


def reduced_dims(input: Tensor, dim: Dims, *, empty_is_all: bool = True) -> tuple[int, ...]:
    """Return the dimensions to reduce, not negative; all of them for None.

    Args:
        input: The tensor to reduce.
        dim: One dimension, several, or None.
        empty_is_all: Whether no dimensions mean all of them, as in most reductions.
    """
    if input.dim() > 64:
        raise RuntimeError("only tensors with up to 64 dims are supported")
    if dim is None or (empty_is_all and dim in ((), [])):
        return tuple(range(input.dim()))
    dims = wrap_dims(dim, input.dim())
    return dims if input.dim() else ()


def in_type(input: Tensor, kind: dtype) -> Tensor:
    """Return the elements in a type; what comes may have history, what is made of it has not."""
    return input if input.dtype is kind else input.detach().to(kind)


def reduced_size(input: Tensor, dims: Sequence[int], keepdim: bool) -> Size:
    """Return the result's size: without the dimensions, or with 1 in their place."""
    if keepdim:
        return sized([1 if d in dims else n for d, n in enumerate(input._size)])
    return sized([n for d, n in enumerate(input._size) if d not in dims])


def rows(input: Tensor, dims: Sequence[int]) -> tuple[array | Absent, int]:
    """Return the elements, those of one result behind each other, and how many those are."""
    order = [d for d in range(input.dim()) if d not in dims] + sorted(dims)
    size = [input.size(d) for d in order]
    stride = [input.stride(d) for d in order]
    flat = gather(input.untyped_storage().numbers, size, stride, input.storage_offset())
    return flat, prod(input.size(d) for d in dims)


@kernel
def folded(
    flat: array, length: int, count: int, fn: Callable[[array], float], dtype: dtype
) -> array:
    """Return `fn` of each of `count` rows of `length` numbers."""
    return dtype.array([fn(flat[i * length : (i + 1) * length]) for i in range(count)])


def fold(
    input: Tensor,
    dims: Sequence[int],
    keepdim: bool,
    fn: Callable[[array], float],
    dtype: dtype,
) -> Tensor:
    """Return `fn` of the elements of each result, without history.

    Args:
        input: The tensor to reduce.
        dims: The dimensions to reduce, not negative.
        keepdim: Whether they stay, with size 1.
        fn: Called with an array of the reduced elements.
        dtype: Of the result.
    """
    size = reduced_size(input, dims, keepdim)
    flat, length = rows(input, dims)
    return fresh(folded(flat, length, size.numel(), fn, dtype), size, dtype)


def restored(reduced: Tensor, input: Tensor, dims: Sequence[int], keepdim: bool) -> Tensor:
    """Give a reduced tensor its dimensions back, with size 1, so that it broadcasts."""
    if keepdim or not input.dim():
        return reduced
    for d in sorted(dims):
        reduced = reduced.unsqueeze(d)
    return reduced


def along(input: Tensor, dim: int) -> tuple[int, ...]:
    """Return one dimension as a tuple; none for a 0-dim tensor, which is its own only row."""
    return (wrap_dim(dim, input.dim()),) if input.dim() else (wrap_dim(dim, 0),)[:0]


def selected(
    grad: Tensor, indices: Tensor, input: Tensor, dims: Sequence[int], keepdim: bool
) -> Tensor:
    """Return the gradient of a reduction that selects: all of it at the selected element."""
    if not input.dim():
        return grad
    (dim,) = dims
    n = input.size(dim)
    shape = [n if d == dim else 1 for d in range(input.dim())]
    positions = fresh(dtypes.int64.array(range(n)), (n,), dtypes.int64).view(shape)
    here = binary(
        positions,
        restored(indices, input, dims, keepdim),
        lambda place, index: place == index,
        dtype=dtypes.bool,
    )
    return restored(grad, input, dims, keepdim).where(here, 0)


def check_not_empty(input: Tensor, dims: Sequence[int], name: str, *, whole: bool) -> None:
    """Raise torch's error for a reduction that has no result for no elements.

    Args:
        input: The tensor to reduce.
        dims: The dimensions to reduce.
        name: The operator.
        whole: Whether no dimension was given.
    """
    if whole and input.numel() == 0:
        raise RuntimeError(
            f"{name}(): Expected reduction dim to be specified for input.numel() == 0. "
            "Specify the reduction dim with the 'dim' argument."
        )
    for d in dims:
        if input.size(d) == 0:
            raise IndexError(f"{name}(): Expected reduction dim {d} to have non-zero size.")
