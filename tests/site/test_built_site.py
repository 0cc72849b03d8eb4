"""The built site: links, anchors, ids, origins, languages, search."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

# Where the site is taken to be served, for resolving addresses; nothing is fetched.
BASE = "https://site.test/handbook/"

# What a page may name without loading it: licences, the theme's name spaces, links for readers.
NAMED = re.compile(r"https?://(?:www\.w3\.org|example\.org/handbook)/")


@lru_cache(maxsize=64)
def parsed(path: Path) -> BeautifulSoup:
    """Return a page, parsed once."""
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def pages(site: Path) -> list[Path]:
    """Return all pages but the one for addresses that are not there."""
    found = [path for path in sorted(site.rglob("*.html")) if path.name != "404.html"]
    assert len(found) >= 8  # home, a lesson, its notebook, the API: in two languages
    return found


def address(site: Path, path: Path) -> str:
    return urljoin(BASE, path.relative_to(site).as_posix().removesuffix("index.html"))


def file_of(site: Path, url: str) -> Path:
    path = site / unquote(urlsplit(url).path.removeprefix(urlsplit(BASE).path))
    return path / "index.html" if path.is_dir() or url.endswith("/") else path


@cache
def ids(path: Path) -> frozenset[str]:
    """Return the ids of a page; links lead to the long ones thousands of times."""
    return frozenset(element["id"] for element in parsed(path).select("[id]"))


def test_links_lead_to_files_and_anchors(site):
    """Every `href` and `src` of every page, and the fragment behind it."""
    dead = []
    for page in pages(site):
        for element in parsed(page).select("[href], [src]"):
            link = element.get("href") or element.get("src")
            url = urljoin(address(site, page), link)
            if not url.startswith(BASE):
                continue
            target = file_of(site, url.partition("#")[0].partition("?")[0])
            fragment = unquote(urlsplit(url).fragment) if target.suffix == ".html" else ""
            found = target.is_file() and (not fragment or fragment in ids(target))
            if not found:
                dead.append((page.relative_to(site).as_posix(), link))
    assert dead == []


def test_ids_are_unique(site):
    """On each page."""
    for page in pages(site):
        ids = Counter(element["id"] for element in parsed(page).select("[id]"))
        assert [name for name, times in ids.items() if times > 1 or not name] == [], page


def test_pages_load_nothing_from_elsewhere(site):
    """Scripts, styles, images, fonts, frames, preconnections: all are the site's own."""
    loading = (
        "script[src], link[href], img[src], iframe[src], source[src], video[src], object[data]"
    )
    for page in pages(site):
        for element in parsed(page).select(loading):
            if element.get("rel") in (["canonical"], ["alternate"]):
                continue
            link = element.get("src") or element.get("href") or element.get("data")
            assert urljoin(address(site, page), link).startswith((BASE, "data:")), (page, link)


def test_styles_and_scripts_name_no_other_origin(site):
    """Neither `url(…)` and `@import` in sheets nor addresses that scripts would fetch."""
    for path in site.rglob("*.css"):
        for url in re.findall(r"(?:url\(|@import )[\"']?([^\"')\s]+)", path.read_text("utf-8")):
            assert not url.startswith(("http", "//")), (path, url)
    bundle = next((site / "assets/javascripts").glob("bundle.*.js")).read_text("utf-8")
    assert "unpkg" not in bundle
    own = [site / "assets/frame.js", *(site / "assets/run").glob("*.js")]
    for path in own:
        assert [u for u in re.findall(r"https?://[^\s\"'`]+", path.read_text("utf-8"))
                if not NAMED.match(u)] == [], path  # fmt: skip


def test_pages_have_a_policy_that_forbids_other_origins(site):
    """It comes before anything that it governs, and is the same everywhere."""
    policies = set()
    for page in pages(site):
        first, second = parsed(page).head.find_all("meta")[:2]
        assert (first["charset"], second["http-equiv"]) == ("utf-8", "Content-Security-Policy")
        policies.add(second["content"])
    (policy,) = policies
    assert policy.startswith("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'")
    assert "http" not in policy
    assert "unsafe-inline" not in policy.partition("style-src")[0]


def test_twins_name_each_other(site):
    """`hreflang` leads from a page to its translation and back; `lang` says which one it is."""
    for page in pages(site):
        html = parsed(page)
        language = "en" if page.relative_to(site).parts[0] == "en" else "zh"
        assert html.html["lang"] == language
        links = {e["hreflang"]: e["href"] for e in html.select("link[rel=alternate][hreflang]")}
        assert set(links) == {"zh", "en"}
        assert links[language] == html.select_one("link[rel=canonical]")["href"]
        path = page.relative_to(site).as_posix().removeprefix("en/").removesuffix("index.html")
        assert links["zh"].endswith(f"/{path}")
        assert links["en"].endswith(f"/en/{path}")


def test_twins_have_the_same_ids_and_cells(site):
    """The switcher keeps the place on the page."""
    for page in pages(site):
        path = page.relative_to(site)
        if path.parts[0] != "en":
            twin = site / "en" / path
            for which, name in (("article [id]", "id"), ("article .hb-cell", "data-digest")):
                mine, theirs = (
                    [element[name] for element in parsed(each).select(which)]
                    for each in (page, twin)
                )
                assert mine == theirs, path


def test_every_cell_of_a_page_can_be_run(site):
    """The browser finds its code by its name, and the digest that the page has."""
    cells = [cell for page in pages(site) for cell in parsed(page).select(".hb-cell[data-cell]")]
    assert len(cells) >= 20
    for cell in cells:
        file, _, name = cell["data-cell"].rpartition(":")
        data = json.loads((site / "assets/cells" / file).with_suffix(".json").read_text("utf-8"))
        (found,) = [each for each in data["cells"] if each["name"] == name]
        assert "# (" not in found["source"]
        assert re.fullmatch("[0-9a-f]{8}", cell["data-digest"])


WORDS = {
    "": "拼接 维度 梯度 复制 存储 列数 cat unsqueeze stack 接口",
    "en/": "joining dim gradient copying storage column cat unsqueeze stack API",
}


@pytest.mark.parametrize("below", WORDS)
def test_the_index_of_a_language_holds_its_words(site, below):
    """As the browser splits them: whole Chinese words inside sentences, English ones."""
    index = json.loads((site / below / "search/search_index.json").read_text("utf-8"))
    # A zero-width blank parts Chinese words.
    split = re.compile(index["config"]["separator"])
    terms = {
        term.lower()
        for doc in index["docs"]
        for term in split.split(re.sub(r"<[^>]+>", " ", f"{doc['title']} {doc['text']}"))
    }
    words = WORDS[below].split()
    assert [word for word in words if not any(t.startswith(word.lower()) for t in terms)] == []


# What these pages are about is Chinese: sentences that a model reads, and terms.
ABOUT_CHINESE = ("training/textcnn/", "tutorials/textcnn/", "reference/glossary/")


def test_search_indexes_hold_one_language_each(site):
    """With addresses below their own root. Code is the same in both, and may hold either."""
    zh, en = (
        json.loads((site / below / "search/search_index.json").read_text("utf-8"))["docs"]
        for below in ("", "en/")
    )
    assert [d["location"] for d in zh] == [d["location"] for d in en]
    texts = (d["text"] for d in en if not d["location"].startswith(ABOUT_CHINESE))
    prose = re.sub(r"(?s)<(pre|code)>.*?</\1>", "", "".join(texts))
    assert not re.search(r"[\u4e00-\u9fff]", prose)


def test_the_site_maps_list_every_page(site):
    """The whole one with translations; the English one for instant navigation."""
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed = {
        below: [
            loc.text
            for loc in ElementTree.parse(site / below / "sitemap.xml").findall(".//s:loc", space)
        ]
        for below in ("", "en/")
    }
    names = sorted(parsed(page).select_one("link[rel=canonical]")["href"] for page in pages(site))
    assert sorted(listed[""]) == names
    assert sorted(listed["en/"]) == [name for name in names if "/handbook/en/" in name]


def test_own_styles_and_scripts_stay_within_their_budget(site):
    """8 kB, compressed, on a lesson before Run."""
    own = ["look.css", "frame.js", "run/cells.js"]
    sizes = {n: len(gzip.compress((site / "assets" / n).read_bytes(), 9)) for n in own}
    assert sum(sizes.values()) <= 8192, sizes
    home = sum(sizes.values()) + len(gzip.compress((site / "assets/look-home.css").read_bytes(), 9))
    assert home <= 8192


def test_nothing_of_the_machine_gets_into_the_site(site):
    """No path of where it was built."""
    for path in (*site.rglob("*.html"), *site.rglob("*.json"), *site.rglob("*.ipynb")):
        assert str(Path(__file__).parents[2]) not in path.read_text("utf-8"), path
