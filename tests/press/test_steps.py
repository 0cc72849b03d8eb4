"""Loops are counted while they run, and nothing else about them changes."""

from __future__ import annotations

import ast
import itertools

import pytest

from press import steps
from press.cell import Session

SLOW = "import time\ndef slow(x=None):\n    time.sleep(0.01)\n"


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on by 0.2 seconds whenever somebody looks at it."""
    ticks = itertools.count(0, 0.2)
    monkeypatch.setattr(steps, "perf_counter", lambda: next(ticks))


def told(source: str) -> list[tuple[int, int]]:
    """Return what is told of a cell that ends well."""
    seen: list[tuple[int, int]] = []
    outcome = Session().run(source, progress=lambda step, total: seen.append((step, total)))
    assert outcome.kind == "done", outcome.raised
    return seen


def wrapped(source: str) -> list[int]:
    """Return the lines of the loops that are counted."""
    tree = steps.counted(ast.parse(source))
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.For)
        and isinstance(node.iter, ast.Call)
        and ast.unparse(node.iter.func) == steps.NAME
    )


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("for a in x:\n    for b in y: pass\nfor c in z: pass", [1, 3]),
        ("def f():\n    for a in x:\n        for b in y: pass", [2]),
        ("class A:\n    def f(self):\n        if 1:\n            for a in x: pass", [4]),
        ("try:\n    for a in x: pass\nfinally:\n    for b in y: pass", [2, 4]),
        ("match 1:\n    case 1:\n        for a in x: pass", [3]),
        ("while 1:\n    for a in x: pass", []),
        ("def f():\n    for a in x:\n        yield a", []),
        ("async def f():\n    async for a in x: pass", []),
        ("[a for a in x]", []),
    ],
)
def test_which_loops(source, lines):
    """The outermost of the cell and of each function; no comprehension and no generator."""
    assert wrapped(source) == lines


def test_steps_are_told(clock):
    """The number of the step that runs, and at last that the loop is over."""
    assert told("for i in range(5): pass") == [(3, 5), (4, 5), (5, 5), (0, 0)]


def test_a_loop_in_a_function_of_an_earlier_cell(clock):
    """It is counted when it runs, in whichever cell that is."""
    seen = []
    session = Session()
    for source in ("def train():\n    for epoch in [1, 2, 3, 4]: pass", "train()"):
        session.run(source, progress=lambda *step: seen.append(step))
    assert seen == [(3, 4), (4, 4), (0, 0)]
    assert session.run("train()").kind == "done", "nobody asks now"


def test_one_loop_at_a_time(clock):
    """What runs inside a step is part of it, also in a function; afterwards it counts by itself."""
    inner = "def inner():\n    for j in range(4): pass\n"
    assert told(f"{inner}for i in range(2): inner()") == []
    assert told(f"{inner}for i in range(2):\n    inner()\n    break\ninner()")[0] == (3, 4)
    assert told(f"{inner}for i in (1,): inner()")[0] == (3, 4), "one step is none"


def test_a_short_loop_says_nothing():
    """A million steps pass in less than anybody could read."""
    assert told("for i in range(10_000): pass") == []


def test_not_at_every_step(monkeypatch):
    """Fast steps pass many at a time: the clock is not looked at for each."""
    looks = []

    def look() -> float:
        looks.append(None)
        return 0.0

    monkeypatch.setattr(steps, "perf_counter", look)
    told("for i in range(100_000): pass")
    assert len(looks) < 30


SAME = [
    "for i in range(3): print(i)\nelse: print('else')",
    "xs = [1, 2]\nfor x in xs:\n    if len(xs) < 9: xs.append(x)\nxs, x",
    "xs = [1, 2, 3, 4]\nfor x in xs: xs.remove(x)\nxs",
    "for i in range(9):\n    if i == 3: break\ni",
    "for x in 5: pass",
    "for x in missing: pass",
    "for x in {'a': 1}: print(x)",
    "for i, (a, b) in enumerate(zip('ab', [1, 2])): print(i, a, b)",
    "for i in range(4):\n    print(i)\n    1 / (2 - i)",
    "def f():\n    for i in range(3):\n        if i: return i\nf(), dir()[-1]",
    "def f():\n    for i in range(3):\n        yield i\nlist(f())",
    "import sys\nfor i in range(2): print(sys._getframe().f_lineno)",
    "class A:\n    for k in (1, 2): pass\nA.k",
    "for i in range(3): raise StopIteration(i)",
    "def f():\n    for i in (1, 2):\n        for j in (1, 2): print(i, j)\nfor k in [1, 2]: f()",
    "import inspect\nfor i in [1, 2]: pass\ninspect.currentframe().f_lineno",
    "x = " + "+".join(["1"] * 900) + "\nfor i in range(2): pass\nx",
]


@pytest.mark.parametrize("source", SAME)
def test_nothing_else_changes(source):
    """Output, error, line and traceback are those of a cell that nobody watches."""
    plain = Session().run(source)
    watched = Session().run(source, progress=lambda step, total: None)
    assert (plain.printed, plain.raised, plain.kind) == (
        watched.printed,
        watched.raised,
        watched.kind,
    )
