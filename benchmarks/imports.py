"""How long `import` takes in a fresh interpreter: the reference, and what it stands in for."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable

from benchmarks import ROOT, Figure, medians

REFERENCE = "reference_impl.torch"
TIMER = """
import sys, time
start = time.perf_counter()
__import__(sys.argv[1])
print((time.perf_counter() - start) * 1e3)
"""


def importing(module: str, compiled: str) -> Callable[[], float]:
    """Return a measurement of one import, in milliseconds.

    Args:
        module: What is imported.
        compiled: A folder for .pyc files: whether they are written must not hang on the caller.
    """
    environment = os.environ | {"PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", TIMER, module]

    def measure() -> float:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
        return float(done.stdout)

    return measure


def run() -> list[Figure]:
    """Measure the imports in turns."""
    with tempfile.TemporaryDirectory() as compiled:
        cases = {name: importing(name, compiled) for name in (REFERENCE, "numpy", "torch")}
        for measure in cases.values():
            measure()  # writes the .pyc files, fills the disk's cache
        found = medians(cases)
    budgets = {REFERENCE: 40.0}
    return [Figure(f"import {name}", ms, "ms", budgets.get(name)) for name, ms in found.items()]
