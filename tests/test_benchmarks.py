"""How figures are gathered and shown; how fast anything is, no test says."""

from __future__ import annotations

import math

import pytest

from benchmarks import ROOT, Figure, Unavailable, lessons, medians, peers, training
from benchmarks.__main__ import discover, main, rows
from benchmarks._tasks import cells, learners


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


def test_each_task_has_a_first_of_its_own():
    """Ratios are within a task; small figures keep two digits."""
    figures = [
        Figure("ours", 4.0, task="add"),
        Figure("theirs", 2.0, task="add"),
        Figure("ours", 0.125, task="mul"),
        Figure("theirs", 0.5, task="mul"),
    ]
    assert [row[1:3] for row in rows(figures)] == [
        ("4.0 ms", "1.00"),
        ("2.0 ms", "0.50"),
        ("0.12 ms", "1.00"),
        ("0.5 ms", "4.00"),
    ]


def test_a_part_counts_as_the_whole():
    """A peer that did a part is scaled, one that did not answer is endless, and both say so."""
    answers = {
        "reference": {"ms": 5.0, "part": 1.0},
        "micrograd": {"ms": 2.0, "part": 1 / 100},
        "tinygrad": {"error": "not done in 60 s"},
    }
    shown = peers.figures(peers.MLP, answers)
    assert [(figure.what, figure.value, figure.budget) for figure in shown] == [
        ("reference_impl", 5.0, 20.0),
        ("micrograd (1/100 done)", 200.0, None),
        ("tinygrad, PYTHON backend (not done in 60 s)", math.inf, None),
    ]


def test_every_model_and_task_runs_on_the_reference():
    """A measurement is a call; each of the tasks in torch's words prepares and takes one."""
    found = learners.tasks("reference")
    assert set(training.MODELS) < set(found)
    for name in training.MODELS:
        found[name].prepare()()


def test_every_lesson_is_measured():
    """The snippets that are run are those of the lessons, each cut into its cells."""
    paths = lessons.snippets()
    assert "snippets/shapes/cat.py" in paths
    assert [path for path in paths if "exercises" in path] == []
    text = (ROOT / "snippets/shapes/cat.py").read_text("utf-8")
    assert [name for name, _, _ in cells.cells(text)][:1] == ["rows"]


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
    assert {"build", "imports", "lessons", "peers", "training"} <= set(found)
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
