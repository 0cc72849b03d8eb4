"""The examples of docstrings print what they promise, on both engines."""

from __future__ import annotations

import textwrap

import pytest

from press import examples
from press.examples import Documented


def documented(*examples: str, path: str = "reference_impl.torch.tensor") -> Documented:
    """Return an object whose docstring begins in line 10."""
    text = "\n".join(textwrap.dedent(example) for example in examples)
    return Documented(path, "reference_impl/torch.py", 10, f"Make a tensor.\n\n{text}")


def check(project, *objects: Documented) -> str:
    return "\n".join(map(str, examples.check(objects, root=project.root)))


def test_examples_that_hold(lasting_project):
    """A value, a block, an error, a blank line, and what an example before has defined."""
    one = documented(
        """\
        >>> x = torch.tensor([1, 2])
        >>> x
        tensor([1, 2])
        >>> for n in range(2):
        ...     n
        0
        1
        >>> torch.stack([])
        Traceback (most recent call last):
        RuntimeError: stack expects a non-empty TensorList
        >>> print()
        <BLANKLINE>
        """
    )
    silent = documented("Nothing to run.")
    assert check(lasting_project, one, silent) == ""


@pytest.mark.parametrize(
    ("example", "message"),
    [
        (
            ">>> torch.tensor([1, 2])\ntensor([1, 3])\n",
            "12: the example of torch.tensor prints something else on both engines "
            "(- docstring, + printed)\n"
            "    - tensor([1, 3])\n"
            "    + tensor([1, 2])",
        ),
        (
            ">>> 1\n1\n\n>>> torch.tensor([1.0, 2])\ntensor([1., 2.])\n",
            "15: the example of torch.tensor prints something else on the reference "
            "(- docstring, + printed)\n"
            "    - tensor([1., 2.])\n"
            "    + tensor([1.0, 2])",
        ),
        (
            ">>> {1: absent}\n{}\n",
            "12: the example of torch.tensor prints something else on both engines "
            "(- docstring, + printed)\n"
            "    - {}\n"
            "    + NameError: name 'absent' is not defined",
        ),
        (
            ">>> 1\nTraceback (most recent call last):\nValueError: no\n",
            "12: the example of torch.tensor raises nothing on both engines; "
            "its docstring says ValueError: no",
        ),
        (
            ">>> torch.stack([])\nTraceback (most recent call last):\nRuntimeError: empty\n",
            "12: the example of torch.tensor prints something else on both engines "
            "(- docstring, + printed)\n"
            "    - RuntimeError: empty\n"
            "    + RuntimeError: stack expects a non-empty TensorList",
        ),
        (
            ">>> if True:\n...     1\n...  2\n",
            "12: the example of torch.tensor prints something else on both engines "
            "(- docstring, + printed)\n"
            "    + IndentationError: unindent does not match any outer indentation level",
        ),
        (
            ">>>1\n",
            "10: the example of torch.tensor: line 3 of the docstring for <string> lacks blank "
            "after >>>: '>>>1'",
        ),
    ],
)
def test_examples_that_do_not_hold(lasting_project, example, message):
    """The error names the line of the example and the engine."""
    assert check(lasting_project, documented(example)) == f"reference_impl/torch.py:{message}"


def test_docstrings_are_apart(lasting_project):
    """What one defines, another does not know."""
    first, second = (
        documented(">>> x = 1\n", path="reference_impl.torch.a"),
        documented(">>> x\n1\n", path="reference_impl.torch.b"),
    )
    assert "NameError: name 'x' is not defined" in check(lasting_project, first, second)


def test_a_crash_is_told_once(lasting_project):
    """Whichever of its examples brought the process down."""
    told = check(lasting_project, documented(">>> 1\n1\n>>> import os; os._exit(2)\n"))
    assert told == (
        'reference_impl/torch.py:14: "torch.tensor" on torch: '
        "the process ended by itself with exit code 2"
    )
