"""Systems of equations whose unknowns and right sides are tensors: matrices in disguise."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from ..tensor import Tensor
from .naming import linalg
from .solving import LinAlgError, inv, solve


@linalg
def tensorsolve(
    A: Tensor, B: Tensor, dims: Sequence[int] | None = None, *, out: Tensor | None = None
) -> Tensor:
    """Return `X` with `tensordot(A, X, X.dim()) = B`.

    The first dimensions of `A`, as many as `B` has, count the equations, the rest the
    unknowns; both taken as one dimension, `A` is a square matrix.

    >>> a = torch.eye(6).reshape(2, 3, 6)
    >>> torch.linalg.tensorsolve(a, torch.arange(6.0).reshape(2, 3))
    tensor([0., 1., 2., 3., 4., 5.])

    Args:
        A: `(*B, *X)`.
        B: the right side.
        dims: dimensions of `A` to move to its end first.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: another number of equations than of unknowns.
    """
    ndim = A.dim()
    if dims is not None:
        A = A.movedim(dims, [ndim - len(dims) + at for at in range(len(dims))])
    shape = A.shape[B.dim() :]
    rows, columns = prod(A.shape[: B.dim()]), prod(shape)
    if rows != columns:
        raise RuntimeError(
            "Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == "
            f"prod(self.shape[:other.ndim]), but got {columns} != {rows}"
        )
    return solve(A.reshape(columns, columns), B.reshape(B.numel())).reshape(shape)


@linalg
def tensorinv(A: Tensor, ind: int = 2, *, out: Tensor | None = None) -> Tensor:
    """Return the inverse of a tensor as `tensordot` multiplies it.

    >>> torch.linalg.tensorinv(torch.eye(6).reshape(2, 3, 6)).shape
    torch.Size([6, 2, 3])

    Args:
        A: whose first `ind` dimensions have as many places as the rest.
        ind: how many dimensions count the rows of the matrix that `A` is.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: no such matrix, or none that is square.
    """
    if ind <= 0:
        raise RuntimeError(f"Expected a strictly positive integer for 'ind', but got {ind}")
    first, rest = A.shape[:ind], A.shape[ind:]
    rows, columns = prod(first), prod(rest)
    if rows != columns:
        raise RuntimeError(
            "Expected self to satisfy the requirement prod(self.shape[ind:]) == "
            f"prod(self.shape[:ind]), but got {columns} != {rows}"
        )
    try:
        inverse = inv(A.reshape(rows, columns))
    except LinAlgError as error:
        raise LinAlgError(str(error).removeprefix("linalg.")) from None
    return inverse.reshape((*rest, *first))
