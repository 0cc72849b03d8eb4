"""What decorators make of functions: methods, in-place variants and other names, shown as such."""

from pathlib import Path

import pytest

from press import docstrings, holdings, notes, objects, reference
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
        for own in ("add", "add_", "backward", "grad", "plus", "plus_", "shape", "view")
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


@pytest.mark.parametrize(("language", "says"), [("en", "`add` in place:"), ("zh", "原地的 `add`")])
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


def test_what_a_chapter_hides_is_there(root):
    """`torch.tensor` is the function, not the chapter of that name; what is in that is found."""
    adding = root / "reference_impl/torch/adding.py"
    text = adding.read_text("utf-8").replace('"plus"]', '"plus", "tensor"]')
    adding.write_text(f'{text}\n\ndef tensor(data):\n    """Make one."""\n', "utf-8")
    engine = objects.load(root)
    assert objects.find(engine, "reference_impl.torch.tensor").path.endswith("adding.tensor")
    assert objects.find(engine, "reference_impl.torch.tensor.Tensor").is_class
    assert "reference_impl.torch.tensor" in reference.chapters(engine)["adding"]
    assert note(root, "torch.tensor").signature == "torch.tensor(data)"


def test_other_names_stand_with_the_best(root):
    """Methods and in-place methods, where torch has them: one may link to each."""
    engine = objects.load(root)
    names = ["torch.Tensor.add", "torch.Tensor.add_"]
    assert reference.further(engine)["reference_impl.torch.add"] == names
    page = reference.texts(engine, "zh", root)["reference/more.md"]
    assert '<b>也叫：</b> <code id="torch.Tensor.add">torch.Tensor.add</code>' in page
    assert set(names) <= reference.ids(engine)["reference/more.md"]


def test_every_name_of_the_engine_has_a_place():
    """What torch calls public and the engine has: a note, a line by another, or a row."""
    engine = objects.load(ROOT)
    listed = set().union(*reference.ids(engine).values())
    owners = ("torch", "torch.Tensor", "torch.nn", "torch.nn.functional", "torch.linalg")
    missing = [
        f"{owner}.{name}"
        for owner in owners
        for name in holdings.holdings()[owner][0]
        if f"{owner}.{name}" not in listed
    ]
    assert missing == []


def test_rows_say_what_they_are():
    """The sentence of a method or property, the value of a constant."""
    engine = objects.load(ROOT)
    rows = {n: what for on_page in reference.lists(engine).values() for n, what in on_page.items()}
    assert rows["torch.Tensor.T"] == "The transpose of a matrix."
    assert rows["torch.float"] == "torch.float32"
    page = reference.texts(engine, "zh", ROOT)["reference/tensor.md"]
    assert '<dt id="torch.Tensor.T"><code>torch.Tensor.T</code></dt>' in page
