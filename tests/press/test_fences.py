"""Fences: what a page may hold between backticks, and what is said of anything else."""

from pathlib import Path

import pytest

from press import Problem, fences
from press.fences import Include

PAGE = "docs/zh/shapes/cat.md"
CELLS = {"shapes/cat.py": ["rows", "columns", "mismatch"]}


def fence(body: str, info: str = "python") -> fences.Fence:
    found, _ = fences.split(f"\n\n```{info}\n{body}\n```\n", PAGE)
    return found[0]


def test_fences_keep_their_lines_and_prose_keeps_its_own():
    """Everything fenced is blank in the prose, so that lines keep their numbers."""
    text = 'a\n\n```python\n--8<-- "a.py:b"\n```\n\nb\n\n~~~ text\n```\n~~~\n'
    found, prose = fences.split(text, PAGE)
    assert [(f.line, f.end, f.language) for f in found] == [(3, 5, "python"), (9, 11, "text")]
    assert prose == ["a", "", "", "", "", "", "b", "", "", "", "", ""]


def test_an_indented_fence_loses_its_indentation_only():
    """A fence within a list holds the same text as one at the margin."""
    found, _ = fences.split('1.  a\n\n    ```python\n    --8<-- "a.py:b"\n    ```\n', PAGE)
    assert found[0].body == '--8<-- "a.py:b"'


def test_braces_name_the_language_too():
    """`{ .console .not-run reason="…" }` is a console."""
    assert fence("$ ls", '{ .console .not-run reason="x" }').language == "console"


def test_an_open_fence_is_named():
    """Its first line is, for there is no last one."""
    with pytest.raises(Problem) as caught:
        fences.split("a\n\n```python\nb\n", PAGE)
    assert str(caught.value) == f"{PAGE}:3: this fence is never closed: add ``` below it"


def test_a_python_fence_names_a_cell_or_a_source():
    """Both in one form, told apart by their file."""
    cell = fences.include(fence('--8<-- "shapes/cat.py:rows"'))
    source = fences.include(fence('--8<-- "reference_impl/torch/joining.py:cat"'))
    assert (cell, cell.is_source) == (Include("shapes/cat.py", "rows"), False)
    assert (source.name, source.is_source) == ("cat", True)


@pytest.mark.parametrize(
    ("body", "held"),
    [
        ("print(1)", "print(1)"),
        ('--8<-- "shapes/cat.py"', '--8<-- "shapes/cat.py"'),
        ('--8<-- "a.py:b"\n--8<-- "a.py:c"', '--8<-- "a.py:b" (and 1 more lines)'),
        ("", "nothing"),
    ],
)
def test_a_python_fence_with_anything_else(body, held):
    """The message repeats what the fence holds, and shows what it should."""
    with pytest.raises(Problem) as caught:
        fences.include(fence(body))
    assert str(caught.value) == (
        f"{PAGE}:3: a python fence names exactly one cell or one source, as in "
        f'--8<-- "shapes/cat.py:rows"; this one holds: {held}'
    )


def test_a_python_fence_takes_no_options():
    """What stands after the word would be lost, so it is an error."""
    with pytest.raises(Problem) as caught:
        fences.include(fence('--8<-- "a.py:b"', 'python hl_lines="1"'))
    assert str(caught.value) == (
        f'{PAGE}:3: a python fence takes no options: write ```python, not ```python hl_lines="1"'
    )


def test_a_cell_that_is_not_there():
    """The message lists the cells that are."""
    with pytest.raises(Problem) as caught:
        fences.check_cell((PAGE, 14), "shapes/cat.py:row", CELLS)
    assert str(caught.value) == (
        'docs/zh/shapes/cat.md:14: snippets/shapes/cat.py has no cell "row"; '
        "it has: rows, columns, mismatch"
    )


def test_a_snippet_that_is_not_there():
    """The message lists the files that are."""
    with pytest.raises(Problem) as caught:
        fences.check_cell((PAGE, 14), "shapes/dog.py:rows", CELLS)
    assert str(caught.value) == (
        f"{PAGE}:14: there is no snippets/shapes/dog.py; there are: shapes/cat.py"
    )


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    file = tmp_path / "reference_impl" / "torch" / "joining.py"
    file.parent.mkdir(parents=True)
    file.write_text(
        '"""Joining."""\n\n\n@operator\ndef cat(x):\n    """Join."""\n\n    return x\n\n\n'
        "class Tape:\n    def read(self):\n        return 1\n"
    )
    return tmp_path


def test_a_source_comes_with_decorators_and_line_but_without_docstring(engine):
    """What the docstring says stands beside it, in the page's language."""
    shown = fences.read_source(engine, (PAGE, 1), Include("reference_impl/torch/joining.py", "cat"))
    assert shown.line == 4
    assert shown.text == "@operator\ndef cat(x):\n    return x"


def test_a_method_is_shown_without_the_indentation_of_its_class(engine):
    """Its name has a dot."""
    named = Include("reference_impl/torch/joining.py", "Tape.read")
    shown = fences.read_source(engine, (PAGE, 1), named)
    assert (shown.line, shown.text) == (12, "def read(self):\n    return 1")


@pytest.mark.parametrize(
    ("file", "name", "message"),
    [
        ("joining", "dog", 'has no function or class "dog"; it has: cat, Tape'),
        ("joining", "Tape.write", 'has no function or class "write"; it has: read'),
    ],
)
def test_a_source_that_is_not_there(engine, file, name, message):
    """The message lists what the file has."""
    path = f"reference_impl/torch/{file}.py"
    with pytest.raises(Problem) as caught:
        fences.read_source(engine, (PAGE, 97), Include(path, name))
    assert str(caught.value) == f"{PAGE}:97: {path} {message}"


def test_a_source_file_that_is_not_there(engine):
    """The message names it."""
    with pytest.raises(Problem) as caught:
        fences.read_source(engine, (PAGE, 97), Include("reference_impl/torch/dog.py", "cat"))
    assert str(caught.value) == f"{PAGE}:97: there is no reference_impl/torch/dog.py"
