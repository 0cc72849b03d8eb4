"""Tests of the pages: what each python fence of docs/ shows is proven once more, by name.

pytest-markdown-docs collects the fences and would run their text. Ours hold the name of a cell
or of a source, `--8<-- "shapes/cat.py:rows"`, so each is turned into a call of `prove`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import pytest
from filelock import FileLock
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from pytest_markdown_docs.plugin import MarkdownDocstringCodeModule

from press import Problem, fences, snippets
from press.percent import FOLDER

ROOT = Path(__file__).resolve().parent


@pytest.hookimpl(wrapper=True)
def pytest_collect_file() -> Iterator[None]:
    """Collect fences from pages only: examples in docstrings are the press's (`>>>`)."""
    found = yield
    return [item for item in found if not isinstance(item, MarkdownDocstringCodeModule)]


def pytest_markdown_docs_markdown_it() -> MarkdownIt:
    """Read a page as the site does: what is indented (tabs, admonitions) is no code block."""
    parser = MarkdownIt("commonmark").disable("code")
    parser.core.ruler.push("prove", call_prove)
    return parser


def call_prove(state: StateCore) -> None:
    """Put in place of each fence's text a call that proves it."""
    for token in state.tokens:
        if token.type == "fence":
            token.content = "prove()\n"
            token.info += " fixture:prove"


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a folder that all processes of this test run share, and no other run."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def library(run_folder: Path) -> snippets.Library:
    """All snippets, run on both engines; the first process runs them, the others find them."""
    with FileLock(run_folder / "snippets.lock"):
        return snippets.check(ROOT)


@pytest.fixture
def prove(request: pytest.FixtureRequest, library: snippets.Library) -> Callable[[], None]:
    """Return a check of one fence: what it names has run, and printed what is recorded."""
    page = request.node.path
    file = page.relative_to(ROOT).as_posix()
    where = (file, request.node.start_line)
    found = {fence.line: fence for fence in fences.split(page.read_text("utf-8"), file)[0]}

    def check() -> None:
        included = fences.include(found[where[1]])
        if included.is_source:
            fences.read_source(ROOT, where, included)
            return
        snippet = PurePosixPath(FOLDER, included.file)
        for problem in library.problems:
            if PurePosixPath(problem.file).with_suffix(".py") == snippet:
                # A new one each time: raised again, one and the same would drag its history along.
                raise Problem(problem.file, problem.line, problem.message)
        cells = {name: [cell.name for cell in one.cells] for name, one in library.snippets.items()}
        fences.check_cell(where, included.ref, cells)
        assert included.ref in library.shown

    return check
