"""Random sampling: `rand`, `randn`, `randint`, `randperm`, and the same like another tensor.

After `torch.manual_seed(s)` each of these gives the numbers that torch gives, bit for bit.
(https://docs.pytorch.org/docs/stable/torch.html#random-sampling)
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Sequence

from . import dtypes, kernels, variates
from .arguments import OMITTED
from .calling import Signature
from .copying import copy_stride
from .creation import checked_size
from .devices import device, layout, memory_format, usable
from .dtypes import BOOL, FLOATING, dtype
from .inplace_sampling import check_range, inward
from .literals import leaf
from .operators import checked, function
from .random import Generator, twister_of
from .shapes import is_contiguous
from .tensor import Tensor, fresh

__all__ = ["rand", "rand_like", "randint", "randint_like", "randn", "randn_like", "randperm"]

Draw = Callable[[int], Iterable[float]]


def drawn(
    draw: Draw,
    size: Sequence[int],
    target: dtype,
    on: device | str | None,
    requires_grad: bool = False,
    stride: tuple[int, ...] | None = None,
) -> Tensor:
    """Return a new tensor of drawn numbers, in the order of its memory; none on meta."""
    length = math.prod(checked_size(size))
    values = kernels.made(usable(on).type == "meta", target, lambda: draw(length))
    return leaf(fresh(values, size, target, stride), requires_grad)


def uniforms(generator: Generator | None, target: dtype) -> Draw:
    """Return how to draw from [0, 1)."""
    if target.category != FLOATING:
        raise NotImplementedError(
            f"\"check_uniform_bounds\" not implemented for '{target.scalar_name}'"
        )
    twister = twister_of(generator)
    return lambda n: variates.uniform(twister, n, target, 0.0, 1.0)


def standard_normals(
    generator: Generator | None, target: dtype, mean: float = 0.0, std: float = 1.0
) -> Draw:
    """Return how to draw normal numbers for a dense tensor."""
    if target.category != FLOATING:
        raise NotImplementedError(
            f"\"normal_kernel_cpu\" not implemented for '{target.scalar_name}'"
        )
    twister = twister_of(generator)
    return lambda n: variates.normal(twister, n, target, mean, std)


@function
def rand(
    size: Sequence[int],
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return numbers from [0, 1), each as likely as any other.

    >>> _ = torch.manual_seed(0)
    >>> torch.rand(2, 2)
    tensor([[0.4963, 0.7682],
            [0.0885, 0.1320]])

    Args:
        size: the shape, as one tuple or as several numbers.
        generator: where to draw from; the shared generator if None.
        out: a tensor to write the result to.
        dtype: a floating type; the default type if None.
        layout: of no effect.
        device: `cpu` or `meta`.
        pin_memory: of no effect.
        requires_grad: whether gradients are wanted for it.
    """
    target = dtype or dtypes.get_default_dtype()
    return drawn(uniforms(generator, target), size, target, device, requires_grad)


@function
def randn(
    size: Sequence[int],
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return numbers from the normal distribution of mean 0 and variance 1; see `rand`.

    >>> _ = torch.manual_seed(0)
    >>> torch.randn(3)
    tensor([ 1.5410, -0.2934, -2.1788])
    """
    target = dtype or dtypes.get_default_dtype()
    return drawn(standard_normals(generator, target), size, target, device, requires_grad)


def whole_numbers(generator: Generator | None, low: int, high: int, target: dtype) -> Draw:
    """Return how to draw integers from [low, high) for a type, which must hold them."""
    twister = twister_of(generator)
    if low >= high:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    if target.category == FLOATING:
        low, high = inward(low, target, 1), inward(high, target, -1)
    check_range(low, high - 1, target)
    return lambda n: variates.integers(twister, n, low, high)


def randint_below(
    high: int,
    size: Sequence[int],
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return integers from [0, high): the overload of `randint` without `low`."""
    target = dtype or dtypes.int64
    draw = whole_numbers(generator, 0, high, target)
    return drawn(draw, size, target, device, requires_grad)


def or_below(made: Callable) -> Callable:
    """Let calls of `randint` with two arguments reach the overload without `low`."""
    below = checked(randint_below, "randint", overloads=(), method=False)

    @functools.wraps(made)
    def call(*args: object, **kwargs: object) -> Tensor:
        given = len(args) + sum(name in kwargs for name in ("low", "high", "size"))
        return (below if given == 2 and "low" not in kwargs else made)(*args, **kwargs)

    return call


@or_below
@function
def randint(
    low: int,
    high: int,
    size: Sequence[int],
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return integers from [low, high), each as likely as any other; `low` may be left out.

    >>> _ = torch.manual_seed(0)
    >>> torch.randint(3, 5, (3,))
    tensor([3, 4, 4])
    >>> torch.randint(10, (2, 2))
    tensor([[0, 3],
            [9, 7]])

    Args:
        low: the first integer; 0 if left out.
        high: the first one beyond the last.
        size: the shape, a tuple.
        generator: where to draw from; the shared generator if None.
        out: a tensor to write the result to.
        dtype: of the elements; int64 if None.
        layout: of no effect.
        device: `cpu` or `meta`.
        pin_memory: of no effect.
        requires_grad: whether gradients are wanted for it.

    Raises:
        RuntimeError: bounds in the wrong order, or beyond what the type holds.
    """
    target = dtype or dtypes.int64
    draw = whole_numbers(generator, low, high, target)
    return drawn(draw, size, target, device, requires_grad)


LIMITS = {"float64": 2**53 + 1, "float32": 2**24 + 1, "float16": 2049, "bfloat16": 257}


@function
def randperm(
    n: int,
    *,
    generator: Generator | None = None,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return 0 to n - 1 in random order, each order as likely as any other. `(n,)`.

    >>> _ = torch.manual_seed(0)
    >>> torch.randperm(4)
    tensor([0, 1, 3, 2])

    Args:
        n: how many numbers.
        generator: where to draw from; the shared generator if None.
        out: a tensor to write the result to.
        dtype: of the elements; int64 if None.
        layout: of no effect.
        device: `cpu` or `meta`.
        pin_memory: of no effect.
        requires_grad: whether gradients are wanted for it.

    Raises:
        RuntimeError: a negative number, or one that the type cannot hold.
    """
    target = dtype or dtypes.int64
    checked_size((n,))
    if target.category == BOOL:
        raise NotImplementedError("\"randperm\" not implemented for 'Bool'")
    if n > LIMITS.get(target.name, math.inf):
        raise RuntimeError(
            f"n cannot be greater than {LIMITS[target.name]} for {target.scalar_name} type."
        )
    if target.category != FLOATING:
        target.checked(n)
    twister = twister_of(generator)
    draw = functools.partial(variates.permutation, twister)
    return drawn(draw, (n,), target, device, requires_grad)


# --- like another tensor -----------------------------------------------------------


@function
def rand_like(
    input: Tensor,
    *,
    generator: Generator | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
    memory_format: memory_format | None = None,
) -> Tensor:
    """Return numbers from [0, 1) with the shape, type and layout of another tensor; see `rand`."""
    target, on = dtype or input.dtype, device or input.device
    stride = copy_stride(input, memory_format)
    draw = uniforms(generator, target)
    return drawn(draw, input._size, target, on, requires_grad, stride)


@function
def randn_like(
    input: Tensor,
    *,
    generator: Generator | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
    memory_format: memory_format | None = None,
) -> Tensor:
    """Return normal numbers with the shape, type and layout of another tensor; see `randn`."""
    target, on = dtype or input.dtype, device or input.device
    stride = copy_stride(input, memory_format)
    draw = standard_normals(generator, target)
    if not is_contiguous(input._size, stride):
        twister = twister_of(generator)
        draw = functools.partial(variates.single_normals, twister, mean=0.0, std=1.0)
    return drawn(draw, input._size, target, on, requires_grad, stride)


@function
def randint_like(
    input: Tensor,
    low: int = OMITTED,
    high: int = OMITTED,
    *,
    generator: Generator | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
    memory_format: memory_format | None = None,
) -> Tensor:
    """Return integers from [low, high) with the shape, type and layout of another tensor.

    Args:
        input: the other tensor.
        low: the first integer; a single bound is `high`, and `low` is 0.
        high: the first one beyond the last.
        generator: where to draw from; the shared generator if None.
        dtype: of the elements; that of `input` if None.
        layout: of no effect.
        device: `cpu` or `meta`; that of `input` if None.
        pin_memory: of no effect.
        requires_grad: whether gradients are wanted for it.
        memory_format: the order of dimensions in memory; by default that of `input`.
    """
    if high is OMITTED:
        if low is OMITTED:
            form = Signature.of("", "randint_like", method=False)
            raise TypeError(form.no_overload((input,), {}))
        low, high = 0, low
    target, on = dtype or input.dtype, device or input.device
    stride = copy_stride(input, memory_format)
    draw = whole_numbers(generator, low, high, target)
    return drawn(draw, input._size, target, on, requires_grad, stride)
