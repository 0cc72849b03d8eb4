"""Nvidia's library for neural networks: its switches, which scripts set without asking."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from ..settings import expect

__all__ = ["flags", "is_acceptable", "is_available", "set_flags", "version"]

enabled = True
deterministic = False
benchmark = False
benchmark_limit = None
allow_tf32 = True

SWITCHES = {
    "enabled": "set_enabled_cudnn",
    "deterministic": "set_deterministic_cudnn",
    "benchmark": "set_benchmark_cudnn",
    "allow_tf32": "set_allow_tf32_cublas",
}


class Switchboard(ModuleType):
    """A module whose switches are truth values, as in torch."""

    def __setattr__(self, name: str, value: object) -> None:
        """Set an attribute; a switch to True or False."""
        if name in SWITCHES:
            expect(value, bool, SWITCHES[name])
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = Switchboard


def is_available() -> bool:
    """Tell whether the library is there."""
    return False


def version() -> int | None:
    """Return the library's version; there is none."""
    return None


def is_acceptable(tensor: object) -> bool:
    """Tell whether the library can compute with a tensor; it is not there."""
    return False


def set_flags(
    _enabled: bool | None = None,
    _benchmark: bool | None = None,
    _benchmark_limit: int | None = None,
    _deterministic: bool | None = None,
    _allow_tf32: bool | None = None,
) -> tuple:
    """Set switches; return how they were."""
    here = sys.modules[__name__]
    names = ("enabled", "benchmark", "benchmark_limit", "deterministic", "allow_tf32")
    before = tuple(getattr(here, name) for name in names)
    given = (_enabled, _benchmark, _benchmark_limit, _deterministic, _allow_tf32)
    for name, value in zip(names, given, strict=True):
        if value is not None:
            setattr(here, name, value)
    return before


@contextmanager
def flags(
    enabled: bool = False,
    benchmark: bool = False,
    benchmark_limit: int = 10,
    deterministic: bool = False,
    allow_tf32: bool = True,
) -> Iterator[None]:
    """Set switches for the length of a `with`."""
    before = set_flags(enabled, benchmark, None, deterministic, allow_tf32)
    try:
        yield
    finally:
        set_flags(*before)
