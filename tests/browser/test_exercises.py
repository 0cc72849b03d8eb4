"""An exercise on its page: check, hint, solution, and what is kept of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

PAGE, REF = "shapes/view/", "exercises/shapes/view.py:channels"
STORED = 'localStorage.getItem("hb-exercises")'


@pytest.fixture
def exercise(page: Page) -> Locator:
    """The exercise on the page."""
    return page.locator(f'[data-exercise="{REF}"]')


def lines(exercise: Locator) -> list[str]:
    """Return the first words of each line of the checks."""
    shown = exercise.locator(".hb-checks b").all_inner_texts()
    labels = exercise.locator(".hb-checks b + code").all_inner_texts()
    return [f"{word} {label}" for word, label in zip(shown, labels, strict=True)]


def solution(site: Path) -> str:
    """Return the solution that the press recorded."""
    record = json.loads((site / "assets/cells/exercises/shapes/view.json").read_text("utf-8"))
    return record["exercises"][0]["solution"]


def write(exercise: Locator, text: str) -> None:
    """Put text in the place of what the editor holds, as if pasted."""
    exercise.locator(".cm-content").fill(text)


def test_check(page: Page, server: str, site: Path, exercise: Locator, axe: Any) -> None:
    """Each label passes or fails; the hint of the first that fails, and at last the solution."""
    page.goto(server + PAGE)
    expect(exercise.locator(".hb-solution")).to_be_hidden()
    state = exercise.locator(".hb-state b")
    check = exercise.get_by_role("button", name="检查")
    check.click()
    expect(state).to_have_text("还有检查没通过", timeout=30_000)
    assert lines(exercise) == ["通过 shape", "未通过 values", "还没查到 memory"]
    expect(exercise.locator(".hb-checks .hb-hint")).to_contain_text("只重新分组")
    expect(exercise.locator(".hb-solution")).to_be_visible()
    assert page.evaluate(STORED) is None, "an attempt is nobody's business"

    exercise.get_by_role("button", name="张量").click()
    panel = page.get_by_role("region", name=f"张量 {REF}")
    expect(panel.locator("tbody th")).to_have_text(["x", "y"])
    expect(panel.locator("tbody .hb-chip")).to_have_text(["A", "A"])
    assert axe(page, ".hb-panel") == []

    exercise.locator("pre").first.click()
    expect(exercise.locator(".cm-content")).to_be_focused()
    write(exercise, "import torch\ndef channels_first(x):\n    return x.nonsense")
    page.keyboard.press("Control+Enter")
    expect(state).to_have_text("第 3 行出错")
    expect(exercise.locator(".cm-error")).to_have_text("    return x.nonsense")
    assert lines(exercise) == ["未通过 shape", "还没查到 values", "还没查到 memory"]
    expect(exercise.locator(".hb-out pre")).to_contain_text("has no attribute 'nonsense'")

    write(exercise, "channels_first = 1 +")
    page.keyboard.press("Control+Enter")
    expect(state).to_have_text("第 1 行出错")
    assert {line.split()[0] for line in lines(exercise)} == {"还没查到"}

    write(exercise, solution(site))
    check.click()
    expect(state).to_have_text("检查全部通过")
    assert lines(exercise) == ["通过 shape", "通过 values", "通过 memory"]
    expect(exercise.locator("h3 .hb-done")).to_have_text("已通过")
    assert axe(page, ".hb-exercise") == []


def test_progress(page: Page, server: str, site: Path, exercise: Locator, axe: Any) -> None:
    """It outlives the page, in this browser alone, and the page offers to erase it."""
    page.emulate_media(color_scheme="dark")
    page.goto(f"{server}en/{PAGE}")
    exercise.get_by_role("button", name="Edit").click()
    write(exercise, solution(site))
    page.keyboard.press("Control+Enter")
    expect(exercise.locator(".hb-state b")).to_have_text("All checks passed", timeout=30_000)

    page.reload()
    expect(exercise.locator("h3 .hb-done")).to_have_text("Passed")
    expect(exercise.locator(".cm-content")).to_contain_text("permute")
    expect(exercise.locator(".hb-kept")).to_contain_text("Kept in this browser only.")
    assert axe(page, ".hb-exercise") == []
    exercise.get_by_role("button", name="Reset").click()
    expect(exercise.locator(".cm-content")).to_have_count(0)
    expect(exercise.locator("h3 .hb-done")).to_be_visible()
    exercise.get_by_role("button", name="Erase this one").click()
    expect(exercise.locator(".hb-kept, .hb-done")).to_have_count(0)
    expect(exercise.locator(".hb-solution")).to_be_hidden()
    assert page.evaluate(STORED) is None
