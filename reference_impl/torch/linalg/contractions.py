"""Sums of products over any dimensions of two tensors, as one product of matrices."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..elementwise import mul
from ..operators import function, operator
from ..shapes import listed
from ..tensor import Tensor
from .products import dot, mm

__all__ = ["inner", "tensordot"]


def contracted(a: Tensor, b: Tensor, dims_a: Sequence[int], dims_b: Sequence[int]) -> Tensor:
    """Return the sums of products over pairs of dimensions, as one product of matrices."""
    if len(dims_a) != len(dims_b):
        raise RuntimeError("both dimension lists should have same length")
    if a.dtype is not b.dtype:
        raise RuntimeError("both inputs should have same dtype")
    terms = 1
    left, right = a, b
    for i, j in zip(dims_a, dims_b, strict=True):
        m, n = a.size(i), b.size(j)
        if n == 1:
            left = left.sum(i, True)
        elif m == 1:
            right = right.sum(j, True)
        elif m != n:
            raise RuntimeError(
                f"contracted dimensions need to match, but first has size {m} in dim {i} and "
                f"second has size {n} in dim {j}"
            )
        else:
            terms *= m
    gone_a, gone_b = [d % a.dim() for d in dims_a], [d % b.dim() for d in dims_b]
    kept_a = [d for d in range(a.dim()) if d not in gone_a]
    kept_b = [d for d in range(b.dim()) if d not in gone_b]
    size = [left._size[d] for d in kept_a], [right._size[d] for d in kept_b]
    m, n = map(math.prod, size)
    left, right = left.permute(kept_a + gone_a), right.permute(gone_b + kept_b)
    if m == n == 1:
        found = dot(left.flatten(), right.flatten())
    else:
        found = mm(left.reshape(m, terms), right.reshape(terms, n))
    return found.reshape(*size[0], *size[1]) if size[0] or size[1] else found.reshape(())


@operator
def inner(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the dot products of all pairs of last dimensions. `(*, K)` and `(+, K)`: `(*, +)`.

    >>> torch.inner(torch.tensor([[1, 2], [3, 4]]), torch.tensor([1, 10]))
    tensor([21, 43])
    """
    if not input._size or not other._size:
        return mul(input, other)
    if input._size[-1] != other._size[-1]:
        raise RuntimeError(
            "inner() the last dimension must match on both input tensors but got shapes "
            f"{listed(input._size)} and {listed(other._size)}"
        )
    return contracted(input, other, [-1], [-1])


@function
def tensordot(a: Tensor, b: Tensor, dims: object = 2, out: Tensor | None = None) -> Tensor:
    """Return the sums of products over some dimensions of two tensors.

    >>> torch.tensordot(torch.ones(2, 3, 4), torch.ones(3, 4, 5), dims=2).shape
    torch.Size([2, 5])

    Args:
        a: the left tensor.
        b: the right tensor.
        dims: how many, the last of `a` with the first of `b`; or two lists of dimensions.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: lists of different lengths, or dimensions of different sizes.
    """
    if isinstance(dims, (tuple, list)):
        lists = [[d] if isinstance(d, int) else list(d) for d in dims]
    elif isinstance(dims, Tensor) and dims.numel() > 1:
        lists = [list(d) for d in dims.tolist()]
    else:
        count = int(dims)
        if count < 0:
            raise RuntimeError(f"tensordot expects dims >= 0, but got dims={dims}")
        if count > min(a.dim(), b.dim()):
            raise RuntimeError(f"tensordot expects dims < ndim_a or ndim_b, but got dims={dims}")
        lists = [list(range(-count, 0)), list(range(count))]
    return contracted(a, b, *lists)
