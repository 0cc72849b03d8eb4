"""What a tensor holds, in torch's own words, and which part of it fits on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Protocol

EDGE_ITEMS = 3
SUMMARISED = 1000


class Tensor(Protocol):
    """The public attributes that a picture is drawn from; torch's tensors have them."""

    shape: Sequence[int]
    dtype: Any
    device: Any
    requires_grad: bool
    is_leaf: bool
    grad_fn: Any

    def tolist(self) -> Any:
        """Return the values as nested lists, or one number for a tensor without dims."""

    def stride(self) -> Sequence[int]:
        """Return how many places of the storage one step along each dim takes."""

    def storage_offset(self) -> int:
        """Return the place of the first element."""

    def untyped_storage(self) -> Any:
        """Return the storage: `data_ptr()` says which one it is, `nbytes()` its length."""

    def as_strided(self, size: Sequence[int], stride: Sequence[int], storage_offset: int) -> Any:
        """Return another reading of the same storage."""

    def detach(self) -> Any:
        """Return the same values without their history."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A tensor's shape and values; `nested` is None where there are none to draw."""

    shape: tuple[int, ...]
    nested: Any
    word: Callable[[Any], str]

    def at(self, index: Sequence[int]) -> str:
        """Return one element as torch prints it, or nothing where no values are drawn."""
        if self.nested is None:
            return ""
        value = self.nested
        for place in index:
            value = value[place]
        return self.word(value)


def read(x: Tensor, *, values: bool = True) -> Reading:
    """Return shape and values of a tensor. A meta tensor has a shape and no values.

    Raises:
        TypeError: If `x` is not a tensor.
        ValueError: If it holds complex numbers.
    """
    shape = shape_of(x)
    if not values or str(x.device) == "meta":
        return Reading(shape, None, str)
    nested = x.tolist()
    return Reading(shape, nested, wording(nested, shape, x.dtype))


def shape_of(x: Tensor) -> tuple[int, ...]:
    """Return the sizes as a plain tuple, which prints the same whatever engine `x` is of."""
    if not hasattr(x, "storage_offset"):
        raise TypeError(f"a picture needs a tensor, but got {type(x).__name__}")
    if getattr(x.dtype, "is_complex", False):
        raise ValueError("complex numbers are not drawn; draw .real and .imag")
    return tuple(int(size) for size in x.shape)


def wording(nested: Any, shape: Sequence[int], dtype: Any) -> Callable[[Any], str]:
    """Return the function that words one value the way torch's repr of them all would.

    torch decides once for a whole tensor: whole numbers get a bare point (`1.`), a wide range
    of magnitudes gets exponents, all else 4 decimals. Of more than 1000 elements it looks only
    at those it prints, 3 at each end of every dim.
    """
    if not dtype.is_floating_point:
        return str
    long = math.prod(shape) > SUMMARISED
    finite = [v for v in _seen(nested, shape, long) if math.isfinite(v) and v != 0]
    sizes = [abs(value) for value in finite]
    if sizes and (max(sizes) / min(sizes) > 1000 or max(sizes) > 1e8 or min(sizes) < 1e-4):
        return lambda value: f"{value:.4e}"
    if all(value == math.floor(value) for value in finite):
        return lambda value: f"{value:.0f}." if math.isfinite(value) else f"{value:.0f}"
    return lambda value: f"{value:.4f}"


def _seen(nested: Any, shape: Sequence[int], long: bool) -> Iterator[Any]:
    if not shape:
        yield nested
        return
    if long and shape[0] > 2 * EDGE_ITEMS:
        nested = [*nested[:EDGE_ITEMS], *nested[-EDGE_ITEMS:]]
    for part in nested:
        yield from _seen(part, shape[1:], long)


def cut(size: int, most: int = 12, edge: int = EDGE_ITEMS) -> list[int | None]:
    """Return which of `size` places are drawn, None for those left out between the ends."""
    if size <= most:
        return list(range(size))
    return [*range(edge), None, *range(size - edge, size)]


def keep(size: int, wanted: Iterable[int]) -> list[int | None]:
    """Return the wanted places in order, None wherever others are left out between them."""
    kept: list[int | None] = []
    last = -1
    for place in sorted({place for place in wanted if 0 <= place < size}):
        if place > last + 1:
            kept.append(None)
        kept.append(place)
        last = place
    if last < size - 1:
        kept.append(None)
    return kept


def spelled(reading: Reading, cuts: Sequence[Sequence[int | None]]) -> str:
    """Return the drawn values as nested brackets, with an ellipsis for what is left out."""

    def level(index: tuple[int, ...]) -> str:
        if len(index) == len(reading.shape):
            return reading.at(index)
        kept = cuts[len(index)]
        parts = ("..." if place is None else level((*index, place)) for place in kept)
        return f"[{', '.join(parts)}]"

    return level(())


def left_out(cuts: Sequence[Sequence[int | None]]) -> bool:
    """Return whether anything is left out."""
    return any(place is None for kept in cuts for place in kept)


def indexes(cuts: Sequence[Sequence[int | None]]) -> Iterator[tuple[int | None, ...]]:
    """Return the index of every drawn square, in order."""
    return product(*cuts)


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
