"""What singular values tell: rank, condition, the inverse of what has none, least squares."""

from __future__ import annotations

import math

from ..arguments import Number
from ..copying import clone
from ..creation import eye
from ..dtypes import finfo, int64
from ..elementwise import where
from ..graph import differentiable
from ..operators import operator
from ..tensor import Tensor
from .decompositions import stretched, svdvals
from .diagonals import tril
from .naming import check_floating, check_matrices, check_square, linalg, results
from .norms import matrix_norm
from .products import matmul
from .solving import as_columns, inv, inv_ex

__all__ = ["matrix_power", "pinverse"]

Lstsq = results("linalg_lstsq", "solution", "residuals", "rank", "singular_values")


def tolerance(
    a: Tensor, largest: Tensor, atol: Tensor | Number | None, rtol: Tensor | Number | None
) -> Tensor | float:
    """Return below what a singular value counts as zero."""
    if rtol is None:
        given = isinstance(atol, Tensor) or atol
        rtol = 0.0 if given else finfo(a.dtype).eps * max(a._size[-2:])
    atol, rtol = (x.unsqueeze(-1) if isinstance(x, Tensor) else x for x in (atol, rtol))
    of_size = largest * rtol
    return of_size if atol is None else where(of_size > atol, of_size, atol)


def of_triangle(a: Tensor, hermitian: bool) -> Tensor:
    """Return the symmetric matrix that the lower triangle stands for, if that is asked for."""
    return tril(a) + tril(a, -1).mT if hermitian else a


@linalg
def matrix_rank(
    input: Tensor,
    tol: Tensor | Number | None = None,
    hermitian: bool = False,
    *,
    atol: Tensor | Number | None = None,
    rtol: Tensor | Number | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return how many dimensions the image of a matrix has: its singular values above a bound.

    >>> torch.linalg.matrix_rank(torch.tensor([[1.0, 2.0], [2.0, 4.0]]))
    tensor(1)

    Args:
        input: `(*, M, N)`.
        tol: the bound, under its old name.
        hermitian: read the lower triangle only, as half of a symmetric matrix.
        atol: the bound.
        rtol: the bound, relative to the largest singular value; the type's precision times
            the larger size if None.
        out: a tensor to write the result to.
    """
    check_matrices(input, "torch.linalg.matrix_rank", "input")
    if not input.dtype.is_floating_point:
        raise RuntimeError("This function doesn't handle types other than float and double")
    if not input.numel():
        return input.new_zeros(input._size[:-2], dtype=int64)
    values = svdvals(of_triangle(input.detach(), hermitian))
    bound = tolerance(input, values.amax(-1, True), tol if atol is None else atol, rtol)
    return (values > bound).sum(-1)


def pseudo_inverse(
    a: Tensor,
    atol: Tensor | Number | None,
    rtol: Tensor | Number | None,
    hermitian: bool = False,
) -> Tensor:
    """Return the pseudo-inverses of matrices, recorded."""
    check_matrices(a, "linalg.pinv", "A")
    plain = a.detach()
    if a.numel():
        u, s, vh = stretched(of_triangle(plain, hermitian), False, "linalg.pinv")
        bound = tolerance(plain, s.narrow(-1, 0, 1), atol, rtol)
        inverse = where(s > bound, 1 / s, 0.0)
        found = matmul(vh.mT * inverse.unsqueeze(-2), u.mT)
    else:
        found = plain.new_empty((*a._size[:-2], a._size[-1], a._size[-2]))
    return differentiable(
        found, "LinalgPinvBackward0", (a,), saved=(found, a), backward=pinv_gradient
    )


def pinv_gradient(grad: Tensor, p: Tensor, a: Tensor) -> Tensor:
    """Return the gradient of a matrix from that of its pseudo-inverse `p` (`pinv_backward`)."""
    turned, gradient = p.mT, grad.mT
    if a._size[-2] <= a._size[-1]:
        k = matmul(gradient, p)
        along = matmul(k, turned)
        return (
            -matmul(p, k).mT
            + along
            - matmul(matmul(a, p), along)
            + matmul(matmul(turned, p), gradient - matmul(k, a))
        )
    k = matmul(p, gradient)
    along = matmul(turned, k)
    return (
        -matmul(k, p).mT
        + matmul(matmul(gradient - matmul(a, k), p), turned)
        + along
        - matmul(matmul(along, p), a)
    )


@linalg
def pinv(
    A: Tensor,
    rcond: Tensor | Number | None = None,
    hermitian: bool = False,
    *,
    atol: Tensor | Number | None = None,
    rtol: Tensor | Number | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return the pseudo-inverses of matrices. `(*, M, N)` to `(*, N, M)`.

    It undoes what can be undone: `pinv(A) @ b` is the shortest `x` that brings `A @ x`
    nearest to `b`.

    >>> torch.linalg.pinv(torch.tensor([[2.0, 0.0], [0.0, 0.0]]))
    tensor([[0.5000, 0.0000],
            [0.0000, 0.0000]])

    Args:
        A: of any shape and rank.
        rcond: `rtol`, under its old name.
        hermitian: read the lower triangle only, as half of a symmetric matrix.
        atol: singular values up to this count as zero.
        rtol: the same, relative to the largest.
        out: a tensor to write the result to.
    """
    return pseudo_inverse(A, atol, rcond if rtol is None else rtol, hermitian)


@operator
def pinverse(input: Tensor, rcond: float = 1e-15) -> Tensor:
    """Return `torch.linalg.pinv` with another bound."""
    return pseudo_inverse(input, None, rcond)


@linalg
def lstsq(
    input: Tensor, b: Tensor, rcond: float | None = None, *, driver: str | None = None
) -> tuple:
    """Return the `X` that brings `input @ X` nearest to `b`; of several, the shortest.

    >>> a = torch.tensor([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    >>> torch.linalg.lstsq(a, torch.tensor([[1.0], [3.0], [5.0]])).solution
    tensor([[1.0000],
            [2.0000]])

    Args:
        input: `(*, M, N)`.
        b: `(*, M, K)` or `(*, M)`.
        rcond: singular values up to this, relative to the largest, count as zero.
        driver: `"gelsy"`, `"gelsd"`, `"gelss"` also tell the rank, the last two the singular
            values; `"gels"` takes it for full.
    """
    name = "torch.linalg.lstsq"
    if input.dim() < 2:
        raise RuntimeError(f"{name}: input must have at least 2 dimensions.")
    check_floating(input, name)
    vectors = as_columns(input, b) or b.dim() == input.dim() - 1
    columns = b.unsqueeze(-1) if vectors else b
    m, n = input._size[-2:]
    if columns._size[-2] != m:
        which = "-1" if vectors else "-2"
        raise RuntimeError(f"{name}: input.size(-2) should match other.size({which})")
    driver = driver or "gelsy"
    if driver not in ("gels", "gelsy", "gelsd", "gelss"):
        raise RuntimeError(
            f"{name}: parameter `driver` should be one of (gels, gelsy, gelsd, gelss)"
        )
    plain = input.detach()
    values = svdvals(plain)
    bound = finfo(input.dtype).eps * max(m, n) if rcond is None else rcond
    ranks = (values > bound * values.amax(-1, True)).sum(-1)
    inverse = pseudo_inverse(plain, None, bound)
    solution = matmul(inverse, columns.detach())
    residuals = input.new_empty((0,))
    if driver != "gelsy" and m > n and bool((ranks == n).all()):
        residuals = ((matmul(plain, solution) - columns.detach()) ** 2).sum(-2)
    solution = solution.squeeze(-1).detach() if vectors else solution

    def backward(grads: tuple, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
        of_x, of_rest = grads
        right = b.unsqueeze(-1) if vectors else b
        inverse = pseudo_inverse(a, None, None)
        of_a, of_b = a * 0, right * 0
        if of_x is not None:
            grad = of_x.unsqueeze(-1) if vectors else of_x
            of_b = matmul(inverse.mT, grad)
            of_a = pinv_gradient(matmul(grad, right.mT), inverse, a)
        if of_rest is not None and of_rest.numel():
            x = matmul(inverse, right)
            apart = 2 * (matmul(a, x) - right) * of_rest.unsqueeze(-2)
            of_a, of_b = of_a + matmul(apart, x.mT), of_b - apart
        return of_a, of_b.squeeze(-1) if vectors else of_b

    solution, residuals = differentiable(
        (solution, residuals),
        "LinalgLstsqBackward0",
        (input, b),
        saved=(input, b),
        backward=backward,
    )
    nothing = input.new_empty((0,))
    rank = ranks if driver != "gels" else input.new_empty((0,), dtype=int64)
    shown = values if driver in ("gelsd", "gelss") else nothing
    return Lstsq((solution, residuals, rank, shown))


@linalg
def cond(A: Tensor, p: Number | str | None = None, *, out: Tensor | None = None) -> Tensor:
    """Return the condition of matrices: how many times errors may grow in solving with them.

    The largest singular value over the smallest, or `norm(A, p) * norm(inv(A), p)`.

    >>> torch.linalg.cond(torch.tensor([[100.0, 0.0], [0.0, 1.0]]))
    tensor(100.)
    """
    check_matrices(A, "linalg.cond")
    if p is None or p in (2, -2):
        values = svdvals(A)
        largest, smallest = values.narrow(-1, 0, 1), values.narrow(-1, values.size(-1) - 1, 1)
        ratio = smallest / largest if p == -2 else largest / smallest
        return ratio.squeeze(-1)
    shown = p if isinstance(p, str) or p != int(p if math.isfinite(p) else 0) else int(p)
    check_square(A, f"linalg.cond(ord={shown})")
    if p == "nuc":
        return svdvals(A).sum(-1) * svdvals(inv(A)).sum(-1)
    inverse, info = inv_ex(A)
    inverse = (
        where(info.reshape((*info._size, 1, 1)) > 0, math.inf, inverse) if info.any() else inverse
    )
    found = matrix_norm(A, p) * matrix_norm(inverse, p)
    return found.nan_to_num(math.inf, math.inf, -math.inf)


def power(input: Tensor, n: int, *, out: Tensor | None = None) -> Tensor:
    """Return a matrix multiplied by itself; with squares, so that few products are needed.

    >>> torch.linalg.matrix_power(torch.tensor([[1, 1], [1, 0]]), 10)
    tensor([[89, 55],
            [55, 34]])

    Args:
        input: `(*, N, N)`.
        n: how often; negative for the inverse.
        out: a tensor to write the result to.
    """
    check_square(input, "linalg.matrix_power")
    if n == 0:
        return clone(input).copy_(eye(input._size[-1], dtype=input.dtype, device=input.device))
    base = inv(input) if n < 0 else input
    n = abs(n)
    if n == 1:
        return clone(base)
    if n == 3:
        return matmul(matmul(base, base), base)
    square, found = base, None
    while n:
        if n % 2:
            found = square if found is None else matmul(found, square)
        n //= 2
        square = matmul(square, square) if n else square
    return found


power.__name__ = "matrix_power"
matrix_power = operator(power)
linalg_power = linalg(power)
