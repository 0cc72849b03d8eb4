"""Docstrings entry by entry, their Chinese, and the notes made of them."""

import re
from pathlib import Path
from textwrap import dedent

import make_names
import polib
import pytest

from press import Problem, docstrings, holdings, notes, objects, reference, review
from press.docstrings import entries

CAT = "reference_impl.torch.cat"

JOINING = '''\
"""Joining and stacking."""


def cat(tensors: Sequence[Tensor], dim: int = 0, *, out: Tensor | None = None) -> Tensor:
    """Join tensors along one of their dims.

    Every size but the one
    at `dim` agrees.

    Args:
        tensors: At least one,
            all with the same number of dims.
        dim: The dim.

    Returns:
        A new tensor.

    Raises:
        RuntimeError: If sizes differ.
        RuntimeError: If there is none.

    Shape: not a section.

    Gradient:
        Cut at the same places.

    >>> torch.cat((a, b))
    tensor([1.])
    """


def _hidden() -> None:
    """Nobody sees this."""


class Tape:
    """A tape."""

    def read(self, n: int) -> int:
        """Read `n` numbers."""
'''


@pytest.fixture
def root(tmp_path: Path) -> Path:
    torch = tmp_path / "reference_impl" / "torch"
    torch.mkdir(parents=True)
    (tmp_path / "reference_impl" / "__init__.py").write_text('"""The engine."""\n')
    (torch / "__init__.py").write_text("from .joining import Tape, cat\n")
    (torch / "joining.py").write_text(JOINING)
    return tmp_path


ALL = [f"reference_impl.torch.{name}" for name in ("joining", "cat", "Tape", "Tape.read")]


def translate(root: Path, said: str = "译：") -> None:
    docstrings.extract(root, ALL)
    path = root / docstrings.CATALOG
    catalog = polib.pofile(str(path))
    for entry in catalog:
        entry.msgstr = said + entry.msgid
    catalog.save()


def found(root: Path) -> list[str]:
    return [str(p) for p in docstrings.check(root, objects.load(root), [CAT])]


def test_a_docstring_falls_into_entries():
    """Each has a key by which its translation is kept, and its line."""
    text = dedent(JOINING.split('"""')[3].replace("Join", "    Join", 1)).strip()
    assert [(e.key, e.text, e.line) for e in entries(text) if e.kind != "example"] == [
        ("summary", "Join tensors along one of their dims.", 0),
        ("paragraph", "Every size but the one at `dim` agrees.", 2),
        ("tensors", "At least one, all with the same number of dims.", 6),
        ("dim", "The dim.", 8),
        ("returns", "A new tensor.", 11),
        ("raises RuntimeError", "If sizes differ.", 14),
        ("raises RuntimeError 2", "If there is none.", 15),
        ("paragraph 2", "Shape: not a section.", 17),
        ("gradient", "Cut at the same places.", 20),
    ]


def test_examples_have_no_translation():
    """Their text is kept as it is, line by line."""
    (summary, example) = entries("A.\n\n>>> b\n1\n>>> c\n2")
    assert (example.kind, example.key, example.text) == ("example", "", ">>> b\n1\n>>> c\n2")
    assert summary.key == "summary"


def test_lists_keep_their_lines():
    """Joined they would be no list."""
    (entry,) = entries("- a\n- b")
    assert entry.text == "- a\n- b"


def test_extract_asks_for_what_is_shown(root):
    """Under the place where it is defined; of the rest, the catalogue has nothing."""
    waiting = docstrings.extract(root, [CAT])
    assert waiting[0] == "reference_impl.torch.joining.cat: summary"
    assert {context.rpartition(":")[0] for context in waiting} == {
        "reference_impl.torch.joining.cat"
    }
    contexts = [e.msgctxt for e in polib.pofile(str(root / docstrings.CATALOG))]
    assert contexts == waiting


def test_extract_keeps_what_is_translated(root):
    """Though no page may show it any more."""
    translate(root)
    assert docstrings.extract(root, []) == []
    assert found(root) == []


def test_extract_on_request(root):
    """A chapter can be named, and a class has its methods with it."""
    page = root / "docs/zh/shapes/cat.md"
    page.parent.mkdir(parents=True)
    page.write_text(f"# 拼接 {{ #cat }}\n\n::: {CAT}\n")
    asked = {context.rpartition(":")[0] for context in review.extract(root)}
    assert asked == {"reference_impl.torch.joining.cat"}
    named = ["torch.joining", "torch.Tape"]
    further = {context.rpartition(":")[0] for context in review.extract(root, named)}
    assert further - asked == {
        "reference_impl.torch.joining",
        "reference_impl.torch.joining.Tape",
        "reference_impl.torch.joining.Tape.read",
    }
    with pytest.raises(Problem, match="there is no such object; write it as in "):
        review.extract(root, ["torch.dog"])


def test_extract_twice_changes_nothing(root):
    """The file depends on the docstrings and the translations alone."""
    translate(root)
    path = root / docstrings.CATALOG
    docstrings.extract(root, ALL)
    once = path.read_text("utf-8")
    assert docstrings.extract(root, ALL) == []
    assert path.read_text("utf-8") == once


def test_a_changed_sentence_keeps_its_old_translation_as_fuzzy(root):
    """And the sentence that it belonged to, so that one sees what changed."""
    translate(root)
    file = root / "reference_impl/torch/joining.py"
    file.write_text(JOINING.replace("The dim.", "The dim along which they are joined."))
    assert docstrings.extract(root, ALL) == ["reference_impl.torch.joining.cat: dim"]
    entry = next(e for e in polib.pofile(str(root / docstrings.CATALOG)) if e.fuzzy)
    assert (entry.msgstr, entry.previous_msgid) == ("译：The dim.", "The dim.")


def test_a_sentence_that_is_gone_becomes_obsolete(root):
    """Its translation is not lost: it may come back."""
    translate(root)
    file = root / "reference_impl/torch/joining.py"
    file.write_text(JOINING.replace("        dim: The dim.\n", ""))
    docstrings.extract(root, ALL)
    catalog = polib.pofile(str(root / docstrings.CATALOG))
    assert [e.msgid for e in catalog.obsolete_entries()] == ["The dim."]


def test_an_object_without_chinese(root):
    """The message names the place, the object, the entries and the command."""
    assert found(root) == [
        f"reference_impl/torch/joining.py:5: the Chinese of {CAT} is missing (summary, paragraph, "
        "tensors, dim, returns, raises RuntimeError, raises RuntimeError 2, paragraph 2, "
        "gradient): run python -m press extract, then mend it in docs/locale/zh.po"
    ]


def test_an_object_whose_english_has_changed(root):
    """One character is enough; the line is that of the entry."""
    translate(root)
    assert found(root) == []
    (root / "reference_impl/torch/joining.py").write_text(JOINING.replace("The dim.", "The dim"))
    assert found(root) == [
        f"reference_impl/torch/joining.py:13: the Chinese of {CAT} is stale (dim): "
        "run python -m press extract, then mend it in docs/locale/zh.po"
    ]
    docstrings.extract(root, ALL)  # marks it fuzzy: still stale
    assert "is stale (dim)" in found(root)[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgid "a"\nmsgst "b"\n', "2: gettext cannot read this line"),
        (
            'msgid "a"\nmsgstr "b" c"\n',
            "2: gettext cannot read this line: unescaped double quote found",
        ),
        ('msgid "a"\nmsgstr "\udce4"\n', "2: not UTF-8; save the file as UTF-8"),
    ],
)
def test_a_catalogue_that_is_no_gettext(root, text, message):
    """The line is that of the mistake."""
    path = root / docstrings.CATALOG
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(Problem) as caught:
        docstrings.Catalog(root)
    assert str(caught.value) == f"docs/locale/zh.po:{message}"


def note(root: Path, language: str) -> notes.Note:
    documented = objects.find(objects.load(root), CAT)
    return notes.note(documented, "torch.cat", language, root)


def test_a_note_has_a_signature_rows_and_examples(root):
    """Types stand in the rows, so the signature stays short."""
    made = note(root, "en")
    assert made.signature == "torch.cat(tensors, dim=0, *, out=None) → Tensor"
    assert [(row.label, row.code) for row in made.rows] == [
        ("tensors", "Sequence[Tensor]"),
        ("dim", "int"),
        ("Returns", ""),
        ("Raises", "RuntimeError"),
        ("Raises", "RuntimeError"),
        ("Backward", ""),
    ]
    (example,) = made.examples
    assert re.sub("<[^>]+>", "", example) == "&gt;&gt;&gt; torch.cat((a, b))\ntensor([1.])"
    assert "cat(" in re.sub("<[^>]+>", "", made.listing)
    assert (made.place, made.untranslated) == ("reference_impl/torch/joining.py:4", False)


def test_a_note_in_chinese(root):
    """Labels and sentences are; signature and example are not."""
    translate(root)
    made = note(root, "zh")
    assert made.text[0].markdown == "译：Join tensors along one of their dims."
    assert [row.label for row in made.rows] == ["tensors", "dim", "返回", "报错", "报错", "反传"]
    assert made.signature == note(root, "en").signature
    assert not made.untranslated


def test_a_note_without_chinese_says_so(root):
    """The English stands in."""
    made = note(root, "zh")
    assert made.text[0].markdown == "Join tensors along one of their dims."
    assert made.untranslated


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Plain `a_b < c` & so on.", 'Plain <code class="hb-whole">a_b &lt; c</code> &amp; so on.'),
        ("`torch.set_default_dtype`", "<code>torch.set_default_dtype</code>"),
        ("A 3-D tensor; (N, C).", "A 3-D tensor; (N, C)."),
        ("with *emphasis*", ""),
        ("a [link](x)", ""),
        ("- a\n- b", ""),
        ("``a`b``", ""),
        (
            "Is so. (https://docs.pytorch.org/a_b.html)",
            'Is so. (<a href="https://docs.pytorch.org/a_b.html">docs.pytorch.org</a>)',
        ),
    ],
)
def test_plain_sentences_need_no_converter(markdown, html):
    """Anything that may mean more in Markdown does."""
    assert notes.Sentence(markdown).html == html


@pytest.mark.parametrize(
    ("definition", "shown"),
    [
        ("def f(a, /, b): ...", "f(a, /, b)"),
        ("def f(*sizes, out=None): ...", "f(*sizes, out=None)"),
        ("def f(a, *, b=1, **c): ...", "f(a, *, b=1, **c)"),
        ("def f(): ...", "f()"),
        ("class f: ...", "f"),
        ("def f(a, b=OMITTED, c=OMITTED, d=1): ...", "f(a[, b][, c], d=1)"),
        ("def f(a=OMITTED): ...", "f([a])"),
    ],
)
def test_signatures(root, definition, shown):
    """Marks for positional and keyword-only parameters are where Python has them."""
    (root / "reference_impl/torch/joining.py").write_text(f"{definition}\ncat = Tape = None\n")
    documented = objects.find(objects.load(root), "reference_impl.torch.joining.f")
    assert notes.signature("f", documented) == shown


def test_pages_of_objects(root):
    """A chapter has a section, with its sentence and its objects, on the page it belongs to."""
    translate(root)
    engine = objects.load(root)
    texts = reference.texts(engine, "zh", root)
    assert "\n# 接口一览 { #api }\n" in texts["reference/torch.md"]
    assert "- [视图、拼接与重排](views.md)" in texts["reference/torch.md"]
    text = texts["reference/views.md"]
    assert "\n# 视图、拼接与重排 { #api-views }\n" in text
    assert "## joining { #joining }\n\n译：Joining and stacking.\n" in text
    assert f"::: {CAT}\n    options:\n      show_source: false\n" in text
    ids = {"api-views", "joining", "torch.cat", "torch.Tape", "torch.Tape.read"}
    assert reference.ids(engine)["reference/views.md"] == ids
    assert set(reference.ids(engine)) == set(texts)


def test_what_is_in_and_what_is_not(root):
    """Names that the engine has lead to their notes; the others are only named."""
    text = reference.texts(objects.load(root), "en", root)["reference/index.md"]
    assert '<a href="views/#torch.cat"><code>cat</code></a>' in text
    there, missing = holdings.holdings()["torch"]
    assert ("add" in there, "compile" in missing) == (True, True)
    assert f"\n{len(there)} of {len(there) + len(missing)} names.\n" in text


def test_names_are_those_of_torch():
    """They have been written down anew since torch's version changed."""
    assert holdings.NAMES.read_text("utf-8") == make_names.text()


def test_pages_of_objects_under_serve(root):
    """Each says that it is left out."""
    for text in reference.texts(objects.load(root), "en", root, slim=True).values():
        assert "preview leaves this page out" in text
        assert ":::" not in text
