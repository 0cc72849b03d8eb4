"""Pages as their text has them: each by itself, then the Chinese one against the English one.

Nothing here knows MkDocs: a page is read from its Markdown, so that every finding has a line.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from press import Problem, blocks, fences
from press.blocks import Written
from press.fences import Fence, Include
from press.words import LANGUAGES

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
    page.ids |= {b.options["claim"].lower() for b in page.blocks if b.name == "verdict"}
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


def check(
    root: Path,
    pages: Mapping[str, Mapping[str, Page]],
    *,
    cells: Mapping[str, Sequence[str]],
    objects: Collection[str],
    generated: Mapping[str, Collection[str]],
    broken: Collection[str] = (),
) -> list[Problem]:
    """Return everything that is wrong with the pages, sorted.

    Args:
        root: The project's root.
        pages: As `read_all` returns them.
        cells: For each snippet, the names of its cells.
        objects: Full names of what may stand after `:::`.
        generated: Pages that the press makes itself, with the ids that one may link to.
        broken: Snippets that have errors of their own: what a page says of their cells is not
            checked, so that one mistake gives one error.
    """
    problems = []
    for page in (page for language in LANGUAGES for page in pages[language].values()):
        own = [*page.problems, *_check_includes(root, page, cells, broken)]
        if not own:
            own += _check_blocks(page, cells, broken)
        own += _check_objects(page, objects)
        own += _check_links(root, page, pages[page.language], generated)
        page.problems = own
        problems += own
    problems += _check_twins(pages)
    return sorted(set(problems), key=lambda p: (p.file, p.line, p.message))


def _check_includes(
    root: Path, page: Page, cells: Mapping[str, Sequence[str]], broken: Collection[str]
) -> Iterator[Problem]:
    for line, included in page.includes.items():
        where = (page.file, line)
        try:
            if included.is_source:
                fences.read_source(root, where, included)
            elif included.file not in broken:
                fences.check_cell(where, included.ref, cells)
        except Problem as problem:
            yield problem


def _check_blocks(
    page: Page, cells: Mapping[str, Sequence[str]], broken: Collection[str]
) -> Iterator[Problem]:
    claims: set[str] = set()
    for block in page.blocks:
        where = (page.file, block.line)
        if block.name == "verdict":
            ref, claim = block.options["cell"], block.options["claim"]
            if claim in claims:
                yield Problem(*where, f"{claim} has a verdict on this page already")
            claims.add(claim)
            if ref not in page.cells:
                have = ", ".join(page.cells) or "none"
                yield Problem(*where, f"this page does not show the cell {ref}; it shows: {have}")
        elif block.name == "figure" and block.argument.rpartition(":")[0] not in broken:
            try:
                fences.check_cell(where, block.argument, cells)
            except Problem as problem:
                yield problem


def _check_objects(page: Page, objects: Collection[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for named in page.objects:
        where = (page.file, named.line)
        if named.name not in objects:
            near = difflib.get_close_matches(named.name, objects, 1)
            hint = f"; is it {near[0]}?" if near else ""
            yield Problem(*where, f"there is no {named.name}{hint}")
        elif named.name in seen:
            yield Problem(*where, f"{named.name} is on this page already")
        seen.add(named.name)


def _check_links(
    root: Path,
    page: Page,
    siblings: Mapping[str, Page],
    generated: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    for link in page.raw_links:
        path, _, anchor = link.name.partition("#")
        if not EXTERNAL.match(link.name) and path.endswith((".md", ".ipynb")):
            where = (page.file, link.line)
            yield Problem(
                *where, f'the link "{link.name}" is HTML: write it as [text]({link.name})'
            )
        elif not path and anchor and anchor not in page.ids:
            yield _dead_anchor(page, link, page.path, anchor, page.ids)
    folder = posixpath.dirname(page.path)
    for link in page.links:
        if EXTERNAL.match(link.name) or not link.name:
            continue
        path, _, anchor = link.name.partition("#")
        where = (page.file, link.line)
        if path.startswith("/"):
            yield Problem(
                *where, f'the link "{link.name}" is absolute: write it relative to this page'
            )
            continue
        target = posixpath.normpath(posixpath.join(folder, path)) if path else page.path
        if target in siblings:
            ids: Collection[str] = siblings[target].ids
        elif target in generated:
            ids = generated[target]
        elif _is_asset(root, page.language, target):
            continue
        else:
            known = [*siblings, *generated]
            near = difflib.get_close_matches(target, known, 1)
            hint = f"; is it {posixpath.relpath(near[0], folder or '.')}?" if near else ""
            yield Problem(*where, f'the link "{link.name}" leads nowhere{hint}')
            continue
        if anchor and anchor not in ids:
            yield _dead_anchor(page, link, target, anchor, ids)


def _dead_anchor(
    page: Page, link: Named, target: str, anchor: str, ids: Collection[str]
) -> Problem:
    near = difflib.get_close_matches(anchor, ids, 1)
    hint = f"; is it #{near[0]}?" if near else ""
    return Problem(
        page.file,
        link.line,
        f'the link "{link.name}" leads nowhere: {target} has no #{anchor}{hint}',
    )


def _is_asset(root: Path, language: str, target: str) -> bool:
    if target.endswith(".md") or target.startswith("../../"):
        return False
    return (root / "docs" / language / target).is_file() or (
        target.startswith("../assets/") and (root / "docs" / target[3:]).is_file()
    )


def _check_twins(pages: Mapping[str, Mapping[str, Page]]) -> Iterator[Problem]:
    first, second = (pages[language] for language in LANGUAGES)
    for path in sorted({*first, *second}):
        if path not in first or path not in second:
            here, there = LANGUAGES if path in first else reversed(LANGUAGES)
            file = f"docs/{here}/{path}"
            yield Problem(file, 1, f"this page has no twin: write docs/{there}/{path}")
        elif not first[path].problems and not second[path].problems:
            yield from _differences(first[path], second[path])


def _differences(one: Page, other: Page) -> Iterator[Problem]:
    def block(written: Written) -> str:
        options = " ".join(f"{k}: {v}" for k, v in sorted(written.options.items()))
        shown = f" | {written.argument}" if written.name == "figure" else ""
        return f"/// {written.name}{shown} {options}".strip()

    kinds = {
        "heading": lambda p: [(f"{'#' * h.level} #{h.id}", h.line) for h in p.headings],
        "fence": lambda p: [(f"{f.language} {f.body.strip()}", f.line) for f in p.fences],
        "object": lambda p: [(f"::: {o.name}", o.line) for o in p.objects],
        "block": lambda p: [(block(b), b.line) for b in p.blocks],
    }
    for kind, listed in kinds.items():
        mine, theirs = listed(one), listed(other)
        for number, ((left, line), (right, twin)) in enumerate(zip(mine, theirs, strict=False), 1):
            if left != right:
                yield Problem(
                    one.file,
                    line,
                    f"{kind} {number} differs from its twin: here {left}, "
                    f"in {other.file}:{twin} {right}",
                )
                break
        else:
            if len(mine) != len(theirs):
                longer, extra = (one, mine) if len(mine) > len(theirs) else (other, theirs)
                shorter = other if longer is one else one
                what, line = extra[min(len(mine), len(theirs))]
                yield Problem(longer.file, line, f"{kind} {what} is missing in {shorter.file}")
