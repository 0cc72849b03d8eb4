"""Warnings of MkDocs and its plugins, told with file and line."""

import pytest

from press import warned

PAGES = {"zh/a.md": "# A\n\n[x](b.md)\n", "zh/a/a.md": "", "en/a.md": ""}
SETTINGS = "site_name: x\nnav:\n  - cta.md\n"

OMITTED = (
    'The following pages exist in the docs directory, but are not included in the "nav" '
    "configuration:\n  - zh/a.md\n  - zh/a/a.md"
)
LOST = (
    "A reference to 'cta.md' is included in the 'nav' configuration, which is not found in the "
    "documentation files."
)


def told(*messages: str) -> list[str]:
    return [str(p) for p in warned.problems(messages, PAGES, SETTINGS)]


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("Doc file 'zh/a.md' contains a link 'b.md', but", "docs/zh/a.md:3"),
        ("Doc file 'zh/a/a.md' contains a link 'b.md', but", "docs/zh/a/a.md:1"),
        ("mkdocs_autorefs: en/a.md: Could not find cross-reference target 'x'", "docs/en/a.md:1"),
        ("Something is old", "mkdocs.yml:1"),
    ],
)
def test_a_warning_about_a_page_gets_its_line(message, place):
    """The line is the first that has what the warning quotes."""
    assert told(message) == [f"{place}: {message}"]


def test_a_page_that_is_not_there_explains_the_one_left_out():
    """One mistake, one line."""
    assert told(OMITTED, LOST, LOST) == [
        "mkdocs.yml:3: the nav names cta.md, and there is no such page"
    ]


def test_each_page_left_out_is_named():
    """Where it is to be mended: the page is right."""
    assert told(OMITTED) == [
        f"docs/zh/{path}:1: this page is not in the nav of mkdocs.yml: add it"
        for path in ("a.md", "a/a.md")
    ]
