"""What is wrong with the pages: each by itself, then the Chinese one against the English one."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from press import Problem, fences
from press.blocks import Written
from press.pages import EXTERNAL, Named, Page
from press.words import LANGUAGES


def check(
    root: Path,
    pages: Mapping[str, Mapping[str, Page]],
    *,
    cells: Mapping[str, Sequence[str]],
    objects: Collection[str],
    generated: Mapping[str, Collection[str]],
    exercises: Mapping[str, Sequence[str]],
    broken: Collection[str] = (),
) -> list[Problem]:
    """Return everything that is wrong with the pages, sorted.

    Args:
        root: The project's root.
        pages: As `read_all` returns them.
        cells: For each snippet, the names of its cells.
        objects: Full names of what may stand after `:::`.
        generated: Pages that the press makes itself, with the ids that one may link to.
        exercises: For each exercise (`exercises/shapes/cat.py:join`), the labels of its check.
        broken: Snippets that have errors of their own: what a page says of their cells is not
            checked, so that one mistake gives one error.
    """
    problems = []
    places = _places(pages, generated)
    for page in (page for language in LANGUAGES for page in pages[language].values()):
        own = [*page.problems, *_check_includes(root, page, cells, broken)]
        if not own:
            own += _check_blocks(page, cells, broken)
            own += _check_exercises(page, exercises, broken)
        own += _check_objects(page, objects)
        own += _check_links(root, page, places)
        page.problems = own
        problems += own
    problems += _check_twins(pages)
    return sorted(set(problems), key=lambda p: (p.file, p.line, p.message))


def _places(
    pages: Mapping[str, Mapping[str, Page]], generated: Mapping[str, Collection[str]]
) -> dict[str, Collection[str]]:
    """Return where a link may lead: ids by path, those of a page and of its twin.

    Where the two differ, that is the mistake, and a link to what only one of them has is none.
    """
    ids: dict[str, set[str]] = {}
    for path, page in (item for listed in pages.values() for item in listed.items()):
        ids.setdefault(path, set()).update(page.ids)
    return {**generated, **ids}


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


def _check_exercises(
    page: Page, exercises: Mapping[str, Sequence[str]], broken: Collection[str]
) -> Iterator[Problem]:
    ids = {heading.id: heading.line for heading in page.headings}
    for block in page.exercises:
        ref, where = block.options["cell"], (page.file, block.line)
        if block.id in ids:
            yield Problem(*where, f'the id "{block.id}" is on line {ids[block.id]} already')
        ids[block.id] = block.line
        if ref.rpartition(":")[0] in broken:
            continue
        if ref not in exercises:
            have = ", ".join(exercises) or "none"
            yield Problem(*where, f"there is no exercise {ref}; there are: {have}")
            continue
        seen: set[str] = set()
        for hint in block.hints:
            if hint.label not in exercises[ref]:
                have = ", ".join(exercises[ref])
                message = f'no check of {ref} is called "{hint.label}"; there are: {have}'
                yield Problem(page.file, hint.line, message)
            elif hint.label in seen:
                yield Problem(page.file, hint.line, f'"{hint.label}" has a hint already')
            seen.add(hint.label)
        for label in exercises[ref]:
            if label not in seen:
                message = (
                    f'there is no hint for "{label}", which {ref} can fail with: write the label '
                    'on a line, and below it ":   …"'
                )
                yield Problem(*where, message)


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
    places: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    for link in page.raw_links:
        path, _, anchor = link.name.partition("#")
        if not EXTERNAL.match(link.name) and path.endswith((".md", ".ipynb")):
            where = (page.file, link.line)
            yield Problem(
                *where, f'the link "{link.name}" is HTML: write it as [text]({link.name})'
            )
        elif not path and anchor and anchor not in places[page.path]:
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
        if target not in places:
            if not _is_asset(root, page.language, target):
                near = difflib.get_close_matches(target, places, 1)
                hint = f"; is it {posixpath.relpath(near[0], folder or '.')}?" if near else ""
                yield Problem(*where, f'the link "{link.name}" leads nowhere{hint}')
        elif anchor and anchor not in places[target]:
            yield _dead_anchor(page, link, target, anchor, places[target])


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
        hints = " ".join(f"{hint.label} :" for hint in written.hints)
        return f"/// {written.name}{shown} {options} {hints}".strip()

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
