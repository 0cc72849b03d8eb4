"""The `.out` files beside the snippets: what torch printed, cell by cell.

--- rows ---
torch.Size([6, 3])
--- mismatch ---
RuntimeError: Sizes of tensors must match except in dimension 1. Expected size 2 but got size 4
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from press import Problem
from press.percent import FOLDER, NAME, Cell, Snippet, read_text

SECTION = re.compile(rf"^--- (?P<name>{NAME.pattern}) ---\n", re.MULTILINE)
NUMBER = re.compile(r"\d+\.\d*(?:e[+-]\d+)?")
LONGEST_DIFF = 24

T = TypeVar("T")
ON = {"torch": "on torch", "reference": "on the reference"}
BOTH = "on both engines"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows below a cell: what torch printed, and its figure as SVG.

    A cell of an exercise shows what it prints by itself; a check shows nothing.
    """

    cell: Cell
    printed: str
    figure: str | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """One section of an `.out` file: the line of its head, and the text below."""

    line: int
    text: str


def output_of(snippet: str) -> str:
    """Return the `.out` file of a snippet (`shapes/cat.py`), from the project's root."""
    return f"{FOLDER}/{snippet.removesuffix('.py')}.out"


def update_command(snippet: str) -> str:
    """Return the command that records a snippet's outputs anew."""
    return f"python -m press update {FOLDER}/{snippet}"


def read_outputs(snippet: Snippet) -> dict[str, Recorded]:
    """Return the recorded output of each cell, by name.

    Raises:
        Problem: If there is no file, or its sections are not those of the snippet.
    """
    path, file = snippet.path.with_suffix(".out"), output_of(snippet.file)
    remedy = f"run: {update_command(snippet.file)}"
    if not path.is_file():
        raise Problem(f"{FOLDER}/{snippet.file}", 1, f"its outputs are not recorded; {remedy}")
    text = read_text(path, file)
    heads = list(SECTION.finditer(text))
    if text and (not heads or heads[0].start()):
        raise Problem(file, 1, f"text above the first section; {remedy}")
    names = [cell.name for cell in snippet.cells]
    sections: dict[str, Recorded] = {}
    ends = [head.start() for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=False):
        line = text.count("\n", 0, head.start()) + 1
        name = head["name"]
        if name in sections:
            raise Problem(file, line, f'a second section "{name}"; {remedy}')
        if name not in names:
            have = ", ".join(names)
            raise Problem(
                file, line, f'{FOLDER}/{snippet.file} has no cell "{name}" but {have}; {remedy}'
            )
        sections[name] = Recorded(line, text[head.end() : end])
    for cell in snippet.cells:
        if cell.name not in sections:
            raise Problem(
                cell.file, cell.line, f'the output of cell "{cell.name}" is not recorded; {remedy}'
            )
    return sections


def write_outputs(path: Path, printed: Iterable[tuple[Cell, str]]) -> bool:
    """Write an `.out` file; return whether that changed it.

    Raises:
        Problem: If a cell prints what looks like the head of a section.
    """
    parts = []
    for cell, text in printed:
        if found := SECTION.search(text):
            message = f'cell "{cell.name}" prints `{found[0].strip()}`, which divides .out files'
            raise Problem(cell.file, cell.line, message)
        parts.append(f"--- {cell.name} ---\n{text}")
    new = "".join(parts).encode()
    if path.is_file() and path.read_bytes() == new:
        return False
    path.write_bytes(new)
    return True


def differ(cell: Cell, recorded: Recorded, printed: str, on: str) -> Problem:
    """Say that a cell prints something else than is recorded.

    Args:
        cell: The cell.
        recorded: Its section of the `.out` file.
        printed: What it prints.
        on: On which engine, such as `on torch`.
    """
    before, after = (text.splitlines(keepends=True) for text in (recorded.text, printed))
    same = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    line = recorded.line + 1 + min(same, max(len(before) - 1, 0))
    remedy = f"if the new output is right, run: {update_command(cell.snippet)}"
    if on == ON["reference"]:
        remedy = 'mend reference_impl, or mark the cell torch_only="the reason"'
    return Problem(
        output_of(cell.snippet),
        line if before else recorded.line,
        f'cell "{cell.name}" prints something else {on} (- recorded, + printed)\n'
        f"{diff(recorded.text, printed)}\n  {remedy}",
    )


def by_engine(found: Mapping[str, T]) -> list[tuple[str, T]]:
    """Say on which engines something was found, and once if it is the same on both."""
    values = list(found.values())
    if len(values) == 2 and values[0] == values[1]:
        return [(BOTH, values[0])]
    return [(ON[engine], value) for engine, value in found.items()]


def diff(before: str, after: str) -> str:
    """Return the lines in which two texts differ, with a line around them, indented."""
    texts = [text.splitlines(keepends=True) for text in (before, after)]
    # What cannot be seen is spelt out: blanks at the end, a missing line feed.
    if [line.rstrip() for line in texts[0]] == [line.rstrip() for line in texts[1]]:
        texts = [[repr(line) for line in text] for text in texts]
    lines = [
        f"    {line[0]} {line[1:].rstrip()}".rstrip()
        for line in difflib.unified_diff(*texts, n=1)
        if not line.startswith(("---", "+++", "@@"))
    ]
    if len(lines) > LONGEST_DIFF:
        lines[LONGEST_DIFF:] = [f"    … and {len(lines) - LONGEST_DIFF} more lines"]
    return "\n".join(lines)


def same_but_last_digits(before: str, after: str) -> bool:
    """Whether two texts differ only by one unit in the last printed digit of some numbers."""
    if NUMBER.split(before) != NUMBER.split(after):
        return False
    numbers = zip(NUMBER.findall(before), NUMBER.findall(after), strict=True)
    return all(a == b or _neighbours(a, b) for a, b in numbers)


def _neighbours(a: str, b: str) -> bool:
    """Whether two decimals such as `0.9999` and `1.0000` are one unit of the last place apart."""
    (a, _, power_a), (b, _, power_b) = a.partition("e"), b.partition("e")
    places_a, places_b = (len(text.partition(".")[2]) for text in (a, b))
    apart = abs(int(a.replace(".", "")) - int(b.replace(".", "")))
    return power_a == power_b and places_a == places_b and apart == 1
