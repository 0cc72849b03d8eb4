"""Modules in one piece: what `web/library.py` writes, `web/sitecustomize.py` imports."""

import gzip
import importlib
import io
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "web"
LIBRARY = runpy.run_path(str(WEB / "library.py"))
SOURCES = {
    "tabled/__init__.py": b"from . import inner\n",
    "tabled/inner.py": b"def fail():\n    1 / 0\n",
}


@pytest.fixture
def tabled() -> Iterator[None]:
    """Python as if it had begun with a table of two modules."""
    packed, problems = LIBRARY["table"](SOURCES, "/place")
    assert problems == []
    lies = io.BytesIO(gzip.decompress(packed))
    before = list(sys.meta_path)
    runpy.run_path(str(WEB / "sitecustomize.py"), {"open": lambda path, mode: lies})
    yield
    sys.meta_path[:] = before
    for name in ("tabled", "tabled.inner"):
        sys.modules.pop(name, None)


def test_import(tabled: None) -> None:
    """A package and its module have the names and places that files would give them."""
    package = importlib.import_module("tabled")
    assert package.__file__ == "/place/tabled/__init__.pyc"
    assert package.__path__ == ["/place/tabled"]
    assert package.inner.__file__ == "/place/tabled/inner.pyc"
    assert package.inner.__package__ == "tabled"
    with pytest.raises(ZeroDivisionError) as caught:
        package.inner.fail()
    assert str(caught.traceback[-1].path) == "/place/tabled/inner.pyc"


def test_what_is_not_there(tabled: None) -> None:
    """Other modules come from elsewhere, and none is made up."""
    assert importlib.import_module("colorsys").__file__.endswith("colorsys.py")
    with pytest.raises(ModuleNotFoundError, match=r"tabled\.outer"):
        importlib.import_module("tabled.outer")


def test_every_source_that_does_not_compile() -> None:
    """Each is named with its line, and the others are kept."""
    packed, problems = LIBRARY["table"]({**SOURCES, "a.py": b"\n1 = 2\n", "b.py": b"\0"}, "/place")
    assert [problem.partition(" ")[0] for problem in problems] == ["a.py:2:", "b.py:1:"]
    assert packed == LIBRARY["table"](SOURCES, "/place")[0]
