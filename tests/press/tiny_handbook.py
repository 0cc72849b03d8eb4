"""A tiny handbook of two languages, with the project's own configuration and theme."""

import shutil
from pathlib import Path

import polib
import pytest
from bs4 import BeautifulSoup
from mkdocs.commands.build import build
from mkdocs.config import load_config

from press import Problem, docstrings, objects, pages, plugin
from press.exercises import Exercise
from press.review import Review
from press.snippets import Cell, Library, Shown, Snippet

ROOT = Path(__file__).resolve().parents[2]

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A and B"><path d="M0 0"/></svg>'
)

CELLS = (
    ("rows", "A = 1  # (1)!\nA", "1", None, None),
    ("picture", "draw()", "A and B", SVG, None),
    ("mismatch", "cat()", "RuntimeError: no", None, "RuntimeError"),
)

LESSON = """\
---
tags: [copying]
---

# {title} {{ #cat }}

/// question
{question}
///

## {first} {{ #first }}

{prose}

```python
--8<-- "shapes/cat.py:rows"
```

1.  A note.

::: reference_impl.torch.cat

## {second} {{ #second }}

```python
--8<-- "shapes/cat.py:picture"
```

```python
--8<-- "shapes/cat.py:mismatch"
```

```python
--8<-- "reference_impl/torch/joining.py:cat"
```

```console {{ .not-run reason="{reason}" }}
$ ls
```

/// exercise | {title}
    cell: exercises/shapes/cat.py:join

{prose}

shape
:   {question}
///

/// verdict | cat
    claim: C35
    verdict: imprecise
    cell: shapes/cat.py:mismatch

> {prose}

[{title}](#first), [torch.cat][reference_impl.torch.cat]
///
"""

TUTORIAL = """\
---
description: {question}
---

# {first} {{ #sum }}

## {second} {{ #total }}

{prose} [{title}](../shapes/cat.md#first)

```python
--8<-- "tutorials/sum.py:total"
```

1.  {prose}
"""

WORDS = {
    "zh": {
        "title": "拼接",
        "question": "哪些尺寸必须相同？",
        "first": "沿一个维度",
        "prose": "梯度按原来的位置切开。",
        "second": "复制",
        "reason": "要联网",
    },
    "en": {
        "title": "Joining",
        "question": "Which sizes agree?",
        "first": "Along one dim",
        "prose": "Gradients are cut at the same places.",
        "second": "Copying",
        "reason": "needs a network",
    },
}

HOME = """\
---
template: home.html
---

# {} {{ #home }}

[x](shapes/cat.md#second), [y](reference/torch.md), [z](tutorials/sum.md#total)
"""

ENGINE = '''\
"""Joining and stacking."""


def cat(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Join tensors.

    Args:
        tensors: At least one.

    >>> torch.cat(())
    """
'''

NAV = """\
nav:
  - 首页: index.md
  - 形状:
      - shapes/cat.md
      - 笔记本：拼接: notebooks/shapes/cat.ipynb
      - tutorials/sum.md
  - 查阅:
      - reference/torch.md
      - reference/views.md
      - reference/index.md
      - reference/notes.md
      - reference/tags.md
"""


JOIN = tuple(
    Cell("exercises/shapes/cat.py", f"join-{role}", 1, source, fails=fails)
    for role, source, fails in (
        ("start", "joined = A  # (1)!", "shape"),
        ("check", 'assert joined.shape == (6, 3), "shape"', None),
        ("solution", "joined = C", None),
        ("wrong-dim", "joined = D", "shape"),
    )
)


class Project:
    """A tiny handbook in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("overrides", "docs/assets", "press/templates"):
            shutil.copytree(ROOT / name, root / name)
        settings = (ROOT / "mkdocs.yml").read_text("utf-8")
        before, _, after = settings.partition("\nnav:\n")
        rest = after[after.index("\n\n") :]
        self.write("mkdocs.yml", f"{before}\n{NAV}{rest}")
        for language, words in WORDS.items():
            self.write(f"docs/{language}/index.md", HOME.format(words["title"]))
            self.write(f"docs/{language}/shapes/cat.md", LESSON.format(**words))
            self.write(f"docs/{language}/tutorials/sum.md", TUTORIAL.format(**words))
        self.write("reference_impl/__init__.py", '"""The engine."""\n')
        self.write("reference_impl/torch/__init__.py", '"""Torch."""\nfrom .joining import cat\n')
        self.write("reference_impl/torch/joining.py", ENGINE)
        self.write("LICENSE", "Do what you like.\n")
        self.write("web/cells.js", "// cells\n")
        self.write("web/offline.js", "// offline\n")
        docstrings.extract(root, [f"reference_impl.torch.{name}" for name in ("joining", "cat")])
        path = root / docstrings.CATALOG
        catalog = polib.pofile(str(path))
        for entry in catalog:
            entry.msgstr = f"中文：{entry.msgid}"
        catalog.save()
        self.problems: list[Problem] = []

    def write(self, path: str, text: str) -> None:
        """Write a file below the root."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def library(self) -> Library:
        """Return the snippets as if they had run."""
        cells = tuple(
            Cell("shapes/cat.py", name, 1, source, raises=raises)
            for name, source, _, _, raises in CELLS
        )
        shown = {
            cell.ref: Shown(cell, printed, figure)
            for cell, (_, _, printed, figure, _) in zip(cells, CELLS, strict=True)
        }
        snippet = Snippet("shapes/cat.py", self.root / "snippets/shapes/cat.py", cells, "1a2b3c4d")
        total = Cell("tutorials/sum.py", "total", 1, "import reference_impl  # (1)!\n1 + 2")
        tutorial = Snippet(total.snippet, self.root / "snippets/tutorials/sum.py", (total,), "9d")
        shown[total.ref] = Shown(total, "3", None)
        start, check, *others = JOIN
        path = self.root / "snippets/exercises/shapes/cat.py"
        exercise = Exercise("join", check, ("shape",), (start, *others))
        shown[start.ref] = Shown(start, "", None)
        return Library(
            {
                one.file: one
                for one in (snippet, tutorial, Snippet(start.snippet, path, JOIN, "5e6f7a8b"))
            },
            shown,
            {exercise.ref: exercise},
            dict.fromkeys((snippet.file, tutorial.file, start.snippet), "2026-11-24"),
        )

    def review(self, root: Path) -> Review:
        """Stand in for the review of everything: read the pages, find the given problems."""
        return Review(self.library(), pages.read_all(root), objects.load(root), list(self.problems))

    def build(self, command: str = "build") -> Path:
        """Build the site, return its folder."""
        config = load_config(str(self.root / "mkdocs.yml"), strict=True)
        config.plugins.on_startup(command=command, dirty=False)
        build(config)
        return self.root / "site"


def prepare(root: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("SITE_URL", "https://handbook.test/sub/")
    monkeypatch.setattr(plugin.review, "review", made.review)
    monkeypatch.setattr(plugin.assets, "build", lambda root: root / "web")
    return made


def page(site: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((site / path).read_text("utf-8"), "html.parser")
