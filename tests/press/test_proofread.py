"""What is wrong with pages by themselves, and with the Chinese one against the English one."""

from pathlib import Path

import pytest

from press import pages, proofread

ZH, EN = "docs/zh/a.md", "docs/en/a.md"

TEXT = """\
---
description: d
---

# A { #a }

/// question
Q?
///

## First { #first }

```python
--8<-- "a.py:rows"
```

1.  A note.

::: reference_impl.torch.cat

/// verdict | cat
    claim: C35
    verdict: true
    cell: a.py:rows

> Said.

So.
///
"""


def found(tmp_path: Path, *, zh: str = TEXT, en: str = TEXT, **known) -> list[str]:
    """Return what is wrong with a pair of pages."""
    for language, text in (("zh", zh), ("en", en)):
        folder = tmp_path / "docs" / language
        folder.mkdir(parents=True, exist_ok=True)
        if text:
            (folder / "a.md").write_text(text, "utf-8")
    known = {
        "cells": {"a.py": ["rows", "columns"]},
        "objects": ["reference_impl.torch.cat", "reference_impl.torch.stack"],
        "generated": {"reference/torch.md": {"api", "torch.cat"}},
        "exercises": {"exercises/a.py:join": ["shape", "order"]},
    } | known
    return [str(p) for p in proofread.check(tmp_path, pages.read_all(tmp_path), **known)]


def swap(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def test_a_pair_that_agrees_has_nothing_wrong(tmp_path):
    """Prose may differ as it likes."""
    assert found(tmp_path, zh=swap("A note.", "一个注释。")) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "## First { #first }",
            "## First",
            '11: the heading "First" has no id: end it in { #id }, the same in both languages',
        ),
        ("## First { #first }", "## First { #a }", '11: the id "a" is on this page twice'),
        (
            "## First { #first }",
            "First\n-----",
            "12: write headings with #, so that they can have an id",
        ),
        (
            'a.py:rows"\n',
            'a.py:row"\n',
            '13: snippets/a.py has no cell "row"; it has: rows, columns',
        ),
        (
            "    cell: a.py:rows",
            "    cell: a.py:columns",
            "21: this page does not show the cell a.py:columns; it shows: a.py:rows",
        ),
        (
            "::: reference_impl.torch.cat",
            "::: reference_impl.torch.cta",
            "19: there is no reference_impl.torch.cta; is it reference_impl.torch.cat?",
        ),
        (
            "```python",
            "```pythn",
            '13: this fence names a cell, but its language is "pythn": write python',
        ),
        (
            "```python",
            "```py",
            "13: a py fence is not run: write python, and name a cell",
        ),
        ("So.", "[x](b.md)", '28: the link "b.md" leads nowhere; is it a.md?'),
        (
            "So.",
            "[x](#frist)",
            '28: the link "#frist" leads nowhere: a.md has no #frist; is it #first?',
        ),
        (
            "So.",
            "[x](reference/torch.md#torch.cta)",
            '28: the link "reference/torch.md#torch.cta" leads nowhere: '
            "reference/torch.md has no #torch.cta; is it #torch.cat?",
        ),
        ("So.", "[x](/a.md)", '28: the link "/a.md" is absolute: write it relative to this page'),
        (
            "So.",
            '<a href="a.md">x</a>',
            '28: the link "a.md" is HTML: write it as [text](a.md)',
        ),
    ],
)
def test_what_is_wrong_with_a_page(tmp_path, old, new, message):
    """One mistake is told once, for the page that has it, though its twin now differs."""
    assert found(tmp_path, zh=swap(old, new)) == [f"{ZH}:{message}"]


@pytest.mark.parametrize(
    "link",
    ["a.md", "a.md#first", "#c35", "#a.py:rows", "#torch.cat", "reference/torch.md#api",
     "https://pytorch.org/x", "`[x](nowhere.md)`", "<!-- [x](nowhere.md) -->"],
)  # fmt: skip
def test_links_that_lead_somewhere(tmp_path, link):
    """To pages, headings, verdicts, cells, notes, generated pages; code is no link."""
    said = link if link[0] in "`<" else f"[x]({link})"
    text = swap("So.", said)
    assert found(tmp_path, zh=text, en=text) == []


def test_a_link_to_what_one_twin_lacks_is_no_second_mistake(tmp_path):
    """The other page of the same language links to an id that has another name now."""
    for language in ("zh", "en"):
        (tmp_path / "docs" / language).mkdir(parents=True)
        (tmp_path / "docs" / language / "b.md").write_text("# B { #b }\n\n[a](a.md#first)\n")
    (told,) = found(tmp_path, en=TEXT.replace("#first", "#last"))
    assert told.startswith(f"{ZH}:11: heading 2 differs from its twin")
    (tmp_path / EN).unlink()
    (told,) = found(tmp_path, en="")
    assert told.startswith(f"{ZH}:1: this page has no twin")


def test_a_page_without_a_twin(tmp_path):
    """The message says which file to write."""
    assert found(tmp_path, en="") == [f"{ZH}:1: this page has no twin: write docs/en/a.md"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "{ #first }",
            "{ #frist }",
            f"11: heading 2 differs from its twin: here ## #frist, in {EN}:11 ## #first",
        ),
        (
            "## First",
            "### First",
            f"11: heading 2 differs from its twin: here ### #first, in {EN}:11 ## #first",
        ),
        (
            "::: reference_impl.torch.cat",
            "::: reference_impl.torch.stack",
            "19: object 1 differs from its twin: here ::: reference_impl.torch.stack, "
            f"in {EN}:19 ::: reference_impl.torch.cat",
        ),
        (
            "::: reference_impl.torch.cat\n",
            "",
            f"19: object ::: reference_impl.torch.cat is missing in {ZH}",
        ),
        (
            "verdict: true",
            "verdict: wrong",
            "21: block 2 differs from its twin: here /// verdict cell: a.py:rows claim: C35 "
            f"verdict: wrong, in {EN}:21 /// verdict cell: a.py:rows claim: C35 verdict: true",
        ),
    ],
)
def test_what_differs_between_twins(tmp_path, old, new, message):
    """The message names both lines; what is missing is named where it still is."""
    file = EN if "is missing" in message else ZH
    assert found(tmp_path, zh=swap(old, new)) == [f"{file}:{message}"]


def test_fences_that_differ_between_twins(tmp_path):
    """Both show a cell that exists; they do not show the same."""
    zh = TEXT.replace("a.py:rows", "a.py:columns")
    assert found(tmp_path, zh=zh)[0] == (
        f'{ZH}:13: fence 1 differs from its twin: here python --8<-- "a.py:columns", '
        f'in {EN}:13 python --8<-- "a.py:rows"'
    )


def test_a_snippet_with_errors_of_its_own_brings_none_on_its_page(tmp_path):
    """One mistake in a snippet gives one error."""
    assert found(tmp_path, cells={}, broken={"a.py"}) == []


def test_a_cell_may_be_shown_once(tmp_path):
    """Its anchor would be there twice."""
    again = swap("1.  A note.", '1.  A note.\n\n```python\n--8<-- "a.py:rows"\n```')
    assert found(tmp_path, zh=again, en=again) == [
        f"{file}:19: a.py:rows is shown already, on line 13" for file in (EN, ZH)
    ]


EXERCISE = """\
# A { #a }

/// exercise | Join
    cell: exercises/a.py:join

Write it.

shape
:   Count.

order
:   Look.
///
"""


def test_exercises_that_agree(tmp_path):
    """Titles, tasks and hints may differ as they like."""
    zh = EXERCISE.replace("Join", "拼接").replace("Count.", "数一数。")
    assert found(tmp_path, zh=zh, en=EXERCISE) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "a.py:join",
            "a.py:joni",
            "3: there is no exercise exercises/a.py:joni; there are: exercises/a.py:join",
        ),
        (
            "order\n:   Look.\n",
            "",
            '3: there is no hint for "order", which exercises/a.py:join can fail with: '
            'write the label on a line, and below it ":   …"',
        ),
        (
            "order\n:   Look.\n",
            "order\n:   Look.\n\ndtype\n:   Cast.\n",
            '14: no check of exercises/a.py:join is called "dtype"; there are: shape, order',
        ),
        (
            "order\n:   Look.\n",
            "order\n:   Look.\n\norder\n:   Look again.\n",
            '14: "order" has a hint already',
        ),
        (
            "order\n:   Look.",
            ":   Look.",
            "11: a hint stands right below its label, alone on a line after a blank one",
        ),
        (
            "order\n:   Look.",
            "Mind:\norder\n:   Look.",
            "13: a hint stands right below its label, alone on a line after a blank one",
        ),
        ("# A { #a }", "# A { #exercise-join }", '3: the id "exercise-join" is on line 1 already'),
    ],
)
def test_what_is_wrong_with_an_exercise(tmp_path, old, new, message):
    """At its line, or at the line of the hint."""
    assert EXERCISE.count(old) == 1
    assert found(tmp_path, zh=EXERCISE.replace(old, new), en=EXERCISE) == [f"{ZH}:{message}"]


def test_exercises_that_differ_between_twins(tmp_path):
    """Both are there; they are not the same."""
    known = {"exercises/a.py:join": ["shape", "order"], "exercises/a.py:cut": ["shape", "order"]}
    en = EXERCISE.replace("a.py:join", "a.py:cut")
    assert found(tmp_path, zh=EXERCISE, en=en, exercises=known) == [
        f"{ZH}:3: block 1 differs from its twin: here /// exercise cell: exercises/a.py:join "
        f"shape : order :, in {EN}:3 /// exercise cell: exercises/a.py:cut shape : order :"
    ]


def test_an_exercise_with_errors_of_its_own_brings_none_on_its_page(tmp_path):
    """One mistake gives one error."""
    told = found(tmp_path, zh=EXERCISE, en=EXERCISE, exercises={}, broken={"exercises/a.py"})
    assert told == []


def test_a_part_of_an_exercise_is_no_cell_of_a_page(tmp_path):
    """The message says how an exercise is shown."""
    text = TEXT.replace('"a.py:rows"', '"exercises/a.py:join-start"').replace(
        "cell: a.py:rows", "cell: a.py:columns"
    )
    assert found(tmp_path, zh=text, en=text)[-1] == (
        f"{ZH}:13: an exercise is no python fence but a block: /// exercise | its title, and below "
        "it cell: exercises/a.py:join"
    )
