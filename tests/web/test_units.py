"""The JavaScript's own tests and types, so that one command tests everything."""

import json
import subprocess
from pathlib import Path

import pytest

from press.assets import install

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "web"


@pytest.fixture(scope="module")
def node() -> str:
    """The node that builds the site, its packages installed."""
    return install(ROOT)


def test_units(node: str) -> None:
    """The runner, its sessions and its worker's life do what their tests state."""
    files = sorted(str(path) for path in (WEB / "test").glob("*.test.js"))
    ran = subprocess.run(
        [node, "--test", "--test-reporter=tap", *files],
        cwd=WEB,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"# tests {sum(count(file) for file in files)}\n" in ran.stdout


def count(file: str) -> int:
    """Return how many tests a file declares, each at the start of a line."""
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    return sum(line.startswith("test(") for line in lines)


def test_types(node: str) -> None:
    """The JSDoc types hold."""
    tsc = WEB / "node_modules" / "typescript" / "bin" / "tsc"
    ran = subprocess.run([node, str(tsc)], cwd=WEB, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout


def test_lockfile_names_no_registry() -> None:
    """Packages come from wherever npm is told to look, here and in the workflows."""
    lock = (WEB / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert "http" not in lock
    assert '"integrity"' in lock


def test_versions_are_exact() -> None:
    """No range lets a later version in."""
    package = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    pins = package["dependencies"] | package["devDependencies"]
    assert all(pin[0].isdigit() for pin in pins.values()), pins
