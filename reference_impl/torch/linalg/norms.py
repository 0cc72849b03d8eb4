"""Norms: how long a vector is, and how much a matrix can lengthen one."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence

from ..arguments import Number
from ..dtypes import FLOATING, dtype
from ..elementwise import mul, pow, where
from ..graph import differentiable
from ..operators import inplace, operator
from ..reductions.frame import fold, restored
from ..shapes import listed, wrap_dims
from ..tensor import Tensor
from .decompositions import svdvals
from .naming import check_floating, linalg

__all__ = ["dist", "norm", "renorm"]

LANES = {"f": 8, "d": 4}


def length(row: array) -> float:
    """Return the square root of the sum of squares, added in lanes as torch adds them.

    What does not fill a register is added in turn, but the last numbers, fewer than four,
    are squared and added with one rounding.
    """
    kind, wide = row.typecode, LANES[row.typecode]
    squares = array(kind, [x * x for x in row])
    whole = len(row) // wide * wide
    sums = array(kind, [0]) * wide
    for at in range(0, whole, wide):
        sums = array(kind, [s + x for s, x in zip(sums, squares[at : at + wide], strict=True)])
    total = array(kind, [0])
    last = len(row) - (len(row) - whole) % 4
    for x in (*sums, *squares[whole:last]):
        total[0] += x
    for x in row[last:]:
        total[0] += x * x
    return math.sqrt(total[0])


def in_turn(row: array, fn: Callable[[float], float]) -> float:
    """Return the sum of a function of each number, rounded at each step."""
    total = array(row.typecode, [0])
    for x in array(row.typecode, map(fn, row)):
        total[0] += x
    return total[0]


def root(total: float, order: float) -> float:
    """Return the `order`-th root of a sum; infinity for a negative root of 0."""
    if total == 0:
        return 0.0 if order > 0 else math.inf if not math.isnan(total) else total
    return total ** (1 / order)


def power(order: float) -> Callable[[float], float]:
    """Return the function that raises an absolute value to a power."""
    return lambda x: abs(x) ** order if x else math.inf if order < 0 else 0.0


def largest(row: array) -> float:
    """Return the largest absolute value; nan if there is one."""
    return max((abs(x) for x in row), default=0.0) if all(x == x for x in row) else math.nan


def smallest(row: array) -> float:
    """Return the smallest absolute value; nan if there is one."""
    return min(abs(x) for x in row) if all(x == x for x in row) else math.nan


def measure(order: float, together: bool) -> Callable[[array], float]:
    """Return the function that computes a norm of a row of numbers.

    Args:
        order: of the norm.
        together: whether the numbers lie together in memory, and are added in lanes.
    """
    if order == 2:
        return length if together else lambda row: math.sqrt(in_turn(row, lambda x: x * x))
    if order == 1:
        return lambda row: in_turn(row, abs)
    if order == 0:
        return lambda row: sum(x != 0 for x in row)
    if math.isinf(order):
        return largest if order > 0 else smallest
    return lambda row: root(in_turn(row, power(order)), order)


def masked(tensor: Tensor, zero: Tensor) -> Tensor:
    """Return a tensor with zeros where another is zero."""
    return where(zero == 0, 0.0, tensor)


def norm_gradient(grad: Tensor, x: Tensor, length: Tensor, order: float) -> Tensor | None:
    """Return the gradient of a norm: which way, and how fast, each element lengthens it.

    At 0 the 2-norm has a kink; torch takes 0 there. (`norm_backward` in FunctionsManual.cpp)
    """
    if order == 0:  # a count does not change by little
        return None
    if order == 1:
        return x.sgn() * grad
    if order == 2:
        return grad * masked(x / length, length)
    if math.isinf(order):
        away = x.abs()
        decides = (away == length) | (away != away)
        return x.sgn() * ((grad / decides.sum(None)) * decides)
    if order < 1:
        return x.sgn() * masked(pow(x.abs(), order - 1), x) * grad * pow(length, 1 - order)
    share = masked(grad / pow(length, order - 1), length)
    if order < 2:
        return x.sgn() * pow(x.abs(), order - 1) * share
    return x * pow(x.abs(), order - 2) * share


def check_order(x: Tensor, order: float, dims: Sequence[int] | None) -> None:
    """Raise if an empty dimension has no norm of an order."""
    if order >= 0 and not math.isinf(order):
        return
    shown = str(int(order)) if not math.isinf(order) and order == int(order) else f"{order:g}"
    if not dims:
        if not x.numel():
            raise RuntimeError(
                f"linalg.vector_norm cannot compute the {shown} norm on an empty tensor because "
                "the operation does not have an identity"
            )
        return
    for d in dims:
        if x.dim() and x.size(d) == 0:
            raise RuntimeError(
                f"linalg.vector_norm cannot compute the {shown} norm on the dimension {d}because "
                "this dimension is empty and the operation does not have an identity"
            )


def result_type(x: Tensor, target: dtype | None, name: str) -> dtype:
    """Return the type a norm is computed in.

    Raises:
        RuntimeError: a type that is not floating, or narrower than the input's.
    """
    check_floating(x, f"linalg.{name}")
    if target is None:
        return x.dtype
    if target.category != FLOATING:
        raise RuntimeError(
            f"linalg.{name}: dtype should be floating point or complex, but got "
            f"{target.scalar_name}"
        )
    if target.itemsize < x.dtype.itemsize:
        raise RuntimeError(
            f"linalg.{name}: the dtype of the input ({x.dtype.scalar_name}) should be convertible "
            f"without narrowing to the specified dtype ({target.scalar_name})"
        )
    return target


@linalg
def vector_norm(
    x: Tensor,
    ord: Number = 2,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    dtype: dtype | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return the lengths of vectors: of all elements, or along some dimensions.

    The 2-norm's gradient is the vector divided by its length: the direction in which it
    grows fastest.

    >>> torch.linalg.vector_norm(torch.tensor([3.0, -4.0]))
    tensor(5.)
    >>> torch.linalg.vector_norm(torch.tensor([3.0, -4.0]), 1)
    tensor(7.)

    Args:
        x: Shape `(*)`, floating.
        ord: 2; 1, the sum of absolute values; `inf`, the largest of them; 0, how many are
            not 0; or any other number p, the p-th root of the sum of p-th powers.
        dim: The dimensions that disappear; None for all.
        keepdim: Keep them, with size 1.
        dtype: The type to compute in.
        out: Where to write the result.
    """
    kind = result_type(x, dtype, "vector_norm")
    order = float(ord)
    given = None if dim is None else (dim,) if isinstance(dim, int) else tuple(dim)
    check_order(x, order, given)
    dims = wrap_dims(given, x.dim()) if given else tuple(range(x.dim()))
    dims = dims if x.dim() else ()
    together = x.is_contiguous() and sorted(dims) == list(range(x.dim()))[x.dim() - len(dims) :]
    found = fold(x.detach().to(kind), dims, keepdim, measure(order, together), kind)
    return differentiable(
        found,
        "LinalgVectorNormBackward0",
        (x,),
        saved=(x, found),
        backward=lambda grad, x, length: along(grad, x.to(kind), length, order, dims, keepdim),
    )


def along(
    grad: Tensor, x: Tensor, length: Tensor, order: float, dims: Sequence[int], keepdim: bool
) -> Tensor:
    """Return the gradient of norms over some dimensions."""
    grad, length = (restored(t, x, dims, keepdim) for t in (grad, length))
    if not math.isinf(order):
        return norm_gradient(grad, x, length, order)
    away = x.abs()
    decides = (away == length) | (away != away)
    return x.sgn() * ((grad / decides.sum(dims or None, True)) * decides)


def check_matrix_dims(a: Tensor, dim: Sequence[int]) -> list[int]:
    """Return the two dimensions of matrices, counted from the front."""
    if a.dim() < 2:
        raise RuntimeError(
            "linalg.matrix_norm: The input tensor A must have at least 2 dimensions."
        )
    if len(dim) != 2:
        raise RuntimeError(
            "linalg.matrix_norm: dim must be a 2-tuple. Got " + ", ".join(map(str, dim))
        )
    if dim[0] == dim[1]:
        raise RuntimeError(f"linalg.matrix_norm: dims must be different. Got ({dim[0]}, {dim[1]})")
    return list(wrap_dims(dim, a.dim()))


@linalg
def matrix_norm(
    A: Tensor,
    ord: Number | str = "fro",
    dim: Sequence[int] = (-2, -1),
    keepdim: bool = False,
    *,
    dtype: dtype | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Return norms of matrices. `(*, M, N)` to `(*)`.

    >>> torch.linalg.matrix_norm(torch.tensor([[1.0, 2.0], [2.0, 4.0]]))
    tensor(5.)

    Args:
        A: Floating, of at least two dimensions.
        ord: `"fro"`, the root of the sum of squares; `"nuc"`, the sum of singular values; 2
            or -2, the largest or smallest of them; 1 or -1, of the columns' sums of absolute
            values; `inf` or `-inf`, of the rows'.
        dim: The two dimensions of the matrices.
        keepdim: Keep them, with size 1.
        dtype: The type to compute in.
        out: Where to write the result.
    """
    known = ord in ("fro", "nuc") if isinstance(ord, str) else abs(ord) in (1, 2, math.inf)
    check_floating(A, "linalg.matrix_norm")
    rows, columns = dims = check_matrix_dims(A, dim)
    if not known:
        shown = ord if isinstance(ord, str) or ord != int(ord) else int(ord)
        raise RuntimeError(f"linalg.matrix_norm: Order {shown} not supported.")
    if ord == "fro":
        return vector_norm(A, 2, dims, keepdim, dtype=dtype)
    if ord == "nuc" or abs(ord) == 2:
        rest = [d for d in range(A.dim()) if d not in dims]
        turned = A.permute([*rest, *dims])
        values = svdvals(turned if dtype is None else turned.to(dtype))
        if ord == "nuc":
            found = values.sum(-1, keepdim)
        else:
            found = values.amax(-1, keepdim) if ord > 0 else values.amin(-1, keepdim)
        if not keepdim:
            return found
        order = [*rest, *dims]
        return found.unsqueeze(-1).permute([order.index(d) for d in range(A.dim())])
    if abs(ord) == math.inf:
        rows, columns = columns, rows
    sums = vector_norm(A, 1, [rows], keepdim, dtype=dtype)
    if not keepdim and rows < columns:
        columns -= 1
    return sums.amax(columns, keepdim) if ord > 0 else sums.amin(columns, keepdim)


def any_norm(
    A: Tensor,
    ord: Number | str | None = None,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    out: Tensor | None = None,
    dtype: dtype | None = None,
) -> Tensor:
    """Return a vector's or matrix's norm, as the order and the dimensions suggest.

    Without an order, the root of the sum of squares of all elements.

    >>> torch.linalg.norm(torch.tensor([[3.0, 0.0], [0.0, 4.0]]))
    tensor(5.)
    >>> torch.linalg.norm(torch.tensor([[3.0, 0.0], [0.0, 4.0]]), 2)
    tensor(4.)
    """
    dims = (dim,) if isinstance(dim, int) else dim
    if dims is not None and len(dims) not in (1, 2):
        raise RuntimeError(
            f"linalg.norm: If dim is specified, it must be of length 1 or 2. Got {listed(dims)}"
        )
    if dims is None and ord is not None and A.dim() not in (1, 2):
        raise RuntimeError(
            "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got "
            f"{A.dim()}D."
        )
    if isinstance(ord, str) or (ord is not None and len(dims or range(A.dim())) == 2):
        return matrix_norm(A, ord, dims or (0, 1), keepdim, dtype=dtype)
    return vector_norm(A, 2 if ord is None else ord, dims, keepdim, dtype=dtype)


any_norm.__name__ = "norm"
linalg_norm = linalg(any_norm)


def norm(
    input: Tensor,
    p: Number | str | None = "fro",
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    out: Tensor | None = None,
    dtype: dtype | None = None,
) -> Tensor:
    """Return the length of all elements, or of those along dimensions; see `torch.linalg.norm`.

    >>> torch.norm(torch.tensor([[3.0], [4.0]]))
    tensor(5.)
    """
    if not isinstance(input, Tensor):  # torch's own code is Python, and looks at this first
        raise AttributeError(f"'{type(input).__name__}' object has no attribute 'layout'")
    dims = (dim,) if isinstance(dim, int) else dim
    options = {"dtype": dtype} if out is None else {"dtype": dtype, "out": out}
    if p == "fro" and (dims is None or len(dims) <= 2):
        return vector_norm(input, 2, dims, keepdim, **options)
    if isinstance(p, str):
        return matrix_norm(input, p, dims or tuple(range(input.dim())), keepdim, **options)
    return vector_norm(input, 2 if p is None else p, dims, keepdim, **options)


def method_norm(
    self: Tensor,
    p: Number | str | None = "fro",
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    dtype: dtype | None = None,
) -> Tensor:
    """Return `torch.norm` of the tensor."""
    return norm(self, p, dim, keepdim, dtype=dtype)


Tensor.norm = method_norm


@operator
def dist(input: Tensor, other: Tensor, p: Number = 2) -> Tensor:
    """Return the length of the difference of two tensors, which are broadcast.

    >>> torch.dist(torch.tensor([1.0, 2.0]), torch.tensor([4.0, 6.0]))
    tensor(5.)
    """
    difference = input.detach() - other.detach()
    found = vector_norm(difference, p)

    def backward(grad: Tensor, a: Tensor, b: Tensor, length: Tensor) -> tuple[Tensor, Tensor]:
        towards = norm_gradient(grad, a - b, length, float(p))
        return (None, None) if towards is None else (towards, -towards)

    return differentiable(
        found, "DistBackward0", (input, other), saved=(input, other, found), backward=backward
    )


@inplace
@operator
def renorm(
    input: Tensor, p: Number, dim: int, maxnorm: Number, *, out: Tensor | None = None
) -> Tensor:
    """Return slices along a dimension, those that are longer than `maxnorm` made that long.

    >>> torch.renorm(torch.tensor([[3.0, 4.0], [0.3, 0.4]]), 2, 0, 1.0)
    tensor([[0.6000, 0.8000],
            [0.3000, 0.4000]])
    """
    if p <= 0:
        raise RuntimeError("renorm: non-positive-norm not supported")
    if maxnorm < 0:
        raise RuntimeError(f"renorm: expected maxnorm to be >= 0 but got {maxnorm:g}")
    if input.dim() < 2:
        raise RuntimeError(
            f"renorm: input needs at least 2 dimensions, got {input.dim()} dimensions"
        )
    (kept,) = wrap_dims(dim, input.dim())
    dims = [d for d in range(input.dim()) if d != kept]

    def shortened(x: Tensor) -> Tensor:
        lengths = vector_norm(x, p, dims, True)
        return mul(x, where(lengths > maxnorm, maxnorm / (lengths + 1e-7), 1.0))

    def backward(grad: Tensor, x: Tensor) -> Tensor:
        lengths = vector_norm(x, p, dims, True)
        long = lengths > maxnorm
        factor = maxnorm / (lengths + 1e-7)
        through = (grad * x).sum(dims, True)
        inner = along(through, x, lengths, float(p), dims, True)
        return where(long, factor * (grad - inner / (lengths + 1e-7)), grad)

    return differentiable(
        shortened(input.detach()), "RenormBackward0", (input,), saved=(input,), backward=backward
    )
