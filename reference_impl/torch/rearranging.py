"""The same elements in another order, and copies with one part replaced.

`roll`, `flip` and `rot90` copy where a view cannot be: strides never run backwards in
torch. `select_scatter` and the like do what writing to a view does, and leave the tensor
alone.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from . import kernels, picking
from .arguments import Number
from .copying import copy_stride
from .gradmode import no_grad
from .graph import differentiable
from .operators import method, operator
from .picking import Places
from .pieces import sliced
from .shapes import contiguous_stride, extent, listed, overlaps, wrap_dim, wrap_dims
from .storage import ABSENT, UntypedStorage
from .tensor import Tensor, fresh, strided
from .tensorbase import attach, numbers, numbers_as, wrap

__all__ = [
    "as_strided_scatter",
    "diagonal_scatter",
    "flip",
    "fliplr",
    "flipud",
    "roll",
    "rot90",
    "select_scatter",
    "slice_scatter",
]

Row = list[int] | array


def ordered(input: Tensor, along: Sequence[Sequence[int]], stride: tuple[int, ...]) -> Tensor:
    """Return a copy in which each dimension's positions come in a given order.

    Args:
        input: the tensor.
        along: for each dimension, the old position of each new one.
        stride: of the copy.
    """
    values = ABSENT
    if not input.is_meta:
        starts = [input._offset]
        for positions, s in zip(along, input._stride, strict=True):
            starts = [at + p * s for at in starts for p in positions]
        values = picking.take(input._storage.numbers, Places(starts))
    return strided(values, [len(p) for p in along], stride, input.dtype)


@method
def fill_diagonal_(input: Tensor, fill_value: Number, wrap: bool = False) -> Tensor:
    """Set the diagonal to one number, in place.

    >>> torch.zeros(2, 3).fill_diagonal_(5)
    tensor([[5., 0., 0.],
            [0., 5., 0.]])

    Args:
        input: a matrix, or more dimensions of one size.
        fill_value: the number.
        wrap: whether the diagonal of a tall matrix begins anew below its end.

    Raises:
        RuntimeError: less than two dimensions, or more than two of several sizes.
    """
    size, stride = input._size, input._stride
    if len(size) < 2:
        raise RuntimeError("dimensions must larger than 1")
    if len(size) > 2 and len(set(size)) > 1:
        raise RuntimeError("all dimensions of input must be of equal length")
    step = sum(stride)
    input.as_strided((min(size),), (step,)).fill_(fill_value)
    if wrap and len(size) == 2 and size[0] > size[1] + 1:
        start = size[1] + 1
        for row in range(start, size[0], start):
            length = min(size[1], size[0] - row)
            below = input._offset + row * stride[0]
            input.as_strided((length,), (step,), below).fill_(fill_value)
    return input


@operator
def roll(input: Tensor, shifts: int | Sequence[int], dims: int | Sequence[int] = ()) -> Tensor:
    """Return the elements moved along dimensions; what leaves at the end enters at the front.

    Without `dims` the tensor is rolled as if it were flat. The gradient is rolled back.

    >>> torch.arange(5).roll(2)
    tensor([3, 4, 0, 1, 2])

    Args:
        input: the tensor.
        shifts: how far, for each dimension.
        dims: the dimensions.

    Raises:
        RuntimeError: not as many shifts as dimensions.
    """
    shifts = (shifts,) if isinstance(shifts, int) else tuple(shifts)
    dims = (dims,) if isinstance(dims, int) else tuple(dims)
    if not shifts:
        raise RuntimeError("`shifts` required")
    if len(shifts) != len(dims) and (dims or len(shifts) != 1):
        raise RuntimeError(
            f"shifts and dimensions must align. shifts: {len(shifts)}, dims:{len(dims)}"
        )
    size = input._size
    if dims:
        along = [list(range(n)) for n in size]
        for shift, dim in zip(shifts, dims, strict=True):
            if 0 in size:  # torch does not look at the dimensions then
                continue
            at = wrap_dim(dim, len(size), scalar=False)
            along[at] = rolled(along[at], shift)
        result = ordered(
            input, along, contiguous_stride(size) if input.numel() else copy_stride(input, None)
        )
    else:
        values = ABSENT if input.is_meta else rolled(numbers(input), shifts[0])
        result = fresh(values, size, input.dtype)
    back = tuple(-shift for shift in shifts)
    return differentiable(
        result, "RollBackward0", (input,), backward=lambda grad: grad.roll(back, dims)
    )


def rolled(row: Row, shift: int) -> Row:
    """Return a row moved to the right, its end at its front."""
    cut = len(row) - shift % max(len(row), 1)
    return row[cut:] + row[:cut]


@operator
def flip(input: Tensor, dims: Sequence[int]) -> Tensor:
    """Return a copy with the elements in reverse order along dimensions; so is the gradient.

    >>> torch.arange(4).reshape(2, 2).flip(0)
    tensor([[2, 3],
            [0, 1]])

    Args:
        input: the tensor.
        dims: the dimensions.
    """
    chosen = wrap_dims(dims, input.dim())
    result = flipped(input, chosen, copy_stride(input, None))
    return differentiable(
        result, "FlipBackward0", (input,), backward=lambda grad: grad.flip(chosen)
    )


def flipped(input: Tensor, dims: Sequence[int], stride: tuple[int, ...]) -> Tensor:
    """Return a reversed copy without history."""
    along = [range(n)[::-1] if d in dims else range(n) for d, n in enumerate(input._size)]
    return ordered(input, along, stride)


@attach
def __reversed__(self: Tensor) -> Tensor:
    return flip(self, (0,)) if self._size else self


@operator
def fliplr(input: Tensor) -> Tensor:
    """Return a copy with columns in reverse order: `flip` along dimension 1."""
    if input.dim() < 2:
        raise RuntimeError("Input must be >= 2-d.")
    return flip(input, (1,))


@operator
def flipud(input: Tensor) -> Tensor:
    """Return a copy with rows in reverse order: `flip` along dimension 0."""
    if input.dim() < 1:
        raise RuntimeError("Input must be >= 1-d.")
    return flip(input, (0,))


@operator
def rot90(input: Tensor, k: int = 1, dims: Sequence[int] = (0, 1)) -> Tensor:
    """Return the tensor turned by `k` times 90 degrees, from the first dimension to the second.

    A quarter turn reverses the second dimension and exchanges the two.

    >>> torch.arange(4).reshape(2, 2).rot90()
    tensor([[1, 3],
            [0, 2]])

    Args:
        input: of at least two dimensions.
        k: how many quarter turns; negative ones go the other way.
        dims: the two dimensions of the plane.

    Raises:
        RuntimeError: not two different dimensions.
    """
    if len(dims) != 2:
        raise RuntimeError(f"expected total rotation dims == 2, but got dims = {len(dims)}")
    if input.dim() < 2:
        raise RuntimeError(f"expected total dims >= 2, but got total dims = {input.dim()}")
    if dims[0] == dims[1] or abs(dims[0] - dims[1]) == input.dim():
        raise RuntimeError(
            f"expected rotation dims to be different, but got dim0 = {dims[0]} and dim1 = {dims[1]}"
        )
    a, b = (wrap_dim(d, input.dim()) for d in dims)
    turns = k % 4
    if turns == 0:
        result = flipped(input, (), contiguous_stride(input._size))
    elif turns == 2:
        result = flipped(input, (a, b), copy_stride(input, None))
    else:
        reverse = flipped(input, (b,) if turns == 1 else (a,), copy_stride(input, None))
        with no_grad():
            turned = reverse.transpose(a, b)
        result = wrap(Tensor, turned._storage, *turned._geometry())
    return differentiable(
        result, "Rot90Backward0", (input,), backward=lambda grad: grad.rot90(-k, dims)
    )


# --- copies with one part replaced -------------------------------------------------

Part = Callable[[Tensor], Tensor]


def replaced(input: Tensor, src: Tensor, part: Part, name: str) -> Tensor:
    """Return a copy in which `src` stands in place of one part.

    What was replaced has no gradient, and the gradient of `src` is that of the part.

    Args:
        input: the tensor.
        src: of the shape of the part.
        part: finds the part: the view of it in a tensor like `input`.
        name: of the node.
    """
    with no_grad():
        base = input.contiguous() if overlaps(input._size, input._stride) else input.detach()
        where = part(base)
    if where._size != src._size:
        raise RuntimeError(
            "expected src to have a size equal to the slice of self. src size = "
            f"{listed(src._size)}, slice size = {listed(where._size)}"
        )
    length = extent(base._size, base._stride)
    values = ABSENT
    if not base.is_meta:
        values = base._storage.numbers[base._offset : base._offset + length]
        given = numbers_as(src, base.dtype)
        kernels.put(values, where._size, where._stride, where._offset - base._offset, given)
    storage = UntypedStorage(values, length, base.dtype)
    result = wrap(Tensor, storage, base._size, base._stride)

    shape = src._size

    def of_input(grad: Tensor) -> Tensor:
        return replaced(grad, grad.new_zeros(shape), part, name)

    return differentiable(result, name, (input, src), backward=(of_input, part))


@operator
def select_scatter(input: Tensor, src: Tensor, dim: int, index: int) -> Tensor:
    """Return a copy with `src` in place of `input.select(dim, index)`.

    >>> torch.zeros(2, 2).select_scatter(torch.ones(2), 0, 1)
    tensor([[0., 0.],
            [1., 1.]])
    """
    return replaced(input, src, lambda t: t.select(dim, index), "SelectScatterBackward0")


@operator
def slice_scatter(
    input: Tensor,
    src: Tensor,
    dim: int = 0,
    start: int | None = None,
    end: int | None = None,
    step: int = 1,
) -> Tensor:
    """Return a copy with `src` in place of the slice `start:end:step` of one dimension.

    >>> torch.zeros(4).slice_scatter(torch.ones(2), 0, 1, 3)
    tensor([0., 1., 1., 0.])
    """
    at = wrap_dim(dim, input.dim(), scalar=False)
    if step <= 0:
        raise RuntimeError("slice step must be positive")
    first, last, _ = slice(start, end).indices(input._size[at])
    return replaced(
        input,
        src,
        lambda t: sliced(t, at, first, max(first, last), step),
        "SliceScatterBackward0",
    )


@operator
def as_strided_scatter(
    input: Tensor,
    src: Tensor,
    size: Sequence[int],
    stride: Sequence[int],
    storage_offset: int | None = None,
) -> Tensor:
    """Return a copy with `src` in place of `input.as_strided(size, stride, storage_offset)`.

    >>> torch.zeros(4).as_strided_scatter(torch.ones(2), (2,), (3,))
    tensor([1., 0., 0., 1.])
    """
    return replaced(
        input,
        src,
        lambda t: t.as_strided(size, stride, storage_offset),
        "AsStridedScatterBackward0",
    )


@operator
def diagonal_scatter(
    input: Tensor, src: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1
) -> Tensor:
    """Return a copy with `src` in place of `input.diagonal(offset, dim1, dim2)`.

    >>> torch.zeros(2, 2).diagonal_scatter(torch.ones(2))
    tensor([[1., 0.],
            [0., 1.]])
    """
    return replaced(
        input, src, lambda t: t.diagonal(offset, dim1, dim2), "DiagonalScatterBackward0"
    )
