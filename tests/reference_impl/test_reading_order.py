"""The engine's contents page lists every chapter; a chapter builds on earlier ones only."""

import ast
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[2] / "reference_impl" / "torch"
BESIDE = {"public_names"}  # data of a chapter, not read


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


CHAPTERS = list(dict.fromkeys(imported((ENGINE / "__init__.py").read_text(encoding="utf-8"), 1)))
FILES = sorted(
    path for path in ENGINE.rglob("*.py") if path.relative_to(ENGINE) != Path("__init__.py")
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
