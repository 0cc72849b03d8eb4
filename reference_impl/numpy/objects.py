"""Arrays of anything: what stands in a storage's place of numbers where the type is `object`.

The engine stores numbers in rows of a fixed width. Here a list does that duty, under the names
by which the chapters to come ask a row and its type.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["OBJECT", "Row"]


class Row(list):
    """A list that answers like a row of numbers: its parts and repetitions are rows, too."""

    typecode = "O"
    itemsize = 8

    def __new__(cls, *args: Any) -> Row:
        """Make room for a row."""
        return super().__new__(cls)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args[-1:])  # a typecode may come first, as with rows of numbers

    def __getitem__(self, index: Any) -> Any:
        found = super().__getitem__(index)
        return Row(found) if isinstance(index, slice) else found

    def __mul__(self, times: int) -> Row:
        return Row(super().__mul__(times))

    def buffer_info(self) -> tuple[int, int]:
        """Return where it is, and how long."""
        return id(self), len(self)


class Object:
    """The type of a storage of objects, as the engine's `dtype` is that of numbers."""

    name, typecode, itemsize = "object", "O", 8
    is_floating_point = False

    def array(self, values: Iterable[Any]) -> Row:
        """Return a row of the values."""
        return Row(values)

    def to_number(self, value: Any) -> Any:
        """Return an element: itself."""
        return value


OBJECT = Object()
