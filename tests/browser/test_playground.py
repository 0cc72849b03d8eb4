"""The playground: examples, links, a draft, and what its code prints."""

from __future__ import annotations

import base64
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

LOADED = 30_000


def link(code: str) -> str:
    """Return a fragment with code, made without the page's own script."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(code.encode()) + packer.flush()
    return "#code=" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


@pytest.fixture
def play(page: Page) -> Locator:
    """The playground on the page."""
    return page.locator(".hb-play")


def test_playground(page: Page, server: str, play: Locator, axe: Any) -> None:
    """Examples are held against torch; the reader's own code runs, is shared, and is kept."""
    page.goto(f"{server}en/playground/")
    state, editor = play.locator(".hb-state b"), play.get_by_role("textbox", name="Code editor")
    expect(editor).to_have_value(re.compile(r"a\.view\(2, 3\)"))
    editor.focus()
    expect(play.locator(".cm-content")).to_be_focused()
    play.get_by_role("button", name="Run").click()
    expect(state).to_have_text("Same as torch", timeout=LOADED)
    play.get_by_label("Start from").select_option("A shape error")
    play.get_by_role("button", name="Run again").click()
    expect(state).to_have_text("Expected error, torch’s word for word")

    editor.fill("print('mine')\nx = [1]\nx")
    expect(play.get_by_label("Start from")).to_have_value("")
    page.keyboard.press("Control+Enter")
    expect(state).to_have_text("Ran")
    expect(play.locator(".hb-state")).to_contain_text("not compared with torch")
    expect(play.locator(".hb-out pre")).to_have_text("mine\n[1]")
    editor.fill("y = 1\nundefined")
    page.keyboard.press("Control+Enter")
    expect(state).to_have_text("Error on line 2")
    expect(play.locator(".cm-error")).to_have_text("undefined")
    play.get_by_role("button", name="Tensors").click()
    expect(page.locator(".hb-panel header")).to_contain_text("No tensors")

    with page.expect_download() as saved:
        play.get_by_role("button", name="Download .py").click()
    assert saved.value.suggested_filename == "playground.py"
    assert Path(saved.value.path()).read_text("utf-8") == "y = 1\nundefined\n"
    play.get_by_role("button", name="Copy link").click()
    expect(play.locator(".hb-play__note")).to_be_visible()
    page.wait_for_url("**/en/playground/#code=*")
    assert axe(page, ".md-content") == []

    page.goto(f"{server}en/")
    page.goto(f"{server}en/playground/")
    expect(editor).to_have_value("y = 1\nundefined")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_link_never_runs_by_itself(
    page: Page, server: str, play: Locator, requests: list[str], axe: Any, scheme: Any
) -> None:
    """Its code is shown, and the page says what to do; nothing of Python is loaded."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(server + "playground/" + link("print('来自链接')"))
    expect(play.get_by_role("textbox", name="代码编辑器")).to_have_value("print('来自链接')")
    note = play.get_by_text("这段代码来自链接，不会自动运行；看过再按「运行」。")
    expect(note).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not [address for address in requests if "worker.js" in address or "editor" in address]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page, ".md-content") == []


def test_a_link_that_cannot_be_read(page: Page, server: str, play: Locator) -> None:
    """The page says so, and begins as usual."""
    page.goto(f"{server}playground/{link('x' * 99)[:-4]}")
    expect(play.get_by_text("链接里的代码读不出来")).to_be_visible()
    editor = play.get_by_role("textbox", name="代码编辑器")
    expect(editor).to_have_value(re.compile(r"a\.view\(2, 3\)"))
    page.evaluate("fragment => (location.hash = fragment)", link("second = 2"))
    expect(editor).to_have_value("second = 2")


def test_instant_navigation(page: Page, server: str, play: Locator) -> None:
    """The playground is set up once each time one comes to it; Python outlives the way there."""
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url))
    page.goto(f"{server}shapes/view/")
    page.evaluate("window.here = true")
    first = page.locator(".hb-cell[data-cell]").first
    first.get_by_role("button", name="编辑").click()
    expect(first.locator(".cm-content")).to_be_focused()
    first.get_by_role("button", name="运行").click()
    expect(first).to_have_attribute("data-state", "equal", timeout=LOADED)
    page.locator('.md-nav__link[href*="playground"]').first.click()
    expect(play.get_by_role("textbox", name="代码编辑器")).to_be_visible()
    play.get_by_role("button", name="运行").click()
    expect(play.locator(".hb-state b")).to_have_text("与 torch 相同")
    page.go_back()
    expect(first).to_have_attribute("data-state", "recorded")
    expect(page.locator(".cm-editor")).to_have_count(0)
    page.go_forward()
    expect(play.get_by_role("textbox", name="代码编辑器")).to_have_count(1)
    assert page.evaluate("window.here"), "the browser loaded the page anew"
    assert len([address for address in workers if "/run/worker.js" in address]) == 1


@pytest.mark.parametrize(
    ("below", "asked"), [("", "这个错误是什么意思？"), ("en/", "What does this error mean?")]
)
def test_an_error_leads_to_its_explanation(
    page: Page, server: str, play: Locator, below: str, asked: str
) -> None:
    """Other numbers than the handbook's own, and the reader's language."""
    page.goto(f"{server}{below}playground/")
    editor = play.get_by_role("textbox")
    editor.fill("import torch\n\ntorch.zeros(7).view(3, -1)")
    page.keyboard.press("Control+Enter")
    help = play.get_by_role("link", name=asked)
    expect(help).to_have_attribute(
        "href", f"{server}{below}reference/errors/#count", timeout=LOADED
    )
    help.click()
    expect(page.locator("h3#count")).to_be_in_viewport()
