"""What search finds on a page, remembered for the next build.

To part Chinese into words takes a dictionary that takes half a second to load, and reading the
HTML of all pages as long again: both only for a page that has changed.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

FOLDER = ".cache/search"


def key(*parts: str) -> str:
    """Return a digest of all that the entries of a page are made of."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def recall(root: Path, page: str, wanted: str) -> list[dict[str, Any]] | None:
    """Return the entries of a page, None if they are not known for what it is now.

    Args:
        root: The project's root.
        page: Its path, such as `zh/shapes/cat.md`.
        wanted: Its `key`.
    """
    try:
        known = json.loads((root / FOLDER / f"{page}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return known["entries"] if known.get("key") == wanted else None


def keep(root: Path, page: str, wanted: str, entries: list[dict[str, Any]]) -> None:
    """Remember the entries of a page."""
    path = root / FOLDER / f"{page}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    text = json.dumps({"key": wanted, "entries": entries}, ensure_ascii=False)
    partial.write_text(text, "utf-8")
    partial.replace(path)  # a reader sees the whole of it or nothing
