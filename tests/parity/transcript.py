"""Runs scripts on one engine, statement by statement, and writes down what each one tells.

    python transcript.py torch|reference FILE...

Started by test_parity.py, in a process of its own for each engine. A file holds many scripts,
each under a line `# %% name`. As at Python's prompt, an expression shows its repr and an error
ends only its own statement. Prints JSON: {"file:name": [[line, statement, told], ...]}.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import sys
import warnings
from pathlib import Path
from types import CodeType, ModuleType


def scripts_of(file: Path) -> dict[str, tuple[int, str]]:
    """Return the scripts of a file by name, each with the number of its first line."""
    found: dict[str, tuple[int, str]] = {}
    lines = file.read_text(encoding="utf-8").splitlines()
    starts = [at for at, line in enumerate(lines) if line.startswith("# %% ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        name = f"{file.stem}:{lines[start].removeprefix('# %% ')}"
        if name in found:
            raise ValueError(f"{file}:{start + 1}: a second script called {name}")
        found[name] = (start + 2, "\n".join(lines[start + 1 : end]))
    return found


def compiled(statement: ast.stmt) -> tuple[CodeType, bool]:
    """Return a statement as code, and whether it is an expression, which shows its repr."""
    if isinstance(statement, ast.Expr):
        return compile(ast.Expression(statement.value), "<script>", "eval"), True
    return compile(ast.Module([statement], []), "<script>", "exec"), False


def told(code: CodeType, shows: bool, names: dict) -> str:
    """Return what a statement prints, shows, warns of or raises."""
    printed = io.StringIO()
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(printed):
        warnings.simplefilter("always")
        try:
            value = eval(code, names)
            if shows and value is not None:
                print(repr(value))
        except Exception as error:
            print(f"{type(error).__name__}: {error}")
    said = [f"{w.category.__name__}: {w.message}\n" for w in caught]
    return re.sub(r" at 0x[0-9a-f]+", "", "".join([*said, printed.getvalue()]))


def fresh(torch: ModuleType) -> dict:
    """Return a namespace, with the engine's state as it is at the start of a program."""
    torch.manual_seed(0)
    torch.set_printoptions(profile="default")
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)
    return {"torch": torch, "__name__": "__main__"}


def main(engine: str, files: list[str]) -> None:
    """Run the scripts of all files."""
    if engine == "reference":
        import reference_impl

        reference_impl.install()
    import torch

    if engine == "torch":
        torch.set_warn_always(True)  # as our cells: not only once in a process
    found = {}
    for file in files:
        for name, (line, source) in scripts_of(Path(file)).items():
            names, lines = fresh(torch), []
            for statement in ast.parse(source).body:
                at = line + statement.lineno - 1
                text = ast.get_source_segment(source, statement)
                lines.append([at, text, told(*compiled(statement), names)])
            found[name] = lines
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
