"""Rank: what stands where when elements are sorted. Median, mode, quantiles."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

from .. import dtypes, return_types
from ..arguments import OMITTED
from ..dtypes import BOOL
from ..graph import differentiable
from ..introselect import sort as sort_pairs
from ..operators import operator
from ..pointwise import unary
from ..shapes import wrap_dim
from ..sorting import sort
from ..tensor import Tensor, fresh
from .extremes import evenly, first_nan
from .frame import along, fold, reduced_size, selected

__all__ = ["median", "mode", "nanmedian", "nanquantile", "quantile"]

MODES = ("linear", "lower", "higher", "midpoint", "nearest")


def middle(row: array, ignore_nan: bool) -> int | None:
    """Return where the lower of the two middle elements is; None if there is none."""
    at = first_nan(row)
    if at is not None and not ignore_nan:
        return at
    order = sorted((i for i, x in enumerate(row) if x == x), key=row.__getitem__)
    return order[(len(order) - 1) // 2] if order else at


def medians(
    input: Tensor, dim: int, keepdim: bool, ignore_nan: bool, name: str
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the median of all elements, or medians along a dimension and their places."""
    for d in () if dim is OMITTED else along(input, dim):
        if input.size(d) == 0:
            raise IndexError(f"median(): Expected reduction dim {d} to have non-zero size.")
    if input.dtype.category == BOOL:
        kernel = "median_cpu" if dim is OMITTED else "median_out"
        raise NotImplementedError(f"\"{kernel}\" not implemented for 'Bool'")

    def value(row: array) -> float:
        at = middle(row, ignore_nan)
        empty = math.nan if input.is_floating_point() else input.dtype.low
        return empty if at is None else row[at]

    shown = name.capitalize()
    if dim is OMITTED:
        result = fold(input, range(input.dim()), False, value, input.dtype)
        return differentiable(
            result, f"{shown}Backward0", (input,), saved=(input, result), backward=evenly
        )
    dims = along(input, dim)
    values = fold(input, dims, keepdim, value, input.dtype)
    indices = fold(input, dims, keepdim, lambda row: middle(row, ignore_nan), dtypes.int64)
    shape = input.detach()
    differentiable(
        (values, indices),
        f"{shown}Backward1",
        (input,),
        backward=lambda grads: selected(grads[0], indices, shape, dims, keepdim),
    )
    return getattr(return_types, name)((values, indices))


@operator
def median(
    input: Tensor,
    dim: int = OMITTED,
    keepdim: bool = False,
    *,
    out: Sequence[Tensor] | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the middle element by size; of an even number, the lower of the two.

    Args:
        input: Shape `(*)`.
        dim: The dimension to search along, which gives values and places; all if left out.
        keepdim: Keep it, with size 1.
        out: Where to write the result.

    >>> torch.median(torch.tensor([4.0, 1.0, 3.0, 2.0]))
    tensor(2.)
    """
    return medians(input, dim, keepdim, False, "median")


@operator
def nanmedian(
    input: Tensor,
    dim: int = OMITTED,
    keepdim: bool = False,
    *,
    out: Sequence[Tensor] | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the median of those elements that are not nan.

    >>> torch.nanmedian(torch.tensor([4.0, float("nan"), 3.0]))
    tensor(3.)
    """
    return medians(input, dim, keepdim, True, "nanmedian")


def most_frequent(row: array) -> int:
    """Return where the most frequent element is: the smallest of those, its last place."""
    pairs = [((x != x, 0.0 if x != x else x), i) for i, x in enumerate(row)]
    sort_pairs(pairs, len(pairs))
    best, most, run = 0, 0, 0
    for at, (key, index) in enumerate(pairs):
        run += 1
        if at + 1 == len(pairs) or pairs[at + 1][0] != key or key[0]:
            if run > most:
                best, most = index, run
            run = 0
    return best


@operator
def mode(
    input: Tensor,
    dim: int = -1,
    keepdim: bool = False,
    *,
    out: Sequence[Tensor] | None = None,
) -> tuple[Tensor, Tensor]:
    """Return the most frequent elements along a dimension, and a place of each.

    >>> torch.mode(torch.tensor([3, 1, 1, 3, 1]))
    torch.return_types.mode(
    values=tensor(1),
    indices=tensor(4))
    """
    dims = along(input, dim)
    for d in dims:
        if input.size(d) == 0:
            raise IndexError(f"mode(): Expected reduction dim {d} to have non-zero size.")
    values = fold(input, dims, keepdim, lambda row: row[most_frequent(row)], input.dtype)
    indices = fold(input, dims, keepdim, most_frequent, dtypes.int64)
    shape = input.detach()
    differentiable(
        (values, indices),
        "ModeBackward0",
        (input,),
        backward=lambda grads: selected(grads[0], indices, shape, dims, keepdim),
    )
    return return_types.mode((values, indices))


def check_quantile(input: Tensor, q: Tensor, interpolation: str) -> None:
    """Raise torch's error for arguments of a quantile that do not fit."""
    if input.numel() == 0:
        raise RuntimeError("quantile() input tensor must be non-empty")
    if q.dim() > 1:
        raise RuntimeError("quantile() q must be a scalar or 1D tensor")
    if input.dtype not in (dtypes.float32, dtypes.float64):
        raise RuntimeError("quantile() input tensor must be either float or double dtype")
    if q.dtype is not input.dtype:
        raise RuntimeError("quantile() q tensor must be same dtype as the input tensor")
    if interpolation not in MODES:
        raise RuntimeError(
            "quantile() interpolation must be one of linear, lower, higher, midpoint or nearest, "
            f"but got {interpolation}"
        )


def quantiles(
    input: Tensor,
    q: Tensor | float,
    dim: int | None,
    keepdim: bool,
    interpolation: str,
    ignore_nan: bool,
) -> Tensor:
    """Return quantiles: sort, go to the rank, and mix the neighbours there."""
    if not isinstance(q, Tensor):
        if not 0 <= q <= 1:
            raise RuntimeError(f"quantile() q must be in the range [0, 1] but got {q:g}")
        kind = input.dtype if input.is_floating_point() else dtypes.float32
        q = fresh(kind.array([q]), (), kind)
    check_quantile(input, q, interpolation)
    if not all(0 <= x <= 1 for x in q.detach().reshape(-1).tolist()):
        raise RuntimeError("quantile() q values must be in the range [0, 1]")
    dims = range(input.dim()) if dim is None else along(input, dim)
    if dim is None:
        rows = input.flatten()
    elif wrap_dim(dim, input.dim()) == max(input.dim() - 1, 0):
        rows = input
    else:
        rows = input.unsqueeze(-1).transpose(wrap_dim(dim, input.dim()), -1)
    ordered = sort(rows)[0]
    last = (ordered.size(-1) if ordered.dim() else 1) - 1
    lead = reduced_size(input, dims, keepdim)
    ordered = ordered.view(*lead, last + 1)
    nans = ordered.detach().isnan()
    with_rows = (1,) * len(lead) + (q.numel(),)
    if ignore_nan:
        ranks = q.reshape(with_rows) * (last - nans.sum(-1, True)).clamp(min=0)
    else:
        ranks = (q.reshape(with_rows) * last).expand(*lead, q.numel())
        ranks = ranks.where(nans.any(-1, True).logical_not(), float(last))
    if interpolation in ("lower", "higher", "nearest"):
        step = {"lower": "floor", "higher": "ceil", "nearest": "round"}[interpolation]
        ranks = getattr(ranks, step)()
    below = ranks.to(dtypes.int64)
    found = ordered.gather(-1, below)
    if interpolation in ("linear", "midpoint"):
        weight = ranks - below
        if interpolation == "midpoint":
            weight = unary(weight, lambda _: 0.5, dtype=weight.dtype)
        found = found.lerp(ordered.gather(-1, ranks.ceil().to(dtypes.int64)), weight)
    if q.dim():
        found.unsqueeze_(0).transpose_(0, -1)
    return found.squeeze_(-1)


@operator
def quantile(
    input: Tensor,
    q: Tensor | float,
    dim: int | None = None,
    keepdim: bool = False,
    *,
    interpolation: str = "linear",
    out: Tensor | None = None,
) -> Tensor:
    """Return the value below which a share `q` of the elements lies.

    Args:
        input: Shape `(*)`, float32 or float64.
        q: A share from 0 to 1, or a tensor of several; these become the first dimension.
        dim: The dimension that disappears; None for all.
        keepdim: Keep it, with size 1.
        interpolation: What to take between two elements: "linear", "lower", "higher",
            "midpoint" or "nearest".
        out: Where to write the result.

    >>> torch.quantile(torch.tensor([0.0, 1.0, 2.0, 10.0]), 0.5)
    tensor(1.5000)

    Raises:
        RuntimeError: for shares outside 0 to 1, integers, an empty tensor.
    """
    return quantiles(input, q, dim, keepdim, interpolation, False)


@operator
def nanquantile(
    input: Tensor,
    q: Tensor | float,
    dim: int | None = None,
    keepdim: bool = False,
    *,
    interpolation: str = "linear",
    out: Tensor | None = None,
) -> Tensor:
    """Return the quantile of those elements that are not nan.

    >>> torch.nanquantile(torch.tensor([0.0, float("nan"), 2.0]), 0.5)
    tensor(1.)
    """
    return quantiles(input, q, dim, keepdim, interpolation, True)
