"""Histograms with their edges: `torch.histogram`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from .arguments import Number
from .dtypes import FLOATING
from .operators import operator
from .ranges import linspace
from .return_types import named
from .tensor import Tensor, fresh
from .tensorbase import numbers

__all__ = ["histogram"]

Histogram = named("histogram", "hist", "bin_edges")


@operator
def histogram(
    input: Tensor,
    bins: int | Tensor = 100,
    *,
    range: Sequence[Number] | None = None,
    weight: Tensor | None = None,
    density: bool = False,
    out: tuple | None = None,
) -> tuple[Tensor, Tensor]:
    """Return how many elements fall into each bin, and the edges of the bins.

    >>> hist, edges = torch.histogram(torch.tensor([1.0, 2.0, 1.0]), 4, range=(0.0, 3.0))
    >>> hist, edges
    (tensor([0., 2., 1., 0.]), tensor([0.0000, 0.7500, 1.5000, 2.2500, 3.0000]))

    Args:
        input: of float32 or float64.
        bins: how many of equal width, or all edges, ascending.
        range: the first and the last edge; the smallest and the largest element if None.
        weight: how much each element counts.
        density: divide by the sum and the width, so that the area is 1.
        out: a pair of tensors to write the results to.
    """
    kind = input.dtype
    if kind.category != FLOATING or kind.itemsize == 2:
        raise NotImplementedError(f"\"histogramdd\" not implemented for '{kind.scalar_name}'")
    found = numbers(input)
    if isinstance(bins, Tensor):
        edges = bins.clone()
    else:
        edges = linspace(*ends(found, bins, range), bins + 1, dtype=kind)
    bounds = numbers(edges)
    last = len(bounds) - 1
    counts = kind.array([0]) * last
    weights = kind.array([1]) * len(found) if weight is None else numbers(weight)
    for x, w in zip(found, weights, strict=True):
        if bounds[0] <= x <= bounds[last]:
            counts[min(bisect_right(bounds, x), last) - 1] += w
    result = fresh(counts, (last,), kind)
    if density:
        result = result / (result.sum() * (edges[1:] - edges[:-1]))
    return Histogram((result, edges))


def ends(found: Sequence[float], bins: int, given: Sequence[float] | None) -> tuple[float, float]:
    """Return the first and the last edge; where they would be one, a bin around it.

    Raises:
        RuntimeError: no bins, or ends in the wrong order.
    """
    if bins <= 0:
        raise RuntimeError(f"torch.histogram(): bins must be > 0, but got {bins} for dimension 0")
    low, high = given or ((min(found), max(found)) if found else (0, 0))
    if low > high:
        raise RuntimeError(
            f"torch.histogramdd: min should be <= max, but got {low:g} <= {high:g} for dimension 0"
        )
    return (low - 0.5, high + 0.5) if low == high else (low, high)
