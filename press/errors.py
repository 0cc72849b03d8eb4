"""The errors that the handbook explains, as the browser knows them: `assets/errors.json`.

The page `reference/errors.md` has a heading for each error, and below it a cell that raises it. A
text of the same kind, with other numbers, shapes and names, leads to the same heading: so each
recorded text is made into a pattern. A link from such a section to a cell of a lesson that raises
(`../autograd/sgd.md#autograd/sgd.py:noticed`) says that this cell's text belongs there, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from press import render

if TYPE_CHECKING:
    from press.outputs import Shown
    from press.pages import Page

PAGE = "reference/errors.md"
FILE = "assets/errors.json"

# What differs from case to case, and the pattern that takes its place. The first that fits counts.
KINDS: tuple[tuple[str, str], ...] = (
    # 'indices', "weight", "bias": quoted names, and lists of them
    *(
        (
            rf"(?<!\w){q}[^{q}\n]*{q}(?:, {q}[^{q}\n]*{q})*(?!\w)",
            rf"{q}[^{q}\n]*{q}(?:, {q}[^{q}\n]*{q})*",
        )
        for q in "'\"`"
    ),
    (r"\[[-\d, ]*\]", r"\[[-\d, ]*\]"),  # sizes
    (r"torch\.\w+Tensor\b", r"torch\.\w+Tensor"),
    (r"\b\w+(?:\.\w+){2,}\b", r"[\w.]+"),  # a long dotted name
    (r"(?<=[a-z]=)\w[\w ]*(?= ?[,()])", r"[-\w: ]+"),  # dtype=long int
    (r"(?<=\bdevice )\w+(?::\d+)?", r"[\w:]+"),
    (r"(?<=\bfor )[\w.]+(?=:)", r"[\w.]+"),  # what is loaded
    (r"(?<=\boutput \d of )\w+", r"\w+"),  # an operation
    (r"^\w+(?=\(\): )", r"\w+"),  # a function
    (r"(?<=\bmust be )[A-Z]\w*", r"[\w ]+"),  # a type, as a function's argument
    (r"(?<=, not )\w+", r"[\w.]+"),
    (r"(?<=\bcannot assign )\w+", r"\w+"),  # a kind of member
    (r"(?<![\w.])\d+(?:x\d+)+(?!\w)", r"\d+(?:x\d+)*"),
    (r"(?<![\w.])-?\d+(?:\.\d+)?(?!\w)", r"-?\d+(?:\.\d+)?"),
    (
        r"\b(?:B?Float(?:16|8\w*)?|Double|Half|Long|Int|Short|Char|Byte|Bool|Complex\w+)\b",
        r"\w+",
    ),
)
VARIES = re.compile("|".join(f"(?P<k{n}>{found})" for n, (found, _) in enumerate(KINDS)))
SPECIAL = re.compile(r"[\\^$.|?*+()\[\]{}/]")  # in Python's patterns and in JavaScript's


@dataclass(frozen=True, slots=True)
class Explained:
    """An error that the handbook explains.

    Attributes:
        type: Its name, such as `RuntimeError`.
        pattern: Fits its text; means the same in Python and in JavaScript.
        anchor: The heading that explains it.
    """

    type: str
    pattern: str
    anchor: str


def error(shown: Shown) -> tuple[str, str]:
    """Return type and text of the error that a cell shows; empty if it raises none."""
    kind, _, message = render.parts(shown)[2].partition(": ")
    return kind, message


def pattern(message: str) -> str:
    """Return a pattern that fits an error's text, and the same text about other tensors.

    Lines that differ only in what varies, such as one for each weight, may be more or fewer.
    """
    lines: list[str] = []
    times: list[int] = []
    for line in message.split("\n"):
        fits = _line(line)
        if lines and lines[-1] == fits:
            times[-1] += 1
        else:
            lines.append(fits)
            times.append(1)
    joined = "".join(
        rf"(?:\n{line})+" if count > 1 else rf"\n{line}"
        for line, count in zip(lines, times, strict=True)
    )
    return f"^{joined.removeprefix(chr(92) + 'n')}$"


def _line(line: str) -> str:
    made, end = [], 0
    for found in VARIES.finditer(line):
        assert found.lastgroup is not None
        made += [_escaped(line[end : found.start()]), KINDS[int(found.lastgroup[1:])][1]]
        end = found.end()
    return "".join([*made, _escaped(line[end:])])


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", text).replace("\t", r"\t")


def explained(page: Page | None, shown: Mapping[str, Shown]) -> list[Explained]:
    """Return the errors that a page explains, each pattern once.

    Args:
        page: The page of errors, in any language; None if there is none.
        shown: What all cells show, by reference.
    """
    found: dict[tuple[str, str], Explained] = {}
    for anchor, ref in _raising(page, shown) if page is not None else ():
        kind, message = error(shown[ref])
        one = Explained(kind, pattern(message), anchor)
        found.setdefault((one.type, one.pattern), one)
    return list(found.values())


def _raising(page: Page, shown: Mapping[str, Shown]) -> Iterator[tuple[str, str]]:
    """Yield the cells that raise, those shown before those linked, with the heading above them."""
    for named in (
        page.cells,
        {link.name.partition("#")[2]: link.line for link in page.links},
    ):
        for ref, line in named.items():
            if ref in shown and shown[ref].cell.raises:
                above = [heading for heading in page.headings if heading.line < line]
                if above and above[-1].id:
                    yield above[-1].id, ref


def listed(explained: Sequence[Explained]) -> str:
    """Return what `assets/errors.json` holds."""
    return json.dumps([asdict(one) for one in explained], separators=(",", ":"))
