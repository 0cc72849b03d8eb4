"""Console fences run as they stand on the page, from the project's root."""

from __future__ import annotations

import os
import sys
import textwrap

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


def test_a_failure_is_not_remembered(project):
    """A command that failed, and printed something else than the page, runs again the next time."""
    project.write({"fail.py": "open('runs', 'a').write('x')\nraise SystemExit('no')\n"})
    for _ in range(2):
        assert "+ no" in check(project, fence("python fail.py\nyes"))
    assert project.read("runs") == "xx"
    for _ in range(2):
        assert check(project, fence("python fail.py\nno")) == ""
    assert project.read("runs") == "xxx"


def test_what_depends_on_the_engine(project):
    """A change of the engine makes those run again that speak of it, and no others."""
    count = "open('{name}', 'a').write('x')\n"
    project.write(
        {
            "reference_impl/__init__.py": "",
            "a/with_it.py": "import reference_impl\n" + count.format(name="with"),
            "b/without.py": count.format(name="without"),
        }
    )
    for text in ("", "changed = True\n"):
        project.write({"reference_impl/__init__.py": text})
        assert check(project, fence("$ python a/with_it.py\n$ python b/without.py")) == ""
    assert (project.read("with"), project.read("without")) == ("xx", "x")


@pytest.mark.skipif(os.name == "nt", reason="sessions and their signals are those of POSIX")
def test_a_command_that_is_stopped_stops_what_it_has_started(project, monkeypatch):
    """It is asked to end first, as torchrun has processes in sessions that only it knows."""
    launch = """
        import signal, subprocess, sys
        asleep = [sys.executable, "-c", "import time; time.sleep(60)"]
        child = subprocess.Popen(asleep, start_new_session=True)

        def end(*_):
            child.kill()
            child.wait()
            open("ended", "w").write("child")
            sys.exit()

        signal.signal(signal.SIGTERM, end)
        open("began", "w").close()
        signal.pause()
    """
    project.write({"launch.py": textwrap.dedent(launch)})
    monkeypatch.setattr(console, "SECONDS", 2.0)
    assert "did not end within 2 seconds" in check(project, fence("python launch.py"))
    assert (project.root / "began").exists()
    assert project.read("ended") == "child"


def test_what_torchrun_says_itself(project, monkeypatch):
    """Its notes, which differ between machines, are no output, but tell why it failed."""
    monkeypatch.setitem(console.PROGRAMS, "torchrun", (sys.executable,))
    project.write({"note.py": "import sys\nprint(1)\nprint('note', file=sys.stderr)\n"})
    project.write({"fail.py": "print(2)\nraise SystemExit('why')\n"})
    assert check(project, fence("torchrun note.py\n1")) == ""
    assert "+ why" in check(project, fence("torchrun fail.py\n1"))
    assert check(project, fence("torchrun fail.py\n2")) == ""


def test_torchrun_is_tried_again(project, monkeypatch):
    """Up to three times if it fails; not if it prints something else."""
    monkeypatch.setitem(console.PROGRAMS, "torchrun", (sys.executable,))
    flaky = """
        import pathlib
        runs = pathlib.Path("runs")
        runs.write_text(runs.read_text() + "x" if runs.exists() else "x")
        assert len(runs.read_text()) > 2
        print("at last")
    """
    project.write({"flaky.py": textwrap.dedent(flaky)})
    assert check(project, fence("torchrun flaky.py\nat last")) == ""
    assert project.read("runs") == "xxx"
    project.write({"flaky.py": textwrap.dedent(flaky) + "# changed\n"})
    assert "+ at last" in check(project, fence("torchrun flaky.py\nat first"))
    assert project.read("runs") == "xxxx"


def test_torchrun(project):
    """Two processes that find each other on this machine, of which one prints for both."""
    script = """
        import torch.distributed as dist

        dist.init_process_group("gloo")
        told = [None, None]
        dist.all_gather_object(told, f"process {dist.get_rank()} of {dist.get_world_size()}")
        if dist.get_rank() == 0:
            print(*told, sep="\\n")
        dist.destroy_process_group()
    """
    project.write({"pair.py": textwrap.dedent(script)})
    shown = "process 0 of 2\nprocess 1 of 2"
    command = "torchrun --standalone --nproc-per-node 2 pair.py"
    assert check(project, fence(f"$ {command}\n{shown}")) == ""
