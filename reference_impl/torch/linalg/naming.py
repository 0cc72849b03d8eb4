"""How functions of `torch.linalg` are made: like others, but errors call them `linalg_NAME`."""

from __future__ import annotations

from collections.abc import Callable

from ..operators import checked
from ..public import LISTED_AT, NotHere

ELSEWHERE = {  # of torch.linalg, and not here: most have complex results
    "eig",
    "eigvals",
    "householder_product",
    "ldl_factor",
    "ldl_factor_ex",
    "ldl_solve",
}


def linalg(fn: Callable) -> Callable:
    """Make `torch.linalg.NAME`: arguments read as torch reads them, `out=` taken care of."""
    return checked(fn, f"linalg_{fn.__name__}", (), method=False)


def linalg_missing(name: str) -> AttributeError:
    """Return the error for a name that `torch.linalg` does not have here, or at all."""
    if name in ELSEWHERE:
        return NotHere(
            f"torch.linalg.{name} is not part of reference_impl; {LISTED_AT} lists what is"
        )
    return AttributeError(f"module 'torch.linalg' has no attribute '{name}'")
