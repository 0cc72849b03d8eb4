"""Import modules from tables that lie whole in memory: in the browser Python begins with this file.

A module in an archive is looked for, read and decompressed on its own, and a start needs some
300 of them. A table is one dictionary, read once: `library.py` makes them.
"""

import marshal
import sys
from _frozen_importlib import ModuleSpec  # importlib.machinery is in a table itself

LIBRARY = "/lib/library.bin"


class Table:
    """Finds and loads the modules of one table.

    Args:
        folder: Where the modules seem to lie: tracebacks and `__file__` begin with it.
        modules: By name: whether it is a package, and its code.
    """

    def __init__(self, folder: str, modules: dict[str, tuple[bool, bytes]]) -> None:
        self.folder = folder
        self.modules = modules

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Return the spec of a module of the table."""
        if name not in self.modules:
            return None
        is_package, _ = self.modules[name]
        place = f"{self.folder}/{name.replace('.', '/')}"
        file = f"{place}/__init__.pyc" if is_package else f"{place}.pyc"
        spec = ModuleSpec(name, self, origin=file, is_package=is_package)
        spec.has_location = True
        if is_package:
            spec.submodule_search_locations.append(place)
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave it to Python."""

    def exec_module(self, module: object) -> None:
        """Run the module's code."""
        _, code = self.modules[module.__spec__.name]
        exec(marshal.loads(code), module.__dict__)


def shelve(path: str) -> None:
    """Let the modules of a table be imported, before those of files.

    Args:
        path: The table, as `library.py` makes it, decompressed.
    """
    with open(path, "rb") as file:
        sys.meta_path.insert(0, Table(*marshal.load(file)))


shelve(LIBRARY)
