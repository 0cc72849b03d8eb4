"""Views of a part: one row, a range, a diagonal, windows, any strides at all.

The gradient of a piece is zero everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from . import kernels
from .copying import clone
from .devices import contiguous_format
from .graph import differentiable
from .operators import method, operator
from .shapes import Size, extent, listed, overlaps, wrap_dim
from .tensor import Tensor, fresh
from .tensorbase import numbers
from .views import seen

__all__ = ["as_strided", "diagonal", "narrow", "narrow_copy", "select"]

Look = Callable[[Tensor], Tensor]


def placed(grad: Tensor, shape: Size, where: Look) -> Tensor:
    """Return zeros of a shape, with a gradient in the part that `where` looks at."""
    whole = grad.new_zeros(shape)
    where(whole).copy_(grad)
    return whole


@operator
def select(input: Tensor, dim: int, index: int) -> Tensor:
    """Return one slice, without the dimension it was taken along. `x[i]` is `x.select(0, i)`.

    >>> torch.tensor([[1, 2], [3, 4]]).select(1, 0)
    tensor([1, 3])

    Raises:
        IndexError: an index out of range.
    """
    if not input._size:
        raise IndexError("select() cannot be applied to a 0-dim tensor.")
    dim = wrap_dim(dim, input.dim())
    size, stride = input._size, input._stride
    if not -size[dim] <= index < size[dim]:
        raise IndexError(
            f"select(): index {index} out of range for tensor of size {listed(size)} at dimension "
            f"{dim}"
        )
    at = index % size[dim]
    return seen(
        input,
        (*size[:dim], *size[dim + 1 :]),
        (*stride[:dim], *stride[dim + 1 :]),
        input._offset + at * stride[dim],
        "SelectBackward0",
        lambda grad: placed(grad, size, lambda whole: whole.select(dim, at)),
    )


def sliced(input: Tensor, dim: int, start: int, stop: int, step: int = 1) -> Tensor:
    """Return the view `start:stop:step` along one dimension, bounds being in range.

    Args:
        input: the tensor.
        dim: counted from the front.
        start: from 0 to the size.
        stop: from `start` to the size.
        step: at least 1.
    """
    shape, stride = input._size, list(input._stride)
    size = list(shape)
    size[dim] = max(0, -(-(stop - start) // step))
    offset = input._offset + start * stride[dim]
    stride[dim] *= step
    return seen(
        input,
        size,
        stride,
        offset,
        "SliceBackward0",
        lambda grad: placed(grad, shape, lambda whole: sliced(whole, dim, start, stop, step)),
    )


@operator
def narrow(input: Tensor, dim: int, start: int | Tensor, length: int) -> Tensor:
    """Return `length` slices from `start` along one dimension. `(N,)` to `(length,)`.

    >>> torch.arange(5).narrow(0, 1, 3)
    tensor([1, 2, 3])

    Raises:
        IndexError: a start out of range.
        RuntimeError: a range that ends beyond the dimension.
    """
    if isinstance(start, Tensor):
        raise RuntimeError("start must be an 0-dim integral Tensor.")
    if not input._size:
        raise RuntimeError("narrow() cannot be applied to a 0-dim tensor.")
    if length < 0:
        raise RuntimeError("narrow(): length must be non-negative.")
    dim = wrap_dim(dim, input.dim())
    n = input._size[dim]
    if not -n <= start <= n:
        raise IndexError(
            f"start out of range (expected to be in range of [{-n}, {n}], but got {start})"
        )
    start = start + n if start < 0 else start
    if start + length > n:
        raise RuntimeError(f"start ({start}) + length ({length}) exceeds dimension size ({n}).")
    return sliced(input, dim, start, start + length)


@operator
def narrow_copy(
    input: Tensor, dim: int, start: int, length: int, *, out: Tensor | None = None
) -> Tensor:
    """Return a copy of `narrow`, with memory of its own.

    >>> torch.arange(5).narrow_copy(0, 1, 3)
    tensor([1, 2, 3])
    """
    found = clone(narrow(input.detach(), dim, start, length), memory_format=contiguous_format)
    shape = input._size
    return differentiable(
        found,
        "SliceBackward0_copy",
        (input,),
        backward=lambda grad: placed(grad, shape, lambda whole: narrow(whole, dim, start, length)),
    )


@operator
def diagonal(input: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor:
    """Return a diagonal of two dimensions as the last one. `(N, N, C)` to `(C, N)`.

    >>> torch.arange(9).reshape(3, 3).diagonal(1)
    tensor([1, 5])

    Args:
        input: of at least two dimensions.
        offset: how far above (positive) or below the main diagonal.
        dim1: the dimension of rows.
        dim2: the dimension of columns.
    """
    a, b = wrap_dim(dim1, input.dim()), wrap_dim(dim2, input.dim())
    if a == b:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    shape, stride = input._size, input._stride
    down, right = max(-offset, 0), max(offset, 0)
    length = max(min(shape[a] - down, shape[b] - right), 0)
    start = input._offset + (down * stride[a] + right * stride[b] if length else 0)
    rest = [d for d in range(len(shape)) if d not in (a, b)]
    return seen(
        input,
        (*(shape[d] for d in rest), length),
        (*(stride[d] for d in rest), stride[a] + stride[b]),
        start,
        "DiagonalBackward0",
        lambda grad: placed(grad, shape, lambda whole: whole.diagonal(offset, a, b)),
    )


@method
def unfold(input: Tensor, dimension: int, size: int, step: int) -> Tensor:
    """Return all windows along one dimension, as a new last one. `(N,)` to `(W, size)`.

    Windows overlap where `step < size`; then the gradient of an element is the sum over
    the windows it is in.

    >>> torch.arange(5).unfold(0, 3, 1)
    tensor([[0, 1, 2],
            [1, 2, 3],
            [2, 3, 4]])
    """
    dim = wrap_dim(dimension, input.dim())
    shape, stride = input._size or (1,), input._stride or (1,)
    if size < 0:
        raise RuntimeError(f"size is {size} but must be >= 0")
    if size > shape[dim]:
        raise RuntimeError(
            f"maximum size for tensor at dimension {dim} is {shape[dim]} but size is {size}"
        )
    if step <= 0:
        raise RuntimeError(f"step is {step} but must be > 0")
    windows = (shape[dim] - size) // step + 1
    new_size = (*shape[:dim], windows, *shape[dim + 1 :], size)
    new_stride = (*stride[:dim], stride[dim] * step, *stride[dim + 1 :], stride[dim])
    if not input._size:
        new_size, new_stride = (size,), (1,)
    return strided_view(input, new_size, new_stride, input._offset, "UnfoldBackward0")


@operator
def as_strided(
    input: Tensor,
    size: Sequence[int],
    stride: Sequence[int],
    storage_offset: int | None = None,
) -> Tensor:
    """Return any view of the storage: its size, strides and offset given outright.

    >>> torch.arange(4).as_strided((3, 2), (1, 1))
    tensor([[0, 1],
            [1, 2],
            [2, 3]])

    Args:
        input: the tensor whose storage to look at.
        size: of the view.
        stride: of the view, as long as `size`.
        storage_offset: the place of its first element; that of `input` if None.

    Raises:
        RuntimeError: a view that reaches out of the storage.
    """
    offset = input._offset if storage_offset is None else storage_offset
    if len(size) != len(stride):
        raise RuntimeError("mismatch in length of strides and shape")
    if any(s < 0 for s in stride):
        raise RuntimeError(
            "as_strided: Negative strides are not supported at the moment, got strides: "
            f"{listed(stride)}"
        )
    if offset < 0:
        raise RuntimeError(f"Tensor: invalid storage offset {offset}")
    reach = extent(size, stride)
    held = input._storage
    if reach and offset + reach > held.length:
        raise RuntimeError(
            f"setStorage: sizes {listed(size)}, strides {listed(stride)}, storage offset {offset}, "
            "and "
            f"itemsize {input.element_size()} requiring a storage size of "
            f"{(offset + reach) * input.element_size()} are out of bounds for storage of size "
            f"{held.nbytes()}"
        )
    return strided_view(input, size, stride, offset, "AsStridedBackward0")


def strided_view(
    input: Tensor, size: Sequence[int], stride: Sequence[int], offset: int, name: str
) -> Tensor:
    """Return a view whose elements may share places; their gradients are added there."""
    old_size, old_stride, old_offset = input._geometry()

    def backward(grad: Tensor) -> Tensor:
        length = max(old_offset + extent(old_size, old_stride), offset + extent(size, stride))
        total = spread(grad, length, stride, offset)
        if overlaps(old_size, old_stride):  # elements of one place share what arrives there
            sharing = spread(grad.new_ones(old_size), length, old_stride, old_offset)
            total = total / sharing.clamp(min=1)
        return total.as_strided(old_size, old_stride, old_offset)

    return seen(input, size, stride, offset, name, backward)


def spread(grad: Tensor, length: int, stride: Sequence[int], offset: int) -> Tensor:
    """Add the elements up at their places in a storage: the reverse of looking at them.

    Args:
        grad: of any shape.
        length: of the storage.
        stride: where elements go.
        offset: where the first one goes.
    """
    size = grad._size
    values = kernels.added_up(numbers(grad), length, size, stride, offset, grad.dtype)
    total = fresh(values, (length,), grad.dtype)
    return differentiable(
        total, "SpreadBackward", (grad,), backward=lambda g: g.as_strided(size, stride, offset)
    )
