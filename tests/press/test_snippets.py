"""Snippets run on both engines, and every mistake in one gives one error that says what to do."""

from __future__ import annotations

import pytest

from press import Problem, percent, snippets, versions
from press.outputs import diff, same_but_last_digits

GOOD = """
    # %% one
    import torch

    torch.tensor([1, 2])

    # %% two raises="RuntimeError"
    print("before")
    torch.stack([])

    # %% three
    class Drawing:
        def _repr_svg_(self):
            return '<svg aria-label="a dot"/>'


    Drawing()
    """
GOOD_OUT = """
    --- one ---
    tensor([1, 2])
    --- two ---
    before
    RuntimeError: stack expects a non-empty TensorList
    --- three ---
    a dot
    """


def test_a_snippet(project):
    """Its cells, what pages show below them, and nothing to mend."""
    library = project.check({"shapes/a.py": GOOD, "shapes/a.out": GOOD_OUT})
    assert library.problems == []
    snippet = library.snippets["shapes/a.py"]
    assert [(c.name, c.line, c.ref, c.raises) for c in snippet.cells] == [
        ("one", 1, "shapes/a.py:one", None),
        ("two", 6, "shapes/a.py:two", "RuntimeError"),
        ("three", 10, "shapes/a.py:three", None),
    ]
    assert snippet.cells[0].source == "import torch\n\ntorch.tensor([1, 2])"
    shown = library.shown["shapes/a.py:two"]
    assert (shown.printed, shown.figure) == (
        "before\nRuntimeError: stack expects a non-empty TensorList\n",
        None,
    )
    assert library.shown["shapes/a.py:three"].figure == '<svg aria-label="a dot"/>'


def test_only_what_has_changed_runs(project):
    """A result holds until the snippet, or a module that it imported, is another."""
    files = {"a.py": GOOD, "a.out": GOOD_OUT, "b.py": "# %% b\n1\n", "b.out": "--- b ---\n1\n"}
    engine = project.read("reference_impl/torch.py")

    def ran(files: dict[str, str]) -> tuple[int, int]:
        library = project.check(files)
        assert library.problems == []
        return library.ran, library.cached

    assert ran(files) == (4, 0)
    assert ran({}) == (0, 4)
    assert ran({"b.py": "# %% b\n0 + 1\n"}) == (2, 2)
    project.write({"reference_impl/unused.py": "x = 1\n"})
    assert ran({}) == (0, 4)
    project.write({"reference_impl/torch.py": engine + "\n# more\n"})
    assert ran({}) == (2, 2)  # the reference alone


def test_the_digest_changes_with_text_and_output(project):
    """The browser asks for a snippet's cells by it."""
    files = {"a.py": "# %% a\n1\n", "a.out": "--- a ---\n1\n"}
    project.write({f"snippets/{name}": text for name, text in files.items()})
    first = percent.read(project.root, "a.py").digest
    project.write({"snippets/a.out": "--- a ---\n2\n"})
    second = percent.read(project.root, "a.py").digest
    project.write({"snippets/a.py": "# %% a\n2\n"})
    assert len({first, second, percent.read(project.root, "a.py").digest}) == 3
    assert len(first) == 8


def test_torch_only(project):
    """The reference does not see such a cell; later cells go on without it."""
    source = '# %% one torch_only="it takes two"\nimport torch.fft\n\n# %% two\n1\n'
    library = project.check({"a.py": source, "a.out": "--- one ---\n--- two ---\n1\n"})
    assert library.problems == []
    assert library.shown["a.py:one"].cell.torch_only == "it takes two"


# files that are not made of cells -----------------------------------------------------------

TAKES = (
    'a marker takes raises="RuntimeError", torch_only="the reason", fails="label" (in exercises)'
)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"# %% a\nx = '\xff'\n", "a.py:2: not UTF-8 (byte 0xff); save the file as UTF-8"),
        (
            "# a comment may\n\nimport torch\n",
            "a.py:3: code before the first cell; begin it with a line `# %% name`",
        ),
        ("# nothing\n", "a.py:1: no cell; begin one with a line `# %% name`"),
        ("", "a.py:1: no cell; begin one with a line `# %% name`"),
        ("# %% a\n1\n# %%\n2\n", "a.py:3: `# %%` names no cell; write `# %% name`"),
        ("#%% a\n1\n", "a.py:1: `#%% a` names no cell; write `# %% name`"),
        (
            '# %% raises="X"\n1\n',
            'a.py:1: `# %% raises="X"` names no cell; write `# %% name`',
        ),
        (
            "# %% Rows_1\n1\n",
            'a.py:1: "Rows_1" is no name for a cell: use small letters, digits and hyphens',
        ),
        ("# %% a\n1\n# %% a\n2\n", 'a.py:3: a second cell "a"; the first is in line 1'),
        (
            "# %% a\n\n# %% b\n1\n",
            'a.py:1: the cell "a" is empty; write it or delete its marker',
        ),
        ("# %% a raise\n1\n", f"a.py:1: `raise` is no option; {TAKES}"),
        ("# %% a raises=X\n1\n", f"a.py:1: `raises=X` is no option; {TAKES}"),
        ('# %% a raises=""\n1\n', f'a.py:1: `raises=""` is no option; {TAKES}'),
        ('# %% a raise="X"\n1\n', f'a.py:1: there is no option "raise"; {TAKES}'),
        (
            '# %% a raises="X" raises="Y"\n1\n',
            'a.py:1: the option "raises" is given twice',
        ),
        (
            '# %% a raises="a b"\n1\n',
            'a.py:1: raises="a b" names no type; write raises="RuntimeError"',
        ),
        (
            '# %% a fails="size"\n1\n',
            'a.py:1: fails="size" is for exercises; write raises="…" if the cell raises',
        ),
    ],
)
def test_not_made_of_cells(project, source, message):
    """One error, at the line where the file stops being what it should be."""
    assert project.problems({"a.py": source}) == f"snippets/{message}"


def test_windows_line_ends_and_byte_order_marks(project):
    """Editors may write them; they are no part of a cell."""
    project.write({"snippets/a.py": b"\xef\xbb\xbf# %% a\r\n1\r\n2\r\n"})
    (cell,) = percent.read(project.root, "a.py").cells
    assert cell.source == "1\n2"


# outputs that are not what is printed --------------------------------------------------------

UPDATE = "python -m press update snippets/a.py"
ONE = "# %% one\nimport torch\n\nprint(1)\ntorch.tensor([1, 2])\n"


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (None, f"a.py:1: its outputs are not recorded; run: {UPDATE}"),
        ("", f'a.py:1: the output of cell "one" is not recorded; run: {UPDATE}'),
        ("1\n", f"a.out:1: text above the first section; run: {UPDATE}"),
        (
            "--- one ---\n1\ntensor([1, 2])\n--- two ---\n",
            f'a.out:4: snippets/a.py has no cell "two" but one; run: {UPDATE}',
        ),
        (
            "--- one ---\n1\ntensor([1, 2])\n--- one ---\n",
            f'a.out:4: a second section "one"; run: {UPDATE}',
        ),
        (
            "--- one ---\n1\ntensor([1, 3])\n",
            'a.out:3: cell "one" prints something else on both engines (- recorded, + printed)\n'
            "      1\n"
            "    - tensor([1, 3])\n"
            "    + tensor([1, 2])\n"
            f"  if the new output is right, run: {UPDATE}",
        ),
        (
            "--- one ---\n1\ntensor([1, 2])",
            'a.out:3: cell "one" prints something else on both engines (- recorded, + printed)\n'
            "      '1\\n'\n"
            "    - 'tensor([1, 2])'\n"
            "    + 'tensor([1, 2])\\n'\n"
            f"  if the new output is right, run: {UPDATE}",
        ),
    ],
)
def test_not_as_recorded(lasting_project, output, message):
    """A changed character is found, wherever it is."""
    (lasting_project.root / "snippets/a.out").unlink(missing_ok=True)
    files = {"a.py": ONE} | ({} if output is None else {"a.out": output})
    assert lasting_project.problems(files) == f"snippets/{message}"


def test_outputs_of_nothing(project):
    """An `.out` file whose snippet is gone has to go too."""
    assert project.problems({"b.out": ""}) == (
        "snippets/b.out:1: there is no snippet beside it; delete it"
    )


def test_engines_that_differ(project):
    """The error says which engine, and where the fault then is."""
    source = "# %% one\nimport torch\n\ntorch.tensor([1.0, 2])\n"
    assert project.problems({"a.py": source, "a.out": "--- one ---\ntensor([1., 2.])\n"}) == (
        'snippets/a.out:2: cell "one" prints something else on the reference '
        "(- recorded, + printed)\n"
        "    - tensor([1., 2.])\n"
        "    + tensor([1.0, 2])\n"
        '  mend reference_impl, or mark the cell torch_only="the reason"'
    )


def test_figures_that_differ(project):
    """Figures are compared byte by byte, although the `.out` has only their label."""
    source = """
        # %% one
        import torch

        class Drawing:
            def _repr_svg_(self):
                return f'<svg aria-label="a dot" id="{len(torch.__name__)}"/>'

        Drawing()
        """
    assert project.problems({"a.py": source, "a.out": "--- one ---\na dot\n"}) == (
        'snippets/a.py:1: the figure of cell "one" is another on the reference, '
        "from character 29 on\n"
        '    torch      …a-label="a dot" id="5"/>…\n'
        '    reference  …a-label="a dot" id="20"/>…'
    )


def test_one_error_for_a_file(project):
    """The first difference is told, the others are counted."""
    source = "# %% one\n1\n\n# %% two\n2\n\n# %% three\n3\n"
    told = project.problems(
        {"a.py": source, "a.out": "--- one ---\n1\n--- two ---\n--- three ---\n"}
    )
    assert told.startswith('snippets/a.out:3: cell "two" prints something else on both engines')
    assert told.endswith("\n  and 1 more: python -m press run snippets/a.py")


# cells that raise, or do worse ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "# %% a\nimport torch\n\ntorch.stack([])\n",
            'a.py:4: cell "a" raises on both engines\n'
            "    RuntimeError: stack expects a non-empty TensorList\n"
            '  if it should, write raises="RuntimeError" behind its name in line 1',
        ),
        (
            '# %% a raises="ValueError"\nimport torch\n\ntorch.stack([])\n',
            'a.py:4: cell "a" announces raises="ValueError" but raises on both engines\n'
            "    RuntimeError: stack expects a non-empty TensorList",
        ),
        (
            '# %% a raises="RuntimeError"\n1\n',
            'a.py:1: cell "a" announces raises="RuntimeError" but raises nothing on both engines',
        ),
        (
            '# %% a raises="ZeroDivisionError"\n1 / 0\n',
            'a.py:2: cell "a" raises on the reference\n'
            "    ZeroDivisionError: division by zero\n"
            "  Python words it, and each version may word it anew: raise it in reference_impl",
        ),
        (
            "# %% a\nx = {\n",
            "a.py:2: cell \"a\" raises on both engines\n    SyntaxError: '{' was never closed",
        ),
        (
            "# %% a\nimport sys\nsys.exit(2)\n",
            'a.py:3: cell "a" raises on both engines\n    SystemExit: 2',
        ),
        (
            "# %% a\nwhile True:\n    print('more')\n",
            'a.py:1: cell "a" prints more than 64,000 characters on both engines; '
            "let it print less",
        ),
        (
            "# %% a\nclass A:\n    def _repr_svg_(self): return '<svg/>'\nA()\n",
            'a.py:1: the figure of cell "a" has no aria-label on both engines; '
            "say there what it shows",
        ),
        (
            "# %% a\nimport os\nos._exit(3)\n",
            'a.py:2: "a" on torch: the process ended by itself with exit code 3\n'
            "  and 1 more: python -m press run snippets/a.py",
        ),
    ],
)
def test_cells_that_raise(project, source, message):
    """A cell raises what its marker announces, in the engine's words, and nothing else."""
    assert project.problems({"a.py": source, "a.out": "--- a ---\n"}) == f"snippets/{message}"


def test_an_error_that_the_cell_states_itself(project):
    """A `raise` in the cell has the same text in every Python, so it may be announced."""
    source = '# %% a raises="ValueError"\nraise ValueError("own")\n'
    assert project.problems({"a.py": source, "a.out": "--- a ---\nValueError: own\n"}) == ""


def test_a_broken_engine_is_one_error(project):
    """However many snippets need it."""
    project.write({"reference_impl/torch.py": "x = 1\ndef f( return\n"})
    files = {
        name: text
        for n in "ab"
        for name, text in {f"{n}.py": "# %% a\n1\n", f"{n}.out": "--- a ---\n1\n"}.items()
    }
    assert project.problems(files) == (
        "reference_impl/torch.py:2: reference_impl cannot be imported: SyntaxError: invalid syntax"
    )


# other machines ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("tensor([0.1234, 1.])", "tensor([0.1235, 1.])", True),
        ("0.9999", "1.0000", True),
        ("1.2e-05 x", "1.3e-05 x", True),
        ("1.2e-05", "1.2e-06", False),
        ("0.1234", "0.1236", False),
        ("0.1234", "0.12345", False),
        ("tensor([1])", "tensor([2])", False),
        ("a 0.1", "b 0.1", False),
        ("0.1 0.2", "0.1", False),
    ],
)
def test_last_digits(before, after, same):
    """One unit in the last printed place of decimals, and nothing else."""
    assert same_but_last_digits(before, after) is same


def test_another_processor_may_print_another_last_digit(project, monkeypatch):
    """There it warns; on x86-64, where outputs are recorded, it is an error."""
    files = {"a.py": "# %% a\n0.1234\n", "a.out": "--- a ---\n0.1235\n"}
    assert len(project.check(files).problems) == 1
    monkeypatch.setattr(snippets.platform, "machine", lambda: "aarch64")
    library = project.check({})
    assert library.problems == []
    assert "+ 0.1234" in str(library.warnings[0])
    assert len(project.check({"a.out": "--- a ---\n0.1237\n"}).problems) == 1


# set-up --------------------------------------------------------------------------------------


def test_another_torch_than_the_recorded_one(project, monkeypatch):
    """It is the only error, and nothing runs."""
    monkeypatch.setattr(versions, "version", lambda package: "2.12.1+cpu")
    assert project.problems({"a.py": "# %% a\n1\n"}) == (
        "pyproject.toml:4: the outputs are torch 2.13.0's, but torch 2.12.1 is installed; "
        "run: pip install torch==2.13.0"
    )


def test_no_torch(project, monkeypatch):
    """It says how to get it."""

    def missing(package: str) -> str:
        raise versions.PackageNotFoundError(package)

    monkeypatch.setattr(versions, "version", missing)
    assert project.problems({}) == (
        "pyproject.toml:4: torch 2.13.0 is not installed; run: pip install -e ."
    )


def test_no_version_is_pinned(project):
    """Then nobody knows whose outputs these are."""
    project.write({"pyproject.toml": "[project]\n"})
    message = 'pyproject.toml:1: no version of torch is pinned here; write "torch==2.13.0"'
    assert project.problems({}) == message
    with pytest.raises(Problem):
        versions.recorded_torch(project.root)


def test_long_differences_are_cut():
    """The reader sees the beginning, and how much follows."""
    shown = diff("", "".join(f"{n}\n" for n in range(30)))
    assert shown.endswith("    + 23\n    … and 6 more lines")


# exercises -----------------------------------------------------------------------------------

EXERCISE = """
    # %% join-start fails="shape"
    joined = []

    # %% join-check
    assert len(joined) == 2, "shape"
    assert joined[0] == 1, "order"

    # %% join-solution
    import torch

    joined = torch.tensor([1, 2])

    # %% join-wrong-order fails="order"
    joined = [2, 1]
    """


def test_an_exercise(project):
    """Start and mistakes fail where they say, the solution passes, on both engines."""
    library = project.check({"exercises/a.py": EXERCISE})
    assert (library.problems, library.ran) == ([], 2)
    assert library.shown["exercises/a.py:join-start"].printed == ""
    exercise = library.exercises["exercises/a.py:join"]
    assert (exercise.ref, exercise.labels) == ("exercises/a.py:join", ("shape", "order"))
    assert exercise.start.name == "join-start"
    assert "exercises/a.py:join-check" in library.shown


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "[2, 1]",
            "[1, 2]",
            '13: on both engines, "join-wrong-order" passes "join-check"; '
            'it announces fails="order"',
        ),
        (
            "[2, 1]",
            "[2]",
            '13: on both engines, "join-wrong-order" announces fails="order", '
            "but the check ends with AssertionError: shape",
        ),
        (
            "torch.tensor([1, 2])",
            "torch.tensor([0, 2])",
            '8: on both engines, "join-solution" fails "join-check": AssertionError: order',
        ),
        (
            "joined = []",
            "joined = absent",
            '1: on both engines, "join-start" does not get as far as its check: '
            "NameError: name 'absent' is not defined",
        ),
        (
            ' fails="order"',
            "",
            '13: it fails no check; write one of: fails="shape", fails="order"',
        ),
        (
            'fails="order"',
            'fails="dim"',
            '13: there is no check "dim"; write one of: fails="shape", fails="order"',
        ),
        (
            "join-solution",
            'join-solution fails="order"',
            "8: a solution fails no check; delete fails=…",
        ),
        (
            ', "shape"',
            ', "the shape"',
            '5: a check has a label of one word; write: assert what, "label"',
        ),
        (
            "assert len(joined) == 2",
            "assert len(joined) === 2",
            "5: SyntaxError: invalid syntax",
        ),
        (
            "join-solution",
            "join-answer",
            '8: "join-answer" is no part of an exercise; there are: '
            "x-start, x-check, x-solution, x-wrong-mistake",
        ),
        (
            "join-solution",
            'join-wrong-not fails="shape"',
            '1: the exercise "join" has no "join-solution"',
        ),
        (
            "join-solution",
            'join-solution raises="ValueError"',
            "8: a cell of an exercise runs on both engines and raises nothing of its own",
        ),
    ],
)
def test_an_exercise_that_is_none(project, old, new, message):
    """Each mistake is told at its cell."""
    told = project.problems({"exercises/a.py": EXERCISE.replace(old, new, 1)})
    assert told == f"snippets/exercises/a.py:{message}"


def test_a_check_that_checks_nothing(project):
    """It would let everything pass."""
    source = EXERCISE.replace('assert len(joined) == 2, "shape"', "pass")
    source = source.replace('assert joined[0] == 1, "order"', "pass")
    assert project.problems({"exercises/a.py": source}) == (
        'snippets/exercises/a.py:4: "join-check" checks nothing; write: assert what, "label"'
    )
