"""The engine as a wheel: pip takes it, it needs nothing else, it is always the same."""

import subprocess
import sys
from pathlib import Path

from press import wheel

ROOT = Path(__file__).resolve().parents[2]

DRAW = "import sys; sys.path.insert(0, sys.argv[1]); from reference_impl import draw; print(draw)"


def test_pip_installs_what_draws(tmp_path):
    """Without a network, and without anything else; pip compares every file with the list."""
    made = wheel.write(ROOT, tmp_path)
    place = tmp_path / "site"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-index",
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, "--target", str(place), str(made)], check=True)
    said = subprocess.run(
        [sys.executable, "-I", "-S", "-c", DRAW, str(place)], check=True, capture_output=True
    )
    assert str(place / "reference_impl") in said.stdout.decode()
    about = place / f"{wheel.NAME}.dist-info"
    assert (about / "licenses/LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_a_build_changes_no_byte(tmp_path):
    """Neither time nor place is in it."""
    (tmp_path / "other").mkdir()
    one, two = wheel.write(ROOT, tmp_path), wheel.write(ROOT, tmp_path / "other")
    assert one.read_bytes() == two.read_bytes()
