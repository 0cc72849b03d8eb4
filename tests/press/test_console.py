"""Console fences run as they stand on the page, from the project's root."""

from __future__ import annotations

import os

import pytest

from press import console
from press.fences import Fence

NAMED = ' { .console .not-run reason="…" }'


def fence(body: str, info: str = "console") -> Fence:
    """Return a fence whose opening is in line 5."""
    return Fence("docs/en/a.md", 5, "console", info, body, 6 + body.count("\n"))


def check(project, *fences: Fence) -> str:
    return "\n".join(map(str, console.check(fences, root=project.root)))


def test_commands_that_hold(project):
    """Several commands with prompts, a continued line, both streams, or one without a prompt."""
    project.write({"told.py": "import sys\nprint(sys.argv[1:])\nprint('err', file=sys.stderr)\n"})
    assert (
        check(
            project,
            fence(
                "$ python told.py 'a b' \\\n>   c\n['a b', 'c']\nerr\n$ python -c 'print(1)'\n1\n"
            ),
            fence("python -c 'print(2)'\n2"),
            fence("python -c ''"),
        )
        == ""
    )


@pytest.mark.parametrize(
    ("body", "info", "message"),
    [
        (
            "$ python -c 'print(1)'\n1\n$ python -c 'print(2)'\n3",
            "console",
            "8: `python -c 'print(2)'` prints something else (- page, + printed)\n    - 3\n    + 2",
        ),
        (
            "pip install torch",
            "console",
            "6: `pip install torch` is not run, for it begins with neither python nor torchrun; "
            f"say why:{NAMED}",
        ),
        (
            "3\n$ python -c ''",
            "console",
            "6: output above the first command; begin with a line `$ python …`",
        ),
        (
            "python a.py | head",
            "console",
            "6: `python a.py | head` needs a shell for `|`; write it without",
        ),
        (
            "python -c 'x",
            "console",
            "6: `python -c 'x` is no command: No closing quotation",
        ),
        (
            "pip install torch",
            "{ .console .not-run }",
            f"5: a fence that is not run says why:{NAMED}",
        ),
        (
            "pip install torch",
            '{ .console .not-run reason=" " }',
            f"5: a fence that is not run says why:{NAMED}",
        ),
    ],
)
def test_commands_that_do_not_hold(project, body, info, message):
    """The error names the line of the command."""
    assert check(project, fence(body, info)) == f"docs/en/a.md:{message}"


def test_what_is_not_run(project):
    """A fence with a reason, and a fence of another language, are left alone."""
    reason = '{ .console .not-run reason="needs the network" }'
    other = Fence("docs/en/a.md", 1, "text", "text", "pip install torch", 3)
    assert check(project, fence("pip install torch", reason), other) == ""


def test_a_command_runs_again_only_when_its_files_have_changed(project):
    """Those that it names, with their neighbours, and the engine."""
    files = {"s/count.py": "import other\nopen('runs', 'a').write('x')\n", "s/other.py": ""}
    project.write(files)
    for _ in range(2):
        assert check(project, fence("python s/count.py")) == ""
    assert project.read("runs") == "x"
    project.write({"s/other.py": "changed = True\n"})
    assert check(project, fence("python s/count.py")) == ""
    assert project.read("runs") == "xx"


def test_a_command_that_hangs(project, monkeypatch):
    """It is killed after the time limit."""
    monkeypatch.setattr(console, "SECONDS", 0.5)
    assert check(project, fence("python -c 'while True: pass'")) == (
        "docs/en/a.md:6: `python -c 'while True: pass'` did not end within 0 seconds "
        "and was stopped"
    )


def test_a_fence_that_checks_the_fences(project, monkeypatch):
    """A check that a fence runs does not run fences: it would never end."""
    command = f"python -c 'import os; print(os.environ[\"{console.INSIDE}\"])'"
    assert check(project, fence(f"{command}\n1")) == ""
    monkeypatch.setitem(os.environ, console.INSIDE, "1")
    assert check(project, fence("python -c 'print(1)'\n2")) == ""


def test_torchrun(project):
    """It is the module of the torch that is installed."""
    assert console.PROGRAMS["torchrun"][1:] == ("-m", "torch.distributed.run")
    assert console.read(fence("torchrun --nproc-per-node 2 a.py"))[0].words == (
        "torchrun",
        "--nproc-per-node",
        "2",
        "a.py",
    )
