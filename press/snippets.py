"""All snippets: run on both engines, held against their outputs and against each other."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from press import Problem, exercises, results
from press.cell import LIMIT, Outcome
from press.exercises import Exercise
from press.outputs import (
    Recorded,
    Shown,
    by_engine,
    differ,
    output_of,
    read_outputs,
    same_but_last_digits,
)
from press.percent import FOLDER, Cell, Snippet, list_files, read
from press.versions import check_torch
from press.workers import ENGINES, Job, Result, Step

__all__ = ["Cell", "Library", "Shown", "Snippet", "check"]


NEVER_MEANT = ("SyntaxError", "IndentationError", "TabError", "SystemExit", "KeyboardInterrupt")


@dataclass(slots=True)
class Library:
    """All snippets, what they show, and what is wrong with them.

    Attributes:
        snippets: By file, such as `shapes/cat.py`.
        shown: By reference, such as `shapes/cat.py:rows`.
        exercises: By reference, such as `exercises/shapes/cat.py:join`.
        days: When the cells of a file last ran on torch, such as `2026-11-24`, by file.
        problems: What a writer has to mend, sorted; at most one for each file.
        warnings: Where another processor than the recorded kind prints another last digit.
        ran: How many processes had to run.
        cached: How many results were still known.
    """

    snippets: dict[str, Snippet] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    ran: int = 0
    cached: int = 0


def check(root: Path, files: Iterable[str] | None = None, *, jobs: int = 2) -> Library:
    """Run what has changed on both engines, and compare what all cells print.

    Args:
        root: The project's root.
        files: Only these, named from `snippets/`; all by default.
        jobs: How many processes run at a time.
    """
    library = Library()
    wrong_torch = check_torch(root)
    if wrong_torch:
        library.problems.append(wrong_torch)
    for file in list_files(root) if files is None else files:
        try:
            library.snippets[file] = read(root, file)
        except Problem as problem:
            library.problems.append(problem)
    if files is None:
        library.problems += _left_over(root)
    if not wrong_torch:
        _check_stories(root, library, jobs)
        _check_exercises(root, library, jobs)
    library.problems = in_order(library.problems)
    return library


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems by file and line, each once."""
    by_text = {str(problem): problem for problem in problems}
    return sorted(by_text.values(), key=lambda one: (one.file, one.line, one.message))


def is_recorded_machine() -> bool:
    """Whether this is the kind of processor that outputs are recorded on."""
    return platform.machine().lower() in ("x86_64", "amd64")


def story_job(snippet: Snippet, engine: str) -> Job:
    """Return the job that runs a snippet's cells in order."""
    steps = tuple(
        Step(cell.name, cell.source, cell.line, may_raise=cell.raises is not None)
        for cell in snippet.cells
        if engine == "torch" or cell.torch_only is None
    )
    return Job(engine, f"{FOLDER}/{snippet.file}", (steps,))


def outcomes(job: Job, result: Result) -> dict[str, Outcome]:
    """Return what the cells of a story showed, by name, as far as they ran."""
    shown = result.outcomes[0] if result.outcomes else []
    return {step.name: one for step, one in zip(job.sessions[0], shown, strict=False)}


def fault(cell: Cell, outcome: Outcome, engine: str) -> tuple[int, str] | None:
    """Return the line of a cell's file where something is wrong, and what.

    The text holds `{on}` where the engine is to be named.

    Args:
        cell: The cell.
        outcome: What it showed.
        engine: Where it ran.
    """
    raised, name = outcome.raised, f'cell "{cell.name}"'
    if outcome.kind == "limit":
        return cell.line, f"{name} prints more than {LIMIT:,} characters {{on}}; let it print less"
    if outcome.figure is not None and not outcome.alt:
        return cell.line, f"the figure of {name} has no aria-label {{on}}; say there what it shows"
    if raised is None:
        if cell.raises is None:
            return None
        return cell.line, f'{name} announces raises="{cell.raises}" but raises nothing {{on}}'
    line = cell.line + (raised.line or 0)
    text = str(raised).replace("{", "{{").replace("}", "}}")
    if cell.raises is None:
        message = f"{name} raises {{on}}\n    {text}"
        if raised.type in NEVER_MEANT:
            return line, message
        remedy = f'if it should, write raises="{raised.type}" behind its name in line {cell.line}'
        return line, f"{message}\n  {remedy}"
    if cell.raises != raised.type:
        return line, f'{name} announces raises="{cell.raises}" but raises {{on}}\n    {text}'
    if engine == "reference" and not _is_own(raised.origin, raised.stated):
        remedy = "Python words it, and each version may word it anew: raise it in reference_impl"
        return line, f"{name} raises {{on}}\n    {text}\n  {remedy}"
    return None


def _is_own(origin: str, stated: bool) -> bool:
    """Whether an error was raised by a statement of the reference or of the cell itself."""
    return stated and ("reference_impl" in Path(origin).parts or origin.startswith("<cell "))


def _check_stories(root: Path, library: Library, parallel: int) -> None:
    stories = [one for one in library.snippets.values() if not one.is_exercise]
    jobs = {
        snippet.file: {engine: story_job(snippet, engine) for engine in ENGINES}
        for snippet in stories
    }
    wanted = [job for pair in jobs.values() for job in pair.values() if job.sessions[0]]
    made, ran = results.run(root, wanted, folder=FOLDER, parallel=parallel)
    library.ran += ran
    library.cached += len(wanted) - ran
    for snippet in stories:
        pair = {engine: made[job] for engine, job in jobs[snippet.file].items() if job in made}
        shown = {engine: outcomes(jobs[snippet.file][engine], pair[engine]) for engine in pair}
        for cell in snippet.cells:
            if outcome := shown["torch"].get(cell.name):
                library.shown[cell.ref] = Shown(cell, outcome.printed, outcome.figure)
        library.days[snippet.file] = results.day(root, FOLDER, jobs[snippet.file]["torch"])
        _judge(snippet, pair, shown, library)


def _judge(
    snippet: Snippet,
    made: Mapping[str, Result],
    shown: Mapping[str, Mapping[str, Outcome]],
    library: Library,
) -> None:
    """Add the first thing that is wrong with a story, and say how many more there are."""
    problems: list[Problem] = []
    recorded: dict[str, Recorded] = {}
    try:
        recorded = read_outputs(snippet)
    except Problem as problem:
        problems.append(problem)
    for cell in snippet.cells:
        here = {engine: shown[engine][cell.name] for engine in shown if cell.name in shown[engine]}
        found = _faults(cell, here)
        if not found and cell.name in recorded:
            found = _differences(cell, here, recorded[cell.name], library.warnings)
        if not found and len(here) == 2:
            found = _compare_figures(cell, here)
        problems += found
    for result in made.values():
        if result.problem is None:
            continue
        if result.problem.file == f"{FOLDER}/{snippet.file}":
            problems.append(result.problem)
        else:  # an engine that cannot be imported, for all snippets alike
            library.problems.append(result.problem)
    # A failed cell ends its story, and an output that is not recorded has no diff: the first
    # thing that went wrong is the cause of the others more often than not.
    broken = [one for one in problems if one.file != output_of(snippet.file)]
    first = (broken or problems)[:1]
    if first and len(problems) > 1:
        more = f"\n  and {len(problems) - 1} more: python -m press run {FOLDER}/{snippet.file}"
        first = [Problem(first[0].file, first[0].line, first[0].message + more)]
    library.problems += first


def _faults(cell: Cell, here: Mapping[str, Outcome]) -> list[Problem]:
    found = {engine: fault(cell, outcome, engine) for engine, outcome in here.items()}
    return [
        Problem(cell.file, line, text.format(on=on))
        for on, (line, text) in by_engine({k: v for k, v in found.items() if v is not None})
    ]


def _differences(
    cell: Cell, here: Mapping[str, Outcome], recorded: Recorded, warnings: list[Problem]
) -> list[Problem]:
    found = {
        engine: outcome.printed
        for engine, outcome in here.items()
        if outcome.printed != recorded.text
    }
    problems = []
    for on, printed in by_engine(found):
        problem = differ(cell, recorded, printed, on)
        slight = not is_recorded_machine() and same_but_last_digits(recorded.text, printed)
        (warnings if slight else problems).append(problem)
    return problems


def _compare_figures(cell: Cell, here: Mapping[str, Outcome]) -> list[Problem]:
    one, other = here["torch"].figure or "", here["reference"].figure or ""
    if one == other:
        return []
    pairs = zip(one, other, strict=False)
    same = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    around = slice(max(same - 20, 0), same + 20)
    return [
        Problem(
            cell.file,
            cell.line,
            f'the figure of cell "{cell.name}" is another on the reference, '
            f"from character {same + 1} on\n    torch      …{one[around]}…\n"
            f"    reference  …{other[around]}…",
        )
    ]


def _check_exercises(root: Path, library: Library, parallel: int) -> None:
    found = [one for one in library.snippets.values() if one.is_exercise]
    checked = exercises.check(root, found, parallel=parallel)
    library.shown |= checked.shown
    library.exercises |= checked.exercises
    library.problems += checked.problems
    library.ran += checked.ran
    library.cached += checked.cached


def _left_over(root: Path) -> list[Problem]:
    """Return a problem for each `.out` file that belongs to no snippet."""
    return [
        Problem(path.relative_to(root).as_posix(), 1, "there is no snippet beside it; delete it")
        for path in sorted((root / FOLDER).rglob("*.out"))
        if not path.with_suffix(".py").is_file()
    ]
