"""A tiny project for each test: an engine of a few lines, and snippets as the test writes them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from press import snippets
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

    def check(self, files: dict[str, str | bytes]) -> Library:
        """Write snippets and their outputs, and check them all."""
        self.write({f"snippets/{name}": content for name, content in files.items()})
        return snippets.check(self.root)

    def problems(self, files: dict[str, str | bytes]) -> str:
        """Write snippets and their outputs; return what the press says of them."""
        return "\n".join(map(str, self.check(files).problems))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with an engine and no snippets."""
    made = Project(tmp_path)
    made.write(ENGINE)
    return made


@pytest.fixture(scope="module")
def lasting_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that the tests of a module share, so that what one has run is known to the next."""
    made = Project(tmp_path_factory.mktemp("project"))
    made.write(ENGINE)
    return made
