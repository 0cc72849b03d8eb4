"""A preview makes anew what an edit touches, and shows what a build from nothing would show."""

from dataclasses import replace

import pytest
from mkdocs.exceptions import Abort
from mkdocs.structure.pages import Page
from tiny_handbook import prepare


@pytest.fixture
def project(tmp_path, monkeypatch):
    return prepare(tmp_path, monkeypatch)


@pytest.fixture
def rendered(monkeypatch):
    """The pages whose Markdown was read, in order."""
    seen = []
    render = Page.render

    def noted(page, config, files):
        seen.append(page.file.src_uri)
        render(page, config, files)

    monkeypatch.setattr(Page, "render", noted)
    return seen


def files(project):
    """Build a preview; the theme leaves other blank lines in a first build than in later ones."""
    site = project.build("serve")
    return {
        path.relative_to(site).as_posix(): path.read_bytes().split()
        for path in site.rglob("*")
        if path.is_file() and path.name != "offline.json"  # it counts the bytes of the others
    }


def edit(project, path, old, new):
    file = project.root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def print_another(project):
    """Let a cell print something else."""
    library = project.library

    def changed():
        made = library()
        cell = made.shown["shapes/cat.py:rows"]
        made.shown["shapes/cat.py:rows"] = replace(cell, printed="2")
        return made

    project.library = changed


def edit_prose(project):
    """Change a sentence."""
    edit(project, "docs/en/shapes/cat.md", "Gradients are", "A gradient is")


PAGE = [
    edit_prose,
    print_another,
    lambda p: edit(p, "docs/zh/shapes/cat.md", "# 拼接 {", "# 连接 {"),
]
WHOLE = [
    lambda p: edit(p, "reference_impl/torch/joining.py", "dim: int = 0", "dim: int = 1"),
    lambda p: edit(p, "overrides/main.html", "}", "}{% block footer %}Ours{% endblock %}"),
]


@pytest.mark.parametrize("edits", [PAGE, WHOLE], ids=["of a page", "of all pages"])
def test_after_edits_it_shows_what_a_build_from_nothing_shows(
    project, tmp_path_factory, monkeypatch, edits
):
    """Every file has the same words."""
    seen = [files(project)]
    for change in edits:
        change(project)
        seen.append(files(project))
        assert seen[-1] != seen[-2]
    other = prepare(tmp_path_factory.mktemp("other"), monkeypatch)
    for change in edits:
        change(other)
    assert seen[-1] == files(other)


def test_only_what_an_edit_touches_is_made_anew(project, rendered):
    """Of the rest neither Markdown nor template is read."""
    files(project)
    assert {"zh/index.md", "en/shapes/cat.md", "zh/shapes/cat.md"} <= set(rendered)
    rendered.clear()
    edit_prose(project)
    files(project)
    assert sorted(path for path in rendered if path.endswith(".md")) == [
        "en/reference/notes.md",  # it quotes the lesson
        "en/shapes/cat.md",
    ]


def test_a_page_that_warns_warns_again(project):
    """So that a second look at the terminal shows it, too."""
    edit(project, "docs/en/shapes/cat.md", "(#first)", "(#nowhere)")
    for _ in range(2):
        with pytest.raises(Abort, match="nowhere"):
            project.build("serve")
    edit(project, "docs/en/shapes/cat.md", "(#nowhere)", "(#first)")
    assert (project.build("serve") / "index.html").is_file()


def test_a_build_for_publishing_makes_every_page(project, rendered):
    """Nothing in it is older than its command."""
    project.build()
    first = sorted(rendered)
    rendered.clear()
    project.build()
    assert sorted(rendered) == first
