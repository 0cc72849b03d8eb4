"""Pages, taken apart."""

from press import pages

ZH = "docs/zh/a.md"

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


def test_a_page_is_taken_apart():
    """Front matter is no prose; everything found has its line."""
    page = pages.read(ZH, TEXT)
    assert [(h.text, h.id, h.line) for h in page.headings] == [
        ("A", "a", 5),
        ("First", "first", 11),
    ]
    assert page.cells == {"a.py:rows": 13}
    assert [(o.name, o.line) for o in page.objects] == [("reference_impl.torch.cat", 19)]
    assert page.ids == {"a", "first", "c35", "torch.cat", "a.py:rows"}
    assert (page.language, page.path, page.title) == ("zh", "a.md", "A")


EXERCISE = """\
# A { #a }

/// exercise | Join `a`
    cell: exercises/a.py:join

Write it.

Twice.

shape
:   Count the rows.

order
:   First one.

    Then the other.

///

## Last { #last }
"""


def test_an_exercise_is_read_with_its_hints():
    """Each hint has its label, and the lines from there to its last word."""
    page = pages.read("docs/en/a.md", EXERCISE)
    ((block,), (shape, order)) = page.exercises, page.exercises[0].hints
    assert (block.argument, block.id, block.content) == ("Join `a`", "exercise-join", 5)
    assert (shape.label, shape.line, shape.end) == ("shape", 10, 11)
    assert (order.label, order.line, order.end) == ("order", 13, 16)
    assert page.ids == {"a", "exercise-join", "last"}


def test_the_title_of_an_exercise_is_a_title_of_the_page():
    """It stands in the table of contents, in the page's language."""
    page = pages.read("docs/zh/a.md", EXERCISE)
    assert [(h.level, h.text, h.id) for h in page.titles] == [
        (1, "A", "a"),
        (3, "练习 Join `a`", "exercise-join"),
        (2, "Last", "last"),
    ]


def test_a_page_that_is_not_utf8(tmp_path):
    """The line of the first byte that is not."""
    (tmp_path / "docs/zh").mkdir(parents=True)
    (tmp_path / ZH).write_bytes("# A { #a }\n\n拼接".encode("gbk"))
    problems = pages.read_all(tmp_path)["zh"]["a.md"].problems
    assert [str(p) for p in problems] == [f"{ZH}:3: this is not UTF-8: save it as UTF-8"]
