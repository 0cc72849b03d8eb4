"""Exercises: answers, each followed by the same checks, on both engines.

    # %% join-start fails="shape"
    joined = A

    # %% join-check
    assert joined.shape == (6, 3), "shape"

    # %% join-solution
    joined = torch.cat((A, B))

    # %% join-wrong-dim fails="shape"
    joined = torch.cat((A, C), dim=1)

What the reader sees at first and every anticipated mistake fail the check that they announce; the
solution passes all of them. A page has a hint for each label.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from press import Problem, results
from press.cell import Outcome
from press.outputs import Shown, by_engine
from press.percent import FOLDER, Cell, Snippet
from press.workers import ENGINES, Job, Step

ROLE = re.compile(r"(?P<exercise>.+?)-(?P<role>start|check|solution|wrong(?=-))(?P<mistake>-.+)?")
LABEL = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: its check, and the answers that are tried on it.

    Attributes:
        name: Its name within the file.
        check: What every answer is held against.
        labels: Those of the check, in order, each once.
        answers: The start, the solution, and anticipated mistakes.
    """

    name: str
    check: Cell
    labels: tuple[str, ...]
    answers: tuple[Cell, ...]

    @property
    def ref(self) -> str:
        """What a page calls it: `exercises/shapes/view.py:channels`."""
        return f"{self.check.snippet}:{self.name}"

    @property
    def start(self) -> Cell:
        """What the reader sees at first; it fails the check that it announces."""
        return self._answer("start")

    @property
    def solution(self) -> Cell:
        """The answer that has to pass."""
        return self._answer("solution")

    def _answer(self, role: str) -> Cell:
        return next(cell for cell in self.answers if cell.name == f"{self.name}-{role}")


@dataclass(slots=True)
class Checked:
    """What came of all exercises: these by reference, and what their cells show by theirs."""

    exercises: dict[str, Exercise] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    ran: int = 0
    cached: int = 0


def check(root: Path, snippets: Iterable[Snippet], *, parallel: int = 2) -> Checked:
    """Try every answer of every exercise on both engines.

    Args:
        root: The project's root.
        snippets: Those below `snippets/exercises/`.
        parallel: How many processes run at a time.
    """
    checked = Checked()
    jobs: dict[str, dict[str, Job]] = {}
    all_pairs: dict[str, list[tuple[Cell, Cell]]] = {}
    for snippet in snippets:
        try:
            exercises = read_exercises(snippet)
        except Problem as problem:
            checked.problems.append(problem)
            continue
        checked.exercises |= {one.ref: one for one in exercises}
        pairs = [(answer, one.check) for one in exercises for answer in one.answers]
        sessions = tuple(tuple(_step(cell) for cell in pair) for pair in pairs)
        file = f"{FOLDER}/{snippet.file}"
        all_pairs[file] = pairs
        jobs[file] = {engine: Job(engine, file, sessions) for engine in ENGINES}
    wanted = [job for pair in jobs.values() for job in pair.values()]
    made, checked.ran = results.run(root, wanted, folder=FOLDER, parallel=parallel)
    checked.cached = len(wanted) - checked.ran
    for file, pairs in all_pairs.items():
        by_job = {engine: made[job] for engine, job in jobs[file].items()}
        broken = [result.problem for result in by_job.values() if result.problem is not None]
        checked.problems += broken[:1]
        if broken:
            continue
        for number, (answer, test) in enumerate(pairs):
            here = {engine: result.outcomes[number] for engine, result in by_job.items()}
            first = here["torch"][0]
            checked.shown[answer.ref] = Shown(answer, first.printed, first.figure)
            checked.shown[test.ref] = Shown(test, "", None)
            faults = {engine: _fault(answer, test, seen) for engine, seen in here.items()}
            found = {engine: text for engine, text in faults.items() if text}
            for on, text in by_engine(found)[:1]:
                checked.problems.append(Problem(answer.file, answer.line, f"{on}, {text}"))
    return checked


def read_exercises(snippet: Snippet) -> list[Exercise]:
    """Return the exercises of a file.

    Raises:
        Problem: If a cell has no part in one, a part is missing, or a check has no label.
    """
    parts: dict[str, dict[str, Cell]] = {}
    for cell in snippet.cells:
        role = ROLE.fullmatch(cell.name)
        if role is None or (role["mistake"] and role["role"] != "wrong"):
            message = (
                f'"{cell.name}" is no part of an exercise; there are: '
                "x-start, x-check, x-solution, x-wrong-mistake"
            )
            raise Problem(cell.file, cell.line, message)
        if cell.raises or cell.torch_only:
            message = "a cell of an exercise runs on both engines and raises nothing of its own"
            raise Problem(cell.file, cell.line, message)
        parts.setdefault(role["exercise"], {})[role["role"] + (role["mistake"] or "")] = cell
    return [_exercise(name, cells) for name, cells in parts.items()]


def _exercise(name: str, cells: dict[str, Cell]) -> Exercise:
    first = next(iter(cells.values()))
    for role in ("start", "check", "solution"):
        if role not in cells:
            raise Problem(first.file, first.line, f'the exercise "{name}" has no "{name}-{role}"')
    check = cells.pop("check")
    labels = list(_labels(check))
    for role, cell in cells.items():
        if role == "solution":
            if cell.fails:
                raise Problem(cell.file, cell.line, "a solution fails no check; delete fails=…")
        elif cell.fails not in labels:
            says = f'there is no check "{cell.fails}"' if cell.fails else "it fails no check"
            have = ", ".join(f'fails="{label}"' for label in labels)
            raise Problem(cell.file, cell.line, f"{says}; write one of: {have}")
    return Exercise(name, check, tuple(dict.fromkeys(labels)), tuple(cells.values()))


def _labels(check: Cell) -> Iterator[str]:
    """Yield the labels of a check's assertions."""
    try:
        tree = ast.parse(check.source)
    except SyntaxError as error:
        line = check.line + (error.lineno or 1)
        raise Problem(check.file, line, f"SyntaxError: {error.msg}") from None
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    if not found:
        message = f'"{check.name}" checks nothing; write: assert what, "label"'
        raise Problem(check.file, check.line, message)
    for node in sorted(found, key=lambda node: node.lineno):
        label = node.msg.value if isinstance(node.msg, ast.Constant) else None
        if not isinstance(label, str) or not LABEL.fullmatch(label):
            line = check.line + node.lineno
            message = 'a check has a label of one word; write: assert what, "label"'
            raise Problem(check.file, line, message)
        yield label


def _step(cell: Cell) -> Step:
    return Step(cell.name, cell.source, cell.line)


def _fault(answer: Cell, check: Cell, seen: Sequence[Outcome]) -> str | None:
    """Return what is wrong with an answer and its check, None if nothing is."""
    if seen[0].kind != "done":
        how = seen[0].raised or "it prints too much"
        return f'"{answer.name}" does not get as far as its check: {how}'
    raised = seen[1].raised
    passed = seen[1].kind == "done"
    if answer.fails is None:
        return None if passed else f'"{answer.name}" fails "{check.name}": {raised}'
    if passed:
        return f'"{answer.name}" passes "{check.name}"; it announces fails="{answer.fails}"'
    if raised is not None and raised.type == "AssertionError" and raised.message == answer.fails:
        return None
    return f'"{answer.name}" announces fails="{answer.fails}", but the check ends with {raised}'
