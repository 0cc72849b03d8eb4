"""The plugin on a tiny site of two languages, built with the project's own configuration."""

import json
import logging
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import nbformat
import polib
import pytest
import yaml
from bs4 import BeautifulSoup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

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

[x](shapes/cat.md#second), [y](reference/torch.md)
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
  - 查阅:
      - reference/torch.md
      - reference/views.md
      - reference/index.md
      - reference/notes.md
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
        self.write("reference_impl/__init__.py", '"""The engine."""\n')
        self.write("reference_impl/torch/__init__.py", '"""Torch."""\nfrom .joining import cat\n')
        self.write("reference_impl/torch/joining.py", ENGINE)
        self.write("web/cells.js", "// cells\n")
        self.write("web/offline.js", "// offline\n")
        docstrings.extract(root)
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
        start, check, *others = JOIN
        path = self.root / "snippets/exercises/shapes/cat.py"
        exercise = Exercise("join", check, ("shape",), (start, *others))
        shown[start.ref] = Shown(start, "", None)
        return Library(
            {one.file: one for one in (snippet, Snippet(start.snippet, path, JOIN, "5e6f7a8b"))},
            shown,
            {exercise.ref: exercise},
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


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A handbook that builds, its snippets taken as run."""
    return prepare(tmp_path, monkeypatch)


def prepare(root: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("SITE_URL", "https://handbook.test/sub/")
    monkeypatch.setattr(plugin.review, "review", made.review)
    monkeypatch.setattr(plugin.assets, "build", lambda root: root / "web")
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory):
    """That handbook, built once."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield prepare(tmp_path_factory.mktemp("handbook"), monkeypatch).build()


def page(site: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((site / path).read_text("utf-8"), "html.parser")


BOTH = pytest.mark.parametrize(("language", "below"), [("zh", ""), ("en", "en/")])


@BOTH
def test_each_language_has_every_page(site, language, below):
    """The Chinese ones at the root; each says its language."""
    for path in ("", "shapes/cat/", "notebooks/shapes/cat/", "reference/torch/"):
        assert page(site, f"{below}{path}index.html").html["lang"] == language


@BOTH
def test_cells_are_rendered_in_place(site, language, below):
    """With the list of annotations right behind, as Material wants it."""
    article = page(site, f"{below}shapes/cat/index.html").article
    names = [cell["data-cell"] for cell in article.select(".hb-cell[data-cell]")]
    assert names == [f"shapes/cat.py:{name}" for name, *_ in CELLS]
    assert article.select_one(".hb-cell").find_next_sibling().name == "ol"
    assert article.select_one(".hb-source .hb-name").text == "reference_impl/torch/joining.py:4"
    assert WORDS[language]["reason"] in article.select_one(".hb-why").text


@BOTH
def test_a_note_stands_beside_the_section_that_explains_it(site, language, below):
    """After it in the document; the section without an object is no such pair."""
    article = page(site, f"{below}shapes/cat/index.html").article
    (beside,) = article.select(".hb-beside")
    explanation, column = beside.find_all("div", recursive=False)
    assert explanation.h2["id"] == "first"
    assert column["class"] == ["hb-api"]
    heading = column.select_one("h3#torch\\.cat")
    assert heading.find(string=True) == "torch.cat(tensors, dim=0) → Tensor"
    assert ("中文：Join tensors." in column.text) == (language == "zh")
    assert [dt.text for dt in column.select("dt")] == ["tensors"]
    assert column.select_one("details.hb-more > summary > code").text.endswith("joining.py:4")


def test_contents_list_sections_only(site):
    """An object's note is not a section of the lesson; an exercise has a place there."""
    links = page(site, "en/shapes/cat/index.html").select(".md-nav--secondary a")
    assert [a["href"] for a in links] == ["#first", "#second", "#exercise-join"]


def test_objects_are_linked_under_the_engines_name(site):
    """The link leads to the note, whose anchor is torch's name."""
    (link,) = page(site, "shapes/cat/index.html").select('.hb-verdict a[href="#torch.cat"]')
    assert link.text == "torch.cat"


@BOTH
def test_navigation_is_translated(site, language, below):
    """Sections by mkdocs.yml, pages by their own titles."""
    nav = page(site, f"{below}shapes/cat/index.html").select_one(".md-nav--primary")
    text = re.sub(r"\s+", " ", nav.text)
    expected = {
        "zh": ("首页", "形状", "拼接", "查阅", "接口一览"),
        "en": ("Home", "Shapes", "Joining", "Reference", "The API"),
    }
    for title in expected[language]:
        assert title in text


@BOTH
def test_pages_name_their_translations(site, language, below):
    """By whole addresses; the switcher leads to the twin, not home."""
    html = page(site, f"{below}shapes/cat/index.html")
    links = {a["hreflang"]: a["href"] for a in html.select("link[rel=alternate][hreflang]")}
    assert links == {
        "zh": "https://handbook.test/sub/shapes/cat/",
        "en": "https://handbook.test/sub/en/shapes/cat/",
    }
    there = {a["hreflang"]: a["href"] for a in html.select(".md-select__link")}
    assert there["zh" if language == "en" else "en"].endswith("shapes/cat/")


@BOTH
def test_each_language_searches_its_own_pages(site, language, below):
    """Chinese words are marked inside sentences; bars of cells and notebooks are not searched."""
    index = json.loads((site / below / "search/search_index.json").read_text("utf-8"))
    docs = {doc["location"]: doc["text"] for doc in index["docs"]}
    word = {"zh": "\u200b梯度\u200b", "en": "Gradients"}[language]
    assert word in docs["shapes/cat/#first"]
    assert not [where for where in docs if where.startswith(("en/", "notebooks/"))]
    lesson = [text for where, text in docs.items() if where.startswith("shapes/")]
    assert "torch 2.13.0" not in "".join(lesson)
    config = json.loads(page(site, f"{below}shapes/cat/index.html").select_one("#__config").string)
    assert config["base"] == {"zh": "../..", "en": "../../../en/"}[language]


def test_search_is_the_same_from_memory(project, monkeypatch):
    """A second build reads no page that has not changed, and finds what the first did."""
    index = project.build() / "search/search_index.json"
    before = json.loads(index.read_text("utf-8"))
    read = []
    parser = "material.plugins.search.plugin.Parser.feed"
    monkeypatch.setattr(parser, lambda self, html: read.append(html))
    assert json.loads((project.build() / "search/search_index.json").read_text("utf-8")) == before
    assert read == []
    text = (project.root / "docs/zh/index.md").read_text("utf-8")
    project.write("docs/zh/index.md", text.replace("[x]", "[新]"))
    project.build()
    assert len(read) == 1


def test_the_browser_finds_the_cells(site):
    """Once for both languages, without annotations."""
    written = json.loads((site / "assets/cells/shapes/cat.json").read_text("utf-8"))
    assert (written["torch"], written["file"]) == (plugin.TORCH, "shapes/cat.py")
    assert written["cells"][0] == {
        "name": "rows",
        "source": "A = 1\nA",
        "printed": "1",
        "raises": None,
        "torch_only": None,
        "figure": False,
    }
    assert written["cells"][1]["figure"] is True
    assert not (site / "en/assets").exists()


@BOTH
def test_an_exercise_stands_in_the_lesson(site, language, below):
    """Its anchor is the same in both languages, all of it can be read without JavaScript."""
    (box,) = page(site, f"{below}shapes/cat/index.html").select("section.hb-exercise")
    assert box["data-exercise"] == "exercises/shapes/cat.py:join"
    assert box.h3["id"] == "exercise-join"
    assert box.select_one(".hb-cell")["data-digest"] == "5e6f7a8b"
    assert [li["data-label"] for li in box.select("li[data-check=fail]")] == ["shape"]
    hint, solution = box.select("details.hb-more")
    assert (hint["data-label"], hint.p.text) == ("shape", WORDS[language]["question"])
    assert solution.code.text.strip() == "joined = C"


def test_the_browser_finds_the_exercises(site):
    """Start, check and solution; mistakes are for the press alone."""
    written = json.loads((site / "assets/cells/exercises/shapes/cat.json").read_text("utf-8"))
    assert written == {
        "torch": plugin.TORCH,
        "file": "exercises/shapes/cat.py",
        "exercises": [
            {
                "name": "join",
                "labels": ["shape"],
                "fails": "shape",
                "start": "joined = A",
                "check": 'assert joined.shape == (6, 3), "shape"',
                "solution": "joined = C",
            }
        ],
    }


@pytest.mark.parametrize("path", ["index.html", "en/shapes/cat/index.html"])
def test_the_cells_script_is_the_last_of_the_page(site, path):
    """Named with the hash of its content, and found from every depth."""
    html = page(site, path)
    script = html.select("script")[-1]
    assert script["type"] == "module"
    address, _, digest = script["src"].partition("?")
    assert (site / path).parent.joinpath(address).resolve() == site / "assets/run/cells.js"
    assert re.fullmatch(r"[0-9a-f]{12}", digest)


@BOTH
def test_a_lesson_leads_to_its_notebook(site, language, below):
    """As a file, and as a page."""
    lesson = page(site, f"{below}shapes/cat/index.html")
    download, view = lesson.select(".hb-notebook a")
    folder = site / below / "shapes/cat"
    file = (folder / download["href"]).resolve()
    nbformat.validate(nbformat.read(file, as_version=4))
    assert download.has_attr("download")
    assert (folder / view["href"] / "index.html").resolve().is_file()
    assert page(site, f"{below}index.html").select(".hb-notebook") == []


@BOTH
def test_a_notebook_has_the_ids_and_contents_of_its_lesson(site, language, below):
    """Slugs of Chinese titles would be empty."""
    html = page(site, f"{below}notebooks/shapes/cat/index.html")
    ids = ["cat", "first", "second", "exercise-join"]
    assert [h["id"] for h in html.article.select("h1, h2, h3")] == ids
    links = [a["href"] for a in html.select(".md-nav--secondary a")]
    assert links == ["#first", "#second", "#exercise-join"]
    assert len(html.article.select("details.hb-more")) == 2
    assert html.article.select_one(".hb-figure__pics > svg")["aria-label"] == "A and B"


def test_every_page_has_one_policy(site):
    """The same on all pages, for instant navigation puts one in the place of another."""
    policies = set()
    for path in site.rglob("*.html"):
        (meta,) = page(site, path.relative_to(site)).select("meta[http-equiv]")
        policies.add(meta["content"])
    (policy,) = policies
    assert "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-" in policy


def test_the_theme_fetches_nothing_from_elsewhere(site):
    """Neither scripts nor source maps."""
    for path in site.rglob("*.js"):
        assert "unpkg.com" not in path.read_text("utf-8")
        assert "sourceMappingURL" not in path.read_text("utf-8")
    assert list(site.rglob("*.map")) == []


def test_the_search_dialog_has_a_name(site):
    """Material leaves it without one."""
    assert page(site, "index.html").select_one('[role="dialog"]')["aria-label"] == "搜索"
    assert page(site, "en/index.html").select_one('[role="dialog"]')["aria-label"] == "Search"


# what a failed build leaves --------------------------------------------------------------------


def failure(project: Project) -> str:
    with pytest.raises(Abort) as caught:
        project.build()
    assert caught.value.code == 1
    return str(caught.value)


def test_all_problems_are_told_in_one_list_and_nothing_is_written(project):
    """One line each, as the checks found them; the site before stays."""
    project.write("site/index.html", "before")
    project.problems = [Problem("a.md", 1, "one"), Problem("b.md", 2, "two")]
    assert failure(project) == "a.md:1: one\nb.md:2: two"
    assert (project.root / "site/index.html").read_text() == "before"
    assert list((project.root / ".cache").glob("site-*")) == []


def test_missing_web_assets_are_told_like_any_problem(project, monkeypatch):
    """With the remedy that their builder names."""

    def nothing(root: Path) -> Path:
        raise Problem("web/package.json", 1, "there is no node")

    monkeypatch.setattr(plugin.assets, "build", nothing)
    assert failure(project) == "web/package.json:1: there is no node"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_warning_of_mkdocs_is_an_error_with_its_line(project, language):
    """Also one from the second language, after the first has been built."""
    path = f"docs/{language}/shapes/cat.md"
    text = (project.root / path).read_text("utf-8")
    project.write(path, f"{text}\n[there](nowhere.md)\n")
    line = text.count("\n") + 2
    assert failure(project) == (
        f"{path}:{line}: Doc file '{language}/shapes/cat.md' contains a link 'nowhere.md', but the "
        f"target '{language}/shapes/nowhere.md' is not found among documentation files."
    )
    assert not (project.root / "site").exists()


def test_a_page_that_the_nav_names_and_that_is_not_there(project):
    """Told once, with the line in mkdocs.yml, though the real page is now left out of the nav."""
    settings = (project.root / "mkdocs.yml").read_text("utf-8")
    project.write("mkdocs.yml", settings.replace("- shapes/cat.md", "- shapes/cta.md"))
    line = settings[: settings.index("- shapes/cat.md")].count("\n") + 1
    assert failure(project) == (
        f"mkdocs.yml:{line}: the nav names shapes/cta.md, and there is no such page"
    )


def test_pages_that_the_nav_leaves_out(project):
    """Each is named."""
    settings = (project.root / "mkdocs.yml").read_text("utf-8")
    project.write("mkdocs.yml", settings.replace("      - shapes/cat.md\n", ""))
    assert failure(project).split("\n") == [
        f"docs/{language}/shapes/cat.md:1: this page is not in the nav of mkdocs.yml: add it"
        for language in ("zh", "en")
    ]


def test_a_quiet_build_hears_warnings_too(project):
    """`--quiet` turns them off for everybody else."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.ERROR)
    try:
        test_a_page_that_the_nav_names_and_that_is_not_there(project)
        assert logger.level == logging.ERROR
    finally:
        logger.setLevel(logging.NOTSET)


def test_a_failed_build_leaves_logging_as_it_was(project):
    """So that `mkdocs serve` can try again."""
    logger = logging.getLogger("mkdocs")
    before = list(logger.handlers), [list(h.filters) for h in logger.handlers]
    project.problems = [Problem("a.md", 1, "one")]
    failure(project)
    assert (list(logger.handlers), [list(h.filters) for h in logger.handlers]) == before
    project.problems = []
    assert (project.build() / "index.html").is_file()


@pytest.mark.parametrize(
    ("theme", "old", "new", "told"),
    [
        ("main.html", '{% extends "base.html" %}', "", "404.html has"),
        (
            "assets/javascripts/bundle.js",
            None,
            "empty",
            "bundle.js has '\"https://unpkg.com/resize",
        ),
    ],
)
def test_another_theme_is_told_like_any_problem(project, theme, old, new, told):
    """What the press mends in it is not there."""
    path = project.root / "overrides" / theme
    text = path.read_text("utf-8").replace(old, new) if old else new
    project.write(f"overrides/{theme}", text)
    message = failure(project)
    assert message.startswith("press/publish.py:1: ")
    assert told in message
    assert not (project.root / "site").exists()


def test_the_page_for_what_is_not_there_speaks_both_languages(site):
    """There is one for the whole site; its links work from every depth."""
    html = page(site, "404.html")
    links = {p["lang"]: p.a["href"] for p in html.article.select("p[lang]")}
    assert links == {"zh": "/sub/", "en": "/sub/en/"}
    assert not (site / "en/404.html").exists()


def test_a_preview_has_torch_at_hand(project, monkeypatch):
    """The first edit need not wait for its import."""
    begun = []
    monkeypatch.setattr(plugin.workers, "warm", lambda: begun.append(True))
    config = load_config(str(project.root / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    config.plugins.on_config(config)
    watched = []
    server = SimpleNamespace(watch=watched.append)
    config.plugins.on_serve(server, config=config, builder=None)
    assert begun == [True]
    assert str(project.root / "reference_impl") in watched


def test_a_hidden_file_of_the_site_stays(project):
    """`.nojekyll`, or a git work tree to publish from."""
    project.write("site/.nojekyll", "")
    project.write("site/old/index.html", "old")
    site = project.build()
    assert (site / ".nojekyll").is_file()
    assert not (site / "old").exists()


def test_a_preview_leaves_out_objects_and_policy(project):
    """And notebooks: it has to be quick; and MkDocs adds a script of its own to every page."""
    for language in ("zh", "en"):  # what is left out can be linked to all the same
        home = project.root / f"docs/{language}/index.md"
        home.write_text(
            f"{home.read_text('utf-8')}\n[cat](reference/views.md#torch.cat)\n", "utf-8"
        )
    site = project.build("serve")
    assert "预览时不生成这一页" in (site / "reference/torch/index.html").read_text("utf-8")
    assert "预览时不做笔记本" in (site / "notebooks/shapes/cat/index.html").read_text("utf-8")
    assert "Content-Security-Policy" not in (site / "index.html").read_text("utf-8")


def test_the_configuration_names_no_other_origin():
    """Neither fonts nor scripts nor analytics."""
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert re.findall(r"https?://[^\s\"'\]]+", settings) == ["https://example.org/handbook/"]
    assert yaml.safe_load("font: false")["font"] is False
