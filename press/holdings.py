"""What the engine has of torch's public names, and what it has not: a page made of two lists.

The names are torch's own, written down in `names.txt`; which of them are there, the engine
itself is asked.
"""

from __future__ import annotations

import html
import importlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from press import objects
from press.words import word

NAMES = Path(__file__).with_name("names.txt")


def public_names() -> dict[str, list[str]]:
    """Return torch's public names by their owner, such as `torch.nn` or `torch.Tensor`."""
    found: dict[str, list[str]] = {}
    for line in NAMES.read_text("utf-8").splitlines():
        if line.startswith("["):
            names = found[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            names += line.split()
    return found


@lru_cache(maxsize=1)
def holdings() -> dict[str, tuple[list[str], list[str]]]:
    """Return, for each owner, the names that the engine has, and those that it has not."""
    found = {}
    for owner, names in public_names().items():
        ours = _ours(owner)
        there = [name for name in names if ours is not None and hasattr(ours, name)]
        found[owner] = (there, [name for name in names if name not in there])
    return found


def described(owner: str) -> dict[str, str]:
    """Return what the engine has of an owner's names, with what each is: a sentence or a value."""
    ours = _ours(owner)
    return {name: _sentence(getattr(ours, name)) for name in holdings()[owner][0]}


def _sentence(value: object) -> str:
    own = value.__doc__ if value.__doc__ != type(value).__doc__ else None
    return own.strip().partition("\n")[0] if own else repr(value)


def _ours(owner: str) -> ModuleType | type | None:
    """Return the engine's module or class of that name, None if there is none."""
    package, _, last = owner.rpartition(".")
    if last == "Tensor":
        return getattr(importlib.import_module(f"{objects.ENGINE}.{package}"), last)
    try:
        return importlib.import_module(f"{objects.ENGINE}.{owner}")
    except (ImportError, NotImplementedError):
        return None


def text(language: str, addresses: Mapping[str, str]) -> str:
    """Return the lists as Markdown.

    Args:
        language: `zh` or `en`.
        addresses: Of each object that the API pages show, by torch's name of it.
    """
    lines: list[str] = []
    for owner, (there, missing) in holdings().items():
        count = word(language, "holdings count", there=len(there), all=len(there) + len(missing))
        lines += [f"## {owner} {{ #holdings-{owner} }}", "", count, ""]
        for names, key in ((there, "holdings there"), (missing, "holdings missing")):
            if names:
                show = _linked(owner, addresses) if names is there else _plain
                # HTML, because Markdown would take seconds for so many links
                listed = " ".join(map(show, names))
                lines += [f'<p class="hb-names"><b>{word(language, key)}</b> {listed}</p>', ""]
    return "\n".join(lines)


def _plain(name: str) -> str:
    return f"<code>{html.escape(name)}</code>"


def _linked(owner: str, addresses: Mapping[str, str]) -> Callable[[str], str]:
    def show(name: str) -> str:
        # a method is described where the function of its name is
        for full in (f"{owner}.{name}", f"torch.{name}", f"torch.{name.removesuffix('_')}"):
            if full in addresses and (full.startswith(f"{owner}.") or owner == "torch.Tensor"):
                return f'<a href="{html.escape(addresses[full])}">{_plain(name)}</a>'
        return _plain(name)

    return show
