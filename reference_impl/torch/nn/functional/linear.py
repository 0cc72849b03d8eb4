"""Linear maps: every output is a weighted sum of all inputs."""

from __future__ import annotations

import math

from ...gradmode import no_grad
from ...graph import differentiable
from ...linalg.products import matmul
from ...linalg.sums_of_products import addmm
from ...operators import function
from ...tensor import Tensor

__all__ = ["bilinear", "linear"]


@function
def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Return `input @ weight.T + bias`. `(*, in)` with `(out, in)` and `(out,)` to `(*, out)`.

    The weight has a row for each output, so it is transposed to multiply. All dimensions of
    the input but the last count as a batch.

    >>> x = torch.tensor([[1.0, 2.0]])
    >>> torch.nn.functional.linear(x, torch.tensor([[10.0, 1.0]]), torch.tensor([0.5]))
    tensor([[12.5000]])

    Args:
        input: `(*, in)`.
        weight: `(out, in)`; or `(in,)` without bias, for a result `(*)`.
        bias: `(out,)`.

    Raises:
        RuntimeError: sizes that do not meet, or different types.
    """
    if not input.dim() or not weight.dim():
        raise RuntimeError(
            "both arguments to linear need to be at least 1D, but they are "
            f"{input.dim()}D and {weight.dim()}D"
        )
    turned = weight.t()
    if bias is None:
        return matmul(input, turned)
    if input.dim() == 2:
        return addmm(bias, input, turned)
    if input.is_contiguous() and bias.dim() == 1 and weight.dim() == 2:
        lead = input._size[:-1]
        rows = addmm(bias, input.reshape(math.prod(lead), input._size[-1]), turned)
        return rows.view(*lead, rows._size[1])
    return matmul(input, turned).add_(bias)


@function
def bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Return `input1 @ weight[o] @ input2 + bias[o]` for each output o.

    `(*, in1)` and `(*, in2)` with `(out, in1, in2)` to `(*, out)`.

    >>> one, two = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0, 4.0]])
    >>> torch.nn.functional.bilinear(one, two, torch.ones(1, 2, 2))
    tensor([[21.]])

    Raises:
        RuntimeError: sizes that do not meet.
    """
    if input1.dim() != input2.dim():
        raise RuntimeError(
            f"bilinear(): input dimensions do not match: got {input1.dim()} and {input2.dim()}"
        )
    lead = input1._size[:-1]
    for at, (n, m) in enumerate(zip(lead, input2._size[:-1], strict=True)):
        if n != m:
            raise RuntimeError(
                f"bilinear(): input batch dimensions do not match at dim {at}: got {n} and {m}"
            )
    for at, one in ((1, input1), (2, input2)):
        if one._size[-1] != weight._size[at]:
            raise RuntimeError(
                f"bilinear(): input{at} size does not match weight size: got {one._size[-1]} but "
                f"expected {weight._size[at]}"
            )
    if not input1.dtype is input2.dtype is weight.dtype:
        names = [x.dtype.cpp_name for x in (input1, input2, weight)]
        raise RuntimeError(
            "All tensors must have the same dtype, got input1: {}, input2: {}, weight: {}".format(
                *names
            )
        )
    a, b = (x.reshape(math.prod(lead), x._size[-1]) for x in (input1, input2))
    found = trilinear(a, weight, b).reshape(*lead, weight._size[0])
    return found if bias is None else found + bias


def trilinear(a: Tensor, weight: Tensor, b: Tensor) -> Tensor:
    """Sum `a[n, i] * weight[o, i, j] * b[n, j]` over i and j. To `(N, O)`."""
    outputs, rows, columns = weight._size

    def halfway(a: Tensor, weight: Tensor) -> Tensor:
        """Sum over i only. To `(N, O, J)`."""
        return (a @ weight.permute(1, 0, 2).reshape(rows, outputs * columns)).view(
            a._size[0], outputs, columns
        )

    def to_first(grad: Tensor, weight: Tensor, b: Tensor) -> Tensor:
        pairs = grad.unsqueeze(2) * b.unsqueeze(1)
        return pairs.reshape(-1, outputs * columns) @ weight.transpose(1, 2).reshape(-1, rows)

    def to_second(grad: Tensor, a: Tensor, weight: Tensor) -> Tensor:
        return (grad.unsqueeze(2) * halfway(a, weight)).sum(1)

    def to_weight(grad: Tensor, a: Tensor, b: Tensor) -> Tensor:
        pairs = (a.unsqueeze(2) * b.unsqueeze(1)).reshape(-1, rows * columns)
        return (grad.t() @ pairs).view(outputs, rows, columns)

    with no_grad():
        found = (halfway(a, weight) * b.unsqueeze(1)).sum(2)
    return differentiable(
        found,
        "TrilinearBackward0",
        (a, weight, b),
        backward=((to_first, weight, b), (to_weight, a, b), (to_second, a, weight)),
    )
