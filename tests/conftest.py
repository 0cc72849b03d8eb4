"""What tests of the whole site share: the site, built once a run; a server for it; a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]

SYSTEM_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Without these Chromium asks servers of its own for updates and field trials: a test that
# aborts every foreign request would see them. The sandbox needs rights that root and
# containers lack; the only pages opened are our own.
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def site(run_folder: Path) -> Path:
    """The folder of the strictly built site; a failed build fails each test that needs it."""
    folder, log, failure = (run_folder / name for name in ("site", "build.log", "build.failed"))
    with FileLock(run_folder / "build.lock"):
        if not log.exists():
            command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder]
            environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
            built = subprocess.run(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
            if built.returncode:
                failure.touch()
            log.write_text(built.stdout, encoding="utf-8")
    if failure.exists():
        output = log.read_text(encoding="utf-8")
        pytest.fail(f"mkdocs build --strict failed:\n{output}", pytrace=False)
    return folder


class Pages(SimpleHTTPRequestHandler):
    """Serves a site as GitHub Pages does: under a sub-path, with a 404 page, without caching."""

    prefix = "/handbook/"
    protocol_version = "HTTP/1.1"
    # Of the system's own table nothing is taken: it differs between machines.
    extensions_map: ClassVar[dict[str, str]] = {
        "": "application/octet-stream",
        ".css": "text/css; charset=utf-8",
        ".gz": "application/gzip",
        ".html": "text/html; charset=utf-8",
        ".ico": "image/x-icon",
        ".ipynb": "application/x-ipynb+json",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".mjs": "text/javascript; charset=utf-8",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".wasm": "application/wasm",
        ".woff": "font/woff",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
        ".zip": "application/zip",
    }

    def translate_path(self, path: str) -> str:
        """Map an address below the prefix to a file; any other address to no file at all."""
        if not path.startswith(self.prefix):
            return os.path.join(self.directory, "not-below-the-prefix", "nothing")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing address with the site's own 404 page."""
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", self.extensions_map[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Forbid caching, so that a second build at the same address is seen."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a failing test prints its own trace."""


class QuietServer(ThreadingHTTPServer):
    """A server to which a browser that hangs up early is no error."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over broken connections; report everything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the site, served below `/handbook/`; ends with a slash."""
    with QuietServer(("127.0.0.1", 0), partial(Pages, directory=str(site))) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}{Pages.prefix}"
        http.shutdown()
        thread.join()


def system_browser() -> str | None:
    """Return the path of the system's Chromium or Chrome, None where there is none."""
    return next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_name: str, request: pytest.FixtureRequest
) -> dict[str, Any]:
    """Launch the system's Chromium, else Playwright's own; where neither is, skip or fail."""
    if browser_name != "chromium" or "channel" in browser_type_launch_args:
        return browser_type_launch_args
    found = system_browser()
    if found is None:
        own = request.getfixturevalue("playwright").chromium.executable_path
        found = own if Path(own).is_file() else None
    if found is None:
        message = (
            "no browser: install Chromium or Chrome, or run `python -m playwright install chromium`"
        )
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(f"{message} (REQUIRE_BROWSER=1)", pytrace=False)
        pytest.skip(message)
    return browser_type_launch_args | {"executable_path": found, "args": list(BROWSER_FLAGS)}
