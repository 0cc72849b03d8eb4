"""Scripts as learners write them print on the reference what they print on torch."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from pathlib import Path

import pytest
from transcript import scripts_of

HERE = Path(__file__).parent
FILES = sorted((HERE / "scripts").glob("*.py"))
NAMES = [name for file in FILES for name in scripts_of(file)]


@functools.cache
def transcripts(engine: str) -> dict[str, list]:
    """What every script tells on one engine, run in a process of its own."""
    command = [sys.executable, str(HERE / "transcript.py"), engine, *map(str, FILES)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parents[1])
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def difference(ours: list, theirs: list) -> str | None:
    """Say at which statement two transcripts first differ, and how."""
    for (line, text, told), (_, _, expected) in zip(ours, theirs, strict=True):
        if told != expected:
            return f"line {line}: {text}\n--- torch\n{expected}--- reference\n{told}"
    return None


@pytest.mark.parametrize("name", NAMES)
def test_script(name):
    """Character for character: values, reprs, warnings and errors."""
    found = difference(transcripts("reference")[name], transcripts("torch")[name])
    assert found is None, found


def test_a_difference_is_found():
    """The comparison itself tells the first statement that differs."""
    ours = [[1, "x", "1\n"], [2, "y", "2\n"]]
    theirs = [[1, "x", "1\n"], [2, "y", "3\n"]]
    assert difference(ours, ours) is None
    assert difference(ours, theirs) == "line 2: y\n--- torch\n3\n--- reference\n2\n"
