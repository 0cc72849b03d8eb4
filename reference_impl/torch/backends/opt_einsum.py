"""A library that finds a good order for the products in `einsum`: reference_impl does without."""

from __future__ import annotations

__all__ = ["get_opt_einsum", "is_available"]

enabled = False
strategy = None


def is_available() -> bool:
    """Tell whether it is there."""
    return False


def get_opt_einsum() -> None:
    """Return the library; it is not there."""
