"""The built site in a real browser: languages, search, colours, narrow screens, no JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

LESSON = {"zh": "shapes/cat/", "en": "en/shapes/cat/"}
HOME = {"zh": "", "en": "en/"}
EVERYWHERE = [
    f"{below}{path}"
    for below in ("", "en/")
    for path in ("", "shapes/cat/", "notebooks/shapes/cat/", "reference/torch/")
]


@pytest.fixture
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """A context that aborts foreign requests and remembers what went wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    wrong: list[str] = []

    def foreign(request: Request) -> bool:
        return not request.url.startswith((server, "data:", "blob:"))

    context.route(lambda url: not url.startswith(server), lambda route: route.abort())
    context.on("request", lambda r: wrong.append(f"foreign {r.url}") if foreign(r) else None)
    context.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    context.on("weberror", lambda e: wrong.append(str(e.error)))
    yield context
    context.close()
    assert wrong == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.mark.parametrize("path", EVERYWHERE)
def test_pages_ask_nothing_of_others_and_break_no_rule_of_their_own(page, server, path):
    """No foreign request, no error, no violation of the policy."""
    page.goto(server + path)
    expect(page.locator("html.js h1").first).to_be_visible()


@pytest.mark.parametrize(("here", "there"), [("zh", "en"), ("en", "zh")])
def test_the_switcher_keeps_page_and_place_after_instant_navigation(page, server, here, there):
    """The header outlives the navigation; its links must not."""
    page.goto(server + HOME[here])
    page.evaluate("window.before = true")
    page.locator("article a[href*='shapes/cat/']").first.click()
    page.wait_for_url(server + LESSON[here])
    assert page.evaluate("window.before") is True  # no reload
    page.evaluate("location.hash = 'gradient'")
    page.locator(".md-select button").hover()
    page.locator(f".md-select__link[hreflang={there}]").click()
    page.wait_for_url(f"{server}{LESSON[there]}#gradient")
    expect(page.locator("html")).to_have_attribute("lang", there)
    expect(page.locator("h2#gradient")).to_be_in_viewport()


FOUND = {
    "zh": {
        "拼接": "shapes/cat/",
        "数据类型": "shapes/cat/#sizes",
        "步长": "shapes/view/",
        "镜像": "start/install/",
        "虚拟环境": "start/install/",
        "叶子": "autograd/gradients/",
        "累加": "autograd/sgd/",
        "词向量": "nn/embedding/",
        "共享": "tensors/numpy/",
        "unsqueeze": "shapes/squeeze/",
        "CatBackward0": "shapes/cat/",
        "torch.cat": "shapes/cat/",
        "torch.narrow": "reference/views/#torch.narrow",
        "接口": "reference/torch/",
        "手册": "",
    },
    "en": {
        "joining": "en/shapes/cat/",
        "joining is copying": "en/shapes/cat/#copy",
        "stride": "en/nn/conv1d/",
        "mirror": "en/start/install/",
        "leaf": "en/autograd/gradients/",
        "learning rate": "en/tutorials/linear-regression/",
        "convolution": "en/nn/conv1d/",
        "share": "en/tensors/numpy/",
        "unsqueeze": "en/shapes/squeeze/",
        "torch.cat": "en/shapes/cat/",
        "torch.narrow": "en/reference/views/#torch.narrow",
        "torch.stack": "en/reference/views/#torch.stack",
        "API": "en/reference/torch/",
        "handbook": "en/",
    },
}


@pytest.mark.parametrize("language", FOUND)
def test_search_brings_the_right_page_first(page, server, language):
    """Words inside Chinese sentences, English words, names with dots."""
    page.goto(server + LESSON[language])
    field = page.locator(".md-search__input")
    field.click()
    for words, target in FOUND[language].items():
        field.fill("")
        expect(page.locator(".md-search-result__item")).to_have_count(0)
        field.fill(words)
        field.press("Shift")
        expect(page.locator(".md-search-result__item").first).to_be_visible()
        first = page.locator(".md-search-result__item").first.locator("a")
        path, _, anchor = target.partition("#")
        found = [
            (url.partition("?")[0], url.partition("#")[2])
            for url in first.evaluate_all("links => links.map(link => link.href)")
        ]
        assert (server + path, anchor) in found, (words, found)
        assert {address for address, _ in found} == {server + path}, (words, found)


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(253, 253, 251)"),
                                                ("dark", "rgb(21, 24, 27)")])  # fmt: skip
def test_colours_follow_the_reader(browser, server, scheme, ground):
    """The system's choice at first, the reader's own from then on, on the next page too."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(server + LESSON["en"])
    body = page.locator("body")
    expect(body).to_have_css("background-color", ground)
    page.locator("form[data-md-component=palette] label:visible").click()
    expect(body).not_to_have_css("background-color", ground)
    page.goto(server + LESSON["zh"])
    expect(body).not_to_have_css("background-color", ground)
    context.close()


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_scrolls_sideways(page, server, path, width):
    """Wide things scroll by themselves."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(server + path)
    expect(page.locator("html.js h1").first).to_be_visible()
    # Annotations and copy buttons come a moment later.
    page.wait_for_function("w => document.documentElement.scrollWidth === w", arg=width)


def test_the_note_stands_beside_its_section_on_wide_screens_only(page, server):
    """After it in the document, whatever the width."""
    page.goto(server + LESSON["en"])
    places = {}
    for width in (1440, 800):
        page.set_viewport_size({"width": width, "height": 900})
        cell = page.locator(".hb-beside .hb-cell").first.bounding_box()
        note = page.locator(".hb-beside > .hb-api").bounding_box()
        places[width] = note["x"] >= cell["x"] + cell["width"]
    assert places == {1440: True, 800: False}


def test_paper_is_light_whatever_the_screen(browser, server):
    """Dark ink, on the ground that paper has."""
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(server + LESSON["en"])
    ink = "getComputedStyle(document.querySelector('article h1')).color"
    assert page.evaluate(ink) == "rgb(231, 229, 224)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(ink) == "rgb(28, 31, 35)"
    expect(page.locator(".hb-facts")).to_be_visible()
    expect(page.locator(".hb-foot").first).to_be_hidden()
    context.close()


def test_annotations_open_at_their_line(page, server):
    """Material's own, inside a cell of ours; the list below is gone."""
    page.goto(server + LESSON["en"])
    cell = page.locator("[data-cell='shapes/cat.py:rows']")
    mark = cell.locator(".md-annotation__index").first
    expect(mark).to_have_attribute("aria-label", "Note 1")
    mark.click()
    expect(page.locator(".md-tooltip").filter(has_text="is above")).to_be_visible()


def test_a_report_names_the_cell_that_the_reader_was_at(page, server):
    """The last one touched, however often the link is used; on another page none."""
    page.goto(f"{server}en/shapes/cat/")
    link = "https://code.test/new?body=Cell%3A%20%E2%80%93%0A"
    page.evaluate(
        """(href) => document.querySelector("article")
        .insertAdjacentHTML("beforeend", `<a data-report href="${href}">Report</a>`)""",
        link,
    )
    report = page.get_by_role("link", name="Report", exact=True)
    report.focus()
    assert report.get_attribute("href") == link
    for name in ("shapes/cat.py:rows", "shapes/cat.py:columns"):
        page.locator(f'[data-cell="{name}"] .hb-edit').focus()
        report.focus()
        assert report.get_attribute("href") == link.replace("%E2%80%93", quote(name, safe=""))


def test_without_javascript_everything_can_be_read(browser, server):
    """Code, output, notes; no button that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + LESSON["en"])
    cell = page.locator("[data-cell='shapes/cat.py:rows']")
    expect(cell.locator(".hb-out pre")).to_contain_text("torch.Size([6, 3])")
    expect(cell.locator("button:visible")).to_have_count(0)
    expect(page.locator(".hb-api h3")).to_be_visible()
    bar = cell.locator(".hb-bar").bounding_box()
    assert bar["height"] >= 30
    context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_error_leads_to_its_explanation(page, server, language):
    """Every error on the page of errors fits its own heading's pattern, in JavaScript too."""
    page.goto(f"{server}{HOME[language]}reference/errors/")
    astray = page.evaluate(
        """async (file) => {
          const known = await (await fetch(file)).json();
          const headings = [...document.querySelectorAll("article h3[id]")];
          const wrong = [];
          for (const type of document.querySelectorAll("article .hb-type")) {
            const above = (h) => h.compareDocumentPosition(type) & h.DOCUMENT_POSITION_FOLLOWING;
            const anchor = headings.filter(above).at(-1).id;
            const message = type.parentElement.textContent.split(`${type.textContent}: `)[1];
            const found = known
              .filter((e) => e.type === type.textContent && new RegExp(e.pattern).test(message))
              .map((e) => e.anchor);
            if (String(found) !== anchor) wrong.push([anchor, found]);
          }
          return known.length < 40 ? known : wrong;
        }""",
        f"{server}assets/errors.json",
    )
    assert astray == []


def test_a_verdict_chosen_hides_the_other_claims_but_never_on_paper(page, server):
    """Nor the claim that a link leads to."""
    page.goto(f"{server}en/reference/notes/#c01")
    shown = page.locator(".hb-claims > .hb-verdict:visible")
    expect(shown).to_have_count(96)
    page.get_by_label("Wrong").check()
    expect(shown).to_have_count(7 + 1)
    expect(page.locator("#c01")).to_be_visible()
    page.emulate_media(media="print")
    expect(shown).to_have_count(96)
