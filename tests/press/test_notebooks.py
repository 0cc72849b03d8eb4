"""A lesson as a notebook: what becomes of prose, blocks, cells, and their outputs."""

import re

import nbformat
import pytest

from press import notebooks, pages
from press.exercises import Exercise
from press.fences import Source
from press.snippets import Cell, Shown

SVG = '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A and B"/>'

TEXT = """\
---
description: d
---

# Joining { #cat }

/// question
Which sizes
may differ?
///

## First { #first }

See [the API](../reference/torch.md#torch.cat) and [home](../index.md){ .button }.

```python
--8<-- "shapes/cat.py:rows"
```

1.  Above.

More.

```python
--8<-- "shapes/cat.py:picture"
```

::: reference_impl.torch.cat
    options:
      show_source: false

```python
--8<-- "shapes/cat.py:mismatch"
```

```python
--8<-- "reference_impl/torch/joining.py:cat"
```

/// trap | `cat` for `stack`
A trap.
///

/// verdict | cat
    claim: C35
    verdict: imprecise
    cell: shapes/cat.py:rows

> Said.

So.
///
"""


def shown(name: str, source: str, printed: str, figure: str | None = None, **marks) -> Shown:
    return Shown(Cell("shapes/cat.py", name, 1, source, **marks), printed, figure)


JOIN = {
    role: Cell("exercises/shapes/cat.py", f"join-{role}", 1, source, fails=fails)
    for role, source, fails in (
        ("start", "joined = A", "shape"),
        ("check", 'assert joined.shape == (6, 3), "shape"', None),
        ("solution", "joined = C", None),
    )
}
EXERCISES = {
    "exercises/shapes/cat.py:join": Exercise(
        "join", JOIN["check"], ("shape",), (JOIN["start"], JOIN["solution"])
    )
}
EXERCISE = """\
# Joining { #cat }

/// exercise | Join them
    cell: exercises/shapes/cat.py:join

See [home](../index.md).

shape
:   Count.

    [Here](#cat).
///

## After { #after }
"""

SHOWN = {
    s.cell.ref: s
    for s in (
        shown("rows", "import torch\nA = 1  # (1)!\nA", "1"),
        shown("picture", "from reference_impl import draw\ndraw.cat()", "A and B", SVG),
        shown("mismatch", "cat()", "RuntimeError: no: no", raises="RuntimeError"),
        Shown(JOIN["start"], "", None),
    )
}


def notebook(language: str = "en", text: str = TEXT) -> nbformat.NotebookNode:
    written = notebooks.notebook(
        pages.read(f"docs/{language}/shapes/cat.md", text),
        SHOWN,
        EXERCISES,
        source=lambda named: Source(named.file, named.name, 7, "def cat(): ..."),
        torch="2.13.0",
        address="https://example.org/en/",
        wheel="https://example.org/engine.whl",
    )
    return nbformat.reads(written, as_version=4)


def prose(made: nbformat.NotebookNode) -> str:
    return "\n\n".join(c.source for c in made.cells if c.cell_type == "markdown")


def test_a_notebook_is_valid_and_always_the_same():
    """No random ids, so that a build changes nothing by itself."""
    made = notebook()
    nbformat.validate(made)
    assert made == notebook()
    assert [c.id for c in made.cells if c.cell_type == "code"] == [
        "cell-install",
        "cell-rows",
        "cell-picture",
        "cell-mismatch",
    ]


def test_code_has_no_annotations():
    """They name numbers that only the page explains in place."""
    code = [c.source for c in notebook().cells if c.cell_type == "code"]
    assert code[1] == "import torch\nA = 1\nA"


def test_a_first_cell_installs_the_engine_where_a_cell_needs_it():
    """A notebook of torch alone has none."""
    made = notebook()
    code = [c for c in made.cells if c.cell_type == "code"]
    assert (code[0].source, code[0].outputs) == (
        "%pip install -q https://example.org/engine.whl",
        [],
    )
    assert "The first cell installs `reference_impl`" in made.cells[0].source
    plain = notebook(text=EXERCISE)
    assert "cell-install" not in {c.id for c in plain.cells}
    assert "reference_impl" not in plain.cells[0].source


def test_both_languages_hold_the_same_code_and_outputs():
    """Only the prose differs."""
    zh, en = (
        [(c.source, c.outputs) for c in notebook(language).cells if c.cell_type == "code"]
        for language in ("zh", "en")
    )
    assert zh == en


@pytest.mark.parametrize(
    ("language", "note"), [("en", "1. `A = 1`: Above."), ("zh", "1. `A = 1`：Above.")]
)
def test_an_annotation_becomes_a_note_with_its_line(language, note):
    """The number alone would point at nothing."""
    assert note in prose(notebook(language))


def test_outputs_are_those_that_torch_printed():
    """Text as a stream, a figure as SVG, an error as an error."""
    code = [c for c in notebook().cells if c.cell_type == "code"]
    text, figure, error = (c.outputs[0] for c in code if c.outputs)
    assert (text.output_type, text.text) == ("stream", "1\n")
    assert figure.data == {"image/svg+xml": SVG, "text/plain": "A and B"}
    assert (error.ename, error.evalue) == ("RuntimeError", "no: no")


def test_a_cell_that_may_raise_does_not_end_a_run_of_all():
    """One that announces an error, and one that needs the handbook's own drawings."""
    tags = {c.id: c.metadata.get("tags") for c in notebook().cells if c.cell_type == "code"}
    assert tags == {
        "cell-install": None,
        "cell-rows": None,
        "cell-picture": ["raises-exception"],
        "cell-mismatch": ["raises-exception"],
    }


def test_prose_is_plain_markdown():
    """No ids, no blocks, no objects; the title, then what this is."""
    text = prose(notebook())
    assert text.startswith("# Joining\n\n> From PyTorch, Proven.")
    for left in ("{ #", "///", ":::", "options:", "--8<--", "description"):
        assert left not in text


def test_blocks_are_written_out():
    """The question in bold, verdict and trap with their words."""
    text = prose(notebook())
    assert "**Which sizes may differ?**" in text
    assert "**Mind · `cat` for `stack`**\n\nA trap." in text
    assert "**On cat · Imprecise** (`shapes/cat.py:rows`)\n\n> Said.\n\nSo." in text
    assert "**关于 cat · 不准确**" in prose(notebook("zh"))


def test_an_exercise_is_task_start_and_check():
    """The check fails as recorded, and does not end a run of all."""
    made = notebook(text=EXERCISE)
    title, start, check, _ = made.cells
    assert "### Exercise Join them\n\nSee [home](https://example.org/en/)." in title.source
    assert (start.source, start.outputs) == ("joined = A", [])
    assert check.source == 'assert joined.shape == (6, 3), "shape"'
    (error,) = check.outputs
    assert (error.ename, error.evalue) == ("AssertionError", "shape")
    assert check.metadata["tags"] == ["raises-exception"]


@pytest.mark.parametrize(("language", "hint", "solution"), [
    ("en", "Hint", "Solution"), ("zh", "提示", "答案"),
])  # fmt: skip
def test_hints_and_solution_of_an_exercise_are_folded_text(language, hint, solution):
    """The solution is code to read, not to run; the page goes on below."""
    last = notebook(language, EXERCISE).cells[-1]
    assert last.cell_type == "markdown"
    text = re.sub(r"https://[^)]+", "…", last.source)
    assert text == (
        f'<details class="hb-more"><summary>{hint} <code>shape</code></summary>\n\n'
        "Count.\n\n[Here](…).\n\n</details>\n\n"
        f'<details class="hb-more"><summary>{solution}</summary>\n\n'
        "```python\njoined = C\n```\n\n</details>\n\n## After"
    )


def test_links_lead_to_the_site():
    """A notebook is read elsewhere."""
    text = prose(notebook())
    assert "[the API](https://example.org/en/reference/torch/#torch.cat)" in text
    assert "[home](https://example.org/en/)" in text


def test_a_source_is_shown_and_not_run():
    """It belongs to the engine."""
    assert "```python\n# reference_impl/torch/joining.py:7\ndef cat(): ...\n```" in prose(
        notebook()
    )


def test_a_page_of_a_notebook_has_the_look_of_the_others():
    """Listings, ids and pictures as on other pages; nothing from elsewhere."""
    html = (
        "<style>a</style><script src='https://cdn/x'></script><h1 id=\"x\">Joining"
        '<a class="anchor-link" href="#x">¶</a></h1>'
        '<div class="highlight-ipynb hl-python"><pre><span></span>A\n</pre></div>'
        '<div class="clipboard-copy-txt" id="cell-1">A</div>'
        '<img alt="" src="data:image/svg+xml;base64,PHN2Zy8+">'
    )
    made = notebooks.as_page(html, pages.read("docs/en/shapes/cat.md", TEXT))
    assert "https://" not in made
    assert made.startswith('<h1 id="cat">Joining<a class="headerlink" href="#cat"')
    assert '<div class="language-python highlight"><pre><span></span><code>A\n</code></pre>' in made
    assert "clipboard" not in made
    assert made.endswith('<div class="hb-figure__pics"><svg/></div>')


NESTED = (
    '<div class="jp-Notebook"><h1>T</h1><blockquote>\n<p>From</p></blockquote>'
    '<div class="jp-Cell jp-CodeCell jp-Notebook-cell">\n'
    '<div class="jp-Cell jp-CodeCell jp-Notebook-cell" id="cell-id=cell-{}">'
    "<div>A</div></div></div>"
)


def test_cells_of_a_tutorial_run_in_place():
    """What is around them stays; a cell that no page names, such as a check, stays as it is."""
    html = NESTED.format("rows") + NESTED.format("check") + "<p>End</p></div>"
    made = notebooks.running(html, {"rows": "<div>Run</div>"})
    assert made.startswith('<div class="jp-Notebook"><h1>T</h1><div>Run</div><div')
    assert made.endswith('id="cell-id=cell-check"><div>A</div></div></div><p>End</p></div>')


def test_a_page_needs_no_cell_that_installs_the_engine():
    """It runs the cells by itself."""
    made = notebooks.running(NESTED.format("install") + "</div>", {})
    assert made == '<div class="jp-Notebook"><h1>T</h1></div>'


def test_links_of_a_page_lead_from_where_it_is():
    """So that a copy of the site leads to its own pages."""
    html = '<a href="https://a.org/b/en/shapes/cat/#c">c</a> <a href="https://a.org/other">o</a>'
    made = notebooks.at_home(html, "https://a.org/b/en/", "tutorials/sum/")
    assert made == ('<a href="../../shapes/cat/#c">c</a> <a href="https://a.org/other">o</a>')
