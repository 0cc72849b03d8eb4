"""Read snippets: Python files in percent cells, as editors and jupytext know them.

# %% rows
import torch

# %% mismatch raises="RuntimeError"
torch.cat((torch.ones(2, 3), torch.ones(2, 4)))
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from press import Problem

FOLDER = "snippets"
EXERCISES = "exercises/"

MARKER = re.compile(r"# %%(?: +(?P<name>[^\s=]+)(?P<options>(?: .*)?))?\s*$")
ALMOST = re.compile(r"#+ ?%%")
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
OPTION = re.compile(r'\s+(?P<key>\w+)="(?P<value>[^"]+)"')
TYPE = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
OPTIONS = ('raises="RuntimeError"', 'torch_only="the reason"', 'fails="label" (in exercises)')
TAKES = f"a marker takes {', '.join(OPTIONS)}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a snippet.

    Attributes:
        snippet: Its file, from `snippets/`: `shapes/cat.py`.
        name: Its name, unique in the file.
        line: Line of its marker. Line 1 of the cell is the next one.
        source: Its code, without blank lines at the end.
        raises: The type of the error that it has to raise.
        torch_only: Why the reference does not run it.
        fails: In an exercise, the label of the check that this answer fails.
    """

    snippet: str
    name: str
    line: int
    source: str
    raises: str | None = None
    torch_only: str | None = None
    fails: str | None = None

    @property
    def ref(self) -> str:
        """What a page calls it: `shapes/cat.py:rows`."""
        return f"{self.snippet}:{self.name}"

    @property
    def file(self) -> str:
        """Its file from the project's root."""
        return f"{FOLDER}/{self.snippet}"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A file of cells.

    Attributes:
        file: From `snippets/`: `shapes/cat.py`.
        path: Where it lies.
        cells: Its cells, in order.
        digest: Eight digits that change with its text and its output.
    """

    file: str
    path: Path
    cells: tuple[Cell, ...]
    digest: str

    @property
    def is_exercise(self) -> bool:
        """Whether its cells are answers and checks, and not one story."""
        return self.file.startswith(EXERCISES)


def list_files(root: Path) -> list[str]:
    """Return the files of all snippets, from `snippets/`, sorted."""
    folder = root / FOLDER
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.py"))


def read(root: Path, file: str) -> Snippet:
    """Read one snippet.

    Args:
        root: The project's root.
        file: Its file, from `snippets/`.

    Raises:
        Problem: If it is not there, or not made of cells.
    """
    path = root / FOLDER / file
    if not path.is_file():
        raise Problem(f"{FOLDER}/{file}", 1, "there is no such snippet")
    text = read_text(path, f"{FOLDER}/{file}")
    cells = tuple(_cells(file, text))
    output = path.with_suffix(".out")
    shown = output.read_bytes() if output.is_file() else b""
    digest = hashlib.sha256(text.encode() + b"\0" + shown).hexdigest()[:8]
    return Snippet(file, path, cells, digest)


def read_text(path: Path, file: str) -> str:
    """Return a file's text, with lines that end in a line feed.

    Raises:
        Problem: If it is not UTF-8.
    """
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        found = f"byte 0x{raw[error.start]:02x}"
        raise Problem(file, line, f"not UTF-8 ({found}); save the file as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cells(file: str, text: str) -> Iterator[Cell]:
    """Split a file at its markers."""
    lines = text.split("\n")
    markers: list[tuple[int, dict[str, str]]] = []
    lines_of: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        where = (f"{FOLDER}/{file}", number)
        if ALMOST.match(line):
            options = _marker(where, line, file.startswith(EXERCISES))
            name = options["name"]
            if name in lines_of:
                first = lines_of[name]
                raise Problem(*where, f'a second cell "{name}"; the first is in line {first}')
            lines_of[name] = number
            markers.append((number, options))
        elif not markers and line.strip() and not line.startswith("#"):
            raise Problem(*where, "code before the first cell; begin it with a line `# %% name`")
    if not markers:
        raise Problem(f"{FOLDER}/{file}", 1, "no cell; begin one with a line `# %% name`")
    ends = [number - 1 for number, _ in markers[1:]] + [len(lines)]
    for (number, options), end in zip(markers, ends, strict=True):
        source = "\n".join(lines[number:end]).rstrip()
        if not source:
            message = f'the cell "{options["name"]}" is empty; write it or delete its marker'
            raise Problem(f"{FOLDER}/{file}", number, message)
        yield Cell(snippet=file, line=number, source=source, **options)


def _marker(where: tuple[str, int], line: str, exercise: bool) -> dict[str, str]:
    """Return the name and the options of a marker."""
    marker = MARKER.match(line)
    if marker is None or marker["name"] is None:
        raise Problem(*where, f"`{line.strip()}` names no cell; write `# %% name`")
    name, rest = marker["name"], marker["options"].rstrip()
    if not NAME.fullmatch(name):
        message = f'"{name}" is no name for a cell: use small letters, digits and hyphens'
        raise Problem(*where, message)
    found = {"name": name}
    while rest:
        option = OPTION.match(rest)
        if option is None:
            raise Problem(*where, f"`{rest.strip()}` is no option; {TAKES}")
        key, value = option["key"], option["value"]
        if key not in ("raises", "torch_only", "fails"):
            raise Problem(*where, f'there is no option "{key}"; {TAKES}')
        if key in found:
            raise Problem(*where, f'the option "{key}" is given twice')
        if key == "fails" and not exercise:
            message = f'fails="{value}" is for exercises; write raises="…" if the cell raises'
            raise Problem(*where, message)
        if key == "raises" and not TYPE.fullmatch(value):
            raise Problem(*where, f'raises="{value}" names no type; write raises="RuntimeError"')
        found[key] = value
        rest = rest[option.end() :]
    return found
