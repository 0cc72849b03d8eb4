"""A real browser, its pages, and a stage with the cells that no lesson has."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from press.assets import build

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).parent))

import stage as staging  # noqa: E402  (beside this file, which is no package)

LOADED = 30_000  # milliseconds in which Python must be there, on a machine busy with other tests
OWN = ("http://127.0.0.1:", "data:", "blob:")
ENDS = ("equal", "raised", "differs", "error", "mismatch", "stopped", "failed")


class Static(SimpleHTTPRequestHandler):
    """Serves the stage; `isolated` pages may share memory with their workers."""

    isolated = False
    extensions_map: ClassVar[dict[str, str]] = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def end_headers(self) -> None:
        """Let the page be isolated where the test wants it."""
        if self.isolated:
            self.send_header("Cross-Origin-Opener-Policy", "same-origin")
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a failing test prints its own trace."""


class Isolated(Static):
    """Serves pages that may share memory with their workers."""

    isolated = True


class Server(ThreadingHTTPServer):
    """A server to which a browser that hangs up early, as Stop makes it, is no error."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over broken connections; report everything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def serve(folder: Path, handler: type[Static]) -> Iterator[str]:
    """Serve a folder; yield its address."""
    with Server(("127.0.0.1", 0), partial(handler, directory=str(folder))) as http:
        threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}/"
        http.shutdown()


@pytest.fixture(scope="session")
def stage_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stage as files."""
    folder = tmp_path_factory.mktemp("stage")
    staging.build(folder, build(ROOT), ROOT / "docs" / "assets" / "look.css")
    return folder


@pytest.fixture(scope="session")
def stage(stage_folder: Path) -> Iterator[str]:
    """The address of the stage."""
    yield from serve(stage_folder, Static)


@pytest.fixture(scope="session")
def isolated_stage(stage_folder: Path) -> Iterator[str]:
    """The address of the stage, served with the headers that isolate it."""
    yield from serve(stage_folder, Isolated)


class Cell:
    """A cell on a page, as a reader sees and uses it."""

    def __init__(self, page: Page, ref: str) -> None:
        self.root: Locator = page.locator(f'.hb-cell[data-cell="{ref}"]').first
        self.button = self.root.locator("button.hb-run")
        self.line = self.root.locator(".hb-state")
        self.output = self.root.locator(".hb-out")

    def run(self, *states: str) -> Cell:
        """Press Run, and wait for one of the states, or for the end."""
        self.button.click()
        return self.wait(*states)

    def wait(self, *states: str) -> Cell:
        """Wait until the cell is in one of the states; without any, until its run has ended."""
        wanted = ", ".join(f'[data-state="{state}"]' for state in states or ENDS)
        self.root.page.wait_for_function(
            "([cell, states]) => cell.matches(states)",
            arg=[self.root.element_handle(), wanted],
            timeout=LOADED,
        )
        return self

    @property
    def state(self) -> str:
        """The state that its marks and lines show."""
        return self.root.get_attribute("data-state") or ""

    @property
    def words(self) -> str:
        """What the state line says, without the time."""
        return self.line.locator("b").inner_text()

    @property
    def printed(self) -> str:
        """The text of its output, as a reader would copy it."""
        return self.output.inner_text()

    def has_button(self, name: str) -> None:
        """Check the name of its button."""
        expect(self.button).to_have_accessible_name(name)


@pytest.fixture
def cell(page: Page) -> Callable[[str], Cell]:
    """Return the cell of that name on the page."""
    return lambda ref: Cell(page, ref)


@pytest.fixture
def go(page: Page, stage: str) -> Callable[..., None]:
    """Open the page of a story."""

    def open_story(name: str, language: str = "zh", scheme: str = "default") -> None:
        page.goto(f"{stage}{language}/{name}-{scheme}.html")

    return open_story


@pytest.fixture(autouse=True)
def requests(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """All addresses that a test's pages and their workers asked for; a foreign one fails it."""
    seen: list[str] = []
    if "context" not in request.fixturenames and "page" not in request.fixturenames:
        yield seen
        return
    context: BrowserContext = request.getfixturevalue("context")

    def pass_own(route: Any) -> None:
        address = route.request.url
        seen.append(address)
        if address.startswith(OWN):
            route.fallback()
        else:
            route.abort()

    context.route("**/*", pass_own)
    yield seen
    foreign = [address for address in seen if not address.startswith(OWN)]
    assert not foreign, f"asked of others: {foreign}"


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Return what axe-core finds wrong on a page; by default in what is ours of its cells."""
    script = (ROOT / "web/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")

    def violations(page: Page, *parts: str) -> list[str]:
        page.evaluate(script)
        include = [[part] for part in parts or (".hb-name", ".hb-bar", ".hb-out")]
        found = page.evaluate("include => axe.run({ include })", include)
        return [
            f"{rule['id']}: {node['html'][:120]} {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return violations
