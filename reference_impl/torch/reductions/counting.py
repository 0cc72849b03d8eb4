"""Whether elements are true, and how many are."""

from __future__ import annotations

import builtins
from array import array
from collections.abc import Callable, Sequence

from .. import dtypes
from ..operators import operator
from ..tensor import Tensor
from .frame import fold, reduced_dims

__all__ = ["all", "any", "count_nonzero"]


def judged(
    input: Tensor,
    dim: int | Sequence[int] | None,
    keepdim: bool,
    judge: Callable[[array], bool],
) -> Tensor:
    """Return a verdict on the elements along some dimensions; bytes answer in bytes."""
    dims = reduced_dims(input, dim, empty_is_all=False)
    kind = dtypes.uint8 if input.dtype is dtypes.uint8 else dtypes.bool
    return fold(input, dims, keepdim, judge, kind)


@operator
def all(
    input: Tensor,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    out: Tensor | None = None,
) -> Tensor:
    """Tell whether all elements are not 0; of none, all are.

    Args:
        input: Shape `(*)`.
        dim: The dimensions that disappear; None for all.
        keepdim: Keep them, with size 1.
        out: Where to write the result.

    >>> torch.tensor([[True, True], [True, False]]).all(dim=1)
    tensor([ True, False])
    """
    return judged(input, dim, keepdim, builtins.all)


@operator
def any(
    input: Tensor,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    out: Tensor | None = None,
) -> Tensor:
    """Tell whether an element is not 0; of none, none is.

    Args:
        input: Shape `(*)`.
        dim: The dimensions that disappear; None for all.
        keepdim: Keep them, with size 1.
        out: Where to write the result.

    >>> torch.tensor([[0, 0], [0, 3]]).any(dim=1)
    tensor([False,  True])
    """
    return judged(input, dim, keepdim, builtins.any)


@operator
def count_nonzero(input: Tensor, dim: int | Sequence[int] | None = None) -> Tensor:
    """Return how many elements are not 0, in all or along some dimensions.

    >>> torch.count_nonzero(torch.tensor([[0, 1, 2], [0, 0, 3]]), dim=0)
    tensor([0, 1, 2])
    """
    dims = reduced_dims(input, dim)
    return fold(input, dims, False, lambda row: len(row) - row.count(0), dtypes.int64)
