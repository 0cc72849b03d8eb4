"""Complete code that is being written: names, attributes, parameters, each with what it does.

The browser uses this very file; it hears of an editor's text as far as the caret, and answers with
names. What a name does is told when it is asked for, for `torch.` has five hundred.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import keyword
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from types import ModuleType
from typing import Any

from press.naming import Instance, Known, imported, known, signature, spelled

WORD = re.compile(r"\w*$")
CLOSING = {")": "(", "]": "[", "}": "{"}
# Modules of torch's own paths; the engine's chapters lie beside them and are nobody's business.
MODULES = set(
    "accelerator attention autograd backends cuda data distributed draw functional init linalg "
    "lr_scheduler modules nn optim parameter parametrizations random rnn special utils".split()
)


@dataclass(frozen=True, slots=True)
class Option:
    """One name that may stand at the caret."""

    label: str
    type: str


def complete(before: str, namespace: Mapping[str, Any]) -> dict[str, Any]:
    """Return what may stand at the caret.

    Args:
        before: The code as far as the caret.
        namespace: The variables of the cells that have run.

    Returns:
        `length`: of what is written already; `options`: label and type of each, best first.
    """
    word = WORD.search(before)
    assert word is not None
    start, rest = word[0], before[: word.start()]
    scope = imported(before, namespace)
    if rest.endswith("."):
        base = _named(rest[:-1], scope)
        options = [] if base is None else _attributes(base, start)
    else:
        options = [*_parameters(rest, scope), *_names(scope)]
    begun = [option for option in options if option.label.startswith(start)]
    return {"length": len(start), "options": [asdict(option) for option in begun]}


def describe(before: str, label: str, namespace: Mapping[str, Any]) -> dict[str, str] | None:
    """Return the signature and the first sentence of what a name would be at the caret.

    Args:
        before: The code as far as the caret, without the name.
        label: The name.
        namespace: The variables of the cells that have run.
    """
    scope = imported(before, namespace)
    if label.endswith("="):
        called = _called(before, scope)
        if called is None:
            return None
        return {"signature": spelled("", called.value, bound=called.bound), "summary": ""}
    place = f"{before}{label}" if before.endswith(".") else label
    found = _named(place, scope)
    if found is None or found.value is None:
        return None
    text = inspect.getdoc(found.value) if _is_code(found.value) else None
    summary = " ".join((text or "").split("\n\n")[0].split())
    shown = ""
    if callable(found.value):
        shown = spelled(label, found.value, bound=found.bound)
    elif not isinstance(found.value, ModuleType):
        shown = f"{label}: {found.type.__name__}"
    return {"signature": shown, "summary": summary} if shown or summary else None


def _is_code(value: Any) -> bool:
    return callable(value) or isinstance(value, ModuleType)


def _named(text: str, scope: Mapping[str, Any]) -> Known | None:
    """Return what the expression that a text ends with names."""
    try:
        node = ast.parse(_last_expression(text), mode="eval").body
    except (SyntaxError, ValueError):
        return None
    return known(node, scope)


def _last_expression(text: str) -> str:
    """Return the end of a text that reads as one: names, dots, and what is in brackets."""
    place, open_brackets = len(text), []
    while place:
        letter = text[place - 1]
        if letter in CLOSING:
            open_brackets.append(CLOSING[letter])
        elif open_brackets and letter == open_brackets[-1]:
            open_brackets.pop()
        elif not open_brackets and not (letter.isalnum() or letter in "_.\"'"):
            break
        place -= 1
    return text[place:]


def _attributes(base: Known, start: str) -> list[Option]:
    holder = base.value if isinstance(base.value, (ModuleType, type)) else base.type
    names = set(dir(holder))
    if base.value is not None and holder is base.type:
        names |= set(getattr(base.value, "__dict__", ()))
        for held in ("_parameters", "_modules"):
            names |= set(getattr(base.value, held, ()) or ())
    options = []
    for name in sorted(names, key=str.lower):
        if name.startswith("_") and not start.startswith("_"):
            continue
        value = inspect.getattr_static(holder, name, None)
        if isinstance(holder, ModuleType):
            value = holder.__dict__.get(name)
            inside = holder.__name__.partition(".")[0] == "reference_impl"
            if inside and isinstance(value, ModuleType) and name not in MODULES:
                continue
        options.append(Option(name, _kind(value)))
    return options


def _kind(value: Any) -> str:
    """Return CodeMirror's word for what a value is."""
    if isinstance(value, ModuleType):
        return "namespace"
    if isinstance(value, type):
        return "class"
    if isinstance(value, property) or value is None:
        return "property"
    return "function" if callable(value) else "variable"


def _names(scope: Mapping[str, Any]) -> Iterable[Option]:
    for name, value in scope.items():
        if not name.startswith("_"):
            yield Option(name, "variable" if isinstance(value, Instance) else _kind(value))
    for name in keyword.kwlist:
        yield Option(name, "keyword")
    for name in dir(builtins):
        if not name.startswith("_") and name not in scope:
            yield Option(name, _kind(getattr(builtins, name)))


def _called(before: str, scope: Mapping[str, Any]) -> Known | None:
    """Return what is being called where the caret is, None outside of any call."""
    depth = 0
    for place in range(len(before) - 1, -1, -1):
        letter = before[place]
        if letter in CLOSING:
            depth += 1
        elif letter in "([{":
            if depth == 0:
                found = _named(before[:place], scope) if letter == "(" else None
                return found if found and callable(found.value) else None
            depth -= 1
    return None


def _parameters(before: str, scope: Mapping[str, Any]) -> Iterable[Option]:
    called = _called(before, scope)
    told = signature(called.value, bound=called.bound) if called else None
    for parameter in told.parameters.values() if told else ():
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            yield Option(f"{parameter.name}=", "property")
