"""The blocks that a page may use besides plain Markdown.

Five words, written between `/// word` and `///`. Labels, seals and marks are filled in here, in
the page's language, so that the page itself stays prose.

`question`: the one sentence that a lesson answers, under its title.

    /// question
    Which sizes must agree, and which one may differ?
    ///

`verdict`: what the notes said (a quotation), whether it is so, and what torch does. The claim's
number becomes its anchor (`#c35`), the cell is the one on this page that proves it.

    /// verdict | cat
        claim: C35
        verdict: imprecise
        cell: shapes/cat.py:dims

    > The column counts must match.

    Only for 2-D tensors and `dim=0`.
    ///

A verdict is `wrong`, `outdated`, `imprecise`, `typo`, `untested` or `true`.

`figure`: the picture that a cell returns, without the cell's code, and a caption. (A cell in a
python fence shows its picture anyway.)

    /// figure | shapes/cat.py:picture
    Before on the left, after on the right.
    ///

`trap`: a mistake worth a box.

    /// trap | `cat` where `stack` was meant
    `cat` keeps the number of dims.
    ///

`exercise`: a task, and a hint for each label that its check can fail with. The start, the check and
the solution are cells of the file that is named; the anchor is the exercise's name
(`#exercise-join`).

    /// exercise | Join them
        cell: exercises/shapes/cat.py:join

    Write `join`, so that …

    shape
    :   Count the rows.
    ///

The HTML is made by Python-Markdown (`PageBlocks`); `scan` reads the same blocks from the text, for
checks and notebooks.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from press import Problem
from press.words import SEALS, word

VERDICTS = ("wrong", "outdated", "imprecise", "typo", "untested", "true")

# For each block: whether it has an argument, and the options it must have.
VOCABULARY: dict[str, tuple[bool, tuple[str, ...]]] = {
    "question": (False, ()),
    "verdict": (True, ("claim", "verdict", "cell")),
    "figure": (True, ()),
    "trap": (True, ()),
    "exercise": (True, ("cell",)),
}

OPENING = re.compile(r"^/// *(?P<name>[\w-]+)(?: *\| *(?P<argument>.+?))? *$")
CLOSING = re.compile(r"^/// *$")
OPTION = re.compile(r"^ {4}(?P<key>[\w-]+): *(?P<value>.*?) *$")
CLAIM = re.compile(r"C\d{2}")
HINT = re.compile(r"^: {1,3}(?P<text>\S.*)$")
EXERCISE = re.compile(r"exercises/[\w./-]+\.py:[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint of an exercise: its label, the label's line, and the line of its last word."""

    label: str
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Written:
    """A block as the page has it.

    Attributes:
        name: One of VOCABULARY.
        argument: What stands after the bar; empty if nothing does.
        options: The indented `key: value` lines.
        line: Line of `/// name`, from 1.
        content: Line where the content begins.
        end: Line of the closing `///`.
        hints: Those of an exercise, in order.
    """

    name: str
    argument: str
    options: dict[str, str]
    line: int
    content: int
    end: int
    hints: tuple[Hint, ...] = ()

    @property
    def id(self) -> str:
        """The anchor of a verdict or an exercise; empty for other blocks."""
        if self.name == "verdict":
            return self.options["claim"].lower()
        return anchor(self.options["cell"]) if self.name == "exercise" else ""


def anchor(exercise: str) -> str:
    """Return the anchor of an exercise: `exercise-join` for `exercises/shapes/cat.py:join`."""
    return f"exercise-{exercise.rpartition(':')[2]}"


def scan(prose: list[str], file: str) -> list[Written]:
    """Return the blocks of a page.

    Args:
        prose: The page's lines, with everything fenced left blank.
        file: The page, for what is wrong with it.

    Raises:
        Problem: If a block is unknown, lacks something, or is not closed.
    """
    blocks = []
    number = 0
    while number < len(prose):
        opened = OPENING.match(prose[number])
        number += 1
        if not opened:
            if CLOSING.match(prose[number - 1]):
                raise Problem(file, number, "this /// closes nothing: no block is open here")
            continue
        line, options = number, {}
        while number < len(prose) and (option := OPTION.match(prose[number])):
            options[option["key"]] = option["value"]
            number += 1
        content = number + 1
        while number < len(prose) and not CLOSING.match(prose[number]):
            if OPENING.match(prose[number]):
                number = len(prose)
                break
            number += 1
        if number >= len(prose):
            raise Problem(file, line, f"/// {opened['name']} is never closed: add /// below it")
        hints = _hints(prose, content, number, file) if opened["name"] == "exercise" else ()
        block = Written(
            opened["name"], opened["argument"] or "", options, line, content, number + 1, hints
        )
        _check(block, file)
        blocks.append(block)
        number += 1
    return blocks


def _hints(prose: list[str], content: int, end: int, file: str) -> tuple[Hint, ...]:
    """Return the hints of an exercise, whose content is the lines from `content` to `end`."""
    starts = [number for number in range(content, end + 1) if HINT.match(prose[number - 1])]
    hints = []
    for number, following in zip(starts, [*starts[1:], end + 2], strict=False):
        above = prose[number - 3].strip() if number > content + 1 else ""
        label = prose[number - 2] if number > content else ""
        if above or not label.strip() or label.startswith(" "):
            message = "a hint stands right below its label, alone on a line after a blank one"
            raise Problem(file, number, message)
        last = following - 2
        while not prose[last - 1].strip():
            last -= 1
        hints.append(Hint(label.strip(), number - 1, last))
    return tuple(hints)


def _check(block: Written, file: str) -> None:
    where = (file, block.line)
    if block.name not in VOCABULARY:
        raise Problem(
            *where, f'there is no block "{block.name}"; there are: {", ".join(VOCABULARY)}'
        )
    argued, wanted = VOCABULARY[block.name]
    if argued != bool(block.argument):
        needs = "needs" if argued else "takes no"
        raise Problem(*where, f"/// {block.name} {needs} argument: /// {block.name} | …")
    if tuple(sorted(block.options)) != tuple(sorted(wanted)):
        have = ", ".join(block.options) or "none"
        raise Problem(
            *where,
            f"/// {block.name} has the options {', '.join(wanted) or 'none'}; this one has: {have}",
        )
    if block.name == "exercise" and not EXERCISE.fullmatch(block.options["cell"]):
        raise Problem(
            *where,
            f'"{block.options["cell"]}" is no exercise; write it as exercises/shapes/cat.py:join',
        )
    if block.name == "verdict":
        if block.options["verdict"] not in VERDICTS:
            raise Problem(
                *where,
                f'"{block.options["verdict"]}" is no verdict; there are: {", ".join(VERDICTS)}',
            )
        if not CLAIM.fullmatch(block.options["claim"]):
            raise Problem(*where, f'"{block.options["claim"]}" is no claim; write it as C35')


class _Question(Block):
    NAME = "question"

    def on_create(self, parent: etree.Element) -> etree.Element:
        return etree.SubElement(parent, "p", {"class": "hb-question"})


class _Verdict(Block):
    NAME = "verdict"
    ARGUMENT = True
    # YAML reads `true` as a truth value, and a claim might look like a number one day.
    OPTIONS: ClassVar = {
        "claim": ("", str),
        "verdict": ("", lambda value: str(value).lower()),
        "cell": ("", str),
    }

    def on_create(self, parent: etree.Element) -> etree.Element:
        language: str = self.config["language"]
        verdict, cell = self.options["verdict"], self.options["cell"]
        block = etree.SubElement(
            parent,
            "section",
            {
                "class": "hb-verdict",
                "id": self.options["claim"].lower(),
                "data-verdict": verdict,
            },
        )
        seal = etree.SubElement(
            block,
            "span",
            {"class": "hb-seal", "aria-hidden": "true", "data-search-exclude": "true"},
        )
        seal.text = SEALS[language][verdict]
        head = etree.SubElement(block, "p", {"class": "hb-verdict__head"})
        head.text = word(language, "about", about=self.argument) + "\u00a0· "
        says = etree.SubElement(head, "b")
        says.text = word(language, verdict)
        says.tail = "\u00a0· "
        link = etree.SubElement(head, "a", {"href": f"#{cell}"})
        link.text = word(language, "proof", cell=cell.rpartition(":")[2])
        return block

    def on_end(self, block: etree.Element) -> None:
        answer = etree.Element("div")
        for child in list(block)[2:]:
            if child.tag != "blockquote":
                block.remove(child)
                answer.append(child)
        block.append(answer)


class _Figure(Block):
    NAME = "figure"
    ARGUMENT = True

    def on_create(self, parent: etree.Element) -> etree.Element:
        frame = etree.SubElement(parent, "figure", {"class": "hb-figure"})
        pictures = etree.SubElement(frame, "div", {"class": "hb-figure__pics"})
        pictures.text = self.md.htmlStash.store(self.config["figure"](self.argument))
        etree.SubElement(frame, "figcaption")
        return frame

    def on_add(self, block: etree.Element) -> etree.Element:
        caption = block.find("figcaption")
        assert caption is not None
        return caption

    def on_markdown(self) -> str:
        return "inline"


class _Trap(Block):
    NAME = "trap"
    ARGUMENT = True

    def on_create(self, parent: etree.Element) -> etree.Element:
        box = etree.SubElement(parent, "section", {"class": "hb-trap"})
        head = etree.SubElement(box, "p", {"class": "hb-trap__head"})
        etree.SubElement(head, "b").text = word(self.config["language"], "trap")
        etree.SubElement(head, "span").text = self.argument
        return box


class _Exercise(Block):
    NAME = "exercise"
    ARGUMENT = True
    OPTIONS: ClassVar = {"cell": ("", str)}

    def on_create(self, parent: etree.Element) -> etree.Element:
        exercise = self.options["cell"]
        box = etree.SubElement(
            parent, "section", {"class": "hb-exercise", "data-exercise": exercise}
        )
        title = etree.SubElement(box, "h3", {"id": anchor(exercise)})
        kind = etree.SubElement(title, "span")
        kind.text = word(self.config["language"], "exercise")
        kind.tail = f" {self.argument}"
        return box

    def on_end(self, block: etree.Element) -> None:
        hints = [child for child in block if child.tag == "dl"]
        for child in hints:
            block.remove(child)
        start, solution = self.config["exercise"](self.options["cell"])
        etree.SubElement(block, "p").text = self.md.htmlStash.store(start)
        for child in hints:
            for label, text in zip(child.iter("dt"), child.iter("dd"), strict=True):
                self._add_hint(block, label.text or "", text)
        etree.SubElement(block, "p").text = self.md.htmlStash.store(solution)

    def _add_hint(self, block: etree.Element, label: str, text: etree.Element) -> None:
        more = etree.SubElement(block, "details", {"class": "hb-more", "data-label": label})
        summary = etree.SubElement(more, "summary")
        summary.text = f"{word(self.config['language'], 'hint')} "
        etree.SubElement(summary, "code").text = label
        if text.text and text.text.strip():  # of one paragraph alone, it has no element around it
            text.tag, text.tail = "p", None
            more.append(text)
        else:
            more.extend(text)


class _Numbers(Treeprocessor):
    """Numbers the exercises of a page that has several."""

    def run(self, root: etree.Element) -> None:
        kinds = root.findall(".//section[@class='hb-exercise']/h3/span")
        for number, kind in enumerate(kinds, 1):
            if len(kinds) > 1:
                kind.text = f"{kind.text} {number}"


class PageBlocks(BlocksExtension):
    """The five blocks, as an extension of Python-Markdown.

    Args:
        language: `zh` or `en`.
        figure: Returns the picture of a cell (`shapes/cat.py:picture`) as HTML.
        exercise: Returns start and solution of an exercise (`exercises/shapes/cat.py:join`) as
            HTML.
    """

    def __init__(
        self,
        language: str,
        figure: Callable[[str], str],
        exercise: Callable[[str], tuple[str, str]],
    ) -> None:
        super().__init__()
        self.settings: dict[str, Any] = {
            "language": language,
            "figure": figure,
            "exercise": exercise,
        }

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        """Register the blocks (the name is pymdownx's)."""
        for block in (_Question, _Verdict, _Figure, _Trap, _Exercise):
            block_mgr.register(block, self.settings)
        # Before the table of contents (5), which shows the titles of exercises too.
        md.treeprocessors.register(_Numbers(md), "hb_numbers", 25)
