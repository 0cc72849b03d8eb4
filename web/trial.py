"""Import and use what was packed; run by `build.mjs` inside Pyodide, as the browser will.

A module that something packed needs and that was left out of the standard library stops the
build here, not in a reader's browser.
"""

import importlib
import traceback

# What readers of a handbook try in a cell, whether or not the engine uses it today.
PROMISED = """
    abc argparse array ast asyncio base64 bisect builtins calendar cmath collections
    collections.abc concurrent.futures contextlib contextvars copy csv dataclasses datetime
    decimal difflib dis enum fractions functools gc glob gzip hashlib heapq html importlib inspect
    io itertools json keyword locale logging math numbers operator os pathlib pickle platform
    pprint queue random re secrets shutil signal statistics string struct subprocess sys tempfile
    textwrap threading time timeit tokenize traceback types typing unicodedata unittest
    unittest.mock urllib.parse uuid warnings weakref zipfile zlib
"""


def place(wrong: BaseException, engine: str) -> str:
    """Return file and line, from the project's root, of the innermost frame that is ours."""
    for frame in reversed(traceback.extract_tb(wrong.__traceback__)):
        if frame.filename.startswith(engine):
            file = frame.filename.removeprefix(f"{engine}/").removesuffix("c")
            return f"{file}:{frame.lineno}"
    return "web/trial.py:1"


def problems(engine: str, modules: list[str]) -> list[str]:
    """Return what does not work in the browser, one line each.

    Args:
        engine: Where our own modules seem to lie.
        modules: Their names.
    """
    try:
        reference = importlib.import_module("reference_impl")
        reference.install()
        for name in [*modules, *PROMISED.split()]:
            importlib.import_module(name)
        cell = importlib.import_module("press.cell")
        outcome = cell.Session().run("import torch\nprint(torch.__name__)\n1 / 1", name="trial")
    except Exception as wrong:
        return [f"{place(wrong, engine)}: in the browser: {type(wrong).__name__}: {wrong}"]
    if outcome.printed == "reference_impl.torch\n1.0\n":
        return []
    return [f"press/cell.py:1: in the browser a trial cell printed {outcome.printed!r}"]
