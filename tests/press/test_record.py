"""What torch prints is recorded where everybody would see the same, and nowhere else."""

from __future__ import annotations

import pytest

from press import record, snippets

pytestmark = pytest.mark.skipif(
    not snippets.is_recorded_machine() or record.sys.version_info[:2] != record.PYTHON,
    reason="outputs are recorded on Python 3.11 and x86-64 only",
)

SOURCE = """
    # %% one
    import torch

    torch.tensor([1, 2])

    # %% two raises="RuntimeError"
    torch.stack([])
    """
# Prints what it is told by the variable that makes torch do without newer instructions.
FICKLE = """
    # %% one
    import os

    os.environ.get("ATEN_CPU_CAPABILITY", "here")
    """


def recorded(project, files: dict[str, str]) -> tuple[list[str], str]:
    """Write snippets, record them all; return what was written and what stood in the way."""
    project.write({f"snippets/{name}": text for name, text in files.items()})
    recording = record.record(project.root)
    return recording.written, "\n".join(map(str, recording.problems))


def test_outputs_are_written(project):
    """Then a check finds nothing, and recording them again changes nothing."""
    assert recorded(project, {"shapes/a.py": SOURCE}) == (["snippets/shapes/a.out"], "")
    assert project.read("snippets/shapes/a.out") == (
        "--- one ---\n"
        "tensor([1, 2])\n"
        "--- two ---\n"
        "RuntimeError: stack expects a non-empty TensorList\n"
    )
    assert snippets.check(project.root).problems == []
    assert recorded(project, {}) == ([], "")


def test_what_an_older_processor_prints_otherwise_is_not_recorded(project):
    """The others are; this file stays as it was."""
    written, told = recorded(project, {"a.py": SOURCE, "b.py": FICKLE, "b.out": "as before"})
    assert written == ["snippets/a.out"]
    assert told == (
        'snippets/b.py:1: cell "one" prints something else with ATEN_CPU_CAPABILITY=avx2, '
        "as on an older processor (- here, + there)\n"
        "    - 'here'\n"
        "    + 'avx2'\n"
        "  choose numbers that print the same on both"
    )
    assert project.read("snippets/b.out") == "as before"


def test_a_cell_that_raises_unannounced_is_not_recorded(project):
    """A mistake must not become the truth."""
    assert recorded(project, {"a.py": "# %% one\n\nabsent\n"}) == (
        [],
        'snippets/a.py:3: cell "one" raises on torch\n'
        "    NameError: name 'absent' is not defined\n"
        '  if it should, write raises="NameError" behind its name in line 1',
    )


def test_a_crash_is_not_recorded(project):
    """Nor is what ran before it."""
    written, told = recorded(project, {"a.py": "# %% one\n1\n# %% two\nimport os\nos._exit(1)\n"})
    assert written == []
    assert told == ('snippets/a.py:4: "two" on torch: the process ended by itself with exit code 1')


def test_what_divides_outputs_cannot_be_printed(project):
    """A line like the head of a section would be read as one."""
    assert recorded(project, {"a.py": "# %% one\nprint('--- b ---')\n"}) == (
        [],
        'snippets/a.py:1: cell "one" prints `--- b ---`, which divides .out files',
    )


def test_exercises_have_no_outputs(project):
    """What their answers do is written in their markers."""
    assert recorded(project, {"exercises/a.py": '# %% x-start fails="a"\n1\n'}) == ([], "")


def test_another_python(project, monkeypatch):
    """Outputs come from one version of it."""
    monkeypatch.setattr(record.sys, "version_info", (3, 13, 1))
    monkeypatch.setattr(record.platform, "python_version", lambda: "3.13.1")
    assert recorded(project, {"a.py": SOURCE}) == (
        [],
        "pyproject.toml:2: outputs are recorded on Python 3.11, and this is 3.13.1; run it there",
    )


def test_another_machine(project, monkeypatch):
    """And from one kind of processor."""
    monkeypatch.setattr(snippets.platform, "machine", lambda: "aarch64")
    assert recorded(project, {"a.py": SOURCE}) == (
        [],
        "pyproject.toml:4: outputs are recorded on x86-64, and this is aarch64; run it there",
    )
