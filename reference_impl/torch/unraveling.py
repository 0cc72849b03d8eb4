"""From a place in row-major order to one index for each dimension."""

from __future__ import annotations

from collections.abc import Sequence

from .dtypes import INTEGRAL
from .elementwise import floor_divide, remainder
from .tensor import Tensor

__all__ = ["unravel_index"]


def unravel_index(indices: Tensor, shape: int | Sequence[int]) -> tuple[Tensor, ...]:
    """Return the indices of elements that are counted in row-major order: `argmax`'s way.

    >>> x = torch.tensor([[3, 1, 2], [4, 9, 5]])
    >>> torch.unravel_index(x.argmax(), x.shape)
    (tensor(1), tensor(1))

    Args:
        indices: places, counted from 0.
        shape: of the tensor that they are places of.

    Raises:
        TypeError: for places that are no integers.
        ValueError: for a negative size.
    """
    if indices.dtype.category != INTEGRAL:
        raise TypeError(f"expected 'indices' to be integer dtype, but got {indices.dtype}")
    sizes = (shape,) if isinstance(shape, int) else tuple(shape)
    if any(n < 0 for n in sizes):
        raise ValueError(f"'shape' cannot have negative values, but got {sizes}")
    found: list[Tensor] = []
    for n in reversed(sizes):
        found.insert(0, remainder(indices, n))
        indices = floor_divide(indices, n)
    return tuple(found)
