"""Decompositions: a matrix as a product of simpler ones.

Triangles that are each other's transpose (cholesky), a rotation and a triangle (qr), two
rotations and a stretching along the axes (svd), one rotation there and back (eigh). Their
gradients are those of torch's `FunctionsManual.cpp`: each factor may change only in the way
that keeps it what it is.
"""

from __future__ import annotations

from ..dtypes import finfo, int32
from ..graph import differentiable
from ..joining import cat
from ..operators import operator
from ..tensor import Tensor
from .diagonals import diag_embed, tril, triu
from .eigen_kernels import symmetric
from .factor_kernels import cholesky as factored
from .factor_kernels import qr as rotated
from .matrices import by_columns, each, flattened
from .naming import check_floating, check_matrices, check_square, linalg, results
from .products import matmul
from .singular_kernels import singular, turned
from .solving import raise_singular, solve_triangular

__all__ = ["svd"]

CholeskyEx = results("linalg_cholesky_ex", "L", "info")
Qr = results("linalg_qr", "Q", "R")
Svd = results("linalg_svd", "U", "S", "Vh")
TorchSvd = results("svd", "U", "S", "V")
Eigh = results("linalg_eigh", "eigenvalues", "eigenvectors")


def cholesky_factor(a: Tensor, upper: bool, name: str) -> tuple[Tensor, Tensor]:
    """Return the triangles of positive-definite matrices, and where they ceased to be so."""
    check_square(a, name)
    check_floating(a, name, "cholesky_cpu")
    given = a.detach().mT if upper else a.detach()

    def compute(matrix: list) -> tuple[list, list]:
        rows, failed = factored(matrix)
        return flattened(rows), [failed]

    factor, info = each(compute, (given,), [(a._size, a.dtype), (a._size[:-2], int32)])
    factor = tril(factor)
    if a.dim() and upper:
        factor = factor.mT.detach()
    factor = by_columns(factor)

    def backward(grads: tuple, factor: Tensor) -> Tensor:
        lower, grad = (factor.mT, grads[0].mT) if upper else (factor, grads[0])
        inner = tril(matmul(lower.mT, grad))
        inner = 0.5 * (inner + tril(inner, -1).mT)
        inner = solve_triangular(lower.mT, inner, upper=True)
        inner = solve_triangular(lower, inner, upper=False, left=False)
        return 0.5 * (inner + inner.mT)

    return differentiable(
        (factor, info), "LinalgCholeskyExBackward0", (a,), saved=(factor,), backward=backward
    )


@linalg
def cholesky(A: Tensor, *, upper: bool = False, out: Tensor | None = None) -> Tensor:
    """Return the lower triangle `L` with `L @ L.T = A`, for symmetric positive-definite `A`.

    A square root of a matrix; of a covariance, what turns independent noise into noise of
    that covariance.

    >>> torch.linalg.cholesky(torch.tensor([[4.0, 2.0], [2.0, 5.0]]))
    tensor([[2., 0.],
            [1., 2.]])

    Args:
        A: `(*, N, N)`; only one triangle is read.
        upper: return the upper triangle `U` with `U.T @ U = A`.
        out: a tensor to write the result to.

    Raises:
        LinAlgError: a matrix that is not positive-definite.
    """
    factor, info = cholesky_factor(A, upper, "linalg.cholesky")
    raise_singular(
        info,
        "linalg.cholesky",
        "The factorization could not be completed because the input is not positive-definite (the "
        "leading minor of order {} is not positive-definite).",
    )
    return factor


@linalg
def cholesky_ex(
    A: Tensor,
    *,
    upper: bool = False,
    check_errors: bool = False,
    out: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """Return what `cholesky` returns, and 0 where there is one, without an error where not."""
    if check_errors:
        cholesky(A, upper=upper)
    return CholeskyEx(cholesky_factor(A, upper, "linalg.cholesky_ex"))


def symmetrized(a: Tensor) -> Tensor:
    """Return a triangle and its transpose, the diagonal once."""
    return a + a.mT - diag_embed(a.diagonal(0, -2, -1))


def rotation_and_triangle(a: Tensor, mode: str) -> tuple[Tensor, Tensor]:
    """Return Q with orthonormal columns and the upper triangle R, whose product is the matrix."""
    check_matrices(a, "linalg.qr")
    check_floating(a, "linalg.qr", "geqrf_cpu")
    if mode not in ("reduced", "complete", "r"):
        raise RuntimeError(
            f"qr received unrecognized mode '{mode}' but expected one of 'reduced' (default), 'r', "
            "or 'complete'"
        )
    m, n = a._size[-2:]
    width = m if mode == "complete" else min(m, n)
    front = a._size[:-2]
    sizes = [((*front, m, width), a.dtype), ((*front, width, n), a.dtype)]
    q, r = each(lambda x: map(flattened, rotated(x, width)), (a.detach(),), sizes)
    if mode == "r":
        q = a.new_empty((0,))

    def backward(grads: tuple, q: Tensor, r: Tensor) -> Tensor:
        if mode == "r":
            raise RuntimeError(
                "The derivative of linalg.qr depends on Q, which is not computed when mode='r'. "
                "Please use linalg.qr(A, mode='reduced') if you are going to differentiate through "
                "linalg.qr."
            )
        if mode == "complete" and m > n:
            raise RuntimeError(
                "The QR decomposition is not differentiable when mode='complete' and nrows > ncols"
            )
        return qr_gradient(*grads, q, r)

    return differentiable((q, r), "LinalgQrBackward0", (a,), saved=(q, r), backward=backward)


def qr_gradient(of_q: Tensor | None, of_r: Tensor | None, q: Tensor, r: Tensor) -> Tensor:
    """Return the gradient of a matrix from those of its factors, of which one may be None.

    The columns beyond a square are `q.T` times the matrix: they only turn with Q.
    """
    m, n = r._size[-2:]
    if m < n:
        of_rest = None if of_r is None else of_r.narrow(-1, m, n - m)
        if of_rest is not None:
            turn = matmul(matmul(q, r.narrow(-1, m, n - m)), of_rest.mT)
            of_q = turn if of_q is None else of_q + turn
        of_square = None if of_r is None else of_r.narrow(-1, 0, m)
        first = qr_gradient(of_q, of_square, q, r.narrow(-1, 0, m))
        shape = (*r._size[:-2], m, n - m)
        second = r.new_zeros(shape) if of_rest is None else matmul(q, of_rest)
        return cat((first, second), -1)
    inner = 0 if of_r is None else matmul(of_r, r.mT)
    if of_q is not None:
        inner = inner - matmul(q.mT, of_q)
    found = matmul(q, symmetrized(triu(inner)))
    found = found if of_q is None else found + of_q
    return solve_triangular(r.mT, found, upper=False, left=False)


def linalg_qr_(A: Tensor, mode: str = "reduced", *, out: Tensor | None = None) -> tuple:
    """Return Q with orthonormal columns and the upper triangle R with `Q @ R = A`.

    Mirrors send one column after the other onto an axis, away from its own sign, so that
    nothing cancels: hence the minus signs.

    >>> q, r = torch.linalg.qr(torch.tensor([[3.0, 1.0], [4.0, 2.0]]))
    >>> r
    tensor([[-5.0000, -2.2000],
            [ 0.0000,  0.4000]])

    Args:
        A: `(*, M, N)`.
        mode: `"reduced"`, Q is `(*, M, min(M, N))`; `"complete"`, Q is square; `"r"`, no Q.
        out: a pair of tensors to write the results to.
    """
    return Qr(rotation_and_triangle(A, mode))


linalg_qr_.__name__ = "qr"
linalg_qr = linalg(linalg_qr_)


def stretched(
    a: Tensor, full: bool, name: str, vectors: bool = True
) -> tuple[Tensor, Tensor, Tensor]:
    """Return U, S and Vh of the singular value decomposition."""
    check_matrices(a, name)
    check_floating(a, name, "linalg_svd_cpu")
    m, n = a._size[-2:]
    k = min(m, n)
    eps = finfo(a.dtype).eps / 2
    front = a._size[:-2]
    rows, columns = (m, n) if full else (k, k)

    def compute(matrix: list) -> tuple[list, list, list]:
        if not k:
            ones = [[float(i == j) for j in range(m)] for i in range(m)]
            return (
                flattened(ones) if full else [],
                [],
                ([float(i == j) for i in range(n) for j in range(n)] if full else []),
            )
        u, s, v = singular([list(row) for row in matrix], eps, full)
        tiny = s[0] * 2.0**-50
        s = [x if x > tiny else 0.0 for x in s]
        return (
            flattened([row[:rows] for row in u]),
            s,
            flattened(turned(v)[:columns]),
        )

    sizes = [((*front, m, rows), a.dtype), ((*front, k), a.dtype), ((*front, columns, n), a.dtype)]
    u, _, vh = each(compute, (a.detach(),), sizes)
    (s,) = each(lambda x: compute(x)[1:2], (a.detach(),), sizes[1:2], by_columns=False)
    results = (u, s, vh)

    def backward(grads: tuple, u: Tensor, s: Tensor, vh: Tensor) -> Tensor:
        of_u, of_s, of_vh = grads
        of_u = of_u if of_u is None else of_u.narrow(-1, 0, k)
        of_vh = of_vh if of_vh is None else of_vh.narrow(-2, 0, k)
        u, vh = u.narrow(-1, 0, k), vh.narrow(-2, 0, k)
        return svd_gradient((of_u, of_s, of_vh), u, s, vh)

    return differentiable(results, "LinalgSvdBackward0", (a,), saved=results, backward=backward)


def svd_gradient(grads: tuple, u: Tensor, s: Tensor, vh: Tensor) -> Tensor:
    """Return the gradient of a matrix from those of its singular value decomposition.

    What turns two singular vectors into each other is divided by the difference of their
    squared values: for equal values there is no gradient. (`svd_backward`)
    """
    of_u, of_s, of_vh = grads
    if of_u is None and of_vh is None:
        return matmul(u * of_s.unsqueeze(-2), vh)
    m, n, k = u.size(-2), vh.size(-1), s.size(-1)
    one = diag_embed(s.new_ones(s._size))
    gap = s.unsqueeze(-2) ** 2 - s.unsqueeze(-1) ** 2 + one
    inner = diag_embed(s * 0 if of_s is None else of_s)
    if of_u is not None:
        turn = matmul(u.mT, of_u)
        inner = inner + (turn - turn.mT) / gap * s.unsqueeze(-2)
    if of_vh is not None:
        turn = matmul(vh, of_vh.mT)
        inner = inner + s.unsqueeze(-1) * ((turn - turn.mT) / gap)
    found = matmul(matmul(u, inner), vh)
    if of_u is not None and m > k:
        rest = of_u / s.unsqueeze(-2)
        found = found + matmul(rest - matmul(u, matmul(u.mT, rest)), vh)
    if of_vh is not None and n > k:
        rest = of_vh / s.unsqueeze(-1)
        found = found + matmul(u, rest - matmul(matmul(rest, vh.mT), vh))
    return found


def linalg_svd_(
    A: Tensor,
    full_matrices: bool = True,
    *,
    driver: str | None = None,
    out: Tensor | None = None,
) -> tuple:
    """Return U, S and Vh: `U @ diag(S) @ Vh = A`, a rotation, a stretching, a rotation.

    >>> u, s, vh = torch.linalg.svd(torch.tensor([[3.0, 0.0], [0.0, -2.0]]))
    >>> s
    tensor([3., 2.])

    Args:
        A: `(*, M, N)`.
        full_matrices: whether U and Vh are square; else they have `min(M, N)` columns and rows.
        driver: of no effect.
        out: three tensors to write the results to.
    """
    return Svd(stretched(A, full_matrices, "linalg.svd"))


linalg_svd_.__name__ = "svd"
linalg_svd = linalg(linalg_svd_)


@linalg
def svdvals(A: Tensor, *, driver: str | None = None, out: Tensor | None = None) -> Tensor:
    """Return singular values, largest first. `(*, M, N)` to `(*, min(M, N))`.

    >>> torch.linalg.svdvals(torch.tensor([[3.0, 0.0], [0.0, -4.0]]))
    tensor([4., 3.])
    """
    return stretched(A, False, "linalg.svdvals")[1]


@operator
def svd(
    input: Tensor, some: bool = True, compute_uv: bool = True, *, out: Tensor | None = None
) -> tuple:
    """Return U, S and V, of which `torch.linalg.svd` gives the transpose."""
    u, s, vh = stretched(input, not some, "linalg.svd")
    if not compute_uv:
        m, n = input._size[-2:]
        front = input._size[:-2]
        return TorchSvd((input.new_zeros((*front, m, m)), s, input.new_zeros((*front, n, n))))
    return TorchSvd((u, s, vh.transpose(-2, -1)))


def eigen(a: Tensor, uplo: str, name: str) -> tuple[Tensor, Tensor]:
    """Return eigenvalues, ascending, and eigenvectors of symmetric matrices."""
    check_square(a, name)
    check_floating(a, name, "linalg_eigh_cpu")
    if uplo.upper() not in ("L", "U"):
        raise RuntimeError(f"Expected UPLO argument to be 'L' or 'U', but got {uplo}")
    eps = finfo(a.dtype).eps / 2

    def compute(matrix: list) -> tuple[list, list]:
        d, z = symmetric([list(row) for row in matrix], uplo.upper() == "L", eps)
        tiny = max(map(abs, d), default=0.0) * 2.0**-50
        return flattened(z), [x if abs(x) > tiny else 0.0 for x in d]

    size, front = a._size, a._size[:-1]
    (vectors,) = each(lambda x: compute(x)[:1], (a.detach(),), [(size, a.dtype)])
    (values,) = each(lambda x: compute(x)[1:], (a.detach(),), [(front, a.dtype)], by_columns=False)

    def backward(grads: tuple, values: Tensor, vectors: Tensor) -> Tensor:
        of_values, of_vectors = grads
        if of_vectors is None:
            return matmul(vectors * of_values.unsqueeze(-2), vectors.mT)
        one = diag_embed(values.new_ones(values._size))
        gap = values.unsqueeze(-2) - values.unsqueeze(-1) + one
        turn = matmul(vectors.mT, of_vectors)
        inner = (turn - diag_embed(turn.diagonal(0, -2, -1))) / gap
        if of_values is not None:
            inner = inner + diag_embed(of_values)
        found = matmul(vectors, matmul(inner, vectors.mT))
        return 0.5 * (found + found.mT)

    results = (values, vectors)
    return differentiable(results, "LinalgEighBackward0", (a,), saved=results, backward=backward)


@linalg
def eigh(A: Tensor, UPLO: str = "L", *, out: Tensor | None = None) -> tuple:
    """Return eigenvalues, ascending, and eigenvectors, as columns, of a symmetric matrix.

    An eigenvector keeps its direction under the matrix and is stretched by its eigenvalue.
    Its sign is arbitrary.

    >>> values, vectors = torch.linalg.eigh(torch.tensor([[2.0, 1.0], [1.0, 2.0]]))
    >>> values
    tensor([1., 3.])

    Args:
        A: `(*, N, N)`.
        UPLO: which triangle is read, `"L"` or `"U"`.
        out: a pair of tensors to write the results to.
    """
    return Eigh(eigen(A, UPLO, "linalg.eigh"))


@linalg
def eigvalsh(A: Tensor, UPLO: str = "L", *, out: Tensor | None = None) -> Tensor:
    """Return the eigenvalues of a symmetric matrix, ascending. `(*, N, N)` to `(*, N)`.

    >>> torch.linalg.eigvalsh(torch.tensor([[2.0, 1.0], [1.0, 2.0]]))
    tensor([1., 3.])
    """
    return eigen(A, UPLO, "linalg.eigvalsh")[0]
