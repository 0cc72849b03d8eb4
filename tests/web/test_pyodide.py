"""What pages and docstrings promise holds in the Python of the browser, too.

One node process with one Pyodide runs every cell, every exercise and every example; what they show
is judged as it is on CPython.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from press import examples, objects, pages, percent, results, review, snippets
from press.assets import install
from press.results import Result
from press.workers import Job, Step

ROOT = Path(__file__).resolve().parents[2]
PARITY = ROOT / "tests" / "parity"


class Pyodide:
    """Pyodide under node, which runs the sessions of a job after those of another."""

    def __init__(self, node: str) -> None:
        script = Path(__file__).with_name("jobs.mjs")
        self.process = subprocess.Popen(
            [node, str(script), str(ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self.jobs = 0

    def run(self, job: Job) -> Result:
        """Return what a job shows."""
        self.process.stdin.write(json.dumps([[asdict(s) for s in one] for one in job.sessions]))
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"Pyodide ended in {job.file}"
        self.jobs += 1
        shown = json.loads(answer)
        return Result([[results._outcome(one) for one in session] for session in shown])

    def all(
        self, root: Path, jobs: Iterable[Job], *, folder: str, parallel: int
    ) -> tuple[dict[Job, Result], int]:
        """Stand in for `results.run`: what Pyodide shows counts for both engines."""
        known: dict[tuple, Result] = {}
        found = {}
        for job in jobs:
            same = (job.file, job.sessions)
            if same not in known:
                known[same] = self.run(job)
            found[job] = known[same]
        return found, len(known)


@pytest.fixture(scope="module")
def pyodide() -> Iterator[Pyodide]:
    """Pyodide, started once."""
    started = Pyodide(install(ROOT))
    yield started
    started.process.stdin.close()
    started.process.wait(60)


@pytest.fixture(autouse=True)
def in_pyodide(pyodide: Pyodide, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the press run its jobs there."""
    story_job = snippets.story_job
    monkeypatch.setattr(results, "run", pyodide.all)
    monkeypatch.setattr(snippets, "story_job", lambda one, _: story_job(one, "reference"))


def test_snippets(pyodide: Pyodide) -> None:
    """Cells print what is recorded, and the answers of exercises end as they should."""
    files = [
        file
        for file in percent.list_files(ROOT)
        if any(cell.torch_only is None for cell in percent.read(ROOT, file).cells)
    ]
    found = snippets.check(ROOT, files)
    assert [str(problem) for problem in found.problems] == []
    assert pyodide.jobs >= len(found.snippets) > 0


def test_examples(pyodide: Pyodide) -> None:
    """Each `>>>` example that a page shows prints what its docstring says."""
    before = pyodide.jobs
    engine, read = objects.load(ROOT), pages.read_all(ROOT)
    found = examples.check(review.documented(ROOT, engine, read), root=ROOT)
    assert [str(problem) for problem in found] == []
    assert pyodide.jobs > before


def test_trainings(pyodide: Pyodide) -> None:
    """A TextCNN, an LSTM, a CNN and a Transformer layer have torch's losses for 20 steps."""
    scripts = PARITY / "scripts" / "trained.py"
    command = [sys.executable, str(PARITY / "transcript.py"), "torch", str(scripts)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    sources = re.split(r"^# %% (\w+)\n", scripts.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(sources) == 9
    for name, source in zip(sources[1::2], sources[2::2], strict=True):
        expected = "".join(told for _, _, told in json.loads(ran.stdout)[f"trained:{name}"])
        assert len(expected.split()) == 20
        found = pyodide.run(Job("reference", name, ((Step("cell", source, 0),),)))
        assert found.outcomes[0][0].printed == expected


def test_where_it_runs(pyodide: Pyodide) -> None:
    """The other tests have spoken to CPython 3.14 in WebAssembly, with the reference as torch."""
    cell = "import sys, torch\nprint(sys.platform, sys.version_info[:2], torch.__name__)"
    job = Job("reference", "here", ((Step("cell", cell, 0),),))
    assert pyodide.run(job).outcomes[0][0].printed == "emscripten (3, 14) reference_impl.torch\n"
