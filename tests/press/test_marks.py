"""Marks in code: each has its note below the cell, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from press import pages, percent
from press.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
MARK = re.compile(r"# \((\d+)\)!")
NOTE = re.compile(r"(\d+)\. ")


def notes(lines: list[str]) -> list[str]:
    """Return the numbers of the list that begins a text; blank and indented lines are within it."""
    found = []
    for line in lines:
        if note := NOTE.match(line):
            found.append(note[1])
        elif line.strip() and not line.startswith(" "):
            break
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mark_has_a_note(language):
    """A mark without one would stand in the code as a comment; a note without one, as a list."""
    cells = {
        cell.ref: cell.source
        for file in percent.list_files(ROOT)
        for cell in percent.read(ROOT, file).cells
    }
    wrong = []
    for page in pages.read_all(ROOT)[language].values():
        ends = {fence.line: fence.end for fence in page.fences}
        lines = page.text.split("\n")
        for line, include in page.includes.items():
            marks = MARK.findall(cells.get(include.ref, ""))
            if not include.is_source and marks != notes(lines[ends[line] :]):
                wrong.append(f"{page.file}:{line}: {include.ref} has marks {marks}")
    assert wrong == []
