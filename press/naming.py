"""What an expression of a cell names, told without running it.

Completion asks this of code that is being written, the inspector of code that has run. Names are
looked up and attributes read; nothing is called: what a call gives is known by its annotation.
The browser uses this very file.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

SIMPLE = (ast.Constant, ast.JoinedStr, ast.List, ast.Tuple, ast.Dict, ast.Set)
CONTAINERS = {ast.JoinedStr: str, ast.List: list, ast.Tuple: tuple, ast.Dict: dict, ast.Set: set}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an expression.

    Attributes:
        value: Its value; None if that is not known.
        type: The type of its value.
        bound: Whether it is a method, read from an instance: then its first argument is given.
    """

    value: Any
    type: type
    bound: bool = False


def known(node: ast.expr, namespace: Mapping[str, Any]) -> Known | None:
    """Return what an expression names, None if that cannot be told.

    Args:
        node: The expression.
        namespace: The variables of the cells that have run.
    """
    if isinstance(node, ast.Name):
        if node.id in namespace:
            return _of(namespace[node.id])
        value = getattr(builtins, node.id, None)
        return None if value is None else _of(value)
    if isinstance(node, SIMPLE):
        value = node.value if isinstance(node, ast.Constant) else None
        return Known(value, CONTAINERS.get(type(node), type(value)))
    if isinstance(node, ast.Attribute):
        return _attribute(known(node.value, namespace), node.attr)
    if isinstance(node, ast.Call):
        return _result(known(node.func, namespace))
    if isinstance(node, ast.BinOp):
        sides = known(node.left, namespace), known(node.right, namespace)
        # An array gives an array, whichever side it stands on.
        arrays = [side for side in sides if side and hasattr(side.type, "shape")]
        return Known(None, (arrays or [sides[0] or Known(None, object)])[0].type)
    if isinstance(node, ast.UnaryOp):
        operand = known(node.operand, namespace)
        return operand and Known(None, operand.type)
    if isinstance(node, ast.Subscript):
        base = known(node.value, namespace)
        return base and Known(None, base.type) if base and hasattr(base.type, "shape") else None
    return None


def _of(value: Any) -> Known:
    return Known(None, value.type) if isinstance(value, Instance) else Known(value, type(value))


def _attribute(base: Known | None, name: str) -> Known | None:
    if base is None:
        return None
    if isinstance(base.value, (ModuleType, type)):
        return _safely(base.value, name)
    found = inspect.getattr_static(base.type, name, None)
    if callable(found):
        return Known(getattr(base.type, name, found), type(found), bound=True)
    if isinstance(found, property):
        return _result(_of(found.fget), bound=True)
    # What an object holds of its own, as a module of layers does; a property is not asked.
    if base.value is not None and found is None:
        return _safely(base.value, name)
    return None


def _safely(value: Any, name: str) -> Known | None:
    try:
        return _of(getattr(value, name))
    except Exception:  # an attribute may be computed, and may refuse
        return None


def _result(called: Known | None, bound: bool = False) -> Known | None:
    """Return what a call gives: an instance of a class, or what a function's annotation says."""
    if called is None or called.value is None:
        return None
    if isinstance(called.value, type):
        return Known(None, called.value)
    function = inspect.unwrap(called.value)
    told = getattr(function, "__annotations__", {}).get("return")
    if isinstance(told, str):
        scope = getattr(function, "__globals__", {})
        name = told.removesuffix(" | None")
        told = scope.get(name) or getattr(sys.modules.get("torch"), name, None)
        told = told or getattr(builtins, name, None)
    return Known(None, told) if isinstance(told, type) else None


def imported(source: str, namespace: Mapping[str, Any]) -> dict[str, Any]:
    """Return a namespace with what the imports and assignments of unfinished code would add.

    Args:
        source: Code as it is being written; lines that cannot be read are passed over.
        namespace: The variables of the cells that have run.
    """
    scope = dict(namespace)
    for line in source.split("\n"):
        try:
            (statement,) = ast.parse(line.strip()).body
        except (SyntaxError, ValueError):
            continue
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                _bring(scope, alias.name, alias.asname)
        elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            module = _module(statement.module)
            for alias in statement.names:
                found = getattr(module, alias.name, None)
                if found is not None:
                    scope[alias.asname or alias.name] = found
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name, given = statement.targets[0].id, known(statement.value, scope)
            if name not in namespace and given is not None and given.type is not type(None):
                scope[name] = given.value if given.value is not None else Instance(given.type)
    return scope


@dataclass(frozen=True, slots=True)
class Instance:
    """Stands for a value that is not there yet, but whose type is known."""

    type: type


def _bring(scope: dict[str, Any], name: str, alias: str | None) -> None:
    module = _module(name)
    if module is not None:
        scope[alias or name.partition(".")[0]] = module if alias else _module(name.split(".")[0])


def _module(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def signature(function: Callable[..., Any], *, bound: bool = False) -> inspect.Signature | None:
    """Return the parameters of a function or class, None if they are not known.

    Args:
        function: What is called.
        bound: Whether the first is given already.
    """
    try:
        told = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    return told.replace(parameters=list(told.parameters.values())[1:]) if bound else told


def spelled(name: str, function: Callable[..., Any], *, bound: bool = False) -> str:
    """Return a call as torch's pages write it: `cat(tensors, dim=0, *, out=None)`."""
    told = signature(function, bound=bound)
    if told is None:
        return f"{name}(…)"
    plain = [
        parameter.replace(
            annotation=inspect.Parameter.empty,
            default=parameter.default
            if isinstance(parameter.default, (int, float, str, bool, tuple, type(None)))
            or parameter.default is inspect.Parameter.empty
            else _Unsaid(),
        )
        for parameter in told.parameters.values()
    ]
    return f"{name}{inspect.Signature(plain)}"


class _Unsaid:
    """A default that says nothing to a reader."""

    def __repr__(self) -> str:
        return "…"
