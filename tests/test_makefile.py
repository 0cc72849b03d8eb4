"""What `make` does on a machine where little is there: it runs against a pretended one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PINS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
TORCH = next(pin for pin in PINS if pin.startswith("torch=="))
INDEX = "https://index.example/cpu"

pytestmark = pytest.mark.skipif(
    os.name == "nt" or shutil.which("make") is None, reason="there is no make"
)

# Stands for the venv's python: notes what it is asked, and answers for pip.
PYTHON = """#!/bin/sh
echo "$@" >>calls
case "$*" in
  *" show torch") test -e torch-is-there && cat torch-is-there ;;
  *" --report "*) cp build-of-torch .venv/torch.json ;;
  *version_info*print*|*print*version_info*) echo 3.11 ;;
esac
"""


@dataclass
class Machine:
    """A project folder with pretended programs."""

    root: Path

    def program(self, name: str, text: str) -> None:
        """Put a program first on PATH."""
        path = self.root / "programs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        path.chmod(0o755)

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run make; stdout holds what it and the programs say, in order."""
        own = ("MAKE", "PYTHON", "TORCH_INDEX", "VENV", "ARGS", "PORT")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(own)}
        environment["PATH"] = f"{self.root / 'programs'}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["make", *arguments],
            cwd=self.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    @property
    def installs(self) -> list[str]:
        """What pip was asked to install, call by call."""
        calls = (self.root / "calls").read_text("utf-8").splitlines()
        return [call.partition(" install ")[2] for call in calls if " install " in call]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Linux with node and a new, empty .venv, whose pip knows the CUDA build of torch."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON, "utf-8")
    python.chmod(0o755)
    (tmp_path / "build-of-torch").write_text('{"requires_dist": ["nvidia-cudnn-cu13==9.20.0.48"]}')
    here = Machine(tmp_path)
    for name, text in {"uname": "echo Linux", "node": "exit 0", "npm": "exit 0"}.items():
        here.program(name, text)
    return here


EVERYTHING = "--constraint constraints.txt --editable ."


def test_the_cuda_build_is_announced(machine):
    """Before gigabytes come, make says so, and how to have the small build."""
    done = machine.make("update")
    assert done.returncode == 0
    assert "CUDA build of torch" in done.stdout
    assert "make TORCH_INDEX=https://download.pytorch.org/whl/cpu update\n" in done.stdout
    assert machine.installs[-1] == EVERYTHING


def test_a_cpu_build_is_no_news(machine):
    """Where pip would take a CPU build by itself, nobody is warned."""
    (machine.root / "build-of-torch").write_text('{"requires_dist": ["filelock"]}')
    assert "CUDA" not in machine.make("update").stdout
    assert machine.installs[-1] == EVERYTHING


def test_elsewhere_than_on_linux_there_is_one_build(machine):
    """A Mac is not even asked."""
    machine.program("uname", "echo Darwin")
    machine.make("update")
    assert machine.installs == [EVERYTHING]


def test_torch_index_is_for_torch_alone(machine):
    """Torch comes from TORCH_INDEX, without what it needs; the rest from the usual index."""
    done = machine.make("update", f"TORCH_INDEX={INDEX}")
    assert machine.installs == [f"--no-deps --index-url {INDEX} {TORCH}", EVERYTHING]
    assert "CUDA" not in done.stdout


def test_a_torch_that_is_there_stays(machine):
    """The right version is not installed again, whatever its build."""
    version = TORCH.removeprefix("torch==")
    (machine.root / "torch-is-there").write_text(f"Name: torch\nVersion: {version}+cpu\n")
    machine.make("update", f"TORCH_INDEX={INDEX}")
    assert machine.installs == [EVERYTHING]


@pytest.mark.parametrize("missing", ["node", "npm"])
def test_node_comes_along_where_it_is_missing(machine, missing):
    """Without a node of the right age, or without npm, the extra is installed."""
    machine.program(missing, "exit 1")
    machine.make("update")
    assert machine.installs[-1] == EVERYTHING + "[node]"


@pytest.mark.skipif(not shutil.which("node") or not shutil.which("npm"), reason="no node or npm")
def test_this_machines_node_is_asked_its_age(machine):
    """A real node counts from version 20 on."""
    for name in ("node", "npm"):
        (machine.root / "programs" / name).unlink()
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    is_new = int(version.removeprefix("v").partition(".")[0]) >= 20
    machine.make("update")
    assert machine.installs[-1] == EVERYTHING + ("" if is_new else "[node]")


def test_installing_is_done_once(machine):
    """A second make installs nothing; a changed pin does."""
    machine.make("update")
    before = machine.installs
    machine.make("update")
    assert machine.installs == before
    os.utime(machine.root / "constraints.txt", (2**32, 2**32))
    machine.make("update")
    assert len(machine.installs) > len(before)


def test_a_failed_install_is_tried_again(machine):
    """What did not come to its end is not taken for installed."""
    python = machine.root / ".venv/bin/python"
    python.write_text(PYTHON.replace("esac", '*" --editable "*) exit 1 ;;\nesac'), "utf-8")
    assert machine.make("update").returncode != 0
    assert not (machine.root / ".venv/.installed").exists()


def test_no_python_is_one_clear_line(machine):
    """Without a Python from 3.11 to 3.14, make says so and what to do."""
    shutil.rmtree(machine.root / ".venv")
    machine.program("python-of-old", "exit 1")
    done = machine.make("update", "PYTHON=python-of-old")
    first = done.stdout.splitlines()[0]
    assert first.startswith("No Python from 3.11 to 3.14 here (tried: python-of-old): install one")
    assert done.returncode != 0
    assert not (machine.root / ".venv").exists()


def test_a_python_without_venv_is_one_clear_line(machine):
    """Debian's Python without python3-venv is told by name."""
    shutil.rmtree(machine.root / ".venv")
    machine.program("bare", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = machine.make("update", "PYTHON=bare")
    assert done.stdout.startswith("bare has no venv module: install it (Debian, Ubuntu: apt-get")
    assert done.returncode != 0


def test_another_python_is_not_passed_over(machine):
    """PYTHON of one version and a .venv of another: make stops instead of using the old one."""
    machine.make("update")
    machine.program("python-new", "echo 3.14")
    done = machine.make("update", "PYTHON=python-new")
    assert done.stdout.splitlines()[0] == (
        ".venv is Python 3.11, python-new is 3.14: remove .venv, or name another one: "
        "VENV=.venv-3.14"
    )
    assert done.returncode != 0
    machine.program("python-same", "echo 3.11")
    assert machine.make("update", "PYTHON=python-same").returncode == 0


def test_serve_passes_on_port_and_arguments(machine):
    """PORT and ARGS reach mkdocs."""
    machine.make("serve", "PORT=8123", "ARGS=--dirty")
    last = (machine.root / "calls").read_text("utf-8").splitlines()[-1]
    assert last == "-m mkdocs serve --dev-addr 127.0.0.1:8123 --dirty"


def test_plain_make_shows_help(machine):
    """`make` alone changes nothing and lists what there is."""
    done = machine.make()
    for target in ("serve", "test", "build", "update", "lint", "bench", "clean"):
        assert f"  make {target} " in done.stdout
    assert not (machine.root / "calls").exists()
