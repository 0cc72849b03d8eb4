"""Readable stand-ins for torch and its companions, in Python alone.

`install()` makes `import torch` find them. Without it they are importable under their own
names, next to the real ones: `import reference_impl.torch as ref`.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

__all__ = ["install"]

STAND_INS = ("torch", "keras", "transformers", "numpy")


def here(name: str) -> ModuleSpec | None:
    """Return the spec of the module that stands in for `name`, if there is one."""
    own = f"{__name__}.{name}"
    path = getattr(importlib.import_module(own.rpartition(".")[0]), "__path__", None)
    if path is None:
        return None
    finders = [finder for finder in sys.meta_path if not isinstance(finder, StandIn)]
    return next(filter(None, (finder.find_spec(own, path) for finder in finders)), None)


class StandIn:
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
        public = name.removeprefix(f"{__name__}.")  # `from torch import x` asks under this name
        if public.partition(".")[0] not in self.names:
            return None
        found = here(public)
        if found is None:
            owner, _, last = name.rpartition(".")
            self.refuse(sys.modules.get(owner), last)
        if found is None or public != name:
            return None
        return ModuleSpec(name, self, is_package=found.submodule_search_locations is not None)

    def refuse(self, owner: ModuleType | None, name: str) -> None:
        """Raise the owner's own error for a name that it knows to be missing."""
        try:
            getattr(owner, name)
        except NotImplementedError as error:
            raise NotImplementedError(str(error)) from None  # not an AttributeError: be heard
        except AttributeError:
            return

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
    if any(isinstance(finder, StandIn) for finder in sys.meta_path):
        return
    names = [name for name in STAND_INS if here(name)]
    if "numpy" in names and ("numpy" in sys.modules or PathFinder.find_spec("numpy")):
        names.remove("numpy")
    for name in names:
        known = sys.modules.get(name)
        if known is not None and known is not sys.modules.get(f"{__name__}.{name}"):
            raise RuntimeError(
                f"the real {name} has been imported already ({known.__file__}); "
                f"call reference_impl.install() before anything imports {name}"
            )
    sys.meta_path.insert(0, StandIn(names))
