"""What stands around a lesson: its facts below the title, and the ways on from its end.

How long it takes to read, when its code last ran on torch, what it has in common with others;
its notebook, the file that one edits, and a report that already says which page it is about.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from press.pages import CODE, LINK, Page
from press.percent import Cell
from press.words import word

# How fast one reads: Chinese characters, English words and lines of code, in a minute.
CHARACTERS, WORDS, LINES = 350, 200, 20

HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z0-9][\w.’'-]*")
NO_PROSE = re.compile(r"^(?:///.*|:::.*|    .*|\s*<[^>]*>\s*)$")
UNSEARCHED = 'data-search-exclude="true"'

# Where the facts of a page stand: behind its question, or behind its title if it asks none.
QUESTION = re.compile(r'<p class="hb-question">.*?</p>', re.DOTALL)
HEADING = re.compile(r"</h1>")

# Stands in a report for the cell that it is about, until the page's script knows which.
NO_CELL = "–"


def minutes(page: Page, cells: Iterable[Cell]) -> int:
    """Return how long a page takes to read: its prose and its code, without doing the exercises.

    Args:
        page: The page.
        cells: Those that it shows.
    """
    prose = "\n".join(line for line in page.prose if not NO_PROSE.match(line))
    prose = CODE.sub(" code ", LINK.sub(" ", prose))
    code = sum(1 for cell in cells for line in cell.source.split("\n") if line.strip())
    time = len(HAN.findall(prose)) / CHARACTERS + len(LATIN.findall(prose)) / WORDS + code / LINES
    return max(1, round(time))


def facts(
    language: str,
    *,
    torch: str,
    day: str = "",
    minutes: int = 0,
    tags: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the line below a title; empty if there is nothing to say.

    Args:
        language: `zh` or `en`.
        torch: The version that the code ran on.
        day: When it ran, such as `2026-11-24`; empty for a page without code.
        minutes: How long the page takes to read; 0 where that says nothing.
        tags: What it has in common with others: word and address.
    """
    said = []
    if minutes:
        said.append(word(language, "minutes", count=str(minutes)))
    if day:
        time = f'<time datetime="{day}">{day}</time>'
        said.append(word(language, "checked on", version=torch, day=time))
    links = [f'<a href="{html.escape(url)}">{html.escape(tag)}</a>' for tag, url in tags]
    parts = [f"<span>{one}</span>" for one in said]
    if links:
        label = word(language, "tags")
        parts.append(f'<span role="group" aria-label="{label}">{" ".join(links)}</span>')
    return f'<p class="hb-facts" {UNSEARCHED}>{" ".join(parts)}</p>' if parts else ""


def placed(page: str, facts: str) -> str:
    """Return the HTML of a page with its facts below its question, or below its title."""
    found = QUESTION.search(page) or HEADING.search(page)
    return page if found is None else page[: found.end()] + facts + page[found.end() :]


def report(language: str, pattern: str, *, page: str, title: str, version: str) -> str:
    """Return the address at which a reader reports what is wrong with a page.

    Args:
        language: `zh` or `en`.
        pattern: An address with `{title}` and `{body}` in it.
        page: Whole address of the page.
        title: Its title.
        version: Of torch and of the handbook.
    """
    body = word(language, "report body", page=page, version=version, cell=NO_CELL)
    filled = pattern.replace("{title}", quote(f"{title}: ", safe=""))
    return filled.replace("{body}", quote(body, safe=""))


def foot(language: str, *, notebook: tuple[str, str] | None, edit: str, report: str) -> str:
    """Return the ways on from the end of a page; empty if there is none.

    Args:
        language: `zh` or `en`.
        notebook: Addresses of the notebook as a page, which is empty if that is the page one is
            on, and of the `.ipynb` file.
        edit: Where the page's file can be edited; empty where nobody knows.
        report: Where a mistake can be reported; empty where nobody knows.
    """
    lines = []
    if notebook:
        page, file = map(html.escape, notebook)
        reading = f' <a href="{page}">{word(language, "open")}</a>' if page else ""
        lines.append(
            f"{word(language, 'notebook' if page else 'tutorial')}"
            f' <a href="{file}" download>{word(language, "download")}</a>{reading}'
        )
    ways = []
    if edit:
        ways.append(f'<a href="{html.escape(edit)}">{word(language, "edit page")}</a>')
    if report:
        link = f'<a data-report href="{html.escape(report)}">'
        ways.append(f"{link}{word(language, 'report')}</a>")
    lines += [" ".join(ways)] if ways else []
    return "".join(f'<p class="hb-foot" {UNSEARCHED}>{line}</p>' for line in lines)
