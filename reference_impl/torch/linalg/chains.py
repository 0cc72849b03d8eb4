"""Products of many matrices, powers, and the product of every element with a whole matrix."""

from __future__ import annotations

from collections.abc import Sequence

from ..elementwise import mul
from ..operators import operator
from ..shapes import listed
from ..tensor import Tensor
from .naming import linalg, warn_once
from .products import mm, unsafe_view

__all__ = ["chain_matmul", "kron"]

DEPRECATED = (
    "torch.chain_matmul is deprecated and will be removed in a future PyTorch release. Use "
    "torch.linalg.multi_dot instead, which accepts a list of two or more tensors rather than "
    "multiple parameters. (Triggered internally at "
    "/__w/pytorch/pytorch/aten/src/ATen/native/LinearAlgebra.cpp:1102.)"
)


def as_matrices(tensors: Sequence[Tensor]) -> tuple[list[Tensor], list[int]]:
    """Return a chain's tensors as matrices, and the shape of their product.

    A vector in front is a row, one at the end a column.
    """
    if len(tensors) < 2:
        raise RuntimeError(f"multi_dot(): expected at least 2 tensors but got {len(tensors)}")
    found, size = list(tensors), []
    for name, at, dim in (("first", 0, 0), ("last", -1, -1)):
        tensor = tensors[at]
        if tensor.dim() == 1:
            found[at] = tensor.unsqueeze(dim)
        elif tensor.dim() == 2:
            size.append(tensor._size[dim])
        else:
            raise RuntimeError(
                f"multi_dot(): the {name} tensor must be 1D or 2D but got {tensor.dim()}D"
            )
    for at, tensor in enumerate(found[1:-1], 1):
        if tensor.dim() != 2:
            raise RuntimeError(f"multi_dot(): tensor {at} must be 2D but got {tensor.dim()}D")
    for at, tensor in enumerate(found):
        if tensor.dtype is not found[0].dtype:
            raise RuntimeError(
                "multi_dot(): all tensors must have be the same dtype but tensor 0 is "
                f"{found[0].dtype.cpp_name} and tensor {at} {tensor.dtype.cpp_name}"
            )
    for at in range(1, len(found)):
        a, b = found[at - 1], found[at]
        if a._size[1] != b._size[0]:
            raise RuntimeError(
                f"multi_dot(): tensors {at - 1} and {at} with shapes {listed(a._size)} and "
                f"{listed(b._size)} cannot be multiplied"
            )
    return found, size


def cheapest(matrices: Sequence[Tensor]) -> dict[tuple[int, int], int]:
    """Return, for each piece of a chain, after which matrix to cut it, so that least is computed.

    The cost of a piece is that of its two halves and their product; short pieces come first.
    """
    sides = [m._size[0] for m in matrices] + [matrices[-1]._size[1]]
    n = len(matrices)
    costs = {(i, i): 0 for i in range(n)}
    cuts = {}
    for length in range(1, n):
        for i in range(n - length):
            j = i + length
            found = [
                costs[i, k] + costs[k + 1, j] + sides[i] * sides[k + 1] * sides[j + 1]
                for k in range(i, j)
            ]
            costs[i, j] = min(found)
            cuts[i, j] = i + found.index(costs[i, j])
    return cuts


def multiplied_chain(matrices: Sequence[Tensor]) -> Tensor:
    """Return the product of matrices, multiplied in the cheapest order."""
    if len(matrices) == 3:  # where torch decides a draw for the left
        a, b, c = matrices
        (m, k), (n, p) = a._size, c._size
        left_first = m * n * (k + p) <= k * p * (n + m)
        return mm(mm(a, b), c) if left_first else mm(a, mm(b, c))
    cuts = cheapest(matrices)

    def piece(i: int, j: int) -> Tensor:
        return matrices[i] if i == j else mm(piece(i, cuts[i, j]), piece(cuts[i, j] + 1, j))

    return piece(0, len(matrices) - 1)


@linalg
def multi_dot(tensors: Sequence[Tensor], *, out: Tensor | None = None) -> Tensor:
    """Return the product of matrices in a chain, multiplied in the cheapest order.

    The product does not depend on the order, its cost does: `(10, 100) @ (100, 5) @ (5, 50)`
    from the left takes 7,500 multiplications, from the right 75,000.

    >>> a, b, c = torch.ones(2, 3), torch.ones(3, 4), torch.ones(4, 2)
    >>> torch.linalg.multi_dot([a, b, c])
    tensor([[12., 12.],
            [12., 12.]])

    Args:
        tensors: matrices, at least two; the first may be a row and the last a column, as
            vectors.
        out: a tensor to write the result to.
    """
    matrices, size = as_matrices(tensors)
    return multiplied_chain(matrices).view(size)


def chain_matmul(*matrices: Tensor, out: Tensor | None = None) -> Tensor:
    """Return what `torch.linalg.multi_dot` returns; deprecated."""
    for tensor in matrices:
        if tensor.dim() != 2:
            raise RuntimeError(f"Tensor dimension is {tensor.dim()}, expected 2 instead.")
    warn_once(DEPRECATED)
    if len(matrices) == 1:
        return matrices[0]
    return multi_dot(list(matrices)) if out is None else multi_dot(list(matrices), out=out)


@operator
def kron(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return every element of one tensor times the whole other: `(M, N)`, `(P, Q)`: `(MP, NQ)`.

    >>> torch.kron(torch.eye(2), torch.tensor([[1.0, 2.0]]))
    tensor([[1., 2., 0., 0.],
            [0., 0., 1., 2.]])
    """
    ndim = max(input.dim(), other.dim())
    a, b = ((1,) * (ndim - x.dim()) + tuple(x._size) for x in (input, other))
    left = unsafe_view(input, [n for pair in zip(a, (1,) * ndim, strict=True) for n in pair])
    right = unsafe_view(other, [n for pair in zip((1,) * ndim, b, strict=True) for n in pair])
    return unsafe_view(mul(left, right), [m * n for m, n in zip(a, b, strict=True)])
