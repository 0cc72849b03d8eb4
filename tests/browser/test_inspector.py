"""The inspector below a cell that has run; completion while one writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

import reference_impl.torch as torch
from press.completing import describe

Cells = Callable[[str], Any]


def test_inspector(go: Any, page: Page, cell: Cells, axe: Any) -> None:
    """Rows, chips, both pictures of the tensor that is chosen, and the engine's source."""
    go("tensors")
    views = cell("stage/tensors.py:views")
    expect(views.root.get_by_role("button", name="张量")).to_have_count(0)
    views.run("equal")
    views.root.get_by_role("button", name="张量").click()
    panel = page.get_by_role("region", name="张量 stage/tensors.py:views")
    rows = panel.locator("tbody tr")
    expect(rows).to_have_count(4)
    assert rows.nth(1).inner_text().split("\t") == [
        *("b", "(3, 2)", "(1, 3)", "0", "float32", "False", "无", "A")
    ]
    expect(panel.locator("header")).to_contain_text("4 个张量，3 块存储")
    expect(panel.get_by_role("button", name="y")).to_have_attribute("aria-pressed", "true")
    expect(panel.locator("figure").nth(1).locator("svg")).to_contain_text("SumBackward0")
    panel.get_by_role("button", name="b", exact=True).click()
    expect(panel.locator("figcaption").first).to_have_text("A6 个元素，24 字节，由 a、b 共用")
    expect(panel.locator("figure").first.locator("svg")).to_be_visible()
    expect(panel.locator("figure").nth(1)).to_contain_text("b 没有 grad_fn")

    called = panel.locator("details")
    assert called.locator("summary code").all_inner_texts() == [
        *("torch.arange", "Tensor.view", "Tensor.t", "torch.ones", "Tensor.mul", "Tensor.sum")
    ]
    called.nth(2).locator("summary").click()
    expect(called.nth(2).locator("pre .tok-keyword").first).to_have_text("def")
    expect(called.nth(2).locator("pre")).to_contain_text("def t(input: Tensor) -> Tensor:")
    assert axe(page, ".hb-panel") == []

    panel.get_by_role("button", name="收起").click()
    expect(panel).to_have_count(0)
    expect(views.root.get_by_role("button", name="张量")).to_be_focused()


def test_completion(go: Any, page: Page, cell: Cells, axe: Any) -> None:
    """Names come with signature and docstring, also before anything has run."""
    go("tensors", "en", "slate")
    below = cell("stage/tensors.py:below")
    below.root.get_by_role("button", name="Edit").click()
    expect(below.root.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n")
    page.wait_for_function("() => performance.getEntriesByName('hb-python-ready').length > 0")
    page.keyboard.type("torch.conca")
    options = page.get_by_role("listbox", name="Completions").get_by_role("option")
    expect(options).to_have_text(["concat", "concatenate"])
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Backspace")
    page.keyboard.type("ca")
    expect(options.filter(has_text="cat")).to_have_count(1)
    page.keyboard.type("t")
    info = page.locator(".cm-completionInfo")
    expect(info).to_contain_text("cat(tensors, dim=0, *, out=None)")
    expect(info).to_contain_text("Join tensors along a dimension they have.")
    page.keyboard.type("((a, b), di")
    expect(options.first).to_have_text("dim=")
    assert axe(page, ".cm-tooltip", ".cm-editor") == []
    page.keyboard.press("Enter")
    expect(below.root.locator(".cm-line").last).to_have_text("torch.cat((a, b), dim=)")


def test_completion_in_chinese(go: Any, page: Page, cell: Cells) -> None:
    """On a Chinese page a function is told of in Chinese, once somebody has translated it."""
    go("tensors")
    chinese = {describe("torch.", "cat", {"torch": torch})["summary"]: "沿已有的一维拼接张量。"}
    page.route("**/assets/summaries.json", lambda route: route.fulfill(json=chinese))
    below = cell("stage/tensors.py:below")
    below.root.get_by_role("button", name="编辑").click()
    expect(below.root.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n")
    page.wait_for_function("() => performance.getEntriesByName('hb-python-ready').length > 0")
    info = page.locator(".cm-completionInfo")
    for name, said in (("hstack", "Join tensors"), ("cat", "沿已有的一维拼接张量。")):
        page.keyboard.type(f"torch.{name}")
        expect(info).to_contain_text(said)
        page.keyboard.press("Escape")
        page.keyboard.type("\n")


def test_what_does_this_error_mean(go: Any, page: Page, cell: Cells, requests: Any) -> None:
    """Where the handbook explains an error, the cell leads there; elsewhere it does not."""
    go("wrong", "en")
    surprise = cell("stage/wrong.py:surprise")
    surprise.root.get_by_role("button", name="Edit").click()
    expect(surprise.root.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("  # mine")
    known = [
        {"type": "TypeError", "pattern": "by zero", "anchor": "other"},
        {"type": "ZeroDivisionError", "pattern": "^division by zero$", "anchor": "zero"},
    ]
    page.route("**/assets/errors.json", lambda route: route.fulfill(body=json.dumps(known)))
    page.keyboard.press("Control+Enter")
    surprise.wait("error")
    link = surprise.output.get_by_role("link", name="What does this error mean?")
    expect(link).to_have_attribute(
        "href", "".join((*page.url.split("en/")[:1], "en/reference/errors/#zero"))
    )
    page.keyboard.press("Control+Home")
    page.keyboard.type("nobody ")
    page.keyboard.press("Control+Enter")
    expect(surprise.output).to_contain_text("SyntaxError", timeout=30_000)
    expect(link).to_have_count(0)
