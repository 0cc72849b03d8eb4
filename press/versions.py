"""The version of torch that outputs are recorded with."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from press import Problem

FILE = "pyproject.toml"
PIN = re.compile(r'^\s*"torch==(?P<version>[^"+]+)"', re.MULTILINE)


def recorded_torch(root: Path) -> str:
    """Return the version of torch that `pyproject.toml` pins, such as `2.13.0`.

    Raises:
        Problem: If it pins none.
    """
    return _pin(root)["version"]


def pin_line(root: Path, text: str) -> tuple[str, int]:
    """Return the file that pins versions, and the line in it that holds a text."""
    lines = (root / FILE).read_text("utf-8").split("\n")
    return FILE, next((number for number, line in enumerate(lines, 1) if text in line), 1)


def check_torch(root: Path) -> Problem | None:
    """Return what is wrong with the installed torch, None if it is the pinned one."""
    try:
        pin = _pin(root)
    except Problem as problem:
        return problem
    line, wanted = pin_line(root, pin[0].strip())[1], pin["version"]
    try:
        found = version("torch").partition("+")[0]
    except PackageNotFoundError:
        return Problem(FILE, line, f"torch {wanted} is not installed; run: pip install -e .")
    if found != wanted:
        return Problem(
            FILE,
            line,
            f"the outputs are torch {wanted}'s, but torch {found} is installed; "
            f"run: pip install torch=={wanted}",
        )
    return None


def _pin(root: Path) -> re.Match[str]:
    path = root / FILE
    found = PIN.search(path.read_text("utf-8")) if path.is_file() else None
    if found is None:
        raise Problem(FILE, 1, 'no version of torch is pinned here; write "torch==2.13.0"')
    return found
