"""Real torch as the oracle: run the same function on both and compare what comes out."""

from __future__ import annotations

import inspect
import math
import re
import warnings
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import torch

import reference_impl.torch as ref

Shape = Sequence[int]


def numbers(shape: Shape, dtype: str, seed: int) -> list[float]:
    """Numbers that differ from place to place, the same on every machine."""
    count = math.prod(shape)
    found = [((i + seed) * 37 % 101 - 50) / 16 for i in range(count)]
    if dtype == "bool":
        return [v > 0 for v in found]
    return [int(v) for v in found] if "int" in dtype else found


def made(engine: ModuleType, shape: Shape, dtype: str, seed: int, requires_grad: bool) -> Any:
    """A leaf of a shape on one engine."""
    kind = getattr(engine, dtype)
    flat = engine.tensor(numbers(shape, dtype, seed), dtype=kind)
    leaf = flat.reshape(tuple(shape)).detach().clone()
    return leaf.requires_grad_() if requires_grad and kind.is_floating_point else leaf


def told(value: object) -> str:
    """A value's repr, without addresses."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))


def near(ours: float, theirs: float, dtype: str) -> bool:
    """Whether two numbers differ by no more than the last digit or two of their type."""
    if ours == theirs or (ours != ours and theirs != theirs):
        return True
    slack = {"torch.float64": 1e-13, "torch.float16": 2e-3, "torch.bfloat16": 2e-2}.get(dtype, 5e-7)
    return math.isclose(ours, theirs, rel_tol=slack, abs_tol=slack / 10)


def compare(ours: Any, theirs: Any, what: str) -> None:
    """Assert that two results are the same: type, shape, strides, values, repr."""
    if isinstance(theirs, torch.Tensor):
        assert isinstance(ours, ref.Tensor), what
        assert str(ours.dtype) == str(theirs.dtype), what
        assert tuple(ours.shape) == tuple(theirs.shape), what
        assert ours.stride() == theirs.stride(), what
        assert ours.requires_grad == theirs.requires_grad, what
        if not theirs.is_meta:
            mine, yours = ours.detach().reshape(-1).tolist(), theirs.detach().reshape(-1).tolist()
            assert all(near(a, b, str(theirs.dtype)) for a, b in zip(mine, yours, strict=True)), (
                f"{what}: {mine} for {yours}"
            )
        assert told(ours) == told(theirs), what
    elif isinstance(theirs, (tuple, list)):
        assert len(ours) == len(theirs), what
        for at, (a, b) in enumerate(zip(ours, theirs, strict=True)):
            compare(a, b, f"{what}[{at}]")
    else:
        assert told(ours) == told(theirs), what


def leaves_of(results: Any) -> list:
    """The tensors in nested results that require grad."""
    if isinstance(results, (tuple, list)):
        return [leaf for result in results for leaf in leaves_of(result)]
    return [results] if getattr(results, "requires_grad", False) is True else []


def differentiate(engine: ModuleType, results: Any, inputs: Sequence[Any]) -> list:
    """Gradients of a weighted sum of the results, so that each element counts differently."""
    ends = leaves_of(results)
    weights = [
        engine.tensor(numbers(end.shape, "float32", 5), dtype=end.dtype).reshape(tuple(end.shape))
        for end in ends
    ]
    leaves = [x for x in inputs if x.requires_grad]
    if not ends or not leaves:
        return []
    return list(engine.autograd.grad(ends, leaves, weights, allow_unused=True))


def check(
    fn: Callable[..., Any],
    *shapes: Shape,
    dtype: str | Sequence[str] = "float32",
    requires_grad: bool = True,
) -> None:
    """Assert that a function does the same on torch and on the reference.

    Compared are values, gradients, dtype, strides, warnings and repr (hence `grad_fn`).

    Args:
        fn: called with one tensor a shape; if its first parameter is called `torch`, the
            engine comes first.
        shapes: of the tensors.
        dtype: of all of them, or of each.
        requires_grad: whether floating ones are leaves that require grad.
    """
    kinds = [dtype] * len(shapes) if isinstance(dtype, str) else dtype
    takes_engine = next(iter(inspect.signature(fn).parameters), None) == "torch"
    seen = []
    for engine in (ref, torch):
        inputs = [
            made(engine, shape, kind, seed, requires_grad)
            for seed, (shape, kind) in enumerate(zip(shapes, kinds, strict=True))
        ]
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            results = fn(engine, *inputs) if takes_engine else fn(*inputs)
        said = [f"{w.category.__name__}: {w.message}" for w in caught]
        seen.append((results, differentiate(engine, results, inputs), said))
    (ours, our_grads, we_said), (theirs, their_grads, they_said) = seen
    compare(ours, theirs, "result")
    compare(our_grads, their_grads, "gradient")
    assert we_said == they_said


def outcome(fn: Callable[[ModuleType], Any], engine: ModuleType) -> str:
    """What a function tells on one engine: its result's repr, or its error; and its warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            text = told(fn(engine))
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
    return "\n".join([text, *(f"{w.category.__name__}: {w.message}" for w in caught)])


def same(fn: Callable[[ModuleType], Any]) -> None:
    """Assert that a function of the engine tells the same on both, errors included."""
    assert outcome(fn, ref) == outcome(fn, torch)
