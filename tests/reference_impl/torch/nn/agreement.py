"""How a layer on one engine agrees with the same layer on the other: all but a last digit."""

from __future__ import annotations

import warnings
from types import ModuleType
from typing import Any

import pytest
import torch
from oracle import told

import reference_impl.torch as ref


def numbers(engine: ModuleType, shape: tuple[int, ...], seed: int) -> Any:
    """Numbers without ties; most are small, some large."""
    count = 1
    for n in shape:
        count *= n
    values = [((i + seed * 3) * 37 % 101 - 50) / 16 + i / 1000 for i in range(count)]
    return engine.tensor(values).reshape(shape).requires_grad_()


def alike(ours: Any, theirs: Any, what: str) -> None:
    """Assert type, shape, strides and node are the same, and numbers but for a last digit.

    A sum of large terms that cancel is as exact as its terms are, so the largest number
    tells what a last digit is.
    """
    if isinstance(theirs, (tuple, list)):
        assert len(ours) == len(theirs), what
        for at, (a, b) in enumerate(zip(ours, theirs, strict=True)):
            alike(a, b, f"{what}[{at}]")
        return
    if not isinstance(theirs, torch.Tensor) or not isinstance(ours, ref.Tensor):
        assert told(ours) == told(theirs), what
        return
    assert str(ours.dtype) == str(theirs.dtype), what
    assert (tuple(ours.shape), ours.stride()) == (tuple(theirs.shape), theirs.stride()), what
    names = [None if x.grad_fn is None else x.grad_fn.name() for x in (ours, theirs)]
    assert names[0] == names[1], what
    mine, yours = ours.detach().flatten().tolist(), theirs.detach().flatten().tolist()
    slack = 1e-6 * max((abs(v) for v in yours if v == v), default=0) + 1e-7
    assert mine == pytest.approx(yours, rel=0, abs=slack, nan_ok=True), what


def tensors_in(found: Any) -> list:
    """Return the tensors of a result, nested or not."""
    if isinstance(found, (tuple, list)):
        return [tensor for part in found for tensor in tensors_in(part)]
    return [found] if hasattr(found, "grad_fn") else []


def ran(engine: ModuleType, make: str, call: str, names: dict) -> tuple:
    """Return what a layer tells: its repr, parameters, results, gradients, and warnings.

    Args:
        engine: torch or the reference.
        make: an expression for the layer, `m` from then on; `nn` and `t` are known.
        call: an expression for a result.
        names: what the call may name besides; tensors that require grad get gradients.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        engine.manual_seed(3)
        names = {**names, "t": engine, "nn": engine.nn, "F": engine.nn.functional}
        try:
            names["m"] = m = eval(make, names)
            start = [p.detach().clone() for p in m.parameters()]
            engine.manual_seed(5)
            found = eval(call, names)
        except Exception as error:
            return f"{type(error).__name__}: {error}", [], []
        ends = [y for y in tensors_in(found) if y.requires_grad]
        weights = [numbers(engine, tuple(y.shape), 9).detach() for y in ends]
        leaves = [x for x in names.values() if getattr(x, "requires_grad", False) is True]
        leaves += [p for p in m.parameters() if p.requires_grad]
        grads = engine.autograd.grad(ends, leaves, weights, allow_unused=True) if ends else []
    said = [str(w.message) for w in caught]
    return told(m), list(m.state_dict()), said, start, found, list(grads)


def agree(make: str, call: str, names: Any) -> None:
    """Assert that a layer does the same on both engines.

    Args:
        make: an expression for the layer.
        call: an expression for a result.
        names: called with an engine, what the call may name.
    """
    ours, theirs = (ran(engine, make, call, names(engine)) for engine in (ref, torch))
    assert ours[:3] == theirs[:3]
    alike(ours[3:], theirs[3:], call)
