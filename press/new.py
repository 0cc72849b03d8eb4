"""Begin a page: both languages, its snippet with its output, and its place in the contents."""

from __future__ import annotations

import re
from pathlib import Path

from press import Problem, workers
from press.outputs import write_outputs
from press.pages import TUTORIALS
from press.percent import FOLDER, read
from press.snippets import outcomes, story_job
from press.versions import check_torch

CONTENTS = "mkdocs.yml"
PAGE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+")

SNIPPET = """\
# %% first
import torch

torch.arange(3)
"""

# What a page is at the least; the two differ in prose alone.
PAGES = {
    "zh": """\
# {name} {{ #{name} }}

/// question
这一页回答什么问题？
///

## 第一步 {{ #first }}

这里写一句话，由下面的代码来证明。

```python
--8<-- "{page}.py:first"
```
""",
    "en": """\
# {name} {{ #{name} }}

/// question
Which question does this page answer?
///

## First {{ #first }}

Here goes a sentence that the code below proves.

```python
--8<-- "{page}.py:first"
```
""",
}


def begin(root: Path, page: str) -> list[str]:
    """Write what a new page consists of.

    Args:
        root: The project's root.
        page: Its path, such as `shapes/stack`.

    Returns:
        The files that were written, from the project's root.

    Raises:
        Problem: If the path cannot be one, or something is there already; nothing is written then.
    """
    if not PAGE.fullmatch(page):
        message = "name a page by its section and itself, in small letters: shapes/stack"
        raise Problem(f"docs/zh/{page}.md", 1, message)
    name = page.rpartition("/")[2]
    texts = {
        f"docs/{language}/{page}.md": text.format(page=page, name=name)
        for language, text in PAGES.items()
    }
    texts[f"{FOLDER}/{page}.py"] = SNIPPET
    for file in texts:
        if (root / file).exists():
            raise Problem(file, 1, "this is there already; nothing was written")
    if wrong := check_torch(root):
        raise wrong
    for file, text in texts.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, "utf-8", newline="\n")
    written = [*texts, _record(root, f"{page}.py")]
    if _list(root, page):
        written.append(CONTENTS)
    return written


def _record(root: Path, file: str) -> str:
    """Record the output of the new snippet: whole numbers, which print alike on every machine."""
    snippet = read(root, file)
    job = story_job(snippet, "torch")
    ((_, result),) = workers.run(root, [job])
    if result.problem is not None:
        raise result.problem
    shown = outcomes(job, result)
    path = snippet.path.with_suffix(".out")
    write_outputs(path, [(cell, shown[cell.name].printed) for cell in snippet.cells])
    return path.relative_to(root).as_posix()


def _list(root: Path, page: str) -> bool:
    """Put the page and its notebook into the contents, behind the others of its section."""
    path = root / CONTENTS
    if not path.is_file():
        return False
    lines = path.read_text("utf-8").split("\n")
    if "nav:" not in lines:
        return False
    start = lines.index("nav:")
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), start)
    section = page.rpartition("/")[0]
    place = re.compile(
        rf"(?P<indent> *)- (?:.*: )?(?:notebooks/)?{re.escape(section)}/[\w-]+\.\w+$"
    )
    siblings = [n for n in range(start, end) if place.match(lines[n])]
    if siblings:
        last = siblings[-1]
        indent = place.match(lines[last])["indent"]
        entries = []
    else:
        last, indent, entries = end - 1, " " * 6, [f"  - {section}:"]
    entries.append(f"{indent}- {page}.md")
    if not page.startswith(TUTORIALS):
        entries.append(f"{indent}- notebooks/{page}.ipynb")
    lines[last + 1 : last + 1] = entries
    path.write_text("\n".join(lines), "utf-8", newline="\n")
    return True
