"""Whole programs, each of one kind."""

from __future__ import annotations

import calls
import steps
import tensors
from program import Program


def views(p: Program) -> None:
    """Views of views, and what is written through them."""
    steps.new(p)
    for _ in range(p.rng.randint(1, 5)):
        steps.see(p)
    if p.rng.random() < 0.5:
        steps.in_place(p)
    steps.marks(p)


def picking(p: Program) -> None:
    """Indices that read, and indices that are assigned through."""
    steps.new(p)
    for _ in range(p.rng.randint(0, 2)):
        steps.see(p)
    for _ in range(p.rng.randint(1, 3)):
        p.rng.choice([steps.read, steps.write])(p)
    steps.marks(p)


def programs(p: Program) -> None:
    """Several operators, and autograd at the end."""
    for _ in range(p.rng.randint(1, 2)):
        steps.new(p)
    if p.rng.random() < 0.6:
        steps.require(p)
    for _ in range(p.rng.randint(2, 8)):
        if steps.size_of(p) > 200 or len(p.tensors()) > 12:
            break
        p.rng.choice(steps.STEPS)(p)
    for _ in range(p.rng.randint(0, 2)):
        steps.back(p)


def operators(p: Program) -> None:
    """Whatever operator there is, called once or twice, and its gradient.

    Most calls make no sense; both engines must refuse the same ones.
    """
    p.word_for_word = False
    steps.new(p)
    if p.rng.random() < 0.4:
        steps.require(p)
    for _ in range(p.rng.randint(1, 2)):
        calls.call(p)
    if p.rng.random() < 0.5:
        steps.back(p)


def printing(p: Program) -> None:
    """What shows of numbers of every size and shape, under every setting."""
    rng = p.rng
    if rng.random() < 0.6:
        chosen = rng.sample(calls.pool(rng), rng.randint(1, 2))
        p.run(f"torch.set_printoptions({', '.join(chosen)})")
    for _ in range(rng.randint(1, 2)):
        size = tensors.shape(rng) if rng.random() < 0.8 else rng.choice([(30,), (7, 9), (2, 3, 11)])
        p.run(f"{p.fresh()} = {tensors.spread(rng, rng.choice(tensors.DTYPES), size)}")
        calls.show(p)
    p.run("torch.set_printoptions(profile='default')")


ALL = (views, picking, programs, operators, printing)
