"""The Python half of `jobs.mjs`: runs in Pyodide, where it is given no file and no name."""

import json
import os
import sys
import tempfile
from dataclasses import asdict

sys.dont_write_bytecode = True
sys.path.insert(0, "/project")

import reference_impl  # noqa: E402

reference_impl.install()

import torch  # noqa: E402

from press.cell import Session  # noqa: E402

SEED = torch.initial_seed()


def fresh() -> None:
    """Put the engine into the state in which a process begins."""
    torch.manual_seed(SEED)
    torch.set_printoptions(profile="default")
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)
    os.chdir(tempfile.mkdtemp())


def run(line: str) -> str:
    """Run the sessions of a job, each up to the first step that fails."""
    fresh()
    shown = []
    for steps in json.loads(line):
        session, outcomes = Session(), []
        for step in steps:
            outcome = session.run(step["source"], step["name"])
            outcomes.append(asdict(outcome))
            if outcome.kind != "done" and not (outcome.kind == "raised" and step["may_raise"]):
                break
        shown.append(outcomes)
    return json.dumps(shown)


run  # noqa: B018 - what Pyodide hands to JavaScript
