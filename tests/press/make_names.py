"""Write press/names.txt, the public names of the torch that is installed.

A name counts if torch says what it is: functions and methods with a docstring, types of elements,
the classes that a reader makes objects of. What torch keeps for its compiler does not.
"""

from __future__ import annotations

import importlib
import pathlib
import textwrap
import types

import torch

MODULES = """
torch torch.nn torch.nn.functional torch.nn.init torch.nn.utils torch.nn.utils.rnn torch.optim
torch.optim.lr_scheduler torch.autograd torch.autograd.functional torch.autograd.graph torch.linalg
torch.utils.data torch.random torch.amp
""".split()
CLASSES = set(
    "Tensor Size Generator device dtype finfo iinfo layout memory_format no_grad enable_grad "
    "inference_mode set_grad_enabled UntypedStorage TypedStorage GradScaler autocast".split()
)
TARGET = pathlib.Path(__file__).parents[2] / "press/names.txt"


def is_public(module: str, owner: object, name: str) -> bool:
    """Tell whether readers meet a name under its owner."""
    value = getattr(owner, name)
    home = str(getattr(value, "__module__", None) or "torch")
    if name.startswith("_") or isinstance(value, types.ModuleType):
        return False
    if isinstance(value, type):
        if module == "torch":
            return name in CLASSES or name.endswith(("Tensor", "Storage"))
        return home.startswith((module, "torch._C"))
    if callable(value):
        return bool(value.__doc__) and home.startswith("torch")
    return isinstance(value, (torch.dtype, torch.memory_format))


def names(module: str) -> list[str]:
    """Return the public names of a module, sorted."""
    owner = importlib.import_module(module)
    listed = getattr(owner, "__all__", None) if module != "torch" else None
    listed = listed or [name for name in dir(owner) if is_public(module, owner, name)]
    shown = {name for name in listed if not name.startswith("_")}
    return sorted(shown, key=lambda name: (name.lower(), name))


def text() -> str:
    """Return the file's text."""
    methods = [n for n in dir(torch.Tensor) if not n.startswith("_")]
    methods = [n for n in methods if getattr(torch.Tensor, n).__doc__]
    found = {"torch": names("torch"), "torch.Tensor": sorted(methods)}
    found |= {module: names(module) for module in MODULES[1:]}
    lines = [
        f"# The public names of torch {torch.__version__.partition('+')[0]}.",
        "# Made by `python tests/press/make_names.py`.",
    ]
    for owner, listed in found.items():
        body = textwrap.fill(" ".join(listed), 96, break_long_words=False, break_on_hyphens=False)
        lines += ["", f"[{owner}]", body]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
