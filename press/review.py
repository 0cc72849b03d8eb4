"""Everything that can be wrong with the handbook, looked for in one go and told in one list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import griffe

from press import (
    Problem,
    claims,
    console,
    docstrings,
    examples,
    objects,
    pages,
    proofread,
    reference,
    snippets,
    tags,
    terms,
)
from press.examples import Documented
from press.pages import Page
from press.percent import FOLDER
from press.snippets import Library
from press.words import LANGUAGES

EXAMPLE = "torch.stack"


@dataclass(frozen=True, slots=True)
class Review:
    """What was read and run, and what is wrong with it.

    Attributes:
        library: The snippets, and what they show.
        pages: The pages, by language and path.
        engine: The engine as Griffe reads it.
        problems: Everything that a writer has to mend, sorted.
    """

    library: Library
    pages: dict[str, dict[str, Page]]
    engine: griffe.Module
    problems: list[Problem]


def review(root: Path, *, generated: Mapping[str, Collection[str]] | None = None) -> Review:
    """Run what is stale, and check pages, snippets, examples and translations.

    Args:
        root: The project's root.
        generated: Pages that the press makes itself, with the ids that one may link to; by
            default the API reference and a notebook for each lesson.
    """
    library = snippets.check(root)
    engine = objects.load(root)
    read = pages.read_all(root)
    # Where the engine cannot be imported, every snippet, example and name in it would fail too.
    problems = [one for one in library.problems if one.file.startswith(f"{objects.ENGINE}/")]
    if not problems:
        made = generated
        if made is None:
            made = made_by_press(engine, read, library) | terms.ids(root)
        problems = [*library.problems, *_check(root, library, engine, read, made)]
    return Review(library, read, engine, snippets.in_order(problems))


def _check(
    root: Path,
    library: Library,
    engine: griffe.Module,
    read: Mapping[str, Mapping[str, Page]],
    generated: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    """Yield what is wrong with pages, translations, examples and console fences."""
    stories = {file: one for file, one in library.snippets.items() if not one.is_exercise}
    yield from proofread.check(
        root,
        read,
        cells={file: [cell.name for cell in one.cells] for file, one in stories.items()},
        exercises={ref: one.labels for ref, one in library.exercises.items()},
        objects=objects.names(engine),
        generated=generated,
        broken={_snippet(problem.file) for problem in library.problems},
    )
    yield from tags.check(read)
    yield from docstrings.check(root, engine, _to_translate(read))
    yield from terms.check(root, read)
    yield from examples.check(documented(root, engine, read), root=root)
    texts = [page for language in LANGUAGES for page in read[language].values()]
    yield from console.check([fence for page in texts for fence in page.fences], root=root)


def made_by_press(
    engine: griffe.Module, read: Mapping[str, Mapping[str, Page]], library: Library
) -> dict[str, set[str]]:
    """Return the pages that the press makes itself, with the ids that one may link to."""
    made = reference.ids(engine) | claims.ids(read[LANGUAGES[0]]) | tags.ids(read[LANGUAGES[0]])
    for path in read[LANGUAGES[0]]:
        lesson = path.removesuffix(".md")
        if f"{lesson}.py" in library.snippets and not path.startswith(pages.TUTORIALS):
            made[f"notebooks/{lesson}.ipynb"] = set()
    return made


def documented(
    root: Path, engine: griffe.Module, read: Mapping[str, Mapping[str, Page]]
) -> Iterator[Documented]:
    """Yield every object that a page shows, with its methods: those of lessons and of the API."""
    shown = {o.name for language in LANGUAGES for o in _objects(read[language])}
    for names in reference.chapters(engine).values():
        shown |= set(names)
    found = {name: one for name in sorted(shown) if (one := objects.find(engine, name))}
    for name, one in list(found.items()):
        found |= {f"{name}.{own}": member for own, member in objects.members(one)}
    seen: set[int] = set()
    for name, one in found.items():
        # What is a function and a method has its examples once.
        if one.docstring is not None and id(one) not in seen:
            seen.add(id(one))
            yield Documented(name, *docstrings.where(one, root), one.docstring.value)


def extract(root: Path, named: Iterable[str] = ()) -> list[str]:
    """Bring the catalogue up to date for what Chinese pages show, and for the objects named.

    Args:
        root: The project's root.
        named: Objects and chapters, such as `torch.stack`; a class is named with its methods.

    Returns:
        The contexts that wait for a translator.

    Raises:
        Problem: If there is no object of a name.
    """
    engine = objects.load(root)
    wanted = _to_translate(pages.read_all(root))
    for name in named:
        one = objects.find(engine, name)
        if one is None:
            raise Problem(name, 1, f"there is no such object; write it as in {EXAMPLE}")
        wanted |= {name, *(f"{name}.{own}" for own, _ in objects.members(one))}
    return docstrings.extract(root, sorted(wanted))


def _to_translate(read: Mapping[str, Mapping[str, Page]]) -> set[str]:
    return {o.name for o in _objects(read[LANGUAGES[0]])}


def _objects(read: Mapping[str, Page]) -> Iterator[pages.Named]:
    for page in read.values():
        yield from page.objects


def _snippet(file: str) -> str:
    """Return the snippet that a problem in its code or its output is about."""
    inside = file.removeprefix(f"{FOLDER}/")
    return f"{inside.removesuffix('.out')}.py" if inside.endswith(".out") else inside
