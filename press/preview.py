"""What `mkdocs serve` need not make again after an edit: pages that the edit does not touch.

A page is made in two steps, Markdown to content and content to the whole page, and each takes more
time than everything else in a rebuild together. So each keeps what it made last, with a digest of
all that it was made from. A build for publishing keeps nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from press.snippets import Library

Made = TypeVar("Made")

# What any page may be made from, besides its own text and its snippets.
SHARED = ("mkdocs.yml", "overrides", "press/templates", "docs/locale", "reference_impl")


def digest(*parts: Any) -> str:
    """Return a digest of what something is made from."""
    return hashlib.sha256(json.dumps(parts, default=repr).encode()).hexdigest()


def shared(root: Path) -> str:
    """Return a digest of when the files changed that any page may be made from."""
    found = [file for name in SHARED for file in _files(root / name)]
    return digest([(str(file), file.stat().st_mtime_ns) for file in found])


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.*")) if path.is_dir() else [path]


def snippets(library: Library) -> dict[str, str]:
    """Return a digest of every snippet with all that it shows, by file."""
    shown: dict[str, list[Any]] = {file: [one.digest] for file, one in library.snippets.items()}
    for one in library.shown.values():
        shown.setdefault(one.cell.snippet, []).append((one.cell.ref, one.printed, one.figure))
    return {file: digest(parts) for file, parts in shown.items()}


def named(text: str, digests: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the snippets that a page's Markdown names, with their digests."""
    return [(file, found) for file, found in digests.items() if file in text]


@dataclass(slots=True)
class Content:
    """What Markdown made of a page.

    Attributes:
        html: Its content.
        fields: What else MkDocs took from it: contents, title, anchors.
        links: Anchors that it links to, by the file where they are.
        places: Where names of objects lead that stand on it, for each of autorefs' tables.
        hints: What a link to such a place says, by address.
    """

    html: str
    fields: dict[str, Any]
    links: dict[str, dict[str, str]]
    places: list[dict[str, list[str]]]
    hints: dict[str, str]


FIELDS = ("toc", "_title_from_render", "present_anchor_ids")


class Kept(Generic[Made]):
    """What one step made last, by page."""

    def __init__(self) -> None:
        self.made: dict[str, tuple[str, Made]] = {}

    def recall(self, page: str, key: str) -> Made | None:
        """Return what was made of a page, if it was made from the same."""
        known = self.made.get(page)
        return known[1] if known is not None and known[0] == key else None

    def keep(self, page: str, key: str, made: Made) -> None:
        """Remember what was made of a page."""
        self.made[page] = key, made


def taken(page: Any, html: str, autorefs: Any) -> Content:
    """Take from a page what Markdown made of it.

    Args:
        page: MkDocs' page, just made.
        html: Its content.
        autorefs: The plugin that knows where objects stand.
    """
    below = f"{page.url}#"
    return Content(
        html,
        {name: getattr(page, name) for name in FIELDS},
        {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
        [
            {name: here for name, urls in table.items() if (here := _below(urls, below))}
            for table in _tables(autorefs)
        ],
        {url: hint for url, hint in autorefs._title_map.items() if url.startswith(below)},
    )


def give(content: Content, page: Any, files: Any, autorefs: Any) -> None:
    """Give a page what Markdown made of it before, so that it is not made again.

    Args:
        content: What was taken from it.
        page: MkDocs' page, before it is made.
        files: MkDocs' files of this build.
        autorefs: The plugin that is to know where objects stand.
    """
    for name, value in content.fields.items():
        setattr(page, name, value)
    page.content = content.html
    page.links_to_anchors = {files.src_uris[uri]: links for uri, links in content.links.items()}
    for table, places in zip(_tables(autorefs), content.places, strict=True):
        for name, urls in places.items():
            table[name] = list(dict.fromkeys([*table.get(name, []), *urls]))
    autorefs._title_map |= content.hints
    page.render = lambda config, files: None


def _tables(autorefs: Any) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the addresses of names, those of a place of their own and the others."""
    return autorefs._primary_url_map, autorefs._secondary_url_map


def _below(urls: Iterable[str], prefix: str) -> list[str]:
    return [url for url in urls if url.startswith(prefix)]
