"""The built site in a browser: what the benchmarks of its pages share."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from benchmarks import Unavailable
from benchmarks.build import build, project_copy

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Cached(SimpleHTTPRequestHandler):
    """Serves files that a browser may keep for ten minutes, as GitHub Pages does."""

    extensions_map: ClassVar[dict[str, str]] = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def end_headers(self) -> None:
        """Allow keeping."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def built_site(handler: type[Cached] = Cached) -> Iterator[tuple[Path, str]]:
    """Build a copy of the project and serve its site; give the copy and the site's address."""
    with project_copy() as root:
        build(root)
        files = partial(handler, directory=str(root / "site"))
        with ThreadingHTTPServer(("127.0.0.1", 0), files) as http:
            threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True).start()
            yield root, f"http://127.0.0.1:{http.server_port}/"
            http.shutdown()


@contextmanager
def visiting() -> Iterator[Any]:
    """Give Playwright, and say that there is no browser where it finds none."""
    try:
        from playwright.sync_api import Error, sync_playwright  # of the tests; not everybody's
    except ImportError:
        raise Unavailable("Playwright is not installed") from None
    with sync_playwright() as playwright:
        try:
            yield playwright
        except Error as error:
            raise Unavailable(f"no browser: {error.message.splitlines()[0]}") from None


@contextmanager
def profile(playwright: Any) -> Iterator[Any]:
    """Open a browser with an empty profile."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=executable, args=FLAGS
        )
        try:
            yield context
        finally:
            context.close()
