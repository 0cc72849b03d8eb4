"""What decorators make of functions: methods, in-place variants and other names, shown as such."""

from pathlib import Path

import pytest

from press import docstrings, notes, objects, reference
from press.notes import Note
from press.review import documented

ROOT = Path(__file__).resolve().parents[2]

ENGINE = {
    "__init__.py": "",
    "torch/__init__.py": """\
from .operators import method, operator
from .tensor import Tensor
from .adding import *
from .views import *
from . import nn
""",
    "torch/operators.py": """\
def operator(fn): ...
def method(fn): ...
def inplace(fn): ...
def alias(fn, name): ...
class attribute: ...
""",
    "torch/tensor.py": '''\
from .operators import attribute


class TensorBase:
    @attribute
    def shape(self) -> Size:
        """The sizes."""

    def _hidden(self):
        """Nobody's business."""


class Tensor(TensorBase):
    """A tensor."""

    def backward(self, gradient=None):
        """Compute gradients."""

    @property
    def grad(self):
        """The gradient."""
''',
    "torch/adding.py": '''\
"""Adding."""

from .operators import alias, inplace, operator

__all__ = ["add", "plus"]


@inplace
@operator
def add(input: Tensor, other: Tensor, *, alpha: int = 1, out: Tensor | None = None) -> Tensor:
    """Add.

    Args:
        input: The first.
        other: The second.
        out: Where to.

    >>> torch.add(1, 2)
    3
    """


plus = alias(add, "plus")
''',
    "torch/views.py": '''\
"""Views."""

from .operators import method

__all__ = []


@method
def view(input: Tensor, size: Sequence[int]) -> Tensor:
    """Show the same memory under another size."""
''',
    "torch/nn/__init__.py": "from .modules import *\n",
    "torch/nn/modules/__init__.py": "from .linear import *\n",
    "torch/nn/modules/linear.py": '''\
"""Linear layers."""

__all__ = ["Linear", "Module"]


class Module:
    """A module."""

    def forward(self, input):
        """Compute."""


class Linear(Module):
    """A linear layer.

    Args:
        inputs: How many.
    """

    def __init__(self, inputs: int, bias: bool = True) -> None: ...

    def forward(self, input):
        """Multiply."""
''',
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in ENGINE.items():
        path = tmp_path / "reference_impl" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def note(root: Path, name: str, language: str = "en") -> Note:
    """Return the note as the template of mkdocstrings gets it."""
    engine = objects.load(root)
    notes.offer(engine, language, root)
    return engine.extra["press"]["note"](f"reference_impl.{name}")


def test_a_decorated_function_is_a_method_of_tensor(root):
    """Whatever chapter it is in; so is what Tensor inherits, but nothing private."""
    names = set(objects.names(objects.load(root)))
    assert {name for name in names if ".Tensor." in name} == {
        f"reference_impl.torch.Tensor.{own}"
        for own in ("add", "add_", "backward", "grad", "shape", "view")
    }
    assert "reference_impl.torch.view" not in names
    assert "reference_impl.torch.plus" in names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("torch.add", "torch.add(input, other, *, alpha=1, out=None) → Tensor"),
        ("torch.plus", "torch.plus(input, other, *, alpha=1, out=None) → Tensor"),
        ("torch.Tensor.add", "torch.Tensor.add(other, *, alpha=1) → Tensor"),
        ("torch.Tensor.add_", "torch.Tensor.add_(other, *, alpha=1) → Tensor"),
        ("torch.Tensor.view", "torch.Tensor.view(size) → Tensor"),
        ("torch.Tensor.backward", "torch.Tensor.backward(gradient=None)"),
        ("torch.Tensor.shape", "torch.Tensor.shape → Size"),
        ("torch.Tensor.grad", "torch.Tensor.grad"),
        ("torch.Tensor", "torch.Tensor"),
        ("torch.nn.Linear", "torch.nn.Linear(inputs, bias=True)"),
    ],
)
def test_signatures_are_those_of_the_shown_name(root, name, shown):
    """A method has no parameter for the tensor itself, an attribute no parentheses."""
    assert note(root, name).signature == shown


def test_arguments_of_a_method(root):
    """The first is called self, as in Python; `out` is for functions."""
    assert [row.label for row in note(root, "torch.Tensor.add").rows] == ["self", "other"]
    assert [row.label for row in note(root, "torch.add").rows] == ["input", "other", "out"]


@pytest.mark.parametrize(("language", "says"), [("en", "`add` in place:"), ("zh", "就地的 `add`")])
def test_an_in_place_variant_says_so(root, language, says):
    """Above the sentence of the function that it is made of."""
    assert note(root, "torch.Tensor.add_", language).text[0].markdown.startswith(says)


def test_translations_belong_to_the_function(root):
    """There is one for the function and its method; methods without one are asked for, too."""
    shown = ("add", "Tensor.add", "Tensor.view", "Tensor.shape")
    waiting = docstrings.extract(root, [f"reference_impl.torch.{name}" for name in shown])
    assert waiting.count("reference_impl.torch.adding.add: summary") == 1
    assert "reference_impl.torch.views.view: summary" in waiting
    assert "reference_impl.torch.tensor.TensorBase.shape: summary" in waiting
    (problem,) = docstrings.check(root, objects.load(root), ["reference_impl.torch.Tensor.view"])
    assert (problem.file, problem.line) == ("reference_impl/torch/views.py", 10)


def test_examples_of_a_function_run_once(root):
    """Not again for its method."""
    engine = objects.load(root)
    found = [one.path for one in documented(root, engine, {"zh": {}, "en": {}})]
    assert [path for path in found if "add" in path] == ["reference_impl.torch.add"]


def test_the_page_of_all_objects_has_each_once(root):
    """Under the best of its names, in the order of the contents page."""
    shown = reference.chapters(objects.load(root))
    assert {chapter: list(names) for chapter, names in shown.items()} == {
        chapter: [f"reference_impl.torch.{name}" for name in names]
        for chapter, names in {
            "tensor": ["Tensor", "Tensor.backward", "Tensor.grad", "Tensor.shape"],
            "adding": ["add"],
            "views": ["Tensor.view"],
            "nn.modules.linear": ["nn.Module", "nn.Module.forward", "nn.Linear"],
        }.items()
    }


@pytest.mark.parametrize(
    "name", ["torch.Tensor.view", "torch.Tensor.add_", "torch.nn.Linear", "torch.optim.SGD"]
)
def test_the_engine_has_them(name):
    """The decorators are those that the engine uses."""
    assert f"reference_impl.{name}" in objects.names(objects.load(ROOT))
