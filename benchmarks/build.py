"""The site's build and its renewal under `mkdocs serve`, in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks import ROOT, Figure, Unavailable, medians, milliseconds

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", ".cache", "site", "node_modules", "__pycache__", "*.egg-info"
)
# As with any user, .pyc files are written.
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""}
SNIPPET, PAGE = "snippets/shapes/cat.py", "shapes/cat/"
PATIENCE = 60.0


@contextmanager
def project_copy() -> Iterator[Path]:
    """Copy the project, with the web assets that are built already and without other caches."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        shutil.copytree(ROOT, root, ignore=LEFT_OUT)
        for shared in (".cache/web", "web/node_modules"):
            if (ROOT / shared).is_dir():
                (root / shared).parent.mkdir(exist_ok=True)
                (root / shared).symlink_to(ROOT / shared, target_is_directory=True)
        yield root


def build(root: Path) -> None:
    """Build strictly."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    done = subprocess.run(command, cwd=root, env=ENVIRONMENT, capture_output=True, text=True)
    if done.returncode:
        raise Unavailable(f"the build fails:\n{done.stdout}{done.stderr}")


def cold_build(root: Path) -> float:
    """Build with no code run before; return milliseconds."""
    for ran in ("snippets", "examples"):
        shutil.rmtree(root / ".cache" / ran, ignore_errors=True)
    return milliseconds(partial(build, root))


def warm_build(root: Path) -> float:
    """Build with all code run before; return milliseconds."""
    return milliseconds(partial(build, root))


def read(address: str) -> str:
    """Return a page, or nothing while the server is not up."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.read().decode("utf-8")
    except OSError:
        return ""


def wait_for(text: str, address: str) -> None:
    """Return as soon as the page holds a text."""
    end = time.monotonic() + PATIENCE
    while text not in read(address):
        if time.monotonic() > end:
            raise Unavailable(f'"{text}" does not show up at {address} within {PATIENCE:.0f} s')
        time.sleep(0.02)


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """Run `mkdocs serve`; give the address of the page that is going to be edited."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address],
        cwd=root,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield home(f"http://{address}/", server) + PAGE
    finally:
        server.terminate()
        server.wait()


def home(address: str, server: subprocess.Popen[bytes]) -> str:
    """Wait for the server; return where its root leads, which may be a sub-path."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                return answer.url
        except OSError:
            time.sleep(0.1)
    raise Unavailable("mkdocs serve does not start")


def edit(root: Path, address: str, count: Iterator[int]) -> float:
    """Write a comment into a cell; return the milliseconds until the page shows it."""
    path = root / SNIPPET
    comment = f"edit number {next(count)}"
    text = re.sub(r"# edit number .*\n", "", path.read_text("utf-8"))
    text = re.sub(r"^(# %% .*\n)", rf"\1# {comment}\n", text, count=1, flags=re.MULTILINE)
    path.write_text(text, "utf-8", newline="\n")
    return milliseconds(partial(wait_for, comment, address))


def run() -> list[Figure]:
    """Measure builds in turns, then edits."""
    with project_copy() as root:
        build(root)
        cases = {"cold": partial(cold_build, root), "warm": partial(warm_build, root)}
        builds = medians(cases, rounds=3)
        lessons = len(list((root / "docs/zh").rglob("*.md")))
        with serving(root) as address:
            wait_for("</html>", address)
            count = iter(range(1, 100))
            edits = medians({"edit": partial(edit, root, address, count)}, rounds=5)
    return [
        Figure("strict build, all code run before", builds["warm"], budget=3000 + 50 * lessons),
        Figure("strict build, no code run before", builds["cold"]),
        Figure("edit of a snippet to new page, serve", edits["edit"], budget=2000),
    ]
