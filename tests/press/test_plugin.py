"""The plugin on a tiny site of two languages, built with the project's own configuration."""

import json
import logging
import re
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from tiny_handbook import CELLS, ROOT, WORDS, Project, page, prepare

from press import Problem, plugin


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A handbook that builds, its snippets taken as run."""
    return prepare(tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory):
    """That handbook, built once."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield prepare(tmp_path_factory.mktemp("handbook"), monkeypatch).build()


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
    assert heading.text.startswith("torch.cat(tensors, dim=0) → Tensor")
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
    download, view = lesson.select(".hb-foot a")
    folder = site / below / "shapes/cat"
    file = (folder / download["href"]).resolve()
    nbformat.validate(nbformat.read(file, as_version=4))
    assert download.has_attr("download")
    assert (folder / view["href"] / "index.html").resolve().is_file()
    assert page(site, f"{below}index.html").select(".hb-foot") == []


@BOTH
def test_a_lesson_tells_its_facts(site, language, below):
    """When its code last ran on torch, and what it has in common with others."""
    facts = page(site, f"{below}shapes/cat/index.html").select_one(".hb-question + .hb-facts")
    assert facts.time["datetime"] == "2026-11-24"
    (tag,) = facts.select("a")
    assert tag["href"] == "../../reference/tags/#copying"
    listed = page(site, f"{below}reference/tags/index.html")
    assert listed.select_one("h2#copying").find(string=True) == tag.text
    assert [a["href"] for a in listed.article.select("li > a")] == ["../../shapes/cat/"]
    assert page(site, f"{below}index.html").select(".hb-facts, .hb-foot") == []


def test_links_that_edit_and_report(project, monkeypatch):
    """They lead where the environment says that the handbook is kept; else there are none."""
    monkeypatch.setenv("REPO_URL", "https://code.test/handbook")
    built = project.build()
    links = page(built, "en/shapes/cat/index.html").select(".hb-foot a[href^=https]")
    edit, report = (urlsplit(a["href"]) for a in links)
    assert edit.path == "/handbook/edit/main/docs/en/shapes/cat.md"
    assert report.path == "/handbook/issues/new"
    assert "https://handbook.test/sub/en/shapes/cat/" in parse_qs(report.query)["body"][0]
    # The theme would ask the host of a repository how many stars it has.
    assert page(built, "index.html").select("[data-md-component=source]") == []
    monkeypatch.setenv("REPO_URL", "")
    monkeypatch.setenv("FEEDBACK_URL", "mailto:us@code.test?subject={title}&body={body}")
    (link,) = page(project.build(), "shapes/cat/index.html").select("[data-report]")
    assert link["href"].startswith("mailto:us@code.test?subject=%E6%8B%BC%E6%8E%A5%3A%20&body=")


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


@BOTH
def test_a_tutorial_is_a_notebook_whose_cells_run(site, language, below):
    """It is listed and linked as other pages are; what installs the engine is in the file alone."""
    html = page(site, f"{below}tutorials/sum/index.html")
    (cell,) = html.article.select(".hb-cell")
    assert (cell["id"], cell["data-digest"]) == ("tutorials/sum.py:total", "9d")
    assert cell.select_one("code").text.strip() == "import reference_impl\n1 + 2"
    assert cell.select_one(".hb-out").text == "3"
    assert html.article.select(".jp-CodeCell, blockquote") == []
    (download,) = html.select(".hb-foot a[download]")
    file = nbformat.read(site / below / "tutorials/sum" / download["href"], as_version=4)
    address = "https://handbook.test/sub/assets/reference_impl-0.1.0-py3-none-any.whl"
    assert [c.source for c in file.cells if c.cell_type == "code"] == [
        f"%pip install -q {address}",
        "import reference_impl\n1 + 2",
    ]
    words = WORDS[language]
    assert html.title.text.startswith(words["first"])
    assert html.select_one("meta[name=description]")["content"] == words["question"]
    assert [h["id"] for h in html.article.select("h1, h2")] == ["sum", "total"]
    assert html.article.select_one("h2 ~ p > a")["href"] == "../../shapes/cat/#first"
    assert not (site / below / "notebooks/tutorials").exists()
    # the search of the other language lies below its own root
    index = json.loads((site / below / "search/search_index.json").read_text("utf-8"))
    assert "tutorials/sum/#total" in {doc["location"] for doc in index["docs"]}


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
