"""How functions of `torch.linalg` are made: like others, but errors call them `linalg_NAME`."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable

from .. import return_types
from ..dtypes import FLOATING
from ..operators import checked
from ..public import LISTED_AT, NotHere
from ..return_types import NamedResults, named
from ..tensor import Tensor

ELSEWHERE = {  # of torch.linalg, and not here: most have complex results
    "eig",
    "eigvals",
    "householder_product",
    "ldl_factor",
    "ldl_factor_ex",
    "ldl_solve",
}


@functools.cache
def warn_once(text: str) -> None:
    """Give a warning the first time it is due, as torch gives those about old names."""
    warnings.warn(text, UserWarning, stacklevel=5)


def results(name: str, *names: str) -> type[NamedResults]:
    """Make `torch.return_types.NAME`, where pickles look for it."""
    made = named(name, *names)
    setattr(return_types, name, made)
    return made


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


LOW = "low precision"


def check_floating(tensor: Tensor, name: str, halves: str | None = None) -> None:
    """Raise if a tensor is not of a floating type.

    Args:
        tensor: the tensor.
        name: of the function.
        halves: the kernel that halves lack; `LOW` if they are refused before; None if allowed.
    """
    if tensor.dtype.category != FLOATING:
        raise RuntimeError(
            f"{name}: Expected a floating point or complex tensor as input. Got "
            f"{tensor.dtype.scalar_name}"
        )
    if halves is None or tensor.dtype.itemsize != 2:
        return
    kind = tensor.dtype.scalar_name
    if halves == LOW:
        raise RuntimeError(f"{name}: Low precision dtypes not supported. Got {kind}")
    raise NotImplementedError(f"\"{halves}\" not implemented for '{kind}'")


def check_matrices(tensor: Tensor, name: str, shown: str = "A") -> None:
    """Raise if a tensor has less than two dimensions."""
    if tensor.dim() < 2:
        raise RuntimeError(f"{name}: The input tensor {shown} must have at least 2 dimensions.")


def check_square(tensor: Tensor, name: str) -> None:
    """Raise if a tensor does not consist of square matrices."""
    check_matrices(tensor, name)
    rows, columns = tensor._size[-2:]
    if rows != columns:
        raise RuntimeError(
            f"{name}: A must be batches of square matrices, but they are {rows} by {columns} "
            "matrices"
        )
