"""Remember what jobs printed, so that only what has changed runs again.

A result holds as long as its cells, the versions of Python and the engine, the press's way of
running cells, and every file of the project that was imported are what they were.
"""

from __future__ import annotations

import functools
import hashlib
import json
import platform
import time
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from press import cell, workers
from press.cell import Outcome, Raised
from press.workers import Job, Result

FOLDER = ".cache"


def run(
    root: Path, jobs: Iterable[Job], *, folder: str, parallel: int = 2
) -> tuple[dict[Job, Result], int]:
    """Return the results of jobs, running those whose result is not known.

    Args:
        root: The project's root.
        jobs: What to run.
        folder: Part of the cache to use, such as `snippets`. A file and an engine have one place
            there, so that what has changed replaces what was.
        parallel: How many processes run at a time.

    Returns:
        The results, and how many of them had to be made.
    """
    jobs = list(jobs)
    digests: dict[str, str | None] = {}
    results = {job: _recall(root, folder, job, digests) for job in jobs}
    stale = [job for job in jobs if results[job] is None]
    started = time.time()
    for job, result in workers.run(root, stale, parallel=parallel):
        results[job] = result
        # What was edited meanwhile may not be what has run.
        if result.problem is None and not _edited(root, result.modules, started):
            _remember(root, folder, job, result, digests)
    return {job: result for job, result in results.items() if result is not None}, len(stale)


def day(root: Path, folder: str, job: Job) -> str:
    """Return the day (UTC) on which a job last ran, such as `2026-11-24`.

    A build that finds its result remembered runs nothing, and the day stays what it was.
    """
    try:
        known: dict[str, Any] = json.loads(_place(root, folder, job).read_text("utf-8"))
    except (OSError, ValueError):
        return _today()
    return str(known.get("day") or _today())


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _place(root: Path, folder: str, job: Job) -> Path:
    return root / FOLDER / folder / f"{job.file}.{job.engine}.json"


def _recall(root: Path, folder: str, job: Job, digests: dict[str, str | None]) -> Result | None:
    """Return the remembered result, None if there is none that still holds."""
    try:
        known: dict[str, Any] = json.loads(_place(root, folder, job).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if known.get("key") != _key(job) or "day" not in known:
        return None
    if any(_digest(root, file, digests) != seen for file, seen in known["modules"].items()):
        return None
    outcomes = [[_outcome(one) for one in session] for session in known["outcomes"]]
    return Result(outcomes, tuple(known["modules"]))


def _remember(
    root: Path, folder: str, job: Job, result: Result, digests: dict[str, str | None]
) -> None:
    place = _place(root, folder, job)
    place.parent.mkdir(parents=True, exist_ok=True)
    known = {
        "key": _key(job),
        "day": _today(),
        "modules": {file: _digest(root, file, digests) for file in result.modules},
        "outcomes": [[asdict(one) for one in session] for session in result.outcomes],
    }
    partial = place.with_suffix(".partial")
    partial.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
    partial.replace(place)  # a reader sees the whole of it or nothing


def _edited(root: Path, files: Iterable[str], since: float) -> bool:
    return any((root / file).stat().st_mtime > since for file in files)


def _outcome(known: dict[str, Any]) -> Outcome:
    raised = known["raised"]
    return Outcome(**known | {"raised": raised and Raised(**raised)})


def _key(job: Job) -> str:
    parts = [asdict(job), _environment(job.engine)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@functools.cache
def _environment(engine: str) -> list[str]:
    """Return what a result depends on besides the cells and the project's modules."""
    parts = [platform.python_version(), platform.machine(), _version("numpy")]
    if engine == "torch":
        parts.append(_version("torch"))
    for module in (cell, workers):
        parts.append(hashlib.sha256(Path(module.__file__).read_bytes()).hexdigest())
    return parts


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _digest(root: Path, file: str, digests: dict[str, str | None]) -> str | None:
    """Return a digest of a file, None if it is gone; each file is read once in a run."""
    if file not in digests:
        try:
            digests[file] = hashlib.sha256((root / file).read_bytes()).hexdigest()
        except OSError:
            digests[file] = None
    return digests[file]
