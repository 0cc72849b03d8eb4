"""The fast way through attention modules in evaluation."""

from __future__ import annotations

__all__ = ["get_fastpath_enabled", "set_fastpath_enabled"]


class Fastpath:
    """Whether it may be taken."""

    enabled = True


def get_fastpath_enabled() -> bool:
    """Tell whether the fast way may be taken; here there is none."""
    return Fastpath.enabled


def set_fastpath_enabled(value: bool) -> None:
    """Allow the fast way, or not."""
    Fastpath.enabled = value
