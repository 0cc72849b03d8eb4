"""A cell, its output, its picture, and a listing of source, as HTML.

The markup is the one that `web/` drives: `.hb-cell` with a name, the code, the bar and the output.
It stands inside Material's own `.highlight`, so that copying and annotations keep working.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from pygments import format, highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import BashSessionLexer, PythonConsoleLexer, PythonLexer
from pygments.token import Name, Operator, Punctuation, Text, Whitespace

from press import Problem, pictures
from press.fences import Source
from press.words import drawn, word

if TYPE_CHECKING:
    from press.exercises import Exercise
    from press.pages import Page
    from press.percent import Cell
    from press.snippets import Shown

# An annotation as Material has it: `# (1)!`, alone in its comment.
ANNOTATION = re.compile(r"[ \t]*# \(\d+\)!?[ \t]*$", re.MULTILINE)
COUNT = re.compile(r'<\w+ data-count="(?P<name>[^"]*)">(?=</)')
WARNING = re.compile(r"^\w*Warning: ", re.MULTILINE)
SAID = re.compile(r"(<text(?![^>]* font-weight=)[^>]*>)([a-z ]+)<")
LABEL = re.compile(r'<svg[^>]*?\saria-label="([^"]*)"')

# An option of a command, which a narrow page must not break at its hyphens.
OPTION = re.compile(r"(?<![\w-])--[a-z][\w-]*")

# Tokens that look like others: names are plain, and what joins them has one ink.
INKS = {
    **dict.fromkeys((Name, Name.Function, Name.Class, Name.Namespace, Name.Exception), Text),
    Name.Function.Magic: Text,
    Whitespace: Text,
    Punctuation: Operator,
}

LONG = 60  # lines of a listing that is folded at first

# Words that search leaves out. Only on elements that hold no other of their name: the theme ends an
# exclusion at the first end tag of that name.
UNSEARCHED = 'data-search-exclude="true"'

# A line of a check: for the label that fails (0), one after it, one before it.
CHECKED = (("fail", "×", "failed"), ("later", "–", "unchecked"), ("pass", "=", "passed"))

# The buttons of a cell: class and icon, by the word that each is named with.
BUTTONS = {
    "run": ("hb-run", "M3 1.5v13l11-6.5z"),
    "check": ("hb-run", "M3 1.5v13l11-6.5z"),
    "edit": ("hb-edit", "M11.2 1.2 14.8 4.8 5.2 14.4 1 15l.6-4.2z"),
}


def bare(source: str) -> str:
    """Return code without its annotations, as it is copied, run and put in notebooks."""
    return ANNOTATION.sub("", source)


@lru_cache(maxsize=4096)
def python(source: str) -> str:
    """Return Python as highlighted HTML, with the class names that Material colours."""
    return _coloured(source, PythonLexer(stripnl=False))


@lru_cache(maxsize=4096)
def session(text: str) -> str:
    """Return `>>>` examples as highlighted HTML."""
    return _coloured(text, PythonConsoleLexer())


def _coloured(source: str, lexer: Lexer) -> str:
    """Return code with an element for each run of one ink, and none for what is plain ink.

    A page has thousands of tokens, and a browser styles every element of a page several times.
    """
    tokens = ((INKS.get(kind, kind), text) for kind, text in lexer.get_tokens(source))
    return format(tokens, HtmlFormatter(nowrap=True)).rstrip("\n")


def parts(shown: Shown) -> tuple[str, str, str]:
    """Return what a cell printed in three: text, the alternative of its figure, its error.

    The recorded form joins them by newlines; the error begins with the type that the cell's
    marker announces.
    """
    text, alt, error = shown.printed.removesuffix("\n"), "", ""
    if shown.cell.raises:
        lines = re.finditer(rf"^{re.escape(shown.cell.raises)}(?::|$)", text, re.MULTILINE)
        at = max((line.start() for line in lines), default=len(text))
        text, error = text[:at].removesuffix("\n"), text[at:]
    if shown.figure:
        label = LABEL.search(shown.figure)
        alt = html.unescape(label[1]) if label else ""
        if alt and text.endswith(alt):
            text = text.removesuffix(alt).removesuffix("\n")
    return text, alt, error


def figure(svg: str, ref: str, language: str) -> str:
    """Return a picture for the page: in its language, its ids made its own by the cell's name."""
    svg = worded(svg, language)
    prefix = re.sub(r"\W+", "-", ref)
    ids = set(re.findall(r'\sid="([^"]+)"', svg))
    for name in sorted(ids, key=len, reverse=True):
        new = f"{prefix}-{name}"
        svg = svg.replace(f' id="{name}"', f' id="{new}"')
        svg = svg.replace(f"url(#{name})", f"url(#{new})").replace(f'"#{name}"', f'"#{new}"')
    return svg


def worded(svg: str, language: str) -> str:
    """Return a picture with its words in a language.

    These are what `draw` itself writes into a picture, and what it says in the picture's place;
    names, which are bold, are the code's.
    """
    if language == "zh":
        svg = LABEL.sub(_in_chinese, svg, count=1)
    said = drawn(language)
    return SAID.sub(lambda text: f"{text[1]}{said.get(text[2], text[2])}<", svg)


def _in_chinese(label: re.Match[str]) -> str:
    said = html.escape(pictures.chinese(html.unescape(label[1])))
    return f'{label[0][: label.start(1) - label.start()]}{said}"'


def counted(html: str, counts: Mapping[str, int], page: Page) -> str:
    """Return a page's HTML with its empty `<b data-count="cells"></b>` filled.

    Args:
        html: What Markdown made of the page.
        counts: The figures of this build, by name.
        page: The page, for the error.

    Raises:
        Problem: It asks for a figure that there is not.
    """

    def fill(found: re.Match[str]) -> str:
        if found["name"] not in counts:
            known = ", ".join(counts)
            line = 1 + page.text[: page.text.find(found[0])].count("\n")
            said = f'no figure is called "{found["name"]}"; there are: {known}'
            raise Problem(page.file, line, said)
        return f"{found[0]}{counts[found['name']]}"

    return COUNT.sub(fill, html)


def output(shown: Shown, language: str) -> str:
    """Return the inside of `.hb-out`: what torch printed, its figure, its error."""
    ref = shown.cell.ref
    text, _, error = parts(shown)
    label = html.escape(f"{word(language, 'output')} {ref}")
    blocks = []
    if text or error or not shown.figure:
        wrap = ' class="hb-wrap"' if error or WARNING.search(text) else ""
        inside = html.escape(text) + ("\n" if text and error else "")
        if error:
            kind, colon, message = error.partition(":")
            inside += f'<span class="hb-type">{html.escape(kind)}</span>'
            inside += f"{colon}{html.escape(message)}"
        if not inside:
            inside = f'<span class="hb-none">{word(language, "silent")}</span>'
        blocks.append(f'<pre{wrap} tabindex="0" role="group" aria-label="{label}">{inside}</pre>')
    if shown.figure:
        blocks.append(f'<div class="hb-figure__pics">{figure(shown.figure, ref, language)}</div>')
    return "".join(blocks)


def cell(shown: Shown, language: str, *, digest: str, torch: str) -> str:
    """Return a cell: its name, code, bar and recorded output.

    Args:
        shown: The cell, and what torch printed for it.
        language: `zh` or `en`.
        digest: Eight hexadecimal digits of the snippet, by which the browser finds its code.
        torch: The version whose output this is.
    """
    ref = html.escape(shown.cell.ref)
    if shown.cell.torch_only:
        state, mark, says = "only", "t", word(language, "only")
        buttons = ""
    else:
        said = "drawn" if shown.figure else "recorded"
        state, mark, says = "recorded", "", word(language, said, version=torch)
        buttons = _buttons(language, "run", "edit")
    return (
        f'<div class="language-python highlight hb-cell" id="{ref}" data-state="{state}"'
        f' data-cell="{ref}" data-digest="{digest}" role="group"'
        f' aria-label="{word(language, "code")} {ref}">'
        f'<div class="hb-name" {UNSEARCHED}><span>{ref}</span></div>'
        f"{_code(shown.cell)}{_bar(buttons, mark, says)}"
        f'<div class="hb-out">{output(shown, language)}</div></div>'
    )


def _code(cell: Cell) -> str:
    return f"<pre><span></span><code>{python(cell.source)}\n</code></pre>"


def _buttons(language: str, *names: str) -> str:
    return "".join(
        f'<button type="button" class="{kind}" {UNSEARCHED}>'
        f'<svg viewBox="0 0 16 16" aria-hidden="true"><path d="{icon}"/></svg>'
        f"{word(language, name)}</button>"
        for name in names
        for kind, icon in (BUTTONS[name],)
    )


def _bar(buttons: str, mark: str, says: str) -> str:
    return (
        f'<div class="hb-bar"><div class="hb-do">{buttons}</div>'
        f'<p class="hb-state" role="status" {UNSEARCHED}>'
        f'<span class="hb-mark" aria-hidden="true">{mark}</span>'
        f"<b>{html.escape(says)}</b></p></div>"
    )


def start(exercise: Exercise, shown: Shown, language: str, *, digest: str) -> str:
    """Return what an exercise begins with: a cell, and below it which of its checks fails.

    Args:
        exercise: The exercise.
        shown: Its start, and what torch printed for it before the check.
        language: `zh` or `en`.
        digest: Eight hexadecimal digits of the snippet, by which the browser finds its code.
    """
    ref, file = html.escape(exercise.ref), html.escape(exercise.start.snippet)
    printed = output(shown, language) if shown.printed else ""
    buttons = _buttons(language, "check", "edit")
    return (
        f'<div class="language-python highlight hb-cell" data-state="recorded"'
        f' data-digest="{digest}" role="group" aria-label="{word(language, "code")} {ref}">'
        f'<div class="hb-name" {UNSEARCHED}><span>{file}</span></div>'
        f"{_code(exercise.start)}{_bar(buttons, '', word(language, 'start'))}"
        f'<div class="hb-out">{printed}{_checks(exercise, language)}</div></div>'
    )


def _checks(exercise: Exercise, language: str) -> str:
    """Return one line a label: a check ends at the first that fails."""
    failing = exercise.labels.index(exercise.start.fails)
    lines = []
    for number, label in enumerate(exercise.labels):
        state, mark, says = CHECKED[(number > failing) - (number < failing)]
        lines.append(
            f'<li data-check="{state}" data-label="{label}">'
            f'<span class="hb-mark" aria-hidden="true">{mark}</span>'
            f"<span><b>{word(language, says)}</b> <code>{label}</code></span></li>"
        )
    name = f"{word(language, 'checks')} {html.escape(exercise.ref)}"
    return f'<ul class="hb-list hb-checks" aria-label="{name}" {UNSEARCHED}>{"".join(lines)}</ul>'


def solution(exercise: Exercise, language: str) -> str:
    """Return the solution of an exercise, folded."""
    return (
        f'<details class="hb-more hb-solution"><summary>{word(language, "solution")}</summary>'
        f'<div class="language-python highlight">{_code(exercise.solution)}</div></details>'
    )


def source(listing: Source, language: str) -> str:
    """Return a listing of the engine's source, folded if it is long."""
    place = html.escape(f"{listing.file}:{listing.line}")
    label = html.escape(f"{word(language, 'source')} {listing.file}:{listing.name}")
    block = (
        f'<div class="language-python highlight hb-source" role="group" aria-label="{label}">'
        f'<div class="hb-name"><span>{place}</span></div>'
        f"<pre><span></span><code>{python(listing.text)}\n</code></pre></div>"
    )
    if listing.text.count("\n") < LONG:
        return block
    summary = f"{word(language, 'source')} <code>{html.escape(listing.name)}</code>"
    return f'<details class="hb-more"><summary>{summary}</summary>{block}</details>'


def console(text: str, language: str, *, reason: str = "") -> str:
    """Return a session of a command line, and why it was not run, if it was not."""
    inside = highlight(text, BashSessionLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")
    inside = OPTION.sub(r'<span class="hb-option">\g<0></span>', inside)
    why = ""
    if reason:
        why = f'<p class="hb-why">{html.escape(word(language, "not run", reason=reason))}</p>'
    return (
        f'<div class="language-console highlight hb-source" role="group"'
        f' aria-label="{word(language, "console")}">'
        f"<pre><span></span><code>{inside}\n</code></pre>{why}</div>"
    )
