"""Putting numbers into bins: `searchsorted`, `bucketize`, `bincount`, `histc`."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence

from . import dtypes
from .arguments import Number
from .dtypes import BOOL, FLOATING
from .graph import differentiable
from .operators import function, operator
from .scattering import warn_once
from .shapes import listed
from .storage import ABSENT
from .tensor import Tensor, fresh
from .tensorbase import numbers

__all__ = ["bincount", "bucketize", "histc", "searchsorted"]

NOT_CONTIGUOUS = (
    "torch.searchsorted(): input value tensor is non-contiguous, this will lower the performance "
    "due to extra data copy when converting non-contiguous tensor to contiguous, please use "
    "contiguous input value tensor if possible. This message will only appear once per program. "
    "(Triggered internally at /__w/pytorch/pytorch/aten/src/ATen/native/BucketizationUtils.h:32.)"
)


def place_in(row: Sequence[float], value: float, right: bool) -> int:
    """Return how many numbers of an ascending row come before a value; all of them for nan.

    Args:
        row: the numbers.
        value: where to put it.
        right: whether those equal to it come before it, too.
    """
    low, high = 0, len(row)
    while low < high:
        middle = (low + high) // 2
        after = row[middle] > value if right else row[middle] >= value
        low, high = (low, middle) if after else (middle + 1, high)
    return low


@function
def searchsorted(
    sorted_sequence: Tensor,
    input: Tensor | Number,
    *,
    out_int32: bool = False,
    right: bool = False,
    side: str | None = None,
    sorter: Tensor | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return where numbers would have to be inserted to keep an ascending sequence in order.

    >>> torch.searchsorted(torch.tensor([1, 3, 5]), torch.tensor([3, 6]))
    tensor([1, 3])

    Args:
        sorted_sequence: ascending along its last dimension: one row, or a row for each row of
            `input`.
        input: the numbers.
        out_int32: whether the result is of type int32 instead of int64.
        right: whether to insert behind equal elements instead of before them.
        side: `left` or `right`, another way to say so.
        sorter: the order in which `sorted_sequence` is ascending, if it is not.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: shapes that do not fit, or contradicting sides.
    """
    value = input if isinstance(input, Tensor) else None
    check_search(sorted_sequence, value, right, side, sorter)
    right = right or side == "right"
    kind = dtypes.int32 if out_int32 else dtypes.int64
    size = value._size if value is not None else ()
    if sorted_sequence.is_meta:
        return fresh(ABSENT, size, kind)
    if value is not None and not value.is_contiguous():
        warn_once(NOT_CONTIGUOUS)
    n = sorted_sequence._size[-1]
    flat = numbers(sorted_sequence)
    if sorter is not None:
        at = numbers(sorter)
        flat = array(flat.typecode, [flat[i // n * n + p] for i, p in enumerate(at)])
    wanted = [input] if value is None else numbers(value)
    each = size[-1] if sorted_sequence.dim() > 1 and size else len(wanted)
    places = []
    for i in range(0, len(wanted), each or 1):
        start = i // each * n if sorted_sequence.dim() > 1 else 0
        row = flat[start : start + n]
        places += [place_in(row, x, right) for x in wanted[i : i + each]]
    return fresh(kind.array(places), size, kind)


def check_search(
    boundaries: Tensor, value: Tensor | None, right: bool, side: str | None, sorter: Tensor | None
) -> None:
    """Raise what torch raises for arguments of `searchsorted` that do not fit."""
    name = "torch.searchsorted()"
    if side not in (None, "left", "right"):
        raise RuntimeError(f"{name}: side can only be 'left' or 'right' but got {side}")
    if side == "left" and right:
        raise RuntimeError(
            f"{name}: side and right can't be set to opposites, got side of left while right was "
            "True"
        )
    if not boundaries._size:
        raise RuntimeError(
            f"{name}: boundaries tensor should have positive dimension, but got 0 dimension"
        )
    dims = 0 if value is None else value.dim()
    if dims == 0 and boundaries.dim() != 1:
        raise RuntimeError(
            f"{name}: input value can be a scalar only when boundaries tensor dimension is 1, but "
            f"we got boundaries tensor dim({boundaries.dim()}) and input value's dim({dims}) numel("
            f"{1 if value is None else value.numel()})"
        )
    if boundaries.dim() > 1 and (
        boundaries.dim() != dims or boundaries._size[:-1] != value._size[:-1]
    ):
        raise RuntimeError(
            f"{name}: boundaries tensor should be 1 dimension or the first N-1 dimensions of "
            "boundaries tensor and input value tensor must match, but we got boundaries tensor "
            f"{listed(boundaries._size)} and input value tensor {listed(value._size)}"
        )
    if sorter is None:
        return
    if sorter._size != boundaries._size:
        raise RuntimeError(
            f"{name}: boundary and sorter must have the same size, but got boundary tensor "
            f"{listed(boundaries._size)}and got sorter tensor {listed(sorter._size)}"
        )
    if sorter.dtype is not dtypes.int64:
        raise RuntimeError(
            f"{name}: sorter must be a tensor of long dtype but got dtype "
            f"{sorter.dtype.scalar_name}"
        )
    if any(not 0 <= p < boundaries._size[-1] for p in numbers(sorter)):
        raise RuntimeError(f"{name}: sorter index out of range")


@function
def bucketize(
    input: Tensor | Number,
    boundaries: Tensor,
    *,
    out_int32: bool = False,
    right: bool = False,
    out: Tensor | None = None,
) -> Tensor:
    """Return in which bucket numbers fall: how many boundaries come before each.

    >>> torch.bucketize(torch.tensor([0, 3, 6]), torch.tensor([1, 3, 5]))
    tensor([0, 1, 3])

    Args:
        input: the numbers.
        boundaries: ascending, in one dimension.
        out_int32: whether the result is of type int32 instead of int64.
        right: whether a number equal to a boundary falls into the bucket behind it.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: boundaries of more dimensions.
    """
    if boundaries.dim() != 1:
        raise RuntimeError(
            f"boundaries tensor must be 1 dimension, but got dim({boundaries.dim()})"
        )
    return searchsorted(boundaries, input, out_int32=out_int32, right=right)


@operator
def bincount(input: Tensor, weights: Tensor | None = None, minlength: int = 0) -> Tensor:
    """Return how often each number from 0 to the largest is there, or the sum of its weights.

    >>> torch.bincount(torch.tensor([0, 1, 1, 3]))
    tensor([1, 2, 0, 1])

    Args:
        input: integers, none negative, in one dimension.
        weights: of the same length.
        minlength: how many counts to return at least.

    Raises:
        RuntimeError: negative numbers, more dimensions, or another number of weights.
    """
    if minlength < 0:
        raise RuntimeError("minlength should be >= 0")
    found = numbers(input)
    if input.dim() == 1 and input.dtype.category in (BOOL, FLOATING) and len(found):
        raise NotImplementedError(
            f"\"bincount_cpu\" not implemented for '{input.dtype.scalar_name}'"
        )
    if input.dim() != 1 or any(x < 0 for x in found):
        raise RuntimeError("bincount only supports 1-d non-negative integral inputs.")
    if weights is not None and weights._size != input._size:
        raise RuntimeError("weights should be 1-d and have the same length as input")
    length = max([minlength, *(x + 1 for x in found)])
    kind = dtypes.int64
    if weights is not None:
        kind = weights.dtype if weights.dtype is dtypes.float32 else dtypes.float64
    counts = kind.array([0]) * length
    for x, weight in zip(found, numbers(weights) if weights is not None else found, strict=True):
        counts[x] += 1 if weights is None else weight
    result = fresh(counts, (length,), kind)
    return differentiable(result, "NotImplemented", (weights,), backward=no_derivative("bincount"))


def no_derivative(name: str) -> Callable[[Tensor], Tensor]:
    """Return the backward of an operator that torch cannot differentiate."""

    def backward(grad: Tensor) -> Tensor:
        raise RuntimeError(f"derivative for aten::{name} is not implemented")

    return backward


@operator
def histc(
    input: Tensor, bins: int = 100, min: Number = 0, max: Number = 0, *, out: Tensor | None = None
) -> Tensor:
    """Return how many elements fall into each of several bins of equal width. `(bins,)`.

    >>> torch.histc(torch.tensor([1.0, 2.0, 1.0]), bins=4, min=0, max=3)
    tensor([0., 2., 1., 0.])

    Args:
        input: of a floating type.
        bins: how many.
        min: the lower end of the first; with both 0, the smallest element.
        max: the upper end of the last, which belongs to it; with both 0, the largest element.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: no bins, or ends in the wrong order or not finite.
    """
    if bins <= 0:
        raise RuntimeError(f"torch.histogram(): bins must be > 0, but got {bins} for dimension 0")
    kind = input.dtype
    if kind.category != FLOATING:
        raise NotImplementedError(f"\"histogram_cpu\" not implemented for '{kind.scalar_name}'")
    found = numbers(input)
    low, high = kind.array([min, max])
    if low == high and len(found):
        nan = any(x != x for x in found)
        low, high = (math.nan,) * 2 if nan else (sorted(found)[0], sorted(found)[-1])
    if low == high:
        low, high = low - 1, high + 1
    if not (math.isfinite(low) and math.isfinite(high)):
        nan = "nan" if len(found) == 1 else "-nan"
        shown = ", ".join(nan if x != x else f"{x:g}" for x in (low, high))
        raise RuntimeError(f"torch.histc: range of [{shown}] is not finite")
    if low > high:
        raise RuntimeError("torch.histc: max must be larger than min")
    counts = kind.array([0]) * bins
    width = kind.array([high - low])[0]
    inside = [x for x in found if low <= x <= high]
    scaled = kind.array([x * bins for x in kind.array([x - low for x in inside])])
    for place in kind.array([x / width for x in scaled]):
        counts[bins - 1 if place >= bins else int(place)] += 1
    return fresh(counts, (bins,), kind)
