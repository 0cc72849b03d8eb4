"""What MkDocs and its plugins warn of, told as the press tells everything: file, line, remedy.

Most of it the press has found before a build; this catches the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from press import Problem

SETTINGS = "mkdocs.yml"
NOT_FOUND = re.compile(r"A reference to '(?P<path>[^']+)' is included in the 'nav' configuration")
OMITTED = 'exist in the docs directory, but are not included in the "nav"'
LISTED = re.compile(r"^ +- (?P<path>\S+)$", re.MULTILINE)
QUOTED = re.compile(r"['\"]([^'\"]+)['\"]")


def problems(messages: Sequence[str], pages: Mapping[str, str], settings: str) -> list[Problem]:
    """Return warnings as Problems, each with the line it is about.

    Args:
        messages: What was warned of, in order.
        pages: The texts of the pages, by their path below `docs/`.
        settings: The text of `mkdocs.yml`.
    """
    lost = [found for message in messages if (found := NOT_FOUND.match(message))]
    told = []
    for message in messages:
        if found := NOT_FOUND.match(message):
            line = _line_of(found["path"], settings)
            text = f"the nav names {found['path']}, and there is no such page"
            told.append(Problem(SETTINGS, line, text))
        elif OMITTED in message:
            # A misspelt page is one that the nav leaves out, too; and both languages share the nav.
            own = [m["path"] for m in LISTED.finditer(message) if not lost]
            told += [
                Problem(f"docs/{path}", 1, f"this page is not in the nav of {SETTINGS}: add it")
                for path in own
            ]
        else:
            told.append(_about_a_page(message, pages))
    return list({str(problem): problem for problem in told}.values())


def _line_of(what: str, text: str) -> int:
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if what in line), 1)


def _about_a_page(message: str, pages: Mapping[str, str]) -> Problem:
    named = next((path for path in sorted(pages, key=len, reverse=True) if path in message), None)
    if named is None:
        return Problem(SETTINGS, 1, message)
    quoted = [text for text in QUOTED.findall(message) if text != named]
    lines = (_line_of(text, pages[named]) for text in quoted if text in pages[named])
    return Problem(f"docs/{named}", next(lines, 1), message)
