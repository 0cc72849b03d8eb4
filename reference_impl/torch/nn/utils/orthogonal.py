"""Weights that stay orthogonal: columns of length 1 at right angles, whatever is learned.

What is learned is any matrix; a map makes an orthogonal one of it. The exponential and the
Cayley map start from a skew-symmetric matrix; the third multiplies reflections, one for each
column. (Lezcano-Casado, 2019: arXiv:1909.09501)
"""

from __future__ import annotations

from ...creation import eye, zeros_like
from ...dtypes import finfo
from ...elementwise.comparison import allclose
from ...gradmode import no_grad
from ...joining import cat
from ...linalg.decompositions import rotation_and_triangle
from ...linalg.exponentials import matrix_exp
from ...linalg.solving import solve
from ...sampling import randn
from ...tensor import Tensor
from ..modules.module import Module
from .parametrize import register_parametrization

MAPS = ("matrix_exp", "cayley", "householder")


def is_orthogonal(q: Tensor) -> bool:
    """Tell whether columns have length 1 and stand at right angles."""
    n, k = q.size()[-2:]
    return allclose(q.mT @ q, eye(k, dtype=q.dtype), atol=10.0 * n * finfo(q.dtype).eps)


def made_orthogonal(a: Tensor) -> Tensor:
    """Return the orthogonal factor of a matrix, so that the other has a positive diagonal."""
    q, r = rotation_and_triangle(a, "reduced")
    return q * r.diagonal(dim1=-2, dim2=-1).sgn().unsqueeze(-2)


def reflections(a: Tensor) -> Tensor:
    """Return the product of reflections at the columns below the diagonal. `(*, n, k)`."""
    n, k = a.size()[-2:]
    whole = eye(n, dtype=a.dtype)
    vectors = a.tril(-1) + whole[:, :k]
    found = whole[:, :k].expand(a.shape)
    for at in reversed(range(k)):
        v = vectors[..., at : at + 1]
        found = found - (2.0 / (v * v).sum(-2, keepdim=True)) * v @ (v.mT @ found)
    return found


class _Orthogonal(Module):
    """An orthogonal weight from any matrix."""

    __shown__ = "torch.nn.utils.parametrizations._Orthogonal"

    def __init__(self, weight: Tensor, orthogonal_map: str, *, use_trivialization: bool) -> None:
        super().__init__()
        self.shape = weight.shape
        self.orthogonal_map = orthogonal_map
        if use_trivialization:
            self.register_buffer("base", None)

    def forward(self, X: Tensor) -> Tensor:
        """Return the weight."""
        wide = X.size(-2) < X.size(-1)
        x = X.mT if wide else X
        n, k = x.size()[-2:]
        if self.orthogonal_map == "householder":
            signs = x.diagonal(dim1=-2, dim2=-1).int().unsqueeze(-2)
            q = reflections(x) * signs
        else:
            x = x.tril()
            if n != k:
                x = cat([x, x.new_zeros(n, n - k).expand(*x.shape[:-2], -1, -1)], dim=-1)
            skew = x - x.mT
            if self.orthogonal_map == "matrix_exp":
                q = matrix_exp(skew)
            else:
                whole = eye(n, dtype=skew.dtype)
                q = solve(whole.add(skew, alpha=-0.5), whole.add(skew, alpha=0.5))
            q = q if n == k else q[..., :k]
        if hasattr(self, "base"):
            q = self.base @ q
        return q.mT if wide else q

    @no_grad()
    def right_inverse(self, Q: Tensor) -> Tensor:
        """Return a matrix that stands for a weight, made orthogonal first."""
        if Q.shape != self.shape:
            raise ValueError(
                f"Expected a matrix or batch of matrices of shape {self.shape}. Got a tensor of "
                f"shape {Q.shape}."
            )
        if not hasattr(self, "base"):
            if self.orthogonal_map == "householder":
                raise NotImplementedError(
                    "orthogonal with use_trivialization=False is not part of reference_impl"
                )
            raise NotImplementedError(
                "It is not possible to assign to the matrix exponential or the Cayley "
                "parametrizations when use_trivialization=False."
            )
        q = Q.mT if Q.size(-2) < Q.size(-1) else Q
        n, k = q.size()[-2:]
        if n != k:
            q = made_orthogonal(cat([q, randn(*q.size()[:-2], n, n - k, dtype=q.dtype)], dim=-1))
        else:
            q = q.clone() if is_orthogonal(q) else made_orthogonal(q)
        self.base = q
        start = zeros_like(Q)
        start.diagonal(dim1=-2, dim2=-1).fill_(-1.0)
        return start


def orthogonal(
    module: Module,
    name: str = "weight",
    orthogonal_map: str | None = None,
    *,
    use_trivialization: bool = True,
) -> Module:
    """Let a weight be orthogonal, whatever is learned; return the module.

    Args:
        module: whose weight.
        name: of the weight, a matrix.
        orthogonal_map: `matrix_exp` (for squares), `householder` (for others) or `cayley`.
        use_trivialization: whether to keep the first weight as a factor.
    """
    weight = getattr(module, name, None)
    if not isinstance(weight, Tensor):
        raise ValueError(f"Module '{module}' has no parameter or buffer with name '{name}'")
    if weight.ndim < 2:
        raise ValueError(
            f"Expected a matrix or batch of matrices. Got a tensor of {weight.ndim} dimensions."
        )
    if orthogonal_map is None:
        square = weight.size(-2) == weight.size(-1)
        orthogonal_map = "matrix_exp" if square else "householder"
    if orthogonal_map not in MAPS:
        raise ValueError(
            'orthogonal_map has to be one of "matrix_exp", "cayley", "householder". Got: '
            f"{orthogonal_map}"
        )
    made = _Orthogonal(weight, orthogonal_map, use_trivialization=use_trivialization)
    register_parametrization(module, name, made, unsafe=True)
    return module
