"""The tensors that a cell leaves behind, their pictures, and the source of what it called."""

from pathlib import Path

import pytest
import torch as real

import reference_impl.torch as ref
from press.inspecting import MOST_ROWS, called, graph, storage, tensors

ROOT = Path(__file__).resolve().parents[2]
SOURCE = """
a = torch.arange(6.0)
c = a.view(2, 3).t()
w = torch.ones(2, requires_grad=True)
y = (c @ w).sum()
pair = (y, torch.ones(0))
layer = torch.nn.Linear(3, 2)
_hidden = torch.ones(1)
text = "no tensor"
"""


@pytest.fixture(params=[ref, real], ids=["reference", "torch"])
def namespace(request):
    """The variables of the cell, on either engine."""
    variables = {"torch": request.param}
    exec(SOURCE, variables)
    return variables


def test_rows(namespace):
    """Variables, parameters of modules, members of short sequences; by public attributes."""
    found = tensors(namespace)
    rows = {row["name"]: row for row in found["rows"]}
    names = ["a", "c", "w", "y", "pair[0]", "pair[1]", "layer.weight", "layer.bias"]
    assert (list(rows), found["more"]) == (names, 0)
    assert rows["c"] == {
        "name": "c",
        "shape": "(3, 2)",
        "stride": "(1, 3)",
        "offset": 0,
        "dtype": "float32",
        "requires_grad": False,
        "grad_fn": None,
        "storage": 0,
        "bytes": 24,
        "elements": 6,
    }
    assert [row["storage"] for row in rows.values()] == [0, 0, 1, 2, 2, 3, 4, 5]
    assert rows["y"]["grad_fn"] == "SumBackward0"


def test_no_more_rows_than_one_can_read():
    """The rest is counted."""
    found = tensors({f"x{number}": ref.ones(1) for number in range(MOST_ROWS + 2)})
    assert (len(found["rows"]), found["more"]) == (MOST_ROWS, 2)


def test_pictures(namespace):
    """The storage with all that read it; the graph with the names that it reaches."""
    shown = storage(namespace, "c")
    assert shown["names"] == ["c", "a"]
    assert shown["svg"].startswith("<svg")
    svg = graph(namespace, "y")["svg"]
    assert "SumBackward0" in svg
    assert ">w<" in svg
    assert "layer" not in svg


def test_a_picture_that_cannot_be_drawn_says_why():
    """A graph of more nodes than anybody could follow."""
    x = ref.ones(1, requires_grad=True)
    for _ in range(50):
        x = x * 2
    assert "40" in graph({"x": x}, "x")["problem"]


def test_called():
    """Functions, methods, operators and classes, each once, with the place of their source."""
    namespace = {"torch": ref}
    source = SOURCE + "print(len(text))\na.view(6)\n"
    exec(source, namespace)
    found = {each["name"]: each for each in called(source, namespace)}
    assert list(found) == [
        "torch.arange",
        "Tensor.view",
        "Tensor.t",
        "torch.ones",
        "Tensor.matmul",
        "Tensor.sum",
        "torch.nn.Linear",
    ]
    for name, each in found.items():
        lines = (ROOT / each["file"]).read_text("utf-8").splitlines()[each["line"] - 1 :]
        head = next(line for line in lines if line.startswith(("def ", "class ", "    def ")))
        assert name.rpartition(".")[2] in head or name == "torch.nn.Linear"


def test_code_that_does_not_parse_calls_nothing():
    """It has raised, and that is told elsewhere."""
    assert called("a = (", {}) == []
