"""How far a cell is: count the steps of its loops while they run.

Only the browser asks for it. What a loop goes through is handed to a counter first, in the syntax
tree: the loop itself runs as it is written, at its own lines, and meets the same items.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from time import perf_counter
from typing import Any

Report = Callable[[int, int], None]

NAME = "__steps__"  # among the built-ins: no variable of the reader's
COUNTED = (range, list, tuple)  # with a length that nothing has to be run for
SILENT = 0.3  # seconds in which a loop says nothing
PAUSE = 0.1  # seconds between two reports
BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
UNCOUNTED = (ast.While, ast.AsyncFor, ast.AsyncFunctionDef)


def counted(tree: ast.Module) -> ast.Module:
    """Return the tree of a cell with its outermost `for` loops counted, and those of its functions.

    Generators are left out: their loops last as long as somebody else takes.
    """
    for loop in list(_outermost(tree)):
        counter = ast.copy_location(ast.Name(NAME, ast.Load()), loop.iter)
        loop.iter = ast.copy_location(ast.Call(counter, [loop.iter], []), loop.iter)
    return tree


def _outermost(tree: ast.Module) -> Iterator[ast.For]:
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.For):
            yield node
        elif not isinstance(node, UNCOUNTED) and not _is_generator(node):
            for block in BLOCKS:
                waiting += getattr(node, block, ())


def _is_generator(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(inner, (ast.Yield, ast.YieldFrom)) for inner in ast.walk(node)
    )


@contextmanager
def told(report: Report | None) -> Iterator[None]:
    """Tell how far the loops of a cell are, as long as it runs.

    Args:
        report: Called with the number of the running step, from 1, and how many there are; with
            two zeros when a loop that was told of has ended.
    """
    vars(builtins)[NAME] = _COUNTER
    _COUNTER.begin(report)
    try:
        yield
    finally:
        _COUNTER.begin(None)


class _Counter:
    """Counts one loop at a time: what runs inside it is part of its steps."""

    def __init__(self) -> None:
        self.begin(None)

    def begin(self, report: Report | None) -> None:
        self._report = report
        self._counting = False

    def __call__(self, items: Any) -> Any:
        """Return what gives the same items, and counts them; or what came, if it has no length."""
        if self._report is None or self._counting or type(items) not in COUNTED or len(items) < 2:
            return items
        return chain.from_iterable(self._parts(items, self._report))

    def _parts(self, items: Sequence[Any], report: Report) -> Iterator[Iterable[Any]]:
        """Yield the items part by part: between two of them, not at each item, is time to talk."""
        total, done, size = len(items), 0, 1
        rest = iter(items)
        began = before = perf_counter()
        said = None
        self._counting = True
        try:
            while done < total:
                yield islice(rest, size)
                done += size
                now = perf_counter()
                if done < total and now - began > SILENT and now - (said or 0) > PAUSE:
                    report(done + 1, total)
                    said = now
                if now - before < PAUSE / 4:
                    size *= 2
                elif now - before > PAUSE:
                    size = max(size // 2, 1)
                size = min(size, total - done)
                before = now
            yield rest  # a list may have grown meanwhile
        finally:
            self._counting = False
            if said is not None:
                report(0, 0)


_COUNTER = _Counter()
