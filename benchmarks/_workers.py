"""Engines in processes of their own, asked for one measurement at a time."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
import venv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from benchmarks import ROOT, Unavailable

PEERS = ("pyborch", "autograd", "micrograd", "tinygrad")
REQUIREMENTS = ROOT / "benchmarks" / "requirements-peers.txt"
LIMIT = 60.0  # s: no answer by then is no answer
SLOW = 2000.0  # ms: what takes longer is measured once


def peers_python() -> str:
    """Return the Python of the environment that has the peers; make it if it is missing or old.

    Raises:
        Unavailable: pip does not find them.
    """
    folder = ROOT / ".cache" / "peers"
    digest = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()
    stamp = folder / "installed"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not stamp.is_file() or stamp.read_text("utf-8") != digest:
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        install = [python, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
        done = subprocess.run(
            [*install, "--requirement", REQUIREMENTS], capture_output=True, text=True
        )
        if done.returncode:
            raise Unavailable(f"pip does not install the peers: {done.stderr.strip()[-300:]}")
        stamp.write_text(digest, "utf-8")
    return str(python)


class Worker:
    """One engine, waiting for tasks."""

    def __init__(self, engine: str, module: str, python: str) -> None:
        self.command = [python, "-m", module, engine]
        self.process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, task: str) -> dict:
        """Have a task done; return what it took, or why it was not."""
        if self.process.poll() is not None:
            self.process = self._started()
        timer = threading.Timer(LIMIT, self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(f"{task}\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except OSError:
            line = ""
        finally:
            timer.cancel()
        return json.loads(line) if line else {"error": f"not done in {LIMIT:.0f} s"}

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


@contextmanager
def workers(engines: Iterable[str], module: str = "benchmarks._tasks") -> Iterator[dict]:
    """Start an engine each; give them by name, and end them."""
    started: dict[str, Worker] = {}
    try:
        for engine in engines:
            python = peers_python() if engine in PEERS else sys.executable
            started[engine] = Worker(engine, module, python)
        yield started
    finally:
        for worker in started.values():
            worker.stop()


def in_turns(task: str, engines: dict[str, Worker], rounds: int = 5) -> dict[str, dict]:
    """Return each engine's answer, with the median of what it took; slow ones go once."""
    answers: dict[str, dict] = {}
    taken: dict[str, list[float]] = {engine: [] for engine in engines}
    for _ in range(rounds):
        for engine, worker in engines.items():
            if taken[engine] and taken[engine][0] > SLOW:
                continue
            if "error" in answers.get(engine, {}):
                continue
            answers[engine] = worker.ask(task)
            if "ms" in answers[engine]:
                taken[engine].append(answers[engine]["ms"])
    for engine, answer in answers.items():
        if "ms" in answer:
            answer["ms"] = statistics.median(taken[engine])
    return answers
