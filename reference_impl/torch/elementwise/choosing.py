"""Choosing one of several values, place by place; what is not chosen has no gradient."""

from __future__ import annotations

import warnings
from collections.abc import Callable

from .. import dtypes
from ..arguments import OMITTED
from ..calling import Signature
from ..copying import filling
from ..graph import differentiable
from ..operators import alias, function, inplace, method, operator
from ..pointwise import binary, pointwise
from ..promotion import common_type
from ..tensor import Tensor
from .rules import Number

__all__ = [
    "clamp",
    "clamp_max",
    "clamp_min",
    "clip",
    "fmax",
    "fmin",
    "maximum",
    "minimum",
    "where",
]

BYTES_AS_CONDITION = (
    "where received a uint8 condition tensor. This behavior is deprecated and will be removed in a "
    "future version of PyTorch. Use a boolean condition instead. (Triggered internally at "
    "/__w/pytorch/pytorch/aten/src/ATen/native/TensorCompare.cpp:621.)"
)


def chosen(condition: Tensor, input: Tensor | Number, other: Tensor | Number) -> Tensor:
    """Return `input` where the condition holds, else `other`, with its history."""
    if condition.dtype is dtypes.uint8:
        warnings.warn(BYTES_AS_CONDITION, UserWarning, stacklevel=4)
    elif condition.dtype is not dtypes.bool:
        raise RuntimeError(
            "where expected condition to be a boolean tensor, but got a tensor with dtype "
            f"{condition.dtype.scalar_name}"
        )
    found = common_type((input, other))
    input, other = (x if isinstance(x, Tensor) else filling(x, found, 1) for x in (input, other))
    result = pointwise(
        lambda c, a, b: a if c else b,
        (condition, input, other),
        compute=(condition.dtype, found, found),
        dtype=found,
    )
    return differentiable(
        result,
        "WhereBackward0",
        (input, other),
        backward=(
            (lambda grad, c: chosen(c, grad, 0), condition),
            (lambda grad, c: chosen(c, 0, grad), condition),
        ),
    )


@method
def where(input: Tensor, condition: Tensor, other: Tensor | Number) -> Tensor:
    """Return the elements where the condition holds, else those of `other`.

    >>> x = torch.tensor([1.0, -2.0])
    >>> x.where(x > 0, 0.0)
    tensor([1., 0.])
    """
    return chosen(condition, input, other)


@function
def where(  # noqa: F811 - the method has the condition in second place
    condition: Tensor,
    input: Tensor | Number = OMITTED,
    other: Tensor | Number = OMITTED,
    *,
    out: Tensor | None = None,
) -> Tensor | tuple[Tensor, ...]:
    """Return `input` where the condition holds, else `other`. Shapes are broadcast.

    Each element's gradient goes to the side it was taken from.

    Args:
        condition: Truth values.
        input: What to take where they hold. Left out with `other`: return the places of the
            truths, an index tensor for each dimension.
        other: What to take elsewhere.
        out: Where to write the result.

    >>> x = torch.tensor([1.0, -2.0, 3.0])
    >>> torch.where(x > 0, x, 0.0)
    tensor([1., 0., 3.])

    Raises:
        RuntimeError: for a condition that is not bool.
    """
    if input is OMITTED:
        return condition.nonzero(as_tuple=True)
    if other is OMITTED:
        form = Signature.of("", "where", method=False)
        raise TypeError(form.no_overload((condition, input), {}))
    return chosen(condition, input, other)


def larger(a: float, b: float) -> float:
    """Return the larger number; nan if there is one."""
    return a if a >= b or a != a else b


def smaller(a: float, b: float) -> float:
    """Return the smaller number; nan if there is one."""
    return a if a <= b or a != a else b


def shared(grad: Tensor, input: Tensor, other: Tensor, wins: str) -> Tensor:
    """Return the gradient of one side of a contest: half of it where both are equal."""
    halved = (grad / 2).where(input == other, grad)
    lost = input < other if wins == "larger" else input > other
    return halved.where(lost.logical_not(), 0)


def contest(input: Tensor, other: Tensor, fn: object, wins: str, name: str) -> Tensor:
    """Return the winner of each pair, with its history."""
    return differentiable(
        binary(input, other, fn),
        name,
        (input, other),
        backward=(
            (lambda grad, a, b: shared(grad, a, b, wins), input, other),
            (lambda grad, a, b: shared(grad, b, a, wins), input, other),
        ),
    )


@operator
def maximum(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the larger of each pair; nan if there is one. Shapes are broadcast.

    The gradient goes to the larger; equal elements share it.

    >>> torch.maximum(torch.tensor([1.0, 5.0]), torch.tensor([3.0, 2.0]))
    tensor([3., 5.])
    """
    return contest(input, other, larger, "larger", "MaximumBackward0")


@operator
def minimum(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the smaller of each pair; nan if there is one. Shapes are broadcast.

    The gradient goes to the smaller; equal elements share it.

    >>> torch.minimum(torch.tensor([1.0, 5.0]), torch.tensor([3.0, 2.0]))
    tensor([1., 2.])
    """
    return contest(input, other, smaller, "smaller", "MinimumBackward0")


@operator
def fmax(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the larger of each pair, or the one that is not nan. Shapes are broadcast.

    >>> torch.fmax(torch.tensor([1.0, float("nan")]), torch.tensor([3.0, 2.0]))
    tensor([3., 2.])
    """
    result = binary(input, other, lambda a, b: a if a >= b or b != b else b)
    return differentiable(
        result,
        "FmaxBackward0",
        (input, other),
        backward=(
            (lambda grad, a, b: grad.where((a >= b).logical_or(b.isnan()), 0), input, other),
            (lambda grad, a, b: chosen((a >= b).logical_or(b.isnan()), 0, grad), input, other),
        ),
    )


@operator
def fmin(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the smaller of each pair, or the one that is not nan. Shapes are broadcast.

    >>> torch.fmin(torch.tensor([1.0, float("nan")]), torch.tensor([3.0, 2.0]))
    tensor([1., 2.])
    """
    result = binary(input, other, lambda a, b: a if a <= b or b != b else b)
    return differentiable(
        result,
        "FminBackward0",
        (input, other),
        backward=(
            (lambda grad, a, b: grad.where((a <= b).logical_or(b.isnan()), 0), input, other),
            (lambda grad, a, b: chosen((a <= b).logical_or(b.isnan()), 0, grad), input, other),
        ),
    )


@inplace
@operator
def clamp(
    input: Tensor,
    min: Tensor | Number | None = None,
    max: Tensor | Number | None = None,
    *,
    out: Tensor | None = None,
) -> Tensor:
    """Return the elements, those outside a range moved to its nearest end. Shape `(*)` to `(*)`.

    Elements inside keep their gradient; those moved have none, their end receives it.

    Args:
        input: Any tensor; nan stays nan.
        min: The lower end, or None for none.
        max: The upper end, or None; it wins over a larger `min`.
        out: Where to write the result.

    >>> torch.clamp(torch.tensor([-1.0, 0.5, 2.0]), 0, 1)
    tensor([0.0000, 0.5000, 1.0000])

    Raises:
        RuntimeError: without any end.
    """
    ends = [end for end in (min, max) if end is not None]
    if not ends:
        raise RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None")
    found = common_type((input, *ends))
    for end in ends:
        if not isinstance(end, Tensor):
            found.checked(end)
    rules = [rule for rule, end in ((larger, min), (smaller, max)) if end is not None]

    def fit(x: float, *ends: float) -> float:
        for rule, end in zip(rules, ends, strict=True):
            x = rule(x, end)
        return x

    if any_tensor(*ends):
        result = pointwise(fit, [input, *ends], compute=found)
    else:
        numbers = found.array(ends)
        result = pointwise(lambda x: fit(x, *numbers), (input,), compute=found)
    if not any_tensor(min, max):
        return differentiable(
            result,
            "ClampBackward1",
            (input,),
            saved=(input,),
            backward=lambda grad, x: grad.where(inside(x, min, max), 0),
        )
    return differentiable(
        result,
        "ClampBackward0",
        (input, min, max),
        backward=(
            (lambda grad, x, low, high: grad.where(inside(x, low, high), 0), input, min, max),
            (lower_end_gradient, input, min, max),
            (upper_end_gradient, input, min, max),
        ),
    )


def bounded(input: Tensor, end: Tensor | Number, rule: Callable[[float, float], float]) -> Tensor:
    """Return the elements, those beyond one end moved to it, without history."""
    found = common_type((input, end))
    if isinstance(end, Tensor):
        return binary(input, end, rule)
    (number,) = found.array([found.checked(end)])
    return pointwise(lambda x: rule(x, number), (input,), compute=found)


def any_tensor(*operands: object) -> bool:
    """Tell whether an operand is a tensor."""
    return bool([x for x in operands if isinstance(x, Tensor)])


def inside(x: Tensor, low: Tensor | Number | None, high: Tensor | Number | None) -> Tensor:
    """Tell which elements are within the ends."""
    if low is None or high is None:
        return x <= high if low is None else x >= low
    return (x >= low).logical_and(x <= high)


def lower_end_gradient(grad: Tensor, x: Tensor, low: Tensor, high: Tensor | None) -> Tensor:
    """Return the gradient of the lower end: of the elements moved to it."""
    moved = x < low
    return grad.where(moved if high is None else moved.logical_and(low < high), 0)


def upper_end_gradient(grad: Tensor, x: Tensor, low: Tensor | None, high: Tensor) -> Tensor:
    """Return the gradient of the upper end: of the elements moved to it."""
    moved = x > high
    return grad.where(moved if low is None else moved.logical_or(high < low), 0)


@inplace
@operator
def clamp_min(input: Tensor, min: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Return the elements, smaller ones raised to `min`. Shape `(*)` to `(*)`.

    >>> torch.clamp_min(torch.tensor([-1.0, 2.0]), 0)
    tensor([0., 2.])
    """
    result = bounded(input, min, larger)
    if not isinstance(min, Tensor):
        return differentiable(
            result,
            "ClampMinBackward0",
            (input,),
            saved=(input,),
            backward=lambda grad, x: grad.where(x >= min, 0),
        )
    return differentiable(
        result,
        "ClampMinBackward1",
        (input, min),
        backward=(
            (lambda grad, x, low: grad.where(x >= low, 0), input, min),
            (lambda grad, x, low: grad.where(x < low, 0), input, min),
        ),
    )


@inplace
@operator
def clamp_max(input: Tensor, max: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Return the elements, larger ones lowered to `max`. Shape `(*)` to `(*)`.

    >>> torch.clamp_max(torch.tensor([-1.0, 2.0]), 0)
    tensor([-1.,  0.])
    """
    result = bounded(input, max, smaller)
    if not isinstance(max, Tensor):
        return differentiable(
            result,
            "ClampMaxBackward0",
            (input,),
            saved=(input,),
            backward=lambda grad, x: grad.where(x <= max, 0),
        )
    return differentiable(
        result,
        "ClampMaxBackward1",
        (input, max),
        backward=(
            (lambda grad, x, high: grad.where(x <= high, 0), input, max),
            (lambda grad, x, high: grad.where(x > high, 0), input, max),
        ),
    )


clip = alias(clamp, "clip")
