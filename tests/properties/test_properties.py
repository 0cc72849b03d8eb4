"""Random programs tell on the reference what they tell on torch, statement by statement.

Values, types, shapes, strides, versions, grad_fn names, gradients, warnings and errors.
"""

from __future__ import annotations

from random import Random

import cases
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from program import Program

import reference_impl.torch as ref


@pytest.mark.parametrize("case", cases.ALL, ids=lambda case: case.__name__)
def test_programs(case):
    """Both engines agree on whatever is drawn."""

    @given(st.randoms(use_true_random=False))
    def agree(rng: Random) -> None:
        torch.set_warn_always(True)  # as the reference: not only once in a process
        try:
            case(Program(rng, rng.randint(0, 99)))
        finally:
            torch.set_warn_always(False)
            for engine in (torch, ref):
                engine.set_grad_enabled(True)
                engine.set_printoptions(profile="default")

    agree()


def test_a_difference_is_found():
    """The comparison itself: a wrong number in one engine fails, with the whole program."""
    program = Program(Random(0))
    program.run("a = torch.tensor([1.0, 2.0])")
    program.ours["a"][0] = 3
    with pytest.raises(AssertionError, match=r"(?s)a = torch.tensor.*b = a \+ 1"):
        program.run("b = a + 1")
