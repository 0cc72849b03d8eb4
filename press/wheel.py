"""The engine as a wheel, published beside the pages: a notebook installs it where a cell needs it.

It holds `reference_impl` alone, which needs nothing else, so that a reader who has torch gets the
handbook's drawings without the tools that build the handbook.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from press.objects import ENGINE

NAME = f"{ENGINE}-{version('pytorch-proven')}"
FILE = f"{NAME}-py3-none-any.whl"
ADDRESS = f"assets/{FILE}"

# The same bytes at every build, so no times: the first that a zip file can name.
DATE = (1980, 1, 1, 0, 0, 0)

METADATA = """\
Metadata-Version: 2.4
Name: {name}
Version: {version}
Summary: A readable implementation of the part of PyTorch that learners use
License-Expression: MIT
License-File: LICENSE
Requires-Python: >=3.11
"""
WHEEL = "Wheel-Version: 1.0\nGenerator: press\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def write(root: Path, folder: Path) -> Path:
    """Write the wheel.

    Args:
        root: The project's root.
        folder: Where to.

    Returns:
        The file.
    """
    path = folder / FILE
    record = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in _files(root):
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
            record.append(f"{name},sha256={digest.decode()},{len(content)}\n")
            made.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED)
        name = f"{NAME}.dist-info/RECORD"
        made.writestr(zipfile.ZipInfo(name, DATE), "".join([*record, f"{name},,\n"]))
    return path


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what the wheel holds but the list of it, by name."""
    for path in sorted((root / ENGINE).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(root).as_posix(), path.read_bytes()
    about = METADATA.format(name=ENGINE, version=version("pytorch-proven"))
    yield f"{NAME}.dist-info/METADATA", about.encode()
    yield f"{NAME}.dist-info/WHEEL", WHEEL.encode()
    yield f"{NAME}.dist-info/licenses/LICENSE", (root / "LICENSE").read_bytes()
