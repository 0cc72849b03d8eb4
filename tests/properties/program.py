"""A program in torch's terms that grows statement by statement on both engines at once.

The generators in this folder read `rng` as `random.Random`, from hypothesis in tests: they
look at what torch has made of the program so far and write the next statement as text. What
fails is a program that one can paste.
"""

from __future__ import annotations

import ast
import functools
import math
import re
import warnings
from random import Random
from types import CodeType

import torch

import reference_impl.torch as ref

ADDRESS = re.compile(r" at 0x[0-9a-f]+")
NUMBER = re.compile(r"-?(?:\d+\.?\d*(?:e[+-]\d+)?|inf|nan)")
# after these errors a write may be half done
UNFINISHED = re.compile("ZeroDivisionError|is out of bounds for dimension")
# how far the numbers of a type may lie apart: its last digits
SLACK = {torch.float64: 1e-12, torch.float32: 4e-6, torch.float16: 4e-3, torch.bfloat16: 3e-2}


class Program:
    """Statements, and the names that they have made on each engine.

    Args:
        rng: what generators draw from.
        seed: of the engines' own random numbers.
    """

    def __init__(self, rng: Random, seed: int = 0) -> None:
        self.rng = rng
        self.word_for_word = True  # whether errors must have torch's text, not only be errors
        self.lines: list[str] = []
        self.ours: dict = {"torch": ref}
        self.theirs: dict = {"torch": torch}
        self.run(f"torch.manual_seed({seed})")

    def run(self, statement: str) -> bool:
        """Run a statement on both engines and compare what it tells, and what it leaves behind.

        Returns:
            Whether it went through, on both.

        Raises:
            AssertionError: with the whole program, where the engines differ.
        """
        self.lines.append(statement)
        (ours, told), (theirs, expected) = (
            tell(statement, names) for names in (self.ours, self.theirs)
        )
        both_raised = told.startswith("raised") and expected.startswith("raised")
        if told != expected and (self.word_for_word or not both_raised):
            self.fail(f"--- torch\n{expected}\n--- reference\n{told}")
        self.compare(statement, ours, theirs)
        if UNFINISHED.search(expected):
            for names in (self.ours, self.theirs):
                for name in [name for name in names if name != "torch"]:
                    del names[name]
        for name, value in self.tensors().items():
            self.compare(name, self.ours[name], value)
        return not expected.startswith("raised")

    def tensors(self) -> dict[str, torch.Tensor]:
        """Return torch's tensors by name."""
        return {n: v for n, v in self.theirs.items() if isinstance(v, torch.Tensor)}

    def fresh(self) -> str:
        """Return a name that is not taken."""
        return next(name for name in "abcdefghijklmnopqrst" if name not in self.theirs)

    def compare(self, name: str, ours: object, theirs: object) -> None:
        """Compare two values: what shows of them, and every number of a tensor."""
        told, expected = facts(ours), facts(theirs)
        if told == expected and near(ours, theirs):
            return
        if near(ours, theirs) and NUMBER.sub("0", told) == NUMBER.sub("0", expected):
            return
        self.fail(f"--- torch: {name} =\n{expected}\n--- reference: {name} =\n{told}")

    def fail(self, how: str) -> None:
        """Raise the error that tells program and difference."""
        raise AssertionError("\n".join(["the engines differ:", *self.lines, how]))


@functools.cache
def compiled(statement: str) -> tuple[CodeType, bool]:
    """Return a statement as code, and whether it is an expression."""
    body = ast.parse(statement).body
    if len(body) == 1 and isinstance(body[0], ast.Expr):
        return compile(ast.Expression(body[0].value), "<program>", "eval"), True
    return compile(ast.Module(body, []), "<program>", "exec"), False


def tell(statement: str, names: dict) -> tuple[object, str]:
    """Return the value of a statement, if it is an expression, and what it warns of or raises."""
    code, shows = compiled(statement)
    value, text = None, ""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value = eval(code, names)
        except Exception as error:
            text = raised(error)
    said = [f"{w.category.__name__}: {w.message}" for w in caught]
    return (value if shows else None), ADDRESS.sub("", "\n".join([text, *said]))


def raised(error: Exception) -> str:
    """Return type and text of an error, without where in torch's own source it comes from."""
    return f"raised {type(error).__name__}: {str(error).partition('Exception raised from')[0]}"


def is_tensor(value: object) -> bool:
    """Tell a tensor of either engine."""
    return isinstance(value, (torch.Tensor, ref.Tensor))


def facts(value: object) -> str:
    """Return what shows of a value; of tensors also what does not show at once."""
    if isinstance(value, (tuple, list)):
        return f"{type(value).__name__}({', '.join(map(facts, value))})"
    if not is_tensor(value):
        return ADDRESS.sub("", repr(value))
    try:
        node = value.grad_fn.name() if value.grad_fn is not None else None
        return (
            f"{value!r} {value.dtype} {tuple(value.shape)} strides {value.stride()} "
            f"at {value.storage_offset()} version {value._version} requires_grad "
            f"{value.requires_grad} leaf {value.is_leaf} {node}"
        )
    except RuntimeError as error:  # a view whose base was written to
        return raised(error)


def near(ours: object, theirs: object) -> bool:
    """Whether all numbers of two values are the same but for the last digits of their type."""
    if isinstance(theirs, (tuple, list)):
        return all(map(near, ours, theirs))
    if not isinstance(theirs, torch.Tensor) or theirs.is_meta:
        return True
    slack = SLACK.get(theirs.dtype, 0)
    mine, yours = (x.detach().reshape(-1).tolist() for x in (ours, theirs))
    if mine == yours:
        return True
    largest = max((abs(v) for v in yours if math.isfinite(v)), default=0.0)
    return len(mine) == len(yours) and all(
        a == b or (a != a and b != b) or math.isclose(a, b, rel_tol=slack, abs_tol=slack * largest)
        for a, b in zip(mine, yours, strict=True)
    )
