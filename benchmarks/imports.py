"""How long `import` takes in a fresh interpreter: the reference, and what it stands in for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from benchmarks import ROOT, Figure, medians

REFERENCE = "reference_impl.torch"
TIMER = """
import sys, time
start = time.perf_counter()
__import__(sys.argv[1])
print((time.perf_counter() - start) * 1e3)
"""


def importing(module: str) -> Callable[[], float]:
    """Return a measurement of one import, in milliseconds."""

    def measure() -> float:
        command = [sys.executable, "-c", TIMER, module]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        return float(done.stdout)

    return measure


def run() -> list[Figure]:
    """Measure the imports in turns."""
    modules = (REFERENCE, "numpy", "torch")
    for module in modules:
        importing(module)()  # writes the .pyc files, fills the disk's cache
    found = medians({module: importing(module) for module in modules})
    budgets = {REFERENCE: 40.0}
    return [Figure(f"import {name}", ms, "ms", budgets.get(name)) for name, ms in found.items()]
