"""New tensors of numbers at equal distances: `arange`, `linspace`, `logspace`."""

from __future__ import annotations

import math
import warnings
from array import array
from collections.abc import Iterable

from . import dtypes, kernels
from .arguments import Number
from .calling import Signature
from .devices import device, layout, usable
from .dtypes import FLOATING, INTEGRAL, dtype
from .literals import leaf
from .operators import function
from .tensor import Tensor, fresh

__all__ = ["arange", "linspace", "logspace", "range"]


@function
def arange(
    start: Number = None,
    end: Number = None,
    step: Number = 1,
    *,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return numbers from `start`, 0 if left out, up to but without `end`.

    There are `ceil((end - start) / step)` of them, in one dimension.

    >>> torch.arange(5)
    tensor([0, 1, 2, 3, 4])
    >>> torch.arange(1, 2, 0.25)
    tensor([1.0000, 1.2500, 1.5000, 1.7500])

    Args:
        start: the first number.
        end: where to stop; a single argument is the end.
        step: the difference of neighbours.
        out: a tensor to write the result to.
        dtype: int64 if all arguments are integers, else the default type.
        layout: of no effect.
        device: `cpu` or `meta`.
        pin_memory: of no effect.
        requires_grad: whether gradients are wanted for it.

    Raises:
        RuntimeError: a step of zero, or one that leads away from the end.
    """
    if end is None:
        if start is None:
            raise TypeError(Signature.of("", "arange", method=False).no_overload((), {}))
        start, end = 0, start
    start = start or 0
    given = (start, end, step)
    if not (math.isfinite(start) and math.isfinite(end)):
        raise RuntimeError(f"unsupported range: {start:g} -> {end:g}")
    if step == 0:
        raise RuntimeError("step must be nonzero")
    if (end - start) * step < 0:
        raise RuntimeError("upper bound and lower bound inconsistent with step sign")
    integers = all(isinstance(v, int) for v in given)
    target = dtype or (dtypes.int64 if integers else dtypes.get_default_dtype())
    if target is dtypes.bool:
        raise NotImplementedError("\"arange_cpu\" not implemented for 'Bool'")
    if target.category == INTEGRAL:
        start, end, step = int(start), int(end), int(step) if integers or int(step) else step
    length = -(-(end - start) // step) if integers else math.ceil((end - start) / step)
    values = kernels.made(
        usable(device).type == "meta", target, lambda: steps_from(start, step, int(length), target)
    )
    return leaf(fresh(values, (int(length),), target), requires_grad)


def steps_from(start: float, step: float, length: int, target: dtype) -> Iterable[float]:
    """Return `start + i * step`, rounded as torch's loop over eight numbers at a time does."""
    if target is not dtypes.float32:
        return [start + i * step for i in _range(length)]
    loops = length // 16 * 16
    bases = array("f", [start + step * i for i in _range(0, loops, 8)])
    found = [base + k * step for base in bases for k in _range(8)]
    return found + [start + step * i for i in _range(loops, length)]


_range = range  # torch.range, below, takes the name


@function
def range(
    start: Number,
    end: Number,
    step: Number = 1,
    *,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return numbers from `start` to `end`, which is included: deprecated, use `arange`."""
    warnings.warn(
        "torch.range is deprecated and will be removed in a future release because its behavior is "
        "inconsistent with Python's range builtin. Instead, use torch.arange, which produces "
        "values "
        "in [start, end).",
        UserWarning,
        stacklevel=3,
    )
    target = dtype or dtypes.get_default_dtype()
    length = int((end - start) / step) + 1
    meta = usable(device).type == "meta"
    values = kernels.made(meta, target, lambda: [start + i * step for i in _range(length)])
    return leaf(fresh(values, (length,), target), requires_grad)


@function
def linspace(
    start: Tensor | Number,
    end: Tensor | Number,
    steps: int,
    *,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return `steps` numbers at equal distances, both ends included. `(steps,)`.

    Counted from the nearer end, so that both ends are exact.

    >>> torch.linspace(0, 1, 5)
    tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])

    Args:
        start: the first number.
        end: the last number.
        steps: how many.
        out: a tensor to write the result to.
        dtype: of the elements; the default type if None.
        layout: of no effect.
        device: `cpu` or `meta`.
        pin_memory: of no effect.
        requires_grad: whether gradients are wanted for it.

    Raises:
        RuntimeError: a negative number of steps.
    """
    start, end = end_points(start, end, "linspace")
    if steps < 0:
        raise RuntimeError("number of steps must be non-negative")
    target = dtype or dtypes.get_default_dtype()
    meta = usable(device).type == "meta"
    target.checked(start), target.checked(end)
    values = kernels.made(meta, target, lambda: whole(spaced(start, end, steps, target), target))
    return leaf(fresh(values, (steps,), target), requires_grad)


def end_points(start: Tensor | float, end: Tensor | float, name: str) -> tuple[float, float]:
    """Return two numbers, each given as one or as a 0-dim tensor."""
    if any(isinstance(v, Tensor) and v.dim() for v in (start, end)):
        shown = [
            f"{which} with {v.dim()} dimension(s)"
            for which, v in (("start", start), ("end", end))
            if isinstance(v, Tensor)
        ]
        raise RuntimeError(
            f"{name} only supports 0-dimensional start and end tensors, but got "
            f"{' and '.join(shown)}."
        )
    return tuple(v.item() if isinstance(v, Tensor) else v for v in (start, end))


def spaced(start: float, end: float, steps: int, target: dtype) -> list[float]:
    """Return equally spaced numbers: from the start up to the middle, from the end beyond.

    For a floating type they are rounded once each; for an integer type they still have
    their fractions.
    """
    if steps < 2:
        return [target.array([start])[0] if target.category == FLOATING else start] * steps
    forward, back = _range(steps // 2), reversed(_range(steps - steps // 2))
    if target.category != FLOATING:
        start, end = int(start), int(end)
        step = (end - start) / (steps - 1)
        return [start + step * i for i in forward] + [end - step * i for i in back]
    start, end = target.array([start, end])
    step = target.array([target.array([end - start])[0] / (steps - 1)])[0]
    return [fused(start, step, i) for i in forward] + [fused(end, -step, i) for i in back]


def whole(values: list[float], target: dtype) -> list[float]:
    """Drop the fractions where an integer type is to store the numbers."""
    return values if target.category == FLOATING else [kernels.truncated(v, target) for v in values]


def fused(a: float, b: float, times: int) -> float:
    """Return `a + b * times`, rounded once."""
    (m, n), (p, q) = a.as_integer_ratio(), b.as_integer_ratio()
    return (m * q + p * times * n) / (n * q)


@function
def logspace(
    start: Tensor | Number,
    end: Tensor | Number,
    steps: int,
    base: float = 10.0,
    *,
    out: Tensor | None = None,
    dtype: dtype | None = None,
    layout: layout | None = None,
    device: device | None = None,
    pin_memory: bool = False,
    requires_grad: bool = False,
) -> Tensor:
    """Return `base` to the power of equally spaced exponents. `(steps,)`.

    >>> torch.logspace(0, 2, 3)
    tensor([  1.,  10., 100.])
    """
    start, end = end_points(start, end, "logspace")
    if steps < 0:
        raise RuntimeError("number of steps must be non-negative")
    target = dtype or dtypes.get_default_dtype()
    power = kernels.guarded(pow, math.inf, math.inf)
    meta = usable(device).type == "meta"
    values = kernels.made(
        meta,
        target,
        lambda: whole([power(base, e) for e in spaced(start, end, steps, target)], target),
    )
    return leaf(fresh(values, (steps,), target), requires_grad)
