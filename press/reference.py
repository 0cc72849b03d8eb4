"""The page that lists what the engine has: made, not written, in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import griffe

from press import docstrings, objects
from press.notes import public
from press.objects import Documented
from press.words import word

PATH = "reference/torch.md"

# A lesson that shows an object is its place, with its source; here it is one of hundreds.
OPTIONS = ("    options:", "      show_source: false", "      skip_local_inventory: true")

# Who searches for a name wants the lesson first, if there is one.
FRONT = ("---", "search:", "  boost: 0.3", "---", "")

# A chapter on the contents page: `from .views import *`, `from . import nn`.
IMPORT = re.compile(r"^from \.(?: import )?(\w+)", re.MULTILINE)


def chapters(engine: griffe.Module) -> dict[str, dict[str, Documented]]:
    """Return what `torch` and its packages offer, by the chapter that defines it, in torch's names.

    Chapters come in the order in which `torch/__init__.py` takes them in. An object stands there
    under one name for each of torch's packages that has it, and classes have their members below
    them: not those that a class they inherit from has already, nor those that are functions, too.
    """
    prefix = f"{objects.ENGINE}.torch."
    found: dict[str, dict[str, Documented]] = {}

    def add(name: str, documented: Documented) -> None:
        chapter = documented.module.path.removeprefix(prefix)
        found.setdefault(chapter, {}).setdefault(name, documented)

    listed = {n: d for n, d in objects.exported(engine) if n.startswith(prefix)}
    own = {name for name in listed if not _is_further_name(name, listed, prefix)}
    functions = {id(listed[name]) for name in own}
    for name in listed:
        if name in own:
            add(name, listed[name])
            for below, member in _members(listed[name]):
                if id(member) not in functions:
                    add(f"{name}.{below}", member)
    place = _contents(engine)
    order = sorted(found, key=lambda chapter: place.get(chapter.partition(".")[0], 0))
    return {chapter: found[chapter] for chapter in order}


def _contents(engine: griffe.Module) -> dict[str, int]:
    """Return where the contents page of `torch` names each of its chapters first."""
    torch = objects.find(engine, f"{objects.ENGINE}.torch")
    named = IMPORT.findall("\n".join(torch.lines) if torch else "")
    return {name: number for number, name in reversed(list(enumerate(named)))}


def _members(documented: Documented) -> Iterator[tuple[str, Documented]]:
    """Yield documented members of a class that are new with it, under their own names."""
    if not documented.is_class:
        return
    inherited = {name for base in documented.mro() for name in base.members}
    for name, member in objects.members(documented):
        again = name in inherited and not documented.members[name].is_alias
        if member.docstring and name == member.name and not again:
            yield name, member


def _is_further_name(name: str, listed: Mapping[str, Documented], prefix: str) -> bool:
    """Whether an object of a package has a better name.

    That is its own name beside an alias in the same package, or its name in the package around
    it: a chapter of several files, such as `torch.elementwise`, is no package of torch's.
    """
    package, _, last = name.rpartition(".")
    documented = listed[name]
    same = f"{package}.{documented.name}"
    if last != documented.name and listed.get(same) is documented:
        return True
    around = f"{package.rpartition('.')[0]}.{last}"
    return around.startswith(prefix) and listed.get(around) is documented


def ids(engine: griffe.Module) -> Collection[str]:
    """Return what one may link to on the page."""
    listed = chapters(engine)
    return {"api", *listed, *(public(name) for names in listed.values() for name in names)}


def text(engine: griffe.Module, language: str, root: Path, *, slim: bool = False) -> str:
    """Return the page as Markdown.

    Args:
        engine: As `objects.load` returns it.
        language: `zh` or `en`.
        root: The project's root.
        slim: Whether to say only that the page is left out, as under `mkdocs serve`.
    """
    lines = [*FRONT, f"# {word(language, 'reference')} {{ #api }}", ""]
    if slim:
        return "\n".join([*lines, word(language, "reference left out"), ""])
    lines += [word(language, "reference lead"), ""]
    catalog = docstrings.read_catalog(root)
    for chapter, names in chapters(engine).items():
        lines += [f"## {chapter} {{ #{chapter} }}", ""]
        module = next(iter(names.values())).module
        summary = next(iter(docstrings.messages(module)), None)
        if summary:
            context, entry = summary
            chinese = catalog.chinese(context, entry.text) if language == "zh" else None
            lines += [chinese or entry.text, ""]
        # Inside a block of HTML an object is not laid out beside its section.
        lines += ['<div class="hb-reference" markdown="1">', ""]
        for name in names:
            lines += [f"::: {name}", *OPTIONS, ""]
        lines += ["</div>", ""]
    return "\n".join(lines)
