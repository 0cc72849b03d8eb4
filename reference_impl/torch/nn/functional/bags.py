"""Bags of words: rows of a table, put together bag by bag."""

from __future__ import annotations

import math
import warnings
from array import array
from collections.abc import Sequence

from ... import dtypes
from ...creation import zeros
from ...dtypes import dtype
from ...gradmode import no_grad
from ...graph import differentiable
from ...kernels import kernel
from ...literals import tensor
from ...ranges import arange
from ...storage import ABSENT, Absent
from ...tensor import Tensor, fresh
from ...tensorbase import numbers
from .embedding import shorten

__all__ = ["embedding_bag"]

INDICES = (dtypes.int64, dtypes.int32)
NUMBERS = (dtypes.float16, dtypes.bfloat16, dtypes.float32, dtypes.float64)


@kernel
def totals(
    table: array, width: int, bags: list[list[tuple[int, float]]], mean: bool, kind: dtype
) -> array:
    """Return the sum, or mean, of the rows of each bag.

    Args:
        table: rows, one after the other.
        width: of a row.
        bags: the place and weight of each row.
        mean: whether to divide by their number.
        kind: of the numbers.
    """
    found = array("d" if kind.itemsize == 8 else "f")
    one = array(found.typecode, [1.0])
    for bag in bags:
        total = array(found.typecode, [0.0]) * width
        for at, weight in bag:
            row = table[at * width : (at + 1) * width]
            total = array(found.typecode, [x * weight + s for x, s in zip(row, total, strict=True)])
        if mean and bag:
            one[0] = 1 / len(bag)
            total = array(found.typecode, [s * one[0] for s in total])
        found.extend(total)
    return kind.array(found)


def maxima(
    table: array | Absent, width: int, bags: list[list[tuple[int, float]]], kind: dtype
) -> tuple[array | Absent, array | Absent]:
    """Return the largest number of each column in each bag, and the row it is in."""
    if table is ABSENT:
        return ABSENT, ABSENT
    values, places = array(table.typecode), array("q")
    for bag in bags:
        for column in range(width):
            best = -1
            for at, _ in bag:
                if best < 0 or table[at * width + column] > table[best * width + column]:
                    best = at
            values.append(table[best * width + column] if bag else 0.0)
            places.append(max(best, 0))
    return kind.array(values), places


def check_types(weight: Tensor, indices: Tensor, offsets: Tensor, counted: Tensor | None) -> None:
    """Raise for numbers of other types."""
    for name, given, kinds, words in (
        ("indices", indices, INDICES, "Long, Int"),
        ("indices", offsets, INDICES, "Long, Int"),
        ("weight", weight, NUMBERS, "Half, BFloat16, Float, Double"),
    ):
        if given.dtype not in kinds:
            raise RuntimeError(
                f"Expected tensor for argument #1 '{name}' to have one of the following scalar "
                f"types: {words}; but got {given.type()} instead (while checking arguments for "
                "embedding_bag)"
            )
    if counted is not None and counted.dtype is not weight.dtype:
        raise RuntimeError(
            "Expected tensor for argument #1 'weight' to have the same type as tensor for argument "
            f"#1 'per_sample_weights'; but type {weight.type()} does not equal {counted.type()} "
            "(while checking arguments for embedding_bag)"
        )


def limits(offsets: Sequence[int], count: int, include_last_offset: bool) -> list[tuple[int, int]]:
    """Return where each bag begins and ends."""
    if include_last_offset and not offsets:
        raise RuntimeError("include_last_offset: number of offset should be at least 1")
    if offsets and offsets[0] != 0:
        raise RuntimeError(
            "offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from "
            f"position 0. However, got {offsets[0]}\n[ torch.LongTensor{{}} ]"
        )
    if offsets and offsets[-1] > count:
        raise RuntimeError(
            f"offsets[-1] can not be greater than input's length {count} but got offsets[-1] of "
            f"{offsets[-1]}"
        )
    starts = offsets[:-1] if include_last_offset else offsets
    return list(zip(starts, [*starts[1:], count], strict=bool(starts)))


def check_places(places: Sequence[int], length: int, plain: bool) -> None:
    """Raise for a row that is not there; torch's fast path, for plain sums, has other words."""
    for at, place in enumerate(places):
        if 0 <= place < length:
            continue
        if not plain:
            raise RuntimeError(
                "embedding_bag: Expected idx >= 0 && idx < num_embeddings but found idx to be "
                f"{place}"
            )
        raise RuntimeError(
            f"Index {at} of input takes value {place} which is not in the valid range [0, {length})"
        )


def frequencies(places: Sequence[int]) -> dict[int, int]:
    """Return by what torch divides the gradient of each row.

    That is how often it occurs; but torch looks up the count of the k-th distinct row at the
    k-th of all places in order, so that after a row that occurs twice the counts are shifted.
    (`_embedding_bag_dense_backward_cpu` in ATen/native/EmbeddingBag.cpp)
    """
    ordered = sorted(places)
    return {row: places.count(ordered[k]) for k, row in enumerate(sorted(set(places)))}


def bagged(
    weight: Tensor,
    indices: Tensor,
    offsets: Tensor,
    mode: str,
    counted: Tensor | None,
    include_last_offset: bool,
    padding_idx: int,
    shared: bool,
) -> Tensor:
    """Return the bags of what has been checked; each row receives what its bags have.

    Args:
        weight: the table.
        indices: places of rows.
        offsets: where bags begin.
        mode: `sum`, `mean` or `max`.
        counted: how much each row counts, if they do not alike.
        include_last_offset: whether the last offset is an end.
        padding_idx: the place that is left out; -1 for none.
        shared: whether a row's gradient is divided by how often it occurs.
    """
    length, width = weight._size
    places = indices.tolist()
    bounds = limits(offsets.tolist(), len(places), include_last_offset)
    plain = mode != "max" and padding_idx < 0 and weight.dtype is dtypes.float32
    check_places(places, length, plain)
    shares = [1.0] * len(places) if counted is None else counted.tolist()
    kept = [
        [at for at in range(*bound) if places[at] != padding_idx] for bound in bounds
    ]  # of each bag: positions in the input
    bags = [[(places[at], shares[at]) for at in bag] for bag in kept]
    size, kind = (len(bags), width), weight.dtype
    if mode == "max":
        values, best = maxima(numbers(weight), width, bags, kind)
        rows = fresh(best, size, dtypes.int64)
        filled = tensor([[bool(bag)] for bag in bags]).view(len(bags), 1)
        return differentiable(
            fresh(values, size, kind),
            "EmbeddingBagBackward0",
            (weight,),
            backward=lambda grad: zeros(length, width, dtype=kind).scatter_add(
                0, rows, grad * filled
            ),
        )
    values = totals(numbers(weight), width, bags, mode == "mean", kind)
    often = frequencies(places) if shared else {}
    positions = tensor([at for bag in kept for at in bag], dtype=dtypes.int64)
    bag_of = tensor([n for n, bag in enumerate(kept) for _ in bag], dtype=dtypes.int64)
    rows = indices.detach().long().index_select(0, positions)
    scale = tensor(
        [
            1 / (often.get(places[at], 1) * (len(bag) if mode == "mean" else 1))
            for bag in kept
            for at in bag
        ],
        dtype=kind,
    ).unsqueeze(1)

    def to_table(grad: Tensor, *saved: Tensor) -> Tensor:
        parts = grad.index_select(0, bag_of) * scale
        for counted in saved:
            parts = parts * counted.index_select(0, positions).unsqueeze(1)
        return zeros(length, width, dtype=kind).index_add(0, rows, parts)

    def to_counted(grad: Tensor, weight: Tensor) -> Tensor:
        parts = (grad.index_select(0, bag_of) * weight.index_select(0, rows)).sum(1)
        return zeros(len(places), dtype=kind).index_add(0, positions, parts)

    return differentiable(
        fresh(values, size, kind),
        "EmbeddingBagBackward0",
        (weight, counted),
        backward=(
            to_table if counted is None else (to_table, counted),
            (to_counted, weight),
        ),
    )


def embedding_bag(
    input: Tensor,
    weight: Tensor,
    offsets: Tensor | None = None,
    max_norm: float | None = None,
    norm_type: float = 2,
    scale_grad_by_freq: bool = False,
    mode: str = "mean",
    sparse: bool = False,
    per_sample_weights: Tensor | None = None,
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> Tensor:
    """Return the mean, sum or maximum of rows of a table, bag by bag. To `(B, D)`.

    `embedding` and then `mean`, without the rows in between: a text as the mean of its words.

    >>> table = torch.tensor([[0.0, 2.0], [4.0, 6.0], [1.0, 1.0]])
    >>> words, starts = torch.tensor([0, 1, 2]), torch.tensor([0, 2])
    >>> torch.nn.functional.embedding_bag(words, table, starts)
    tensor([[2., 4.],
            [1., 1.]])

    Args:
        input: numbers of rows: `(B, N)`, a bag a row; or `(N,)`, cut by `offsets`.
        weight: the table, `(V, D)`.
        offsets: where each bag begins, `(B,)`.
        max_norm: longer rows are shortened to it, in the table itself.
        norm_type: which norm that is.
        scale_grad_by_freq: whether a row's gradient is divided by how often it occurs.
        mode: `mean`, `sum` or `max`.
        sparse: not here.
        per_sample_weights: how much each row counts in a sum.
        include_last_offset: whether the last of `offsets` is the end of the last bag.
        padding_idx: the number of a row that is left out.
    """
    if weight.dtype is dtypes.int64 and input.is_floating_point():
        warnings.warn(
            "Argument order of nn.functional.embedding_bag was changed. Usage "
            "`embedding_bag(weight, input, ...)` is deprecated, and should now be "
            "`embedding_bag(input, weight, ...)`.",
            UserWarning,
            stacklevel=2,
        )
        weight, input = input, weight
    counted = per_sample_weights
    if counted is not None and input.size() != counted.size():
        raise ValueError(
            f"embedding_bag: If per_sample_weights ({counted.shape}) is not None, then it must "
            f"have the same shape as the input ({input.shape})"
        )
    if weight.dim() != 2:
        raise ValueError(
            f"weight has to be a 2D Tensor, but got Tensor of dimension {weight.dim()}"
        )
    if input.dim() not in (1, 2):
        raise ValueError(
            f"input has to be 1D or 2D Tensor, but got Tensor of dimension {input.dim()}"
        )
    if input.dim() == 2:
        if offsets is not None:
            raise ValueError(
                "if input is 2D, then offsets has to be None, as input is treated is a mini-batch "
                f"of fixed length sequences. However, found offsets of type {type(offsets)}"
            )
        offsets = arange(0, math.prod(input._size), max(input.size(1), 1))
        include_last_offset = False
        input = input.reshape(-1)
        counted = None if counted is None else counted.reshape(-1)
    elif offsets is None:
        raise ValueError("offsets has to be a 1D Tensor but got None")
    elif offsets.dim() != 1:
        raise ValueError("offsets has to be a 1D Tensor")
    check_mode(mode, scale_grad_by_freq, sparse)
    if max_norm is not None:
        with no_grad():
            shorten(weight, input, max_norm, norm_type)
    if counted is not None and mode != "sum":
        raise NotImplementedError(
            "embedding_bag: per_sample_weights was not None. per_sample_weights is only supported "
            f"for mode='sum' (got mode='{mode}'). Please open a feature request on GitHub."
        )
    length = weight.size(0)
    if padding_idx is not None and not -length <= padding_idx < length:
        raise RuntimeError(
            f"padding_idx must be within the number of embeddings, -{length} through {length - 1}, "
            f"but got {padding_idx}"
        )
    check_types(weight, input, offsets, counted)
    left_out = -1 if padding_idx is None else padding_idx % length
    return bagged(
        weight, input, offsets, mode, counted, include_last_offset, left_out, scale_grad_by_freq
    )


def check_mode(mode: str, scale_grad_by_freq: bool, sparse: bool) -> None:
    """Raise for what cannot be done to a bag."""
    if mode not in ("sum", "mean", "max"):
        raise ValueError("mode has to be one of sum, mean or max")
    if mode == "max" and scale_grad_by_freq:
        raise ValueError("max mode does not support scaling the gradient by the frequency")
    if mode == "max" and sparse:
        raise ValueError("max mode does not support sparse weights")
    if sparse:
        raise NotImplementedError("sparse gradients are not part of reference_impl")
