"""The published pages in a real browser: both languages, from the first byte to the last cell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

Cells = Callable[[str], Any]

HOME, LESSON, NOTEBOOK = "", "shapes/cat/", "notebooks/shapes/cat/"
REFERENCE = "reference/torch/"
PATHS = (HOME, LESSON, NOTEBOOK, REFERENCE)
LANGUAGES = {"zh": "", "en": "en/"}
CHINESE = sorted((Path(__file__).parents[2] / "docs" / "zh").rglob("*.md"))
LESSONS = [f"{p.parent.name}/{p.stem}/" for p in CHINESE if p.parent.name != "zh"]
# The code is the same in both languages: all pages in one, some in the other.
RUN = [("zh", HOME), ("en", HOME), *(("zh", path) for path in LESSONS)]
RUN += [("en", path) for path in (LESSON, "autograd/sgd/")]


def runnable(page: Page) -> list[str]:
    """Return the names of the cells that have a Run button."""
    return page.locator(".hb-cell[data-cell]:has(.hb-run)").evaluate_all(
        "cells => cells.map((cell) => cell.dataset.cell)"
    )


def records(site: Path) -> dict[str, dict[str, Any]]:
    """Return the recorded cells, by the name that pages call them."""
    cells = {}
    for path in (site / "assets" / "cells").rglob("*.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        for cell in record.get("cells", ()):  # an exercise has none
            cells[f"{record['file']}:{cell['name']}"] = cell
    return cells


@pytest.mark.parametrize(("language", "path"), RUN)
def test_every_cell_prints_what_torch_printed(
    page: Page, server: str, site: Path, cell: Cells, language: str, path: str
) -> None:
    """Every cell of the page, run in its order, ends as equal or with the announced error."""
    page.goto(server + LANGUAGES[language] + path)
    recorded = records(site)
    names = runnable(page)
    assert names
    before = {name: cell(name).printed for name in names}
    ended = {name: cell(name).run().state for name in names}
    assert ended == {name: "raised" if recorded[name]["raises"] else "equal" for name in names}
    assert {name: cell(name).printed for name in names} == before


def test_the_last_cell_alone(page: Page, server: str, cell: Cells) -> None:
    """Run on the last cell of the lesson runs all that it needs."""
    page.goto(server + LESSON)
    names = runnable(page)
    last = cell(names[-1])
    last.button.click()
    last.wait("waiting")
    assert last.words == "等上面的代码先跑完"
    last.wait("equal", "raised")
    states = {cell(name).state for name in names if name.split(":")[0] == names[-1].split(":")[0]}
    assert states <= {"equal", "raised"}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_before_run(page: Page, server: str, requests: list[str], language: str, path: str) -> None:
    """A page asks for none of what Run needs, nothing of others, and reports no error."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(server + LANGUAGES[language] + path)
    page.wait_for_load_state("networkidle")
    run = [address.rsplit("/", 1)[1] for address in requests if "/assets/run/" in address]
    assert [name.partition("?")[0] for name in run] == ["cells.js"]
    assert errors == []


def test_instant_navigation(page: Page, server: str, cell: Cells) -> None:
    """The worker outlives the page; cells are attached once; a page entered again is fresh."""
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url.split("?")[0]))
    page.goto(server + LESSON)
    page.evaluate("window.here = true")
    names = runnable(page)
    cell(names[0]).run("equal")

    page.locator(".md-header a.md-logo").click()
    page.wait_for_url(server)
    expect(cell(names[0]).root).to_have_count(0)
    home = runnable(page)[0]
    cell(home).run("running", "equal").wait("equal")

    page.go_back()
    page.wait_for_url(server + LESSON)
    expect(cell(names[0]).root).to_have_attribute("data-state", "recorded")
    expect(cell(names[0]).root.locator(".hb-bar")).to_have_count(1)
    cell(names[1]).run("equal")
    assert cell(names[0]).state == "equal"
    assert page.evaluate("window.here"), "the browser loaded the page anew"
    assert workers.count(f"{server}assets/run/worker.js") == 1


@pytest.mark.parametrize(("start", "other"), [("", "en/"), ("en/", "")])
def test_the_language_switcher_keeps_page_and_place(
    page: Page, server: str, start: str, other: str
) -> None:
    """Also after the reader came by instant navigation, and from there back again."""
    page.goto(server + start)
    page.locator(f'article a[href*="{LESSON}"]').first.click()
    page.wait_for_url(f"{server}{start}{LESSON}")
    page.evaluate("location.hash = 'copy'")

    def switch(language: str, address: str) -> None:
        page.locator(".md-select button").hover()
        page.locator(f'.md-select__link[hreflang="{language}"]').click()
        page.wait_for_url(address)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("#copy")).to_be_in_viewport()

    names = ("en", "zh") if other else ("zh", "en")
    switch(names[0], f"{server}{other}{LESSON}#copy")
    switch(names[1], f"{server}{start}{LESSON}#copy")


def test_the_words_follow_the_language(page: Page, server: str, cell: Cells) -> None:
    """A cell of the English pages speaks English, with the file of the Chinese ones."""
    page.goto(f"{server}en/{LESSON}")
    first = cell(runnable(page)[0])
    first.has_button("Run")
    assert first.run("equal").words == "Same as torch"
    first.has_button("Run again")


def test_dark(page: Page, server: str) -> None:
    """The page follows the system, the switch follows the reader, and the choice is kept."""
    page.emulate_media(color_scheme="dark")
    page.goto(server + LESSON)
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    assert body.evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(21, 24, 27)"
    page.locator('[data-md-component="palette"] label:not([hidden])').click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "default")


def fits(page: Page) -> None:
    """Wait until the page is no wider than its window; the theme takes a moment to lay it out."""
    page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth", timeout=5000)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_narrow(page: Page, server: str, language: str, path: str) -> None:
    """No page scrolls sideways at 360 px."""
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(server + LANGUAGES[language] + path)
    fits(page)


def test_narrow_after_run(page: Page, server: str, cell: Cells) -> None:
    """Nor does the lesson when all its cells have run."""
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(server + LESSON)
    cell(runnable(page)[-1]).run("equal", "raised")
    fits(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript(
    new_context: Callable[..., BrowserContext], server: str, site: Path, language: str
) -> None:
    """Code, recorded output and figures are all there; the buttons keep their room, unseen."""
    page = new_context(java_script_enabled=False).new_page()
    page.goto(server + LANGUAGES[language] + LESSON)
    cells = page.locator(".hb-cell[data-cell]")
    recorded = records(site)
    assert cells.count() == len({name for name in recorded if name.startswith("shapes/cat.py:")})
    for number in range(cells.count()):
        block = cells.nth(number)
        record = recorded[block.get_attribute("data-cell") or ""]
        expect(block.locator("pre code").first).to_be_visible()
        expect(block.locator(".hb-out")).to_be_visible()
        if record["figure"]:
            expect(block.locator(".hb-out svg")).to_be_visible()
        else:
            assert block.locator(".hb-out").inner_text().strip() == record["printed"].strip()
    button = cells.first.locator("button.hb-run")
    expect(button).to_be_hidden()
    box = button.bounding_box()
    assert box
    assert box["height"] > 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_access(page: Page, server: str, cell: Cells, axe: Any, scheme: Any) -> None:
    """axe-core finds nothing to mend in the lesson, before and after its cells ran."""
    page.emulate_media(color_scheme=scheme)
    page.goto(server + LESSON)
    assert axe(page, "html") == []
    cell(runnable(page)[-1]).run("equal", "raised")
    assert axe(page, "html") == []
