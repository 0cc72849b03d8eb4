"""Systems of equations, inverses and determinants, by elimination.

Elimination writes a matrix as a permutation, a lower and an upper triangle. A determinant
is then the product of a diagonal, and a system is solved by substituting twice.
"""

from __future__ import annotations

from ..dtypes import finfo, int32
from ..elementwise import where
from ..gradmode import mode
from ..graph import differentiable
from ..operators import operator
from ..shapes import broadcast
from ..tensor import Tensor
from .diagonals import diag_embed, tril, triu
from .factor_kernels import lu, solved, substitute, transposed
from .matrices import by_columns, each, flattened
from .naming import LOW, check_floating, check_matrices, check_square, linalg, results
from .products import matmul

__all__ = ["det", "inverse", "logdet", "slogdet"]


class LinAlgError(RuntimeError):
    """A matrix that cannot be inverted or factored."""


LinAlgError.__name__ = LinAlgError.__qualname__ = "_LinAlgError"
LinAlgError.__module__ = "torch._C"

InvEx = results("linalg_inv_ex", "inverse", "info")
Slogdet = results("linalg_slogdet", "sign", "logabsdet")
TorchSlogdet = results("slogdet", "sign", "logabsdet")
SolveEx = results("linalg_solve_ex", "result", "info")


def raise_singular(info: Tensor, name: str, text: str) -> None:
    """Raise LinAlgError for the first matrix whose factorization met a zero."""
    if info.is_meta:
        return
    for at, found in enumerate(info.reshape(-1).tolist()):
        if found:
            where = f"(Batch element {at}): " if info.dim() else ""
            raise LinAlgError(f"{name}: {where}{text.format(found)}")


def solutions(a: Tensor, b: Tensor, *, nudge: float = 0) -> tuple[Tensor, Tensor]:
    """Return `X` of `a @ X = b`, and the places of zeros met, without history.

    Args:
        a: `(*, N, N)`.
        b: `(*, N, K)`.
        nudge: what to put in place of a zero.
    """

    def compute(matrix: list, right: list) -> tuple[list, list]:
        found, singular = solved(matrix, right, nudge)
        return flattened(found), [singular]

    x, info = each(compute, (a, b), [(b._size, a.dtype), (a._size[:-2], int32)])
    return x, info


def factored_turned(a: Tensor) -> bool:
    """Tell whether torch factors the transpose: of what lies by rows, it needs no copy."""
    return a.is_contiguous()


def eliminated(a: Tensor, turned: bool) -> tuple[Tensor, Tensor]:
    """Return the diagonals that elimination leaves, and the signs of the exchanges of rows."""

    def compute(matrix: list) -> tuple[list, list]:
        n = len(matrix)
        factors, exchanged, _ = lu(transposed(matrix, n) if turned and n else matrix)
        odd = sum(k != best for k, best in enumerate(exchanged)) % 2
        return [factors[i][i] for i in range(n)], [-1 if odd else 1]

    size = a._size[:-1]
    results = [(size, a.dtype), (size[:-1], a.dtype)]
    diagonal, sign = each(compute, (a,), results, by_columns=False)
    return diagonal, sign


@operator
def det(input: Tensor) -> Tensor:
    """Return the determinants of matrices. `(*, N, N)` to `(*)`.

    The volume into which a matrix turns the unit cube. Its gradient is the transposed
    inverse times the determinant, the matrix of cofactors.

    >>> torch.det(torch.tensor([[2.0, 0.0], [0.0, 3.0]]))
    tensor(6.)

    Raises:
        RuntimeError: matrices that are not square.
    """
    check_square(input, "linalg.det")
    check_floating(input, "linalg.det", "lu_cpu")
    turned = factored_turned(input)
    size = input._size[:-1]
    diagonal, sign = eliminated(input.detach(), turned)
    found = sign * diagonal.prod(-1)

    def backward(grad: Tensor, a: Tensor, det: Tensor) -> Tensor:
        wanted = (grad * det).unsqueeze(-1).expand(size)
        if mode.grad:
            return solve(a.mT, diag_embed(wanted))
        x, _ = solutions(a.mT.detach(), diag_embed(wanted), nudge=finfo(a.dtype).eps)
        return x

    return differentiable(
        found, "LinalgDetBackward0", (input,), saved=(input, found), backward=backward
    )


def sign_and_log(input: Tensor) -> tuple[Tensor, Tensor]:
    """Return the determinants' signs and the logarithms of their absolute values."""
    check_square(input, "linalg.slogdet")
    check_floating(input, "linalg.slogdet", LOW)
    turned = factored_turned(input)
    size = input._size[:-1]
    diagonal, sign = eliminated(input.detach(), turned)
    signs, logs = sign * diagonal.sgn().prod(-1), diagonal.abs().log().sum(-1)

    def backward(grads: tuple, a: Tensor) -> Tensor | None:
        if grads[1] is None:
            return a * 0
        wanted = diag_embed(grads[1].unsqueeze(-1).expand(size))
        if mode.grad:
            return solve(a.mT, wanted)
        return solutions(a.mT.detach(), wanted)[0]

    return differentiable(
        (signs, logs), "LinalgSlogdetBackward0", (input,), saved=(input,), backward=backward
    )


def slogdet_(A: Tensor, *, out: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Return the sign of a determinant and the logarithm of its absolute value.

    Their product neither overflows nor vanishes where the determinant would.

    >>> sign, logabsdet = torch.linalg.slogdet(torch.tensor([[0.0, 1.0], [1.0, 0.0]]))
    >>> sign, logabsdet
    (tensor(-1.), tensor(0.))
    """
    return Slogdet(sign_and_log(A))


slogdet_.__name__ = "slogdet"
linalg_slogdet = linalg(slogdet_)


@operator
def slogdet(input: Tensor) -> tuple[Tensor, Tensor]:
    """Return what `torch.linalg.slogdet` returns."""
    return TorchSlogdet(sign_and_log(input))


@operator
def logdet(input: Tensor) -> Tensor:
    """Return the logarithm of a determinant: nan where that is negative."""
    sign, logs = sign_and_log(input)
    return where(sign == -1, float("nan"), logs)


def inverted(a: Tensor, name: str) -> tuple[Tensor, Tensor]:
    """Return the inverses of matrices, and the places of zeros met."""
    check_square(a, name)
    check_floating(a, "linalg.inv" if name == "linalg.inv_ex" else name, LOW)
    plain = a.detach()
    one = diag_embed(plain.new_ones(a._size[:-1]))
    inverse, info = solutions(plain, one)

    def backward(grads: tuple, inverse: Tensor) -> Tensor:
        turned = inverse.mT
        return -matmul(turned, matmul(grads[0], turned))

    return differentiable(
        (inverse, info), "LinalgInvExBackward0", (a,), saved=(inverse,), backward=backward
    )


@linalg
def inv(A: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the inverses of matrices. `(*, N, N)` to `(*, N, N)`.

    From `A @ inv(A) = I` follows the gradient `-inv(A).T @ grad @ inv(A).T`.

    >>> torch.linalg.inv(torch.tensor([[2.0, 0.0], [0.0, 4.0]]))
    tensor([[0.5000, 0.0000],
            [0.0000, 0.2500]])

    Raises:
        LinAlgError: a matrix without an inverse.
    """
    inverse, info = inverted(A, "linalg.inv")
    raise_singular(
        info,
        "linalg.inv",
        "The diagonal element {} is zero, the inversion could not be completed because the input "
        "matrix is singular.",
    )
    return inverse


@linalg
def inv_ex(
    A: Tensor,
    *,
    check_errors: bool = False,
    out: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Return the inverses of matrices, and 0 where they exist, without an error where not."""
    return InvEx(inverted(A, "linalg.inv_ex")) if not check_errors else InvEx((inv(A), None))


@operator
def inverse(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the inverses of matrices; see `torch.linalg.inv`."""
    return inv(input)


def as_columns(a: Tensor, b: Tensor) -> bool:
    """Tell whether the right side of a system is vectors, not matrices."""
    return b.dim() == 1 or (a.dim() - 1 == b.dim() and b._size == a._size[:-1])


def solution(a: Tensor, b: Tensor, left: bool, name: str) -> tuple[Tensor, Tensor]:
    """Return the solution of `a @ X = b`, or of `X @ a = b`, and the places of zeros met."""
    check_square(a, name)
    check_floating(a, name, "lu_cpu")
    if a.dtype is not b.dtype:
        raise RuntimeError(
            f"{name}: Expected A and B to have the same dtype, but found A of type "
            f"{a.dtype.scalar_name} and B of type {b.dtype.scalar_name} instead"
        )
    vectors = as_columns(a, b)
    if vectors and not left:
        raise RuntimeError(
            f"{name}: Vector broadcasting of the left hand side is not supported for left=False. "
            "In this case linalg.solve is equivalent to B / A.squeeze(-1)"
        )
    columns = b.detach().unsqueeze(-1) if vectors else b.detach()
    n, (rows, width) = a._size[-1], columns._size[-2:]
    if (rows if left else width) != n:
        equation = "AX = B" if left else "XA = B"
        raise RuntimeError(
            f"{name}: Incompatible shapes of A and B for the equation {equation} "
            f"({n}x{n} and {rows}x{width})"
        )
    front = broadcast(a._size[:-2], columns._size[:-2])
    plain = a.detach().expand((*front, n, n))
    columns = columns.expand((*front, rows, width))
    if left:
        x, info = solutions(plain, columns)
    else:
        x, info = solutions(plain.mT, columns.mT)
        x = x.mT.detach()
    if vectors:
        x = x.squeeze(-1).detach()
        x = by_columns(x) if x.dim() > 1 else x

    def backward(grads: tuple, a: Tensor, x: Tensor) -> tuple[Tensor, Tensor]:
        grad = grads[0].unsqueeze(-1) if vectors else grads[0]
        x = x.unsqueeze(-1) if vectors else x
        if mode.grad:
            of_b = solve(a.mT, grad, left=left)
        else:
            of_b, _ = solution(a.mT, grad, left, name)
        of_a = -matmul(of_b, x.mT) if left else -matmul(x.mT, of_b)
        return of_a, of_b.squeeze(-1) if vectors else of_b

    return differentiable(
        (x, info), "LinalgSolveExBackward0", (a, b), saved=(a, x), backward=backward
    )


@linalg
def solve(
    A: Tensor,
    B: Tensor,
    *,
    left: bool = True,
    out: Tensor | None = None,
) -> Tensor:
    """Return `X` of `A @ X = B`. `(*, N, N)` and `(*, N)` or `(*, N, K)`: shape of `B`.

    Cheaper and more exact than `inv(A) @ B`. A change of `B` moves `X` by `inv(A)` times it, so the
    gradient of `B` solves the transposed system.

    >>> torch.linalg.solve(torch.tensor([[2.0, 0.0], [0.0, 4.0]]), torch.tensor([1.0, 1.0]))
    tensor([0.5000, 0.2500])

    Args:
        A: square matrices.
        B: the right side: vectors or matrices.
        left: whether `A` stands on the left of `X`.
        out: a tensor to write the result to.

    Raises:
        LinAlgError: a matrix that is singular.
    """
    x, info = solution(A, B, left, "linalg.solve")
    text = "The solver failed because the input matrix is singular."
    raise_singular(info, "torch.linalg.solve", text)
    return x


@linalg
def solve_ex(
    A: Tensor,
    B: Tensor,
    *,
    left: bool = True,
    check_errors: bool = False,
    out: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Return the solution, and 0 where there is one, without an error where there is none."""
    x, info = solution(A, B, left, "linalg.solve")
    if check_errors:
        raise_singular(
            info, "torch.linalg.solve_ex", "The solver failed because the input matrix is singular."
        )
    return SolveEx((x, info))


@linalg
def solve_triangular(
    A: Tensor,
    B: Tensor,
    *,
    upper: bool,
    left: bool = True,
    unitriangular: bool = False,
    out: Tensor | None = None,
) -> Tensor:
    """Return `X` of `A @ X = B` where `A` is a triangle; the rest of it is not read.

    >>> a = torch.tensor([[1.0, 1.0], [0.0, 2.0]])
    >>> torch.linalg.solve_triangular(a, torch.tensor([[3.0], [4.0]]), upper=True)
    tensor([[1.],
            [2.]])

    Args:
        A: `(*, N, N)`.
        B: `(*, N, K)`.
        upper: which triangle of `A` counts.
        left: whether `A` stands on the left of `X`.
        unitriangular: take the diagonal of `A` for ones.
        out: a tensor to write the result to.
    """
    name = "linalg.solve_triangular"
    for tensor, shown in ((A, "A"), (B, "B")):
        check_matrices(tensor, name, shown)
    check_square(A, name)
    n, (rows, width) = A._size[-1], B._size[-2:]
    if (rows if left else width) != n:
        equation = "AX = B" if left else "XA = B"
        raise RuntimeError(
            f"{name}: Incompatible shapes of A and B for the equation {equation} "
            f"({n}x{n} and {rows}x{width})"
        )
    front = broadcast(B._size[:-2], A._size[:-2])
    if not A.is_floating_point() or A.dtype.itemsize == 2:
        kind = A.dtype.scalar_name
        raise NotImplementedError(f"\"triangular_solve_cpu\" not implemented for '{kind}'")
    triangle = A.detach().expand((*front, n, n))
    right = B.detach().expand((*front, rows, width))
    lower = not upper
    if not left:
        triangle, right, lower = triangle.mT, right.mT, upper

    def compute(matrix: list, columns: list) -> tuple[list]:
        together = len(columns[0]) > 1 if columns else False
        found = substitute(matrix, columns, lower=lower, together=together, unit=unitriangular)
        return (flattened(found),)

    (x,) = each(compute, (triangle, right), [(right._size, A.dtype)])
    x = x if left else by_columns(x.mT)

    def backward(grad: Tensor, a: Tensor, x: Tensor) -> tuple[Tensor, Tensor]:
        of_b = solve_triangular(a.mT, grad, upper=not upper, left=left, unitriangular=unitriangular)
        of_a = -matmul(of_b, x.mT) if left else -matmul(x.mT, of_b)
        diagonal = 1 if unitriangular else 0
        return (triu(of_a, diagonal) if upper else tril(of_a, -diagonal)), of_b

    return differentiable(
        x, "LinalgSolveTriangularBackward0", (A, B), saved=(A, x), backward=backward
    )
