"""How figures are gathered and shown; how fast anything is, no test says."""

from __future__ import annotations

import pytest

from benchmarks import Figure, Unavailable, medians
from benchmarks.__main__ import discover, main, rows


def test_each_row_is_set_against_the_first():
    """The first figure is 1.00; another unit has no ratio; a budget is kept or exceeded."""
    figures = [
        Figure("ours", 20.0, budget=40.0),
        Figure("theirs", 50.0, budget=40.0),
        Figure("size", 8.25, "kB"),
    ]
    assert rows(figures) == [
        ("ours", "20.0 ms", "1.00", "40 ms kept"),
        ("theirs", "50.0 ms", "2.50", "40 ms EXCEEDED"),
        ("size", "8.2 kB", "", ""),
    ]


def test_cases_are_measured_in_turns():
    """A case never runs twice in a row, and its figure is the median."""
    order = []

    def case(name, values):
        def measure():
            order.append(name)
            return values.pop()

        return measure

    cases = {"a": case("a", [9.0, 1.0, 2.0]), "b": case("b", [3.0, 3.0, 0.0])}
    assert medians(cases, rounds=3) == {"a": 2.0, "b": 3.0}
    assert order == ["a", "b"] * 3


def test_every_benchmark_is_found():
    """A module with a `run` is a benchmark; it says in a line what it measures."""
    found = discover()
    assert {"build", "imports"} <= set(found)
    assert [name for name, module in found.items() if not module.__doc__] == []


def test_what_cannot_be_measured_is_said(monkeypatch, capsys):
    """One benchmark that lacks something does not end the run."""

    def lacking():
        raise Unavailable("no browser")

    found = discover()
    monkeypatch.setattr(found["build"], "run", lacking)
    monkeypatch.setattr(found["imports"], "run", lambda: [Figure("import x", 1.0)])
    assert main(["build", "imports"]) == 0
    shown = capsys.readouterr().out
    assert "not measured: no browser" in shown
    assert "import x" in shown


def test_an_unknown_name_is_refused(capsys):
    """The message lists the benchmarks that there are."""
    with pytest.raises(SystemExit):
        main(["biuld"])
    assert "no benchmark biuld; there are: " in capsys.readouterr().err
