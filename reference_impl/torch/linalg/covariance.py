"""Covariance: how quantities that were observed together vary together."""

from __future__ import annotations

import warnings

from ..dtypes import BOOL, FLOATING, INTEGRAL, int64
from ..literals import scalar_tensor
from ..operators import operator
from ..tensor import Tensor
from .products import mm

__all__ = ["corrcoef", "cov"]

NO_FREEDOM = (
    "cov(): degrees of freedom is <= 0. Correction should be strictly less than the number of "
    "observations. (Triggered internally at "
    "/__w/pytorch/pytorch/aten/src/ATen/native/Correlation.cpp:129.)"
)


def check_weights(weights: Tensor, name: str, kind: str, number: int) -> None:
    """Raise if weights are not one non-negative number an observation."""
    if weights.dim() > 1:
        raise RuntimeError(
            f"cov(): expected {name} to have one or fewer dimensions but got {name} with "
            f"{weights.dim()} dimensions"
        )
    if weights.dtype.category != (INTEGRAL if kind == "integral" else FLOATING):
        raise RuntimeError(
            f"cov(): expected {name} to have {kind} dtype but got {name} with "
            f"{weights.dtype.scalar_name} dtype"
        )
    if weights.numel() != number:
        raise RuntimeError(
            f"cov(): expected {name} to have the same numel as there are observations in the "
            f"input but got {weights.numel()} != {number}"
        )
    if number and weights.min().item() < 0:
        raise RuntimeError(f"cov(): {name} cannot be negative")


@operator
def cov(
    input: Tensor,
    *,
    correction: int = 1,
    fweights: Tensor | None = None,
    aweights: Tensor | None = None,
) -> Tensor:
    """Return the covariances of variables. `(V, N)` to `(V, V)`, the variances on the diagonal.

    >>> torch.cov(torch.tensor([[0.0, 1.0, 2.0], [2.0, 1.0, 0.0]]))
    tensor([[ 1., -1.],
            [-1.,  1.]])

    Args:
        input: a row for each variable, a column for each observation; a vector is one variable.
        correction: what is taken from the number of observations to divide by.
        fweights: how often each observation was made, as integers.
        aweights: how much each observation counts.
    """
    if input.dim() > 2:
        raise RuntimeError(
            "cov(): expected input to have two or fewer dimensions but got an input with "
            f"{input.dim()} dimensions"
        )
    if input.dtype.category == BOOL:
        raise RuntimeError("cov(): bool dtype is not supported for input")
    rows = input.view(1, -1) if input.dim() < 2 else input
    number = rows.size(1)
    weights = None
    if fweights is not None:
        check_weights(fweights, "fweights", "integral", number)
        weights = fweights
    if aweights is not None:
        check_weights(aweights, "aweights", "floating point", number)
        weights = aweights if weights is None else weights * aweights
    count = scalar_tensor(number, dtype=int64) if weights is None else weights.sum()
    if weights is not None and not count.item():
        raise RuntimeError("cov(): weights sum to zero, can't be normalized")
    average = (rows if weights is None else rows * weights).sum(1) / count
    if aweights is not None and correction != 0:
        freedom = count - correction * (weights * aweights).sum() / count
    else:
        freedom = count - correction
    if freedom.item() <= 0:
        warnings.warn(NO_FREEDOM, UserWarning, stacklevel=3)
        freedom = freedom * 0
    rows = rows - average.unsqueeze(1)
    products = mm(rows, (rows if weights is None else rows * weights).t())
    return (products / freedom).squeeze()


@operator
def corrcoef(input: Tensor) -> Tensor:
    """Return the covariances divided by both standard deviations: from -1 to 1.

    >>> torch.corrcoef(torch.tensor([[0.0, 1.0, 2.0], [4.0, 2.0, 0.0]]))
    tensor([[ 1., -1.],
            [-1.,  1.]])
    """
    if input.dim() > 2:
        raise RuntimeError(
            "corrcoef(): expected input to have two or fewer dimensions but got an input with "
            f"{input.dim()} dimensions"
        )
    products = cov(input)
    if products.dim() == 0:
        return products / products
    deviation = products.diagonal().sqrt()
    products = products / deviation.view(-1, 1)
    return (products / deviation.view(1, -1)).clamp(-1, 1)
