"""Factors by elimination, and what is solved with factors that one has already.

`A = P @ L @ U`: rows in another order are a lower times an upper triangle. Who has the
factors solves each further system at the price of two substitutions.
"""

from __future__ import annotations

from ..dtypes import int32
from ..graph import differentiable
from ..operators import operator
from ..public import LISTED_AT, NotHere
from ..tensor import Tensor
from .diagonals import tril, triu
from .factor_kernels import identity, lu, permuted, transposed
from .matrices import each, flattened
from .naming import check_floating, check_square, linalg, results
from .products import matmul
from .solving import LinAlgError, raise_singular, solve_triangular

__all__ = ["cholesky_inverse", "cholesky_solve"]

Lu = results("linalg_lu", "P", "L", "U")
LuFactor = results("linalg_lu_factor", "LU", "pivots")
LuFactorEx = results("linalg_lu_factor_ex", "LU", "pivots", "info")

SINGULAR = (
    "U[{0},{0}] is zero and using it on lu_solve would result in a division by zero. If you still "
    "want to perform the factorization, consider calling linalg.lu(A, pivot) or "
    "linalg.lu_factor_ex(A, pivot)"
)


def check_factorable(a: Tensor, name: str, pivot: bool) -> None:
    """Raise unless a tensor consists of matrices that elimination can factor."""
    if a.dim() < 2:
        raise RuntimeError(
            f"{name}: Expected tensor with 2 or more dimensions. Got size: {list(a._size)} instead"
        )
    if not a.dtype.is_floating_point or a.dtype.itemsize == 2:
        raise NotImplementedError(f"\"lu_cpu\" not implemented for '{a.dtype.scalar_name}'")
    if not pivot:
        raise RuntimeError(f"{name}: LU without pivoting is not implemented on the CPU")


def gradient(
    of_lower: Tensor | None, of_upper: Tensor | None, p: Tensor, lower: Tensor, upper: Tensor
) -> Tensor:
    """Return the gradient of a square matrix from those of its triangles.

    A change of the matrix, seen between the triangles, moves L by its part below the diagonal
    and U by the rest; each gradient takes the same way back.
    """
    if lower.size(-2) != upper.size(-1):
        raise NotHere(
            "gradients of the factors of a matrix that is not square are not part of "
            f"reference_impl; {LISTED_AT} lists what is"
        )
    inner = lower.new_zeros(lower.shape)
    if of_lower is not None:
        inner = inner + tril(matmul(lower.mT, of_lower), -1)
    if of_upper is not None:
        inner = inner + triu(matmul(of_upper, upper.mT))
    left = solve_triangular(lower.mT, inner, upper=True, unitriangular=True)
    return matmul(p, solve_triangular(upper.mT, left, upper=False, left=False))


def factored(a: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return both triangles in one, exchanges from 1, first zeros, and P, without history."""
    m, n = a._size[-2:]
    front = a._size[:-2]

    def compute(matrix: list) -> tuple[list, list, list, list]:
        rows, exchanged, singular = lu(matrix)
        order = permuted(exchanged, m)
        moved = transposed([identity(m, "d")[i] for i in order], m) if m else []
        return flattened(rows), [at + 1 for at in exchanged], [singular], flattened(moved)

    sizes = [a._size, (*front, min(m, n)), front, (*front, m, m)]
    kinds = [a.dtype, int32, int32, a.dtype]
    whole, pivots, info, p = each(compute, (a,), list(zip(sizes, kinds, strict=True)))
    return whole, pivots.contiguous(), info, p.contiguous()


def halves(whole: Tensor, a: Tensor) -> tuple[Tensor, Tensor]:
    """Return the lower triangle, with its ones, and the upper one."""
    least = min(a._size[-2:])
    lower = tril(whole.narrow(-1, 0, least).contiguous(), -1)
    lower.diagonal(0, -2, -1).fill_(1)
    return lower, triu(whole.narrow(-2, 0, least).contiguous())


def lu_(A: Tensor, *, pivot: bool = True, out: Tensor | None = None) -> tuple:
    """Return P, L and U with `A = P @ L @ U`. `(*, M, N)`: `(*, M, M)`, `(*, M, K)`, `(*, K, N)`.

    K is the smaller of M and N. In each step of the elimination the largest number of a column
    becomes the pivot, which keeps rounding errors small; P says how the rows were exchanged.

    >>> P, L, U = torch.linalg.lu(torch.tensor([[1.0, 2.0], [2.0, 2.0]]))
    >>> L, U
    (tensor([[1.0000, 0.0000],
            [0.5000, 1.0000]]), tensor([[2., 2.],
            [0., 1.]]))
    """
    check_factorable(A, "linalg.lu", pivot)
    whole, _, _, p = factored(A.detach())
    lower, upper = halves(whole, A)

    def backward(grads: tuple, lower: Tensor, upper: Tensor) -> Tensor:
        return gradient(grads[0], grads[1], p, lower, upper)

    differentiable(
        (lower, upper), "LinalgLuBackward0", (A,), saved=(lower, upper), backward=backward
    )
    return Lu((p, lower, upper))


lu_.__name__ = "lu"
linalg_lu = linalg(lu_)


def factors_in_one(A: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return both triangles in one matrix, the exchanges of rows, and the first zeros."""
    whole, pivots, info, p = factored(A.detach())

    def backward(grads: tuple, whole: Tensor) -> Tensor:
        lower, upper = halves(whole, whole)
        return gradient(tril(grads[0], -1), triu(grads[0]), p, lower, upper)

    differentiable(
        (whole, pivots, info),
        "LinalgLuFactorExBackward0",
        (A,),
        saved=(whole,),
        backward=backward,
    )
    return whole, pivots, info


@linalg
def lu_factor(A: Tensor, *, pivot: bool = True, out: Tensor | None = None) -> tuple:
    """Return L and U in one matrix, and with which row each was exchanged, counted from 1.

    Raises:
        RuntimeError: a zero on the diagonal of U.
    """
    check_factorable(A, "torch.lu_factor", pivot)
    whole, pivots, info = factors_in_one(A)
    try:
        raise_singular(info, "torch.linalg.lu_factor", SINGULAR)
    except LinAlgError as error:
        raise RuntimeError(str(error)) from None  # as torch has it here
    return LuFactor((whole, pivots))


@linalg
def lu_factor_ex(
    A: Tensor, *, pivot: bool = True, check_errors: bool = False, out: Tensor | None = None
) -> tuple:
    """Return what `lu_factor` returns, and where a zero is instead of an error."""
    check_factorable(A, "torch.lu_factor_ex", pivot)
    found = factors_in_one(A)
    if check_errors:
        raise_singular(found[2], "torch.linalg.lu_factor_ex", SINGULAR)
    return LuFactorEx(found)


def check_right_side(input: Tensor, input2: Tensor) -> None:
    """Raise unless a Cholesky factor and the right side of a system are matrices."""
    for name, x in (("b", input), ("u", input2)):
        if x.dim() < 2:
            raise RuntimeError(
                f"{name} should have at least 2 dimensions, but has {x.dim()} dimensions instead"
            )


@operator
def cholesky_solve(
    input: Tensor, input2: Tensor, upper: bool = False, *, out: Tensor | None = None
) -> Tensor:
    """Return `X` of `L @ L.T @ X = input`, given the factor. `(*, N, K)` and `(*, N, N)`.

    >>> L = torch.linalg.cholesky(torch.tensor([[4.0, 0.0], [0.0, 9.0]]))
    >>> torch.cholesky_solve(torch.ones(2, 1), L)
    tensor([[0.2500],
            [0.1111]])

    Args:
        input: the right side.
        input2: the Cholesky factor.
        upper: whether that is an upper triangle.
        out: where to write the result.
    """
    check_right_side(input, input2)
    check_square(input2, "cholesky_solve")
    kind = input.dtype
    if not kind.is_floating_point or kind.itemsize == 2:
        raise NotImplementedError(
            f"\"cholesky_solve_cpu\" not implemented for '{kind.scalar_name}'"
        )
    plain = with_factor(input.detach(), input2.detach(), upper)
    found = plain.mT.contiguous().mT.detach()  # it lies by columns

    def backward(grad: Tensor, factor: Tensor, found: Tensor) -> tuple[Tensor, Tensor]:
        of_right = cholesky_solve(grad, factor, upper)
        both = matmul(of_right, found.mT)
        both = both + both.mT
        of_factor = -matmul(factor, both) if upper else -matmul(both, factor)
        return of_right, triu(of_factor) if upper else tril(of_factor)

    return differentiable(
        found,
        "CholeskySolveBackward0",
        (input, input2),
        saved=(input2, found),
        backward=backward,
    )


def with_factor(right: Tensor, factor: Tensor, upper: bool) -> Tensor:
    """Return the solution of a system whose Cholesky factor is known."""
    lower = factor.mT if upper else factor
    below = solve_triangular(lower, right, upper=False)
    return solve_triangular(lower.mT, below, upper=True)


@operator
def cholesky_inverse(input: Tensor, upper: bool = False, *, out: Tensor | None = None) -> Tensor:
    """Return the inverses of the matrices whose Cholesky factors are given. `(*, N, N)`.

    >>> torch.cholesky_inverse(torch.tensor([[1.0, 0.0], [1.0, 1.0]]))
    tensor([[ 2., -1.],
            [-1.,  1.]])
    """
    check_square(input, "cholesky_inverse")
    check_floating(input, "cholesky_inverse", "cholesky_inverse_out_cpu")
    one = input.new_zeros(input.shape)
    one.diagonal(0, -2, -1).fill_(1)
    found = with_factor(one, input.detach(), upper).mT.contiguous().mT.detach()

    def backward(grad: Tensor, factor: Tensor, found: Tensor) -> Tensor:
        both = matmul(matmul(found, grad + grad.mT), found)
        of_factor = -matmul(factor, both) if upper else -matmul(both, factor)
        return triu(of_factor) if upper else tril(of_factor)

    return differentiable(
        found, "CholeskyInverseBackward0", (input,), saved=(input, found), backward=backward
    )
