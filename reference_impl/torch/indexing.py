"""`x[...]` and `x[...] = y`: integers, slices, None, `...`, masks, lists and tensors of indices.

An index is followed part by part. Integers, slices, None and `...` only choose a view. What
tensors, lists and masks name lies anywhere in memory, so they are set aside until the end
and then read as a copy (`index`), or written (`index_put_`).
"""

from __future__ import annotations

import operator
import warnings

from . import dtypes
from .advanced import MASKS, Indices, indexed, is_fill, put_in
from .dtypes import FLOATING
from .gradmode import mode
from .inplace import become, check_apart, check_history, check_several, source_of
from .literals import tensor
from .pieces import sliced
from .shapes import Size, wrap_dim
from .tensor import Tensor
from .tensorbase import attach
from .views import seen

__all__: list[str] = []  # only what Python writes with brackets

NOT_A_TUPLE = (
    "Using a non-tuple sequence for multidimensional indexing is deprecated and will be changed in "
    "pytorch 2.9; use x[tuple(seq)] instead of x[seq]. In pytorch 2.9 this will be interpreted as "
    "tensor index, x[torch.tensor(seq)], which will result either in an error or a different "
    "result (Triggered internally at "
    "/__w/pytorch/pytorch/torch/csrc/autograd/python_variable_indexing.cpp:{}.)"
)


@attach
def __getitem__(self: Tensor, index: object) -> Tensor:
    view, indices = followed(self, index, reading=True)
    if indices:
        return indexed(view, indices)
    if view is self:
        return seen(self, *self._geometry(), "AliasBackward0", lambda grad: grad)
    return view


@attach
def __setitem__(self: Tensor, index: object, value: object) -> None:
    if not isinstance(value, Tensor) and not is_number(value):
        kind = type(value)
        name = f"numpy.{kind.__name__}" if kind.__module__ == "numpy" else kind.__name__
        raise TypeError(f"can't assign a {name} to a {self.type()}")
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
        raise ValueError("Overflow when unpacking long long")
    if not isinstance(value, Tensor):
        value = self.new_full((), value)
    if index is False:
        return
    view, indices = followed(self, None if index is True else index, reading=False)
    if not indices:
        assign(view, value)
        return
    recorded = mode.grad and (view.requires_grad or value.requires_grad)
    if recorded:
        check_history(view)
    filled = value.numel() == 1 and is_fill(indices)
    if not filled:
        check_apart(view, (value, *indices), wholly=True)
    source = source_of(view) if recorded else view
    value = value.view(without_leading_ones(value._size))
    check_several(view, "index_put_")
    result = put_in(source, indices, value)
    if filled:
        check_several(view, "masked_fill_")
    become(view, result, source)


def is_number(value: object) -> bool:
    """Tell a Python number, or one of NumPy's."""
    return isinstance(value, (int, float)) or (
        hasattr(value, "item") and not hasattr(value, "__len__")
    )


def assign(target: Tensor, value: Tensor) -> None:
    """Write a value to a view, expanded to its shape."""
    if value._size == target._size:
        target.copy_(value)
    elif not value._size:
        target.fill_(value)
    else:
        target.copy_(value.view(without_leading_ones(value._size)).expand(target._size))


def without_leading_ones(size: Size) -> Size:
    """Return sizes from the first on that is not 1."""
    return size[next((d for d, n in enumerate(size) if n != 1), len(size)) :]


def followed(x: Tensor, index: object, *, reading: bool) -> tuple[Tensor, Indices]:
    """Return the view that an index chooses, and what tensors are to pick from it.

    Args:
        x: the tensor.
        index: what stood in the brackets.
        reading: whether `x[:]` is a view of its own, as it is when read.

    Returns:
        The view, and for each of its dimensions an index or None (none at all if there
        is nothing to pick); a mask counts for as many dimensions as it has.

    Raises:
        IndexError: too many indices, one beyond its dimension, or one of a wrong kind.
    """
    if type(index) is int:
        return selected(x, 0, index, 0), []
    if isinstance(index, slice):
        return ranged(x, 0, index, always=reading), []
    parts = as_parts(index)
    taken = sum(map(dimensions_of, parts))
    if taken > x.dim():
        raise IndexError(f"too many indices for tensor of dimension {x.dim()}")
    others = x.dim() - taken
    indices: Indices = []
    at = reached = 0
    for place, part in enumerate(parts):
        if part is Ellipsis:
            at += others
        elif part is None:
            x = x.unsqueeze(at)
            at += 1
        elif isinstance(part, slice):
            x = ranged(x, at, part)
            at += 1
        else:
            part = as_index(part)
            if isinstance(part, int) and not isinstance(part, bool):
                x = selected(x, at, part, place)
                continue
            if isinstance(part, bool):  # a mask without dimensions: one element, or none
                x = x.unsqueeze(at)
                part = tensor([0] if part else [], dtype=dtypes.int64)
            indices += [*[None] * (at - reached), part]
            at += part.dim() if part.dtype in MASKS else 1
            reached = at
    return x, indices


def as_parts(index: object) -> tuple:
    """Return the parts of an index; some sequences that are no tuple still count as one."""
    if isinstance(index, tuple):
        return index
    if isinstance(index, Tensor) or not is_sequence(index) or len(index) >= 32:
        return (index,)
    for item in index:
        if isinstance(item, (Tensor, slice)) or is_sequence(item):
            warnings.warn(NOT_A_TUPLE.format(349), UserWarning, stacklevel=4)
            return tuple(index)
        if item is None or item is Ellipsis:
            warnings.warn(NOT_A_TUPLE.format(359), UserWarning, stacklevel=4)
            return tuple(index)
    return (index,)


def is_sequence(value: object) -> bool:
    """Tell what has a length and items by number: lists, ranges, arrays, strings."""
    return (
        hasattr(type(value), "__getitem__")
        and hasattr(value, "__len__")
        and not isinstance(value, dict)
    )


def dimensions_of(part: object) -> int:
    """Return how many dimensions a part of an index takes."""
    if part is None or part is Ellipsis or isinstance(part, bool):
        return 0
    if isinstance(part, Tensor) and part.dtype in MASKS:
        return part.dim()
    return 1


def as_index(part: object) -> Tensor | int | bool:
    """Return a part as an integer, a truth value or a tensor; 0-dim tensors are numbers, too.

    Raises:
        IndexError: neither.
    """
    if isinstance(part, (bool, int)):
        return part
    if isinstance(part, Tensor):
        if part._size or part.dtype.category == FLOATING:
            return part
        return bool(part) if part.dtype in MASKS else int(part)
    try:
        return operator.index(part)
    except TypeError:
        pass
    if isinstance(part, (str, bytes)):
        raise TypeError(f"new(): invalid data type '{type(part).__name__}'")
    if not is_sequence(part):
        raise IndexError(
            "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are "
            f"valid indices (got {type(part).__name__})"
        )
    found = tensor(part)
    return found if found.dtype in MASKS else found.to(dtypes.int64)


def selected(x: Tensor, dim: int, index: int, part: int) -> Tensor:
    """Return the view at one position of a dimension, which is gone.

    Args:
        x: the tensor.
        dim: the dimension.
        index: the position.
        part: which part of the index it is: torch's error takes it for the dimension.
    """
    if not x._size and index == 0:
        raise IndexError(
            "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` "
            "in C++ to convert a 0-dim tensor to a number"
        )
    n = x._size[wrap_dim(dim, x.dim())] if x._size else 0
    if not -n <= index < n:
        raise IndexError(f"index {index} is out of bounds for dimension {part} with size {n}")
    return x.select(dim, index)


def ranged(x: Tensor, dim: int, part: slice, *, always: bool = False) -> Tensor:
    """Return the view of a slice; the tensor itself for all of a dimension, unless `always`."""
    n = x._size[wrap_dim(dim, x.dim())] if x._size else 0
    start, stop, step = part.indices(n)
    if step < 0:
        raise ValueError("step must be greater than zero")
    if not x._size:
        raise IndexError("slice() cannot be applied to a 0-dim tensor.")
    whole = part.start in (None, 0) and (part.stop is None or part.stop >= n) and step == 1
    if whole and not always:
        return x
    return sliced(x, dim, start, max(stop, start), step)
