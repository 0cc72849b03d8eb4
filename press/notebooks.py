"""A lesson as a Jupyter notebook: its prose, its cells, and what torch printed.

Both languages hold the same code. Outputs come from the press, so a notebook is never run to be
made; a test runs it and compares.
"""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from press import pages, pictures, render
from press.fences import Include, Source
from press.objects import ENGINE
from press.pages import EXTERNAL, HEADING, LINK, OBJECT, Page
from press.words import word

if TYPE_CHECKING:
    from press.blocks import Written
    from press.exercises import Exercise
    from press.snippets import Shown

INSTALL = "install"  # the cell that installs the engine where others need it

ATTRIBUTES = re.compile(r"[ \t]*\{[^{}`]*[.#][^{}`]*\}[ \t]*$")
NUMBERED = re.compile(r"^(?P<number>\d+)\.[ \t]+(?P<text>.*)$")
MARK = re.compile(r"^(?P<code>.*?)[ \t]*# \((?P<number>\d+)\)!?[ \t]*$", re.MULTILINE)


class _Writer:
    """Gathers Markdown and code into cells."""

    def __init__(self) -> None:
        self.cells: list[NotebookNode] = []
        self.prose: list[str] = []

    def flush(self) -> None:
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(self.prose)).strip("\n")
        self.prose = []
        if text:
            self.cells.append(new_markdown_cell(text, id=f"text-{len(self.cells)}"))

    def code(self, shown: Shown, language: str) -> None:
        self.flush()
        cell = new_code_cell(render.bare(shown.cell.source), id=f"cell-{shown.cell.name}")
        # A cell that raises must not end a run of all cells; neither must one that needs the
        # engine, which a reader without a network cannot install.
        if shown.cell.raises or ENGINE in shown.cell.source:
            cell.metadata["tags"] = ["raises-exception"]
        cell.outputs = outputs(shown, language)
        self.cells.append(cell)

    def exercise(
        self,
        block: Written,
        exercise: Exercise,
        lines: list[str],
        shown: Mapping[str, Shown],
        language: str,
    ) -> None:
        """Add task, start and check as cells, then hints and solution, folded.

        Args:
            block: The exercise as the page has it.
            exercise: Its cells.
            lines: Those of the page, as Markdown of a notebook.
            shown: Every cell by name, with what torch printed.
            language: `zh` or `en`.
        """
        ends = block.hints[0].line - 1 if block.hints else block.end - 1
        task = lines[block.content - 1 : ends]
        self.prose += [f"### {word(language, 'exercise')} {block.argument}", "", *task]
        self.code(shown[exercise.start.ref], language)
        self.flush()
        check = new_code_cell(exercise.check.source, id=f"cell-{exercise.check.name}")
        label = exercise.start.fails
        told = f"AssertionError: {label}"
        check.outputs = [
            new_output("error", ename="AssertionError", evalue=label, traceback=[told])
        ]
        check.metadata["tags"] = ["raises-exception"]
        self.cells.append(check)
        for hint in block.hints:
            text = [lines[hint.line].removeprefix(":").strip()]
            text += [line.removeprefix("    ") for line in lines[hint.line + 1 : hint.end]]
            self.fold(f"{word(language, 'hint')} <code>{hint.label}</code>", text)
        answer = ["```python", render.bare(exercise.solution.source), "```"]
        self.fold(word(language, "solution"), answer)

    def fold(self, summary: str, text: list[str]) -> None:
        opening = f'<details class="hb-more"><summary>{summary}</summary>'
        self.prose += [opening, "", *text, "", "</details>", ""]


def outputs(shown: Shown, language: str) -> list[NotebookNode]:
    """Return what a cell printed as outputs of a notebook; a picture speaks its language."""
    text, alt, error = render.parts(shown)
    made = []
    if text:
        made.append(new_output("stream", name="stdout", text=f"{text}\n"))
    if shown.figure:
        said = pictures.chinese(alt) if language == "zh" else alt
        data = {"image/svg+xml": render.worded(shown.figure, language), "text/plain": said}
        made.append(new_output("display_data", data=data))
    if error:
        kind, _, message = error.partition(": ")
        made.append(new_output("error", ename=kind, evalue=message, traceback=[error]))
    return made


def notebook(
    page: Page,
    shown: Mapping[str, Shown],
    exercises: Mapping[str, Exercise],
    *,
    source: Callable[[Include], Source],
    torch: str,
    address: str,
    wheel: str,
) -> str:
    """Return the notebook of a page, as the text of an `.ipynb` file.

    Args:
        page: A lesson.
        shown: Every cell by name, with what torch printed.
        exercises: Every exercise by name.
        source: Returns the listing that a source fence names.
        torch: The version that printed the outputs.
        address: Where the page's language begins on the site, ending in a slash; links lead there.
        wheel: Where the site has the engine as a wheel.
    """
    writer = _Writer()
    fenced = {fence.line: fence for fence in page.fences}
    opened = {block.line: block for block in page.blocks}
    closed = {block.end for block in page.blocks}
    lines = pages.FRONT.sub(pages.blanked, page.text).split("\n")
    marks: dict[str, str] = {}
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if number in fenced:
            fence = fenced[number]
            number = fence.end
            included = page.includes.get(fence.line)
            marks = {}
            if included is None:
                writer.prose += [f"```{fence.language}", fence.body, "```"]
            elif included.is_source:
                listing = source(included)
                writer.prose += [
                    "```python",
                    f"# {listing.file}:{listing.line}",
                    listing.text,
                    "```",
                ]
            else:
                writer.code(shown[included.ref], page.language)
                marks = dict(_marked(shown[included.ref].cell.source))
        elif number in opened and opened[number].name == "exercise":
            block = opened[number]
            exercise = exercises[block.options["cell"]]
            body = [_plain(text, page, address) for text in lines[: block.end - 1]]
            writer.exercise(block, exercise, body, shown, page.language)
            number = block.end
        elif number in opened:
            block = opened[number]
            writer.prose += _opening(block, page.language, shown)
            number = block.content - 1
            if block.name == "question":
                writer.prose.append(f"**{' '.join(lines[number : block.end - 1]).strip()}**")
                number = block.end
        elif number in closed:
            writer.prose.append("")
        elif OBJECT.match(line):
            while number < len(lines) and lines[number].startswith("    "):
                number += 1
        else:
            text = _plain(line, page, address)
            noted = NUMBERED.match(text)
            if noted and noted["number"] in marks:
                code = marks[noted["number"]]
                colon = "：" if page.language == "zh" else ": "
                text = f"{noted['number']}. `{code}`{colon}{noted['text']}"
            elif text and not text.startswith(" "):
                marks = {}
            writer.prose.append(text)
    writer.flush()
    intro = word(page.language, "notebook intro", version=torch)
    if any(cell.cell_type == "code" and ENGINE in cell.source for cell in writer.cells):
        said = word(page.language, "notebook wheel")
        intro += said if page.language == "zh" else f" {said}"
        first_code = [cell.cell_type for cell in writer.cells].index("code")
        install = new_code_cell(f"%pip install -q {wheel}", id=f"cell-{INSTALL}")
        writer.cells.insert(first_code, install)
    first = writer.cells[0]
    first.source = _after_title(first.source, f"> {intro}")
    made = new_notebook(
        cells=writer.cells,
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
    nbformat.validate(made)
    return nbformat.writes(made) + "\n"


def left_out(page: Page) -> str:
    """Return a notebook that says only that a preview has none, as the text of a file.

    To make those of all lessons, and their pages, takes longer than all the rest of a preview.
    """
    text = f"# {page.title}\n\n{word(page.language, 'notebook left out')}"
    return nbformat.writes(new_notebook(cells=[new_markdown_cell(text, id="text-0")])) + "\n"


def _marked(source: str) -> list[tuple[str, str]]:
    return [(m["number"], m["code"].strip()) for m in MARK.finditer(source)]


def _after_title(text: str, sentence: str) -> str:
    title, _, rest = text.partition("\n")
    return f"{title}\n\n{sentence}\n{rest}".rstrip("\n")


def _opening(block: pages.Written, language: str, shown: Mapping[str, Shown]) -> list[str]:
    if block.name == "verdict":
        about = word(language, "about", about=block.argument)
        verdict = word(language, block.options["verdict"])
        return [f"**{about} · {verdict}** (`{block.options['cell']}`)", ""]
    if block.name == "trap":
        return [f"**{word(language, 'trap')} · {block.argument}**", ""]
    if block.name == "figure":
        return [render.worded(shown[block.argument].figure or "", language), ""]
    return []


def _plain(line: str, page: Page, address: str) -> str:
    """Return a line without attributes, its links leading to the site."""
    heading = HEADING.match(line)
    line = ATTRIBUTES.sub("", line)
    if heading:
        return line

    def absolute(link: re.Match[str]) -> str:
        target = link["target"].strip("<>")
        if EXTERNAL.match(target) or not target:
            return link[0]
        path, _, anchor = target.partition("#")
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path or page.path))
        whole = whole if path else page.path
        whole = re.sub(r"(?:(?<=/)|^)index\.md$", "", whole).removesuffix("index.md")
        whole = re.sub(r"\.(?:md|ipynb)$", "/", whole)
        url = f"{address}{whole}" + (f"#{anchor}" if anchor else "")
        start, end = (link.start("target") - link.start(), link.end("target") - link.start())
        return f"{link[0][:start]}{url}{link[0][end:]}"

    return LINK.sub(absolute, line)


LEFT_OUT = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"<(style|script)\b.*?</\1>",
        r'<div class="zeroclipboard-container">.*?</clipboard-copy>\s*</div>',
        r'<div class="clipboard-copy-txt"[^>]*>.*?</div>',
        r'<div class="celltoolbar">.*?</span>\s*</div>\s*</div>',
        r'<div class="jp-Collapser[^"]*">\s*</div>',
        r"<!--.*?-->",
    )
)
LISTING = re.compile(
    r'<div class="highlight(?:-ipynb hl-python)?"><pre>(?P<code>.*?)</pre></div>', re.DOTALL
)
TITLED = re.compile(
    r'<h(?P<level>[1-6])[^>]*>(?P<text>.*?)<a class="anchor-link"[^>]*>.</a></h(?P=level)>',
    re.DOTALL,
)
PICTURE = re.compile(r'<img[^>]*src="data:image/svg\+xml;base64,(?P<data>[^"]+)"[^>]*>')


def as_page(html: str, page: Page) -> str:
    """Return a notebook's page, as nbconvert made it, in the markup of the other pages.

    Styles and scripts go (half a megabyte, and some from other origins), with a second copy of
    every cell for a clipboard that the theme has already. Headings get the ids of the lesson, for
    those made from Chinese titles are empty; pictures stand inline, so that they follow the
    reader's colours and can be read aloud.
    """
    return _as_page(html, tuple(heading.id or "" for heading in page.titles), page.language)


@lru_cache(maxsize=256)
def _as_page(html: str, titles: tuple[str, ...], language: str) -> str:
    for pattern in LEFT_OUT:
        html = pattern.sub("", html)
    html = LISTING.sub(
        lambda m: (
            f'<div class="language-python highlight"><pre>{m["code"].strip()}</pre></div>'.replace(
                "<pre><span></span>", "<pre><span></span><code>"
            ).replace("</pre>", "\n</code></pre>")
        ),
        html,
    )
    ids = iter(titles)

    def titled(match: re.Match[str]) -> str:
        name, level = next(ids, ""), match["level"]
        link = f'<a class="headerlink" href="#{name}" title="Permanent link">&para;</a>'
        return f'<h{level} id="{name}">{match["text"]}{link}</h{level}>'

    html = TITLED.sub(titled, html)
    drawn = iter(range(1, 1 + len(PICTURE.findall(html))))

    def picture(match: re.Match[str]) -> str:
        svg = base64.b64decode(match["data"]).decode()
        inline = render.figure(svg, f"picture-{next(drawn)}", language)
        return f'<div class="hb-figure__pics">{inline}</div>'

    html = re.sub(r"\n+</pre>(?=\s*</div>)", "\n</pre>", html)
    return PICTURE.sub(picture, html)


CODE_CELL = re.compile(
    r'<div class="jp-Cell jp-CodeCell[^"]*">\s*'
    r'<div class="[^"]*" id="cell-id=cell-(?P<name>[^"]+)">'
)
INTRO = re.compile(r"<blockquote>.*?</blockquote>", re.DOTALL)
DIV = re.compile(r"<(?P<end>/?)div\b")


def running(html: str, cells: Mapping[str, str]) -> str:
    """Return a notebook's page with cells that run in place of those that only show.

    Args:
        html: As `as_page` returns it.
        cells: The HTML of cells by name.

    What tells a notebook's reader where it comes from goes, and the cell that installs the engine.
    """
    html = INTRO.sub("", html, count=1)
    made, end = [], 0
    for found in CODE_CELL.finditer(html):
        made.append(html[end : found.start()])
        end = _end(html, found.start())
        if found["name"] != INSTALL:
            made.append(cells.get(found["name"]) or html[found.start() : end])
    return "".join([*made, html[end:]])


def _end(html: str, start: int) -> int:
    """Return where the element ends that begins at a place."""
    depth = 0
    for found in DIV.finditer(html, start):
        depth += -1 if found["end"] else 1
        if not depth:
            return html.index(">", found.start()) + 1
    return len(html)


def at_home(html: str, address: str, below: str) -> str:
    """Return a notebook's page whose links lead to other pages from where it is.

    Args:
        html: The page; its links name the whole address, for a notebook is read elsewhere too.
        address: Where the page's language begins on the site, ending in a slash.
        below: Address of the page from there.
    """
    return html.replace(f'href="{address}', f'href="{"../" * below.count("/")}')
