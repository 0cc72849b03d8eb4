"""The command line of the press."""

from __future__ import annotations

import re

import pytest

from press import __main__ as press
from press import record, snippets

RECORDS = pytest.mark.skipif(
    not snippets.is_recorded_machine() or record.sys.version_info[:2] != record.PYTHON,
    reason="outputs are recorded on Python 3.11 and x86-64 only",
)


@pytest.fixture
def call(project, monkeypatch, capsys):
    """Return a function that runs a command in the project; it returns code, stdout and stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(project.root)
        code = press.main(arguments)
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


ONE = "# %% one\nimport torch\n\ntorch.tensor([1, 2])\n"


@pytest.mark.parametrize("name", ["snippets/shapes/a.py", "shapes/a.py", "snippets/shapes/a.out"])
def test_run(project, call, name):
    """Each cell once if both engines agree; however the snippet is named."""
    project.write({"snippets/shapes/a.py": ONE})
    code, out, err = call("run", name)
    assert (code, err) == (0, "")
    assert re.fullmatch(
        r"--- one ---  torch 0\.\d{3} s, reference 0\.\d{3} s\ntensor\(\[1, 2\]\)\n", out
    )


def test_run_shows_a_difference(project, call):
    """With what torch prints first."""
    project.write({"snippets/a.py": "# %% one\nimport torch\n\ntorch.tensor([1.0, 2])\n"})
    code, out, err = call("run", "a.py")
    assert (code, err) == (1, "")
    assert out.split("\n", 1)[1] == (
        "tensor([1., 2.])\n"
        "on the reference (- torch, + reference)\n"
        "    - tensor([1., 2.])\n"
        "    + tensor([1.0, 2])\n"
    )


def test_run_shows_an_error(project, call):
    """What ran before it, then the error with its place."""
    project.write({"snippets/a.py": "# %% one\n1\n\n# %% two\n\nabsent\n"})
    code, out, err = call("run", "a.py")
    assert code == 1
    assert "NameError: name 'absent' is not defined\n" in out
    assert err.startswith('snippets/a.py:6: cell "two" raises on torch\n')


def test_run_a_snippet_that_is_not_there(project, call):
    """The error lists those that are."""
    project.write({"snippets/a.py": ONE})
    assert call("run", "b.py") == (
        1,
        "",
        "b.py:1: there is no such snippet; there are: snippets/a.py\n",
    )


@RECORDS
def test_update(project, call):
    """What has changed is recorded; then the reference is asked."""
    project.write({"snippets/a.py": ONE, "snippets/b.py": ONE})
    assert call("update", "snippets/a.py") == (0, "recorded snippets/a.out\n", "")
    assert not (project.root / "snippets/b.out").exists()
    assert call("update") == (0, "recorded snippets/b.out\n", "")
    assert call("update") == (0, "every output is as recorded\n", "")


@RECORDS
def test_update_takes_torch_at_its_word(project, call):
    """Its output is recorded although the reference prints another, and that is told."""
    project.write({"snippets/a.py": "# %% one\nimport torch\n\ntorch.tensor([1.0])\n"})
    code, out, err = call("update")
    assert (code, out) == (1, "recorded snippets/a.out\n")
    assert err.startswith('snippets/a.out:2: cell "one" prints something else on the reference')
    assert project.read("snippets/a.out") == "--- one ---\ntensor([1.])\n"


def test_new(project, call):
    """Both pages, the snippet, its output, and the page's place in the contents."""
    contents = """
        nav:
          - 首页: index.md
          - 形状:
              - shapes/cat.md
              - 笔记本：拼接: notebooks/shapes/cat.ipynb
          - 查阅:
              - reference/torch.md

        theme: x
        """
    project.write({"mkdocs.yml": contents, "snippets/a.py": ONE})
    code, out, err = call("new", "shapes/stack")
    assert (code, err) == (0, "")
    assert out == (
        "wrote docs/zh/shapes/stack.md\n"
        "wrote docs/en/shapes/stack.md\n"
        "wrote snippets/shapes/stack.py\n"
        "wrote snippets/shapes/stack.out\n"
        "wrote mkdocs.yml\n"
        "next: write what the page says, in both languages\n"
    )
    assert project.read("mkdocs.yml").split("theme")[0] == (
        "nav:\n"
        "  - 首页: index.md\n"
        "  - 形状:\n"
        "      - shapes/cat.md\n"
        "      - 笔记本：拼接: notebooks/shapes/cat.ipynb\n"
        "      - shapes/stack.md\n"
        "      - notebooks/shapes/stack.ipynb\n"
        "  - 查阅:\n"
        "      - reference/torch.md\n"
        "\n"
    )
    library = snippets.check(project.root, ["shapes/stack.py"])
    assert library.problems == []
    assert library.shown["shapes/stack.py:first"].printed == "tensor([0, 1, 2])\n"


def test_a_new_page_has_all_that_a_page_must_have(project, call):
    """Nothing in it has to be mended before it can be built."""
    from press import pages, proofread

    project.write({"snippets/a.py": ONE})
    assert call("new", "shapes/stack")[0] == 0
    read = pages.read_all(project.root)
    cells = {"shapes/stack.py": ["first"]}
    known = {"cells": cells, "objects": (), "generated": {}, "exercises": {}}
    assert proofread.check(project.root, read, **known) == []


@pytest.mark.parametrize("page", ["stack", "Shapes/Stack", "shapes/stack.md", "../a/b", "a//b"])
def test_new_with_a_name_that_is_none(project, call, page):
    """Nothing is written."""
    project.write({"snippets/a.py": ONE})
    assert call("new", page) == (
        1,
        "",
        f"docs/zh/{page}.md:1: name a page by its section and itself, in small letters: "
        "shapes/stack\n",
    )
    assert not (project.root / "docs").exists()


def test_new_does_not_overwrite(project, call):
    """Not even when only one of its files is there."""
    project.write({"snippets/a.py": ONE, "docs/en/shapes/stack.md": "mine"})
    assert call("new", "shapes/stack") == (
        1,
        "",
        "docs/en/shapes/stack.md:1: this is there already; nothing was written\n",
    )
    assert not (project.root / "docs/zh").exists()


def test_outside_of_the_handbook(tmp_path, monkeypatch, capsys):
    """The error says where to go."""
    monkeypatch.chdir(tmp_path)
    assert press.main(["check"]) == 1
    assert capsys.readouterr().err == (
        "pyproject.toml:1: not found here; run this in the handbook's folder\n"
    )


def test_help(capsys):
    """Each command says what it does, and shows how."""
    for command in press.COMMANDS:
        with pytest.raises(SystemExit):
            press.main([command, "--help"])
        told = capsys.readouterr().out
        assert f"example:\n  python -m press {command}" in told


EXERCISE = """
    # %% join-start fails="shape"
    joined = []

    # %% join-check
    assert len(joined) == 2, "shape"

    # %% join-solution
    joined = [1, 2]
    """


def test_run_an_exercise(project, call):
    """How each answer ends, on both engines; what is wrong is told as in a build."""
    project.write({"snippets/exercises/a.py": EXERCISE})
    assert call("run", "snippets/exercises/a.py") == (
        0,
        'join-start fails "shape"\njoin-solution passes\n',
        "",
    )
    project.write({"snippets/exercises/a.py": EXERCISE.replace("[1, 2]", "[1]")})
    code, said, told = call("run", "snippets/exercises/a.py")
    assert (code, said) == (1, "")
    assert told.startswith("snippets/exercises/a.py:7: on both engines, ")
