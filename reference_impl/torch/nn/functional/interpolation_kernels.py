"""How images are drawn at another size: for each new place, the old ones that it is made of.

Along one dimension a new place is a weighted sum of a few old ones, its taps. Dimensions are
independent of each other, so an image is resized line by line, then the lines themselves are.
The gradient takes the same way back: each new place hands its gradient to its taps.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence

from ...dtypes import dtype
from ...kernels import kernel
from .rounding import rounding_to

Taps = tuple[tuple[tuple[int, float], ...], ...]  # for each new place: old places and weights
Axis = tuple[int, Taps]  # how many old places there are


def scale_of(n: int, out: int, align_corners: bool, factor: float | None, kind: dtype) -> float:
    """Return how many old places one new place is wide."""
    rounded = rounding_to(kind)
    if align_corners:
        return rounded((n - 1) / (out - 1)) if out > 1 else 0.0
    return rounded(1 / factor if factor is not None and factor > 0 else n / out)


def nearest_taps(n: int, out: int, factor: float | None, kind: dtype, exact: bool) -> Taps:
    """Return the one old place that each new one copies.

    Args:
        n: how many old places there are.
        out: how many new ones.
        factor: how much larger the result is, if that is known better than from the sizes.
        kind: of the numbers.
        exact: whether a place is measured at its middle rather than at its start.
    """
    scale, rounded = scale_of(n, out, False, factor, kind), rounding_to(kind)
    shift = 0.5 if exact else 0.0
    return tuple(((min(int(rounded((i + shift) * scale)), n - 1), 1.0),) for i in range(out))


def source(i: int, scale: float, align_corners: bool, kind: dtype) -> float:
    """Return where a new place lies among the old ones."""
    rounded = rounding_to(kind)
    return rounded(i * scale) if align_corners else rounded(scale * (i + 0.5) - 0.5)


def linear_taps(n: int, out: int, align_corners: bool, factor: float | None, kind: dtype) -> Taps:
    """Return the two neighbours of each new place, the nearer the heavier."""
    scale, rounded = scale_of(n, out, align_corners, factor, kind), rounding_to(kind)
    found = []
    for i in range(out):
        at = max(source(i, scale, align_corners, kind), 0.0) if n != out else float(i)
        first = min(int(at), n - 1)
        share = min(max(rounded(at - first), 0.0), 1.0)
        found.append(((first, rounded(1 - share)), (min(first + 1, n - 1), share)))
    return tuple(found)


def cubic(x: float, a: float, rounded: Callable[[float], float]) -> float:
    """Return the weight of a place at distance x: a curve that is smooth and 0 from 2 on."""
    x = abs(x)
    if x < 1:
        return rounded(rounded(rounded(rounded((a + 2) * x - (a + 3)) * x) * x) + 1)
    inner = rounded(rounded(a * x - 5 * a) * x + 8 * a)
    return rounded(rounded(inner * x) - 4 * a) if x < 2 else 0.0


def cubic_taps(n: int, out: int, align_corners: bool, factor: float | None, kind: dtype) -> Taps:
    """Return four neighbours of each new place; those beyond an edge are the edge."""
    scale, rounded = scale_of(n, out, align_corners, factor, kind), rounding_to(kind)
    found = []
    for i in range(out):
        at = source(i, scale, align_corners, kind)
        first = math.floor(at)
        share = rounded(at - first)
        rest = rounded(1 - share)
        found.append(
            tuple(
                (min(max(first - 1 + k, 0), n - 1), cubic(distance, -0.75, rounded))
                for k, distance in enumerate((rounded(share + 1), share, rest, rounded(rest + 1)))
            )
        )
    return tuple(found)


def triangle(x: float) -> float:
    """Return the weight of a place at distance x: 1 at 0, falling to 0 at 1."""
    return max(1 - abs(x), 0.0)


def sinc(x: float) -> float:
    """Return sin(pi x) / (pi x)."""
    return math.sin(math.pi * x) / (math.pi * x) if x else 1.0


FILTERS = {  # how far they reach, and the weight at a distance
    "bilinear": (1, triangle),
    "bicubic": (2, lambda x: cubic(x, -0.5, float)),
    "lanczos": (3, lambda x: sinc(x) * sinc(x / 3) if abs(x) < 3 else 0.0),
}


def smooth_taps(
    n: int, out: int, align_corners: bool, factor: float | None, kind: dtype, mode: str
) -> Taps:
    """Return all old places that a new one covers, so that no detail turns into a pattern.

    Args:
        n: how many old places there are.
        out: how many new ones.
        align_corners: whether the outermost places are to meet at their middles.
        factor: how much larger the result is, if that is known better than from the sizes.
        kind: of the numbers.
        mode: which filter weighs them.
    """
    reach, weight = FILTERS[mode]
    scale, rounded = scale_of(n, out, align_corners, factor, kind), rounding_to(kind)
    wide = max(scale, 1.0)
    found = []
    for i in range(out):
        middle = scale * (i + 0.5)
        first = max(int(middle - reach * wide + 0.5), 0)
        last = min(int(middle + reach * wide + 0.5), n)
        weights = [weight((j - middle + 0.5) / wide) for j in range(first, last)]
        total = math.fsum(weights) or 1.0
        found.append(tuple((first + j, rounded(w / total)) for j, w in enumerate(weights)))
    return tuple(found)


def fused(taps: Taps) -> Taps:
    """Return taps in the order in which torch adds them: the first is fused onto the second."""
    return tuple((*reversed(places[:2]), *places[2:]) for places in taps)


def flat(axes: Sequence[Axis], kind: dtype) -> Axis:
    """Return two or three dimensions as one: a place of a plane and its taps in the plane.

    The weights along the dimensions are multiplied first, as where torch adds up corners.
    """
    rounded = rounding_to(kind)
    n, taps = axes[0]
    for m, others in axes[1:]:
        taps = tuple(
            tuple((i * m + j, rounded(v * w)) for i, v in places for j, w in more)
            for places in taps
            for more in others
        )
        n *= m
    return n, taps


def turned(axis: Axis) -> Axis:
    """Return, for each old place, the new ones that it is in: the way of the gradient."""
    n, taps = axis
    found: list[list[tuple[int, float]]] = [[] for _ in range(n)]
    for new, places in enumerate(taps):
        for old, weight in places:
            found[old].append((new, weight))
    return len(taps), tuple(map(tuple, found))


def mixed(rows: Sequence[array], taps: Taps) -> list[array]:
    """Return new rows, each a sum of old ones, every product fused with its addition."""
    found, zeros = [], array(rows[0].typecode, [0]) * len(rows[0])
    for places in taps:
        if len(places) == 1 and places[0][1] == 1.0:
            found.append(rows[places[0][0]])
            continue
        total = zeros
        for at, weight in places:
            pairs = zip(rows[at], total, strict=True)
            total = array(total.typecode, [x * weight + s for x, s in pairs])
        found.append(total)
    return found


@kernel
def resized(x: array, axes: Sequence[Axis], kind: dtype) -> array:
    """Return planes at a new size, resized along one dimension after the other.

    Args:
        x: planes, one after the other.
        axes: how long each dimension is, and its taps.
        kind: of the numbers.
    """
    inner = 1
    for n, taps in reversed(axes):
        found = array(x.typecode)
        if inner == 1:  # all lines at once
            columns = mixed([x[i::n] for i in range(n)], taps)
            found = array(x.typecode, bytes(len(columns) * len(columns[0]) * x.itemsize))
            for i, column in enumerate(columns):
                found[i :: len(columns)] = column
        else:
            for start in range(0, len(x), n * inner):
                rows = [x[start + i * inner : start + (i + 1) * inner] for i in range(n)]
                for row in mixed(rows, taps):
                    found.extend(row)
        x, inner = found, inner * len(taps)
    return kind.array(x)
