"""How calls are refused: the table of forms is torch's, and so is what is said of wrong calls."""

import inspect
from pathlib import Path

import make_forms
import pytest
import torch
from oracle import outcome

import reference_impl.torch as ref

FILE = Path(ref.__file__).with_name("forms.py")


def lines(text: str) -> set[str]:
    """The forms in a table, whatever was formatted around them."""
    return {line for line in text.splitlines() if "(" in line and line.endswith(")")}


def test_the_table_is_what_torch_says():
    """It has been made anew since the last function was added."""
    assert lines(FILE.read_text(encoding="utf-8")) == lines(make_forms.text())


# whose errors come from Python code of torch's, or from numbers in the memory of no tensor
OTHERWISE = set(
    "as_tensor tensordot unflatten set_printoptions empty empty_like empty_strided new_empty "
    "resize_ random_ exponential_ as_strided_ select_scatter".split()
)
CALLS = (
    "()", "(x)", "(x, x, x)", "(x, x, x, x, x, x, x)", "('a')", "(x, 'a')", "(None)", "(x, None)",
    "([1])", "(x, [1])", "(x, {})", "(foo=1)", "(x, foo=1)", "(x, 1, 'a')", "(x, dim='a')",
    "(x, 0, keepdim=1)", "(x, dtype='a')", "(1, 2)",
)  # fmt: skip


def ours(owner: object) -> list[str]:
    """The names that a decorator of `operators.py` made and torch has, too."""
    theirs = torch.Tensor if owner is ref.Tensor else torch
    return [
        name
        for name in dir(owner)
        if not name.startswith("_")
        and name not in OTHERWISE
        and inspect.isfunction(inspect.unwrap(getattr(owner, name, None)))
        and hasattr(getattr(owner, name), "__wrapped__")
        and hasattr(theirs, name)
    ]


CORE = [
    name
    for name in ours(ref)
    if not name.endswith("_")
    and not {"nn", "linalg"} & set(getattr(ref, name).__module__.split("."))
]


@pytest.mark.parametrize("name", CORE)
def test_wrong_calls_of_a_function(name):
    """Every TypeError that torch raises is raised word for word."""
    for call in CALLS:
        setup = "x = torch.arange(1.0, 5.0).reshape(2, 2)"
        told = [tell(f"torch.{name}{call}", setup, engine) for engine in (torch, ref)]
        if told[0].startswith("TypeError"):
            assert told[1] == told[0], call


@pytest.mark.parametrize("name", ours(ref.Tensor))
def test_wrong_calls_of_a_method(name):
    """The same for methods, whose errors do not count the tensor itself."""
    for call in CALLS:
        if not call.startswith("(x"):
            continue
        setup = "x = torch.arange(1.0, 5.0).reshape(2, 2)"
        told = [tell(f"torch.Tensor.{name}{call}", setup, engine) for engine in (torch, ref)]
        if told[0].startswith("TypeError"):
            assert told[1] == told[0], call


def tell(expression: str, setup: str, engine: object) -> str:
    """What an expression tells on one engine."""
    names = {"torch": engine}
    exec(setup, names)
    return outcome(lambda _: eval(expression, names), engine)
