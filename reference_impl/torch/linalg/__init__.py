"""Linear algebra: `torch.linalg`, and what of it stands in torch itself.

In reading order: the loops of matrix products, products, sums of products, einsum, chains;
then triangles and diagonals, vectors, covariance, distances; then norms, and factors of
matrices and what they solve.
"""

from __future__ import annotations

from .chains import multi_dot
from .naming import linalg_missing as _missing
from .products import matmul
from .vectors import cross, vecdot
from .vectors import linalg_vander as vander

__all__ = [
    "cross",
    "matmul",
    "multi_dot",
    "vander",
    "vecdot",
]


def __getattr__(name: str) -> object:
    raise _missing(name)
