"""Cells run in processes of their own: a crash, a hang or a broken engine is told as an error."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest

from press import workers
from press.workers import Job, Step


def job(engine: str, *sources: str, **more) -> Job:
    """Return a job of one session."""
    steps = tuple(Step(f"c{n}", source, 10 * n, True) for n, source in enumerate(sources, 1))
    return Job(engine, "snippets/a.py", (steps,), **more)


def run(project, job: Job, **more) -> workers.Result:
    ((_, result),) = workers.run(project.root, [job], **more)
    return result


@pytest.mark.parametrize("engine", workers.ENGINES)
def test_a_job(project, engine):
    """Its steps share a namespace, and `torch` is the engine."""
    source = "import torch\nx = torch.tensor([1, 2])"
    result = run(project, job(engine, source, "x", "torch.__name__"))
    assert result.problem is None
    name = "torch" if engine == "torch" else "reference_impl.torch"
    printed = [outcome.printed for outcome in result.outcomes[0]]
    assert printed == ["", "tensor([1, 2])\n", f"'{name}'\n"]


def test_modules_of_the_project_are_known(project):
    """Their names, from the project's root, are what the cache holds results against."""
    result = run(project, job("reference", "import torch"))
    assert result.modules == ("reference_impl/__init__.py", "reference_impl/torch.py")
    assert run(project, job("torch", "import torch")).modules == ()


def test_sessions_are_apart(project):
    """A name of one session is unknown in the next."""
    both = Job("reference", "a.py", ((Step("one", "x = 1", 0),), (Step("two", "x", 0),)))
    result = run(project, both)
    assert result.outcomes[1][0].printed == "NameError: name 'x' is not defined\n"


def test_a_step_that_may_not_raise_ends_its_session(project):
    """What follows could only fail for the same reason."""
    one = job("reference", "1 / 0", "2")
    stopping = replace(one, sessions=((replace(one.sessions[0][0], may_raise=False),) * 2,))
    assert len(run(project, one).outcomes[0]) == 2
    assert len(run(project, stopping).outcomes[0]) == 1


def test_torch_is_the_same_everywhere(project):
    """One thread, and the warnings that it gives once in a process come in every cell."""
    view = "torch.ones(2, 3, 4).T;"
    result = run(project, job("torch", f"import torch\n{view}", view, "torch.get_num_threads()"))
    told = [outcome.text for outcome in result.outcomes[0]]
    assert told[0].startswith("UserWarning: The use of `x.T` on tensors of dimension other than 2")
    assert "Triggered internally" not in told[0]
    assert told[:2] == [told[0]] * 2
    assert told[2] == "1\n"


def test_an_older_processor(project):
    """A torch can be told to do without newer instructions."""
    source = "import torch\ntorch.backends.cpu.get_cpu_capability()"
    one = job("torch", source, environment=(("ATEN_CPU_CAPABILITY", "default"),))
    assert run(project, one).outcomes[0][0].text == "'DEFAULT'\n"
    assert "ATEN_CPU_CAPABILITY" not in os.environ


def test_cells_write_files_into_a_folder_of_their_own(project):
    """It is gone afterwards, and the project is untouched."""
    source = "import os\nopen('kept', 'w').close()\nprint(os.getcwd())\nos.listdir()"
    before = sorted(project.root.rglob("*"))
    folder, listed = run(project, job("torch", source)).outcomes[0][0].text.splitlines()
    assert listed == "['kept']"
    assert not os.path.exists(folder)
    assert sorted(project.root.rglob("*")) == before


@pytest.mark.parametrize(
    ("source", "how"),
    [
        ("import os\nos._exit(3)", "the process ended by itself with exit code 3"),
        (
            "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)",
            "the process was killed by SIGSEGV",
        ),
    ],
)
def test_a_crash(project, source, how):
    """It is told with the cell, and what ran before it is kept."""
    result = run(project, job("torch", "1", source, "3"))
    assert str(result.problem) == f'snippets/a.py:21: "c2" on torch: {how}'
    assert [outcome.text for outcome in result.outcomes[0]] == ["1\n"]


@pytest.mark.parametrize("engine", workers.ENGINES)
def test_a_hang(project, engine):
    """After the time limit the process is killed, also one that cannot be interrupted."""
    on = "torch" if engine == "torch" else "the reference"
    source = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: pass"
    result = run(project, job(engine, source), seconds=0.2)
    assert str(result.problem) == (
        f'snippets/a.py:11: "c1" on {on}: did not end within 0 seconds and was stopped'
    )


def test_what_a_cell_has_started_ends_with_it(project):
    """A program of its own does not go on when the cell is over: it lets go of its lock."""
    fcntl = pytest.importorskip("fcntl", reason="file locks and process groups are Unix's")
    lock = project.root / "lock"
    holder = (
        f"import fcntl, time; file = open({str(lock)!r}, 'w'); fcntl.flock(file, fcntl.LOCK_EX); "
        "print('held', flush=True); time.sleep(600)"
    )
    source = (
        "import subprocess, sys\n"
        f"command = [sys.executable, '-c', {holder!r}]\n"
        "child = subprocess.Popen(command, stdout=subprocess.PIPE)\n"
        "child.stdout.readline()"
    )
    assert run(project, job("reference", source)).outcomes[0][0].text == "b'held\\n'\n"
    deadline = time.monotonic() + 10
    with lock.open() as file:
        while True:
            try:
                return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                assert time.monotonic() < deadline
                time.sleep(0.01)


def test_an_engine_that_cannot_be_imported(project):
    """The error is told where it is in the engine."""
    project.write({"reference_impl/torch.py": "x = 1\nfrom nowhere import nothing\n"})
    assert str(run(project, job("reference", "1")).problem) == (
        "reference_impl/torch.py:2: reference_impl cannot be imported: "
        "ModuleNotFoundError: No module named 'nowhere'"
    )


def test_no_forkserver(project, monkeypatch):
    """Where the system cannot fork, a new interpreter imports torch."""
    monkeypatch.setattr(workers.multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    source = "import multiprocessing\nmultiprocessing.current_process().name[:5]"
    assert run(project, job("torch", source)).outcomes[0][0].text == "'Spawn'\n"


def test_processes_end_when_nobody_waits_for_them(project):
    """A reader who stops half-way leaves nothing behind."""
    jobs = [job("reference", "import os\nos.getpid()"), job("reference", "while True: pass")]
    results = workers.run(project.root, jobs)
    next(results)
    results.close()
    children = workers.multiprocessing.active_children()
    assert [child.name for child in children] == []
