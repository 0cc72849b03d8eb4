"""An API note: what a page shows of one function or class, in the page's language.

mkdocstrings finds the object and puts the note on the page; what it puts there (signature,
sentence, rows, examples) is made here, from the docstring as Griffe reads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

import griffe

from press import attached, docstrings, objects, render
from press.docstrings import Entry
from press.objects import Documented
from press.words import WORDS, word

SHORT = 16  # letters of code that fit on any line
# What a plain sentence holds besides text: code, and the page that it relies on.
APART = re.compile(
    r"(?<!`)`(?P<code>[^`]+)`(?!`)|(?P<address>https?://(?P<host>[^\s/)]+)[^\s)）]*)"
)
# What may mean something in Markdown: emphasis, links, HTML, lists, escapes.
MORE = re.compile(r"[*_\[\]<\\`#|~\n]|&(?=[#\w])|^\s*(?:[-+>]|\d+\.)\s")
# A parameter that may be left out, and has no default: shown in brackets, as Python's pages do.
OPTIONAL = re.compile(r"(?P<comma>, |^)(?P<name>\w+)=OMITTED\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Markdown, and its HTML if it is so plain that no converter is needed.

    A reference of hundreds of objects has thousands of sentences, nearly all of which hold
    nothing but text and code; to start Python-Markdown for each takes most of a build.
    """

    markdown: str

    @property
    def html(self) -> str:
        """The HTML of plain text and code; empty if there is more to it."""
        made, end = [], 0
        for found in APART.finditer(self.markdown):
            made += [self.markdown[end : found.start()], _apart(found)]
            end = found.end()
        made.append(self.markdown[end:])
        if any(MORE.search(text) for text in made[::2]):
            return ""
        made[::2] = [escape(text, quote=False) for text in made[::2]]
        return "".join(made)


def _apart(found: re.Match[str]) -> str:
    """Return code or an address; short code is not broken, as `-ndim` would be at its minus."""
    if found["address"]:
        return f'<a href="{escape(found["address"])}">{escape(found["host"])}</a>'
    whole = ' class="hb-whole"' if len(found["code"]) <= SHORT else ""
    return f"<code{whole}>{escape(found['code'], quote=False)}</code>"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the definition list: `dim`, `int`, and a sentence."""

    label: str
    code: str
    text: Sentence
    argument: bool = False


@dataclass(slots=True)
class Note:
    """What the template of mkdocstrings renders.

    Attributes:
        signature: Under torch's name, without annotations: those stand in the rows.
        text: The summary and further paragraphs.
        rows: Arguments, then what the docstring says of shapes, results, errors, gradients.
        examples: `>>>` examples, highlighted.
        source: The word above the folded source.
        place: File and line of the source.
        text_of_source: The source.
        untranslated: Whether some of it is in English on a Chinese page.
    """

    signature: str
    text: list[Sentence] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    source: str = ""
    place: str = ""
    text_of_source: str = ""
    untranslated: bool = False

    @property
    def listing(self) -> str:
        """The source, highlighted; only notes in lessons show it."""
        return render.python(self.text_of_source)


def public(path: str) -> str:
    """Return torch's name for an object: `torch.cat` for `reference_impl.torch.cat`."""
    return path.removeprefix(f"{objects.ENGINE}.")


def is_method(name: str, engine: griffe.Module) -> bool:
    """Whether an object is shown as a member of a class, wherever it is defined."""
    owner = objects.find(engine, name.rpartition(".")[0])
    return owner is not None and owner.is_class


def signature(name: str, documented: Documented, *, method: bool = False) -> str:
    """Return a signature as torch's pages write it: `torch.cat(tensors, dim=0) → Tensor`.

    Args:
        name: As the page names it.
        documented: A function, or something without a signature.
        method: Whether a function is shown as a method: its first parameter is the tensor itself
            then, and `out` is left out, which torch's methods do not take.
    """
    if not isinstance(documented, griffe.Function | griffe.Class):
        return name
    if attached.ATTRIBUTE in attached.decorators(documented):
        gives = documented.returns
        return name if gives is None else f"{name} → {gives}"
    parameters = list(documented.parameters)
    if isinstance(documented, griffe.Class):
        # Where the docstring has no arguments, one gets such objects otherwise than by a call.
        if not any(entry.kind == "argument" for _, entry in docstrings.messages(documented)):
            return name
        parameters = parameters[1:]
    elif method and "staticmethod" not in documented.labels:
        parameters = [p for p in parameters[1:] if p.name != "out"]
    shown = []
    keyword_only = False
    for parameter in parameters:
        kind = parameter.kind
        if kind is griffe.ParameterKind.var_positional:
            keyword_only = True
            shown.append(f"*{parameter.name}")
            continue
        if kind is griffe.ParameterKind.var_keyword:
            shown.append(f"**{parameter.name}")
            continue
        if kind is griffe.ParameterKind.keyword_only and not keyword_only:
            keyword_only = True
            shown.append("*")
        default = "" if parameter.default is None else f"={parameter.default}"
        shown.append(f"{parameter.name}{default}")
    positional = [p for p in parameters if p.kind is griffe.ParameterKind.positional_only]
    if positional:
        shown.insert(len(positional), "/")
    returns = documented.returns if isinstance(documented, griffe.Function) else None
    gives = f" → {returns}" if returns is not None else ""
    given = OPTIONAL.sub(r"[\g<comma>\g<name>]", ", ".join(shown))
    return f"{name}({given}){gives}"


def note(
    documented: Documented, name: str, language: str, root: Path, *, method: bool = False
) -> Note:
    """Return the note of an object.

    Args:
        documented: Where it is defined.
        name: The name it is shown under, such as `torch.cat`.
        language: `zh` or `en`.
        root: The project's root, for the place of the source and the catalogue.
        method: Whether it is shown as a member of a class, such as `torch.Tensor.view`.
    """
    file, _ = docstrings.where(documented, root)
    made = Note(
        signature(name, documented, method=method),
        source=word(language, "source"),
        place=f"{file}:{documented.lineno}",
        text_of_source=documented.source.rstrip(),
    )
    catalog = docstrings.read_catalog(root) if language == "zh" else None
    types, itself = {}, ""
    if isinstance(documented, griffe.Function | griffe.Class):
        types = {p.name: str(p.annotation or "") for p in documented.parameters}
        itself = next(iter(types), "") if method and documented.is_function else ""
    if method and name.endswith(f".{documented.name}_"):
        made.text.append(Sentence(word(language, "in place", name=documented.name)))
    docstring = documented.docstring.value if documented.docstring else ""
    for entry in docstrings.entries(docstring):
        text = entry.text
        if method and entry.kind == "argument":
            if entry.name == "out":
                continue
            if entry.name == itself:
                entry = replace(entry, name="self")
        if catalog is not None and entry.key:
            chinese = catalog.chinese(f"{documented.path}: {entry.key}", text)
            if chinese is None:
                made.untranslated = True
            else:
                text = chinese
        _place(made, entry, Sentence(text), types, language)
    return made


def _place(made: Note, entry: Entry, text: Sentence, types: dict[str, str], language: str) -> None:
    if entry.kind == "example":
        made.examples.append(render.session(text.markdown))
    elif entry.kind == "text":
        made.text.append(text)
    elif entry.kind in ("argument", "attribute"):
        made.rows.append(Row(entry.name, types.get(entry.name.lstrip("*"), ""), text, True))
    else:
        label = WORDS[language].get(entry.kind, entry.kind.capitalize())
        made.rows.append(Row(label, entry.name, text))


def offer(engine: griffe.Module, language: str, root: Path) -> None:
    """Leave on the engine what the template of mkdocstrings asks for: `extra["press"]["note"]`.

    Args:
        engine: As `objects.load` returns it.
        language: `zh` or `en`, for all pages from now on.
        root: The project's root.
    """

    def by_path(path: str) -> Note:
        documented = objects.find(engine, path)
        assert documented is not None
        method = is_method(path, engine)
        return note(documented, public(path), language, root, method=method)

    engine.extra["press"]["note"] = by_path
