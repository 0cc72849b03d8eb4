"""Adding and multiplying, with signs."""

from __future__ import annotations

import operator as python

from ..dtypes import BOOL, FLOATING, dtype
from ..graph import differentiable
from ..operators import alias, function, infix, inplace, operator
from ..pointwise import binary, pointwise, unary
from ..promotion import common_type
from ..tensor import Tensor
from ..tensorbase import attach
from .rules import Number, at_least_one, is_boolean, refuse, stored, working

__all__ = [
    "abs",
    "absolute",
    "add",
    "addcmul",
    "lerp",
    "mul",
    "multiply",
    "neg",
    "negative",
    "positive",
    "rsub",
    "sub",
    "subtract",
]

NO_MINUS = (
    "Subtraction, the `-` operator, with {} not supported. "
    "If you are trying to invert a mask, use the `~` or `logical_not()` operator instead."
)
NO_MINUS_FOR_TWO = (
    "Subtraction, the `-` operator, with two bool tensors is not supported. "
    "Use the `^` or `logical_xor()` operator instead."
)
NO_NEGATION = (
    "Negation, the `-` operator, on a bool tensor is not supported. "
    "If you are trying to invert a mask, use the `~` or `logical_not()` operator instead."
)


def check_alpha(alpha: Number, found: dtype) -> None:
    """Raise if a factor does not suit the type of the result."""
    if isinstance(alpha, bool) and found.category != BOOL:
        raise RuntimeError("Boolean alpha only supported for Boolean results.")
    if isinstance(alpha, float) and found.category != FLOATING:
        raise RuntimeError(
            "For integral input tensors, argument alpha must not be a floating point number."
        )
    found.checked(alpha)


def scaled_sum(
    input: Tensor | Number, other: Tensor | Number, alpha: Number, sign: int = 1
) -> Tensor:
    """Return `input + sign * alpha * other`, rounded once, as a fused multiply-add does it."""
    found = common_type((input, other))
    compute = working(found)
    if type(alpha) is int and alpha == 1:
        fn = python.add if sign == 1 else python.sub
    else:
        check_alpha(alpha, found)
        factor = found.array([sign * alpha])[0]

        def fn(a: float, b: float) -> float:
            return a + factor * b

    input, other = stored(input, found), stored(other, found)
    return binary(input, other, fn, compute=compute, dtype=found)


def times(grad: Tensor, factor: Number) -> Tensor:
    """Return a gradient times a number; the gradient itself for 1."""
    return grad if factor == 1 else grad * factor


@infix("__add__", "__radd__", "__iadd__")
@inplace
@operator
def add(
    input: Tensor | Number,
    other: Tensor | Number,
    *,
    alpha: Number = 1,
    out: Tensor | None = None,
) -> Tensor:
    """Return `input + alpha * other`, element by element.

    Shapes `(*)` and `(*)` are broadcast. Both summands move the sum one to one, so
    both receive its gradient as it is (`other` times `alpha`).

    >>> torch.tensor([1.0, 2.0]) + torch.tensor([[10.0], [20.0]])
    tensor([[11., 12.],
            [21., 22.]])
    """
    input = at_least_one(input, other)
    result = scaled_sum(input, other, alpha)
    return differentiable(
        result,
        "AddBackward0",
        (input, other),
        backward=(lambda grad: grad, lambda grad: times(grad, alpha)),
    )


def check_subtraction(input: Tensor | Number, other: Tensor | Number) -> None:
    """Raise torch's error if one side is a truth value: `-` of those is ambiguous."""
    booleans = is_boolean(input) + is_boolean(other)
    if booleans:
        raise RuntimeError(
            NO_MINUS_FOR_TWO if booleans == 2 else NO_MINUS.format("a bool tensor is")
        )


@infix("__sub__", "__isub__")
@inplace
@operator
def sub(
    input: Tensor | Number,
    other: Tensor | Number,
    *,
    alpha: Number = 1,
    out: Tensor | None = None,
) -> Tensor:
    """Return `input - alpha * other`, element by element.

    Shapes `(*)` and `(*)` are broadcast. What is subtracted receives the negative gradient.

    >>> torch.tensor([5, 7]) - 2
    tensor([3, 5])

    Raises:
        RuntimeError: for truth values.
    """
    check_subtraction(input, other)
    input = at_least_one(input, other)
    result = scaled_sum(input, other, alpha, -1)
    return differentiable(
        result,
        "SubBackward0",
        (input, other),
        backward=(lambda grad: grad, lambda grad: times(-grad, alpha)),
    )


@infix("__rsub__")
@function
def rsub(input: Tensor, other: Tensor | Number, *, alpha: Number = 1) -> Tensor:
    """Return `other - alpha * input`: what `1 - x` calls.

    >>> 1 - torch.tensor([0.25, 1.0])
    tensor([0.7500, 0.0000])
    """
    check_subtraction(input, other)
    result = scaled_sum(other, input, alpha, -1)
    if isinstance(other, Tensor):
        return differentiable(
            result,
            "RsubBackward0",
            (input, other),
            backward=(lambda grad: times(-grad, alpha), lambda grad: grad),
        )
    return differentiable(
        result, "RsubBackward1", (input,), backward=lambda grad: times(-grad, alpha)
    )


@infix("__mul__", "__rmul__", "__imul__")
@inplace
@operator
def mul(input: Tensor | Number, other: Tensor | Number, *, out: Tensor | None = None) -> Tensor:
    """Return `input * other`, element by element.

    Shapes `(*)` and `(*)` are broadcast. Each factor's gradient is the other factor:
    moving `a` by a little moves `a * b` by `b` times as much.

    >>> torch.tensor([1, 2, 3]) * 0.5
    tensor([0.5000, 1.0000, 1.5000])
    """
    input = at_least_one(input, other)
    found = common_type((input, other))
    result = binary(input, other, python.mul, compute=working(found), dtype=found)
    return differentiable(
        result,
        "MulBackward0",
        (input, other),
        backward=(
            (lambda grad, other: grad * other, other),
            (lambda grad, input: grad * input, input),
        ),
    )


@inplace
@operator
def neg(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the elements with the other sign. Shape `(*)` to `(*)`.

    >>> -torch.tensor([1.0, -2.0, 0.0])
    tensor([-1.,  2., -0.])

    Raises:
        RuntimeError: for a bool tensor.
    """
    if is_boolean(input):
        raise RuntimeError(NO_NEGATION)
    result = unary(input, python.neg, dtype=input.dtype)
    return differentiable(result, "NegBackward0", (input,), backward=lambda grad: -grad)


@operator
def positive(input: Tensor) -> Tensor:
    """Return the input itself.

    Raises:
        RuntimeError: for a bool tensor.
    """
    if is_boolean(input):
        raise RuntimeError("The `+` operator, on a bool tensor is not supported.")
    return input


@inplace
@operator
def abs(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the elements without their sign. Shape `(*)` to `(*)`.

    The slope is the sign: 1, -1, and by convention 0 at 0.

    >>> torch.abs(torch.tensor([-1.5, 0.0, 2.0]))
    tensor([1.5000, 0.0000, 2.0000])
    """
    refuse(input.dtype, "abs_cpu", BOOL)
    result = unary(input, python.abs, dtype=input.dtype)
    return differentiable(
        result, "AbsBackward0", (input,), saved=(input,), backward=lambda grad, x: grad * x.sgn()
    )


@inplace
@operator
def addcmul(
    input: Tensor,
    tensor1: Tensor,
    tensor2: Tensor,
    *,
    value: Number = 1,
    out: Tensor | None = None,
) -> Tensor:
    """Return `input + value * tensor1 * tensor2`; optimisers average squares with it.

    Shapes are broadcast.

    >>> torch.addcmul(torch.ones(2), torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]), value=0.5)
    tensor([2.5000, 5.0000])
    """
    found = common_type((input, tensor1, tensor2))
    refuse(found, "addcmul_cpu_out", BOOL)
    compute = working(found)
    factor = compute.array([value if found.category == FLOATING else int(value)])[0]
    left = pointwise(lambda b: b * factor, (tensor1,), compute=compute)
    result = pointwise(
        lambda a, b, c: a + b * c, (input, left, tensor2), compute=compute, dtype=found
    )
    return differentiable(
        result,
        "AddcmulBackward0",
        (input, tensor1, tensor2),
        backward=(
            lambda grad: grad,
            (lambda grad, tensor2: grad * (tensor2 * value), tensor2),
            (lambda grad, tensor1: grad * (tensor1 * value), tensor1),
        ),
    )


@inplace
@operator
def lerp(
    input: Tensor, end: Tensor, weight: Tensor | Number, *, out: Tensor | None = None
) -> Tensor:
    """Return the point a part of the way from `input` to `end`: `input + weight * (end - input)`.

    Shapes are broadcast. From halfway on torch goes backwards from `end`, so that weight 1
    gives `end` exactly.

    >>> torch.lerp(torch.tensor([0.0, 10.0]), torch.tensor([4.0, 20.0]), 0.25)
    tensor([ 1.0000, 12.5000])

    Raises:
        RuntimeError: for operands of different types.
    """
    for name, operand in (("end", end), ("weight", weight)):
        if isinstance(operand, Tensor) and operand.dtype is not input.dtype:
            raise RuntimeError(
                f"expected dtype {input.dtype.cpp_name} for `{name}` "
                f"but got dtype {operand.dtype.cpp_name}"
            )
    by_tensor = isinstance(weight, Tensor)
    refuse(input.dtype, f"lerp_kernel_{'tensor' if by_tensor else 'scalar'}", 0, 1)
    compute = working(input.dtype)
    way = binary(end, input, python.sub, compute=compute)
    if by_tensor:
        factor, rest = 0.0, binary(1, weight, python.sub, compute=compute)
    else:
        factor = compute.array([weight])[0]
        rest = compute.array([1 - factor])[0]

    def between(a: float, b: float, d: float, w: float = factor, r: float = rest) -> float:
        return a + w * d if -0.5 < w < 0.5 else b - d * r

    operands = (input, end, way, weight, rest) if by_tensor else (input, end, way)
    result = pointwise(between, operands, compute=compute, dtype=input.dtype)
    if by_tensor:
        return differentiable(
            result,
            "LerpBackward1",
            (input, end, weight),
            backward=(
                (lambda grad, weight: grad * (1 - weight), weight),
                (lambda grad, weight: grad * weight, weight),
                (lambda grad, input, end: grad * (end - input), input, end),
            ),
        )
    return differentiable(
        result,
        "LerpBackward0",
        (input, end),
        backward=(lambda grad: grad * (1 - weight), lambda grad: grad * weight),
    )


@attach
def __neg__(self: Tensor) -> Tensor:
    return neg(self)


@attach
def __pos__(self: Tensor) -> Tensor:
    return positive(self)


@attach
def __abs__(self: Tensor) -> Tensor:
    return abs(self)


absolute = alias(abs, "absolute")
multiply = alias(mul, "multiply")
negative = alias(neg, "negative")
subtract = alias(sub, "subtract")
