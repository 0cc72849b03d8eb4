"""Distances between all pairs of vectors of two sets."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable

from ..dtypes import FLOATING
from ..elementwise import where
from ..graph import differentiable
from ..joining import cat
from ..shapes import broadcast
from ..tensor import Tensor
from .matrices import each
from .products import matmul

__all__ = ["cdist"]

MODES = (
    "use_mm_for_euclid_dist_if_necessary",
    "use_mm_for_euclid_dist",
    "donot_use_mm_for_euclid_dist",
)


def between(p: float) -> Callable[[array, array], float]:
    """Return the function that measures the distance between two rows of numbers."""
    if p == 0:
        return lambda a, b: sum(x != y for x, y in zip(a, b, strict=True))
    if math.isinf(p):
        return lambda a, b: max((abs(x - y) for x, y in zip(a, b, strict=True)), default=0.0)

    def distance(a: array, b: array) -> float:
        kind = a.typecode
        total = array(kind, [0])
        apart = array(kind, [abs(x - y) for x, y in zip(a, b, strict=True)])
        for x in array(kind, [x if p == 1 else x**p for x in apart]):
            total[0] += x
        return total[0] if p == 1 else total[0] ** (1 / p)

    return distance


def cdist(
    x1: Tensor,
    x2: Tensor,
    p: float = 2.0,
    compute_mode: str = "use_mm_for_euclid_dist_if_necessary",
) -> Tensor:
    """Return the distances between all pairs of rows. `(*, P, M)` and `(*, R, M)`: `(*, P, R)`.

    The gradient pulls each pair along the line between them.

    >>> torch.cdist(torch.tensor([[0.0, 0.0]]), torch.tensor([[3.0, 4.0], [0.0, 1.0]]))
    tensor([[5., 1.]])

    Args:
        x1: a set of vectors as rows.
        x2: another, of vectors as long.
        p: which norm measures distance.
        compute_mode: for p = 2, whether to compute with a matrix product, which is faster and
            less exact; by default where a set has more than 25 vectors.
    """
    if compute_mode not in MODES:
        raise ValueError(f"{compute_mode} is not a valid value for compute_mode")
    for name, x in (("X1", x1), ("X2", x2)):
        if x.dtype.category != FLOATING:
            raise RuntimeError(
                f"cdist only supports floating-point dtypes, {name} got: {x.dtype.scalar_name}"
            )
    for name, x in (("X1", x1), ("X2", x2)):
        if x.dim() < 2:
            raise RuntimeError(f"cdist only supports at least 2D tensors, {name} got: {x.dim()}D")
    if x1.size(-1) != x2.size(-1):
        raise RuntimeError(
            f"X1 and X2 must have the same number of columns. X1: {x1.size(-1)} X2: {x2.size(-1)}"
        )
    if p < 0:
        raise RuntimeError("cdist only supports non-negative p values")
    many = max(x1.size(-2), x2.size(-2)) > 25
    front = broadcast(x1._size[:-2], x2._size[:-2])
    size = (*front, x1.size(-2), x2.size(-2))
    mode = MODES.index(compute_mode)
    if p == 2 and math.prod(size) and x1.size(-1) and (mode == 1 or (mode == 0 and many)):
        return by_product(x1, x2).view(size)
    a, b = (x.detach().expand((*front, *x._size[-2:])) for x in (x1, x2))
    distance = between(p)

    def compute(left: list, right: list) -> tuple[list]:
        return ([distance(x, y) for x in left for y in right],)

    (found,) = each(compute, (a, b), [(size, x1.dtype)], by_columns=False)

    def backward(grad: Tensor, x1: Tensor, x2: Tensor, found: Tensor) -> tuple[Tensor, Tensor]:
        apart = x1.unsqueeze(-2) - x2.unsqueeze(-3)
        pull = direction(apart, found.unsqueeze(-1), p) * grad.unsqueeze(-1)
        return pull.sum(-2), 0 - pull.sum(-3)

    return differentiable(
        found, "CdistBackward0", (x1, x2), saved=(x1, x2, found), backward=backward
    )


def direction(apart: Tensor, distance: Tensor, p: float) -> Tensor:
    """Return how a distance grows with each difference; 0 where the distance is 0."""
    if p == 0:
        return apart * 0
    if p == 1:
        return apart.sgn()
    if math.isinf(p):
        return where(apart.abs() == distance, apart.sgn(), 0.0)
    if p == 2:
        return where(distance == 0, 0.0, apart / distance)
    share = apart.sgn() * apart.abs() ** (p - 1) / distance ** (p - 1)
    return where((distance == 0) | ((apart == 0) & (p < 1)), 0.0, share)


def by_product(x1: Tensor, x2: Tensor) -> Tensor:
    """Return Euclidean distances from `|a|^2 - 2 a.b + |b|^2`, as one product of matrices."""
    a, b = x1.detach(), x2.detach()
    of_a, of_b = ((x * x).sum(-1, True) for x in (a, b))
    left = cat((a * -2, of_a, of_a * 0 + 1), -1)
    right = cat((b, of_b * 0 + 1, of_b), -1)
    found = matmul(left, right.mT).clamp_min(0).sqrt()

    def backward(grad: Tensor, x1: Tensor, x2: Tensor, found: Tensor) -> tuple[Tensor, Tensor]:
        ratio = where(found == 0, 0.0, grad / found)
        return (
            x1 * ratio.sum(-1, True) - matmul(ratio, x2),
            x2 * ratio.sum(-2).unsqueeze(-1) - matmul(ratio.mT, x1),
        )

    return differentiable(
        found, "EuclideanDistBackward0", (x1, x2), saved=(x1, x2, found), backward=backward
    )
