"""What lessons have in common across chapters: the tags in their front matter, and the page of all.

Both languages of a lesson name the same tags, by the words below; a page shows each in its own
language, and the page of all tags has the same ids in both.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from press import Problem
from press.pages import FRONT, Named, Page
from press.words import LANGUAGES, word

PAGE = "reference/tags.md"
TITLE = "tags"
HEAD = ("---", "search:", "  exclude: true", "---", "")
LINE = re.compile(r"^tags:(?P<listed>.*)$", re.MULTILINE)

# In the order of the page that lists them.
TAGS: dict[str, dict[str, str]] = {
    "sharing": {"zh": "共享内存", "en": "Sharing memory"},
    "copying": {"zh": "复制", "en": "Copying"},
    "dims": {"zh": "维数", "en": "Number of dims"},
    "broadcasting": {"zh": "广播", "en": "Broadcasting"},
    "dtype": {"zh": "数据类型", "en": "dtype"},
    "device": {"zh": "设备", "en": "Devices"},
    "gradients": {"zh": "梯度", "en": "Gradients"},
    "loops": {"zh": "训练循环", "en": "Training loops"},
    "layers": {"zh": "层", "en": "Layers"},
    "batches": {"zh": "分批", "en": "Batches"},
    "text": {"zh": "文本", "en": "Text"},
    "masks": {"zh": "掩码", "en": "Masks"},
    "randomness": {"zh": "随机", "en": "Randomness"},
}


def read(page: Page) -> list[Named]:
    """Return the tags of a page, with the line that names them.

    Raises:
        Problem: If they are not written `tags: [sharing, dtype]`.
    """
    front = FRONT.match(page.text)
    found = LINE.search(front[0]) if front else None
    if not front or not found:
        return []
    line = front[0].count("\n", 0, found.start()) + 1
    listed = re.fullmatch(r" \[(?P<names>[\w-]+(?:, [\w-]+)*)\]", found["listed"].rstrip())
    if listed is None:
        raise Problem(page.file, line, "write tags as in `tags: [sharing, dtype]`")
    return [Named(name, line) for name in listed["names"].split(", ")]


def check(pages: Mapping[str, Mapping[str, Page]]) -> Iterator[Problem]:
    """Yield what is wrong with the tags of pages: unknown ones, and twins that differ."""
    for path, page in pages[LANGUAGES[0]].items():
        twin = pages[LANGUAGES[1]].get(path)
        try:
            tags = read(page)
            twins = read(twin) if twin else tags
        except Problem as problem:
            yield problem
            continue
        for tag in tags:
            if tag.name not in TAGS:
                known = ", ".join(TAGS)
                yield Problem(page.file, tag.line, f'no tag is called "{tag.name}"; use {known}')
        if twin and [tag.name for tag in tags] != [tag.name for tag in twins]:
            line = twins[0].line if twins else 1
            said = ", ".join(tag.name for tag in tags)
            yield Problem(twin.file, line, f"{page.file} has the tags [{said}]; write the same")


def shown(page: Page, language: str) -> list[tuple[str, str]]:
    """Return the tags of a page: each as the language calls it, and its id on the page of all."""
    return [(TAGS[tag.name][language], tag.name) for tag in read(page)]


def ids(pages: Mapping[str, Page]) -> dict[str, set[str]]:
    """Return the page of all tags, if any page has one, with the ids that one may link to."""
    used = {tag.name for page in pages.values() for tag in read(page)}
    return {PAGE: {TITLE, *used}} if used else {}


def texts(pages: Mapping[str, Page], language: str, order: Iterable[str]) -> dict[str, str]:
    """Return the page of all tags as Markdown, by path; nothing if no page has a tag.

    Args:
        pages: The pages of one language, by path.
        language: `zh` or `en`.
        order: Paths, as the contents list them.
    """
    tagged: dict[str, list[Page]] = {}
    for path in (path for path in dict.fromkeys([*order, *pages]) if path in pages):
        for tag in read(pages[path]):
            tagged.setdefault(tag.name, []).append(pages[path])
    if not tagged:
        return {}
    lines = [*HEAD, f"# {word(language, 'tags')} {{ #{TITLE} }}", ""]
    lines += [word(language, "tags lead"), ""]
    for name in TAGS:
        if name in tagged:
            lines += [f"## {TAGS[name][language]} {{ #{name} }}", ""]
            for page in tagged[name]:
                address = posixpath.relpath(page.path, posixpath.dirname(PAGE))
                lines.append(f"- [{page.title}]({address})")
            lines.append("")
    return {PAGE: "\n".join(lines)}
