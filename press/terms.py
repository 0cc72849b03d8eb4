"""One word for one thing: the table of terms, the glossary made from it, and the check of pages.

`docs/locale/terms.toml` has each term in English and in Chinese, what it means, where it is taught,
and which other words are not written for it. Pages and translated docstrings keep to it. What is
quoted from the notes, and code, is as it is.

A Chinese page is Chinese: no six Latin words stand in a row outside code.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from press import Problem
from press.docstrings import CATALOG, read_catalog
from press.pages import CODE, FRONT, Page
from press.words import LANGUAGES, word

TABLE = "docs/locale/terms.toml"
PAGE = "reference/glossary.md"
TITLE = "glossary"

# What a term belongs to, in the order of the glossary.
GROUPS: dict[str, dict[str, str]] = {
    "tensors": {"zh": "张量", "en": "Tensors"},
    "shapes": {"zh": "形状", "en": "Shapes"},
    "autograd": {"zh": "自动求导", "en": "Autograd"},
    "training": {"zh": "训练", "en": "Training"},
    "nn": {"zh": "神经网络", "en": "Neural networks"},
    "data": {"zh": "数据", "en": "Data"},
}

NEEDED = ("en", "zh", "group", "link")
HEAD = re.compile(r"^\[\[term\]\]$", re.MULTILINE)
LATIN_RUN = 6
LATIN = r"[A-Za-z][\w.’'-]*"
RUN = re.compile(rf"\b{LATIN}(?:[ ,:]+{LATIN}){{{LATIN_RUN - 1},}}")
# What is no prose: addresses of links, elements, attributes, a block's options, an object.
APART = re.compile(
    r"(?<=\])\([^)]*\)|<[^>]*>|\{[^}]*\}|https?://\S+"
    r"|^ {4}\w+: .*|^:::.*|^>.*|^(?:tags|template):.*"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its two words, what it means, where it is taught, what is not written for it.

    Attributes:
        line: Where the table has it.
        words: By language, as are the two below.
        means: One sentence of Markdown.
        wrong: Words that are not written for it.
        group: One of GROUPS.
        link: The page and heading that teach it: `shapes/view.md#strides`.
    """

    line: int
    words: Mapping[str, str]
    means: Mapping[str, str]
    wrong: Mapping[str, list[str]]
    group: str
    link: str

    @property
    def id(self) -> str:
        """Its anchor in the glossary."""
        return f"term-{re.sub(r'[^a-z]+', '-', self.words['en'].lower())}"


@dataclass(slots=True)
class Terms:
    """The table, and what is wrong with it."""

    terms: list[Term] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(root: Path) -> Terms:
    """Return the table of terms; an empty one if there is none."""
    made = Terms()
    path = root / TABLE
    if not path.is_file():
        return made
    text = path.read_text("utf-8")
    try:
        listed = tomllib.loads(text).get("term", [])
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        made.problems.append(Problem(TABLE, int(line[1]) if line else 1, f"no TOML: {error}"))
        return made
    lines = [1 + text.count("\n", 0, head.start()) for head in HEAD.finditer(text)]
    for line, one in zip(lines, listed, strict=True):
        try:
            made.terms.append(_term(line, one))
        except Problem as problem:
            made.problems.append(problem)
    made.problems += _contradictions(made.terms)
    return made


def _term(line: int, one: Mapping[str, Any]) -> Term:
    means = one.get("means", {})
    lacks = [key for key in NEEDED if not one.get(key)]
    lacks += [f"means.{language}" for language in LANGUAGES if not means.get(language)]
    if lacks:
        raise Problem(TABLE, line, f"this term lacks {', '.join(lacks)}")
    if one["group"] not in GROUPS:
        have = ", ".join(GROUPS)
        raise Problem(TABLE, line, f'there is no group "{one["group"]}"; there are: {have}')
    words = {language: one[language] for language in LANGUAGES}
    wrong = {language: one.get("wrong", {}).get(language, []) for language in LANGUAGES}
    return Term(line, words, means, wrong, one["group"], one["link"])


def _contradictions(terms: Iterable[Term]) -> Iterator[Problem]:
    """Yield words that are two terms, and words that are a term and not to be written."""
    for language in LANGUAGES:
        right: dict[str, Term] = {}
        for term in terms:
            said = term.words[language]
            if said in right:
                yield Problem(
                    TABLE, term.line, f'"{said}" is a term already, in line {right[said].line}'
                )
            right.setdefault(said, term)
        for term in terms:
            for said in term.wrong[language]:
                if said in right:
                    message = f'"{said}" is wrong here, and a term in line {right[said].line}'
                    yield Problem(TABLE, term.line, message)


def check(root: Path, pages: Mapping[str, Mapping[str, Page]]) -> Iterator[Problem]:
    """Yield what is wrong with the table, and where pages and translations do not keep to it.

    Args:
        root: The project's root.
        pages: By language and path.
    """
    table = read(root)
    yield from table.problems
    for term in table.terms:
        yield from _check_link(term, pages)
    patterns = {language: _pattern(table.terms, language) for language in LANGUAGES}
    for language in LANGUAGES:
        for page in pages[language].values():
            for number, line in enumerate(prose(page), 1):
                yield from _wrong((page.file, number), line, language, patterns[language])
                if language == "zh" and (run := RUN.search(line)):
                    message = f"{LATIN_RUN} Latin words in a row: {run[0]}; say it in Chinese"
                    yield Problem(page.file, number, message)
    try:
        catalog = read_catalog(root)
    except Problem:
        return  # the check of translations tells it
    for entry in catalog.file:
        line = CODE.sub("", entry.msgstr)
        yield from _wrong((CATALOG, entry.linenum), line, "zh", patterns["zh"])


def prose(page: Page) -> list[str]:
    """Return the lines of a page with nothing left but what its author says in its language."""
    front = FRONT.match(page.text)
    lines = list(page.prose)
    if front:
        lines[: front[0].count("\n")] = front[0].split("\n")[:-1]
    return [APART.sub(" ", CODE.sub(" · ", line)) for line in lines]


def _pattern(terms: Iterable[Term], language: str) -> dict[re.Pattern[str], str]:
    """Return what is not to be written, with the word to write in its place."""
    ends = r"(?:e?s)?\b" if language == "en" else ""
    starts = r"\b" if language == "en" else ""
    return {
        re.compile(f"{starts}{re.escape(said)}{ends}", re.IGNORECASE): term.words[language]
        for term in terms
        for said in term.wrong[language]
    }


def _wrong(
    where: tuple[str, int], line: str, language: str, patterns: Mapping[re.Pattern[str], str]
) -> Iterator[Problem]:
    for pattern, right in patterns.items():
        if found := pattern.search(line):
            yield Problem(*where, f'"{found[0]}" is not our word: write "{right}" ({TABLE})')


def _check_link(term: Term, pages: Mapping[str, Mapping[str, Page]]) -> Iterator[Problem]:
    path, _, anchor = term.link.partition("#")
    for language in LANGUAGES:
        page = pages[language].get(path)
        if page is None:
            yield Problem(TABLE, term.line, f"there is no docs/{language}/{path}")
        elif _heading(page, anchor) is None:
            yield Problem(TABLE, term.line, f"{page.file} has no heading #{anchor}")


def _heading(page: Page, anchor: str) -> str | None:
    return next((h.text for h in page.headings if h.id == anchor), None)


def ids(root: Path) -> dict[str, set[str]]:
    """Return the glossary, if there are terms, with the ids that one may link to."""
    terms = read(root).terms
    groups = {term.group for term in terms}
    return {PAGE: {TITLE, *groups, *(term.id for term in terms)}} if terms else {}


def texts(root: Path, pages: Mapping[str, Page], language: str) -> dict[str, str]:
    """Return the glossary as Markdown, by path; nothing if there are no terms.

    Args:
        root: The project's root.
        pages: The pages of the language, by path.
        language: `zh` or `en`.
    """
    terms = read(root).terms
    if not terms:
        return {}
    other = next(one for one in LANGUAGES if one != language)
    lead = word(language, "glossary lead")
    lines = ["---", f"description: {lead}", "search:", "  boost: 0.4", "---", ""]
    lines += [f"# {word(language, 'glossary')} {{ #{TITLE} }}", "", lead, ""]
    for group, name in GROUPS.items():
        listed = [term for term in terms if term.group == group]
        lines += [f"## {name[language]} {{ #{group} }}", ""] if listed else []
        for term in listed:
            path, _, anchor = term.link.partition("#")
            heading = _heading(pages[path], anchor) if path in pages else None
            link = f"{posixpath.relpath(path, posixpath.dirname(PAGE))}#{anchor}"
            lines += [
                f'<b id="{term.id}">{term.words[language]}</b> '
                f'<span lang="{other}">{term.words[other]}</span>',
                f":   {term.means[language]} [{heading or path}]({link})",
                "",
            ]
    return {PAGE: "\n".join(lines)}
