"""The exponential of a matrix, by scaling and squaring."""

from __future__ import annotations

import math

from .. import dtypes
from ..graph import differentiable
from ..joining import cat
from ..operators import operator
from ..tensor import Tensor
from .naming import check_floating, check_square
from .products import matmul

__all__ = ["matrix_exp"]

TERMS = 18  # of the series of a matrix whose norm is at most a half: more than float64 can tell


@operator
def matrix_exp(input: Tensor) -> Tensor:
    """Return `I + A + A @ A / 2 + …` of matrices. `(*, N, N)` to `(*, N, N)`.

    The matrix is halved until the series is short, and the result squared as often. Its
    gradient is a part of the exponential of a matrix twice as large: `A.T` twice on the
    diagonal, and above it the gradient that came.

    >>> torch.matrix_exp(torch.zeros(2, 2))
    tensor([[1., 0.],
            [0., 1.]])

    Raises:
        RuntimeError: matrices that are not square, or integers.
    """
    check_square(input, "linalg.matrix_exp")
    check_floating(input, "linalg.matrix_exp")
    found = exponential(input.detach())
    n = input.size(-1)

    def backward(grad: Tensor, a: Tensor) -> Tensor:
        turned = a.mT
        above = cat((turned, grad), -1)
        below = cat((grad.new_zeros(grad.shape), turned), -1)
        return matrix_exp(cat((above, below), -2)).narrow(-2, 0, n).narrow(-1, n, n)

    return differentiable(
        found, "LinalgMatrixExpBackward0", (input,), saved=(input,), backward=backward
    )


def exponential(a: Tensor) -> Tensor:
    """Return the exponential, without history; computed in float64."""
    wide = a.to(dtypes.float64)
    one = wide.new_zeros(wide.shape)
    one.diagonal(0, -2, -1).fill_(1)
    if a.is_meta or not a.numel():
        return one.to(a.dtype)
    norm = wide.abs().sum(-2).max().item()
    halvings = max(0, math.frexp(norm)[1] + 1) if math.isfinite(norm) else 0
    small = wide / 2**halvings
    total = term = one
    for k in range(1, TERMS):
        term = matmul(term, small) / k
        total = total + term
    for _ in range(halvings):
        total = matmul(total, total)
    return total.to(a.dtype)
