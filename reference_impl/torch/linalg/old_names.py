"""Names that torch had before `torch.linalg`: some still work, some only say what to use."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from ..graph import differentiable
from ..operators import operator
from ..tensor import Tensor
from .decompositions import cholesky as linalg_cholesky
from .decompositions import linalg_qr
from .diagonals import tril, triu
from .matrices import by_columns
from .naming import check_matrices, results, warn_once
from .norms import matrix_norm
from .products import matmul
from .solving import solve_triangular

__all__ = ["cholesky", "eig", "lstsq", "matrix_rank", "nuclear_norm", "qr", "solve", "symeig"]
__all__ += ["triangular_solve"]

QR = results("qr", "Q", "R")
TriangularSolve = results("triangular_solve", "solution", "cloned_coefficient")

WARNED = {
    "cholesky": (
        "torch.cholesky is deprecated in favor of torch.linalg.cholesky and will be removed in a "
        "future PyTorch release.\nL = torch.cholesky(A)\nshould be replaced with\nL = "
        "torch.linalg.cholesky(A)\nand\nU = torch.cholesky(A, upper=True)\nshould be replaced "
        "with\nU = torch.linalg.cholesky(A).mH\nThis transform will produce equivalent results "
        "for all valid (symmetric positive definite) inputs. (Triggered internally at "
        "/__w/pytorch/pytorch/aten/src/ATen/native/BatchLinearAlgebra.cpp:1765.)"
    ),
    "qr": (
        "torch.qr is deprecated in favor of torch.linalg.qr and will be removed in a future "
        "PyTorch release.\nThe boolean parameter 'some' has been replaced with a string parameter "
        "'mode'.\nQ, R = torch.qr(A, some)\nshould be replaced with\nQ, R = torch.linalg.qr(A, "
        "'reduced' if some else 'complete') (Triggered internally at "
        "/__w/pytorch/pytorch/aten/src/ATen/native/BatchLinearAlgebra.cpp:2505.)"
    ),
    "triangular_solve": (
        "torch.triangular_solve is deprecated in favor of torch.linalg.solve_triangularand will be "
        "removed in a future PyTorch release.\ntorch.linalg.solve_triangular has its arguments "
        "reversed and does not return a copy of one of the inputs.\nX = torch.triangular_solve(B, "
        "A).solution\nshould be replaced with\nX = torch.linalg.solve_triangular(A, B). "
        "(Triggered internally at "
        "/__w/pytorch/pytorch/aten/src/ATen/native/BatchLinearAlgebra.cpp:2273.)"
    ),
}


@operator
def cholesky(input: Tensor, upper: bool = False, *, out: Tensor | None = None) -> Tensor:
    """Return what `torch.linalg.cholesky` returns, with a warning to use that."""
    warn_once(WARNED["cholesky"])
    return linalg_cholesky(input, upper=upper)


@operator
def qr(input: Tensor, some: bool = True, *, out: tuple | None = None) -> tuple:
    """Return what `torch.linalg.qr` returns, with a warning to use that."""
    warn_once(WARNED["qr"])
    return QR(linalg_qr(input, "reduced" if some else "complete"))


@operator
def triangular_solve(
    input: Tensor,
    A: Tensor,
    upper: bool = True,
    transpose: bool = False,
    unitriangular: bool = False,
    *,
    out: tuple | None = None,
) -> tuple:
    """Return `X` of `A @ X = input` for a triangle, and a copy of it; see `solve_triangular`.

    Args:
        input: the right side.
        A: the matrix.
        upper: which triangle of it counts.
        transpose: solve with the transposed triangle.
        unitriangular: take its diagonal for ones.
        out: a pair of tensors to write the results to.
    """
    warn_once(WARNED["triangular_solve"])
    check_matrices(input, "torch.triangular_solve", "b")
    check_matrices(A, "torch.triangular_solve")
    if A.size(-2) != input.size(-2):
        raise RuntimeError(
            f"Incompatible matrix sizes for triangular_solve: each A matrix is {A.size(-1)} by "
            f"{A.size(-2)} but each b matrix is {input.size(-2)} by {input.size(-1)}"
        )

    def solved(b: Tensor, a: Tensor, turned: bool) -> Tensor:
        a = a.mT if turned else a
        return solve_triangular(a, b, upper=upper != turned, unitriangular=unitriangular)

    found = by_columns(solved(input.detach(), A.detach(), transpose)), by_columns(A.detach())

    def backward(grads: tuple, a: Tensor, x: Tensor) -> tuple[Tensor | None, Tensor | None]:
        of_b, of_a = None, grads[1]
        if grads[0] is not None:
            of_b = solved(grads[0], a, not transpose)
            moved = -matmul(x, of_b.mT) if transpose else -matmul(of_b, x.mT)
            edge = int(unitriangular)
            moved = triu(moved, edge) if upper else tril(moved, -edge)
            of_a = moved if of_a is None else of_a + moved
        return of_b, of_a

    differentiable(
        found, "TriangularSolveBackward0", (input, A), saved=(A, found[0]), backward=backward
    )
    return TriangularSolve(found)


@operator
def nuclear_norm(
    input: Tensor, dim: tuple | None = None, keepdim: bool = False, *, out: Tensor | None = None
) -> Tensor:
    """Return the sum of the singular values; see `torch.linalg.matrix_norm`."""
    return matrix_norm(input, "nuc", dim or (-2, -1), keepdim)


del Tensor.nuclear_norm  # there is only the function

GONE = "This function was deprecated since version 1.9 and is now removed."
INSTEAD = {
    "eig": (
        " `torch.linalg.eig` returns complex tensors of dtype `cfloat` or `cdouble` rather than "
        "real tensors mimicking complex tensors.\n\nL, _ = torch.eig(A) should be replaced with:\n"
        "L_complex = torch.linalg.eigvals(A)\n\nand\n\nL, V = torch.eig(A, eigenvectors=True) "
        "should be replaced with:\nL_complex, V_complex = torch.linalg.eig(A)"
    ),
    "lstsq": (
        " `torch.lstsq` is deprecated in favor of `torch.linalg.lstsq`.\n`torch.linalg.lstsq` has "
        "reversed arguments and does not return the QR decomposition in the returned tuple "
        "(although it returns other information about the problem).\n\nTo get the QR decomposition "
        "consider using `torch.linalg.qr`.\n\nThe returned solution in `torch.lstsq` stored the "
        "residuals of the solution in the last m - n columns of the returned value whenever m > n. "
        "In torch.linalg.lstsq, the residuals are in the field 'residuals' of the returned named "
        "tuple.\n\nThe unpacking of the solution, as in\nX, _ = torch.lstsq(B, A).solution"
        "[:A.size(1)]\nshould be replaced with:\nX = torch.linalg.lstsq(A, B).solution"
    ),
    "matrix_rank": (
        "\nPlease use the `torch.linalg.matrix_rank` function instead. The parameter 'symmetric' "
        "was renamed in `torch.linalg.matrix_rank()` to 'hermitian'."
    ),
    "solve": (
        " `torch.solve` is deprecated in favor of `torch.linalg.solve`. `torch.linalg.solve` has "
        "its arguments reversed and does not return the LU factorization.\n\nTo get the LU "
        "factorization see `torch.lu`, which can be used with `torch.lu_solve` or "
        "`torch.lu_unpack`.\nX = torch.solve(B, A).solution should be replaced with:\nX = "
        "torch.linalg.solve(A, B)"
    ),
    "symeig": (
        " The default behavior has changed from using the upper triangular portion of the matrix "
        "by default to using the lower triangular portion.\n\nL, _ = torch.symeig(A, upper=upper) "
        "should be replaced with:\nL = torch.linalg.eigvalsh(A, UPLO='U' if upper else 'L')\n\n"
        "and\n\nL, V = torch.symeig(A, eigenvectors=True) should be replaced with:\nL, V = "
        "torch.linalg.eigh(A, UPLO='U' if upper else 'L')"
    ),
}


def removed(name: str) -> Callable:
    """Return a function that only tells what to use instead."""

    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise RuntimeError(GONE + INSTEAD[name])

    refuse.__name__ = refuse.__qualname__ = name
    refuse.__doc__ = f"Raise: torch has removed `torch.{name}`."
    return refuse


eig, lstsq, matrix_rank, solve, symeig = map(removed, INSTEAD)
for _name in ("eig", "lstsq", "solve", "symeig"):
    setattr(Tensor, _name, removed(_name))
