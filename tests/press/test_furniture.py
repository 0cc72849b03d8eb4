"""The facts below a title, and the ways on from a page's end."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from press import furniture, pages
from press.percent import Cell

PATTERN = "https://code.test/handbook/issues/new?title={title}&body={body}"


def timed(language: str, prose: str, code: str = "") -> int:
    page = pages.read(f"docs/{language}/a.md", f"# T {{ #t }}\n\n{prose}\n")
    return furniture.minutes(page, [Cell("a.py", "one", 1, code)])


def test_how_long_a_page_takes():
    """By its characters, words and lines of code; never less than a minute."""
    assert timed("zh", "字" * 1400) == 4
    assert timed("en", "word " * 800) == 4
    assert timed("en", "word " * 400, "x = 1\n\n" * 40) == 4
    assert timed("en", "A word.") == 1


def test_what_nobody_reads_takes_no_time():
    """Addresses, options of blocks, the names of cells and objects."""
    fence = '```python\n--8<-- "a.py:one"\n```'
    unread = f"::: reference_impl.torch.cat\n\n{fence}\n\n[x](https://code.test/{'a-' * 900}b)\n"
    assert timed("en", unread * 3) == 1


def test_facts_say_only_what_there_is():
    """A page without code was not checked; one without anything to say has no line."""
    assert furniture.facts("en", torch="2.13.0") == ""
    line = BeautifulSoup(furniture.facts("en", torch="2.13.0", day="2026-11-24"), "html.parser")
    assert line.p.text == "Checked with torch 2.13.0 on 2026-11-24"
    assert line.time["datetime"] == "2026-11-24"
    said = furniture.facts("zh", torch="2.13.0", minutes=6, tags=[("广播", "../tags/#a")])
    assert BeautifulSoup(said, "html.parser").text == "约 6 分钟 广播"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<h1>T</h1><p class="hb-question">Q?</p><p>x</p>', "</p>F<p>x"),
        ("<h1>T</h1><p>x</p>", "</h1>F<p>x"),
        ("<p>x</p>", "<p>x</p>"),
    ],
)
def test_the_place_of_facts(page, expected):
    """Below the question that a page asks, or its title."""
    assert expected in furniture.placed(page, "F")
    assert furniture.placed(page, "F").replace("F", "") == page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_names_page_version_and_cell(language):
    """Whole and unmangled; the cell is filled in by the page's script."""
    address = "https://site.test/en/shapes/cat/?a=1&b=2"
    url = furniture.report(
        language, PATTERN, page=address, title="拼接 & more", version="torch 2.13.0"
    )
    asked = parse_qs(urlsplit(url).query)
    assert asked["title"] == ["拼接 & more: "]
    (body,) = asked["body"]
    assert address in body
    assert "torch 2.13.0" in body
    assert url.count("%E2%80%93") == 1


def test_a_foot_without_addresses_is_none():
    """No link leads nowhere."""
    assert furniture.foot("en", notebook=None, edit="", report="") == ""
    html = furniture.foot("en", notebook=("n/", "n/n.ipynb"), edit="https://e.test/?a&b", report="")
    links = BeautifulSoup(html, "html.parser").select("a")
    assert [a["href"] for a in links] == ["n/n.ipynb", "n/", "https://e.test/?a&b"]
