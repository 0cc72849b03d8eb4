"""What elementwise operators share: the precision they compute in, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from .. import dtypes, kernels
from ..calling import Signature
from ..dtypes import BOOL, FLOATING, dtype
from ..graph import differentiable
from ..pointwise import unary
from ..promotion import floating, number_type
from ..tensor import Tensor, fresh

Number = int | float


def working(found: dtype) -> dtype:
    """Return the type in which an operator of several steps computes: halves use float32.

    torch rounds after each step to this type, and only the end to a half.
    """
    return dtypes.float32 if found.category == FLOATING and found.itemsize == 2 else found


def steps(input: Tensor, *fns: Callable[[float], float], **errors: object) -> Tensor:
    """Apply functions one after the other, rounding after each, as torch's kernels do."""
    result = floating(input.dtype)
    if input.dtype.category != FLOATING:
        input = unary(input, float)
    kinds = [working(result)] * (len(fns) - 1) + [result]
    first = unary(input, fns[0], dtype=kinds[0], **errors)
    values = first._storage.numbers
    for fn, kind in zip(fns[1:], kinds[1:], strict=True):
        values = kernels.mapped([values], fn, kind, **errors)
    return fresh(values, first._size, result, first._stride)


def stored(operand: Tensor | Number, found: dtype) -> Tensor | Number:
    """Return an operand, a number rounded to a type, as kernels without a scalar form take it.

    For halves that matters: `x * 0.3` takes 0.3 as a float32, `x + 0.3` as a half.
    """
    return operand if isinstance(operand, Tensor) else found.array([operand])[0]


def check_operands(name: str, *operands: Tensor | Number) -> None:
    """Raise torch's error for a call with numbers only.

    Args:
        name: The operator.
        operands: Tensors and numbers.
    """
    if not any(isinstance(x, Tensor) for x in operands):
        Signature.of("", name, method=False).explain(operands, {})


def at_least_one(input: Tensor | Number, other: Tensor | Number) -> Tensor | Number:
    """Return `input`, as a tensor if `other` is none: torch adds two numbers, too."""
    if isinstance(input, Tensor) or isinstance(other, Tensor):
        return input
    kind = number_type(input)
    return fresh(kind.array([input]), (), kind)


def refuse(found: dtype, kernel: str, *categories: int) -> None:
    """Raise torch's error for a type that a kernel does not have.

    Args:
        found: the type that came.
        kernel: torch's name of the kernel.
        categories: what it does not take: BOOL, INTEGRAL, FLOATING.
    """
    if found.category in categories:
        raise NotImplementedError(f"\"{kernel}\" not implemented for '{found.scalar_name}'")


def underivable(result: Tensor, operation: str, inputs: tuple) -> Tensor:
    """Give a result a node that says, when reached, that there is no derivative."""

    def backward(*_: object) -> NoReturn:
        raise RuntimeError(f"derivative for aten::{operation} is not implemented")

    return differentiable(result, "NotImplemented", inputs, backward=backward)


def zeros_for(grad: Tensor) -> Tensor:
    """Return zeros of a gradient's shape: even where the gradient is nan."""
    return unary(grad, lambda _: 0.0, dtype=grad.dtype)


def flat(result: Tensor, name: str, input: Tensor) -> Tensor:
    """Record a step function: its slope is 0 wherever it has one."""
    return differentiable(result, name, (input,), backward=zeros_for)


def is_boolean(operand: Tensor | Number) -> bool:
    """Tell whether an operand is a bool tensor or a Python truth value."""
    if isinstance(operand, Tensor):
        return operand._storage.dtype.category == BOOL
    return isinstance(operand, bool)
