"""What holds for the project as a whole: its pins, its files, and what its documents promise."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
DOCUMENTS = ("README.md", "CONTRIBUTING.md")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """Every file that is in git, or would be with the next `git add`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("which files belong to the project, only git knows: not a git clone")
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in found if path.is_file()]


@pytest.fixture(scope="module")
def texts(files: list[Path]) -> dict[str, str]:
    """The project's text files, by their path from the root."""
    contents = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files}
    return {name: data.decode("utf-8") for name, data in contents.items() if b"\0" not in data}


def lines_with(pattern: str, texts: dict[str, str]) -> list[str]:
    """Return `file:line: text` of each line that a pattern is found in."""
    found = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts.items()
        if found.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if found.search(line)
    ]


def test_no_default_host_of_a_registry_is_named(texts):
    """Whoever uses a mirror uses it for everything: nothing names the hosts it stands for."""
    hosts = [("py", "pi.org"), ("python", "hosted.org"), ("npm", "js.org"), ("npm", "js.com")]
    hosts += [("yarn", "pkg.com"), ("deb.", "debian.org"), ("security.", "debian.org")]
    hosts += [("archive.", "ubuntu.com"), ("pypi.", "python.org")]
    assert lines_with("|".join(re.escape(a + b) for a, b in hosts), texts) == []


def test_no_path_of_a_machine(texts):
    """No file holds the path of this clone, of a home, or of a folder only one machine has."""
    paths = {f"{ROOT}/", f"{Path.home()}/", "/" + "work/", "/" + "Users/", "/" + "farm/"}
    pattern = "|".join(re.escape(path) for path in sorted(paths) if len(path) > 2)
    assert lines_with(rf"(?<![\w.\-}}/])(?:{pattern})", texts) == []


def test_files_are_small_and_clean(files, texts):
    """No file over 400 kB; text has Unix line ends and ends in one."""
    assert [path for path in files if path.stat().st_size > 400_000] == []
    assert [name for name, text in texts.items() if "\r" in text] == []
    assert [name for name, text in texts.items() if text and not text.endswith("\n")] == []


def direct_requirements() -> list[Requirement]:
    """Return the pins of pyproject.toml, extras included."""
    extras = PROJECT["optional-dependencies"].values()
    return [Requirement(text) for text in sum(extras, PROJECT["dependencies"])]


def constraints() -> dict[str, Requirement]:
    """Return the pins of constraints.txt by normalised name."""
    lines = [line.split("#")[0].strip() for line in read("constraints.txt").splitlines()]
    pins = [Requirement(line) for line in lines if line]
    return {canonicalize_name(pin.name): pin for pin in pins}


def is_exact(pin: Requirement) -> bool:
    """Whether a requirement is `name==version`, of a public version."""
    specifiers = list(pin.specifier)
    exact = len(specifiers) == 1 and specifiers[0].operator == "=="
    return exact and not set("*+") & set(specifiers[0].version)


def test_every_pin_is_exact():
    """Each package is pinned to one version, and in one file only."""
    direct, indirect = direct_requirements(), constraints()
    assert [str(pin) for pin in [*direct, *indirect.values()] if not is_exact(pin)] == []
    assert {canonicalize_name(pin.name) for pin in direct} & set(indirect) == set()


def brought_along() -> Iterator[str]:
    """Yield the names of all installed packages that the direct ones need, however deep."""
    waiting, seen = direct_requirements(), set()
    while waiting:
        pin = waiting.pop()
        name = canonicalize_name(pin.name)
        extras = pin.extras or {""}
        if (name, *sorted(extras)) in seen:
            continue
        seen.add((name, *sorted(extras)))
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # the [node] extra, where node is on the machine
        yield name
        for need in map(Requirement, needs):
            if need.marker is None or any(need.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(need)


def test_whatever_comes_along_is_pinned():
    """No package is installed in whichever version happens to be the newest."""
    pinned = {canonicalize_name(pin.name) for pin in direct_requirements()} | set(constraints())
    assert set(brought_along()) - pinned == set()


def test_npm_packages_are_pinned_without_addresses():
    """The lock file names no address to download from, so that a mirror serves as well."""
    package, lock = json.loads(read("web/package.json")), json.loads(read("web/package-lock.json"))
    direct = package.get("dependencies", {}) | package.get("devDependencies", {})
    assert {n: v for n, v in direct.items() if not re.fullmatch(r"\d+\.\d+\.\d+", v)} == {}
    locked = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in locked.items() if "resolved" in entry] == []
    assert [name for name, entry in locked.items() if "integrity" not in entry] == []


def test_the_changelog_knows_this_version():
    """The version of pyproject.toml has a heading, and [Unreleased] stands above it."""
    headings = re.findall(r"^## \[(.+?)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[:2] == ["Unreleased", PROJECT["version"]]


def test_licenses_are_there():
    """Both licences are in the files that pyproject.toml names."""
    assert PROJECT["license"] == "MIT AND CC-BY-4.0"
    assert set(PROJECT["license-files"]) == {"LICENSE", "LICENSE-docs"}
    assert read("LICENSE").startswith("MIT License\n")
    assert "creativecommons.org/licenses/by/4.0" in read("LICENSE-docs")


def targets() -> dict[str, str]:
    """Return what `make` offers: target and what it says of itself."""
    return dict(re.findall(r"^([a-z]+):.*## (.+)$", read("Makefile"), re.MULTILINE))


def test_every_target_says_what_it_does():
    """Each phony target of the Makefile is one that `make help` lists, and the other way round."""
    phony = set(re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)[1].split())
    assert phony - {"same-python"} == set(targets())


@pytest.mark.parametrize("name", [*DOCUMENTS, *(f".github/workflows/{w.name}" for w in WORKFLOWS)])
def test_every_make_command_exists(name):
    """No document or workflow names a target that the Makefile lacks."""
    named = re.findall(r"(?:^|`|run: )make (?:\w+=\S+ )*([a-z]+)", read(name), re.MULTILINE)
    assert named
    assert set(named) - set(targets()) == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_relative_link_leads_somewhere(name):
    """Files and pictures that a document links to are there."""
    links = re.findall(r"\]\(([^)#\s]+)", read(name))
    local = {link for link in links if not re.match(r"[a-z]+:", link)}
    assert {link for link in local if not (ROOT / link).exists()} == set()


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the steps of all jobs."""
    for job in workflow["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows(path):
    """A workflow parses, pins each action to a commit, and takes torch's small build."""
    text = path.read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["env"]["TORCH_INDEX"].endswith("/whl/cpu")
    uses = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert uses
    assert [u for u in uses if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", u)] == []
    assert len(re.findall(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", text, re.MULTILINE)) == len(uses)


def test_both_workflows_are_there():
    """One tests, one publishes."""
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "pages.yml"]


def test_the_pre_commit_hooks_fetch_nothing():
    """All hooks are local and run what .venv already has."""
    repositories = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    assert [repository["repo"] for repository in repositories] == ["local"]
    hooks = repositories[0]["hooks"]
    assert {hook["id"] for hook in hooks} == {"ruff-check", "ruff-format", "press-check"}
    assert [h["entry"] for h in hooks if not h["entry"].startswith(".venv/bin/python -m ")] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no executable bit")
def test_ci_run_can_be_started():
    """.ci/run is an executable shell script without a syntax error."""
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script], capture_output=True).stderr == b""


@pytest.mark.parametrize(
    "command", ["check --output-format concise", "format --check"], ids=["check", "format"]
)
def test_ruff(command):
    """The Python is formatted and passes the linter."""
    ruff = [sys.executable, "-m", "ruff", *command.split(), "--quiet", "--no-cache", "."]
    done = subprocess.run(ruff, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
