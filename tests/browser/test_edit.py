"""Editing a cell: the editor in its place, what its output is then called, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

Cells = Callable[[str], Any]


def write(cell: Any, text: str) -> None:
    """Put the caret at the end of a cell's code, and type."""
    page = cell.root.page
    cell.root.get_by_role("button", name="编辑").click()
    expect(cell.root.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def test_edit_and_reset(go: Any, page: Page, cell: Cells, axe: Any) -> None:
    """The reader's code runs by the keyboard, is compared as such, and can be taken back."""
    go("story")
    one, two = cell("stage/story.py:one"), cell("stage/story.py:two")
    recorded = two.printed
    write(two, "; print(2)")
    expect(two.root.locator("pre").first).to_be_hidden()
    editor = two.root.get_by_role("textbox", name="代码编辑器")
    expect(editor).to_have_text("seen.append('two')seen; print(2)")
    expect(two.root.locator(".hb-name b")).to_have_text("已修改")
    expect(two.root.locator(".cm-changed")).to_have_text("seen; print(2)")

    page.keyboard.press("Control+Enter")
    two.wait("differs")
    assert two.words == "代码已改，输出与原例不同"
    assert two.output.locator("ins").inner_text() == "2"
    assert two.output.locator("del").inner_text() == "['one', 'two']"
    assert one.state == "equal", "the cells above have run"
    expect(editor).to_be_focused()

    page.keyboard.type("\n1 / 0")
    page.keyboard.press("Control+Enter")
    two.wait("error")
    assert two.words == "第 3 行出错"
    expect(two.root.locator(".cm-error")).to_have_text("1 / 0")
    assert axe(page, ".hb-cell") == []

    page.keyboard.press("Escape")
    expect(two.button).to_be_focused()
    raises = cell("stage/story.py:raises").run("raised")
    assert raises.words == "代码已改，输出与原例相同", (
        "a cell below a change is not compared with torch"
    )

    two.root.get_by_role("button", name="还原").click()
    expect(editor).to_have_count(0)
    expect(two.root.locator("pre").first).to_be_visible()
    assert (two.state, two.words, two.printed) == ("recorded", "torch 2.13.0 的输出", recorded)
    assert two.run("equal").printed == "['one', 'two']"


def test_the_first_run_leaves_a_way_back(go: Any, cell: Cells) -> None:
    """The cell that asked for Python itself is, once reset, what the page came with."""
    go("story")
    one = cell("stage/story.py:one")
    one.button.evaluate("(button) => button.click()")  # nothing is on its way before
    one.wait("equal")
    write(one, "  # 1")
    one.root.get_by_role("button", name="还原").click()
    assert (one.state, one.words) == ("recorded", "torch 2.13.0 的输出")


def test_the_keyboard_is_not_trapped(go: Any, page: Page, cell: Cells) -> None:
    """Tab goes on to the next control; Escape leaves an editor in which nothing was written."""
    go("story", "en")
    one = cell("stage/story.py:one")
    edit = one.root.get_by_role("button", name="Edit")
    edit.focus()
    page.keyboard.press("Enter")
    editor = one.root.get_by_role("textbox", name="Code editor")
    expect(editor).to_be_focused()
    page.keyboard.press("Tab")
    expect(one.button).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(editor).to_be_focused()
    page.keyboard.press("Escape")
    expect(editor).to_have_count(0)
    expect(one.button).to_be_focused()
    assert one.state == "recorded"


def test_without_the_editor(go: Any, page: Page, cell: Cells) -> None:
    """Where CodeMirror cannot be had, a plain text field does."""
    page.route("**/editor.js*", lambda route: route.abort())
    go("story", "en")
    one = cell("stage/story.py:one")
    one.root.get_by_role("button", name="Edit").click()
    field = one.root.get_by_role("textbox", name="Code editor")
    expect(field).to_be_focused()
    field.fill("1 + 1")
    field.press("Control+Enter")
    one.wait("differs")
    assert one.output.locator("ins").inner_text() == "2"
    field.press("Escape")
    expect(one.button).to_be_focused()


def test_a_module_that_is_not_there(go: Any, page: Page, cell: Cells) -> None:
    """Below the error stands which modules there are."""
    go("story")
    one = cell("stage/story.py:one")
    write(one, "\nimport pandas")
    page.keyboard.press("Control+Enter")
    one.wait("error")
    expect(one.output).to_contain_text("ModuleNotFoundError: No module named 'pandas'\n浏览器里有")
