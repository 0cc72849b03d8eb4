"""Systems whose matrix has been factored already: `lu_solve`, and the factors taken apart."""

from __future__ import annotations

from ..dtypes import int32
from ..graph import differentiable
from ..operators import operator
from ..shapes import broadcast
from ..tensor import Tensor
from .diagonals import tril, triu
from .factor_kernels import identity, permuted, transposed
from .factors import halves, lu_factor, lu_factor_ex
from .matrices import by_columns, each, flattened
from .naming import check_matrices, check_square, linalg, results, warn_once
from .products import matmul
from .solving import solve_triangular

__all__ = ["lu", "lu_solve", "lu_unpack"]

LuUnpack = results("lu_unpack", "P", "L", "U")
OLD = (
    "torch.lu is deprecated in favor of torch.linalg.lu_factor / torch.linalg.lu_factor_ex and "
    "will be removed in a future PyTorch release.\nLU, pivots = torch.lu(A, compute_pivots)\n"
    "should be replaced with\nLU, pivots = torch.linalg.lu_factor(A, compute_pivots)\nand\nLU, "
    "pivots, info = torch.lu(A, compute_pivots, get_infos=True)\nshould be replaced with\nLU, "
    "pivots, info = torch.linalg.lu_factor_ex(A, compute_pivots) (Triggered internally at "
    "/__w/pytorch/pytorch/aten/src/ATen/native/BatchLinearAlgebra.cpp:2073.)"
)


def permutation(pivots: Tensor, size: int, kind: Tensor) -> Tensor:
    """Return the matrix that undoes exchanges of rows, which count from 1. `(*, N, N)`."""

    def compute(exchanged: list) -> tuple[list]:
        order = permuted([at - 1 for at in exchanged[0]], size)
        return (flattened(transposed([identity(size, "d")[i] for i in order], size)),)

    front = pivots._size[:-1]
    (found,) = each(compute, (pivots.unsqueeze(-2),), [((*front, size, size), kind.dtype)])
    return found.contiguous()


def check_factors(name: str, factors: Tensor, pivots: Tensor, right: Tensor, left: bool) -> None:
    """Raise unless factors, exchanges and a right side fit each other."""
    check_matrices(right, name, "B")
    check_square(factors, f"torch.{name}")
    if pivots.dtype is not int32:
        raise RuntimeError(f"{name}: pivots should be a Tensor of scalar type torch.int32")
    n = factors.size(-1)
    if pivots.size(-1) != n:
        raise RuntimeError(
            f"{name}: Number of pivots per batch should be same as the dimension of the matrix"
        )
    if factors.dtype is not right.dtype:
        raise RuntimeError(
            f"{name}: Expected LU and B to have the same dtype, but found LU of type "
            f"{factors.dtype.scalar_name} and B of type {right.dtype.scalar_name} instead"
        )
    rows, width = right._size[-2:]
    if (rows if left else width) != n:
        equation = "AX = B" if left else "XA = B"
        raise RuntimeError(
            f"{name}: Incompatible shapes of A and B for the equation {equation} "
            f"({n}x{n} and {rows}x{width})"
        )


def substituted(factors: Tensor, p: Tensor, right: Tensor, *, left: bool, adjoint: bool) -> Tensor:
    """Return the solution of a system by two substitutions, without history.

    Args:
        factors: both triangles in one, `(*, N, N)`.
        p: `(*, N, N)`, with `A = p @ L @ U`.
        right: the right side.
        left: whether A stands on the left of the solution.
        adjoint: whether the system is that of the transposed A.
    """
    if not left:
        return substituted(factors, p, right.mT, left=True, adjoint=not adjoint).mT
    if adjoint:
        below = solve_triangular(factors.mT, right, upper=False)
        return matmul(p, solve_triangular(factors.mT, below, upper=True, unitriangular=True))
    below = solve_triangular(factors, matmul(p.mT, right), upper=False, unitriangular=True)
    return solve_triangular(factors, below, upper=True)


def lu_solve_(
    LU: Tensor,
    pivots: Tensor,
    B: Tensor,
    *,
    left: bool = True,
    adjoint: bool = False,
    out: Tensor | None = None,
) -> Tensor:
    """Return `X` of `A @ X = B`, where `lu_factor(A)` is known. `(*, N, N)`, `(*, N, K)`.

    Elimination is the dear part of solving; each further right side costs two substitutions.

    >>> LU, pivots = torch.linalg.lu_factor(torch.tensor([[1.0, 1.0], [0.0, 2.0]]))
    >>> torch.linalg.lu_solve(LU, pivots, torch.tensor([[3.0], [4.0]]))
    tensor([[1.],
            [2.]])

    Args:
        LU: both triangles in one.
        pivots: with which row each was exchanged, counted from 1.
        B: the right side.
        left: whether `A` stands on the left of `X`.
        adjoint: solve with the transposed `A` instead.
        out: a tensor to write the result to.
    """
    check_factors("linalg.lu_solve", LU, pivots, B, left)
    n = LU.size(-1)
    front = broadcast(LU._size[:-2], B._size[:-2])
    p = permutation(pivots, n, LU).expand((*front, n, n))
    factors = LU.detach().expand((*front, n, n))
    right = B.detach().expand((*front, *B._size[-2:]))
    x = substituted(factors, p, right, left=left, adjoint=adjoint)
    x = by_columns(x) if left else x.contiguous().detach()

    def backward(grad: Tensor, factors: Tensor, x: Tensor) -> tuple[Tensor, Tensor]:
        of_right = substituted(factors, p, grad, left=left, adjoint=not adjoint)
        of_a = -matmul(of_right, x.mT) if left else -matmul(x.mT, of_right)
        of_a = matmul(p.mT, of_a.mT if adjoint else of_a)
        lower, upper = halves(factors, factors)
        of_factors = tril(matmul(of_a, upper.mT), -1) + triu(matmul(lower.mT, of_a))
        return of_factors, of_right

    return differentiable(x, "LinalgLuSolveBackward0", (LU, B), saved=(LU, x), backward=backward)


lu_solve_.__name__ = "lu_solve"
linalg_lu_solve = linalg(lu_solve_)


@operator
def lu_solve(
    input: Tensor, LU_data: Tensor, LU_pivots: Tensor, *, out: Tensor | None = None
) -> Tensor:
    """Return `X` of `A @ X = input`; see `torch.linalg.lu_solve`, which has the factors first."""
    return linalg_lu_solve(LU_data, LU_pivots, input)


@operator
def lu_unpack(
    LU_data: Tensor,
    LU_pivots: Tensor,
    unpack_data: bool = True,
    unpack_pivots: bool = True,
    *,
    out: tuple | None = None,
) -> tuple:
    """Return P, L and U from what `torch.linalg.lu_factor` has packed into one matrix.

    >>> LU, pivots = torch.linalg.lu_factor(torch.tensor([[1.0, 2.0], [2.0, 2.0]]))
    >>> P, L, U = torch.lu_unpack(LU, pivots)
    >>> P @ L @ U
    tensor([[1., 2.],
            [2., 2.]])
    """
    if unpack_pivots and LU_pivots.dtype is not int32:
        raise RuntimeError(
            "torch.lu_unpack: LU_pivots is expected to be a contiguous tensor of torch.int32 "
            "dtype.\nNote: this function is intended to be used with the output produced by "
            "torch.linalg.lu_factor"
        )
    empty = LU_data.new_empty((0,))
    p = permutation(LU_pivots, LU_data.size(-2), LU_data) if unpack_pivots else empty
    if not unpack_data:
        halved = (empty, LU_data.new_empty((0,)))
    else:
        halved = halves(LU_data.detach(), LU_data)

    shape = LU_data.shape

    def backward(grads: tuple) -> Tensor:
        of_lower, of_upper = grads
        found = p.new_zeros(shape)
        least = min(shape[-2:])
        if of_lower is not None and unpack_data:
            found.narrow(-1, 0, least).add_(tril(of_lower, -1))
        if of_upper is not None and unpack_data:
            found.narrow(-2, 0, least).add_(triu(of_upper))
        return found

    differentiable(halved, "LuUnpackBackward0", (LU_data,), backward=backward)
    return LuUnpack((p, *halved))


def lu(A: Tensor, pivot: bool = True, get_infos: bool = False) -> tuple:
    """Return what `torch.linalg.lu_factor` returns, with a warning to use that."""
    warn_once(OLD)
    return tuple(lu_factor_ex(A, pivot=pivot) if get_infos else lu_factor(A, pivot=pivot))


def lu_method(self: Tensor, pivot: bool = True, get_infos: bool = False) -> tuple:
    """Return `torch.lu` of the tensor."""
    return lu(self, pivot, get_infos)


lu_method.__name__, lu_method.__qualname__ = "lu", "Tensor.lu"
Tensor.lu = lu_method
