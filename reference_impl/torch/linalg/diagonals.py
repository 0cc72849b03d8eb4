"""Triangles and diagonals: parts of matrices, and matrices made of parts."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from .. import dtypes, kernels
from ..copying import clone
from ..devices import contiguous_format, device, layout, usable
from ..dtypes import BOOL, FLOATING, INTEGRAL, dtype
from ..graph import differentiable
from ..operators import function, inplace, operator
from ..pieces import placed
from ..promotion import promote_types
from ..shapes import contiguous_stride, wrap_dim
from ..tensor import Tensor, fresh
from ..tensorbase import numbers, numbers_as

__all__ = [
    "block_diag",
    "diag",
    "diag_embed",
    "diagflat",
    "trace",
    "tril",
    "tril_indices",
    "triu",
    "triu_indices",
]


@kernels.kernel
def kept(flat: array, rows: int, columns: int, diagonal: int, below: bool) -> array:
    """Return matrices with zeros on one side of a diagonal."""
    found = flat[:]
    nothing = array(flat.typecode, [0]) * columns
    for row in range(len(flat) // max(columns, 1)):
        border = row % rows + diagonal + (1 if below else 0)
        border = min(max(border, 0), columns)
        start = row * columns
        if below:
            found[start + border : start + columns] = nothing[border:]
        else:
            found[start : start + border] = nothing[:border]
    return found


def triangle(input: Tensor, diagonal: int, name: str) -> Tensor:
    """Return one side of a diagonal, without history."""
    if input.dim() < 2:
        raise RuntimeError(f"{name}: input tensor must have at least 2 dimensions")
    flat = kept(numbers(input), *input._size[-2:], diagonal, name == "tril")
    return fresh(flat, input._size, input.dtype)


@inplace
@operator
def tril(input: Tensor, diagonal: int = 0, *, out: Tensor | None = None) -> Tensor:
    """Return the lower triangle of matrices, and zeros above it. `(*, M, N)` to `(*, M, N)`.

    What became zero does not depend on the input, so its gradient is zero: the lower
    triangle of the result's gradient is left.

    >>> torch.ones(3, 3).tril()
    tensor([[1., 0., 0.],
            [1., 1., 0.],
            [1., 1., 1.]])

    Args:
        input: of at least two dimensions.
        diagonal: how far above (positive) or below the main diagonal the last one kept is.
        out: a tensor to write the result to.
    """
    return differentiable(
        triangle(input, diagonal, "tril"),
        "TrilBackward0",
        (input,),
        backward=lambda grad: grad.tril(diagonal),
    )


@inplace
@operator
def triu(input: Tensor, diagonal: int = 0, *, out: Tensor | None = None) -> Tensor:
    """Return the upper triangle of matrices, and zeros below it; see `tril`.

    >>> torch.ones(2, 3).triu(1)
    tensor([[0., 1., 1.],
            [0., 0., 1.]])
    """
    return differentiable(
        triangle(input, diagonal, "triu"),
        "TriuBackward0",
        (input,),
        backward=lambda grad: grad.triu(diagonal),
    )


def indices(
    pairs: list[tuple[int, int]], rows: int, columns: int, name: str, target: dtype, on: device
) -> Tensor:
    """Return places as a tensor of two rows."""
    for shown, size in (("row", rows), ("col", columns)):
        if size < 0:
            raise RuntimeError(f"{shown} must be non-negative, got{size}")
    if target.category != INTEGRAL:
        raise NotImplementedError(f"\"{name}\" not implemented for '{target.scalar_name}'")
    meta = usable(on).type == "meta"
    flat = [i for i, _ in pairs] + [j for _, j in pairs]
    return fresh(kernels.made(meta, target, lambda: flat), (2, len(pairs)), target)


@function
def tril_indices(
    row: int,
    col: int,
    offset: int = 0,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
) -> Tensor:
    """Return the rows and columns of a lower triangle's places. `(2, N)`.

    >>> torch.tril_indices(2, 2)
    tensor([[0, 1, 1],
            [0, 0, 1]])
    """
    pairs = [(i, j) for i in range(row) for j in range(min(max(i + offset + 1, 0), max(col, 0)))]
    return indices(pairs, row, col, "tril_indices", dtype or dtypes.int64, device)


@function
def triu_indices(
    row: int,
    col: int,
    offset: int = 0,
    *,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
) -> Tensor:
    """Return the rows and columns of an upper triangle's places. `(2, N)`.

    >>> torch.triu_indices(2, 2)
    tensor([[0, 0, 1],
            [0, 1, 1]])
    """
    pairs = [(i, j) for i in range(row) for j in range(max(i + offset, 0), col)]
    return indices(pairs, row, col, "triu_indices", dtype or dtypes.int64, device)


@operator
def diag_embed(input: Tensor, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Tensor:
    """Return matrices with the last dimension on a diagonal. `(*, N)` to `(*, N, N)`.

    The gradient is that diagonal of the result's gradient.

    >>> torch.diag_embed(torch.tensor([[1, 2], [3, 4]]))
    tensor([[[1, 0],
             [0, 2]],
    <BLANKLINE>
            [[3, 0],
             [0, 4]]])
    """
    ndim = input.dim() + 1
    a, b = wrap_dim(dim1, ndim), wrap_dim(dim2, ndim)
    if a == b:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    side = input._size[-1] + abs(offset)
    size = list(input._size[:-1])
    for d in sorted((a, b)):
        size.insert(d, side)
    rest = [s for d, s in enumerate(contiguous_stride(size)) if d not in (a, b)]
    down, right = (contiguous_stride(size)[d] for d in (a, b))
    made = fresh(kernels.filled(input.is_meta, input.dtype, 1, 0), (), input.dtype)
    made = made.expand(size).clone(memory_format=contiguous_format).detach()
    start = right * offset if offset > 0 else -down * offset
    if input.numel():
        stride = (*rest, down + right)
        kernels.put(made._storage.numbers, input._size, stride, start, numbers(input))
    return differentiable(
        made,
        "DiagEmbedBackward0",
        (input,),
        backward=lambda grad: grad.diagonal(offset, a, b),
    )


@operator
def diag(input: Tensor, diagonal: int = 0, *, out: Tensor | None = None) -> Tensor:
    """Return the diagonal of a matrix, or the matrix with a vector on its diagonal.

    >>> torch.diag(torch.tensor([[1, 2], [3, 4]]))
    tensor([1, 4])
    >>> torch.diag(torch.tensor([1, 2]), 1)
    tensor([[0, 1, 0],
            [0, 0, 2],
            [0, 0, 0]])
    """
    if input.dim() == 1:
        return diag_embed(input, diagonal)
    if input.dim() != 2:
        raise RuntimeError(f"diag(): Supports 1D or 2D tensors. Got {input.dim()}D")
    shape = input._size
    found = clone(input.detach().diagonal(diagonal), memory_format=contiguous_format)
    return differentiable(
        found.detach(),
        "DiagonalBackward0_copy",
        (input,),
        backward=lambda grad: placed(grad, shape, lambda whole: whole.diagonal(diagonal)),
    )


@operator
def diagflat(input: Tensor, offset: int = 0) -> Tensor:
    """Return the matrix with all elements of a tensor on a diagonal.

    >>> torch.diagflat(torch.tensor([[1, 2]]))
    tensor([[1, 0],
            [0, 2]])
    """
    return diag_embed(input.contiguous().view(-1), offset)


@operator
def trace(input: Tensor) -> Tensor:
    """Return the sum of a matrix's main diagonal. `(M, N)` to `()`.

    Each element of the diagonal moves it one to one, the others not at all: the gradient
    is ones on the diagonal.

    >>> torch.trace(torch.tensor([[1, 2], [3, 4]]))
    tensor(5)
    """
    if input.dim() != 2:
        raise RuntimeError(f"trace: expected a matrix, but got tensor with dim {input.dim()}")
    if input.dtype.category == BOOL:
        raise NotImplementedError("\"trace\" not implemented for 'Bool'")
    target = input.dtype if input.dtype.category == FLOATING else dtypes.int64
    shape = input._size
    found = summed(numbers_as(input.detach().diagonal(), target), target)
    return differentiable(
        fresh(found, (), target),
        "TraceBackward0",
        (input,),
        backward=lambda grad: placed(
            grad.expand(min(shape)), shape, lambda whole: whole.diagonal()
        ),
    )


@kernels.kernel
def summed(flat: array, dtype: dtype) -> array:
    """Return the sum of numbers, added in turn; floats are rounded at the end."""
    total = 0
    for value in flat:
        total += value
    return dtype.array([total])


def block_diag(*tensors: Tensor) -> Tensor:
    """Return one matrix with matrices along its diagonal.

    Each input's gradient is the block of the result's gradient where it went.

    >>> torch.block_diag(torch.tensor([[1, 2]]), torch.tensor([3]))
    tensor([[1, 2, 0],
            [0, 0, 3]])

    Args:
        tensors: matrices; a vector is a row, a 0-dim tensor a matrix of one element.

    Raises:
        RuntimeError: more than two dimensions.
    """
    for at, tensor in enumerate(tensors):
        if not isinstance(tensor, Tensor):
            raise TypeError(
                f"expected Tensor as element {at} in argument 0, but got {type(tensor).__name__}"
            )
        if tensor.dim() > 2:
            raise RuntimeError(
                "torch.block_diag: Input tensors must have 2 or fewer dimensions. "
                f"Input {at} has {tensor.dim()} dimensions"
            )
    if not tensors:
        return fresh(dtypes.get_default_dtype().array([]), (1, 0), dtypes.get_default_dtype())
    target = tensors[0].dtype
    for tensor in tensors:
        target = promote_types(target, tensor.dtype)
    sizes = [(1,) * (2 - t.dim()) + tuple(t._size) for t in tensors]
    size = sum(m for m, _ in sizes), sum(n for _, n in sizes)
    made = fresh(kernels.filled(tensors[0].is_meta, target, size[0] * size[1], 0), size, target)
    corners: list[tuple[int, int]] = []
    row = column = 0
    for tensor, (m, n) in zip(tensors, sizes, strict=True):
        corners.append((row, column))
        start, flat = row * size[1] + column, numbers_as(tensor, target)
        kernels.put(made._storage.numbers, (m, n), (size[1], 1), start, flat)
        row, column = row + m, column + n

    def blocks(grad: Tensor) -> Sequence[Tensor]:
        return [
            grad.narrow(0, i, m).narrow(1, j, n).reshape(tensor)
            for (i, j), (m, n), tensor in zip(corners, sizes, shapes, strict=True)
        ]

    shapes = [tensor._size for tensor in tensors]
    return differentiable(made, "BlockDiagBackward0", tensors, backward=blocks)
