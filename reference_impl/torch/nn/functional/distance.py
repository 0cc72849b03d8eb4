"""How far vectors are from each other, and in which direction they point."""

from __future__ import annotations

from ...operators import function
from ...shapes import broadcast, wrap_dim
from ...tensor import Tensor

__all__ = ["cosine_similarity", "pairwise_distance"]


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
    return ((x1 - x2) + eps).norm(p, -1, keepdim)
