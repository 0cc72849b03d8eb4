"""Run benchmarks in one go and print one table: `python -m benchmarks [NAME ...]`."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import platform
import sys
from types import ModuleType

import benchmarks
from benchmarks import Figure, Unavailable


def discover() -> dict[str, ModuleType]:
    """Return the modules of this folder that have a `run`, by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name[0] != "_")
    modules = {name: importlib.import_module(f"benchmarks.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "run")}


def rows(figures: list[Figure]) -> list[tuple[str, str, str, str]]:
    """Return the table's rows: what, figure, ratio to the first of the task, budget."""
    table, first = [], figures[0]
    for figure in figures:
        if figure.task != first.task:
            first = figure
        comparable = figure.unit == first.unit and first.value
        ratio = f"{figure.value / first.value:.2f}" if comparable else ""
        budget = ""
        if figure.budget is not None:
            verdict = "kept" if figure.value <= figure.budget else "EXCEEDED"
            budget = f"{figure.budget:g} {figure.unit} {verdict}"
        table.append((figure.what, f"{number(figure.value)} {figure.unit}", ratio, budget))
    return table


def number(value: float) -> str:
    """Return a figure with at least two digits that say something."""
    return f"{value:.1f}" if value >= 1 or value == 0 else f"{value:.2g}"


def main(arguments: list[str]) -> int:
    """Run the benchmarks that are named, or all, and print their figures."""
    available = discover()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(available))
    names = parser.parse_args(arguments).names or list(available)
    if unknown := [name for name in names if name not in available]:
        parser.error(f"no benchmark {', '.join(unknown)}; there are: {', '.join(available)}")

    machine = f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    print(f"{machine}; medians\n")
    print(f"{'':<46}{'':>12}  {'ratio':>7}  budget")
    for name in names:
        description = (available[name].__doc__ or "").splitlines()[0]
        print(f"{name}: {description}", flush=True)
        try:
            figures = available[name].run()
        except Unavailable as reason:
            print(f"  not measured: {reason}")
            continue
        task = ""
        for figure, (what, shown, ratio, budget) in zip(figures, rows(figures), strict=True):
            if figure.task != task:
                task = figure.task
                print(f" {task}")
            print(f"  {what:<44}{shown:>12}  {ratio:>7}  {budget}".rstrip(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
