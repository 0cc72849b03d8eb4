"""The page that lists what the engine has: made, not written, in both languages."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import griffe

from press import docstrings
from press.docstrings import Documented
from press.notes import public
from press.words import word

PATH = "reference/torch.md"

# A lesson that shows an object is its place, with its source; here it is one of hundreds.
OPTIONS = ("    options:", "      show_source: false", "      skip_local_inventory: true")

# Who searches for a name wants the lesson first, if there is one.
FRONT = ("---", "search:", "  boost: 0.3", "---", "")


def chapters(engine: griffe.Module) -> dict[str, dict[str, Documented]]:
    """Return what `torch` exports, by the chapter that defines it, in torch's names.

    Chapters come in the order in which `torch/__init__.py` takes them in.
    """
    prefix = f"{docstrings.ENGINE}.torch."
    found: dict[str, dict[str, Documented]] = {}
    for name, documented in docstrings.exported(engine):
        if name.startswith(prefix) and "." not in name.removeprefix(prefix):
            chapter = documented.module.path.removeprefix(prefix)
            found.setdefault(chapter, {})[name] = documented
    return found


def ids(engine: griffe.Module) -> Collection[str]:
    """Return what one may link to on the page."""
    listed = chapters(engine)
    return {"api", *listed, *(public(name) for names in listed.values() for name in names)}


def text(engine: griffe.Module, language: str, root: Path, *, slim: bool = False) -> str:
    """Return the page as Markdown.

    Args:
        engine: As `docstrings.load` returns it.
        language: `zh` or `en`.
        root: The project's root.
        slim: Whether to say only that the page is left out, as under `mkdocs serve`.
    """
    lines = [*FRONT, f"# {word(language, 'reference')} {{ #api }}", ""]
    if slim:
        return "\n".join([*lines, word(language, "reference left out"), ""])
    lines += [word(language, "reference lead"), ""]
    catalog = docstrings.Catalog(root)
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
