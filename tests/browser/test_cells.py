"""What Run does with any cell, good or bad, on a page of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

Cells = Callable[[str], Any]


def test_nothing_loads_before_run(go: Any, page: Page, requests: list[str]) -> None:
    """A page costs one small script until Run is pressed."""
    go("story")
    page.wait_for_load_state("networkidle")
    scripts = [address for address in requests if "/assets/" in address]
    assert [address.rsplit("/", 1)[1] for address in scripts] == ["cells.js"]


def test_python_starts_while_the_button_is_down(go: Any, page: Page, cell: Cells) -> None:
    """A press of the mouse asks for Python already; its release then runs the cell."""
    go("story")
    one = cell("stage/story.py:one")
    one.button.hover()
    with page.expect_request("**/worker.js*"):
        page.mouse.down()
    page.mouse.up()
    one.wait("equal")


def test_run_takes_the_place_of_the_recorded_output(go: Any, cell: Cells) -> None:
    """The cell says that it printed what torch printed, and its button what comes next."""
    go("story")
    one = cell("stage/story.py:one")
    one.has_button("运行")
    assert one.run().state == "equal"
    assert one.words == "与 torch 相同"
    assert one.printed == "first\ntensor([1])"
    one.has_button("再运行")
    expect(one.output.get_by_role("group", name="输出 stage/story.py:one")).to_be_visible()


def test_cells_above_run_first(go: Any, page: Page, cell: Cells) -> None:
    """Run on a later cell runs those above it, says that it waits, and shows their results."""
    go("story", "en")
    page.evaluate(
        """() => {
          window.states = {};
          for (const cell of document.querySelectorAll(".hb-cell")) {
            const seen = (window.states[cell.dataset.cell.split(":")[1]] = []);
            new MutationObserver(() => {
              const words = cell.querySelector(".hb-state b").textContent;
              const entry = `${cell.dataset.state}: ${words}`;
              if (seen.at(-1) !== entry) seen.push(entry);
            }).observe(cell, { subtree: true, childList: true, attributes: true });
          }
        }"""
    )
    assert cell("stage/story.py:raises").run().state == "raised"
    states = page.evaluate("states")
    assert "waiting: Waiting for the code above" in states["raises"]
    assert states["raises"][-1] == "raised: Expected error, torch’s word for word"
    assert states["one"][-1] == "equal: Same as torch"
    assert states["two"][-1] == "equal: Same as torch"
    assert states["only"] == []
    assert states["silent"] == []


def test_a_cell_for_torch_alone_has_no_button(go: Any, cell: Cells) -> None:
    """It keeps its recorded output."""
    go("story")
    only = cell("stage/story.py:only")
    expect(only.button).to_have_count(0)
    assert only.state == "only"


def test_run_again_starts_from_the_top(go: Any, cell: Cells) -> None:
    """A cell that changes what it finds prints the same the second time."""
    go("story")
    two = cell("stage/story.py:two")
    two.run()
    two.root.evaluate("cell => cell.querySelector('.hb-out').replaceChildren('changed')")
    assert two.run("equal").printed.replace("changed", "") in ("", "['one', 'two']")
    expect(two.output).to_have_text("['one', 'two']")
    expect(two.root).to_have_attribute("data-state", "equal")


def test_the_announced_error(go: Any, cell: Cells) -> None:
    """It is shown as the page showed it: without a trace."""
    go("story")
    raises = cell("stage/story.py:raises").run()
    assert raises.state == "raised"
    assert raises.printed == "ValueError: invalid literal for int() with base 10: 'x'"
    assert raises.output.locator(".hb-type").inner_text() == "ValueError"


def test_a_cell_without_output(go: Any, cell: Cells) -> None:
    """It says so."""
    go("story")
    assert cell("stage/story.py:silent").run().printed == "没有输出"


def test_the_first_differing_line_is_marked(go: Any, cell: Cells) -> None:
    """Below it stands torch's line; what the code printed is text, never markup."""
    go("wrong")
    line = cell("stage/wrong.py:line").run()
    assert (line.state, line.words) == ("mismatch", "与 torch 不同：这是本站的错")
    assert line.output.locator("ins").inner_text() == "x < y"
    assert line.output.locator("ins").get_attribute("data-by") == "现在"
    assert line.output.locator("del").inner_text() == "b"
    assert line.output.locator("del").get_attribute("data-by") == "原例"
    assert line.printed.split() == ["a", "x", "<", "y", "b", "c"]


def test_a_missing_line_is_marked(go: Any, cell: Cells) -> None:
    """Where the output ends early, torch's next line follows."""
    go("wrong", "en")
    short = cell("stage/wrong.py:short").run()
    assert short.words == "Differs from torch: our mistake"
    expect(short.output.locator("ins")).to_have_count(0)
    assert short.output.locator("del").inner_text() == "b"


def test_an_error_is_trimmed_to_the_readers_code(go: Any, cell: Cells) -> None:
    """The trace names lines of cells and nothing of ours; the state line names the line."""
    go("wrong")
    surprise = cell("stage/wrong.py:surprise").run()
    assert surprise.state == "mismatch"
    assert "第 2 行出错" in surprise.line.inner_text()
    assert surprise.printed.startswith("before\nTraceback (most recent call last):")
    assert 'File "<cell surprise>", line 5' in surprise.printed
    assert 'File "<cell surprise>", line 2' in surprise.printed
    assert "ZeroDivisionError: division by zero" in surprise.printed
    assert "cell.py" not in surprise.printed
    assert "pyodide" not in surprise.printed


def test_output_streams(go: Any, cell: Cells) -> None:
    """The recorded output stays until the first new line, which comes while the cell runs."""
    go("slow")
    stream = cell("stage/slow.py:stream")
    stream.button.click()
    expect(stream.output).to_have_text("early\nlate")
    stream.wait("running")
    expect(stream.output).to_have_text("early", timeout=10_000)
    assert stream.state == "running"
    expect(stream.root.get_by_role("progressbar", name="进度")).to_be_visible()
    expect(stream.line).to_contain_text("秒")
    stream.wait("equal")
    assert stream.printed == "early\nlate"
    expect(stream.root.get_by_role("progressbar")).to_have_count(0)


def test_steps_of_a_long_loop(go: Any, cell: Cells) -> None:
    """Line and bar say which step runs; after the loop, only how long it has taken."""
    go("steps", "en")
    steps = cell("stage/steps.py:steps")
    steps.button.click()
    expect(steps.line).to_have_text(
        re.compile(r"Running\s*step \d+ of 40 · \d\.\d s$"), timeout=30_000
    )
    assert 0 < float(steps.root.locator("progress").get_attribute("value") or 0) < 1
    expect(steps.line).to_have_text(re.compile(r"Running\s*\d\.\d s$"))
    steps.wait("equal")


def test_stop_an_endless_loop(go: Any, page: Page, cell: Cells) -> None:
    """Stop waits for nothing: by the next turn of the page's own loop it is done."""
    go("slow")
    loop = cell("stage/slow.py:loop")
    loop.button.click()
    expect(loop.output).to_have_text("looping\n")
    loop.has_button("停止")
    state = page.evaluate(
        """async (button) => {
          button.click();
          await new Promise((resolve) => setTimeout(resolve));
          return button.closest(".hb-cell").dataset.state;
        }""",
        loop.button.element_handle(),
    )
    assert state == "stopped"
    assert loop.words == "已停止"
    loop.has_button("再运行")
    assert cell("stage/slow.py:stream").run("running").wait("equal")


def test_stop_where_memory_is_shared(page: Page, isolated_stage: str, cell: Cells) -> None:
    """An isolated page interrupts Python and keeps the worker."""
    page.goto(f"{isolated_stage}en/slow-default.html")
    assert page.evaluate("crossOriginIsolated")
    workers = []
    page.on("worker", lambda worker: workers.append(worker))
    loop = cell("stage/slow.py:loop")
    loop.button.click()
    expect(loop.output).to_have_text("looping\n", timeout=30_000)
    loop.button.click()
    loop.wait("stopped")
    cell("stage/slow.py:stream").run("running").wait("equal")
    assert len(workers) == 1


def test_stop_while_python_loads(go: Any, page: Page, cell: Cells) -> None:
    """Nothing goes on loading that nobody waits for."""
    go("story")
    held: list[Route] = []
    page.route("**/pyodide.asm.wasm", lambda route: held.append(route))
    one = cell("stage/story.py:one")
    with page.expect_worker() as started:
        one.run("loading")
    with started.value.expect_event("close"):
        one.button.click()
    one.wait("stopped")
    page.unroute("**/pyodide.asm.wasm")
    assert one.run("loading").wait("equal")


def test_a_double_click_runs_once(go: Any, cell: Cells) -> None:
    """Its second half does not press Stop."""
    go("story")
    one = cell("stage/story.py:one")
    one.button.dblclick()
    assert one.wait().state == "equal"


def test_run_while_another_cell_runs(go: Any, cell: Cells) -> None:
    """It waits for its turn, above or below."""
    go("slow")
    stream, loop = cell("stage/slow.py:stream"), cell("stage/slow.py:loop")
    stream.button.click()
    loop.button.click()
    assert (loop.state, loop.words) == ("waiting", "等上面的代码先跑完")
    loop.wait("running")
    stream.button.click()
    assert (stream.state, stream.words) == ("waiting", "等下面的代码先跑完")
    stream.button.click()
    assert stream.state == "stopped"
    loop.button.click()
    loop.wait("stopped")


def test_endless_output_is_cut(go: Any, cell: Cells) -> None:
    """After 64,000 characters the cell is stopped, and the page says why."""
    go("much")
    much = cell("stage/much.py:much").run()
    assert (much.state, much.words) == ("stopped", "输出满 64,000 个字符，已停止")
    length = much.output.locator("pre").evaluate("pre => pre.textContent.length")
    assert length == 64_000


def test_deep_recursion(go: Any, cell: Cells) -> None:
    """The page says what happened, and Python starts again."""
    go("deep", "en")
    deep = cell("stage/deep.py:deep").run()
    assert deep.state == "error"
    assert deep.words == "Recursion too deep; Python was restarted"
    assert "Most likely a recursion has no end" in deep.printed


def test_the_worker_is_killed(go: Any, page: Page, cell: Cells) -> None:
    """A worker that ends without a word is missed, and the next Run works."""
    page.add_init_script(
        """
        window.started = [];
        window.Worker = class extends Worker {
          constructor(...args) {
            super(...args);
            window.started.push(this);
          }
        };
        """
    )
    go("slow")
    loop = cell("stage/slow.py:loop")
    loop.button.click()
    expect(loop.output).to_have_text("looping\n", timeout=30_000)
    page.evaluate("started[0].terminate()")
    loop.wait()
    assert (loop.state, loop.words) == ("error", "Python 意外退出，已重新启动")
    assert "变量都已清空" in loop.printed
    assert cell("stage/slow.py:stream").run("running").wait("equal")


FILES = (
    "desk.js*",
    "worker.js*",
    "engine.bin*",
    "cells/stage/story.json*",
    "library.bin",
    "python_stdlib.zip",
    "pyodide.asm.wasm",
    "pyodide.asm.mjs",
)


@pytest.mark.parametrize(
    ("file", "how"),
    [*((file, "cut off") for file in FILES), *((file, "missing") for file in FILES[2:6])],
)
def test_a_failed_download(go: Any, page: Page, cell: Cells, file: str, how: str) -> None:
    """Whichever file does not arrive: the cell says so, keeps its output, and Retry works."""
    go("story")
    page.route(
        f"**/{file}",
        lambda route: route.abort() if how == "cut off" else route.fulfill(status=404, body=""),
    )
    one = cell("stage/story.py:one")
    recorded = one.printed
    assert one.run().state == "failed"
    assert one.words == "没有下载成功"
    assert one.printed == recorded
    one.has_button("重试")
    page.unroute(f"**/{file}")
    assert one.run("loading", "running", "equal").wait("equal")


def test_progress_in_megabytes(go: Any, page: Page, cell: Cells) -> None:
    """While the files arrive for the first time, the state line counts them."""
    go("story")
    page.route("**/python_stdlib.zip", lambda route: held.append(route))
    held: list[Route] = []
    one = cell("stage/story.py:one")
    one.button.click()
    expect(one.line).to_contain_text("MB", timeout=30_000)
    assert one.words == "正在载入 Python"
    held[0].continue_()
    one.wait("equal")


def test_a_figure(go: Any, cell: Cells) -> None:
    """It stands in the page as SVG, with its text alternative; equal is by that text."""
    go("figure")
    square = cell("stage/figure.py:square").run()
    assert square.state == "equal"
    picture = square.output.get_by_role("img", name="one square")
    expect(picture).to_be_visible()
    assert picture.locator("rect").get_attribute("id") == "stage-figure-py-square-r"
    assert picture.locator("use").get_attribute("href") == "#stage-figure-py-square-r"


def test_a_figure_is_told_as_the_page_told_it(go: Any, page: Page, cell: Cells) -> None:
    """Python's own words are English; the page has said the same in its language."""
    go("figure")
    square = cell("stage/figure.py:square")
    square.output.locator("svg").evaluate("svg => svg.setAttribute('aria-label', '一个方块')")
    assert square.run().state == "equal"
    expect(square.output.get_by_role("img", name="一个方块")).to_be_visible()


def test_a_figure_cannot_act(go: Any, page: Page, cell: Cells) -> None:
    """Scripts, handlers and foreign addresses of a drawing are left out."""
    go("figure")
    wicked = cell("stage/figure.py:wicked").run()
    assert wicked.state == "equal"
    expect(wicked.output.locator("svg")).to_have_count(1)
    expect(wicked.output.locator("script, image, [onload]")).to_have_count(0)
    assert page.title() == "Stage"


def test_only_start_and_end_are_announced(go: Any, page: Page, cell: Cells) -> None:
    """Seconds, megabytes and phases change on the screen, not for the ear."""
    go("slow")
    stream = cell("stage/slow.py:stream")
    line = stream.line.element_handle()
    page.evaluate(
        """(line) => {
          window.heard = [];
          new MutationObserver(() => {
            if (line.getAttribute("aria-live") === "off") return;
            const shown = [...line.children].filter((part) => part.ariaHidden !== "true");
            const text = shown.map((part) => part.textContent).join(" ");
            if (heard.at(-1) !== text) heard.push(text);
          }).observe(line, { childList: true, subtree: true, characterData: true });
        }""",
        line,
    )
    assert stream.line.get_attribute("role") == "status"
    stream.run("running").wait("equal")
    heard = page.evaluate("heard")
    assert heard[0] == "正在载入 Python"
    assert heard[1].startswith("与 torch 相同 1.")
    assert len(heard) == 2


def test_instant_navigation(go: Any, page: Page, cell: Cells) -> None:
    """One bar a cell, the worker survives, and a page that is entered again starts afresh."""
    go("story")
    workers = []
    page.on("worker", lambda worker: workers.append(worker))
    cell("stage/story.py:two").run("equal")
    page.evaluate("go('slow-default.html')")
    cell("stage/slow.py:stream").run("running").wait("equal")
    page.evaluate("go('story-default.html')")
    two = cell("stage/story.py:two")
    assert two.state == "recorded"
    assert two.run("equal").printed == "['one', 'two']"
    assert cell("stage/story.py:one").state == "equal"
    expect(two.root.locator(".hb-bar")).to_have_count(1)
    assert two.root.locator(".hb-do > button").all_inner_texts() == ["再运行", "编辑", "张量"]
    assert len(workers) == 1


def test_a_setting_that_another_page_left_behind(go: Any, page: Page, cell: Cells) -> None:
    """It is no mistake of this page: the cell runs once more in a fresh Python."""
    go("leak")
    cell("stage/leak.py:set").run("equal")
    page.evaluate("go('pi-default.html')")
    assert cell("stage/pi.py:pi").run().state == "equal"


def test_a_page_that_is_left_while_it_runs(go: Any, page: Page, cell: Cells) -> None:
    """Its loop ends with it; the next page runs at once."""
    go("slow")
    loop = cell("stage/slow.py:loop")
    loop.button.click()
    expect(loop.output).to_have_text("looping\n", timeout=30_000)
    page.evaluate("go('story-default.html')")
    assert cell("stage/story.py:one").run("loading", "running", "equal").wait("equal")


def test_keyboard(go: Any, page: Page, cell: Cells) -> None:
    """Run and Stop are one button, which keeps the focus."""
    go("slow", "en")
    loop = cell("stage/slow.py:loop")
    loop.button.focus()
    page.keyboard.press("Enter")
    expect(loop.output).to_have_text("looping\n", timeout=30_000)
    expect(loop.button).to_be_focused()
    loop.has_button("Stop")
    page.keyboard.press("Enter")
    loop.wait("stopped")
    expect(loop.button).to_be_focused()
    loop.has_button("Run again")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript(go: Any, cell: Cells) -> None:
    """Code and recorded output are there."""
    go("story")
    one = cell("stage/story.py:one")
    expect(one.root.locator("pre code")).to_contain_text("torch.tensor([1])")
    expect(one.output).to_have_text("first\ntensor([1])")


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("name", ["story", "wrong", "figure", "much"])
def test_access(go: Any, page: Page, cell: Cells, axe: Any, scheme: str, name: str) -> None:
    """axe-core finds nothing to mend in cells, before and after they ran."""
    go(name, "en", scheme)
    assert axe(page) == []
    for block in page.locator(".hb-cell:has(.hb-run)").all():
        cell(block.get_attribute("data-cell")).run().wait()
    assert axe(page) == []


def test_narrow(go: Any, page: Page, cell: Cells) -> None:
    """At 360 px the page does not scroll sideways; long lines scroll inside their output."""
    page.set_viewport_size({"width": 360, "height": 640})
    go("story")
    cell("stage/story.py:long").run("equal")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_nothing_moves_when_run_is_pressed(go: Any, cell: Cells) -> None:
    """The output, and what follows the cell, stay where they are from the press to the end."""
    go("slow")
    stream, below = cell("stage/slow.py:stream"), cell("stage/slow.py:loop").root

    def places() -> list[float]:
        boxes = [stream.output.bounding_box(), below.bounding_box()]
        return [box["y"] for box in boxes if box]

    before = places()
    stream.run("loading", "running")
    assert places() == before
    stream.wait("running")
    expect(stream.root.get_by_role("progressbar")).to_be_visible()
    expect(stream.output).to_have_text("early\n")
    assert places() == before
    stream.wait("equal")
    assert places() == before


def test_the_record_says_what_the_page_shows(stage_folder: Any) -> None:
    """The stage's records have the fields that the contract of the press names."""
    record = json.loads((stage_folder / "assets/cells/stage/story.json").read_text())
    assert set(record) == {"torch", "file", "cells"}
    assert set(record["cells"][0]) == {
        "name",
        "source",
        "printed",
        "raises",
        "torch_only",
        "figure",
    }
