"""The last steps on a built site."""

import json
from pathlib import Path

import pytest

from press import publish

PAGE = (
    '<html><head><meta charset="utf-8"></head><body>'
    '<div data-md-component="search" role="dialog"></div>'
    '<script id="__config" type="application/json">{"base": ".."}</script>'
    "<script>a</script></body></html>"
)


def mended(html: str = PAGE, language: str = "en", script: str | None = None) -> str:
    return publish.mend_page(html, language, label="Search", script=script, place="a.md")


def test_a_page_is_mended():
    """The dialog gets a name, English pages their own root, the cells' script is last."""
    html = mended(script="../assets/run/cells.js?1")
    assert 'data-md-component="search" role="dialog" aria-label="Search"' in html
    assert '{"base": "../en/"}' in html
    assert html.endswith(
        '<script type="module" src="../assets/run/cells.js?1"></script></body></html>'
    )
    assert '{"base": ".."}' in mended(language="zh")


@pytest.mark.parametrize("times", [0, 2])
def test_a_theme_that_has_changed_stops_the_build(times):
    """What is looked for must be there once; the message says where to mend it."""
    dialog = '<div data-md-component="search" role="dialog"></div>'
    with pytest.raises(publish.Changed) as caught:
        mended(PAGE.replace(dialog, dialog * times))
    assert str(caught.value) == (
        "press/publish.py:1: "
        f'a.md has \'data-md-component="search" role="dialog"\' {times} times, not once: '
        "the theme is not the one in constraints.txt; install that one, or mend here what is "
        "looked for"
    )


def test_translations_are_named_by_whole_addresses():
    """Relative ones are right for browsers, not for search engines."""
    html = '<link rel="alternate" href="{}" hreflang="en"><a href="../en/a/">x</a>'
    made = publish.absolute_alternates(html.format("../en/a/"), "https://x.test/sub/a/")
    assert made == html.format("https://x.test/sub/en/a/")


@pytest.mark.parametrize(
    ("sheet", "light"),
    [
        ("/* a */\na {\n  color: red; /* b */\n}\n", "a{color:red}\n"),
        ('a::before { content: " ; } " }', 'a::before{content:" ; } "}\n'),
        ("@media (x: 1em) { a { margin: 0 1px } }", "@media (x:1em){a{margin:0 1px}}\n"),
        ("a :is(b, c) > d { x: calc(100vh - 4rem) }", "a :is(b,c) > d{x:calc(100vh - 4rem)}\n"),
    ],
)
def test_a_sheet_gets_lighter_and_says_the_same(sheet, light):
    """White space that means something stays: in strings, between selectors, around a minus."""
    assert publish.lighter(sheet) == light


def test_a_script_loses_comments_and_indentation():
    """Only whole lines of comment: an address holds two slashes too."""
    script = '// why\n  const a = "https://x"; // b\n\n  f(a);\n'
    assert publish.lighter_script(script) == 'const a = "https://x"; // b\nf(a);\n'


def test_indexes_are_parted_by_language(tmp_path):
    """Each has addresses below its own root."""
    whole = tmp_path / "search/search_index.json"
    whole.parent.mkdir()
    docs = [{"location": "a/"}, {"location": "en/a/"}, {"location": "entry/"}]
    whole.write_text(json.dumps({"config": {"lang": ["en", "zh"]}, "docs": docs}))
    publish.search(tmp_path)
    zh, en = (
        json.loads((tmp_path / below / "search/search_index.json").read_text())
        for below in ("", "en")
    )
    assert zh == {"config": {"lang": ["en"]}, "docs": [{"location": "a/"}, {"location": "entry/"}]}
    assert en["docs"] == [{"location": "a/"}]


def test_the_english_site_map_lists_english_pages(tmp_path):
    """For instant navigation, which asks for a map below its root."""
    (tmp_path / "en").mkdir()
    url = "<url><loc>https://x.test/{}</loc></url>"
    urls = "\n".join(url.format(path) for path in ("a/", "en/", "en/a/"))
    (tmp_path / "sitemap.xml").write_text(f"<urlset>\n{urls}\n</urlset>")
    publish.site_map(tmp_path)
    listed = (tmp_path / "en/sitemap.xml").read_text()
    assert listed.count("<url>") == 2
    assert "https://x.test/a/" not in listed
    assert listed.startswith("<urlset>")
    assert listed.endswith("</urlset>")


def test_one_policy_allows_the_inline_scripts_of_all_pages(tmp_path):
    """Data in a script element is no script."""
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.html").write_text(PAGE.replace("<script>a<", "<script>b<"))
    publish.policy(tmp_path)
    policies = {
        path.read_text().partition('content="')[2].partition('"')[0]
        for path in tmp_path.glob("*.html")
    }
    (policy,) = policies
    assert policy.count("'sha256-") == 2
    # sha256 of "a", in base 64
    assert "'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='" in policy


def test_a_site_takes_the_place_of_the_one_before(tmp_path):
    """All but hidden files."""
    built, site = tmp_path / "built", tmp_path / "site"
    for path in (built / "new/index.html", site / "old/index.html", site / ".git/config"):
        path.parent.mkdir(parents=True)
        path.write_text("x")
    publish.move(built, site)
    assert sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()) == [
        ".git/config",
        "new/index.html",
    ]
    assert not Path(built).exists()


def test_what_can_be_kept_offline_is_listed(tmp_path):
    """Every file that a reader may open, by content; the service worker lies at the root."""
    run = tmp_path / "assets/run"
    run.mkdir(parents=True)
    (run / "offline.js").write_text("worker", "utf-8")
    (run / "desk.js").write_text("12345", "utf-8")
    (tmp_path / "index.html").write_text("page", "utf-8")
    (tmp_path / "lesson.ipynb").write_text("{}", "utf-8")
    publish.offline(tmp_path)
    listed = json.loads((tmp_path / "offline.json").read_text("utf-8"))
    assert (tmp_path / "offline.js").read_text("utf-8") == "worker"
    assert not (run / "offline.js").exists()
    assert list(listed["files"]) == ["assets/run/desk.js", "index.html"]
    assert listed["files"]["assets/run/desk.js"][1] == 5
    assert listed["bytes"] == 9
    (run / "offline.js").write_text("worker", "utf-8")
    (tmp_path / "index.html").write_text("else", "utf-8")
    (tmp_path / "offline.json").unlink()
    publish.offline(tmp_path)
    changed = json.loads((tmp_path / "offline.json").read_text("utf-8"))
    assert changed["version"] != listed["version"]
