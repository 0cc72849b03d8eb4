"""`torch.utils.hooks`: what registering a hook returns."""

from __future__ import annotations

from ..graph import RemovableHandle as RemovableHandle
from ..public import not_here as _not_here

__all__ = ["RemovableHandle"]

OTHERS = ("BackwardHook", "unserializable_hook", "warn_if_has_hooks")


def __getattr__(name: str) -> object:
    raise _not_here("torch.utils.hooks", name, OTHERS)
