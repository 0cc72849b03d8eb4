"""Vectors: their cross product, their powers, and all their combinations."""

from __future__ import annotations

from .. import dtypes
from ..dtypes import FLOATING
from ..elementwise import mul
from ..graph import differentiable
from ..joining import cat, stack
from ..masking import masked_select
from ..operators import function, operator
from ..pointwise import pointwise
from ..reductions import cumprod
from ..shapes import broadcast, wrap_dim
from ..tensor import Tensor
from .naming import check_floating, linalg, warn_once

__all__ = ["cartesian_prod", "combinations", "vander"]

WITHOUT_DIM = (
    "Using torch.cross without specifying the dim arg is deprecated.\n"
    "Please either pass the dim explicitly or simply use torch.linalg.cross.\n"
    "The default value of dim will change to agree with that of linalg.cross in a future release. "
    "(Triggered internally at /__w/pytorch/pytorch/aten/src/ATen/native/Cross.cpp:63.)"
)


@linalg
def cross(input: Tensor, other: Tensor, *, dim: int = -1, out: Tensor | None = None) -> Tensor:
    """Return the vectors perpendicular to two others. `(*, 3)` and `(*, 3)` to `(*, 3)`.

    It is linear in both factors: the gradient of each is a cross product of the result's
    gradient with the other.

    >>> torch.linalg.cross(torch.tensor([1, 0, 0]), torch.tensor([0, 1, 0]))
    tensor([0, 0, 1])

    Args:
        input: the left factor.
        other: the right factor, of as many dimensions and the same type; broadcast.
        dim: the dimension of size 3.
        out: a tensor to write the result to.
    """
    if input.dim() != other.dim():
        raise RuntimeError("linalg.cross: inputs must have the same number of dimensions.")
    lengths = input.size(dim), other.size(dim)
    if lengths != (3, 3):
        raise RuntimeError(
            f"linalg.cross: inputs dimension {dim} must have length 3. Got {lengths[0]} and "
            f"{lengths[1]}"
        )
    if input.dtype is not other.dtype:
        raise RuntimeError(
            f"expected scalar type {input.dtype.scalar_name} but found {other.dtype.scalar_name}"
        )
    dim = wrap_dim(dim, input.dim())
    size = broadcast(input._size, other._size)
    a, b = (x.detach().expand(size).unbind(dim) for x in (input, other))
    parts = [
        pointwise(lambda p, q, second: p * q - second, (a[i], b[j], mul(a[j], b[i])))
        for i, j in ((1, 2), (2, 0), (0, 1))
    ]
    return differentiable(
        stack(parts, dim),
        "LinalgCrossBackward0",
        (input, other),
        backward=(
            (lambda grad, other: cross(other.expand_as(grad), grad, dim=dim), other),
            (lambda grad, input: cross(grad, input.expand_as(grad), dim=dim), input),
        ),
    )


def cross_along(
    input: Tensor, other: Tensor, dim: int | None = None, *, out: Tensor | None = None
) -> Tensor:
    """Return `torch.linalg.cross` along a dimension: the first of size 3 if None (deprecated).

    >>> torch.cross(torch.tensor([1, 0, 0]), torch.tensor([0, 1, 0]), dim=0)
    tensor([0, 0, 1])
    """
    if dim is None:
        warn_once(WITHOUT_DIM)
        dim = next((d for d, n in enumerate(input._size) if n == 3), None)
        if dim is None:
            raise RuntimeError("no dimension of size 3 in input")
    return cross(input, other, dim=dim)


cross_along.__name__ = "cross"
torch_cross = operator(cross_along)


@linalg
def vecdot(x: Tensor, y: Tensor, *, dim: int = -1, out: Tensor | None = None) -> Tensor:
    """Return the dot products along a dimension, the others broadcast.

    >>> torch.linalg.vecdot(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([1.0, 10.0]))
    tensor([21., 43.])
    """
    check_floating(x, "linalg.vecdot")
    return mul(x, y).sum(dim)


def vector(input: Tensor) -> Tensor:
    """Return the tensor itself, if it has one dimension."""
    if input.dim() != 1:
        raise RuntimeError(f"Expect a 1D vector, but got shape {list(input._size)}")
    return input


def cartesian_prod(*tensors: Tensor) -> Tensor:
    """Return all ways to take one element of each vector, one a row.

    >>> torch.cartesian_prod(torch.tensor([1, 2]), torch.tensor([4, 5]))
    tensor([[1, 4],
            [1, 5],
            [2, 4],
            [2, 5]])
    """
    for at, tensor in enumerate(tensors):
        if not isinstance(tensor, Tensor):
            raise TypeError(
                f"expected Tensor as element {at} in argument 0, but got {type(tensor).__name__}"
            )
        vector(tensor)
    if len(tensors) == 1:
        return tensors[0]
    if not tensors:
        raise RuntimeError("meshgrid expects a non-empty TensorList")
    if any(t.dtype is not tensors[0].dtype for t in tensors):
        raise RuntimeError("meshgrid expects all tensors to have the same dtype")
    size = [t.numel() for t in tensors]
    columns = []
    for at, tensor in enumerate(tensors):
        alone = [1] * len(size)
        alone[at] = -1
        columns.append(tensor.view(alone).expand(size).flatten())
    return stack(columns, 1)


@function
def combinations(input: Tensor, r: int = 2, with_replacement: bool = False) -> Tensor:
    """Return all ways to choose `r` elements of a vector, in their order, one a row.

    >>> torch.combinations(torch.tensor([1, 2, 3]))
    tensor([[1, 2],
            [1, 3],
            [2, 3]])

    Args:
        input: a vector.
        r: how many to choose.
        with_replacement: whether one may be chosen again.
    """
    vector(input)
    if r < 0:
        raise RuntimeError(f"Expect a non-negative number, but got {r}")
    if r == 0:
        return input.new_empty((0,))
    n = input.numel()
    size = (n,) * r
    places = input.new_empty((0,), dtype=dtypes.int64).new_tensor(range(n))
    alone = [[-1 if d == at else 1 for d in range(r)] for at in range(r)]
    chosen = input.new_ones(size, dtype=dtypes.bool)
    for at in range(1, r):
        before, here = places.view(alone[at - 1]), places.view(alone[at])
        chosen = chosen & ((before <= here) if with_replacement else (before < here))
    return stack([masked_select(input.view(a).expand(size), chosen) for a in alone], 1)


@function
def vander(x: Tensor, N: int | None = None, increasing: bool = False) -> Tensor:
    """Return the powers of each element as a row, from the highest. `(M,)` to `(M, N)`.

    >>> torch.vander(torch.tensor([2, 3]), 3)
    tensor([[4, 2, 1],
            [9, 3, 1]])

    Args:
        x: a vector.
        N: how many powers; as many as there are elements if None.
        increasing: begin with the 0th power.
    """
    if x.dim() != 1:
        raise RuntimeError("x must be a one-dimensional tensor.")
    width = x.numel() if N is None else N
    if width < 0:
        raise RuntimeError("N must be non-negative.")
    kind = x.dtype if x.dtype.category == FLOATING else dtypes.int64
    powers = x.new_ones((x.numel(), width), dtype=kind)
    if width > 1:
        powers[:, 1:].copy_(x.unsqueeze(1))
        powers[:, 1:].copy_(cumprod(powers[:, 1:], 1))
    return powers if increasing else powers.flip(1)


def vandermonde(x: Tensor, *, N: int | None = None) -> Tensor:
    """Return the powers of each element, from the 0th. `(*, M)` to `(*, M, N)`.

    >>> torch.linalg.vander(torch.tensor([2, 3]), N=4)
    tensor([[ 1,  2,  4,  8],
            [ 1,  3,  9, 27]])
    """
    x = x if x.dim() else x.unsqueeze(0)
    width = x.size(-1) if N is None else N
    if width <= 1:
        raise RuntimeError("N must be greater than 1.")
    kind = x.dtype if x.dtype.category == FLOATING else dtypes.int64
    powers = cumprod(x.to(kind).unsqueeze(-1).expand((*x._size, width - 1)), -1)
    return cat((powers.new_ones((*x._size, 1)), powers), -1)


vandermonde.__name__ = "vander"
linalg_vander = linalg(vandermonde)
