"""Views of a part: one row, a range, a diagonal, several pieces at once, any strides at all.

The gradient of a piece is zero everywhere else.
"""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Sequence

from . import kernels
from .graph import differentiable
from .operators import method, operator
from .shapes import Size, extent, listed, overlaps, wrap_dim
from .tensor import Tensor, fresh
from .tensorbase import TensorBase, attribute, numbers
from .views import look, permute, seen, transpose

__all__ = [
    "adjoint",
    "as_strided",
    "chunk",
    "diagonal",
    "dsplit",
    "hsplit",
    "narrow",
    "select",
    "split",
    "split_with_sizes",
    "tensor_split",
    "unbind",
    "vsplit",
]

Look = Callable[[Tensor], Tensor]


def placed(grad: Tensor, shape: Size, where: Look) -> Tensor:
    """Return zeros of a shape, with a gradient in the part that `where` looks at."""
    whole = grad.new_zeros(shape)
    where(whole).copy_(grad)
    return whole


@operator(overloads=("Tensor input, name dim, int index", "Tensor input, int dim, int index"))
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


def several(
    input: Tensor, name: str, views: Sequence[Tensor], where: Sequence[Look]
) -> tuple[Tensor, ...]:
    """Return views made by one operation, which share one node and may not be written to.

    Args:
        input: what they are views of.
        name: of the node.
        views: not yet recorded.
        where: how to find each in a tensor like `input`.
    """
    shape = input._size

    def backward(grads: tuple[Tensor | None, ...]) -> Tensor:
        whole = next(g for g in grads if g is not None).new_zeros(shape)
        for grad, find in zip(grads, where, strict=True):
            if grad is not None:
                find(whole).copy_(grad)
        return whole

    for view in views:
        view._made = view._made or "multiple"
    return tuple(differentiable(tuple(views), name, (input,), backward=backward))


def cut(input: Tensor, dim: int, sizes: Sequence[int], name: str) -> tuple[Tensor, ...]:
    """Return consecutive ranges along one dimension, recorded as one operation."""
    views, where, start = [], [], 0
    for n in sizes:
        size = (*input._size[:dim], n, *input._size[dim + 1 :])
        offset = input._offset + start * input._stride[dim]
        views.append(look(input, size, input._stride, offset))
        where.append(lambda whole, start=start, n=n: whole.narrow(dim, start, n))
        start += n
    return several(input, name, views, where)


def split_size(input: Tensor, dim: int, size: int) -> list[int]:
    """Return the lengths of pieces of one size; the last may be smaller."""
    n = input._size[dim]
    if size < 0:
        raise RuntimeError(f"split expects split_size be non-negative, but got split_size={size}")
    if size == 0:
        if n:
            raise RuntimeError(
                f"split_size can only be 0 if dimension size is 0, but got dimension size of {n}"
            )
        return [0]
    return [min(size, n - start) for start in range(0, n, size)] or [0]


def split(
    tensor: Tensor, split_size_or_sections: int | Sequence[int], dim: int = 0
) -> tuple[Tensor, ...]:
    """Cut a tensor into views of one size, the last one perhaps smaller, or of given sizes.

    >>> torch.arange(5).split(2)
    (tensor([0, 1]), tensor([2, 3]), tensor([4]))
    >>> torch.arange(5).split([1, 4])
    (tensor([0]), tensor([1, 2, 3, 4]))

    Args:
        tensor: of at least one dimension.
        split_size_or_sections: the size of each piece, or a list of sizes.
        dim: the dimension to cut.

    Raises:
        RuntimeError: sizes that do not add up to the dimension.
    """
    if isinstance(split_size_or_sections, bool) or not isinstance(split_size_or_sections, int):
        return split_with_sizes(tensor, split_size_or_sections, dim)
    if not tensor._size:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    dim = wrap_dim(dim, tensor.dim())
    sizes = split_size(tensor, dim, split_size_or_sections)
    return cut(tensor, dim, sizes, "SplitBackward0")


def split_method(self: Tensor, split_size: int | Sequence[int], dim: int = 0) -> tuple[Tensor, ...]:
    """Cut the tensor into views; see `torch.split`."""
    return split(self, split_size, dim)


TensorBase.split = split_method


@operator
def split_with_sizes(input: Tensor, split_sizes: Sequence[int], dim: int = 0) -> tuple[Tensor, ...]:
    """Cut a tensor into views of given sizes along one dimension."""
    if not input._size:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    dim = wrap_dim(dim, input.dim())
    n = input._size[dim]
    if any(size < 0 for size in split_sizes):
        raise RuntimeError(
            "split_with_sizes expects split_sizes have only non-negative entries, but got "
            f"split_sizes={listed(split_sizes)}"
        )
    if sum(split_sizes) != n:
        raise RuntimeError(
            f"split_with_sizes expects split_sizes to sum exactly to {n} (input tensor's size at "
            f"dimension {dim}), but got split_sizes={listed(split_sizes)}"
        )
    return cut(input, dim, split_sizes, "SplitWithSizesBackward0")


@operator
def chunk(input: Tensor, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    """Cut a tensor into at most `chunks` views of equal size, the last one perhaps smaller.

    >>> torch.arange(5).chunk(3)
    (tensor([0, 1]), tensor([2, 3]), tensor([4]))
    """
    if not input._size:
        raise RuntimeError("chunk expects at least a 1-dimensional tensor")
    if chunks <= 0:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    dim = wrap_dim(dim, input.dim())
    n = input._size[dim]
    if n == 0:
        return cut(input, dim, [0] * chunks, "SplitWithSizesBackward0")
    return cut(input, dim, split_size(input, dim, -(-n // chunks)), "SplitBackward0")


@operator
def unbind(input: Tensor, dim: int = 0) -> tuple[Tensor, ...]:
    """Return all slices along one dimension, without it. `(2, 3)`: two of `(3,)`.

    >>> torch.tensor([[1, 2], [3, 4]]).unbind()
    (tensor([1, 2]), tensor([3, 4]))
    """
    dim = wrap_dim(dim, input.dim(), scalar=False)
    size = (*input._size[:dim], *input._size[dim + 1 :])
    stride = (*input._stride[:dim], *input._stride[dim + 1 :])
    step = input._stride[dim]
    places = range(input._size[dim])
    views = [look(input, size, stride, input._offset + i * step) for i in places]
    where = [lambda whole, i=i: whole.select(dim, i) for i in places]
    return several(input, "UnbindBackward0", views, where)


def borders(indices_or_sections: int | Sequence[int] | Tensor, n: int) -> list[tuple[int, int]]:
    """Return start and stop of each piece of `n` slices: equal parts, or cut at indices."""
    if isinstance(indices_or_sections, Tensor):
        indices_or_sections = indices_or_sections.tolist()
    if isinstance(indices_or_sections, int):
        if indices_or_sections <= 0:
            raise RuntimeError(
                f"number of sections must be larger than 0, got {indices_or_sections}"
            )
        least, more = divmod(n, indices_or_sections)
        ends = [(i + 1) * least + min(i + 1, more) for i in range(indices_or_sections)]
        return list(zip([0, *ends[:-1]], ends, strict=True))
    edges = [0, *indices_or_sections, n]
    spans = [slice(a, b).indices(n)[:2] for a, b in itertools.pairwise(edges)]
    return [(start, max(start, stop)) for start, stop in spans]


@operator
def tensor_split(
    input: Tensor, indices_or_sections: int | Sequence[int] | Tensor, dim: int = 0
) -> tuple[Tensor, ...]:
    """Cut a tensor into `sections` nearly equal views, or at given indices.

    >>> torch.arange(5).tensor_split(2)
    (tensor([0, 1, 2]), tensor([3, 4]))
    >>> torch.arange(5).tensor_split((1, 4))
    (tensor([0]), tensor([1, 2, 3]), tensor([4]))
    """
    if not input._size:
        raise RuntimeError(
            "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims"
        )
    dim = wrap_dim(dim, input.dim())
    spans = borders(indices_or_sections, input._size[dim])
    return tuple(sliced(input, dim, start, stop) for start, stop in spans)


PARTS = ("Tensor input, int sections", "Tensor input, tuple of ints indices")


def split_along(
    input: Tensor, parts: int | Sequence[int], name: str, least: int, dim: int
) -> tuple[Tensor, ...]:
    """Cut a tensor along a fixed dimension into parts that must be equal."""
    if input.dim() < least:
        raise RuntimeError(
            f"torch.{name} requires a tensor with at least {least} dimension, but got a tensor "
            "with "
            f"{input.dim()} dimensions!"
        )
    if isinstance(parts, int) and (parts == 0 or input._size[dim] % parts):
        raise RuntimeError(
            f"torch.{name} attempted to split along dimension {dim}, but the size of the dimension "
            f"{input._size[dim]} is not divisible by the split_size {parts}!"
        )
    return tensor_split(input, parts, dim)


@operator(overloads=PARTS)
def hsplit(input: Tensor, indices_or_sections: int | Sequence[int]) -> tuple[Tensor, ...]:
    """Cut along dimension 1, or 0 if there is only one, into equal parts or at indices."""
    dim = 0 if input.dim() == 1 else 1
    return split_along(input, indices_or_sections, "hsplit", 1, dim)


@operator(overloads=PARTS)
def vsplit(input: Tensor, indices_or_sections: int | Sequence[int]) -> tuple[Tensor, ...]:
    """Cut along dimension 0 into equal parts or at indices."""
    return split_along(input, indices_or_sections, "vsplit", 2, 0)


@operator(overloads=PARTS)
def dsplit(input: Tensor, indices_or_sections: int | Sequence[int]) -> tuple[Tensor, ...]:
    """Cut along dimension 2 into equal parts or at indices."""
    return split_along(input, indices_or_sections, "dsplit", 3, 2)


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
        if overlaps(old_size, old_stride):
            raise NotImplementedError(
                f"the gradient of {name} of an expanded tensor is not part of reference_impl"
            )
        length = max(old_offset + extent(old_size, old_stride), offset + extent(size, stride))
        return spread(grad, length, stride, offset).as_strided(old_size, old_stride, old_offset)

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


def _dims(input: Tensor) -> str:
    return f"{input.dim()}-D tensor."


def _same(input: Tensor, name: str, instead: str, line: int) -> Tensor:
    warnings.warn(
        f"Tensor.{name} is deprecated on 0-D tensors. {instead} (Triggered internally at "
        f"/__w/pytorch/pytorch/aten/src/ATen/native/TensorShape.cpp:{line}.)",
        UserWarning,
        stacklevel=4,
    )
    return input


IDENTITY = "This function is the identity in these cases."


def _reversed(self: Tensor) -> Tensor:
    if not self._size:
        return _same(self, "T", IDENTITY, 4321)
    if self.dim() != 2:
        warnings.warn(
            "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is "
            "deprecated and it will throw an error in a future release. Consider `x.mT` to "
            "transpose "
            "batches of matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the "
            "dimensions of a tensor. (Triggered internally at "
            "/__w/pytorch/pytorch/aten/src/ATen/native/TensorShape.cpp:4314.)",
            UserWarning,
            stacklevel=3,
        )
    return permute(self, tuple(reversed(range(self.dim()))))


def _matrix_transpose(self: Tensor, name: str = "mT", line: int = 4373) -> Tensor:
    if not self._size:
        return _same(self, name, IDENTITY, line)
    if self.dim() < 2:
        raise RuntimeError(
            f"tensor.{name} is only supported on matrices or batches of matrices. Got {_dims(self)}"
        )
    return transpose(self, -2, -1)


def _conjugate_transpose(self: Tensor) -> Tensor:
    if not self._size:
        return _same(self, "H", "Consider using x.conj().", 4335)
    if self.dim() != 2:
        more = " For batches of matrices, consider using tensor.mH" if self.dim() > 2 else ""
        raise RuntimeError(
            f"tensor.H is only supported on matrices (2-D tensors). Got {_dims(self)}{more}"
        )
    return transpose(self, 0, 1)


for _name, _get, _doc in (
    ("T", _reversed, "The transpose of a matrix."),
    ("mT", _matrix_transpose, "The transpose of each matrix of a batch."),
    ("mH", lambda self: _matrix_transpose(self, "mH", 4391), "The same as `mT` for real numbers."),
    ("H", _conjugate_transpose, "The same as `T` for a real matrix."),
):
    _attribute = attribute(_get, doc=_doc)
    _attribute.shown = _name
    setattr(TensorBase, _name, _attribute)


@operator
def adjoint(input: Tensor) -> Tensor:
    """Return the transpose of each matrix of a batch; torch conjugates complex ones, too."""
    return transpose(input, -2, -1)
