"""Readable stand-ins for torch and its companions, in Python alone.

`install()` makes `import torch` find them. Without it they are importable under their own
names, next to the real ones: `import reference_impl.torch as ref`.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

__all__ = ["install"]

STAND_INS = ("torch", "keras", "transformers", "numpy")


class StandIn(MetaPathFinder, Loader):
    """Finds `torch.nn` and hands out the very module `reference_impl.torch.nn`."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = frozenset(names)

    def find_spec(
        self, name: str, path: object = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for the stand-ins and their modules, and for nothing else.

        Raises:
            NotImplementedError: for a public name of torch that is not there, so that
                `from torch import …` says what is missing.
        """
        top = name.partition(".")[0]
        if top not in self.names:
            return None
        found = importlib.util.find_spec(f"{__name__}.{name}")
        if found is None:
            owner, _, last = name.rpartition(".")
            ask = getattr(sys.modules.get(owner), "__getattr__", None)
            if ask is not None and "." not in owner:
                try:
                    ask(last)
                except NotImplementedError as error:
                    raise NotImplementedError(str(error)) from None
                except AttributeError:
                    return None
            return None
        package = found.submodule_search_locations is not None
        return ModuleSpec(name, self, is_package=package)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module itself, whatever name it is asked for by."""
        module = importlib.import_module(f"{__name__}.{spec.name}")
        self.kept = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module as it is: it has run already, under its own name."""
        module.__spec__ = self.kept


def install() -> None:
    """Make `import torch` and its companions come from here; `numpy` only where it is missing.

    Raises:
        RuntimeError: if the real one of them has been imported already.
    """
    names = [name for name in STAND_INS if importlib.util.find_spec(f"{__name__}.{name}")]
    if "numpy" in names and "numpy" not in sys.modules and importlib.util.find_spec("numpy"):
        names.remove("numpy")
    for name in names:
        known = sys.modules.get(name)
        if known is None or known is sys.modules.get(f"{__name__}.{name}"):
            continue
        if name == "numpy":
            names = [other for other in names if other != "numpy"]
            continue
        raise RuntimeError(
            f"the real {name} has been imported already ({known.__file__}); "
            f"call reference_impl.install() before anything imports {name}"
        )
    if not any(isinstance(finder, StandIn) for finder in sys.meta_path):
        sys.meta_path.insert(0, StandIn(names))
