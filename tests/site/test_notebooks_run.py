"""The notebooks of the built site, executed: they print what they hold."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from press.render import worded

# Jupyter lays long tuples out in its own way; the handbook shows values as Python does.
AS_PYTHON = {"extra_arguments": ["--PlainTextFormatter.pprint=False"]}


BOLD = re.compile(r"\x1b\[\d*m")

# This would ask the published site; tests have the engine, and another installs its wheel.
INSTALL = "cell-install"


def notebooks(site: Path) -> list[Path]:
    """Return the notebooks of the site, in both languages."""
    found = sorted(site.rglob("*.ipynb"))
    assert len(found) >= 2
    return found


def printed(cell: NotebookNode) -> str:
    """Return the outputs of a cell as one text: streams, values, figures, the error."""
    said = []
    for output in cell.outputs:
        if output.output_type == "stream":
            said.append(output.text)
        elif output.output_type == "error":
            # Jupyter names no module, and keeps the codes of a terminal's bold letters.
            name = output.ename.rpartition(".")[2]
            said.append(f"{name}: {BOLD.sub('', output.evalue)}\n")
        elif "image/svg+xml" in output.data:
            said.append(worded("".join(output.data["image/svg+xml"]), "zh") + "\n")
        else:
            said.append(output.data["text/plain"] + "\n")
    return "".join(said)


# A warning as Jupyter shows it, with its place above and its line of code below, or as cells do.
WARNING = re.compile(
    r"^(?:\S+:\d+: )?(?P<text>\w*Warning: .*?)(?: \(Triggered internally at .*\))?\n(?:  .*\n)?",
    re.MULTILINE,
)


def apart(text: str) -> tuple[str, set[str]]:
    """Return what is printed without its warnings, and those.

    Jupyter shows them in a stream of their own, and torch gives some once in a process.
    """
    return WARNING.sub("", text), {found["text"] for found in WARNING.finditer(text)}


def code(path: Path) -> list[NotebookNode]:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_a_notebook_prints_what_it_holds(site):
    """Run cell by cell on real torch, as a reader would."""
    for path in notebooks(site):
        if path.relative_to(site).parts[0] == "en":
            continue  # the same code: see below
        held = nbformat.read(path, as_version=4)
        held.cells = [cell for cell in held.cells if cell.id != INSTALL]
        run = nbformat.from_dict(held.copy())
        NotebookClient(run, timeout=120, kernel_name="python3", **AS_PYTHON).execute()
        for before, after in zip(held.cells, run.cells, strict=True):
            if before.cell_type == "code":
                (now, warned), (then, known) = apart(printed(after)), apart(printed(before))
                assert now == then, (path, before.source)
                # tqdm, which transformers imports, misses a widget in Jupyter alone
                warned = {text for text in warned if not text.startswith("TqdmWarning")}
                assert warned <= known, (path, before.source)


def test_what_a_notebook_installs_is_on_the_site(site):
    """In those with a cell that needs the engine, and nowhere else."""
    for path in notebooks(site):
        first, *others = code(path)
        needed = any("reference_impl" in cell.source for cell in others)
        assert (first.id == INSTALL) == needed, path
        if needed:
            assert (site / "assets" / first.source.rpartition("/")[2]).is_file()


def test_both_languages_hold_the_same_code(site):
    """And the same outputs; only prose differs, and the words in pictures."""
    for path in notebooks(site):
        below = path.relative_to(site)
        if below.parts[0] != "en":
            twin = site / "en" / below
            assert [(c.source, printed(c)) for c in code(path)] == [
                (c.source, printed(c)) for c in code(twin)
            ]


def test_notebooks_are_free_of_the_page_s_own_marks(site):
    """No annotation, block, object or attribute is left."""
    for path in notebooks(site):
        text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
        for mark in (r"# \(\d+\)", r"^///", r"^:::", r"\{ [#.]", r"--8<--"):
            assert re.search(mark, text, re.MULTILINE) is None, (path, mark)


@pytest.fixture(scope="module", autouse=True)
def _kernel(tmp_path_factory: pytest.TempPathFactory):
    """Give the kernel folders of its own, so that nothing of the machine's set-up plays in."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        patch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
        yield
