"""The engine's contents page lists every chapter; a chapter builds on earlier ones only."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from reference_impl.torch.public_names import MODULE

ENGINE = Path(__file__).parents[2] / "reference_impl" / "torch"
BESIDE = {"public_names"}  # data of a chapter, not read
LATER = """
import sys
import reference_impl.torch as torch
before = set(dir(torch.Tensor))
print(*sorted(name for name in sys.modules if name.startswith("reference_impl.torch.")))
names = [name for name in vars(torch) if not name.startswith("_")]
assert set(names) < set(dir(torch)), "dir() tells the names of both pages"
print(*sorted(set(dir(torch.Tensor)) - before))
added = {name for name in dir(torch) if name[0] != "_"} - set(names)
print(*sorted(name for name in added if hasattr(getattr(torch, name), "__qualname__")))
"""


def imported(source: str, level: int) -> list[str]:
    """The chapters a module imports, in order; those imported for types only do not count."""
    found = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and node.level == level:
            if node.module:
                found.append(node.module.split(".")[0])
            else:
                found.extend(alias.name for alias in node.names)
    return found


CONTENTS = ("__init__.py", "later.py")
PAGES = [(ENGINE / name).read_text(encoding="utf-8") for name in CONTENTS]
CHAPTERS = list(dict.fromkeys(chapter for page in PAGES for chapter in imported(page, 1)))
FILES = sorted(
    path for path in ENGINE.rglob("*.py") if str(path.relative_to(ENGINE)) not in CONTENTS
)


def test_every_chapter_is_on_the_contents_page():
    """No file of the engine is left out."""
    there = {path.relative_to(ENGINE).parts[0].removesuffix(".py") for path in FILES}
    assert there - BESIDE == set(CHAPTERS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_a_chapter_imports_earlier_chapters_only(path):
    """No chapter needs a later one, at its top or inside a function."""
    parts = path.relative_to(ENGINE).parts
    chapter = parts[0].removesuffix(".py")
    if chapter in BESIDE:
        return
    source = path.read_text(encoding="utf-8")
    for other in imported(source, len(parts)):
        if other not in BESIDE:
            assert CHAPTERS.index(other) < CHAPTERS.index(chapter), f"{chapter} imports {other}"
    inside = [
        node
        for function in ast.walk(ast.parse(source))
        if isinstance(function, (ast.FunctionDef, ast.ClassDef))
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not inside, f"{chapter} imports inside a function"


def test_later_chapters_wait_and_add_nothing_to_tensors():
    """Those of the second page are read when used; tensors have all their methods before."""
    told = subprocess.run(
        [sys.executable, "-c", LATER], capture_output=True, text=True, check=True
    ).stdout
    first, methods, names = (set(line.split()) for line in told.split("\n")[:3])
    waiting = {
        f"reference_impl.torch.{chapter}" for chapter in dict.fromkeys(imported(PAGES[1], 1))
    }
    assert not waiting & first
    assert methods == set()
    assert names
    assert names - MODULE == set(), "torch answers for what is torch's alone"
