"""The press on the command line: `python -m press run | update | check | new | extract`."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from press import Problem, new, record, snippets, workers
from press.cell import Outcome
from press.outputs import ON, diff
from press.percent import FOLDER, Cell, list_files, read
from press.snippets import fault, outcomes, story_job
from press.workers import ENGINES

DESCRIPTION = """\
Run the handbook's snippets on torch and on reference_impl, and keep their outputs true.
"""
COMMANDS = {
    "run": (
        "show what the cells of a snippet print on both engines",
        "python -m press run snippets/shapes/cat.py",
    ),
    "update": (
        "record what torch prints in the .out files (Python 3.11, x86-64)",
        "python -m press update\n  python -m press update snippets/shapes/cat.py",
    ),
    "check": (
        "check pages, snippets, examples and translations; write nothing",
        "python -m press check",
    ),
    "new": (
        "begin a page: both languages and its snippet",
        "python -m press new shapes/stack",
    ),
    "extract": (
        "bring docs/locale/zh.po up to date with the docstrings that lessons show",
        "python -m press extract\n  python -m press extract torch.stack",
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 1 if there is something to mend."""
    given = _parser().parse_args(arguments)
    try:
        root = _project(Path.cwd())
        match given.command:
            case "run":
                return _run(root, _snippet(root, given.file))
            case "update":
                return _update(root, [_snippet(root, file) for file in given.files] or None)
            case "check":
                return _check(root)
            case "new":
                return _new(root, given.page)
            case "extract":
                return _extract(root, given.objects)
    except Problem as problem:
        return _report([problem])
    except KeyboardInterrupt:
        return 130
    raise AssertionError(given.command)


def _parser() -> argparse.ArgumentParser:
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m press", description=DESCRIPTION, formatter_class=layout
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (help_text, example) in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=help_text,
            description=f"{help_text[0].upper()}{help_text[1:]}.",
            epilog=f"example:\n  {example}",
            formatter_class=layout,
        )
        if name == "run":
            command.add_argument("file", metavar="FILE", help="snippets/shapes/cat.py")
        elif name == "update":
            command.add_argument("files", metavar="FILE", nargs="*", help="all by default")
        elif name == "extract":
            listed = "further objects to translate, such as torch.stack"
            command.add_argument("objects", metavar="OBJECT", nargs="*", help=listed)
        elif name == "new":
            command.add_argument("page", metavar="PAGE", help="its path, such as shapes/stack")
    return parser


def _project(start: Path) -> Path:
    """Return the root of the project that a folder belongs to."""
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").is_file() and (folder / FOLDER).is_dir():
            return folder
    raise Problem("pyproject.toml", 1, "not found here; run this in the handbook's folder")


def _snippet(root: Path, given: str) -> str:
    """Return a snippet's file from `snippets/`, however the reader has named it."""
    known = list_files(root)
    for path in (Path.cwd() / given, root / FOLDER / given):
        path = path.resolve().with_suffix(".py")
        if path.is_relative_to((root / FOLDER).resolve()):
            file = path.relative_to((root / FOLDER).resolve()).as_posix()
            if file in known:
                return file
    have = ", ".join(f"{FOLDER}/{file}" for file in known) or "none"
    raise Problem(given, 1, f"there is no such snippet; there are: {have}")


def _report(problems: Sequence[Problem]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _run(root: Path, file: str) -> int:
    """Print what each cell shows, once if both engines agree."""
    snippet = read(root, file)
    if snippet.is_exercise:
        library = snippets.check(root, [file])
        if not library.problems:
            for exercise in library.exercises.values():
                for answer in exercise.answers:
                    how = f'fails "{answer.fails}"' if answer.fails else "passes"
                    print(f"{answer.name} {how}")
        return _report(library.problems)
    jobs = {engine: story_job(snippet, engine) for engine in ENGINES}
    results = dict(workers.run(root, jobs.values()))
    shown = {engine: outcomes(job, results[job]) for engine, job in jobs.items()}
    problems = [result.problem for result in results.values() if result.problem is not None]
    shown_by_cell = {
        cell: {engine: shown[engine][cell.name] for engine in ENGINES if cell.name in shown[engine]}
        for cell in snippet.cells
    }
    for cell, here in shown_by_cell.items():
        if here:
            _show(cell, here)
        for engine, outcome in here.items():
            if found := fault(cell, outcome, engine):
                problems.append(Problem(cell.file, found[0], found[1].format(on=ON[engine])))
    differ = any(_differ(here) for here in shown_by_cell.values())
    return _report(problems) or int(differ)


def _differ(here: dict[str, Outcome]) -> bool:
    """Whether the engines show different things."""
    return len({(outcome.printed, outcome.figure) for outcome in here.values()}) > 1


def _show(cell: Cell, here: dict[str, Outcome]) -> None:
    times = ", ".join(f"{engine} {outcome.seconds:.3f} s" for engine, outcome in here.items())
    print(f"--- {cell.name} ---  {times}")
    first, *others = here.values()
    print(first.printed, end="")
    for other in others:
        if other.printed != first.printed:
            print("on the reference (- torch, + reference)")
            print(diff(first.printed, other.printed))
        elif other.figure != first.figure:
            print("on the reference, another figure")
    if cell.torch_only is not None:
        print(f"torch only: {cell.torch_only}")


def _update(root: Path, files: list[str] | None) -> int:
    recording = record.record(root, files)
    for written in recording.written:
        print(f"recorded {written}")
    if recording.problems:
        return _report(recording.problems)
    if not recording.written:
        print("every output is as recorded")
    # torch's word stands; where the reference has another, that is to be mended next.
    library = snippets.check(root, files)
    return _report(library.problems)


def _check(root: Path) -> int:
    # Griffe and the rest of the site's tools take a second that the other commands do not need.
    found = importlib.import_module("press.review").review(root)
    for warning in found.library.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    code = _report(found.problems)
    count = len(found.problems)
    if count:
        print(f"{count} problem{'s' if count > 1 else ''}", file=sys.stderr)
    else:
        print(f"{len(found.library.snippets)} snippets and all pages are in order")
    return code


def _new(root: Path, page: str) -> int:
    for written in new.begin(root, page):
        print(f"wrote {written}")
    print("next: write what the page says, in both languages")
    return 0


def _extract(root: Path, named: Sequence[str]) -> int:
    waiting: list[str] = importlib.import_module("press.review").extract(root, named)
    for context in waiting:
        print(f"to translate: {context}")
    print(f"docs/locale/zh.po: {len(waiting)} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
