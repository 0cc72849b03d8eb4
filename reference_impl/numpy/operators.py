"""Python's operators for arrays and their numbers, in place, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .arrays import ndarray
from .computing import (
    Binary,
    absolute,
    add,
    bitwise_and,
    bitwise_or,
    bitwise_xor,
    divide,
    divided,
    equal,
    floor_divide,
    greater,
    greater_equal,
    invert,
    less,
    less_equal,
    multiply,
    negative,
    not_equal,
    positive,
    power,
    remainder,
    sqrt,
    subtract,
    wrapped_again,
)
from .creation import asarray
from .numbers import generic


def takes(value: Any) -> bool:
    """Tell what an operator of arrays can work with."""
    return isinstance(value, (ndarray, generic, int, float, list, tuple)) or hasattr(
        value, "untyped_storage"
    )


SYMBOLS = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "floordiv": "//",
    "mod": "%",
    "pow": "** or pow()",
    "and": "&",
    "or": "|",
    "xor": "^",
}
NO_CONCATENATION = (
    "Concatenation operation is not implemented for NumPy arrays, use np.concatenate() instead. "
    "Please do not rely on this error; it may not be given on all Python implementations."
)


def infix(fn: Any, name: str, *, swapped: bool = False) -> Callable:
    """Return the method of one of Python's operators."""

    def method(self: Any, other: Any) -> Any:
        if other is None and name in SYMBOLS and isinstance(self, ndarray):
            kind = {"f": "float", "b": "bool"}.get(self.dtype.kind, "int")
            raise TypeError(
                f"unsupported operand type(s) for {SYMBOLS[name]}: '{kind}' and 'NoneType'"
            )
        if not takes(other):
            return NotImplemented
        if hasattr(other, "untyped_storage"):
            if swapped:
                return wrapped_again(other, fn(other.numpy(), self))
            if isinstance(self, generic):
                return NotImplemented
            if name == "add":
                raise TypeError(NO_CONCATENATION)
            raise TypeError(
                f"unsupported operand type(s) for {SYMBOLS.get(name, name)}: 'numpy.ndarray' and "
                f"'{type(other).__name__}'"
            )
        return fn(other, self) if swapped else fn(self, other)

    return method


def in_place(fn: Any) -> Callable:
    """Return the method of one of Python's in-place operators."""

    def method(self: ndarray, other: Any) -> ndarray:
        return fn(self, other, self)

    return method


def powered(base: Any, exponent: Any, out: ndarray | None = None) -> Any:
    """Return a power; a root or a reciprocal where NumPy takes one."""
    if type(exponent) in (int, float) and asarray(base).dtype.kind == "f":
        if exponent == 0.5:
            return sqrt(base, out)
        if exponent == -1:
            return reciprocal(base, 1.0, out)
    if type(exponent) is int and exponent == 2 and asarray(base).dtype.kind == "b":
        return power(base, exponent, out, dtype="int8")
    return power(base, exponent, out)


reciprocal = Binary("reciprocal", lambda a, b: b / a, lambda said, a, b: divided(said, b, a))


OPERATORS = {
    "add": add,
    "sub": subtract,
    "mul": multiply,
    "truediv": divide,
    "floordiv": floor_divide,
    "mod": remainder,
    "pow": powered,
    "and": bitwise_and,
    "or": bitwise_or,
    "xor": bitwise_xor,
}
COMPARISONS = {
    "eq": equal,
    "ne": not_equal,
    "lt": less,
    "le": less_equal,
    "gt": greater,
    "ge": greater_equal,
}
for _kind in (ndarray, generic):
    for _name, _fn in OPERATORS.items():
        setattr(_kind, f"__{_name}__", infix(_fn, _name))
        setattr(_kind, f"__r{_name}__", infix(_fn, _name, swapped=True))
        if _kind is ndarray:
            setattr(_kind, f"__i{_name}__", in_place(_fn))
    for _name, _fn in COMPARISONS.items():
        setattr(_kind, f"__{_name}__", infix(_fn, _name))
    _kind.__neg__ = lambda self: negative(self)
    _kind.__pos__ = lambda self: positive(self)
    _kind.__abs__ = lambda self: absolute(self)
    _kind.__invert__ = lambda self: invert(self)
    _kind.__divmod__ = lambda self, other: (floor_divide(self, other), remainder(self, other))
