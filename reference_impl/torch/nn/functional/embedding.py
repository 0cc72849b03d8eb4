"""Embeddings: rows of a table, one for each word; and ones in the places of classes."""

from __future__ import annotations

from array import array

from ... import dtypes
from ...creation import zeros
from ...dtypes import dtype
from ...gradmode import no_grad
from ...graph import differentiable
from ...kernels import kernel
from ...operators import function
from ...tensor import Tensor, fresh
from ...tensorbase import numbers

__all__ = ["embedding", "one_hot"]


@kernel
def rows_at(table: array, width: int, places: array, left_out: int) -> array:
    """Return rows of a table, one after the other; zeros for the one that is left out."""
    count = len(table) // width if width else 0
    found, nothing = array(table.typecode), array(table.typecode, [0]) * width
    for at in places:
        if not 0 <= at < count:
            raise IndexError("index out of range in self")
        found.extend(nothing if at == left_out else table[at * width : (at + 1) * width])
    return found


@kernel
def rows_added(
    rows: array, width: int, places: array, length: int, left_out: int, kind: dtype, shared: bool
) -> array:
    """Return a table in which rows were added at their places.

    Args:
        rows: one after the other.
        width: of a row.
        places: of the rows in the table.
        length: of the table.
        left_out: the place at which nothing is added.
        kind: of the numbers.
        shared: whether a row counts the less the more often its place occurs.
    """
    table = array("f" if kind.itemsize < 8 else "d", [0.0]) * (length * width)
    often = {at: places.count(at) for at in set(places)} if shared else {}
    for number, at in enumerate(places):
        if at == left_out:
            continue
        share = often.get(at, 1)
        for i in range(width):
            table[at * width + i] += rows[number * width + i] / share
    return kind.array(table)


def looked_up(
    weight: Tensor, input: Tensor, left_out: int, shared: bool, name: str = "EmbeddingBackward0"
) -> Tensor:
    """Return the rows of a table at some places, with history."""
    length, width = weight._size
    skipped = left_out if name != "EmbeddingBackward0" else -1
    values = rows_at(numbers(weight), width, numbers(input), skipped)
    places = input.detach().clone()
    return differentiable(
        fresh(values, (*input._size, width), weight.dtype),
        name,
        (weight,),
        backward=lambda grad: gathered(grad, places, length, left_out, shared),
    )


def gathered(grad: Tensor, input: Tensor, length: int, left_out: int, shared: bool) -> Tensor:
    """Return the gradient of a table: that of each row's copies, added up."""
    width = grad._size[-1]
    table = rows_added(numbers(grad), width, numbers(input), length, left_out, grad.dtype, shared)
    return differentiable(
        fresh(table, (length, width), grad.dtype),
        "EmbeddingDenseBackwardBackward0",
        (grad,),
        backward=lambda again: looked_up(
            again, input, left_out, shared, "EmbeddingDenseBackwardBackward0"
        ),
    )


def embedding(
    input: Tensor,
    weight: Tensor,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Tensor:
    """Return rows of a table. `(*)` integers and `(V, D)` to `(*, D)`.

    The same as one-hot vectors times the table, without the multiplications by 0. Each row
    receives the gradients of all its copies.

    >>> table = torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
    >>> torch.nn.functional.embedding(torch.tensor([2, 0]), table)
    tensor([[4., 5.],
            [0., 1.]])

    Args:
        input: numbers of rows.
        weight: the table.
        padding_idx: the number of a row that gets no gradient.
        max_norm: longer rows are shortened to it, in the table itself.
        norm_type: which norm that is.
        scale_grad_by_freq: whether a row's gradient is divided by how often it occurs.
        sparse: not here.

    Raises:
        IndexError: a row that is not there.
        RuntimeError: numbers that are not int64 or int32.
    """
    if sparse:
        raise NotImplementedError("sparse gradients are not part of reference_impl")
    if padding_idx is None:
        padding_idx = -1
    else:
        if not -weight.size(0) <= padding_idx < weight.size(0):
            raise AssertionError("Padding_idx must be within num_embeddings")
        padding_idx %= weight.size(0)
    if not isinstance(input, Tensor):
        raise TypeError(
            "embedding(): argument 'indices' (position 2) must be Tensor, not "
            f"{type(input).__name__}"
        )
    if max_norm is not None:
        with no_grad():
            shorten(weight, input, max_norm, norm_type)
    return embedding_rows(weight, input, padding_idx, scale_grad_by_freq)


def embedding_rows(
    weight: Tensor, indices: Tensor, padding_idx: int = -1, scale_grad_by_freq: bool = False
) -> Tensor:
    """Return rows of a table: `torch.embedding`, whose arguments are checked here."""
    if weight.dim() != 2:
        raise RuntimeError("'weight' must be 2-D")
    if indices.dtype not in (dtypes.int64, dtypes.int32):
        raise RuntimeError(
            "Expected tensor for argument #1 'indices' to have one of the following scalar types: "
            f"Long, Int; but got {indices.type()} instead (while checking arguments for embedding)"
        )
    return looked_up(weight, indices, padding_idx, scale_grad_by_freq)


def shorten(weight: Tensor, input: Tensor, most: float, norm_type: float) -> None:
    """Shorten the rows of a table that are used and too long."""
    for at in sorted(set(input.flatten().tolist())):
        row = weight[at]
        length = row.norm(norm_type).item()
        if length > most:
            row.mul_(most / (length + 1e-7))


@function
def one_hot(tensor: Tensor, num_classes: int = -1) -> Tensor:
    """Return a row of zeros for each number, with a 1 in its place. `(*)` to `(*, C)`.

    >>> torch.nn.functional.one_hot(torch.tensor([0, 2]), num_classes=3)
    tensor([[1, 0, 0],
            [0, 0, 1]])

    Args:
        tensor: of int64, from 0 on.
        num_classes: C; one more than the largest number if -1.

    Raises:
        RuntimeError: another type, or a number that is no class.
    """
    if tensor.dtype is not dtypes.int64:
        raise RuntimeError("one_hot is only applicable to index tensor of type LongTensor.")
    if not tensor.numel():
        if num_classes <= 0:
            raise RuntimeError("Can not infer total number of classes from empty tensor.")
        return zeros(*tensor._size, num_classes, dtype=dtypes.int64)
    if tensor.min().item() < 0:
        raise RuntimeError("Class values must be non-negative.")
    if num_classes == -1:
        num_classes = int(tensor.max().item()) + 1
    elif num_classes < 1:
        raise RuntimeError("num_classes should be positive")
    elif tensor.max().item() >= num_classes:
        raise RuntimeError("Class values must be smaller than num_classes.")
    made = zeros(*tensor._size, num_classes, dtype=dtypes.int64)
    return made.scatter_(-1, tensor.unsqueeze(-1), 1)
