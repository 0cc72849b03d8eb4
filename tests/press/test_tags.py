"""Tags: the same in both languages, each with a page of lessons that have it in common."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from press import Problem, pages, tags
from press.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted(
    path.relative_to(ROOT / "snippets").with_suffix(".md").as_posix()
    for path in (ROOT / "snippets").rglob("*.py")
    if path.relative_to(ROOT / "snippets").parts[0] not in ("exercises", "playground")
)


@pytest.fixture(scope="module")
def read():
    """The handbook's pages."""
    return pages.read_all(ROOT)


def twins(zh: str, en: str):
    text = "---\ndescription: x\n{}\n---\n\n# T {{ #t }}\n"
    return {
        language: {"a/b.md": pages.read(f"docs/{language}/a/b.md", text.format(line))}
        for language, line in (("zh", zh), ("en", en))
    }


def test_every_lesson_has_tags(read):
    """One to three; each tag is one of two lessons at least, or it leads nowhere."""
    counts = Counter()
    for path in LESSONS:
        page = read["en"].get(path)
        if page is None or path.startswith(("start/", "reference/")):
            continue
        names = [tag.name for tag in tags.read(page)]
        assert 1 <= len(names) <= 3, path
        counts.update(names)
    assert {name for name, count in counts.items() if count < 2} == set()
    assert list(tags.check(read)) == []


@pytest.mark.parametrize(
    ("zh", "en", "message"),
    [
        ("tags: [dtype]", "tags: [dtype, text]", "docs/en/a/b.md:3: docs/zh/a/b.md has the tags "),
        ("tags: [dtype]", "x: y", "docs/en/a/b.md:1: docs/zh/a/b.md has the tags [dtype]; write"),
        ("tags: [dog]", "tags: [dog]", 'docs/zh/a/b.md:3: no tag is called "dog"; use sharing, '),
        ("tags: dtype", "tags: dtype", "docs/zh/a/b.md:3: write tags as in `tags: [sharing, "),
    ],
)
def test_what_is_wrong_with_tags(zh, en, message):
    """Named with file and line."""
    (problem,) = tags.check(twins(zh, en))
    assert isinstance(problem, Problem)
    assert str(problem).startswith(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_tags(language):
    """Ids are the same in both languages; pages stand in the order of the contents."""
    read = twins("tags: [text, dtype]", "tags: [text, dtype]")[language]
    read["c.md"] = pages.read(f"docs/{language}/c.md", "---\ntags: [text]\n---\n\n# C { #c }\n")
    (text,) = tags.texts(read, language, ["c.md", "a/b.md", "gone.md"]).values()
    assert re.findall(r"\{ #(\w+) \}", text) == ["tags", "dtype", "text"]
    assert text.endswith("{ #text }\n\n- [C](../c.md)\n- [T](../a/b.md)\n")
    assert tags.ids(read) == {"reference/tags.md": {"tags", "text", "dtype"}}


def test_without_tags_there_is_no_page():
    """Nothing leads to it."""
    read = twins("x: y", "x: y")["zh"]
    assert (tags.ids(read), tags.texts(read, "zh", ["a/b.md"])) == ({}, {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_at_home_holds_every_written_page(read, language):
    """A reader who starts there finds each lesson, in the order of the contents."""
    home = read[language]["index.md"].text
    mapped = re.findall(r"\]\(([\w/-]+\.md)\)</li>", home.partition("{ #map }")[2])
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    listed = yaml.safe_load(settings[settings.index("\nnav:") : settings.index("\ntheme:")])["nav"]
    order = [path for path in flat(listed) if path in read[language] and path != "index.md"]
    own = [path for path in mapped if path in read[language]]
    assert own == [path for path in order if path != "playground.md"]


def flat(nav):
    for entry in nav:
        inside = next(iter(entry.values())) if isinstance(entry, dict) else entry
        yield from [inside] if isinstance(inside, str) else flat(inside)
