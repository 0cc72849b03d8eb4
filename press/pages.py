"""Pages as their text has them, taken apart.

Nothing here knows MkDocs: a page is read from its Markdown, so that every finding has a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from press import Problem, blocks, fences
from press.blocks import Written
from press.fences import Fence, Include
from press.words import LANGUAGES, word

HEADING = re.compile(r"^(?P<level>#{1,6})[ \t]+(?P<text>.*?)[ \t]*$")
ID = re.compile(r"\{[^}]*?#(?P<id>[\w.:/-]+)[^}]*\}$")
UNDERLINE = re.compile(r"^(=+|-+)[ \t]*$")
OBJECT = re.compile(r"^::: ?(?P<name>\S+)[ \t]*$")
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
LINK = re.compile(
    r"!?\[[^\]]*\]\((?P<target><[^>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)"
)
DEFINITION = re.compile(r"^\[[^\]]+\]:[ \t]*(?P<target>\S+)")
ATTRIBUTE = re.compile(r"<[a-z][^>]*?\s(?:href|src)=\"(?P<target>[^\"]*)\"")
RAW_ID = re.compile(r"<[a-z][^>]*?\sid=\"(?P<id>[^\"]+)\"")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
EXTERNAL = re.compile(r"^[a-z][a-z0-9+.-]*:")

# Pages that are notebooks themselves, and have none beside them.
TUTORIALS = "tutorials/"

# Words for Python that are not the one word: they would slip past the press.
OTHER_PYTHON = frozenset({"py", "python3", "py3", "pycon", "python-repl", "pytb", "ipython"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level, text without its attributes, id if it has one, line."""

    level: int
    text: str
    id: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Named:
    """Something named on a line: an object after `:::`, or the target of a link."""

    name: str
    line: int


@dataclass(slots=True)
class Page:
    """A page's Markdown, taken apart.

    Attributes:
        file: From the project's root, such as `docs/zh/shapes/cat.md`.
        language: `zh` or `en`.
        path: The same in both languages, such as `shapes/cat.md`.
        text: The whole text.
        prose: Its lines, with front matter, comments and everything fenced left blank.
        includes: What its python fences name, by the line of the fence.
        ids: What a link to this page may end in.
        problems: What is wrong with the page by itself.
    """

    file: str
    language: str
    path: str
    text: str
    prose: list[str] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    objects: list[Named] = field(default_factory=list)
    links: list[Named] = field(default_factory=list)
    raw_links: list[Named] = field(default_factory=list)
    blocks: list[Written] = field(default_factory=list)
    includes: dict[int, Include] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def cells(self) -> dict[str, int]:
        """The cells that python fences show, with the line of the fence."""
        return {i.ref: line for line, i in self.includes.items() if not i.is_source}

    @property
    def titles(self) -> list[Heading]:
        """Its headings and the titles of its exercises, in order."""
        kind = word(self.language, "exercise")
        titled = [Heading(3, f"{kind} {b.argument}", b.id, b.line) for b in self.exercises]
        return sorted([*self.headings, *titled], key=lambda heading: heading.line)

    @property
    def exercises(self) -> list[Written]:
        """Its blocks that are exercises."""
        return [block for block in self.blocks if block.name == "exercise"]

    @property
    def title(self) -> str:
        """The text of its first heading."""
        return self.headings[0].text if self.headings else self.path


def blanked(match: re.Match[str]) -> str:
    """Return as many line breaks as a match holds, so that lines keep their numbers."""
    return "\n" * match[0].count("\n")


def read(file: str, text: str) -> Page:
    """Return a page, taken apart; what is wrong with it is in its `problems`."""
    _, language, path = file.split("/", 2)
    page = Page(file, language, path, text)
    bare = FRONT.sub(blanked, text)
    try:
        page.fences, page.prose = fences.split(bare, file)
    except Problem as problem:
        page.problems.append(problem)
        return page
    page.prose = COMMENT.sub(blanked, "\n".join(page.prose)).split("\n")
    try:
        page.blocks = blocks.scan(page.prose, file)
    except Problem as problem:
        page.problems.append(problem)
    for number, line in enumerate(page.prose, 1):
        _read_line(page, number, line)
    for fence in page.fences:
        _read_fence(page, fence)
    page.ids |= {block.id for block in page.blocks if block.id}
    page.ids |= {o.name.removeprefix("reference_impl.") for o in page.objects} | set(page.cells)
    return page


def _read_line(page: Page, number: int, line: str) -> None:
    complain = page.problems.append
    if heading := HEADING.match(line):
        found = ID.search(heading["text"])
        text = heading["text"][: found.start()].strip() if found else heading["text"]
        page.headings.append(
            Heading(len(heading["level"]), text, found["id"] if found else None, number)
        )
        if found is None:
            complain(
                Problem(
                    page.file,
                    number,
                    f'the heading "{text}" has no id: end it in {{ #id }}, the same in both '
                    "languages",
                )
            )
        elif found["id"] in page.ids:
            complain(Problem(page.file, number, f'the id "{found["id"]}" is on this page twice'))
        else:
            page.ids.add(found["id"])
    elif UNDERLINE.match(line) and number > 1 and page.prose[number - 2].strip():
        complain(Problem(page.file, number, "write headings with #, so that they can have an id"))
    if named := OBJECT.match(line):
        page.objects.append(Named(named["name"], number))
    code_free = CODE.sub("", line)
    for pattern in (LINK, DEFINITION):
        for found in pattern.finditer(code_free):
            page.links.append(Named(found["target"].strip("<>"), number))
    page.raw_links += [Named(m["target"], number) for m in ATTRIBUTE.finditer(code_free)]
    page.ids |= {m["id"] for m in RAW_ID.finditer(code_free)}


def _read_fence(page: Page, fence: Fence) -> None:
    if fence.language in OTHER_PYTHON:
        page.problems.append(
            Problem(
                page.file,
                fence.line,
                f"a {fence.language} fence is not run: write python, and name a cell",
            )
        )
    elif fence.language != "python" and "--8<--" in fence.body:
        page.problems.append(
            Problem(
                page.file,
                fence.line,
                f'this fence names a cell, but its language is "{fence.language}": write python',
            )
        )
    if fence.language != "python":
        return
    try:
        included = fences.include(fence)
    except Problem as problem:
        page.problems.append(problem)
        return
    if included.ref in page.cells:
        page.problems.append(
            Problem(
                page.file,
                fence.line,
                f"{included.ref} is shown already, on line {page.cells[included.ref]}",
            )
        )
    page.includes[fence.line] = included


def read_all(root: Path) -> dict[str, dict[str, Page]]:
    """Return every page of `docs/zh` and `docs/en`, by language and path."""
    pages: dict[str, dict[str, Page]] = {}
    for language in LANGUAGES:
        folder = root / "docs" / language
        pages[language] = {}
        for path in sorted(folder.rglob("*.md")):
            file = path.relative_to(root).as_posix()
            try:
                text = path.read_text("utf-8-sig").replace("\r\n", "\n")
            except UnicodeDecodeError as error:
                line = path.read_bytes()[: error.start].count(b"\n") + 1
                page = Page(file, language, path.relative_to(folder).as_posix(), "")
                page.problems.append(Problem(file, line, "this is not UTF-8: save it as UTF-8"))
            else:
                page = read(file, text)
            pages[language][page.path] = page
    return pages
