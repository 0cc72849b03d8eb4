"""What the other tests stand on: the site and its server, the browser, the pages' fences."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from tests.conftest import Pages, QuietServer

ROOT = Path(__file__).resolve().parents[1]

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a run of pytest in a small project, which has our conftest files: its output."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "conftest.py", tmp_path)
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "tests/conftest.py", tmp_path / "tests")

    def pytest_output(*arguments: str, **environment: str) -> str:
        dropped = ("PYTEST_", "REQUIRE_BROWSER", "PLAYWRIGHT")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(dropped)}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
            cwd=tmp_path,
            env=kept | environment,
            capture_output=True,
            encoding="utf-8",
        )
        return done.stdout + done.stderr

    return pytest_output


@pytest.mark.parametrize("required", ["0", "1"])
def test_a_missing_browser(run, tmp_path, required):
    """Without a browser such tests are skipped, saying so; with REQUIRE_BROWSER=1 they fail."""
    if sys.platform == "darwin":
        pytest.skip("a Mac keeps its browsers where no PATH hides them")
    (tmp_path / "tests/test_page.py").write_text("def test_page(page):\n    assert page\n")
    nowhere = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    output = run("tests", **nowhere, REQUIRE_BROWSER=required)
    assert "no browser: install Chromium or Chrome, or run `python -m playwright install" in output
    assert ("1 skipped" in output) == (required == "0")
    assert ("1 error" in output) == (required == "1")


def test_a_failed_build_is_shown_once_and_whole(run, tmp_path):
    """A site that does not build fails each test that needs it, with what MkDocs said."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [no-such-plugin]\n")
    (tmp_path / "tests/test_site.py").write_text(
        "def test_one(site):\n    pass\n\n\ndef test_two(server):\n    pass\n"
    )
    output = run("tests", "-n", "2")
    assert "mkdocs build --strict failed:" in output
    assert "no-such-plugin" in output
    assert "Traceback" not in output
    assert "2 errors" in output


FENCE = """# Title

=== "A tab"

    ```python
    --8<-- "first.py:sum"
    ```
"""


def test_a_fence_fails_where_the_output_differs(run, tmp_path):
    """Each fence is a test, also in a tab; it fails if the output is not the recorded one."""
    (tmp_path / "docs/en").mkdir(parents=True)
    (tmp_path / "snippets").mkdir()
    (tmp_path / "docs/en/page.md").write_text(FENCE)
    (tmp_path / "snippets/first.py").write_text("# %% sum\n1 + 1\n")
    recorded = tmp_path / "snippets/first.out"
    recorded.write_text("--- sum ---\n2\n")
    assert re.search(r"\b1 passed", run("docs"))
    recorded.write_text("--- sum ---\n3\n")
    output = run("docs")
    assert re.search(r"\b1 failed", output)
    assert "snippets/first.out:2: " in output or "snippets/first.py:2: " in output


@pytest.fixture
def small_site(tmp_path: Path) -> Iterator[str]:
    """The address of a small site that is served as the real one is."""
    for name, text in {"index.html": "home", "404.html": "lost", "deep/index.html": "deep"}.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    for name in ("a.js", "a.mjs", "a.wasm", "a.json", "a.zip", "a.whatever"):
        (tmp_path / "site" / name).touch()
    handler = partial(Pages, directory=str(tmp_path / "site"))
    with QuietServer(("127.0.0.1", 0), handler) as http:
        thread = Thread(target=http.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


def get(address: str) -> tuple[int, str, str]:
    """Return status, type and text of an answer."""
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/handbook/", 200, "home"),
        ("/handbook/deep/?q=1", 200, "deep"),
        ("/handbook/deep", 200, "deep"),
        ("/handbook/nothing/", 404, "lost"),
        ("/", 404, "lost"),
        ("/deep/", 404, "lost"),
        ("/handbook/../../../pyproject.toml", 404, "lost"),
    ],
)
def test_the_server_serves_below_its_prefix_only(small_site, path, status, text):
    """An address that is right at the root only would break on GitHub Pages, so it breaks here."""
    assert get(small_site + path) == (status, "text/html; charset=utf-8", text)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.wasm", "application/wasm"),
        ("a.json", "application/json"),
        ("a.zip", "application/zip"),
        ("a.whatever", "application/octet-stream"),
    ],
)
def test_the_server_names_types(small_site, name, kind):
    """Modules and WebAssembly start only under their own types."""
    assert get(f"{small_site}/handbook/{name}") == (200, kind, "")
