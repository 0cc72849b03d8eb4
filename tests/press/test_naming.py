"""What an expression names, told without running it."""

import ast

import pytest

import reference_impl.torch as torch
from press.naming import imported, known, spelled


class Loud:
    """Says when it is asked for what it computes."""

    @property
    def computed(self) -> int:
        raise AssertionError("nobody may ask")

    def method(self) -> str:
        raise AssertionError("nobody may call")


def of(text: str, **namespace):
    return known(ast.parse(text, mode="eval").body, namespace)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("torch.ones(2).exp()", torch.Tensor),
        ("torch.ones(2) * 3", torch.Tensor),
        ("3 * x", torch.Tensor),
        ("-x", torch.Tensor),
        ("x[0]", torch.Tensor),
        ("x.T.shape", None),
        ("torch.nn.Linear(2, 3)", torch.nn.Linear),
        ("'a'.join", type("".join)),
        ("[1].append", type([].append)),
        ("loud.method()", str),
        ("loud.computed", int),
        ("nobody", None),
        ("nobody.knows(1).this", None),
    ],
)
def test_the_type_of_an_expression(text, kind):
    """By values, annotations and the rules of operators; nothing is called."""
    found = of(text, torch=torch, x=torch.ones(2), loud=Loud())
    if kind is None:
        assert found is None or found.value is None
    else:
        assert found.type is kind or kind in (type("".join), type([].append))


def test_what_is_written_counts_before_it_has_run():
    """Imports and assignments; lines that cannot be read are passed over."""
    source = (
        "import math\nimport collections.abc as abc\nfrom os import path, nothing\n"
        "import no_such_module\nx = [1]\nfor\n"
    )
    scope = imported(source, {"y": 1})
    assert set(scope) == {"math", "abc", "path", "x", "y"}
    assert of("x.append", **scope).bound


def test_a_variable_that_has_run_is_believed():
    """More than what the code would make of it."""
    assert imported("x = [1]", {"x": "text"})["x"] == "text"


@pytest.mark.parametrize(
    ("name", "bound", "text"),
    [
        ("cat", False, "cat(tensors, dim=0, *, out=None)"),
        ("sum", True, "sum(dim=…, keepdim=False, *, dtype=None, out=None)"),
    ],
)
def test_a_call_is_spelled_as_torch_spells_it(name, bound, text):
    """Without types; without the tensor that a method is called on."""
    assert spelled(name, getattr(torch, name), bound=bound) == text
