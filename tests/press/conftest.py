"""A tiny project for each test: an engine of a few lines, and snippets as the test writes them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from press import Problem, snippets
from press.snippets import Library

# The least that can stand in for the reference: numbers in a row that print as torch prints them.
ENGINE = {
    "reference_impl/__init__.py": """
        import sys


        def install():
            from reference_impl import torch

            sys.modules["torch"] = torch
        """,
    "reference_impl/torch.py": """
        class Tensor(list):
            def __repr__(self):
                return f"tensor({super().__repr__()})"


        def tensor(numbers):
            return Tensor(numbers)


        def arange(end):
            return Tensor(range(end))


        def stack(tensors):
            if not tensors:
                raise RuntimeError("stack expects a non-empty TensorList")
            return Tensor(tensors)
        """,
    "pyproject.toml": """
        [project]
        requires-python = ">=3.11,<3.15"
        dependencies = [
            "torch==2.13.0",
        ]
        """,
}


class Project:
    """A project's folder, and what the press says of it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, files: dict[str, str | bytes]) -> None:
        """Write files; text loses its common indentation."""
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, str):
                content = dedent(content.removeprefix("\n")).encode()
            path.write_bytes(content)

    def read(self, name: str) -> str:
        """Return the text of a file."""
        return (self.root / name).read_text("utf-8")

    def snippet(self, source: str | bytes, output: str | None = "", name: str = "a") -> Library:
        """Write one snippet and check the project."""
        self.write({f"snippets/{name}.py": source})
        if output is not None:
            self.write({f"snippets/{name}.out": output})
        return snippets.check(self.root)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with an engine and no snippets."""
    made = Project(tmp_path)
    made.write(ENGINE)
    return made


def text(problems: list[Problem]) -> str:
    """Return problems as the press tells them."""
    return "\n".join(map(str, problems))
