"""Run to first output in Chromium, beside Pyodide as it is shipped, from one server."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import ROOT, Figure, medians
from benchmarks.pages import built_site, profile, visiting

ROUNDS = 5
# Compiled WebAssembly is written to the profile when nothing more was compiled for two seconds: a
# reader who looks at what was printed stays longer.
READ = 8000
LESSON = "shapes/cat/"
# Milliseconds that DESIGN allows, and what Pyodide as shipped took on the machine where they were
# set: a budget is their ratio, for another machine, or a busier one, is slower at both.
ALLOWED = {"cached": (450, 1436), "fresh": (1100, 2100)}

# Press the first Run of a page; how long until its output is another one.
FIRST_OUTPUT = """async () => {
  const output = document.querySelector(".hb-cell .hb-out");
  await new Promise((resolve) => setTimeout(resolve, 300));
  return await new Promise((resolve) => {
    const begin = performance.now();
    new MutationObserver(() => resolve(performance.now() - begin))
      .observe(output, { childList: true, subtree: true, characterData: true });
    document.querySelector(".hb-cell .hb-run").click();
  });
}"""

# The usual way: Pyodide's files as they are, the engine as source, everything after the click.
STOCK_PAGE = """<!doctype html><meta charset="utf-8"><title>Stock</title>
<div class="hb-cell"><button class="hb-run">Run</button><pre class="hb-out">recorded</pre></div>
<script type="module">
document.querySelector("button").onclick = () => {
  const worker = new Worker("worker.js", { type: "module" });
  worker.onmessage = ({ data }) => (document.querySelector("pre").textContent = data);
};
</script>"""
STOCK_WORKER = """import { loadPyodide } from "./pyodide.mjs";
const [python, engine] = await Promise.all([
  loadPyodide(),
  fetch("engine.zip").then((response) => response.arrayBuffer()),
]);
python.unpackArchive(engine, "zip");
python.runPython("import reference_impl; reference_impl.install()");
const cell = python.pyimport("press.cell").Session().run(SOURCE);
postMessage(cell.printed);
"""


def stock(folder: Path, source: str) -> None:
    """Write a page that runs the same cell with Pyodide as it is shipped."""
    shipped = ROOT / "web" / "node_modules" / "pyodide"
    folder.mkdir()
    for path in shipped.iterdir():
        if path.suffix in {".mjs", ".wasm", ".zip", ".json"}:
            shutil.copyfile(path, folder / path.name)
    with zipfile.ZipFile(folder / "engine.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        sources = [ROOT / "press" / f"{name}.py" for name in ("__init__", "cell", "steps")]
        for path in [*sources, *sorted((ROOT / "reference_impl").rglob("*.py"))]:
            archive.write(path, path.relative_to(ROOT).as_posix())
    (folder / "index.html").write_text(STOCK_PAGE, encoding="utf-8")
    worker = STOCK_WORKER.replace("SOURCE", json.dumps(source))
    (folder / "worker.js").write_text(worker, encoding="utf-8")


def first_output(context: Any, address: str, stay: float = 500) -> float:
    """Return the milliseconds from Run to the first output on a new page, left after `stay`."""
    page = context.new_page()
    page.goto(address)
    took = page.evaluate(FIRST_OUTPUT)
    page.wait_for_timeout(stay)
    page.close()
    return took


def fresh(playwright: Any, address: str) -> float:
    """Measure in a new profile."""
    with profile(playwright) as context:
        return first_output(context, address)


def weights(site: Path, context: Any, address: str) -> tuple[float, float]:
    """Return what a page brings before Run, in kB after gzip: our scripts and styles, and all."""
    seen: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: seen.append(request.url))
    page.goto(address, wait_until="networkidle")
    page.close()
    own, whole = 0, 0
    for url in seen:
        path = site / url.removeprefix(address.removesuffix(LESSON)).partition("?")[0]
        file = path / "index.html" if path.is_dir() else path
        size = len(gzip.compress(file.read_bytes(), 9)) if file.is_file() else 0
        whole += size
        if re.search(r"/assets/(run/)?[\w-]+\.(js|css)", url) and "mkdocstrings" not in url:
            own += size
    return own / 1000, whole / 1000


def allowed(profile: str, stock: float) -> float:
    """Return the milliseconds that ours may take where the stock one takes so many."""
    ours, theirs = ALLOWED[profile]
    return round(stock * ours / theirs)


def run() -> list[Figure]:
    """Measure ours and the stock one in turns, in one run from one server.

    The time to first output is judged by its ratio to the stock one's; the milliseconds that this
    allows here stand in the table as the budget.
    """
    with built_site() as (root, address):
        record = json.loads((root / "site/assets/cells/shapes/cat.json").read_text("utf-8"))
        stock(root / "site" / "stock", record["cells"][0]["source"])
        ours, theirs = address + LESSON, f"{address}stock/"
        with visiting() as playwright:
            with profile(playwright) as context:
                own, whole = weights(root / "site", context, ours)
                for _ in range(3):  # Chromium keeps compiled scripts from the second use on
                    first_output(context, ours, READ)
                    first_output(context, theirs, READ)
                cached = medians(
                    {
                        "ours": partial(first_output, context, ours),
                        "stock": partial(first_output, context, theirs),
                    },
                    ROUNDS,
                )
            first = medians(
                {
                    "ours": partial(fresh, playwright, ours),
                    "stock": partial(fresh, playwright, theirs),
                },
                ROUNDS,
            )
    return [
        Figure(
            "Run to first output, files cached",
            cached["ours"],
            budget=allowed("cached", cached["stock"]),
        ),
        Figure("  Pyodide as shipped, engine as source", cached["stock"]),
        Figure(
            "Run to first output, fresh profile",
            first["ours"],
            budget=allowed("fresh", first["stock"]),
        ),
        Figure("  Pyodide as shipped, engine as source", first["stock"]),
        Figure("own JS and CSS of a lesson before Run", own, "kB", budget=8.0),
        Figure("a lesson before Run, all files", whole, "kB"),
    ]
