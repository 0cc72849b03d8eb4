"""The parts of complex numbers, for numbers that are real: here there are no others."""

from __future__ import annotations

import math
from typing import NoReturn

from ..graph import differentiable
from ..operators import function, operator
from ..pointwise import unary
from ..tensor import Tensor
from .rules import zeros_for

__all__ = ["angle", "conj", "imag", "is_conj", "is_neg", "real", "resolve_conj", "resolve_neg"]


@function
def real(input: Tensor) -> Tensor:
    """Return the real part: the tensor itself.

    >>> x = torch.ones(2)
    >>> torch.real(x) is x
    True
    """
    return input


@function
def imag(input: Tensor) -> NoReturn:
    """Raise, as torch does for tensors that are not complex.

    Raises:
        RuntimeError: always.
    """
    raise RuntimeError("imag is not implemented for tensors with non-complex dtypes.")


def set_real(self: Tensor, value: Tensor | float) -> None:
    """Write the real part."""
    self.copy_(value)


def set_imag(self: Tensor, value: Tensor | float) -> NoReturn:
    """Raise, as `imag` does."""
    imag(self)


Tensor.real = property(real, set_real)
Tensor.imag = property(imag, set_imag)


@operator
def conj(input: Tensor) -> Tensor:
    """Return the complex conjugate: the tensor itself."""
    return input


@operator
def resolve_conj(input: Tensor) -> Tensor:
    """Return the tensor itself: its numbers are not kept as conjugates."""
    return input


@operator
def resolve_neg(input: Tensor) -> Tensor:
    """Return the tensor itself: its numbers are not kept as negatives."""
    return input


@operator
def is_conj(input: Tensor) -> bool:
    """Tell whether the numbers are kept as conjugates: never."""
    return False


@operator
def is_neg(input: Tensor) -> bool:
    """Tell whether the numbers are kept as negatives: never."""
    return False


@operator
def angle(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the angle in the complex plane: 0 for numbers from 0 up, pi below.

    Shape `(*)` to `(*)`. A real number cannot turn a little, so the gradient is 0.

    >>> torch.angle(torch.tensor([2.0, -2.0]))
    tensor([0.0000, 3.1416])
    """
    result = unary(input, lambda x: x if x != x else math.pi if x < 0 else 0.0)
    return differentiable(result, "AngleBackward0", (input,), backward=zeros_for)
