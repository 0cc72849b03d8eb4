"""A cell, its output and a listing as HTML, in both languages."""

import pytest
from bs4 import BeautifulSoup, Tag

from press import Problem, render
from press.exercises import Exercise
from press.fences import Source
from press.pages import Page
from press.snippets import Cell, Shown


def shown(source: str = "A  # (1)!", printed: str = "1", figure: str | None = None, **marks):
    return Shown(Cell("shapes/cat.py", "rows", 1, source, **marks), printed, figure)


def cell(given: Shown, language: str = "en") -> Tag:
    html = render.cell(given, language, digest="1a2b3c4d", torch="2.13.0")
    return BeautifulSoup(html, "html.parser").find()


SVG = '<svg role="img" aria-label="A &amp; B"><defs><g id="k"/></defs><use href="#k"/></svg>'


def test_a_cell_has_the_attributes_that_the_browser_reads():
    """The contract with the runner: state, name, digest, a named group, two buttons."""
    root = cell(shown())
    assert root["class"] == ["language-python", "highlight", "hb-cell"]
    assert {k: root[k] for k in ("data-state", "data-cell", "data-digest", "role", "id")} == {
        "data-state": "recorded",
        "data-cell": "shapes/cat.py:rows",
        "data-digest": "1a2b3c4d",
        "role": "group",
        "id": "shapes/cat.py:rows",
    }
    buttons = root.select(".hb-bar > .hb-do > button")
    assert {button["type"] for button in buttons} == {"button"}
    assert [(*button["class"], button.text) for button in buttons] == [
        ("hb-run", "Run"),
        ("hb-edit", "Edit"),
    ]


@pytest.mark.parametrize(
    ("language", "label", "run", "says", "output"),
    [
        ("zh", "代码 shapes/cat.py:rows", "运行", "torch 2.13.0 的输出", "输出 shapes/cat.py:rows"),
        (
            "en",
            "Code shapes/cat.py:rows",
            "Run",
            "Output of torch 2.13.0",
            "Output shapes/cat.py:rows",
        ),
    ],
)
def test_a_cell_speaks_the_language_of_its_page(language, label, run, says, output):
    """Names for the ear, button and state."""
    root = cell(shown(), language)
    assert root["aria-label"] == label
    assert root.select_one(".hb-run").text == run
    assert root.select_one("p.hb-state[role=status] > b").text == says
    assert root.select_one(".hb-out pre")["aria-label"] == output


def test_the_code_is_where_material_looks_for_annotations():
    """A comment stays in the code, which is a `pre > code` right inside `.highlight`."""
    code = cell(shown()).select_one(":scope > pre > code")
    assert code.text == "A  # (1)!\n"
    assert code.select_one(".c1").text == "# (1)!"


def test_the_output_can_be_reached_and_scrolled():
    """It is text, escaped, and focusable."""
    pre = cell(shown(printed="<b> & 'c'")).select_one(".hb-out > pre")
    assert (pre.text, pre["tabindex"], pre["role"]) == ("<b> & 'c'", "0", "group")
    assert pre.get("class") is None


def test_an_announced_error_wraps_and_its_type_is_marked():
    """What was printed before it stands above it."""
    given = shown(printed="before\nRuntimeError: a: b\nmore", raises="RuntimeError")
    pre = cell(given).select_one(".hb-out > pre")
    assert pre["class"] == ["hb-wrap"]
    assert pre.text == "before\nRuntimeError: a: b\nmore"
    assert pre.select_one(".hb-type").text == "RuntimeError"


def test_a_warning_wraps():
    """It is a sentence, which nobody wants to scroll sideways."""
    pre = cell(shown(printed="UserWarning: once\ntensor(1)")).select_one(".hb-out > pre")
    assert pre["class"] == ["hb-wrap"]


def test_figures_of_the_build_are_filled_in():
    """An empty element with `data-count` gets the number; one that has text keeps it."""
    page = Page("docs/en/index.md", "en", "index.md", "")
    html = '<b data-count="cells"></b> <b data-count="cells">7</b>'
    filled = render.counted(html, {"cells": 131}, page)
    assert filled == '<b data-count="cells">131</b> <b data-count="cells">7</b>'


def test_an_unknown_figure_is_told_with_its_line():
    """And with those that there are."""
    text = '# Home\n\n<b data-count="cell"></b>'
    with pytest.raises(Problem) as told:
        render.counted(text, {"cells": 1, "engines": 3}, Page("docs/en/a.md", "en", "a.md", text))
    said = 'docs/en/a.md:3: no figure is called "cell"; there are: cells, engines'
    assert str(told.value) == said


def test_an_error_without_a_message_is_its_type_alone():
    """Python prints no colon then."""
    pre = cell(shown(printed="KeyboardInterrupt\n", raises="KeyboardInterrupt")).select_one(
        "pre.hb-wrap"
    )
    assert (pre.text, pre.select_one(".hb-type").text) == ("KeyboardInterrupt",) * 2


def test_an_error_is_not_sought_in_a_cell_that_announces_none():
    """A cell may print such a line."""
    assert cell(shown(printed="RuntimeError: a")).select_one(".hb-type") is None


def test_a_figure_stands_inline_without_its_alternative_as_text():
    """The picture has the sentence as its label; ids in it are the cell's own."""
    out = cell(shown(printed="A & B", figure=SVG)).select_one(".hb-out")
    assert out.find("pre") is None
    svg = out.select_one(".hb-figure__pics > svg")
    assert svg["aria-label"] == "A & B"
    assert svg.select_one("g")["id"] == "shapes-cat-py-rows-k"
    assert svg.select_one("use")["href"] == "#shapes-cat-py-rows-k"


@pytest.mark.parametrize(("language", "words"), [("zh", "叶子"), ("en", "leaf")])
def test_a_figure_speaks_the_language_of_its_page(language, words):
    """A word of `draw` does; a name, which is bold, is the code's."""
    svg = '<svg><text x="1">leaf</text><text x="1" font-weight="700">leaf</text></svg>'
    texts = BeautifulSoup(render.figure(svg, "a", language), "html.parser").find_all("text")
    assert [text.text for text in texts] == [words, "leaf"]


def test_text_before_a_figure_is_kept():
    """Only the last line is the figure's."""
    out = cell(shown(printed="hello\nA & B", figure=SVG)).select_one(".hb-out")
    assert [child.name for child in out.find_all(recursive=False)] == ["pre", "div"]
    assert out.pre.text == "hello"


@pytest.mark.parametrize(("language", "words"), [("zh", "没有输出"), ("en", "No output")])
def test_a_silent_cell_says_so(language, words):
    """An empty box would look like a mistake."""
    assert cell(shown(printed=""), language).select_one(".hb-out .hb-none").text == words


@pytest.mark.parametrize(
    ("language", "says"),
    [("zh", "只在 torch 上运行"), ("en", "Runs on torch only")],
)
def test_a_cell_for_torch_only_has_no_button(language, says):
    """It says where it runs; the page says why."""
    root = cell(shown(torch_only="needs two processes"), language)
    assert root["data-state"] == "only"
    assert root.select("button") == []
    assert root.select_one(".hb-mark").text == "t"
    assert root.select_one(".hb-state > b").text == says


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ("a = 1  # (1)!\nb = 2 # (2)\nc  # why", "a = 1\nb = 2\nc  # why"),
        ('print("# (1)! no")', 'print("# (1)! no")'),
        ("# (1)!\na", "\na"),
    ],
)
def test_code_without_annotations(source, bare):
    """Only a comment that is nothing but a mark is left out."""
    assert render.bare(source) == bare


def test_a_listing_names_file_and_line():
    """It has no bar and no output."""
    html = render.source(
        Source("reference_impl/torch/joining.py", "cat", 40, "def cat(): ..."), "en"
    )
    root = BeautifulSoup(html, "html.parser").find()
    assert root["class"] == ["language-python", "highlight", "hb-source"]
    assert root["aria-label"] == "Source reference_impl/torch/joining.py:cat"
    assert root.select_one(".hb-name").text == "reference_impl/torch/joining.py:40"
    assert root.select_one("pre > code").text == "def cat(): ...\n"


def test_a_long_listing_is_folded():
    """The reader opens it."""
    text = "\n".join(f"a{n} = {n}" for n in range(render.LONG + 1))
    html = render.source(Source("reference_impl/torch/a.py", "a", 1, text), "zh")
    root = BeautifulSoup(html, "html.parser").find()
    assert (root.name, root["class"]) == ("details", ["hb-more"])
    assert root.summary.text == "源代码 a"


def test_a_console_says_why_it_was_not_run():
    """One that was run says nothing."""
    why = BeautifulSoup(render.console("$ ls", "en", reason="no network"), "html.parser")
    assert why.select_one("code").text == "$ ls\n"
    assert why.select_one(".hb-why").text == "Not run: no network"
    assert "hb-why" not in render.console("$ ls", "en")


def test_an_option_in_a_console_stays_in_one_piece():
    """It is marked, so that no line breaks at its hyphens; an address is not."""
    block = BeautifulSoup(render.console("pip --index-url https://a.b/c--d", "en"), "html.parser")
    assert [option.text for option in block.select(".hb-option")] == ["--index-url"]
    assert block.select_one("code").text == "pip --index-url https://a.b/c--d\n"


def test_what_torch_prints_is_kept_apart():
    """Text, alternative and error of a cell, of which the recorded form is one text."""
    given = shown(printed="x\nA & B\nRuntimeError: y\n", figure=SVG, raises="RuntimeError")
    assert render.parts(given) == ("x", "A & B", "RuntimeError: y")


def exercise(fails: str) -> Exercise:
    cells = {
        role: Cell("exercises/a.py", f"join-{role}", 1, f"{role} = 1", fails=label)
        for role, label in (("start", fails), ("check", None), ("solution", None))
    }
    labels = ("shape", "order", "dtype")
    return Exercise("join", cells["check"], labels, (cells["start"], cells["solution"]))


def start(language: str = "en", fails: str = "order", printed: str = "") -> Tag:
    one = exercise(fails)
    given = Shown(one.start, printed, None)
    html = render.start(one, given, language, digest="1a2b3c4d")
    return BeautifulSoup(html, "html.parser").find()


def test_the_start_of_an_exercise_is_a_cell_with_the_name_of_its_file():
    """What is run is the check."""
    root = start()
    assert "hb-cell" in root["class"]
    assert (root["data-state"], root["data-digest"]) == ("recorded", "1a2b3c4d")
    assert root["aria-label"] == "Code exercises/a.py:join"
    assert root.select_one(".hb-name").text == "exercises/a.py"
    assert root.pre.text.strip() == "start = 1"
    assert [button.text for button in root.select(".hb-do > button")] == ["Check", "Edit"]
    assert root.select(".hb-out pre") == []


def test_the_start_of_an_exercise_may_print_something():
    """Above its checks."""
    assert [child.name for child in start(printed="1\n").select_one(".hb-out").children] == [
        "pre",
        "ul",
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Passed shape", "Failed order", "Not reached dtype"]),
        ("zh", ["通过 shape", "未通过 order", "还没查到 dtype"]),
    ],
)
def test_a_check_has_a_line_for_each_label(language, words):
    """It ends at the first that fails: what comes before has passed, what comes after is open."""
    lines = start(language).select("ul.hb-checks > li")
    assert [(li["data-check"], li["data-label"]) for li in lines] == [
        ("pass", "shape"),
        ("fail", "order"),
        ("later", "dtype"),
    ]
    assert [li.find_all("span", recursive=False)[1].text for li in lines] == words


def test_a_solution_is_folded():
    """Its code is in the page: it can be read without JavaScript."""
    html = BeautifulSoup(render.solution(exercise("shape"), "zh"), "html.parser").details
    assert (html.summary.text, html.code.text.strip()) == ("答案", "solution = 1")
    assert not html.has_attr("open")
