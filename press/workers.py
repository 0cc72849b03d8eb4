"""Run cells in processes of their own, on real torch or on the reference.

Each job gets a fresh process, so that no file can depend on another and an engine that crashes or
hangs takes nothing with it. torch takes seconds to import: where the system can fork, a server
process imports it once and each job is forked from there. The reference is imported in a new
interpreter, in which the real torch has never been.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
import traceback
import types
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from press import Problem
from press.cell import Outcome, Session

ENGINES = ("torch", "reference")
SECONDS = 60.0
# What an interpreter and the import of an engine may take on a slow machine.
STARTING = 120.0

_starting = threading.Lock()


@dataclass(frozen=True, slots=True)
class Step:
    """One cell to run.

    Attributes:
        name: Its name, for tracebacks.
        source: Its code.
        line: Line of its file above its first line: line 1 of the cell is line + 1 of the file.
        may_raise: Whether the next step runs even if this one raises.
    """

    name: str
    source: str
    line: int
    may_raise: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """What one process runs.

    Attributes:
        engine: `torch` or `reference`.
        file: Where the steps come from, from the project's root.
        sessions: The steps of each session; every session begins with an empty namespace.
        environment: Variables to set before the engine computes anything.
    """

    engine: str
    file: str
    sessions: tuple[tuple[Step, ...], ...]
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Result:
    """What came of a job.

    Attributes:
        outcomes: For each session what its steps showed, up to the first that failed.
        modules: Files of the project that were imported, from its root.
        problem: Why the job was not finished: a crash, a time limit, an engine that won't import.
    """

    outcomes: list[list[Outcome]] = field(default_factory=list)
    modules: tuple[str, ...] = ()
    problem: Problem | None = None


def warm() -> None:
    """Start importing torch in the background, so that the first edit need not wait for it."""
    context = _context("torch")
    if context.get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running  # not on every system

        with _starting, _no_main_program():
            ensure_running()


def run(
    root: Path, jobs: Iterable[Job], *, parallel: int = 2, seconds: float = SECONDS
) -> Iterator[tuple[Job, Result]]:
    """Run jobs, each in a process of its own; yield each as soon as it has ended.

    Args:
        root: The project's root; `reference_impl` is imported from there.
        jobs: What to run.
        parallel: How many processes run at a time.
        seconds: How long a job may take, its engine once imported.
    """
    pending = deque(jobs)
    running: dict[Connection, _Running] = {}
    try:
        while pending or running:
            while pending and len(running) < parallel:
                started = _Running(root, pending.popleft(), seconds)
                running[started.connection] = started
            patience = max(min(one.deadline for one in running.values()) - time.monotonic(), 0)
            for connection in wait(list(running), patience):
                if running[connection].receive():
                    ended = running.pop(connection)
                    yield ended.job, ended.end()
            now = time.monotonic()
            for connection, one in list(running.items()):
                if one.deadline < now:
                    del running[connection]
                    one.give_up()
                    yield one.job, one.end()
    finally:
        for one in running.values():
            one.end()


class _Running:
    """A job and the process that runs it, seen from the parent."""

    def __init__(self, root: Path, job: Job, seconds: float) -> None:
        self.job, self.result = job, Result()
        self._seconds = seconds
        self.deadline = time.monotonic() + STARTING
        self._step: Step | None = None
        self._finished = False
        self._folder = tempfile.TemporaryDirectory(prefix="press-", ignore_cleanup_errors=True)
        context = _context(job.engine)
        self.connection, theirs = context.Pipe()
        # Not a daemon: those may not have children, and a DataLoader with workers does.
        arguments = (theirs, str(root), self._folder.name, job)
        self._process: BaseProcess = context.Process(target=_work, args=arguments)
        with _starting, _no_main_program():
            self._process.start()
        theirs.close()

    def receive(self) -> bool:
        """Take in one message; return whether it was the last."""
        try:
            kind, value = self.connection.recv()
        except (EOFError, OSError):
            if not self._finished and self.result.problem is None:
                self._process.join(5)
                self.result.problem = self._problem(_death(self._process.exitcode))
            return True
        match kind:
            case "ready":
                self.deadline = time.monotonic() + self._seconds
            case "session":
                self.result.outcomes.append([])
            case "step":
                self._step = value
            case "outcome":
                self.result.outcomes[-1].append(value)
            case "modules":
                self.result.modules, self._finished = value, True
            case "problem":
                self.result.problem = value
        return False

    def give_up(self) -> None:
        """Note that the time is up."""
        if self._step is None:
            text = f"the import of the engine did not end within {STARTING:.0f} seconds"
        else:
            text = f"did not end within {self._seconds:.0f} seconds and was stopped"
        self.result.problem = self._problem(text)

    def end(self) -> Result:
        """End the process, and whatever processes it has started."""
        with suppress(ProcessLookupError, PermissionError, AttributeError, TypeError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        self.connection.close()
        self._folder.cleanup()
        return self.result

    def _problem(self, text: str) -> Problem:
        on = "torch" if self.job.engine == "torch" else "the reference"
        if self._step is None:
            return Problem(self.job.file, 1, f"on {on}, {text}")
        step = self._step
        return Problem(self.job.file, step.line + 1, f'"{step.name}" on {on}: {text}')


def _death(code: int | None) -> str:
    """Say how a process died."""
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"the process was killed by {signal.Signals(-code).name}"
    return f"the process ended by itself with exit code {code}"


def _context(engine: str) -> BaseContext:
    if engine == "torch" and "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["torch"])
        return context
    return multiprocessing.get_context("spawn")


@contextmanager
def _no_main_program() -> Iterator[None]:
    """Hide the main program: a new process would import it, and needs nothing of it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _work(connection: Connection, root: str, folder: str, job: Job) -> None:
    """Run a job; this is what the new process does."""
    with suppress(AttributeError, PermissionError):
        os.setsid()  # so that the parent can end this process and its children together
    os.chdir(folder)
    os.environ.update(job.environment)
    sys.path.insert(0, root)
    try:
        _prepare(job.engine)
    except BaseException as error:
        connection.send(("problem", _broken(error, Path(root), job)))
        return
    connection.send(("ready", None))
    for steps in job.sessions:
        connection.send(("session", None))
        session = Session()
        for step in steps:
            connection.send(("step", step))
            outcome = session.run(step.source, step.name)
            connection.send(("outcome", outcome))
            if outcome.kind != "done" and not (outcome.kind == "raised" and step.may_raise):
                break
    connection.send(("modules", _imported(Path(root))))


def _prepare(engine: str) -> None:
    """Import the engine as `torch`."""
    if engine == "reference":
        importlib.import_module("reference_impl").install()
    # What is recorded is what a machine without a GPU prints, where most readers begin.
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    os.environ["KERAS_BACKEND"] = "torch"  # else Keras looks for TensorFlow
    os.environ["HF_HUB_OFFLINE"] = "1"  # a cell uses no network
    # nor what a user's home holds, and leaves nothing there
    os.environ["KERAS_HOME"] = os.environ["HF_HOME"] = os.path.join(os.getcwd(), ".home")
    torch = importlib.import_module("torch")
    if engine == "reference":
        return
    # The order of additions, and so the last digit, may depend on the number of threads.
    torch.set_num_threads(1)
    # torch gives some warnings once in a process; cells give them each time.
    torch.set_warn_always(True)


def _broken(error: BaseException, root: Path, job: Job) -> Problem:
    """Say why an engine cannot be imported, and where."""
    name = "reference_impl" if job.engine == "reference" else "torch"
    text = str(error.msg if isinstance(error, SyntaxError) else error)
    message = f"{name} cannot be imported: {type(error).__name__}: {text}"
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    for file, line in reversed(places):
        with suppress(ValueError):
            inside = Path(file).relative_to(root)
            if inside.parts[0] == "reference_impl":
                return Problem(inside.as_posix(), line or 1, message)
    if job.engine == "reference":
        return Problem("reference_impl/__init__.py", 1, message)
    return Problem("pyproject.toml", 1, f"{message}; run: pip install -e .")


def _imported(root: Path) -> tuple[str, ...]:
    """Return the project's files that were imported, from its root."""
    files = set()
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file.endswith(".py"):
            with suppress(ValueError):
                inside = Path(file).relative_to(root)
                if inside.parts[0] not in (".venv", "press") and "site-packages" not in file:
                    files.add(inside.as_posix())
    return tuple(sorted(files))
