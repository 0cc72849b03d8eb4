"""The errors that the handbook explains, and the patterns by which the browser finds them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from press import errors, pages
from press.outputs import Shown
from press.percent import Cell
from press.snippets import Library

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def explained(library: Library) -> list[errors.Explained]:
    """What the handbook's own page explains."""
    return errors.explained(pages.read_all(ROOT)["en"][errors.PAGE], library.shown)


def found(explained: list[errors.Explained], kind: str, message: str) -> list[str]:
    """Return the anchors that the browser would find."""
    return [e.anchor for e in explained if e.type == kind and re.search(e.pattern, message)]


def announced(library: Library) -> dict[str, tuple[str, str]]:
    """Return type and text of every error that a cell announces."""
    return {ref: errors.error(shown) for ref, shown in library.shown.items() if shown.cell.raises}


def test_every_error_of_a_lesson_is_explained_once(library, explained):
    """So one never gets two explanations, nor none where a lesson raises it."""
    anchors = {ref: found(explained, *raised) for ref, raised in announced(library).items()}
    assert len(anchors) > 60
    assert {ref: listed for ref, listed in anchors.items() if len(listed) != 1} == {}


def test_another_text_is_not_explained(library, explained):
    """Neither one with a word before, behind or in place of another, nor another type."""
    for kind, message in announced(library).values():
        word = re.search(r"[a-z]{4,}(?= )", message)
        other = message[: word.start()] + "another" + message[word.end() :] if word else ""
        for mutant in (f"not {message}", f"{message} again", other):
            assert found(explained, kind, mutant) == []
        assert found(explained, "LookupError", message) == []


def test_both_languages_explain_the_same(library, explained):
    """A browser looks into one file, and adds the language to the address."""
    chinese = pages.read_all(ROOT)["zh"][errors.PAGE]
    assert errors.explained(chinese, library.shown) == explained


@pytest.mark.parametrize(
    ("recorded", "other"),
    [
        ("got 2 and -1 of [2, 3]", "got 10 and 3 of []"),
        ("shapes (3x4 and 2x1)", "shapes (10x1x2 and 5x5)"),
        ("shape '[4, 2]' is invalid", "shape '[-1]' is invalid"),
        ('Missing: "a", "b". ', 'Missing: "a.weight". '),
        ("but got Double and Float", "but got Long and BFloat16"),
        ("a torch.FloatTensor instead", "a torch.LongTensor instead"),
        ("on device meta is", "on device cuda:1 is"),
        ("cannot assign module before", "cannot assign parameters before"),
        ("loading for Linear:\n\tfor a: 1\n\tfor b: 2", "loading for Net:\n\tfor x.y: 3"),
        ("(dtype=long int, device=cpu)", "(dtype=float, device=cpu)"),
    ],
)
def test_what_varies_may_be_anything(recorded, other):
    """Numbers, shapes, names, types and devices; lines of one kind may be more or fewer."""
    assert re.search(errors.pattern(recorded), recorded)
    assert re.search(errors.pattern(recorded), other)


def test_what_is_special_in_patterns_is_meant_literally():
    """In Python and JavaScript, whose patterns differ in little else."""
    text = r"a.b (c) {d} ^e$ f|g? h* i+ \j /k"
    assert re.fullmatch(errors.pattern(text), text)
    assert errors.pattern("a/b.c") == r"^a\/b\.c$"


def shown(name: str, printed: str, raises: str | None = "ValueError") -> Shown:
    return Shown(Cell("a/b.py", name, 1, "1", raises), printed, None)


PAGE = """\
# Errors { #errors }

## First { #first }

```python
--8<-- "a/b.py:one"
```

```python
--8<-- "a/b.py:fixed"
```

[A lesson](../a/b.md#a/b.py:two), [its heading](../a/b.md#three)

## Second { #second }

```python
--8<-- "a/b.py:three"
```
"""


def test_an_error_belongs_to_the_heading_above_it():
    """So does the error of a cell that the section links; the same pattern is listed once."""
    cells = {
        "a/b.py:one": shown("one", "first\nValueError: one 1\n"),
        "a/b.py:fixed": shown("fixed", "1\n", None),
        "a/b.py:two": shown("two", "ValueError: two\nand more\n"),
        "a/b.py:three": shown("three", "ValueError: one 3\n"),
    }
    page = pages.read("docs/en/reference/errors.md", PAGE)
    listed = errors.explained(page, cells)
    number = r"-?\d+(?:\.\d+)?"
    assert listed == [
        errors.Explained("ValueError", f"^one {number}$", "first"),
        errors.Explained("ValueError", r"^two\nand more$", "first"),
    ]
    assert json.loads(errors.listed(listed))[1] == {
        "type": "ValueError",
        "pattern": "^two\\nand more$",
        "anchor": "first",
    }


def test_a_handbook_without_the_page_explains_nothing():
    """The browser finds an empty list, and no link."""
    assert errors.listed(errors.explained(None, {})) == "[]"
