"""Modules without first numbers, for those that will load others."""

from __future__ import annotations

import inspect
from typing import TypeVar

from ..modules.module import Module

__all__ = ["skip_init"]

M = TypeVar("M", bound=Module)


def skip_init(module_cls: type[M], *args: object, **kwargs: object) -> M:
    """Make a module whose parameters hold whatever was in memory.

    >>> torch.nn.utils.skip_init(torch.nn.Linear, 2, 1)
    Linear(in_features=2, out_features=1, bias=True)

    Args:
        module_cls: the class, which takes a `device`.
        args: what it is made of.
        kwargs: what it is made of.

    Raises:
        RuntimeError: no such class.
    """
    if not issubclass(module_cls, Module):
        raise RuntimeError(f"Expected a Module; got {module_cls}")
    if "device" not in inspect.signature(module_cls).parameters:
        raise RuntimeError("Module must support a 'device' arg to skip initialization")
    device = kwargs.pop("device", "cpu")
    return module_cls(*args, device="meta", **kwargs).to_empty(device=device)
