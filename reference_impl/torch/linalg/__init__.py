"""Linear algebra: `torch.linalg`, and what of it stands in torch itself.

In reading order: the loops of matrix products, products, sums of products, einsum, chains;
then triangles and diagonals, vectors, covariance; then solving, decompositions, norms,
distances, least squares.
"""

from __future__ import annotations

from ..pieces import diagonal as _diagonal
from ..tensor import Tensor
from .chains import multi_dot
from .decompositions import cholesky, cholesky_ex, eigh, eigvalsh, svdvals
from .decompositions import linalg_qr as qr
from .decompositions import linalg_svd as svd
from .exponentials import matrix_exp
from .factored_solving import linalg_lu_solve as lu_solve
from .factors import linalg_lu as lu
from .factors import lu_factor, lu_factor_ex
from .least_squares import cond, lstsq, matrix_rank, pinv
from .least_squares import linalg_power as matrix_power
from .naming import linalg_missing as _missing
from .norms import linalg_norm as norm
from .norms import matrix_norm, vector_norm
from .products import matmul
from .solving import LinAlgError, det, inv, inv_ex, solve, solve_ex, solve_triangular
from .solving import linalg_slogdet as slogdet
from .tensors import tensorinv, tensorsolve
from .vectors import cross, vecdot
from .vectors import linalg_vander as vander

__all__ = [
    "LinAlgError",
    "cholesky",
    "cholesky_ex",
    "cond",
    "cross",
    "det",
    "diagonal",
    "eigh",
    "eigvalsh",
    "inv",
    "inv_ex",
    "lstsq",
    "lu",
    "lu_factor",
    "lu_factor_ex",
    "lu_solve",
    "matmul",
    "matrix_exp",
    "matrix_norm",
    "matrix_power",
    "matrix_rank",
    "multi_dot",
    "norm",
    "pinv",
    "qr",
    "slogdet",
    "solve",
    "solve_ex",
    "solve_triangular",
    "svd",
    "svdvals",
    "tensorinv",
    "tensorsolve",
    "vander",
    "vecdot",
    "vector_norm",
]


def diagonal(A: Tensor, *, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Tensor:
    """Return the diagonals of matrices, as a view; see `torch.diagonal`."""
    return _diagonal(A, offset, dim1, dim2)


def __getattr__(name: str) -> object:
    raise _missing(name)
