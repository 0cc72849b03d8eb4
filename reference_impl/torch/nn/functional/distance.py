"""How far vectors are from each other, and in which direction they point."""

from __future__ import annotations

import math

from ... import dtypes
from ...gradmode import no_grad
from ...graph import differentiable
from ...linalg.distances import cdist, direction
from ...literals import tensor
from ...operators import function
from ...shapes import broadcast, wrap_dim
from ...tensor import Tensor

__all__ = ["cosine_similarity", "pairwise_distance", "pdist"]


@function
def cosine_similarity(x1: Tensor, x2: Tensor, dim: int = 1, eps: float = 1e-8) -> Tensor:
    """Return the cosine of the angle between vectors: 1 for one direction, -1 for opposite.

    The dot product of the vectors over their lengths. Shapes are broadcast; `dim` goes.

    >>> x = torch.tensor([[1.0, 0.0], [1.0, 1.0]])
    >>> torch.nn.functional.cosine_similarity(x, torch.tensor([[2.0, 0.0]]))
    tensor([1.0000, 0.7071])

    Args:
        x1: vectors along `dim`.
        x2: the others.
        dim: along which the vectors lie.
        eps: the least length.
    """
    if not x1.is_floating_point() or not x2.is_floating_point():
        found = x1.dtype if not x1.is_floating_point() else x2.dtype
        raise RuntimeError(
            f"expected common dtype to be floating point, yet common dtype is {found.scalar_name}"
        )
    size = broadcast(x1._size, x2._size)
    x1, x2 = x1.expand(size), x2.expand(size)
    dim = wrap_dim(dim, len(size))
    lengths = [x.norm(2, dim, keepdim=True).clamp_min(eps) for x in (x1, x2)]
    return ((x1 / lengths[0]) * (x2 / lengths[1])).sum(dim)


@function
def pairwise_distance(
    x1: Tensor, x2: Tensor, p: float = 2, eps: float = 1e-6, keepdim: bool = False
) -> Tensor:
    """Return the norm of the differences of vectors. `(N, D)` and `(N, D)` to `(N,)`.

    >>> x = torch.tensor([[0.0, 0.0]])
    >>> torch.nn.functional.pairwise_distance(x, torch.tensor([[3.0, 4.0]]))
    tensor([5.0000])

    Args:
        x1: vectors along the last dimension.
        x2: the others.
        p: which norm.
        eps: added to each difference, to keep the root's slope finite.
        keepdim: whether the last dimension stays, with size 1.
    """
    return lengths((x1 - x2) + eps, p, keepdim)


def lengths(x: Tensor, p: float, keepdim: bool) -> Tensor:
    """Return the norms of vectors along the last dimension, as the node that `norm` was."""
    with no_grad():
        found = x.norm(p, -1, keepdim)

    def backward(grad: Tensor, x: Tensor, found: Tensor) -> Tensor:
        if not keepdim:
            grad, found = grad.unsqueeze(-1), found.unsqueeze(-1)
        slope = direction(x, found, p)
        if math.isinf(p):  # the largest share it
            slope = slope / (x.abs() == found).sum(-1, keepdim=True)
        return slope * grad

    return differentiable(found, "NormBackward1", (x,), saved=(x, found), backward=backward)


@function
def pdist(input: Tensor, p: float = 2) -> Tensor:
    """Return the distance of each row to each later one. `(N, D)` to `(N * (N - 1) / 2,)`.

    >>> torch.nn.functional.pdist(torch.tensor([[0.0, 0.0], [3.0, 4.0], [0.0, 1.0]]))
    tensor([5.0000, 1.0000, 4.2426])

    Args:
        input: vectors as rows.
        p: which norm.

    Raises:
        RuntimeError: for what is no matrix.
    """
    if input.dim() != 2:
        raise RuntimeError(f"pdist only supports 2D tensors, got: {input.dim()}D")
    if p < 0:
        raise RuntimeError("pdist only supports non-negative p values")
    count = input.size(0)
    pairs = [(i, j) for i in range(count) for j in range(i + 1, count)]
    rows, others = (tensor([pair[k] for pair in pairs], dtype=dtypes.int64) for k in (0, 1))
    with no_grad():
        found = cdist(input, input, p, "donot_use_mm_for_euclid_dist").take(rows * count + others)

    def backward(grad: Tensor, input: Tensor, found: Tensor) -> Tensor:
        apart = input.index_select(0, rows) - input.index_select(0, others)
        pull = direction(apart, found.unsqueeze(1), p) * grad.unsqueeze(1)
        nothing = grad.new_zeros(input._size)
        return nothing.index_add(0, rows, pull).index_add(0, others, -pull)

    return differentiable(
        found, "PdistBackward0", (input,), saved=(input, found), backward=backward
    )
