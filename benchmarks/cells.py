"""Every page's cells in Chromium: the slowest of each, and what Python takes in memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from benchmarks import Figure
from benchmarks.pages import built_site, profile, visiting

PATIENCE = 120_000  # milliseconds for all cells of a page, on whatever machine
SLOWEST = 2000.0  # milliseconds: any cell of any page
SHOWN = 8

# Press every Run of a page, one after the other; how long each took from the press to its end.
RUN_ALL = """async () => {
  const took = {};
  for (const cell of document.querySelectorAll(".hb-cell[data-cell]:has(.hb-run)")) {
    const busy = () => ["recorded", "waiting", "loading", "running"].includes(cell.dataset.state);
    const begin = performance.now();
    cell.querySelector(".hb-run").click();
    while (busy()) await new Promise((resolve) => setTimeout(resolve, 1));
    took[cell.dataset.cell] = performance.now() - begin;
  }
  return took;
}"""


def slowest(page: Any, address: str) -> tuple[str, float]:
    """Return the name of a page's slowest cell, Python's start left out, and its milliseconds."""
    page.goto(address)
    page.evaluate(RUN_ALL)  # loads Python, and what the cells import
    page.goto(address)
    took: dict[str, float] = page.evaluate(RUN_ALL)
    # The first still starts Python anew.
    cells = list(took.items())[1:] or list(took.items())
    return max(cells, key=lambda cell: cell[1])


def memory(browser: int) -> float:
    """Return the memory of a process and of all that descend from it, shared parts shared out."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        children.setdefault(int(after_name[1]), []).append(int(status.parent.name))
    total, waiting = 0, [browser]
    while waiting:
        process = waiting.pop()
        waiting += children.get(process, ())
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1000


def browsers() -> set[int]:
    """Return the processes that this one has started."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name = status.read_text()
        except OSError:
            continue
        if int(name.rpartition(")")[2].split()[1]) == os.getpid():
            found.add(int(status.parent.name))
    return found


def run() -> list[Figure]:
    """Run every cell of every Chinese page (the English ones have the same code)."""
    times: dict[str, float] = {}
    with built_site() as (root, address):
        pages = sorted((root / "docs" / "zh").glob("*/*.md"))
        lessons = [f"{page.parent.name}/{page.stem}/" for page in pages]
        with visiting() as playwright, profile(playwright) as context:
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(address + lessons[0])
            before = sum(memory(process) for process in browsers())
            page.locator(".hb-run").first.click()
            page.locator('.hb-cell[data-state="equal"]').first.wait_for()
            after = sum(memory(process) for process in browsers())
            for lesson in lessons:
                name, took = slowest(page, address + lesson)
                times[f"slowest of its page: {name}"] = took
    worst = sorted(times.items(), key=lambda cell: -cell[1])[:SHOWN]
    figures = [Figure(what, took, budget=SLOWEST) for what, took in worst]
    if Path("/proc/self/smaps_rollup").exists():
        figures.append(Figure("memory that the first run adds", after - before, "MB"))
    return figures
