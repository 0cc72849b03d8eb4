"""The page's own blocks: read from text, and made into HTML."""

import pytest
from bs4 import BeautifulSoup
from markdown import Markdown

from press import Problem, blocks
from press.blocks import PageBlocks

PAGE = "docs/en/shapes/cat.md"

VERDICT = """\
/// verdict | cat
    claim: C35
    verdict: {verdict}
    cell: shapes/cat.py:dims

> The column counts must match.

Only for **2-D** tensors.

And `dim=0`.
///
"""


def scan(text: str) -> list[blocks.Written]:
    return blocks.scan(text.split("\n"), PAGE)


def convert(text: str, language: str = "en") -> BeautifulSoup:
    ours = PageBlocks(
        language,
        lambda ref: f'<svg data-of="{ref}"></svg>',
        lambda ref: (f'<div id="start">{ref}</div>', '<div id="solution"></div>'),
    )
    md = Markdown(extensions=["def_list", "toc", ours])
    return BeautifulSoup(md.convert(text), "html.parser")


def test_a_block_is_read_with_its_lines():
    """Options, content and end each have their line."""
    (block,) = scan("\n" + VERDICT.format(verdict="imprecise"))
    assert (block.name, block.argument) == ("verdict", "cat")
    assert block.options == {"claim": "C35", "verdict": "imprecise", "cell": "shapes/cat.py:dims"}
    assert (block.line, block.content, block.end) == (2, 6, 12)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "/// note\n///",
            '1: there is no block "note"; there are: question, verdict, figure, trap, exercise',
        ),
        ("a\n\n/// question\nb", "3: /// question is never closed: add /// below it"),
        (
            "/// question\na\n\n/// trap | b\nc\n///",
            "1: /// question is never closed: add /// below it",
        ),
        ("a\n///", "2: this /// closes nothing: no block is open here"),
        ("/// trap\na\n///", "1: /// trap needs argument: /// trap | …"),
        ("/// question | a\nb\n///", "1: /// question takes no argument: /// question | …"),
        (
            "/// verdict | cat\n    claim: C35\n///",
            "1: /// verdict has the options claim, verdict, cell; this one has: claim",
        ),
        (
            VERDICT.format(verdict="maybe"),
            '1: "maybe" is no verdict; there are: wrong, outdated, imprecise, typo, untested, true',
        ),
        (
            "/// exercise | Join\n    cell: shapes/cat.py:join\n///",
            '1: "shapes/cat.py:join" is no exercise; write it as exercises/shapes/cat.py:join',
        ),
        (
            VERDICT.format(verdict="true").replace("C35", "35"),
            '1: "35" is no claim; write it as C35',
        ),
    ],
)
def test_what_is_wrong_with_a_block(text, message):
    """Each message names the line and says what is meant."""
    with pytest.raises(Problem) as caught:
        scan(text)
    assert str(caught.value) == f"{PAGE}:{message}"


def test_a_question_is_one_paragraph():
    """It has the class that the look sets under a title."""
    html = convert("# T\n\n/// question\nWhich *sizes*?\n///")
    question = html.select_one("p.hb-question")
    assert question.decode_contents() == "Which <em>sizes</em>?"


@pytest.mark.parametrize(
    ("language", "seal", "head"),
    [
        ("en", "≈", "On cat\u00a0· Imprecise\u00a0· Proof: dims"),
        ("zh", "偏", "关于 cat\u00a0· 不准确\u00a0· 见证：dims"),
    ],
)
def test_a_verdict_has_a_seal_words_and_proof(language, seal, head):
    """The verdict is written out too: a seal alone says nothing to those who hear the page."""
    box = convert(VERDICT.format(verdict="imprecise"), language).select_one("section.hb-verdict")
    assert (box["id"], box["data-verdict"]) == ("c35", "imprecise")
    assert box.select_one(".hb-seal").text == seal
    assert box.select_one(".hb-verdict__head").text == head
    assert box.select_one("a")["href"] == "#shapes/cat.py:dims"


def test_a_verdict_quotes_the_notes_and_answers_below():
    """Quotation and answer are two elements: the look lays them out in two rows."""
    box = convert(VERDICT.format(verdict="true")).select_one("section")
    assert [child.name for child in box.find_all(recursive=False)] == [
        "span",
        "p",
        "blockquote",
        "div",
    ]
    assert [p.decode_contents() for p in box.div.find_all("p")] == [
        "Only for <strong>2-D</strong> tensors.",
        "And <code>dim=0</code>.",
    ]


@pytest.mark.parametrize("verdict", blocks.VERDICTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_verdict_has_its_seal_in_both_languages(verdict, language):
    """`true` too, which YAML takes for a truth value."""
    box = convert(VERDICT.format(verdict=verdict), language).select_one("section")
    assert box["data-verdict"] == verdict
    assert len(box.select_one(".hb-seal").text) == 1


def test_a_figure_shows_the_picture_of_a_cell_over_a_caption():
    """The picture comes from the cell; the page writes the caption."""
    html = convert("/// figure | shapes/cat.py:picture\nBefore and *after*.\n///")
    figure = html.select_one("figure.hb-figure")
    assert figure.select_one(".hb-figure__pics > svg")["data-of"] == "shapes/cat.py:picture"
    assert figure.figcaption.decode_contents() == "Before and <em>after</em>."


def test_a_trap_is_a_box_with_a_title():
    """Its title may hold code."""
    box = convert("/// trap | `cat` for `stack`\nA.\n\nB.\n///").select_one(".hb-trap")
    assert box.select_one(".hb-trap__head").decode_contents() == (
        "<b>Mind</b><span><code>cat</code> for <code>stack</code></span>"
    )
    assert [p.text for p in box.find_all("p")[1:]] == ["A.", "B."]


EXERCISE = """\
/// exercise | Join `a`
    cell: exercises/a.py:{name}

Write *it*.

shape
:   Count the `rows`.

order
:   First one.

    Then the other.
///
"""


@pytest.mark.parametrize(
    ("language", "title", "hint"),
    [("en", "Exercise Join a", "Hint shape"), ("zh", "练习 Join a", "提示 shape")],
)
def test_an_exercise_is_title_task_start_hints_solution(language, title, hint):
    """In this order; the anchor is the same in both languages."""
    box = convert(EXERCISE.format(name="join"), language).select_one("section.hb-exercise")
    assert box["data-exercise"] == "exercises/a.py:join"
    assert [child.name for child in box.find_all(recursive=False)] == [
        "h3",
        "p",
        "div",
        "details",
        "details",
        "div",
    ]
    assert (box.h3["id"], box.h3.text) == ("exercise-join", title)
    assert box.p.decode_contents() == "Write <em>it</em>."
    assert box.select_one("#start").text == "exercises/a.py:join"
    assert box.summary.text == hint


def test_hints_are_folded_and_named_by_their_label():
    """Whether they have one paragraph or several."""
    html = convert(EXERCISE.format(name="join"))
    shape, order = html.select("details.hb-more")
    assert (shape["data-label"], order["data-label"]) == ("shape", "order")
    assert not shape.has_attr("open")
    assert [p.decode_contents() for p in shape.select("p")] == ["Count the <code>rows</code>."]
    assert [p.text for p in order.select("p")] == ["First one.", "Then the other."]


def test_several_exercises_of_a_page_are_numbered():
    """One alone has no number."""
    html = convert(EXERCISE.format(name="join") + "\n" + EXERCISE.format(name="cut"))
    assert [h.text for h in html.select("h3")] == ["Exercise 1 Join a", "Exercise 2 Join a"]
