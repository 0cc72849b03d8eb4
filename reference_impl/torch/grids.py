"""Every place of a grid, from the ticks along its sides."""

from __future__ import annotations

import warnings

from .shapes import Size
from .tensor import Tensor

__all__ = ["meshgrid"]

WITHOUT_INDEXING = (
    "torch.meshgrid: in an upcoming release, it will be required to pass the indexing argument. "
    "(Triggered internally at /__w/pytorch/pytorch/aten/src/ATen/native/TensorShape.cpp:4215.)"
)


def meshgrid(*tensors: Tensor, indexing: str | None = None) -> tuple[Tensor, ...]:
    """Return coordinates of every place of a grid: one tensor for each dimension.

    Shapes `(N,)` and `(M,)` to two of `(N, M)`, and so on. They are views in which a stride
    of 0 repeats the ticks; the gradient of a tick is the sum over its repetitions.

    >>> rows, columns = torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij")
    >>> rows
    tensor([[0, 0, 0],
            [1, 1, 1]])
    >>> columns
    tensor([[0, 1, 2],
            [0, 1, 2]])

    Args:
        tensors: the ticks along each dimension; or one sequence of them.
        indexing: `"ij"` for matrices: the first tensor runs down; or `"xy"` for pictures:
            it runs to the right. "ij" if left out, with a warning.

    Raises:
        RuntimeError: another indexing, tensors of several types, or no tensor.
    """
    given = list(
        tensors[0] if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)) else tensors
    )
    if indexing is None:
        warnings.warn(WITHOUT_INDEXING, UserWarning, stacklevel=2)
    for at, tensor in enumerate(given):
        if not isinstance(tensor, Tensor):
            raise TypeError(
                f"expected Tensor as element {at} in argument 0, but got {type(tensor).__name__}"
            )
    if not given:
        raise RuntimeError("meshgrid expects a non-empty TensorList")
    if any(tensor.dtype is not given[0].dtype for tensor in given):
        raise RuntimeError("meshgrid expects all tensors to have the same dtype")
    if indexing not in (None, "ij", "xy"):
        raise RuntimeError(
            f'torch.meshgrid: indexing must be one of "xy" or "ij", but received: {indexing}'
        )
    swap = indexing == "xy" and len(given) > 1
    if swap:
        given[:2] = given[1], given[0]
    for tensor in given:
        if tensor.dim() > 1:
            raise RuntimeError(
                "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: "
                f"{tensor.dim()}D"
            )
    size = Size(tensor.numel() for tensor in given)
    grids = []
    for at, tensor in enumerate(given):
        line = [1] * len(given)
        line[at] = -1
        grids.append(tensor.view(line).expand(size))
    if swap:
        grids[:2] = grids[1], grids[0]
    return tuple(grids)
