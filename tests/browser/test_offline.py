"""The site without a network: only once the reader has asked for it, and until it is removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

Cells = Callable[[str], Any]
LESSON = "shapes/cat/"
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope)"


# Requests of a page that a service worker serves are not the page's own, and go unrouted.
@pytest.mark.browser_context_args(service_workers="allow")
def test_offline(
    context: BrowserContext, page: Page, server: str, cell: Cells, requests: list[str]
) -> None:
    """Below its sub-path the whole site opens and runs; afterwards nothing is left of it."""
    page.goto(f"{server}en/playground/")
    keep = page.get_by_role("button", name="Keep it on this device")
    expect(keep).to_be_visible()
    assert page.evaluate(WORKERS) == []
    keep.click()
    remove = page.get_by_role("button", name="Remove it from this device")
    expect(remove).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Kept: it works without a network.")).to_be_visible()
    assert page.evaluate(WORKERS) == [server]

    context.set_offline(True)
    page.goto(server + LESSON)
    expect(page.locator("h1")).to_be_visible()
    cell("shapes/cat.py:rows").run("equal")
    page.goto(server + "no/such/page/")
    expect(page.locator("h1")).to_contain_text("404")
    page.goto(f"{server}en/playground/")
    expect(remove).to_be_visible()
    context.set_offline(False)

    remove.click()
    expect(keep).to_be_visible()
    assert page.evaluate(WORKERS) == []
    assert page.evaluate("() => caches.keys()") == []
