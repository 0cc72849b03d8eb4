"""The `console` fences of pages: what they show is run from the project's root and compared.

$ python -c "import torch; print(torch.ones(2))"
tensor([1., 1.])
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import platform
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from press import Problem
from press.fences import Fence
from press.outputs import diff
from press.results import FOLDER as CACHE
from press.workers import SECONDS

PROMPT = "$ "
NOT_RUN = re.compile(r"\.not-run\b")
REASON = re.compile(r'\breason="(?P<reason>[^"]*)"')
SHELL = re.compile(r"[|&;<>]+")
PROGRAMS = {
    "python": (sys.executable,),
    "torchrun": (sys.executable, "-m", "torch.distributed.run"),
}
# A page may show how the press checks the pages: that check leaves their fences alone.
INSIDE = "PRESS_RUNS_A_CONSOLE_FENCE"
ENVIRONMENT = {
    INSIDE: "1",
    "COLUMNS": "80",
    "NO_COLOR": "1",
    "OMP_NUM_THREADS": "1",  # torchrun sets it for its processes, with a warning
    "PET_LOCAL_ADDR": "localhost",  # torchrun would ask for an address by the machine's name
    "PYTHONUNBUFFERED": "1",
    "PYTHONUTF8": "1",
}
# What a command that is stopped may take to stop what it has started: torchrun's processes are
# in sessions of their own, where only torchrun reaches them.
GRACE = 10.0
# Processes may miss each other on a busy machine, or torch abort one that has done its work.
TRIES = 3
ENGINE = "reference_impl"


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a fence: where it stands, its words, and the output shown below it."""

    file: str
    line: int
    words: tuple[str, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed, what it said aside, and whether it failed."""

    printed: str
    said: str
    failed: bool


def check(fences: Iterable[Fence], *, root: Path | None = None) -> list[Problem]:
    """Run the commands of console fences and compare what they print.

    Args:
        fences: Fences of pages, of any language.
        root: The project's root; the working directory by default.

    Returns:
        What is wrong, sorted.
    """
    root = root or Path.cwd()
    problems: list[Problem] = []
    commands: list[Command] = []
    for fence in fences:
        if fence.language == "console":
            try:
                commands += read(fence)
            except Problem as problem:
                problems.append(problem)
    if INSIDE not in os.environ:
        problems += [problem for command in commands if (problem := _judge(root, command))]
    return sorted(problems, key=lambda problem: (problem.file, problem.line))


def read(fence: Fence) -> list[Command]:
    """Return the commands that a console fence wants run.

    Raises:
        Problem: If it runs something else than Python and does not say why it is not run.
    """
    if NOT_RUN.search(fence.info):
        reason = REASON.search(fence.info)
        if not reason or not reason["reason"].strip():
            message = 'a fence that is not run says why: { .console .not-run reason="…" }'
            raise Problem(fence.file, fence.line, message)
        return []
    return list(_commands(fence))


def _commands(fence: Fence) -> Iterator[Command]:
    lines = fence.body.split("\n")
    prompted = any(line.startswith(PROMPT) for line in lines)
    starts = [n for n, line in enumerate(lines) if line.startswith(PROMPT)] if prompted else [0]
    if starts[0]:
        message = f"output above the first command; begin with a line `{PROMPT}python …`"
        raise Problem(fence.file, fence.line + 1, message)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        number = fence.line + 1 + start
        text = lines[start].removeprefix(PROMPT)
        while text.endswith("\\") and start + 1 < end:
            start += 1
            text = text[:-1] + lines[start].removeprefix("> ")
        shown = "\n".join(lines[start + 1 : end])
        yield Command(fence.file, number, _words(fence.file, number, text), shown)


def _words(file: str, line: int, text: str) -> tuple[str, ...]:
    lexer = shlex.shlex(text, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        words = tuple(lexer)
    except ValueError as error:
        raise Problem(file, line, f"`{text}` is no command: {error}") from None
    if not words or words[0] not in PROGRAMS:
        message = (
            f"`{text}` is not run, for it begins with neither python nor torchrun; say why: "
            '{ .console .not-run reason="…" }'
        )
        raise Problem(file, line, message)
    if syntax := next((word for word in words if SHELL.fullmatch(word)), None):
        message = f"`{text}` needs a shell for `{syntax}`; write it without"
        raise Problem(file, line, message)
    return words


def _judge(root: Path, command: Command) -> Problem | None:
    before = _trimmed(command.shown)
    for _ in range(TRIES if command.words[0] == "torchrun" else 1):
        try:
            ran = _ran(root, command, before)
        except subprocess.TimeoutExpired:
            text = f"did not end within {SECONDS:.0f} seconds and was stopped"
            return Problem(command.file, command.line, f"`{shlex.join(command.words)}` {text}")
        if before == _trimmed(ran.printed):
            return None
        if not ran.failed:
            break
    after = _trimmed(ran.printed + ran.said if ran.failed else ran.printed)
    return Problem(
        command.file,
        command.line,
        f"`{shlex.join(command.words)}` prints something else (- page, + printed)\n"
        f"{diff(before, after)}",
    )


def _trimmed(text: str) -> str:
    """Return a text without what cannot be seen in a page: blanks at the end of lines."""
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip().split("\n")) if text else ""


def _ran(root: Path, command: Command, expected: str) -> Ran:
    """Return what came of a command, from the cache if nothing that it reads has changed."""
    name = hashlib.sha256(json.dumps(command.words).encode()).hexdigest()[:16]
    place, key = root / CACHE / "console" / f"{name}.json", _key(root, command.words)
    with suppress(OSError, ValueError):
        known = json.loads(place.read_text("utf-8"))
        if known["key"] == key:
            return Ran(known["printed"], "", failed=False)
    ran = _run(root, command.words)
    if not ran.failed or _trimmed(ran.printed) == expected:  # else the next time may be better
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps({"key": key, "printed": ran.printed}), "utf-8")
    return ran


def _run(root: Path, words: tuple[str, ...]) -> Ran:
    apart = words[0] == "torchrun"  # what it says itself depends on the machine
    process = subprocess.Popen(
        [*PROGRAMS[words[0]], *words[1:]],
        cwd=root,
        env=os.environ | ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if apart else subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        printed, said = process.communicate(timeout=SECONDS)
    finally:
        _end(process)
    return Ran(printed, said or "", failed=process.returncode != 0)


def _end(process: subprocess.Popen[str]) -> None:
    """Stop a command that still runs, and what it has started."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(GRACE)
    with suppress(ProcessLookupError, AttributeError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _key(root: Path, words: tuple[str, ...]) -> str:
    """Return a digest of the files that a command may read, and of the versions it runs on."""
    files: set[Path] = set()
    for before, word in zip(("", *words), words, strict=False):
        path = root / (word.replace(".", "/") if before == "-m" else word)
        with suppress(OSError):  # a word that is too long for a path
            if path.is_dir() and path != root:
                files |= set(path.rglob("*.py"))
            elif path.is_file():
                files |= set(path.parent.glob("*.py"))
    texts = [file.read_bytes() for file in sorted(files)]
    if any(ENGINE.encode() in text for text in ("\n".join(words).encode(), *texts)):
        texts += [file.read_bytes() for file in sorted((root / ENGINE).rglob("*.py"))]
    digest = hashlib.sha256(f"{platform.python_version()} {_torch()} {words}".encode())
    for text in texts:
        digest.update(text)
    return digest.hexdigest()


@functools.cache
def _torch() -> str:
    return version("torch")
