"""One word for one thing: the table, the glossary made from it, and pages held to it."""

from pathlib import Path

import pytest

from press import pages, terms

ROOT = Path(__file__).resolve().parents[2]

TABLE = """\
[[term]]
en = "stride"
zh = "步长"
group = "shapes"
link = "shapes/view.md#strides"
means.zh = "走几格。"
means.en = "How far."
wrong.zh = ["步幅"]
wrong.en = ["step width"]

[[term]]
en = "tensor"
zh = "张量"
group = "tensors"
link = "shapes/view.md#view"
means.zh = "一块数。"
means.en = "Numbers."
"""

PAGE = """\
---
description: {0}
---

# {1} {{ #view }}

## {2} {{ #strides }}

{3}
"""

PLAIN = {"zh": ("一", "变形", "存储与步长", "正文"), "en": ("a", "Views", "Strides", "Text")}


@pytest.fixture
def read(tmp_path):
    """Return what reads a table and two pages, and says what is wrong with them."""

    def read(table: str = TABLE, **said: str):
        path = tmp_path / terms.TABLE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(table, "utf-8")
        made = {}
        for language, words in PLAIN.items():
            text = PAGE.format(*words[:3], said.get(language, words[3]))
            page = pages.read(f"docs/{language}/shapes/view.md", text)
            made[language] = {"shapes/view.md": page}
        return [str(problem) for problem in terms.check(tmp_path, made)]

    return read


def test_pages_that_keep_to_the_table_are_in_order(read):
    """The terms themselves, and what only looks like a wrong word."""
    assert read(zh="步长是 3。", en="Strides, and a misstep widthwise.") == []


@pytest.mark.parametrize(
    ("language", "said", "message"),
    [
        ("zh", "它的步幅是 3。", 'docs/zh/shapes/view.md:9: "步幅" is not our word: write "步长"'),
        ("en", "Step widths.", 'docs/en/shapes/view.md:9: "Step widths" is not our word: write '),
    ],
)
def test_another_word_is_named_with_its_line(read, language, said, message):
    """In both languages; English has plurals."""
    (problem,) = read(**{language: said})
    assert problem.startswith(message)


@pytest.mark.parametrize(
    "said",
    [
        "`步幅`",
        "> 步幅",
        "[步](步幅.md)",
        "```text\n步幅\n```",
        "<!-- 步幅 -->",
        '<i title="步幅"></i>',
    ],
)
def test_code_quotations_and_addresses_are_as_they_are(read, said):
    """What the notes said is not for us to mend."""
    assert read(zh=said) == []


def test_front_matter_is_prose(tmp_path, read):
    """Search engines show it."""
    page = pages.read("docs/zh/a.md", PAGE.format("步幅", "a", "b", "c"))
    assert terms.prose(page)[1] == "description: 步幅"


def test_a_translation_keeps_to_the_table(tmp_path, read):
    """Docstrings are Chinese prose, too."""
    read()
    path = tmp_path / "docs/locale/zh.po"
    path.write_text('msgid ""\nmsgstr ""\n\nmsgctxt "a"\nmsgid "b"\nmsgstr "步幅"\n', "utf-8")
    (problem,) = read()
    assert problem.startswith('docs/locale/zh.po:4: "步幅" is not our word')


def test_a_catalogue_that_is_no_gettext_is_told_elsewhere(tmp_path, read):
    """By the check of translations, with file and line: here it is no second mistake."""
    (tmp_path / "docs/locale/zh.po").parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "docs/locale/zh.po").write_text('msgid "a"\nmsgstr "b\n', "utf-8")
    assert read() == []


def test_six_latin_words_are_no_chinese(read):
    """Five are; code and what an address says do not count; English pages may."""
    five = "这里 torch Tensor view reshape permute 都行"
    assert read(zh=five) == []
    assert read(zh="torch Tensor `view reshape` permute and more") == []
    assert read(en="This is a line of six words") == []
    (problem,) = read(zh="他说 the view is not a copy 然后")
    assert problem == (
        "docs/zh/shapes/view.md:9: 6 Latin words in a row: the view is not a copy; "
        "say it in Chinese"
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('zh = "张量"', "zh =", "docs/locale/terms.toml:13: no TOML: "),
        ('zh = "张量"\n', "", "docs/locale/terms.toml:11: this term lacks zh"),
        ('means.en = "Numbers."\n', "", "docs/locale/terms.toml:11: this term lacks means.en"),
        ('"tensors"', '"x"', 'docs/locale/terms.toml:11: there is no group "x"; there are: tens'),
        ('zh = "张量"', 'zh = "步长"', 'docs/locale/terms.toml:11: "步长" is a term already, in l'),
        (
            'zh = "张量"',
            'zh = "步幅"',
            'docs/locale/terms.toml:1: "步幅" is wrong here, and a term',
        ),
        ("view.md#view", "no.md#view", "docs/locale/terms.toml:11: there is no docs/zh/shapes/no"),
        ("#view", "#no", "docs/locale/terms.toml:11: docs/zh/shapes/view.md has no heading #no"),
    ],
)
def test_a_mistake_in_the_table_is_named_with_its_line(read, old, new, message):
    """What it lacks, what contradicts it, where a link leads nowhere."""
    assert read(TABLE.replace(old, new))[0].startswith(message)


def test_the_glossary_has_every_term(tmp_path, read):
    """Both words, what it means, and the way to the lesson; an anchor each."""
    read()
    made = {
        language: pages.read(f"docs/{language}/shapes/view.md", PAGE.format(*words))
        for language, words in PLAIN.items()
    }
    texts = {
        language: terms.texts(tmp_path, {"shapes/view.md": page}, language)[terms.PAGE]
        for language, page in made.items()
    }
    assert '<b id="term-stride">步长</b> <span lang="en">stride</span>' in texts["zh"]
    assert ":   走几格。 [存储与步长](../shapes/view.md#strides)" in texts["zh"]
    assert '<b id="term-stride">stride</b> <span lang="zh">步长</span>' in texts["en"]
    known = {"glossary", "tensors", "shapes", "term-tensor", "term-stride"}
    assert terms.ids(tmp_path) == {terms.PAGE: known}
    for text in texts.values():
        assert text.index("#tensors }") < text.index("#shapes }")
        assert all(f'"{one}"' in text or f"#{one} " in text for one in known)


def test_a_handbook_without_terms_has_no_glossary(tmp_path):
    """And nothing to keep to."""
    assert (terms.ids(tmp_path), terms.texts(tmp_path, {}, "zh")) == ({}, {})
    assert list(terms.check(tmp_path, {"zh": {}, "en": {}})) == []


def test_the_handbook_keeps_to_its_terms():
    """Its pages and translations; 40 to 60 terms."""
    assert list(terms.check(ROOT, pages.read_all(ROOT))) == []
    assert 40 <= len(terms.read(ROOT).terms) <= 60
