"""What the CPU can do."""

from __future__ import annotations

__all__ = ["get_cpu_capability"]


def get_cpu_capability() -> str:
    """Return which of torch's loops run: `DEFAULT`, those for any CPU, is nearest to Python's."""
    return "DEFAULT"
