"""The `>>>` examples of docstrings, run on both engines and compared with what they promise."""

from __future__ import annotations

import doctest
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from press import Problem, results
from press.cell import Outcome
from press.outputs import by_engine, diff
from press.workers import ENGINES, Job, Step

FOLDER = "examples"
# What every example may use without saying so.
GIVEN = Step("import torch", "import torch", 0)

# An example shows what the interactive interpreter shows: the value of each expression, also of
# one inside a block.
INTERACTIVE = 'exec(compile({source!r}, "<example>", "single"))'

_parser = doctest.DocTestParser()
_checker = doctest.OutputChecker()


@dataclass(frozen=True, slots=True)
class Documented:
    """An object with a docstring.

    Attributes:
        path: Its full name, such as `reference_impl.torch.cat`.
        file: Where it is defined, from the project's root.
        line: The line where its docstring begins.
        docstring: Its text, cleaned as `inspect.cleandoc` does.
    """

    path: str
    file: str
    line: int
    docstring: str

    @property
    def name(self) -> str:
        """The name under which readers know it: `torch.cat`."""
        return self.path.removeprefix("reference_impl.")


def check(
    objects: Iterable[Documented], *, root: Path | None = None, jobs: int = 2
) -> list[Problem]:
    """Run the examples of objects and compare what they print with the docstring.

    Args:
        objects: Documented objects; one without an example is passed over.
        root: The project's root; the working directory by default.
        jobs: How many processes run at a time.

    Returns:
        The first thing that is wrong with each object, sorted.
    """
    root = root or Path.cwd()
    problems: list[Problem] = []
    by_file: dict[str, list[tuple[Documented, list[doctest.Example]]]] = {}
    for one in dict.fromkeys(objects):
        try:
            examples = _parser.get_examples(one.docstring)
        except ValueError as error:
            problems.append(Problem(one.file, one.line, f"the example of {one.name}: {error}"))
            continue
        if examples:
            by_file.setdefault(one.file, []).append((one, examples))
    jobs_of = {
        file: {engine: _job(engine, file, found) for engine in ENGINES}
        for file, found in by_file.items()
    }
    wanted = [job for pair in jobs_of.values() for job in pair.values()]
    made, _ = results.run(root, wanted, folder=FOLDER, parallel=jobs)
    for file, found in by_file.items():
        ended = {engine: made[job] for engine, job in jobs_of[file].items()}
        broken = [result.problem for result in ended.values() if result.problem is not None]
        problems += broken[:1]
        if broken:
            continue
        for number, (one, examples) in enumerate(found):
            shown = {engine: result.outcomes[number][1:] for engine, result in ended.items()}
            problems += _judge(one, examples, shown)[:1]
    return sorted(problems, key=lambda problem: (problem.file, problem.line))


def _job(engine: str, file: str, found: list[tuple[Documented, list[doctest.Example]]]) -> Job:
    """Return the job that runs the examples of a file, each docstring by itself."""
    sessions = tuple(
        (
            GIVEN,
            *(
                Step(
                    one.name,
                    INTERACTIVE.format(source=each.source),
                    one.line + each.lineno - 1,
                    may_raise=bool(each.exc_msg),
                )
                for each in examples
            ),
        )
        for one, examples in found
    )
    return Job(engine, file, sessions)


def _judge(
    one: Documented, examples: list[doctest.Example], shown: dict[str, list[Outcome]]
) -> list[Problem]:
    problems = []
    for number, example in enumerate(examples):
        found = {
            engine: text
            for engine, outcomes in shown.items()
            if number < len(outcomes) and (text := _fault(example, outcomes[number]))
        }
        line = one.line + example.lineno
        problems += [
            Problem(one.file, line, f"the example of {one.name} {text.format(on=on)}")
            for on, text in by_engine(found)
        ]
    return problems


def _fault(example: doctest.Example, outcome: Outcome) -> str | None:
    """Return what is wrong, with `{on}` where the engine is named; None if nothing is."""
    flags = sum(flag for flag, wanted in example.options.items() if wanted)
    wanted, printed = example.want, outcome.printed
    if example.exc_msg is not None:
        if outcome.raised is None:
            return f"raises nothing {{on}}; its docstring says {_escaped(example.exc_msg.strip())}"
        wanted, printed = example.exc_msg, f"{outcome.raised}\n"
    if _checker.check_output(wanted, printed, flags):
        return None
    change = _escaped(diff(wanted, printed))
    return f"prints something else {{on}} (- docstring, + printed)\n{change}"


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
