"""Products of matrices and vectors: `mm`, `mv`, `dot`, `bmm`, and `matmul` (`@`), which is all.

The gradient of `A @ B` with respect to `A` is `grad @ B.T`: element `(i, k)` of `A` reaches
row `i` of the product, weighted by row `k` of `B`. For `B` it is `A.T @ grad`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..dtypes import BOOL
from ..elementwise import mul
from ..graph import differentiable
from ..joining import same_place
from ..kernels import ABSENT
from ..operators import infix, method, operator
from ..shapes import broadcast, listed, view_stride
from ..tensor import Tensor, fresh
from ..tensorbase import numbers, wrap
from .matmul_kernels import Layout, dotted, products

__all__ = ["bmm", "dot", "ger", "matmul", "mm", "mv", "outer", "vdot"]


def laid(tensor: Tensor) -> Layout:
    """Return how the last two dimensions of a tensor lie in memory.

    torch copies what lies neither by rows nor by columns.
    """
    *_, rows, columns = tensor._size
    *_, down, along = tensor._stride
    if along == 1 and down >= max(1, columns):
        return Layout(rows, columns, False, tensor._offset, down)
    if down == 1 and along >= max(1, rows):
        return Layout(rows, columns, True, tensor._offset, along)
    return Layout(rows, columns, False, 0, columns)


def multiplied(
    left: Tensor,
    right: Tensor,
    size: Sequence[int],
    start: Tensor | None = None,
    alpha: float = 1,
    vector: bool = False,
) -> Tensor:
    """Return products of matrices, or of rows of matrices, without history.

    Args:
        left: `(*, M, K)`.
        right: `(*, K, N)`.
        size: of the result.
        start: what is added, of the result's shape.
        alpha: what the products are multiplied by.
        vector: whether the right factor is a vector, seen as one column.
    """
    same_place([left, right])
    steps = (left._stride[0], right._stride[0]) if left.dim() == 3 else None
    found = products(
        numbers(left),
        numbers(right),
        laid(left),
        laid(right),
        steps,
        left.dtype,
        start=None if start is None else numbers(start),
        alpha=alpha,
        vector=vector,
    )
    if found is not ABSENT and len(found) != math.prod(size):  # nothing to add up
        found = left.dtype.array([0]) * math.prod(size) if start is None else numbers(start)[:]
    return fresh(found, size, left.dtype)


def refuse_bool(tensor: Tensor, kernel: str) -> None:
    """Raise torch's error: it has no products of truth values."""
    if tensor.dtype.category == BOOL:
        raise NotImplementedError(f"\"{kernel}\" not implemented for 'Bool'")


def check_matrices(mat1: Tensor, mat2: Tensor) -> None:
    """Raise if two matrices cannot be multiplied."""
    if mat1._size[1] != mat2._size[0]:
        (m, k), (other, n) = mat1._size, mat2._size
        raise RuntimeError(f"mat1 and mat2 shapes cannot be multiplied ({m}x{k} and {other}x{n})")


def is_by_columns(size: Sequence[int], stride: Sequence[int]) -> bool:
    """Tell whether a matrix is the transpose of a contiguous one."""
    return stride[0] == 1 and stride[1] == size[0]


def left_gradient(grad: Tensor, mat2: Tensor, by_columns: bool) -> Tensor:
    """Return the gradient of a product's left factor, laid out like the factor."""
    return mm(mat2, grad.t()).t() if by_columns else mm(grad, mat2.t())


def right_gradient(grad: Tensor, mat1: Tensor, by_columns: bool) -> Tensor:
    """Return the gradient of a product's right factor, laid out like the factor."""
    return mm(grad.t(), mat1).t() if by_columns else mm(mat1.t(), grad)


@operator
def mm(input: Tensor, mat2: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the product of two matrices. `(M, K)` and `(K, N)` to `(M, N)`.

    Element `(i, j)` is the sum of row `i` times column `j`.

    >>> torch.mm(torch.tensor([[1, 2], [3, 4]]), torch.tensor([[1, 0], [1, 1]]))
    tensor([[3, 2],
            [7, 4]])

    Args:
        input: the left factor.
        mat2: the right factor, of the same type.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: no matrices, sizes that do not meet, or different types.
    """
    for tensor, name in ((input, "self"), (mat2, "mat2")):
        if tensor.dim() != 2:
            raise RuntimeError(f"{name} must be a matrix")
    check_matrices(input, mat2)
    if input.dtype is not mat2.dtype:
        raise RuntimeError(
            "expected m1 and m2 to have the same dtype, but got: "
            f"{input.dtype.cpp_name} != {mat2.dtype.cpp_name}"
        )
    refuse_bool(input, "addmm_impl_cpu_")
    result = multiplied(input, mat2, (input._size[0], mat2._size[1]))
    first, second = (is_by_columns(x._size, x._stride) for x in (input, mat2))
    return differentiable(
        result,
        "MmBackward0",
        (input, mat2),
        backward=(
            (lambda grad, mat2: left_gradient(grad, mat2, first), mat2),
            (lambda grad, input: right_gradient(grad, input, second), input),
        ),
    )


def check_batches(batch1: Tensor, batch2: Tensor) -> None:
    """Raise if two rows of matrices cannot be multiplied."""
    for tensor, name in ((batch1, "batch1"), (batch2, "batch2")):
        if tensor.dim() != 3:
            raise RuntimeError(f"{name} must be a 3D tensor")
    wanted, got = [batch1._size[0], batch1._size[2]], list(batch2._size[:2])
    if wanted != got:
        raise RuntimeError(
            f"Expected size for first two dimensions of batch2 tensor to be: {listed(wanted)} "
            f"but got: {listed(got)}."
        )


@operator
def bmm(input: Tensor, mat2: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the products of matrices, pair by pair. `(B, M, K)` and `(B, K, N)`: `(B, M, N)`.

    >>> torch.bmm(torch.ones(2, 1, 3), torch.ones(2, 3, 2))
    tensor([[[3., 3.]],
    <BLANKLINE>
            [[3., 3.]]])

    Raises:
        RuntimeError: other numbers of dimensions, sizes that do not meet, or different types.
    """
    check_batches(input, mat2)
    if input.dtype is not mat2.dtype:
        raise RuntimeError(
            f"expected scalar type {input.dtype.scalar_name} but found {mat2.dtype.scalar_name}"
        )
    refuse_bool(input, "bmm")
    result = multiplied(input, mat2, (*input._size[:2], mat2._size[2]))
    return differentiable(
        result,
        "BmmBackward0",
        (input, mat2),
        backward=(
            (lambda grad, mat2: bmm(grad, mat2.transpose(1, 2)), mat2),
            (lambda grad, input: bmm(input.transpose(1, 2), grad), input),
        ),
    )


@operator
def mv(input: Tensor, vec: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the product of a matrix and a vector. `(M, K)` and `(K,)` to `(M,)`.

    >>> torch.mv(torch.tensor([[1, 2], [3, 4]]), torch.tensor([10, 1]))
    tensor([12, 34])

    Raises:
        RuntimeError: sizes that do not meet, or different types.
    """
    if not input.dim():
        raise IndexError("Dimension specified as 0 but tensor has no dimensions")
    if input.dim() != 2 or vec.dim() != 1:
        raise RuntimeError(f"vector + matrix @ vector expected, got 1, {input.dim()}, {vec.dim()}")
    rows, columns = input._size
    if columns != vec._size[0]:
        raise RuntimeError(
            f"size mismatch, got input ({rows}), mat ({rows}x{columns}), vec ({vec._size[0]})"
        )
    if input.dtype is not vec.dtype:
        names = vec.dtype.scalar_name, input.dtype.scalar_name, vec.dtype.scalar_name
        raise RuntimeError(
            "addmv input tensors must have the same dtype, but got {}, {}, and {}".format(*names)
        )
    refuse_bool(input, "addmv_impl_cpu")
    result = multiplied(input, column_of(vec), (rows,), vector=True)
    return differentiable(
        result,
        "MvBackward0",
        (input, vec),
        backward=(
            (lambda grad, vec: outer(grad, vec), vec),
            (lambda grad, input: mv(input.t(), grad), input),
        ),
    )


def column_of(vec: Tensor) -> Tensor:
    """Return a vector as a matrix of one column, without history."""
    return wrap(Tensor, vec._storage, (vec.numel(), 1), (*vec._stride, 1), vec._offset)


def checked_vectors(input: Tensor, other: Tensor) -> None:
    """Raise if two tensors are not vectors of one length and type."""
    if input.dim() != 1 or other.dim() != 1:
        raise RuntimeError(
            f"1D tensors expected, but got {input.dim()}D and {other.dim()}D tensors"
        )
    if input.dtype is not other.dtype:
        raise RuntimeError(
            "dot : expected both vectors to have same dtype, but found "
            f"{input.dtype.scalar_name} and {other.dtype.scalar_name}"
        )
    if input._size != other._size:
        raise RuntimeError(
            f"inconsistent tensor size, expected tensor {listed(input._size)} and src "
            f"{listed(other._size)} to have the same number of elements, but got "
            f"{input.numel()} and {other.numel()} elements respectively"
        )


def vector_product(input: Tensor, other: Tensor, name: str, kernel: str) -> Tensor:
    """Return the sum of the products of two vectors' elements."""
    checked_vectors(input, other)
    refuse_bool(input, kernel)
    same_place([input, other])
    result = fresh(dotted(numbers(input), numbers(other), input.dtype), (), input.dtype)
    return differentiable(
        result,
        name,
        (input, other),
        backward=((lambda grad, b: grad * b, other), (lambda grad, a: grad * a, input)),
    )


@operator
def dot(input: Tensor, tensor: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the sum of the products of two vectors' elements. `(N,)` and `(N,)` to `()`.

    >>> torch.dot(torch.tensor([1, 2, 3]), torch.tensor([1, 10, 100]))
    tensor(321)

    Raises:
        RuntimeError: no vectors, or other lengths or types.
    """
    return vector_product(input, tensor, "DotBackward0", "dot")


@operator
def vdot(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return what `dot` returns: for real numbers they are the same."""
    return vector_product(input, other, "VdotBackward0", "vdot")


@operator
def outer(input: Tensor, vec2: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return every product of an element of one vector with one of another.

    `(M,)` and `(N,)` to `(M, N)`: a broadcast product of a column and a row.

    >>> torch.outer(torch.tensor([1, 2]), torch.tensor([1, 10, 100]))
    tensor([[  1,  10, 100],
            [  2,  20, 200]])
    """
    for name, tensor in (("self", input), ("vec2", vec2)):
        if tensor.dim() != 1:
            raise RuntimeError(f"outer: Expected 1-D argument {name}, but got {tensor.dim()}-D")
    return mul(input.reshape(-1, 1), vec2)


@operator
def ger(input: Tensor, vec2: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return what `outer` returns: BLAS's name for it."""
    return outer(input, vec2)


def unsafe_view(product: Tensor, size: Sequence[int]) -> Tensor:
    """Return a tensor under another shape that, to the graph, is no view: nobody writes to it."""
    stride = view_stride(product._size, product._stride, size)
    shown = wrap(Tensor, product._storage, size, stride, product._offset)
    old = product._size
    return differentiable(
        shown, "UnsafeViewBackward0", (product,), backward=lambda grad: grad.reshape(old)
    )


@infix("__matmul__")
@operator
def matmul(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the product of two tensors, as their numbers of dimensions suggest: `a @ b`.

    `(N,)` and `(N,)`: their dot product. `(M, K)` and `(K, N)`: the matrix product. With more
    dimensions, the last two are matrices, and those in front are broadcast.

    >>> (torch.ones(5, 2, 3) @ torch.ones(3, 4)).shape
    torch.Size([5, 2, 4])
    >>> torch.tensor([1, 2]) @ torch.tensor([[3, 4], [5, 6]])
    tensor([13, 16])

    Args:
        input: `(*, M, K)` or `(K,)`.
        other: `(*, K, N)` or `(K,)`, of the same type.
        out: a tensor to write the result to.

    Raises:
        RuntimeError: a 0-dim tensor, sizes that do not meet, or different types.
    """
    dims = input.dim(), other.dim()
    if 0 in dims:
        raise RuntimeError(
            "both arguments to matmul need to be at least 1D, but they are "
            f"{dims[0]}D and {dims[1]}D"
        )
    if dims == (1, 1):
        return dot(input, other)
    if dims == (2, 1):
        return mv(input, other)
    if dims == (1, 2):
        return squeezed(mm(input.unsqueeze(0), other))
    if dims == (2, 2):
        return mm(input, other)
    if foldable(input, other):
        return folded(input, other)
    return broadcast_products(input, other)


@infix("__rmatmul__")
@method
def __rmatmul__(self: Tensor, other: Tensor) -> Tensor:
    """Return `other @ self`."""
    return matmul(other, self)


def squeezed(product: Tensor) -> Tensor:
    """Return the only row of a fresh product."""
    row = wrap(Tensor, product._storage, product._size[1:], (1,), product._offset)
    return differentiable(
        row, "SqueezeBackward4", (product,), backward=lambda grad: grad.unsqueeze(0)
    )


def foldable(input: Tensor, other: Tensor) -> bool:
    """Tell whether many matrices times one are better seen as one tall matrix times one.

    That saves, in backward, a gradient for each of the copies that broadcasting makes.
    (`should_fold` in ATen/native/LinearAlgebra.cpp)
    """
    more = input.dim() >= other.dim()
    many, one = (input, other) if more else (other.mT, input)
    if many.dim() < 3 or one.dim() > 2:
        return False
    if one.requires_grad:
        return True
    if input.dim() == 2:
        return False
    size, stride = many._size, many._stride
    return not many.numel() or all(
        stride[d] == stride[d + 1] * size[d + 1] for d in range(many.dim() - 2)
    )


def folded(input: Tensor, other: Tensor) -> Tensor:
    """Multiply many matrices with one matrix or vector, as one product."""
    turned = other.dim() > input.dim()  # (A B).T is B.T A.T
    many = other.mT if turned else input
    one = other if not turned else input.t() if input.dim() == 2 else input
    size = many._size[:-1]
    tall = many.reshape(math.prod(size), many._size[-1])
    if one.dim() == 1:
        return unsafe_view(mv(tall, one), size)
    found = unsafe_view(mm(tall, one), (*size, one._size[1]))
    return found.mT.contiguous() if turned else found


def broadcast_products(input: Tensor, other: Tensor) -> Tensor:
    """Multiply matrices pair by pair, the dimensions in front broadcast."""
    if input.dim() == other.dim() == 3 and input._size[0] != other._size[0]:
        if input._size[0] == 1 and input.requires_grad:
            return matmul(input.squeeze(0), other)
        if other._size[0] == 1 and other.requires_grad:
            return matmul(input, other.squeeze(0))
    front = broadcast(input._size[:-2], other._size[:-2])
    batch = math.prod(front)
    rows = input._size[-2:-1]
    left = input.expand((*front, *(rows or (1,)), input._size[-1]))
    left = left.reshape(batch, *(rows or (1,)), input._size[-1])
    if other.dim() == 1:
        right = other.expand((*front, *other._size)).reshape(batch, *other._size).unsqueeze(2)
        return unsafe_view(bmm(left, right).squeeze(-1), (*front, *rows))
    right = other.expand((*front, *other._size[-2:])).reshape(batch, *other._size[-2:])
    return unsafe_view(bmm(left, right), (*front, *rows, other._size[-1]))
