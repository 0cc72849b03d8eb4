"""NumPy's types: the engine's, under NumPy's names, and which type a result has.

NumPy's own numbers are strong: they have a type and keep it. Python's are weak: an int or a
float takes the type of the array it meets, if that type is of its kind or a higher one (NEP 50).
"""

from __future__ import annotations

from typing import Any, ClassVar

from ..torch import dtypes as engine
from .objects import OBJECT, Object

NAMES = """
float64 float32 float16 int64 int32 int16 int8 uint64 uint32 uint16 uint8 bool object
""".split()
CHARS = dict(zip(NAMES, "dfelihbLIHB?O", strict=True))
CODES = {
    **{char: name for name, char in CHARS.items()},
    "f8": "float64",
    "f4": "float32",
    "f2": "float16",
    "i8": "int64",
    "i4": "int32",
    "i2": "int16",
    "i1": "int8",
    "u8": "uint64",
    "u4": "uint32",
    "u2": "uint16",
    "u1": "uint8",
    "b1": "bool",
    "float": "float64",
    "double": "float64",
    "single": "float32",
    "half": "float16",
    "int": "int64",
    "long": "int64",
    "bool_": "bool",
}
OTHERS = "complex64 complex128 str bytes datetime64 longdouble".split()


def held_as(name: str) -> engine.dtype | Object:
    """Return the engine's type, or, of unsigned ones that it has not, one made like them."""
    if name == "object":
        return OBJECT
    if name in ("uint16", "uint32", "uint64"):
        bits = int(name[4:])
        held = engine.dtype(name, {16: "H", 32: "I", 64: "Q"}[bits], bits // 8, 1, name, name)
        held.low, held.high, held.is_signed = 0, 2**bits - 1, False
        return held
    return getattr(engine, name)


class dtype:
    """The type of an array's elements.

    >>> import numpy as np
    >>> np.dtype("f4"), np.dtype(float).itemsize, np.dtype("int8") == np.int8
    (dtype('float32'), 8, True)
    """

    __slots__ = ("byteorder", "char", "held", "itemsize", "kind", "name", "str", "type")
    known: ClassVar[dict[str, dtype]] = {}

    def __new__(cls, wanted: Any) -> dtype:
        """Return the dtype of a name, a type, a dtype, or anything that has one."""
        return find(wanted)

    @classmethod
    def made(cls, name: str) -> dtype:
        """Return the dtype of one of the engine's types."""
        self = object.__new__(cls)
        self.held = held_as(name)
        self.name, self.itemsize, self.char = name, self.held.itemsize, CHARS[name]
        self.kind = "O" if name == "object" else name[0]
        ordered = self.itemsize > 1 and self.kind != "O"
        self.byteorder = "=" if ordered else "|"
        self.str = f"<{self.kind}{self.itemsize}" if ordered else f"|{self.kind}{self.itemsize}"
        if self.kind == "O":
            self.str = "|O"
        return self

    def __repr__(self) -> str:
        return f"dtype('{'O' if self.kind == 'O' else self.name}')"

    def __str__(self) -> str:
        return self.name

    def __eq__(self, other: object) -> bool:
        try:
            return find(other) is self
        except (TypeError, NotImplementedError):
            return False

    def __hash__(self) -> int:
        return hash(self.name)

    def __reduce__(self) -> tuple:
        return dtype, (self.name,)


dtype.known = {name: dtype.made(name) for name in NAMES}
OF_PYTHON = {float: "float64", int: "int64", bool: "bool", object: "object"}
OF_ENGINE = {found.held: found for found in dtype.known.values()}


def find(wanted: Any) -> dtype:
    """Return the dtype that something stands for.

    Raises:
        TypeError: if it stands for none.
        NotImplementedError: for a type of NumPy that is not here.
    """
    if isinstance(wanted, dtype):
        return wanted
    if wanted is None:
        return dtype.known["float64"]
    if isinstance(wanted, type):
        if wanted in OF_PYTHON:
            return dtype.known[OF_PYTHON[wanted]]
        found = getattr(wanted, "kept", None)
        if isinstance(found, dtype):
            return found
        if wanted in (complex, str, bytes):
            raise NotImplementedError(
                f"numpy.dtype({wanted.__name__}) is not part of reference_impl"
            )
    if isinstance(wanted, str):
        name = wanted.lstrip("<=|")
        name = CODES.get(name, name)
        if name in dtype.known:
            return dtype.known[name]
        if name in OTHERS or wanted[:1] in "USMmVc>":
            raise NotImplementedError(f"numpy.dtype({wanted!r}) is not part of reference_impl")
        raise TypeError(f"data type {wanted!r} not understood")
    found = getattr(wanted, "dtype", None)
    if isinstance(found, dtype):
        return found
    raise TypeError(f"Cannot interpret '{wanted}' as a data type")


def promote(a: dtype, b: dtype) -> dtype:
    """Return the smallest type that holds the numbers of two types."""
    if "O" in (a.kind, b.kind):
        return dtype.known["object"]
    if a is b or b.kind == "b":
        return a
    if a.kind == "b":
        return b
    if a.kind == b.kind:
        return a if a.itemsize >= b.itemsize else b
    if "f" in (a.kind, b.kind):
        floating, whole = (a, b) if a.kind == "f" else (b, a)
        needed = {1: 2, 2: 4}.get(whole.itemsize, 8)
        return dtype.known[f"float{8 * max(needed, floating.itemsize)}"]
    signed, unsigned = (a, b) if a.kind == "i" else (b, a)
    if unsigned.itemsize == 8:
        return dtype.known["float64"]
    return dtype.known[f"int{8 * max(signed.itemsize, 2 * unsigned.itemsize)}"]


def meet(a: dtype, b: Any) -> dtype:
    """Return the type of a result of an array and one of Python's numbers.

    Raises:
        OverflowError: for an integer that the type cannot hold.
    """
    if isinstance(b, bool):
        return a
    if isinstance(b, int):
        found = dtype.known["int64"] if a.kind == "b" else a
        if found.kind != "f" and not found.held.low <= b <= found.held.high:
            raise OverflowError(f"Python integer {b} out of bounds for {found.name}")
        return found
    return a if a.kind == "f" else dtype.known["float64"]


def can_cast(source: dtype, target: dtype) -> bool:
    """Tell whether an in-place operation may go from one type to another: within its kind."""
    order = "buif"
    return order.index(source.kind) <= order.index(target.kind)
