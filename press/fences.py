"""Fenced blocks of a page, and what a python fence may hold.

A python fence holds one line: a cell of `snippets/`

    --8<-- "shapes/cat.py:rows"

or a function or class of the engine, shown as source

    --8<-- "reference_impl/torch/joining.py:cat"

Anything else is a Problem. Nothing here knows MkDocs or runs code.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from press import Problem

OPENING = re.compile(r"^(?P<indent>[ \t]*)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$")
LANGUAGE = re.compile(r"^(?:\{\s*\.)?(?P<language>[\w+-]+)")
INCLUDE = re.compile(r'^\s*--8<-- "(?P<file>[\w./-]+\.py):(?P<name>[\w.-]+)"\s*$')

ENGINE = "reference_impl/"


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block as the page has it.

    Attributes:
        file: The page, from the project's root.
        line: Line of the opening fence, from 1.
        language: First word of the info string, such as `python`; empty if there is none.
        info: The whole info string, with braces and options.
        body: The lines between the fences, without the fence's own indentation.
        end: Line of the closing fence.
    """

    file: str
    line: int
    language: str
    info: str
    body: str
    end: int


@dataclass(frozen=True, slots=True)
class Include:
    """What a python fence names: `snippets/shapes/cat.py` and `rows`, say."""

    file: str
    name: str

    @property
    def is_source(self) -> bool:
        """Whether it shows a part of the engine, and not a cell."""
        return self.file.startswith(ENGINE)

    @property
    def ref(self) -> str:
        """The name as the fence has it, such as `shapes/cat.py:rows`."""
        return f"{self.file}:{self.name}"


@dataclass(frozen=True, slots=True)
class Source:
    """A function or class of the engine, to be shown as a listing.

    Attributes:
        file: Path from the project's root.
        name: Name in that file, with dots for what is inside a class.
        line: Its first line (of a decorator, if it has one), from 1.
        text: The source, dedented, without docstring and final newline.
    """

    file: str
    name: str
    line: int
    text: str


def split(text: str, file: str) -> tuple[list[Fence], list[str]]:
    """Return the fences of a page, and its lines with everything fenced left blank.

    The lines keep their numbers, so that what is found in them can be named by line.
    """
    fences: list[Fence] = []
    prose: list[str] = []
    opened: re.Match[str] | None = None
    body: list[str] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if opened is None:
            opened = OPENING.match(line)
            start, body = number, []
            prose.append("" if opened else line)
            continue
        prose.append("")
        stripped = line.strip()
        mark = opened["mark"]
        if stripped.startswith(mark) and not stripped.strip(mark[0]):
            fences.append(_fence(opened, file, start, body, number))
            opened = None
        else:
            body.append(line.removeprefix(opened["indent"]))
    if opened is not None:
        raise Problem(file, start, f"this fence is never closed: add {opened['mark']} below it")
    return fences, prose


def _fence(opened: re.Match[str], file: str, line: int, body: list[str], end: int) -> Fence:
    info = opened["info"].strip()
    named = LANGUAGE.match(info)
    language = named["language"] if named else ""
    return Fence(file, line, language, info, "\n".join(body), end)


def include(fence: Fence) -> Include:
    """Return what a python fence names.

    Raises:
        Problem: If the fence holds code, several lines, or nothing.
    """
    if fence.info != "python":
        raise Problem(
            fence.file,
            fence.line,
            f"a python fence takes no options: write ```python, not ```{fence.info}",
        )
    lines = [line for line in fence.body.split("\n") if line.strip()]
    found = INCLUDE.match(lines[0]) if len(lines) == 1 else None
    if found is None:
        held = lines[0].strip() if lines else "nothing"
        raise Problem(
            fence.file,
            fence.line,
            "a python fence names exactly one cell or one source, as in "
            f'--8<-- "shapes/cat.py:rows"; this one holds: {held}'
            + (f" (and {len(lines) - 1} more lines)" if len(lines) > 1 else ""),
        )
    if found["file"].startswith("exercises/"):
        exercise = re.sub(r"-(?:start|check|solution|wrong-.+)$", "", found["name"])
        raise Problem(
            fence.file,
            fence.line,
            "an exercise is no python fence but a block: /// exercise | its title, and below it "
            f"cell: {found['file']}:{exercise}",
        )
    return Include(found["file"], found["name"])


def check_cell(where: tuple[str, int], ref: str, cells: Mapping[str, Sequence[str]]) -> None:
    """Check that a cell exists.

    Args:
        where: File and line that name the cell.
        ref: Such as `shapes/cat.py:rows`.
        cells: For each snippet, the names of its cells.

    Raises:
        Problem: If there is no such snippet, or no such cell in it.
    """
    file, _, name = ref.rpartition(":")
    if file not in cells:
        have = ", ".join(sorted(cells)) or "none"
        raise Problem(*where, f"there is no snippets/{file}; there are: {have}")
    if name not in cells[file]:
        have = ", ".join(cells[file])
        raise Problem(*where, f'snippets/{file} has no cell "{name}"; it has: {have}')


def read_source(root: Path, where: tuple[str, int], included: Include) -> Source:
    """Return the function or class of the engine that a fence names, without its docstring.

    The docstring stands beside the explanation, as the note on the API, in the page's language.

    Args:
        root: The project's root.
        where: File and line that name it.
        included: File and name.

    Raises:
        Problem: If there is no such file, or nothing of that name in it.
    """
    path = root / included.file
    if not path.is_file():
        raise Problem(*where, f"there is no {included.file}")
    text = path.read_text("utf-8")
    try:
        nodes: list[ast.stmt] = _parse(text).body
    except SyntaxError as error:
        raise Problem(included.file, error.lineno or 1, f"syntax error: {error.msg}") from None
    node: ast.stmt | None = None
    for part in included.name.split("."):
        named = {n.name: n for n in nodes if isinstance(n, Definition)}
        if part not in named:
            have = ", ".join(named) or "nothing"
            raise Problem(
                *where, f'{included.file} has no function or class "{part}"; it has: {have}'
            )
        node = named[part]
        nodes = node.body if isinstance(node, ast.ClassDef) else []
    first = _start(node)
    lines = text.split("\n")[first - 1 : node.end_lineno]
    indent = len(lines[0]) - len(lines[0].lstrip())
    if ast.get_docstring(node) is not None and len(node.body) > 1:
        docstring, code = node.body[0], node.body[1]
        del lines[docstring.lineno - first : _start(code) - first]
    listing = "\n".join(line[indent:] if line.strip() else "" for line in lines)
    return Source(included.file, included.name, first, listing)


@lru_cache(maxsize=64)
def _parse(text: str) -> ast.Module:
    """Parse a file once, though both languages show it, as pages and as notebooks."""
    return ast.parse(text)


def _start(node: ast.stmt) -> int:
    """Return the line on which a statement begins, its decorators included."""
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])


Definition = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
