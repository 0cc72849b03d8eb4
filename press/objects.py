"""The engine's objects, as Griffe reads them from its source, by the names that readers know."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import griffe

from press import attached

ENGINE = "reference_impl"
KNOWN = ".cache/engine"

Documented = griffe.Function | griffe.Class | griffe.Module | griffe.Attribute


def load(root: Path) -> griffe.Module:
    """Return the engine as Griffe reads it: from its source, without importing it.

    It is read again only when it has changed: a process that builds again and again (`mkdocs
    serve`) keeps it, and the next process finds it in the cache.
    """
    files = sorted((root / ENGINE).rglob("*.py"))
    return _load(root, tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=1)
def _load(root: Path, files: tuple[tuple[Path, int], ...]) -> griffe.Module:
    known = root / KNOWN / f"{_digest(root, [path for path, _ in files])}.pickle"
    try:
        loaded: griffe.Module = pickle.loads(known.read_bytes())
    except Exception:  # not there, cut short, or of another Griffe: whatever it is, read anew
        loaded = _read(root)
        _keep(known, loaded)
    return loaded


def _digest(root: Path, files: Iterable[Path]) -> str:
    """Return a digest of all that the result of reading the engine depends on."""
    total = hashlib.sha256(repr([str(root), sys.version, version("griffelib")]).encode())
    for path in (*files, Path(__file__), Path(attached.__file__)):
        content = path.read_bytes()
        total.update(f"{path} {len(content)}\n".encode() + content)
    return total.hexdigest()[:16]


def _keep(path: Path, engine: griffe.Module) -> None:
    """Keep what was read for the next process, and nothing older."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob("*.pickle"):
        old.unlink(missing_ok=True)
    partial = path.with_suffix(f".{os.getpid()}")
    partial.write_bytes(pickle.dumps(engine, protocol=pickle.HIGHEST_PROTOCOL))
    partial.replace(path)  # a reader sees the whole of it or nothing


def _read(root: Path) -> griffe.Module:
    loaded = griffe.load(ENGINE, search_paths=[root], resolve_aliases=True, try_relative_path=False)
    assert isinstance(loaded, griffe.Module)
    attached.attach(loaded)
    return loaded


def find(engine: griffe.Module, name: str) -> Documented | None:
    """Return the object of that full name, followed to where it is defined.

    Returns:
        None if there is none, or if the name is an alias of something outside the engine.
    """
    found: griffe.Object | griffe.Alias = engine
    *around, last = name.removeprefix(f"{ENGINE}.").split(".")
    try:
        # Each alias is left at once: Griffe would make new aliases of all that is below it.
        for part in around:
            found = found.members[part]
            found = found.final_target if found.is_alias else found
        found = found.extra.get(attached.HIDDEN, {}).get(last) or found.members[last]
        found = found.final_target if found.is_alias else found
    except (KeyError, griffe.AliasResolutionError, griffe.CyclicAliasError):
        return None
    return found


class Objects:
    """The engine's objects, as mkdocstrings asks for them: each under the name it is shown by.

    Args:
        engine: As `load` returns it.
    """

    def __init__(self, engine: griffe.Module) -> None:
        self.engine = engine

    def __contains__(self, name: str) -> bool:
        """Whether the engine is loaded: mkdocstrings asks before it would load it itself."""
        return name == ENGINE

    def __getitem__(self, name: str) -> griffe.Object | griffe.Alias:
        """Return an object whose path is the name.

        Raises:
            KeyError: If there is none.
        """
        documented = find(self.engine, name)
        if documented is None:
            raise KeyError(name)
        if documented.path == name:
            return documented
        owner, _, last = name.rpartition(".")
        return griffe.Alias(last, documented, parent=self[owner])


def names(engine: griffe.Module) -> dict[str, Documented]:
    """Return everything that may stand after `:::`, by name: exported objects and their methods."""
    found: dict[str, Documented] = {}
    for name, documented in exported(engine):
        found[name] = documented
        found |= {f"{name}.{own}": member for own, member in members(documented)}
    return found


def members(documented: Documented) -> Iterator[tuple[str, Documented]]:
    """Yield the methods and properties of a class, where they are defined; of others nothing."""
    for name, member in documented.members.items() if documented.is_class else ():
        if name.startswith("_") or not (member.is_function or "property" in member.labels):
            continue
        yield name, member.final_target if member.is_alias else member


def exported(engine: griffe.Module) -> Iterator[tuple[str, Documented]]:
    """Yield the documented functions and classes that packages offer, with the name for each.

    A chapter is a module whose names its package takes over; what it keeps to itself is no
    reader's business. A module of which nothing is taken over, such as `torch.nn.utils.rnn`, is one
    that readers import, for what its `__all__` lists.
    """
    for package in engine.members.values():
        if (
            package.is_alias
            or not package.is_module
            or not package.is_package | package.is_subpackage
        ):
            continue
        yield from _exported(package)


def _exported(
    package: griffe.Object | griffe.Alias, above: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Documented]]:
    inner = []
    taken = above | package.members.keys()
    for name, member in package.members.items():
        if name.startswith("_"):
            continue
        if not member.is_alias and member.is_module:
            chapter = not member.is_subpackage and taken & set(member.exports or ())
            inner += [] if chapter else [member]
            if name not in package.extra[attached.HIDDEN]:
                continue
        if name not in (package.exports or (package.members if package.is_subpackage else ())):
            continue
        documented = find(package.package, f"{package.path}.{name}")
        known = documented is not None and (documented.is_function or documented.is_class)
        if known and documented.docstring:
            yield f"{package.path}.{name}", documented
    for module in inner:
        yield from _exported(module, taken)
