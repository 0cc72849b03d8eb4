"""Docstrings of the engine, entry by entry, and their Chinese.

A docstring falls into entries: its summary, each further paragraph, each argument, what it
returns, each error. Entries have a translation in `docs/locale/zh.po`; examples and signatures
never do. The context of a message is the object and the entry, so that a changed sentence is
recognised as changed, and not as a new one:

    msgctxt "reference_impl.torch.joining.cat: dim"
    msgid "The dim along which the sizes may differ."
    msgstr "沿哪个维度拼接；只有这一维的尺寸可以不同。"
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import griffe
import polib

from press import Problem
from press.objects import Documented, find, load

CATALOG = "docs/locale/zh.po"

SECTION = re.compile(r"^(?P<title>[A-Z][A-Za-z ]*):$")
ITEM = re.compile(r"^(?P<name>[\w.*]+)(?: \([^)]*\))?: (?P<text>.*)$")
LISTED = {"Args": "argument", "Attributes": "attribute", "Raises": "raises"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of a docstring.

    Attributes:
        kind: `text`, `argument`, `attribute`, `raises`, `example`, or a section's title in lower
            case, such as `returns` or `shape`.
        key: Its name within the docstring, such as `summary`, `dim` or `raises RuntimeError`;
            empty for an example, which has no translation.
        name: The argument or error; empty for other kinds.
        text: On one line, except for lists and examples.
        line: Line in the docstring, from 0.
    """

    kind: str
    key: str
    name: str
    text: str
    line: int


def entries(docstring: str) -> list[Entry]:
    """Return the pieces of a docstring (cleaned as `inspect.cleandoc` does), in order."""
    found: list[Entry] = []
    keys: dict[str, int] = {}

    def add(kind: str, key: str, name: str, lines: list[str], line: int) -> None:
        if key:
            keys[key] = keys.get(key, 0) + 1
            if keys[key] > 1:
                key = f"{key} {keys[key]}"
        found.append(Entry(kind, key, name, _joined(lines, kind), line))

    for start, block in _blocks(docstring.split("\n")):
        section = SECTION.match(block[0])
        inside = [line.removeprefix("    ") for line in block[1:]]
        if block[0].startswith(">>>"):
            add("example", "", "", block, start)
        elif section is None or not inside:
            key = "summary" if not any(e.kind == "text" for e in found) else "paragraph"
            add("text", key, "", block, start)
        elif section["title"] in LISTED:
            kind = LISTED[section["title"]]
            for offset, name, lines in _items(inside):
                key = f"raises {name}" if kind == "raises" else name
                add(kind, key, name, lines, start + 1 + offset)
        elif section["title"].startswith("Example"):
            add("example", "", "", inside, start + 1)
        else:
            kind = section["title"].lower()
            add(kind, kind, "", inside, start + 1)
    return found


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield what blank lines part; a section keeps its indented paragraphs."""
    start, block = 0, []
    for number, line in enumerate([*lines, ""]):
        following = next((text for text in lines[number + 1 :] if text.strip()), "")
        if line.strip():
            if not block:
                start = number
            block.append(line)
        elif block and SECTION.match(block[0]) and following.startswith("    "):
            block.append("")
        elif block:
            yield start, block
            block = []


def _items(lines: list[str]) -> Iterator[tuple[int, str, list[str]]]:
    start, name, body = 0, "", []
    for number, line in enumerate(lines):
        item = ITEM.match(line)
        if item:
            if body:
                yield start, name, body
            start, name, body = number, item["name"], [item["text"]]
        elif line.strip() and body:
            body.append(line)
    if body:
        yield start, name, body


def _joined(lines: list[str], kind: str) -> str:
    if kind == "example" or any(re.match(r"\s*[-*] ", line) for line in lines):
        return "\n".join(line.rstrip() for line in lines).strip("\n")
    return " ".join(line.strip() for line in lines if line.strip())


def where(documented: Documented, root: Path, entry: Entry | None = None) -> tuple[str, int]:
    """Return file and line of an object's docstring, or of an entry in it."""
    path = documented.filepath
    assert isinstance(path, Path)
    line = documented.docstring.lineno if documented.docstring else documented.lineno
    return path.relative_to(root).as_posix(), (line or 1) + (entry.line if entry else 0)


def messages(documented: Documented) -> Iterator[tuple[str, Entry]]:
    """Yield the context and the entry of everything of an object that has a translation."""
    if documented.docstring:
        for entry in entries(documented.docstring.value):
            if entry.key:
                yield f"{documented.path}: {entry.key}", entry


class Catalog:
    """The Chinese of the docstrings, as `docs/locale/zh.po` has it.

    Args:
        root: The project's root.

    Raises:
        Problem: If the file cannot be read as gettext.
    """

    def __init__(self, root: Path) -> None:
        self.path = root / CATALOG
        self.file = polib.POFile(wrapwidth=100)
        self.file.metadata = {"Language": "zh", "Content-Type": "text/plain; charset=UTF-8"}
        if self.path.is_file():
            try:
                self.file = polib.pofile(str(self.path), wrapwidth=100, encoding="utf-8")
            except UnicodeDecodeError as error:
                line = self.path.read_bytes()[: error.start].count(b"\n") + 1
                raise Problem(CATALOG, line, "not UTF-8; save the file as UTF-8") from None
            except OSError as error:
                found = re.search(r"\(line (\d+)\)(.*)", str(error))
                line, detail = (int(found[1]), found[2]) if found else (1, f": {error}")
                raise Problem(CATALOG, line, f"gettext cannot read this line{detail}") from None
        self.by_context = {e.msgctxt: e for e in self.file if not e.obsolete}

    def chinese(self, context: str, text: str) -> str | None:
        """Return the translation of an entry; None if it is missing or stale."""
        entry = self.by_context.get(context)
        if entry is None or entry.msgid != text or entry.fuzzy or not entry.msgstr.strip():
            return None
        return entry.msgstr

    def summaries(self) -> dict[str, str]:
        """Return the Chinese of first paragraphs, by the English: `assets/summaries.json`."""
        return {
            entry.msgid: entry.msgstr
            for context, entry in self.by_context.items()
            if context.endswith(": summary") and self.chinese(context, entry.msgid)
        }

    def state(self, context: str, text: str) -> str:
        """Return `current`, `stale` (the English has changed since) or `missing`."""
        if self.chinese(context, text) is not None:
            return "current"
        entry = self.by_context.get(context)
        stale = entry is not None and (entry.fuzzy or (entry.msgid != text and entry.msgstr))
        return "stale" if stale else "missing"


def check(root: Path, engine: griffe.Module, shown: Iterable[str]) -> list[Problem]:
    """Return a Problem for each object whose Chinese is missing or stale.

    Args:
        root: The project's root.
        engine: As `load` returns it.
        shown: Full names of the objects that Chinese pages show.
    """
    try:
        catalog = read_catalog(root)
    except Problem as problem:
        return [problem]
    problems = []
    for name in sorted(set(shown)):
        documented = find(engine, name)
        if documented is None:
            continue
        for state in ("stale", "missing"):
            found = [e for c, e in messages(documented) if catalog.state(c, e.text) == state]
            if found:
                keys = ", ".join(entry.key for entry in found)
                problems.append(
                    Problem(
                        *where(documented, root, found[0]),
                        f"the Chinese of {name} is {state} ({keys}): run python -m press extract, "
                        f"then mend it in {CATALOG}",
                    )
                )
    return problems


def extract(root: Path, wanted: Collection[str]) -> list[str]:
    """Bring `docs/locale/zh.po` up to date with the docstrings.

    It holds what is translated, and what is to be; the thousands of other entries stand in the
    docstrings already. A changed entry keeps its translation, marked fuzzy, with the sentence that
    it belonged to; an entry that is gone becomes obsolete. The context of an entry is its object's
    path, so that no comment has to name the file, too.

    Args:
        root: The project's root.
        wanted: Full names of the objects that are to be translated.

    Returns:
        The contexts that wait for a translator: new ones and fuzzy ones.
    """
    catalog = Catalog(root)
    engine = load(root)
    asked = {id(one) for name in wanted if (one := find(engine, name))}
    fresh = polib.POFile(wrapwidth=100)
    fresh.metadata = catalog.file.metadata
    fresh.header = "The Chinese of the engine's docstrings; python -m press extract adds to it."
    waiting = []
    names = [*wanted, *(context.partition(": ")[0] for context in catalog.by_context)]
    documented = {id(one): one for name in names if (one := find(engine, name))}
    for each in sorted(documented.values(), key=lambda d: (str(d.filepath), d.lineno or 0)):
        for context, entry in messages(each):
            old = catalog.by_context.pop(context, None)
            if id(each) not in asked and (old is None or not old.msgstr):
                continue
            new = polib.POEntry(msgctxt=context, msgid=entry.text)
            if old is not None:
                new.msgstr, new.flags, new.previous_msgid = old.msgstr, old.flags, None
                if old.msgid != entry.text and old.msgstr:
                    new.flags, new.previous_msgid = ["fuzzy"], old.previous_msgid or old.msgid
                elif old.fuzzy:
                    new.previous_msgid = old.previous_msgid
            fresh.append(new)
            if not new.msgstr or new.fuzzy:
                waiting.append(context)
    for left in [*catalog.by_context.values(), *catalog.file.obsolete_entries()]:
        if left.msgstr:
            left.obsolete = True
            fresh.append(left)
    catalog.path.parent.mkdir(parents=True, exist_ok=True)
    text = f"{fresh}".rstrip("\n") + "\n"
    if not catalog.path.is_file() or catalog.path.read_text("utf-8") != text:
        catalog.path.write_text(text, "utf-8", newline="\n")
    return waiting


def read_catalog(root: Path) -> Catalog:
    """Return the catalogue, read once for each state of the file; it is not to be changed.

    Raises:
        Problem: If the file cannot be read as gettext.
    """
    path = root / CATALOG
    return _read_catalog(root, path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=4)
def _read_catalog(root: Path, modified: int) -> Catalog:
    del modified
    return Catalog(root)
