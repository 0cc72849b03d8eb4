"""Record what torch prints: the one place that writes `.out` files.

What is recorded has to be what everybody sees. So it is written on one kind of machine, with one
version of Python and of torch, and only if torch prints the same on older processors, whose
arithmetic it does in another order.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from press import Problem, results
from press.cell import Outcome
from press.outputs import diff, output_of, write_outputs
from press.percent import FOLDER, Cell, Snippet, list_files, read
from press.snippets import fault, is_recorded_machine, outcomes, story_job
from press.versions import check_torch, pin_line
from press.workers import Job

PYTHON = (3, 11)
# As on a processor without AVX-512, and on one without AVX2.
OLDER = ("avx2", "default")


@dataclass(slots=True)
class Recording:
    """What was written, from the project's root, and what stood in the way."""

    written: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def check_machine(root: Path) -> Problem | None:
    """Return why outputs cannot be recorded here, None if they can."""
    if wrong := check_torch(root):
        return wrong
    version = ".".join(map(str, PYTHON))
    if sys.version_info[:2] != PYTHON:
        found = platform.python_version()
        message = f"outputs are recorded on Python {version}, and this is {found}; run it there"
        return Problem(*pin_line(root, "requires-python"), message)
    if not is_recorded_machine():
        message = f"outputs are recorded on x86-64, and this is {platform.machine()}; run it there"
        return Problem(*pin_line(root, "torch=="), message)
    return None


def record(root: Path, files: Iterable[str] | None = None, *, jobs: int = 2) -> Recording:
    """Run snippets on torch and write what they print.

    A file with an error, or one that prints something else on an older processor, is left as it
    was. The reference is not asked: what torch prints is the truth.

    Args:
        root: The project's root.
        files: Only these, named from `snippets/`; all by default.
        jobs: How many processes run at a time.
    """
    recording = Recording()
    if wrong := check_machine(root):
        recording.problems.append(wrong)
        return recording
    stories: list[Snippet] = []
    for file in list_files(root) if files is None else files:
        try:
            snippet = read(root, file)
        except Problem as problem:
            recording.problems.append(problem)
        else:
            # The outcome of an exercise is written in its markers.
            stories += [] if snippet.is_exercise else [snippet]
    here = {snippet.file: story_job(snippet, "torch") for snippet in stories}
    made, _ = results.run(root, here.values(), folder=FOLDER, parallel=jobs)
    shown = {file: outcomes(job, made[job]) for file, job in here.items()}
    elsewhere = {one: _as_on(root, one, here, jobs) for one in OLDER}
    for snippet in stories:
        broken = made[here[snippet.file]].problem
        try:
            if broken is not None:
                raise broken
            for cell in snippet.cells:
                _accept(cell, shown[snippet.file], elsewhere, snippet.file)
            texts = [(cell, shown[snippet.file][cell.name].printed) for cell in snippet.cells]
            if write_outputs(snippet.path.with_suffix(".out"), texts):
                recording.written.append(output_of(snippet.file))
        except Problem as problem:
            recording.problems.append(problem)
    recording.problems.sort(key=lambda one: (one.file, one.line))
    return recording


def _as_on(
    root: Path, capability: str, here: dict[str, Job], jobs: int
) -> dict[str, dict[str, Outcome]]:
    """Return what stories show with a torch that does without newer instructions, by file."""
    setting = (("ATEN_CPU_CAPABILITY", capability),)
    older = {file: replace(job, environment=setting) for file, job in here.items()}
    folder = f"{FOLDER}-{capability}"
    made, _ = results.run(root, older.values(), folder=folder, parallel=jobs)
    return {file: outcomes(job, made[job]) for file, job in older.items()}


def _accept(
    cell: Cell,
    shown: dict[str, Outcome],
    elsewhere: dict[str, dict[str, dict[str, Outcome]]],
    file: str,
) -> None:
    """Raise a Problem unless a cell may be recorded."""
    if found := fault(cell, shown[cell.name], "torch"):
        raise Problem(cell.file, found[0], found[1].format(on="on torch"))
    mine = shown[cell.name]
    for capability, by_file in elsewhere.items():
        other = by_file[file].get(cell.name)
        if other is not None and (other.printed, other.figure) == (mine.printed, mine.figure):
            continue
        what = f'cell "{cell.name}" prints something else'
        if other is not None and other.printed == mine.printed:
            what, change = f'cell "{cell.name}" draws something else', ""
        else:
            change = f"\n{diff(mine.printed, other.printed if other else '')}"
        raise Problem(
            cell.file,
            cell.line,
            f"{what} with ATEN_CPU_CAPABILITY={capability}, as on an older processor "
            f"(- here, + there){change}\n  choose numbers that print the same on both",
        )
