"""A page of our own with the cells that no lesson has: endless, wrong, drawing, deep ones.

The lesson's cells all succeed, as a build makes sure. What a reader can run into besides is
staged here, in the markup of the press and with the browser's files as they are served.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from press.render import cell as rendered
from press.snippets import Cell, Shown

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="hb-pic" role="img" aria-label="one square"'
    ' width="40" height="40"><rect id="r" x="6" y="6" width="28" height="28" fill="none"'
    ' stroke="currentColor"/><use href="#r"/></svg>'
)


@dataclass(frozen=True)
class Staged:
    """A cell of the stage: its code, and what is said to be torch's output."""

    name: str
    source: str
    printed: str = ""
    raises: str | None = None
    torch_only: str | None = None
    figure: str | None = None


STORIES = {
    "stage/story.py": (
        Staged(
            "one",
            "import torch\n\nseen = ['one']\nprint('first')\ntorch.tensor([1])",
            "first\ntensor([1])\n",
        ),
        Staged("two", "seen.append('two')\nseen", "['one', 'two']\n"),
        Staged("only", "processes()", "done\n", torch_only="needs two processes"),
        Staged(
            "raises",
            "seen.append('three')\nint('x')",
            "ValueError: invalid literal for int() with base 10: 'x'\n",
            raises="ValueError",
        ),
        Staged("silent", "last = len(seen)"),
        Staged("long", "print('-' * 200)", f"{'-' * 200}\n"),
    ),
    "stage/wrong.py": (
        Staged("line", "print('a')\nprint('x < y')\nprint('c')", "a\nb\nc\n"),
        Staged("short", "print('a')", "a\nb\n"),
        Staged(
            "surprise",
            "def inner():\n    return 1 / 0\n\nprint('before')\ninner()",
            "before\n1.0\n",
        ),
    ),
    "stage/slow.py": (
        Staged(
            "stream",
            "import time\n\nprint('early')\ntime.sleep(1)\nprint('late')",
            "early\nlate\n",
        ),
        Staged("loop", "print('looping')\nwhile True:\n    pass", "never\n"),
    ),
    "stage/steps.py": (
        Staged(
            "steps",
            """
            import time

            def train():
                for epoch in range(40):
                    for batch in range(2):
                        time.sleep(0.02)

            train()
            time.sleep(0.6)
            print('trained')
            """,
            "trained\n",
        ),
    ),
    "stage/much.py": (Staged("much", "while True:\n    print('x' * 79)", "never\n"),),
    "stage/deep.py": (
        Staged(
            "deep",
            """
            import sys

            sys.setrecursionlimit(10**9)

            def fall(n):
                return max([fall(n + 1)], key=lambda x: fall(x))

            fall(0)
            """,
            "never\n",
        ),
        Staged("after", "'alive'", "'alive'\n"),
    ),
    "stage/tensors.py": (
        Staged(
            "views",
            """
            import torch

            a = torch.arange(6.0)
            b = a.view(2, 3).t()
            x = torch.ones(2, requires_grad=True)
            y = (x * 2).sum()
            """,
        ),
        Staged("below", "y.grad_fn is None", "False\n"),
    ),
    "stage/leak.py": (Staged("set", "import math\n\nmath.pi = 3\nmath.pi", "3\n"),),
    "stage/pi.py": (Staged("pi", "import math\n\nmath.pi", "3.141592653589793\n"),),
    "stage/figure.py": (
        Staged(
            "square",
            f"class Square:\n    def _repr_svg_(self):\n        return '''{SVG}'''\n\nSquare()",
            "one square\n",
            figure=SVG,
        ),
        Staged(
            "wicked",
            """
            class Wicked:
                def _repr_svg_(self):
                    return '''<svg xmlns="http://www.w3.org/2000/svg" aria-label="x"
                    onload="document.title = 'caught'"><script>document.title = 'caught'</script>
                    <image href="https://example.org/x.png"/></svg>'''

            Wicked()
            """,
            "x\n",
            figure=SVG,
        ),
    ),
}

PAGE = """<!doctype html>
<html lang="{language}" class="no-js">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Stage</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="../look.css">
<style>
html {{ font-size: 125% }} * {{ box-sizing: border-box }}
body {{ margin: 0 auto; max-width: 34rem; padding: 1rem; background: var(--hb-paper);
  color: var(--hb-ink); font-family: var(--md-text-font-family) }}
pre {{ margin: 0; overflow: auto }} pre > code {{ display: block }} button {{ appearance: none }}
</style>
<script>document.documentElement.className = "js"</script>
{head}
</head>
<body data-md-color-scheme="{scheme}">
<main class="md-typeset"><h1>Stage</h1>
{cells}
</main>
<script type="module" src="../assets/run/cells.js"></script>
</body>
</html>
"""

# As Material's instant navigation does it: the page changes, the scripts stay.
INSTANT = """<script>
const listeners = [];
window.document$ = { subscribe(next) { listeners.push(next); next(); } };
window.go = async (address) => {
  const text = await (await fetch(address)).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  document.querySelector("main").replaceWith(page.querySelector("main"));
  history.pushState({}, "", address);
  listeners.forEach((next) => next());
};
</script>"""


def shown(file: str, staged: Staged) -> Shown:
    """Return a staged cell as the press has it."""
    source = dedent(staged.source).strip()
    cell = Cell(file, staged.name, 1, source, staged.raises, staged.torch_only)
    return Shown(cell, staged.printed, staged.figure)


def build(folder: Path, run: Path, look: Path) -> None:
    """Write the stage: a page a story in both languages and schemes, the cells, the scripts."""
    shutil.copytree(run, folder / "assets" / "run")
    shutil.copyfile(look, folder / "look.css")
    for file, cells in STORIES.items():
        record = folder / "assets" / "cells" / file.replace(".py", ".json")
        record.parent.mkdir(parents=True, exist_ok=True)
        entries = [
            {
                "name": staged.name,
                "source": dedent(staged.source).strip(),
                "printed": staged.printed,
                "raises": staged.raises,
                "torch_only": staged.torch_only,
                "figure": staged.figure is not None,
            }
            for staged in cells
        ]
        record.write_text(json.dumps({"torch": "2.13.0", "file": file, "cells": entries}))
        for language in ("zh", "en"):
            for scheme in ("default", "slate"):
                page = folder / language / f"{Path(file).stem}-{scheme}.html"
                page.parent.mkdir(exist_ok=True)
                blocks = [
                    rendered(shown(file, staged), language, digest="0" * 8, torch="2.13.0")
                    for staged in cells
                ]
                text = PAGE.format(
                    language=language, scheme=scheme, head=INSTANT, cells="\n".join(blocks)
                )
                page.write_text(text, encoding="utf-8")
