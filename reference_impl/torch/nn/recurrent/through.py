"""A cell taken through a sequence, forwards or backwards: all of one length, or packed.

The input's share of all steps is one product, computed before the first step; only the
state's share has to wait for the step before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...joining import cat, stack
from ...tensor import Tensor
from .cells import State, Step, Weights

# run(step, input, state, weights, backwards): the outputs, and the state in the end
Run = Callable[[Step, Tensor, State, Weights, bool], tuple[Tensor, State]]


def through_steps(
    step: Step, input: Tensor, state: State, weights: Weights, backwards: bool
) -> tuple[Tensor, State]:
    """Take a cell through sequences of one length. `(T, N, I)` to `(T, N, H)`."""
    shares = weights.of_input(input).unbind(0)
    if not shares:
        raise RuntimeError("Expected sequence length to be larger than 0 in RNN")
    outputs = []
    for share in reversed(shares) if backwards else shares:
        state = step(share, state, weights)
        outputs.append(state[0])
    return stack(outputs[::-1] if backwards else outputs, 0), state


def through_packed(counts: Sequence[int]) -> Run:
    """Return how a cell goes through packed sequences, so many of which reach each step.

    Forwards, the states of sequences that have ended are put aside; backwards, a sequence
    joins with its first state at its own last step.
    """

    def forwards(step: Step, shares: Tensor, state: State, weights: Weights) -> tuple:
        outputs, ended, start = [], [], 0
        for before, now in zip([counts[0], *counts], counts, strict=False):
            if now < before:
                ended.append(rows(state, now, before))
                state = rows(state, 0, now)
            state = step(shares.narrow(0, start, now), state, weights)
            outputs.append(state[0])
            start += now
        return cat(outputs, 0), joined([state, *reversed(ended)])

    def from_the_end(step: Step, shares: Tensor, first: State, weights: Weights) -> tuple:
        outputs, stop = [], shares._size[0]
        state = rows(first, 0, counts[-1])
        for after, now in zip([counts[-1], *counts[::-1]], counts[::-1], strict=False):
            if now > after:
                state = joined([state, rows(first, after, now)])
            state = step(shares.narrow(0, stop - now, now), state, weights)
            outputs.append(state[0])
            stop -= now
        return cat(outputs[::-1], 0), state

    def run(step: Step, input: Tensor, state: State, weights: Weights, backwards: bool) -> tuple:
        shares = weights.of_input(input)
        return (from_the_end if backwards else forwards)(step, shares, state, weights)

    return run


def rows(state: State, start: int, stop: int) -> State:
    """Return the state of some of the sequences."""
    return tuple(part.narrow(0, start, stop - start) for part in state)


def joined(states: Sequence[State]) -> State:
    """Return the state of several groups of sequences as one."""
    return tuple(cat(parts, 0) for parts in zip(*states, strict=True))
