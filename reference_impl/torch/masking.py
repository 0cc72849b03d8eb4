"""Masks: where elements are true, and what is done only there."""

from __future__ import annotations

from array import array
from itertools import repeat

from . import dtypes, kernels
from .arguments import Number
from .graph import differentiable
from .operators import inplace, operator
from .shapes import Size, broadcast, expanded_stride
from .tensor import Tensor, fresh
from .tensorbase import numbers

__all__ = ["argwhere", "masked_fill", "masked_scatter", "masked_select", "nonzero"]


@operator
def nonzero(
    input: Tensor, *, out: Tensor | None = None, as_tuple: bool = False
) -> Tensor | tuple[Tensor, ...]:
    """Return the positions of the elements that are not zero, in row-major order. `(Z, dims)`.

    With `as_tuple` there is one tensor for each dimension, ready to be an index.

    >>> x = torch.tensor([[1, 0], [0, 2]])
    >>> torch.nonzero(x)
    tensor([[0, 0],
            [1, 1]])
    >>> x[torch.nonzero(x, as_tuple=True)]
    tensor([1, 2])

    Args:
        input: of any shape.
        out: a tensor to write the result to.
        as_tuple: whether to return a tensor for each dimension; a 0-dim tensor then counts
            as one element in one dimension.
    """
    if as_tuple:
        return positions(input if input._size else input.unsqueeze(0)).unbind(1)
    return positions(input)


def positions(input: Tensor) -> Tensor:
    """Return the positions of the elements that are not zero, a row for each."""
    if input.is_meta:
        raise NotImplementedError(
            "The register_meta function for torch.nonzero() raises unimplemented by default, as a "
            "correct data-independent implementation does not exist. This implementation returns a "
            "fake value, assuming all elements of the tensor are non-zero. To enable this "
            "registration, please set "
            "'torch.fx.experimental._config.meta_nonzero_assume_all_nonzero' to True."
        )
    found = [at for at, value in enumerate(numbers(input)) if value]
    columns, step = [], 1
    for n in reversed(input._size):
        columns.append([at // step % n for at in found])
        step *= n
    memory = array("q", [position for column in reversed(columns) for position in column])
    return fresh(memory, (len(found), input.dim()), dtypes.int64, (1, len(found)))


@operator
def argwhere(input: Tensor) -> Tensor:
    """Return the positions of the elements that are not zero; the same as `nonzero`."""
    return positions(input)


def masked(input: Tensor, mask: Tensor) -> tuple[Size, array, array]:
    """Return the shape a tensor and its mask broadcast to, and both as flat numbers."""
    size = broadcast(mask._size, input._size)
    flat = [
        kernels.gather(
            t._storage.numbers, size, expanded_stride(t._size, t._stride, size), t._offset
        )
        for t in (input, mask)
    ]
    return size, *flat


@inplace
@operator
def masked_fill(input: Tensor, mask: Tensor, value: Tensor | Number) -> Tensor:
    """Return a copy with one number wherever the mask is true; both are broadcast.

    What was filled over has no gradient; that of a 0-dim `value` is the sum over the mask.

    >>> scores = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    >>> scores.masked_fill(torch.ones(2, 2).triu(1) == 1, float("-inf"))
    tensor([[1., -inf],
            [3., 4.]])

    Args:
        input: of any shape.
        mask: of type bool.
        value: a number, or a tensor without dimensions.

    Raises:
        RuntimeError: a mask that is not bool, or a value with dimensions.
    """
    name = "MaskedFillBackward0"
    if isinstance(value, Tensor):
        name = "MaskedFillBackward1"
        if value._size:
            raise RuntimeError(
                "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with "
                f"{value.dim()} dimension(s)."
            )
    if mask.dtype is not dtypes.bool:
        raise RuntimeError(
            "masked_fill_ only supports boolean masks, but got mask with dtype "
            f"{mask.dtype.cpp_name}"
        )
    size, old, chosen = masked(input, mask)
    number = value if isinstance(value, Tensor) else input.dtype.checked(value)
    filled = kernels.mapped(
        [old, chosen, repeat(stored(number, input))], lambda x, m, v: v if m else x, input.dtype
    )
    return differentiable(
        fresh(filled, size, input.dtype),
        name,
        (input, value),
        backward=(
            (lambda grad, mask: grad.masked_fill(mask, 0), mask),
            (lambda grad, mask: (grad * mask).sum(), mask),
        ),
    )


def stored(number: Tensor | Number, input: Tensor) -> Number:
    """Return the number that stands for a value in a tensor's storage."""
    if not isinstance(number, Tensor):
        return number
    return kernels.convert(numbers(number), number.dtype, input.dtype)[0]


@operator
def masked_select(input: Tensor, mask: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the elements where the mask is true, in row-major order. `(Z,)`.

    Backward puts the gradients back where the elements were.

    >>> x = torch.tensor([3, 1, 2])
    >>> torch.masked_select(x, x > 1)
    tensor([3, 2])

    Args:
        input: of any shape.
        mask: of type bool, broadcast with `input`.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: a mask that is not bool.
    """
    if mask.dtype is not dtypes.bool:
        raise RuntimeError("masked_select: expected BoolTensor for mask")
    size, old, chosen = masked(input, mask)
    values = array(old.typecode, [x for x, m in zip(old, chosen, strict=True) if m])
    return differentiable(
        fresh(values, (len(values),), input.dtype),
        "MaskedSelectBackward0",
        (input,),
        saved=(mask,),
        backward=lambda grad, mask: grad.new_zeros(size).masked_scatter(mask, grad),
    )


@inplace
@operator
def masked_scatter(input: Tensor, mask: Tensor, source: Tensor) -> Tensor:
    """Return a copy with the elements of `source`, one after the other, where the mask is true.

    >>> x = torch.zeros(4)
    >>> x.masked_scatter(torch.tensor([True, False, True, False]), torch.tensor([1.0, 2.0]))
    tensor([1., 0., 2., 0.])

    Args:
        input: of any shape.
        mask: of type bool, broadcast with `input`.
        source: of the same type, with at least as many elements as the mask has true ones.

    Raises:
        RuntimeError: a mask that is not bool, another type, or too few elements.
    """
    if mask.dtype is not dtypes.bool:
        raise RuntimeError(
            "masked_scatter_ only supports boolean masks, but got mask with dtype "
            f"{mask.dtype.scalar_name}"
        )
    if source.dtype is not input.dtype:
        raise RuntimeError(
            "masked_scatter: expected self and source to have same dtypes but got"
            f"{input.dtype.scalar_name} and {source.dtype.scalar_name}"
        )
    size, old, chosen = masked(input, mask)
    values = numbers(source)
    if sum(chosen) > len(values):
        raise RuntimeError("Number of elements of source < number of ones in mask")
    following = iter(values)
    result = array(
        old.typecode, [next(following) if m else x for x, m in zip(old, chosen, strict=True)]
    )
    shape = source._size

    def of_source(grad: Tensor, mask: Tensor) -> Tensor:
        used = grad.masked_select(mask)
        whole = used.new_zeros(shape.numel())
        return whole.slice_scatter(used, 0, 0, used.numel()).reshape(shape)

    return differentiable(
        fresh(result, size, input.dtype),
        "MaskedScatterBackward0",
        (input, source),
        backward=((lambda grad, mask: grad.masked_fill(mask, 0), mask), (of_source, mask)),
    )
