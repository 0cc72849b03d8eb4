"""The loops of a whole LSTM layer, forwards through time and backwards.

What a step multiplies are its input and its state, one after the other as one row, and so
are the rows of the two weights: one product a gate. Numbers stay doubles from the first
step to the last and are rounded once, in the end: oneDNN's own order and its own
approximations of exp and tanh cannot be had, and this is nearest to what they approximate.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from itertools import chain
from math import fsum, tanh
from operator import add, mul
from typing import NamedTuple

Row = Sequence[float]


def dotted(a: Row, b: Row) -> float:
    """Return the sum of products."""
    return sum(map(mul, a, b))


dot = getattr(math, "sumprod", dotted)  # from Python 3.12 on, and twice as fast


class Step(NamedTuple):
    """What one sequence did in one step: what backward needs to know."""

    row: Row  # input and state, (I + H,)
    i: array  # gates, each (H,)
    f: array
    g: array
    o: array
    before: array  # c before the step, (H,)
    bent: array  # tanh of c after it


def cut(numbers: array, length: int) -> list[list[float]]:
    """Return numbers as rows of a length."""
    return [numbers[at : at + length].tolist() for at in range(0, len(numbers), length)]


def side_by_side(first: list[Row], second: list[Row]) -> list[Row]:
    """Return the rows of two matrices, each pair as one."""
    return list(map(add, first, second))


def gate(shares: Row) -> list[float]:
    """Return `1 / (1 + exp(-x))` of each number, in a form that cannot overflow."""
    return [tanh(x / 2) / 2 + 0.5 for x in shares]


def forwards(
    inputs: list[list[Row]],
    weights: list[Row],
    bias: Row,
    h: list[Row],
    c: list[Row],
) -> tuple[list[list[Row]], list[Row], list[list[Step]]]:
    """Run sequences step by step.

    Args:
        inputs: of each step and sequence: `(T, N, I)`, in the order in which they are read.
        weights: of input and state, `(4 H, I + H)`.
        bias: `(4 H,)`.
        h: first states, `(N, H)`.
        c: first cells, `(N, H)`.

    Returns:
        The states after each step, `(T, N, H)`; the last cells; and what was done.
    """
    n = len(c[0])
    outputs, done = [], []
    for rows in inputs:
        steps = []
        for row, cell in zip(side_by_side(rows, h), c, strict=True):
            shares = [dot(row, w) + b for w, b in zip(weights, bias, strict=True)]
            i, f = gate(shares[:n]), gate(shares[n : 2 * n])
            g, o = list(map(tanh, shares[2 * n : 3 * n])), gate(shares[3 * n :])
            after = [p * q + r * s for p, q, r, s in zip(f, cell, i, g, strict=True)]
            parts = (row, i, f, g, o, cell, list(map(tanh, after)))
            steps.append(Step(*(array("d", part) for part in parts)))
            cell[:] = after
        h = [list(map(mul, step.o, step.bent)) for step in steps]
        outputs.append(h)
        done.append(steps)
    return outputs, c, done


def backwards(
    done: list[list[Step]],
    weights: list[Row],
    grads: list[list[Row]],
    grad_h: list[Row],
    grad_c: list[Row],
    skipped: int,
) -> tuple[list[list[Row]], list[Row], list[Row], list[array]]:
    """Take gradients from the last step to the first.

    Args:
        done: what `forwards` did.
        weights: of input and state, `(4 H, I + H)`.
        grads: of the states after each step, `(T, N, H)`.
        grad_h: of the last states besides, `(N, H)`.
        grad_c: of the last cells, `(N, H)`.
        skipped: I if nobody asks for the inputs' gradients, else 0.

    Returns:
        The gradients of the inputs, `(T, N, I - skipped)`; of the first states; of the first
        cells; and of the gates' shares, step by step from the last, `(T * N, 4 H)`.
    """
    columns = list(zip(*weights, strict=True))[skipped:]
    width = len(weights[0]) - len(grad_h[0]) - skipped
    inputs, shares = [], []
    for steps, grad in zip(reversed(done), reversed(grads), strict=True):
        both = []
        for step, dh, dc in zip(steps, map(added, grad_h, grad), grad_c, strict=True):
            dc[:] = [
                d * o * (1 - u * u) + e
                for d, o, u, e in zip(dh, step.o, step.bent, dc, strict=True)
            ]
            share = array("d", of_gates(step, dh, dc))
            dc[:] = map(mul, dc, step.f)
            both.append([dot(share, column) for column in columns])
            shares.append(share)
        inputs.append([row[:width] for row in both])
        grad_h = [row[width:] for row in both]
    return inputs[::-1], grad_h, grad_c, shares


def of_gates(step: Step, dh: Row, dc: Row) -> Iterable[float]:
    """Return the gradients of the four gates' shares from those of a step's h and c."""
    return chain(
        [e * g * i * (1 - i) for e, g, i in zip(dc, step.g, step.i, strict=True)],
        [e * b * f * (1 - f) for e, b, f in zip(dc, step.before, step.f, strict=True)],
        [e * i * (1 - g * g) for e, i, g in zip(dc, step.i, step.g, strict=True)],
        [d * u * o * (1 - o) for d, u, o in zip(dh, step.bent, step.o, strict=True)],
    )


def added(a: Row, b: Row) -> Row:
    """Return the sums of two rows."""
    return list(map(add, a, b))


def of_weights(done: list[list[Step]], shares: list[array]) -> tuple[list[Row], Row]:
    """Return the gradients of the weights, `(4 H, I + H)`, and of a bias, `(4 H,)`."""
    by_gate = list(zip(*shares, strict=True))
    rows = [step.row for steps in reversed(done) for step in steps]
    by_column = list(zip(*rows, strict=True))
    return [[dot(gate, column) for column in by_column] for gate in by_gate], list(
        map(fsum, by_gate)
    )
