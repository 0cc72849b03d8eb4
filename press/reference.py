"""The pages that list what the engine has: made, not written, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path

import griffe

from press import docstrings, holdings, objects
from press.notes import Sentence, public
from press.objects import Documented
from press.words import word

OVERVIEW = "reference/torch.md"
HOLDINGS = "reference/index.md"

# The pages of objects, each with the chapters on it; the last takes what no other has.
SHEETS: dict[str, tuple[str, ...]] = {
    "types": ("dtypes", "promotion", "shapes", "storage", "typed_storage", "devices", "settings"),
    "tensor": ("tensor", "tensorbase", "values", "copying", "rebinding", "exchange", "printing"),
    "creation": ("literals", "creation", "ranges", "grids"),
    "views": ("views", "transposing", "pieces", "splitting", "joining", "rearranging", "repeating"),
    "indexing": ("indexing", "advanced", "masking", "gathering", "scattering", "selecting"),
    "random": ("random", "inplace_sampling", "sampling", "parametric"),
    "elementwise": ("elementwise",),
    "reductions": ("reductions", "sorting", "distinct", "binning", "differences"),
    "linalg": ("linalg",),
    "autograd": ("gradmode", "graph", "engine", "autograd"),
    "nn": ("nn",),
    "functional": ("nn.functional", "nn.native", "nn.recurrent"),
    "init": ("nn.init",),
    "optim": ("optim",),
    "data": ("utils",),
    "more": (),
}

# A lesson that shows an object is its place, with its source; here it is one of hundreds.
OPTIONS = ("    options:", "      show_source: false", "      skip_local_inventory: true")

# Who searches for a name wants the lesson first, if there is one.
FRONT = ("---", "search:", "  boost: 0.3", "---", "")

# A chapter on the contents page: `from .views import *`, `from . import nn`.
IMPORT = re.compile(r"^from \.(?: import )?(\w+)", re.MULTILINE)


@lru_cache(maxsize=1)
def chapters(engine: griffe.Module) -> dict[str, dict[str, Documented]]:
    """Return what `torch` and its packages offer, by the chapter that defines it, in torch's names.

    Chapters come in the order in which `torch/__init__.py` and `later.py` take them in. An object
    stands there under one name for each of torch's packages that has it, and classes have their
    members below them: not those that a class they inherit from has already, nor those that are
    functions, too.
    """
    prefix = f"{objects.ENGINE}.torch."
    found: dict[str, dict[str, Documented]] = {}

    def add(name: str, documented: Documented) -> None:
        chapter = documented.module.path.removeprefix(prefix)
        found.setdefault(chapter, {}).setdefault(name, documented)

    listed = {n: d for n, d in objects.exported(engine) if n.startswith(prefix)}
    own = {name for name in listed if not _is_further_name(name, listed, prefix)}
    functions = {id(listed[name]) for name in own}
    for name in listed:
        if name in own:
            add(name, listed[name])
            for below, member in _members(listed[name]):
                if id(member) not in functions:
                    add(f"{name}.{below}", member)
    place = _contents(engine)
    order = sorted(found, key=lambda chapter: place.get(chapter.partition(".")[0], 0))
    return {chapter: found[chapter] for chapter in order}


@lru_cache(maxsize=1)
def further(engine: griffe.Module) -> dict[str, list[str]]:
    """Return the other names of what the pages show: aliases, and methods of tensors.

    Each is a name of torch's, such as `torch.absolute` and `torch.Tensor.abs_` for `torch.abs`.
    """
    shown = {name: one for names in chapters(engine).values() for name, one in names.items()}
    best = {id(one): name for name, one in reversed(list(shown.items()))}
    found: dict[str, list[str]] = {}
    torchs = {f"{o}.{name}" for o, names in holdings.public_names().items() for name in names}
    for name, one in objects.names(engine).items():
        if name not in shown and public(name) in torchs and id(one) in best:
            found.setdefault(best[id(one)], []).append(public(name))
    return {name: sorted(others, key=_of_tensors) for name, others in found.items()}


def _of_tensors(name: str) -> tuple[bool, str]:
    return name.startswith("torch.Tensor."), name


# The pages that end in a list of what has no source of its own: constants, properties and methods
# that a loop or an assignment has made.
LISTS = {"torch": "types", "torch.Tensor": "tensor", "torch.nn.functional": "functional"}


@lru_cache(maxsize=1)
def lists(engine: griffe.Module) -> dict[str, dict[str, str]]:
    """Return the names at the end of a page with what they are, by the page's path."""
    known = {name for _, names in _names(engine).items() for name in names}
    found: dict[str, dict[str, str]] = {}
    for owner, sheet in LISTS.items():
        described = holdings.described(owner)
        left = {f"{owner}.{name}": what for name, what in described.items()}
        found[_path(sheet)] = {name: what for name, what in left.items() if name not in known}
    return found


def _names(engine: griffe.Module) -> dict[str, list[str]]:
    """Return torch's names for the objects of each page, the best of each object first."""
    return {
        path: [
            shown
            for names in on_page.values()
            for name in names
            for shown in (public(name), *further(engine).get(name, ()))
        ]
        for path, on_page in sheets(engine).items()
    }


def _contents(engine: griffe.Module) -> dict[str, int]:
    """Return where the contents page of `torch`, and its continuation, name a chapter first."""
    torch = f"{objects.ENGINE}.torch"
    pages = filter(None, (objects.find(engine, page) for page in (torch, f"{torch}.later")))
    named = IMPORT.findall("\n".join(line for page in pages for line in page.lines))
    return {name: number for number, name in reversed(list(enumerate(named)))}


def _members(documented: Documented) -> Iterator[tuple[str, Documented]]:
    """Yield documented members of a class that are new with it, under their own names."""
    if not documented.is_class:
        return
    inherited = {name for base in documented.mro() for name in base.members}
    for name, member in objects.members(documented):
        again = name in inherited and not documented.members[name].is_alias
        if member.docstring and name == member.name and not again:
            yield name, member


def _is_further_name(name: str, listed: Mapping[str, Documented], prefix: str) -> bool:
    """Whether an object of a package has a better name.

    That is its own name beside an alias in the same package, or its name in the package around
    it: a chapter of several files, such as `torch.elementwise`, is no package of torch's.
    """
    package, _, last = name.rpartition(".")
    documented = listed[name]
    same = f"{package}.{documented.name}"
    if last != documented.name and listed.get(same) is documented:
        return True
    around = f"{package.rpartition('.')[0]}.{last}"
    return around.startswith(prefix) and listed.get(around) is documented


def sheets(engine: griffe.Module) -> dict[str, dict[str, dict[str, Documented]]]:
    """Return the chapters on each page of objects, by the page's path; no page is empty."""
    found: dict[str, dict[str, dict[str, Documented]]] = {_path(name): {} for name in SHEETS}
    for chapter, names in chapters(engine).items():
        found[_path(_sheet(chapter))][chapter] = names
    return {path: shown for path, shown in found.items() if shown}


def _path(sheet: str) -> str:
    return f"reference/{sheet}.md"


def _sheet(chapter: str) -> str:
    """Return the page that a chapter, or the nearest chapter around it, is on."""
    while chapter:
        for name, own in SHEETS.items():
            if chapter in own:
                return name
        chapter = chapter.rpartition(".")[0]
    return "more"


def ids(engine: griffe.Module) -> dict[str, set[str]]:
    """Return what one may link to on each of the pages, by path."""
    found = {OVERVIEW: {"api"}, HOLDINGS: {"holdings"}}
    found[HOLDINGS] |= {f"holdings-{owner}" for owner in holdings.public_names()}
    for path, names in _names(engine).items():
        found[path] = {f"api-{_name(path)}", *sheets(engine)[path], *names}
        found[path] |= lists(engine).get(path, {}).keys()
    return found


def _name(path: str) -> str:
    return Path(path).stem


def texts(
    engine: griffe.Module, language: str, root: Path, *, slim: bool = False
) -> dict[str, str]:
    """Return the pages as Markdown, by path.

    Args:
        engine: As `objects.load` returns it.
        language: `zh` or `en`.
        root: The project's root.
        slim: Whether to say only that the pages are left out, as under `mkdocs serve`.
    """
    shown = sheets(engine)
    made = {
        OVERVIEW: _page(language, "reference", "api", slim, lambda: _overview(language, shown)),
        HOLDINGS: _page(
            language,
            "holdings",
            "holdings",
            slim,
            lambda: _holdings(engine, language),
        ),
    }
    catalog = docstrings.read_catalog(root)
    for path, on_page in shown.items():
        name = _name(path)
        made[path] = _page(
            language,
            f"api {name}",
            f"api-{name}",
            slim,
            lambda on_page=on_page, path=path: "\n".join(
                [
                    *_listed(on_page, further(engine), language, catalog),
                    *_list(lists(engine).get(path, {}), language),
                ]
            ),
        )
    return made


def _page(language: str, title: str, id: str, slim: bool, body: Callable[[], str]) -> str:
    text = word(language, "reference left out") if slim else body()
    return "\n".join([*FRONT, f"# {word(language, title)} {{ #{id} }}", "", text, ""])


def _overview(language: str, shown: Mapping[str, Mapping[str, Mapping[str, Documented]]]) -> str:
    lines = [word(language, "reference lead"), ""]
    lines += [f"- [{word(language, f'api {_name(path)}')}]({_name(path)}.md)" for path in shown]
    return "\n".join([*lines, f"- [{word(language, 'holdings')}](index.md)"])


def _holdings(engine: griffe.Module, language: str) -> str:
    addresses = {
        name: f"{_name(path)}/#{name}"
        for path, names in _names(engine).items()
        for name in (*names, *lists(engine).get(path, ()))
    }
    lead = word(language, "holdings lead")
    return f"{lead}\n\n{holdings.text(language, addresses)}"


def _listed(
    on_page: Mapping[str, Mapping[str, Documented]],
    others: Mapping[str, Iterable[str]],
    language: str,
    catalog: docstrings.Catalog,
) -> list[str]:
    lines: list[str] = []
    for chapter, names in on_page.items():
        lines += [f"## {chapter} {{ #{chapter} }}", ""]
        module = next(iter(names.values())).module
        summary = next(iter(docstrings.messages(module)), None)
        if summary:
            context, entry = summary
            chinese = catalog.chinese(context, entry.text) if language == "zh" else None
            lines += [chinese or entry.text, ""]
        # Inside a block of HTML an object is not laid out beside its section.
        lines += ['<div class="hb-reference" markdown="1">', ""]
        for name in names:
            lines += [f"::: {name}", *OPTIONS, ""]
            if name in others:
                again = " ".join(f'<code id="{one}">{one}</code>' for one in others[name])
                lines += [f'<p class="hb-names"><b>{word(language, "also")}</b> {again}</p>', ""]
        lines += ["</div>", ""]
    return lines


def _list(left: Mapping[str, str], language: str) -> list[str]:
    """Return lines of HTML for what has no note."""
    if not left:
        return []
    rows = [
        f'<dt id="{name}"><code>{name}</code></dt><dd>{Sentence(what).html or escape(what)}</dd>'
        for name, what in left.items()
    ]
    return [f"## {word(language, 'no notes')} {{ #more }}", "", "<dl>", *rows, "</dl>", ""]
