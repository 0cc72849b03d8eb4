"""What a cell left behind: its tensors, what they share, where they come from, what it called.

Everything is read by public attributes, and so holds of torch's tensors too. The browser uses this
very file.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from press.naming import Known, known
from reference_impl import draw

MOST_ROWS = 40
MOST_VIEWS = 4
ENGINE = "reference_impl"
OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.MatMult: "matmul",
    ast.Pow: "pow",
}


def tensors(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row for each tensor that variables hold, and how many are left out.

    Args:
        namespace: The variables of the cells that have run.

    Returns:
        `rows`, of plain values; tensors over one storage have the same `storage`, a number from 0
        in the order in which storages come up, and `bytes`, its size. `more`: rows left out.
    """
    found = list(_tensors(namespace))
    storages: dict[object, int] = {}
    rows = []
    for name, x in found[:MOST_ROWS]:
        number = storages.setdefault(_storage(x), len(storages))
        rows.append(
            {
                "name": name,
                "shape": str(tuple(x.shape)),
                "stride": str(tuple(x.stride())),
                "offset": x.storage_offset(),
                "dtype": str(x.dtype).removeprefix("torch."),
                "requires_grad": bool(x.requires_grad),
                "grad_fn": None if x.grad_fn is None else x.grad_fn.name(),
                "storage": number,
                "bytes": x.untyped_storage().nbytes(),
                "elements": x.untyped_storage().nbytes() // x.element_size(),
            }
        )
    return {"rows": rows, "more": len(found) - len(rows)}


def _tensors(namespace: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield tensors by name: variables, parameters of modules, members of short lists."""
    for name, value in namespace.items():
        if name.startswith("_"):
            continue
        if _is_tensor(value):
            yield name, value
        elif not isinstance(value, type) and callable(getattr(value, "named_parameters", None)):
            for inner, parameter in value.named_parameters():
                yield f"{name}.{inner}", parameter
        elif isinstance(value, (list, tuple)) and 0 < len(value) <= MOST_VIEWS:
            for place, member in enumerate(value):
                if _is_tensor(member):
                    yield f"{name}[{place}]", member


def _is_tensor(value: object) -> bool:
    return not isinstance(value, type) and hasattr(value, "untyped_storage")


def _storage(x: Any) -> object:
    """Return what two tensors over one storage have in common, and no others."""
    place = 0 if str(x.device) == "meta" else x.untyped_storage().data_ptr()
    return place or ("of its own", id(x))  # without memory there is nothing to share


def storage(namespace: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the picture of a tensor's storage and of those that read it.

    Returns:
        `svg` and `names` of the tensors that it shows, or `problem`: why there is no picture.
    """
    found = dict(_tensors(namespace))
    chosen = found[name]
    views = [name] + [
        other
        for other, x in found.items()
        if other != name and _storage(x) == _storage(chosen) and x.dtype == chosen.dtype
    ]
    views = views[:MOST_VIEWS]
    try:
        picture = draw.storage(*[found[view] for view in views], names=views)
    except Exception as refused:
        return {"problem": str(refused)}
    return {"svg": picture.svg, "names": views}


def graph(namespace: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the picture of the graph that autograd recorded for a tensor.

    Returns:
        `svg`, or `problem`: why there is no picture.
    """
    found = dict(_tensors(namespace))
    root = found[name]
    try:
        reached = _reached(root)
        named = {
            other: x
            for other, x in found.items()
            if x is root or id(x) in reached or (x.grad_fn is not None and id(x.grad_fn) in reached)
        }
        return {"svg": draw.graph(root, **named).svg}
    except Exception as refused:
        return {"problem": str(refused)}


def _reached(root: Any) -> set[int]:
    """Return the identities of the nodes and leaves that a tensor's graph reaches."""
    seen: set[int] = set()
    waiting = [root.grad_fn] if root.grad_fn is not None else []
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        leaf = getattr(node, "variable", None)
        if leaf is not None:
            seen.add(id(leaf))
        waiting += [inner for inner, _ in node.next_functions if inner is not None]
    return seen


def called(source: str, namespace: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the engine's functions that a cell calls, and where their source is.

    Args:
        source: The code of the cell.
        namespace: The variables after it has run.

    Returns:
        For each, in the order of the code: `name` as the cell has it, `file` from the project's
        root, and `line`, from 1.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return []
    calls = [node for node in ast.walk(tree) if isinstance(node, (ast.Call, ast.BinOp))]
    calls.sort(key=lambda node: (node.lineno, node.end_col_offset or 0))
    places: dict[tuple[str, int], str] = {}
    for call in calls:
        name, found = _called(call, namespace)
        place = None if found is None else _place(found)
        if place is not None:
            places.setdefault(place, name)
    return [{"name": name, "file": file, "line": line} for (file, line), name in places.items()]


def _called(node: ast.Call | ast.BinOp, namespace: Mapping[str, Any]) -> tuple[str, Known | None]:
    """Return what is called, and a name under which a reader may look it up."""
    if isinstance(node, ast.BinOp):
        left = known(node, namespace)
        name = OPERATORS.get(type(node.op), "")
        if left is None or not name or not hasattr(left.type, "untyped_storage"):
            return "", None
        return f"Tensor.{name}", Known(getattr(left.type, name), type(None), bound=True)
    found = known(node.func, namespace)
    name = ast.unparse(node.func)
    return f"Tensor.{name.rpartition('.')[2]}" if found and found.bound else name, found


def _place(found: Known) -> tuple[str, int] | None:
    """Return file and line of a function or class of the engine."""
    value = found.value
    if isinstance(value, type):
        file = getattr(sys.modules.get(value.__module__), "__file__", None) or ""
        line = getattr(value, "__firstlineno__", 0) or _first_line(value)
    else:
        function: Callable[..., Any] | None = inspect.unwrap(value) if callable(value) else None
        code = getattr(function, "__code__", None)
        file = getattr(code, "co_filename", "")
        line = getattr(code, "co_firstlineno", 0)
    at = file.find(f"{ENGINE}/")
    if at < 0 or not line:
        return None
    return file[at:].removesuffix("c"), line


def _first_line(cls: type) -> int:
    """Return a line near the head of a class, where Python (before 3.13) does not say the first."""
    codes = [getattr(member, "__code__", None) for member in vars(cls).values()]
    return min((code.co_firstlineno for code in codes if code is not None), default=0)
