"""A product and what is added to it, in one step: `addmm` and its kin.

All return `beta * input + alpha * product`. A linear layer is `addmm(bias, x, weight.t())`.
With `beta=0` the input is not looked at, not even for nan.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..arguments import Number
from ..dtypes import FLOATING, float32
from ..elementwise import mul
from ..graph import differentiable
from ..operators import inplace, operator
from ..pointwise import binary, pointwise
from ..promotion import common_type
from ..shapes import expanded_stride, expands
from ..tensor import Tensor
from ..tensorbase import wrap
from .products import (
    bmm,
    check_batches,
    check_matrices,
    column_of,
    is_by_columns,
    left_gradient,
    multiplied,
    mv,
    outer,
    refuse_bool,
    right_gradient,
)

__all__ = ["addbmm", "addmm", "addmv", "addr", "baddbmm"]


def scaled(grad: Tensor, factor: Number) -> Tensor:
    """Return a gradient times a number; the gradient itself for 1."""
    return grad if factor == 1 else mul(grad, factor)


def weighted(factor: Number, tensor: Tensor) -> Number:
    """Return a factor as the tensor's type holds it."""
    if tensor.dtype.category != FLOATING:
        return int(factor)
    return factor if factor in (0, 1) else tensor.dtype.array([factor])[0]


def started(input: Tensor, size: Sequence[int], beta: Number) -> Tensor | None:
    """Return `beta * input`, expanded to a size, without history; None if beta is 0."""
    if not expands(input._size, size):
        input.detach().expand(size)  # raises
    beta = weighted(beta, input)
    if beta == 0:
        return None
    stride = expanded_stride(input._size, input._stride, size)
    expanded = wrap(Tensor, input._storage, size, stride, input._offset)
    return expanded if beta == 1 else binary(expanded, beta, lambda a, b: a * b)


def weighted_sum(input: Tensor, product: Tensor, beta: Number, alpha: Number) -> Tensor:
    """Return `beta * input + alpha * product` of a half and a float32, rounded once."""
    if beta == 0:
        return binary(product, alpha, lambda p, a: p * a, dtype=input.dtype)
    return binary(
        product, input, lambda p, x: alpha * p + beta * x, compute=float32, dtype=input.dtype
    )


@inplace
@operator
def addmm(
    input: Tensor,
    mat1: Tensor,
    mat2: Tensor,
    *,
    beta: Number = 1,
    alpha: Number = 1,
    out: Tensor | None = None,
) -> Tensor:
    """Return `beta * input + alpha * mat1 @ mat2`. `(M, K)` and `(K, N)` to `(M, N)`.

    >>> torch.addmm(torch.tensor([1.0, 2.0]), torch.eye(2), torch.ones(2, 2))
    tensor([[2., 3.],
            [2., 3.]])

    Args:
        input: what is added, broadcast to `(M, N)`.
        mat1: the left factor.
        mat2: the right factor.
        beta: a factor of the input.
        alpha: a factor of the product.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: no matrices, sizes that do not meet, or different types.
    """
    for tensor, name in ((mat1, "mat1"), (mat2, "mat2")):
        if tensor.dim() != 2:
            raise RuntimeError(f"{name} must be a matrix, got {tensor.dim()}-D tensor")
    size = mat1._size[0], mat2._size[1]
    first, second = (is_by_columns(x._size, x._stride) for x in (mat1, mat2))
    check_matrices(mat1, mat2)
    for name, tensor in (("mat1", mat1), ("self", input)):
        if tensor.dtype is not mat2.dtype:
            raise RuntimeError(
                f"{name} and mat2 must have the same dtype, but got "
                f"{tensor.dtype.scalar_name} and {mat2.dtype.scalar_name}"
            )
    refuse_bool(mat1, "addmm_impl_cpu_")
    if mat1.dtype.itemsize == 2 and mat1.dtype.category == FLOATING and (alpha, beta) != (1, 1):
        product = multiplied(mat1.detach().float(), mat2.detach().float(), size)
        result = weighted_sum(input, product, beta, alpha)
    else:
        start = started(input, size, beta)
        result = multiplied(mat1, mat2, size, start, weighted(alpha, mat1))
    return differentiable(
        result,
        "AddmmBackward0",
        (input, mat1, mat2),
        backward=(
            lambda grad: scaled(grad, beta),
            (lambda grad, mat2: scaled(left_gradient(grad, mat2, first), alpha), mat2),
            (lambda grad, mat1: scaled(right_gradient(grad, mat1, second), alpha), mat1),
        ),
    )


@inplace
@operator
def addmv(
    input: Tensor,
    mat: Tensor,
    vec: Tensor,
    *,
    beta: Number = 1,
    alpha: Number = 1,
    out: Tensor | None = None,
) -> Tensor:
    """Return `beta * input + alpha * mat @ vec`. `(M, K)` and `(K,)` to `(M,)`.

    >>> torch.addmv(torch.tensor([1, 2]), torch.tensor([[1, 1], [0, 1]]), torch.tensor([5, 6]))
    tensor([12,  8])
    """
    if mat.dim() != 2 or vec.dim() != 1 or input.dim() > 1:
        raise RuntimeError(
            f"vector + matrix @ vector expected, got {input.dim()}, {mat.dim()}, {vec.dim()}"
        )
    rows, columns = mat._size
    if columns != vec._size[0] or input.numel() not in (1, rows):
        raise RuntimeError(
            f"size mismatch, got input ({input.numel()}), mat ({rows}x{columns}), "
            f"vec ({vec._size[0]})"
        )
    if not input.dtype is mat.dtype is vec.dtype:
        names = ", ".join(x.dtype.scalar_name for x in (input, mat))
        raise RuntimeError(
            "addmv input tensors must have the same dtype, but got "
            f"{names}, and {vec.dtype.scalar_name}"
        )
    refuse_bool(mat, "addmv_impl_cpu")
    start = started(input, (rows,), beta)
    result = multiplied(mat, column_of(vec), (rows,), start, weighted(alpha, mat), vector=True)
    return differentiable(
        result,
        "AddmvBackward0",
        (input, mat, vec),
        backward=(
            lambda grad: scaled(grad, beta),
            (lambda grad, vec: scaled(outer(grad, vec), alpha), vec),
            (lambda grad, mat: scaled(mv(mat.t(), grad), alpha), mat),
        ),
    )


@inplace
@operator
def addr(
    input: Tensor,
    vec1: Tensor,
    vec2: Tensor,
    *,
    beta: Number = 1,
    alpha: Number = 1,
    out: Tensor | None = None,
) -> Tensor:
    """Return `beta * input + alpha * outer(vec1, vec2)`. `(M,)` and `(N,)` to `(M, N)`.

    >>> torch.addr(torch.zeros(2, 2), torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]))
    tensor([[3., 4.],
            [6., 8.]])
    """
    for name, tensor in (("vec1", vec1), ("vec2", vec2)):
        if tensor.dim() != 1:
            raise RuntimeError(f"addr: Expected 1-D argument {name}, but got {tensor.dim()}-D")
    found = common_type((input, vec1, vec2))
    for name, factor in (("beta", beta), ("alpha", alpha)):
        if isinstance(factor, float) and found.category != FLOATING:
            raise RuntimeError(
                f"For integral input tensors, argument {name} must not be a floating point number."
            )
    expanded = input.detach().expand((*vec1._size, *vec2._size))
    column, row = vec1.detach().unsqueeze(1), vec2.detach()
    if beta == 0:
        result = pointwise(lambda x, y: alpha * (x * y), (column, row), compute=found)
    else:
        result = pointwise(
            lambda x, y, z: beta * z + alpha * (x * y), (column, row, expanded), compute=found
        )
    return differentiable(
        result,
        "AddrBackward0",
        (input, vec1, vec2),
        backward=(
            lambda grad: scaled(grad, beta),
            (lambda grad, vec2: scaled(mv(grad, vec2), alpha), vec2),
            (lambda grad, vec1: scaled(mv(grad.t(), vec1), alpha), vec1),
        ),
    )


@inplace
@operator
def baddbmm(
    input: Tensor,
    batch1: Tensor,
    batch2: Tensor,
    *,
    beta: Number = 1,
    alpha: Number = 1,
    out: Tensor | None = None,
) -> Tensor:
    """Return `beta * input + alpha * bmm(batch1, batch2)`. `(B, M, K)`, `(B, K, N)`: `(B, M, N)`.

    >>> torch.baddbmm(torch.ones(1), torch.ones(1, 2, 3), torch.ones(1, 3, 2))
    tensor([[[4., 4.],
             [4., 4.]]])
    """
    size = batch1.size(0), batch1.size(1), batch2.size(2)
    start = started(input, size, beta)
    check_batches(batch1, batch2)
    if input.dtype is not batch1.dtype:
        names = [x.dtype.cpp_name for x in (input, batch1, batch2)]
        raise RuntimeError(
            "Input dtypes must be the same, got: input {}, batch1: {}, batch2: {}".format(*names)
        )
    if batch1.dtype is not batch2.dtype:
        raise RuntimeError(
            f"expected scalar type {batch1.dtype.scalar_name} but found {batch2.dtype.scalar_name}"
        )
    refuse_bool(batch1, "baddbmm")
    result = multiplied(batch1, batch2, size, start, weighted(alpha, batch1))
    return differentiable(
        result,
        "BaddbmmBackward0",
        (input, batch1, batch2),
        backward=(
            lambda grad: scaled(grad, beta),
            (lambda grad, batch2: scaled(bmm(grad, batch2.transpose(1, 2)), alpha), batch2),
            (lambda grad, batch1: scaled(bmm(batch1.transpose(1, 2), grad), alpha), batch1),
        ),
    )


@inplace
@operator
def addbmm(
    input: Tensor,
    batch1: Tensor,
    batch2: Tensor,
    *,
    beta: Number = 1,
    alpha: Number = 1,
    out: Tensor | None = None,
) -> Tensor:
    """Return `beta * input + alpha * bmm(batch1, batch2).sum(0)`, of shape `(M, N)`.

    >>> torch.addbmm(torch.zeros(1), torch.ones(5, 2, 3), torch.ones(5, 3, 2))
    tensor([[15., 15.],
            [15., 15.]])
    """
    input.detach().expand(batch1._size[1:2] + batch2._size[2:3])
    for tensor, name in ((batch1, "batch1"), (batch2, "batch2")):
        if tensor.dim() != 3:
            raise RuntimeError(f"{name} must be a 3D tensor")
    (batch, m, k), (others, terms, n) = batch1._size, batch2._size
    if batch != others:
        raise RuntimeError(
            f"batch1 and batch2 must have same number of batches, got {batch} and {others}"
        )
    if k != terms:
        raise RuntimeError(f"Incompatible matrix sizes for bmm ({m}x{k} and {terms}x{n})")
    for name, tensor in (("batch1", batch1), ("batch2", batch2)):
        if tensor.dtype is not input.dtype:
            raise RuntimeError(
                f"{name} and self must have the same dtype, but got "
                f"{tensor.dtype.scalar_name} and {input.dtype.scalar_name}"
            )
    result = input.detach().expand((m, n))
    if not batch:
        result = mul(result, beta)
    for at in range(batch):
        first, second = batch1.detach()[at], batch2.detach()[at]
        result = addmm(result, first, second, beta=1 if at else beta, alpha=alpha)

    def copies(grad: Tensor) -> Tensor:
        return grad.unsqueeze(0).expand((batch, m, n))

    return differentiable(
        result,
        "AddbmmBackward0",
        (input, batch1, batch2),
        backward=(
            lambda grad: scaled(grad, beta),
            (lambda grad, b: scaled(bmm(copies(grad), b.transpose(1, 2)), alpha), batch2),
            (lambda grad, b: scaled(bmm(b.transpose(1, 2), copies(grad)), alpha), batch1),
        ),
    )
