"""Lighthouse on a phone's terms: how far home, a lesson and the playground are from 100."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import BinaryIO

from benchmarks import ROOT, Figure, Unavailable
from benchmarks.browser import LESSON
from benchmarks.pages import BROWSERS, FLAGS, Cached, built_site
from press import Problem
from press.assets import find_node

HERE = ROOT / "benchmarks" / "lighthouse"
PAGES = {"home": "", "lesson": LESSON, "playground": "playground/"}
ROUNDS = 3
# Points that may be missing: 95 for performance, all for access.
BUDGETS = {"performance": 5.0, "accessibility": 0.0, "best-practices": None, "seo": None}
TEXT = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".wasm", ".xml"}


class Compressed(Cached):
    """Serves files as hosts of static sites do: text compressed, over connections that stay."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send the head of an answer; return its body."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file() or file.suffix not in TEXT:
            return super().send_head()
        body = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


def install() -> tuple[str, Path]:
    """Install Lighthouse from its own lockfile, unless it is there; return node and the program."""
    try:
        node = find_node()
    except Problem as problem:
        raise Unavailable(problem.message) from None
    program = HERE / "node_modules" / "lighthouse" / "cli" / "index.js"
    npm = shutil.which("npm")
    if not program.is_file():
        if npm is None:
            raise Unavailable("npm is not installed")
        done = subprocess.run(
            [npm, "ci", "--ignore-scripts"], cwd=HERE, capture_output=True, text=True
        )
        if done.returncode:
            raise Unavailable(f"npm ci failed: {done.stderr.strip().splitlines()[-1]}")
    return node, program


def scores(node: str, program: Path, browser: str, address: str) -> dict[str, float]:
    """Return Lighthouse's points for a page, by category."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [
            *(node, str(program), address, "--quiet", "--output=json"),
            f"--output-path={report}",
            f"--only-categories={','.join(BUDGETS)}",
            f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}",
        ]
        environment = os.environ | {"CHROME_PATH": browser}
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if not report.is_file():
            raise Unavailable(f"Lighthouse failed: {done.stderr.strip()[-300:]}")
        categories = json.loads(report.read_text("utf-8"))["categories"]
    return {name: 100 * (category["score"] or 0) for name, category in categories.items()}


def run() -> list[Figure]:
    """Measure the pages in turns; the points are those of a simulated phone on a slow network."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise Unavailable("no browser")
    node, program = install()
    measured: dict[str, list[dict[str, float]]] = {page: [] for page in PAGES}
    with built_site(Compressed) as (_, address):
        for _ in range(ROUNDS):
            for page, path in PAGES.items():
                measured[page].append(scores(node, program, browser, address + path))
    return [
        Figure(
            f"{page}: {category}, short of 100",
            100 - statistics.median(points[category] for points in rounds),
            "points",
            budget,
        )
        for page, rounds in measured.items()
        for category, budget in BUDGETS.items()
    ]
