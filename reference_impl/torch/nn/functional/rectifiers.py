"""Activations made of straight lines: relu and its kin.

The slope is a constant on each piece, so backward multiplies the gradient by the slope of
the piece on which the input lies. At a corner torch takes one side's.
"""

from __future__ import annotations

import math

from ... import elementwise
from ...arguments import Number
from ...dtypes import BOOL, FLOATING, INTEGRAL, finfo, float16
from ...elementwise.activation import hardshrink, prelu
from ...elementwise.rules import refuse, steps, working
from ...graph import differentiable
from ...operators import function
from ...pointwise import binary, unary
from ...random import Generator
from ...tensor import Tensor
from .placing import placed

__all__ = [
    "hardshrink",
    "hardsigmoid",
    "hardswish",
    "hardtanh",
    "hardtanh_",
    "leaky_relu",
    "leaky_relu_",
    "prelu",
    "relu",
    "relu6",
    "relu_",
    "rrelu",
    "rrelu_",
    "softshrink",
    "threshold",
    "threshold_",
]


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    """Return the elements, negative ones replaced by 0; see `torch.relu`."""
    return elementwise.relu.in_place(input) if inplace else elementwise.relu(input)


def relu_(input: Tensor) -> Tensor:
    """Do what `relu` does, in place."""
    return elementwise.relu.in_place(input)


@function
def leaky_relu(input: Tensor, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    """Return positive elements as they are, others times a small slope. Shape `(*)` to `(*)`.

    A unit whose input is negative still has a gradient here, and can learn its way back.

    >>> torch.nn.functional.leaky_relu(torch.tensor([-2.0, 3.0]))
    tensor([-0.0200,  3.0000])

    Args:
        input: of a floating type.
        negative_slope: of negative elements.
        inplace: whether the input becomes the result.

    Raises:
        RuntimeError: in place with a negative slope, from whose result the side is not seen.
    """
    refuse(input.dtype, "leaky_relu_cpu", BOOL, INTEGRAL)
    name = f"LeakyReluBackward{int(inplace)}"
    slope = float(negative_slope)
    if inplace and slope < 0 and input.requires_grad:
        raise RuntimeError(
            "In-place leakyReLu backward calculation is triggered with a negative slope which is "
            "not supported. This is caused by calling in-place forward function with a negative "
            "slope, please call out-of-place version instead. File an issue at "
            "https://github.com/pytorch/pytorch if you do require supporting in-place leakRelu "
            "backward calculation with negative slope"
        )

    def bend(x: Tensor) -> Tensor:
        result = unary(x, lambda v: v if v > 0 else v * slope)
        return differentiable(
            result,
            name,
            (x,),
            saved=(result if inplace else x,),
            backward=lambda grad, x: grad.where(x > 0, grad * slope),
        )

    return placed(input, inplace, bend)


def leaky_relu_(input: Tensor, negative_slope: float = 0.01) -> Tensor:
    """Do what `leaky_relu` does, in place."""
    return leaky_relu(input, negative_slope, True)


def clamped(input: Tensor, low: Number, high: Number, inplace: bool) -> Tensor:
    """Return elements brought into a range; the gradient is 0 on its ends, too."""
    if input.dtype.category == BOOL:
        raise RuntimeError("Bool inputs not supported for hardtanh")
    if low > high:
        raise ValueError("min_val cannot be greater than max_val")
    if input.dtype.category == INTEGRAL:
        low, high = int(low), int(high)

    def bend(x: Tensor) -> Tensor:
        result = unary(x, lambda v: low if v < low else high if v > high else v, dtype=x.dtype)
        return differentiable(
            result,
            "HardtanhBackward0",
            (x,),
            saved=(result if inplace else x,),
            backward=lambda grad, x: grad.where((x > low).logical_and(x < high), 0),
        )

    return placed(input, inplace, bend)


@function
def hardtanh(
    input: Tensor, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False
) -> Tensor:
    """Return the elements, those out of `[min_val, max_val]` replaced by the nearer end.

    >>> torch.nn.functional.hardtanh(torch.tensor([-2.0, 0.5, 2.0]))
    tensor([-1.0000,  0.5000,  1.0000])
    """
    return clamped(input, min_val, max_val, inplace)


def hardtanh_(input: Tensor, min_val: float = -1.0, max_val: float = 1.0) -> Tensor:
    """Do what `hardtanh` does, in place."""
    return clamped(input, min_val, max_val, True)


@function
def relu6(input: Tensor, inplace: bool = False) -> Tensor:
    """Return the elements, brought into `[0, 6]`."""
    return clamped(input, 0.0, 6.0, inplace)


@function
def threshold(input: Tensor, threshold: float, value: float, inplace: bool = False) -> Tensor:
    """Return the elements, those that are not above a threshold replaced by one value.

    >>> torch.nn.functional.threshold(torch.tensor([0.1, 0.5]), 0.2, 20.0)
    tensor([20.0000,  0.5000])
    """
    refuse(input.dtype, "threshold_cpu", BOOL)
    if input.dtype.category == INTEGRAL:
        threshold, value = int(threshold), int(value)

    def bend(x: Tensor) -> Tensor:
        result = unary(x, lambda v: value if v <= threshold else v, dtype=x.dtype)
        return differentiable(
            result,
            f"ThresholdBackward{int(inplace)}",
            (x,),
            saved=(result if inplace else x,),
            backward=lambda grad, x: grad.where(x > threshold, 0),
        )

    return placed(input, inplace, bend)


def threshold_(input: Tensor, threshold: float, value: float) -> Tensor:
    """Do what `threshold` does, in place."""
    return globals()["threshold"](input, threshold, value, True)


@function
def softshrink(input: Tensor, lambd: Number = 0.5, *, out: Tensor | None = None) -> Tensor:
    """Return the elements moved towards 0 by `lambd`, those nearer made 0. Shape `(*)` to `(*)`.

    >>> torch.nn.functional.softshrink(torch.tensor([-1.0, 0.2]))
    tensor([-0.5000,  0.0000])

    Raises:
        RuntimeError: a `lambd` that is negative or not finite.
    """
    refuse(input.dtype, "softshrink_check", BOOL, INTEGRAL)
    most = finfo(input.dtype).max
    if not 0 <= lambd <= most:
        raise RuntimeError(
            f"lambda must be in range [0, {most:g}] for input dtype {input.dtype.scalar_name}, but "
            f"found {lambd:g}"
        )
    return differentiable(
        unary(input, lambda v: v - lambd if v > lambd else v + lambd if v < -lambd else v * 0),
        "SoftshrinkBackward0",
        (input,),
        saved=(input,),
        backward=lambda grad, x: grad.where((x < -lambd).logical_or(x > lambd), 0),
    )


def between_0_and_6(x: float) -> float:
    """Return a number brought into a range; nan as it is."""
    return 0.0 if x < 0 else 6.0 if x > 6 else x


@function
def hardsigmoid(input: Tensor, inplace: bool = False) -> Tensor:
    """Return `input / 6 + 1/2`, brought into [0, 1]: sigmoid by three lines.

    >>> torch.nn.functional.hardsigmoid(torch.tensor([-4.0, 0.0, 1.0]))
    tensor([0.0000, 0.5000, 0.6667])
    """
    refuse(input.dtype, "hardsigmoid_cpu", BOOL, INTEGRAL)

    def bend(x: Tensor) -> Tensor:
        return differentiable(
            steps(x, lambda v: v + 3, between_0_and_6, lambda v: v / 6),
            "HardsigmoidBackward0",
            (x,),
            saved=(x,),
            backward=lambda grad, x: (grad / 6).where((x > -3).logical_and(x < 3), 0),
        )

    return placed(input, inplace, bend)


@function
def hardswish(input: Tensor, inplace: bool = False) -> Tensor:
    """Return `input * hardsigmoid(input)`: silu by a parabola between two lines.

    >>> torch.nn.functional.hardswish(torch.tensor([-4.0, 1.0, 4.0]))
    tensor([-0.0000, 0.6667, 4.0000])
    """
    refuse(input.dtype, "hardswish_cpu", BOOL, INTEGRAL)

    def slope(grad: Tensor, x: Tensor) -> Tensor:
        middle = grad * (x / 3 + 0.5)
        return middle.where(x < 3, grad).where(x > -3, 0)

    def bend(x: Tensor) -> Tensor:
        gate = steps(x, lambda v: v + 3, between_0_and_6)
        product = binary(x, gate, lambda v, g: v * g, dtype=working(x.dtype))
        return differentiable(
            unary(product, lambda v: v / 6, dtype=x.dtype),
            "HardswishBackward0",
            (x,),
            saved=(x,),
            backward=slope,
        )

    return placed(input, inplace, bend)


def rrelu(
    input: Tensor,
    lower: float = 1.0 / 8,
    upper: float = 1.0 / 3,
    training: bool = False,
    inplace: bool = False,
    generator: Generator | None = None,
) -> Tensor:
    """Return positive elements as they are, others times a slope that is drawn anew.

    Args:
        input: of a floating type.
        lower: the least slope.
        upper: the largest slope.
        training: whether to draw; else the slope is the middle of the two.
        inplace: whether the input becomes the result.
        generator: where to draw from.
    """
    for name, bound in (("lower", lower), ("upper", upper)):
        if not math.isfinite(bound):
            raise RuntimeError(f"rrelu: {name} bound must be finite, got {bound:g}")
    if lower > upper:
        raise RuntimeError("Lower bound should be less than or equal to the upper bound")
    middle = (lower + upper) / 2
    name = f"RreluWithNoiseBackward{int(inplace)}"
    kernel = "rrelu_with_noise_out_cpu" if training else "leaky_relu_cpu"
    refuse(input.dtype, kernel, BOOL, INTEGRAL)
    if training and input.dtype is float16:
        refuse(input.dtype, kernel, FLOATING)

    def bend(x: Tensor) -> Tensor:
        slopes = x.detach().new_empty(x.shape).fill_(middle)
        if training:
            slopes = drawn_slopes(x, lower, upper, generator)
        result = binary(x, slopes, lambda v, w: v if v > 0 else v * w)
        return differentiable(
            result,
            name,
            (x,),
            saved=(result if inplace else x, slopes),
            backward=lambda grad, x, slopes: grad.where(x > 0, grad * slopes),
        )

    return placed(input, inplace, bend)


def drawn_slopes(x: Tensor, lower: float, upper: float, generator: Generator | None) -> Tensor:
    """Return a slope for each element; only those that are not positive are drawn."""
    down = x.detach() <= 0
    slopes = x.detach().new_ones(x.shape)
    count = int(down.sum().item()) if not x.is_meta else 0
    few = x.detach().new_empty(count, dtype=x.dtype).double().uniform_(generator=generator)
    lower, upper = x.dtype.array([lower, upper])
    few = few * (upper - lower) + lower  # rounded twice, unlike `uniform_(lower, upper)`
    return slopes.masked_scatter(down, few.to(x.dtype)) if count else slopes


def rrelu_(
    input: Tensor, lower: float = 1.0 / 8, upper: float = 1.0 / 3, training: bool = False
) -> Tensor:
    """Do what `rrelu` does, in place."""
    return rrelu(input, lower, upper, training, True)
