"""Differences of neighbours."""

from __future__ import annotations

from .dtypes import BOOL
from .elementwise import logical_xor
from .joining import cat
from .operators import operator
from .shapes import wrap_dim
from .tensor import Tensor

__all__ = ["diff"]


def joined(input: Tensor, dim: int, prepend: Tensor | None, append: Tensor | None) -> Tensor:
    """Return a tensor with others before and behind it."""
    for other in (prepend, append):
        if other is None:
            continue
        if other.dim() != input.dim():
            raise RuntimeError("diff expects prepend or append to be the same dimension as input")
        for d in range(input.dim()):
            if d != dim and other.size(d) != input.size(d):
                raise RuntimeError(
                    "diff expects the shape of tensor to prepend or append to match that of "
                    f"input except along the differencing dimension; input.size({d}) = "
                    f"{input.size(d)}, but got tensor.size({d}) = {other.size(d)}"
                )
    parts = [x for x in (prepend, input, append) if x is not None]
    return cat(parts, dim) if len(parts) > 1 else input


@operator
def diff(
    input: Tensor,
    n: int = 1,
    dim: int = -1,
    prepend: Tensor | None = None,
    append: Tensor | None = None,
    *,
    out: Tensor | None = None,
) -> Tensor:
    """Return each element minus the one before it, along a dimension; n times over.

    Shape `(N,)` to `(N - n,)`.

    >>> torch.diff(torch.tensor([1, 4, 9, 16]))
    tensor([3, 5, 7])
    >>> torch.diff(torch.tensor([1, 4, 9, 16]), n=2)
    tensor([2, 2])

    Args:
        input: the tensor.
        n: how often to take differences.
        dim: the dimension.
        prepend: what to put before the input first.
        append: what to put behind it first.
        out: where to write the result.

    Raises:
        RuntimeError: a 0-dim tensor, a negative n, or shapes that do not join.
    """
    if not input.dim():
        raise RuntimeError("diff expects input to be at least one-dimensional")
    dim = wrap_dim(dim, input.dim())
    if n < 0:
        raise RuntimeError(f"order must be non-negative but got {n}")
    whole = joined(input, dim, prepend, append)
    if n == 0:
        return input.new_zeros(input.shape).copy_(input)
    length = whole.size(dim)
    for _ in range(min(n, length)):
        later, earlier = whole.narrow(dim, 1, length - 1), whole.narrow(dim, 0, length - 1)
        length -= 1
        boolean = whole.dtype.category == BOOL
        whole = logical_xor(later, earlier) if boolean else later - earlier
    return whole
