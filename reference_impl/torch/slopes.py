"""Slopes of a curve known at points: `gradient`, by differences of neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .arguments import Number
from .differences import diff
from .joining import cat
from .shapes import wrap_dims
from .tensor import Tensor

__all__ = ["gradient"]

Spacing = Number | Sequence[Number] | Sequence[Tensor] | None


def gradient(
    input: Tensor,
    *,
    spacing: Spacing = None,
    dim: int | Sequence[int] | None = None,
    edge_order: int = 1,
) -> tuple[Tensor, ...]:
    """Return the slope at each point along each dimension, estimated from its neighbours.

    Inside it is a mixture of the slopes to both sides, by which a parabola's is exact. Not to
    be confused with what `backward` computes.

    >>> torch.gradient(torch.tensor([1.0, 2.0, 4.0, 7.0]))
    (tensor([1.0000, 1.5000, 2.5000, 3.0000]),)

    Args:
        input: heights.
        spacing: the distance of neighbours, one for each dimension, or the places themselves as
            a vector for each; 1 if None.
        dim: along which dimensions; all if None.
        edge_order: 1 for the slope to the only neighbour at the edges, 2 for a parabola's.

    Raises:
        RuntimeError: too few points, or as many spacings as dimensions are not there.
    """
    if edge_order not in (1, 2):
        raise RuntimeError("torch.gradient only supports edge_order=1 and edge_order=2.")
    dims = wrap_dims(range(input.dim()) if dim is None else dim, input.dim())
    for d in dims:
        if input.size(d) < edge_order + 1:
            raise RuntimeError(
                "torch.gradient expected each dimension size to be at least edge_order+1"
            )
    steps = steps_of(input, spacing, dims)
    return tuple(slopes(input, d, step, edge_order) for d, step in zip(dims, steps, strict=True))


def steps_of(input: Tensor, spacing: Spacing, dims: Sequence[int]) -> Sequence[Number | Tensor]:
    """Return the distance, or the places, for each dimension.

    Raises:
        RuntimeError: not one for each.
    """
    if spacing is None or isinstance(spacing, (int, float)):
        return [1 if spacing is None else spacing] * len(dims)
    if len(spacing) != len(dims):
        raise RuntimeError(
            "torch.gradient expected spacing to be unspecified, a scalar, or a list of length "
            f"equal to 'self.dim() = {input.dim()}', since dim argument was not given, but got a "
            f"list of length {len(spacing)}"
        )
    return spacing


def slopes(f: Tensor, dim: int, step: Number | Tensor, edge_order: int) -> Tensor:
    """Return the slopes along one dimension."""
    n = f.size(dim)

    def piece(start: int, stop: int) -> Tensor:
        return f.narrow(dim, start, stop - start)

    if not isinstance(step, Tensor):
        inside = (piece(2, n) - piece(0, n - 2)) / (2 * step)
        first, last = edges(piece, n, step, step, step, step, edge_order)
        return cat((first, inside, last), dim)
    size = [1] * f.dim()
    size[dim] = -1
    gaps = diff(step).view(size)

    def gap(start: int, stop: int) -> Tensor:
        return gaps.narrow(dim, start, stop - start)

    before, after = gap(0, n - 2), gap(1, n - 1)
    left = -after / (before * (before + after))
    middle = (after - before) / (before * after)
    right = before / (after * (before + after))
    inside = left * piece(0, n - 2) + middle * piece(1, n - 1) + right * piece(2, n)
    second = gap(1, 2) if n > 2 else gap(0, 1)
    last_but_one = gap(n - 3, n - 2) if n > 2 else gap(0, 1)
    ends = (gap(0, 1), second, last_but_one, gap(n - 2, n - 1))
    first, last = edges(piece, n, *ends, edge_order)
    return cat((first, inside, last), dim)


def edges(
    piece: Callable[[int, int], Tensor],
    n: int,
    a: Number | Tensor,
    b: Number | Tensor,
    c: Number | Tensor,
    d: Number | Tensor,
    edge_order: int,
) -> tuple[Tensor, Tensor]:
    """Return the slopes at the first and the last of n points.

    Args:
        piece: gives a range of the heights.
        n: how many points there are.
        a: the first gap.
        b: the second.
        c: the last but one.
        d: the last.
        edge_order: see `gradient`.
    """
    if edge_order == 1:
        return (piece(1, 2) - piece(0, 1)) / a, (piece(n - 1, n) - piece(n - 2, n - 1)) / d
    first = (
        -(2 * a + b) / (a * (a + b)) * piece(0, 1)
        + (a + b) / (a * b) * piece(1, 2)
        - a / (b * (a + b)) * piece(2, 3)
    )
    last = (
        d / (c * (c + d)) * piece(n - 3, n - 2)
        - (c + d) / (c * d) * piece(n - 2, n - 1)
        + (2 * d + c) / (d * (c + d)) * piece(n - 1, n)
    )
    return first, last
