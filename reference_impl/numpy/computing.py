"""Arithmetic place by place: operators and functions of one and two arrays."""

from __future__ import annotations

import math
import operator
import warnings
from array import array as row
from collections.abc import Callable, Sequence
from typing import Any

from ..torch import kernels
from .access import broadcast_shapes, spread
from .arrays import flat, fresh, ndarray, stored
from .creation import asarray
from .dtypes import can_cast, dtype, find, meet, promote
from .numbers import as_array, simple

__all__ = [
    "abs",
    "absolute",
    "add",
    "arccos",
    "arcsin",
    "arctan",
    "arctan2",
    "bitwise_and",
    "bitwise_or",
    "bitwise_xor",
    "ceil",
    "cos",
    "cosh",
    "divide",
    "equal",
    "exp",
    "expm1",
    "floor",
    "floor_divide",
    "greater",
    "greater_equal",
    "invert",
    "isfinite",
    "isinf",
    "isnan",
    "less",
    "less_equal",
    "log",
    "log1p",
    "log2",
    "log10",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "maximum",
    "minimum",
    "mod",
    "multiply",
    "negative",
    "not_equal",
    "positive",
    "power",
    "remainder",
    "rint",
    "sign",
    "sin",
    "sinh",
    "sqrt",
    "square",
    "subtract",
    "tan",
    "tanh",
    "true_divide",
    "trunc",
]

INFINITE, INVALID, TOO_LARGE = "divide by zero", "invalid value", "overflow"


class UFuncTypeError(TypeError):
    """A function that has no loop for its operands, or whose result cannot be kept."""


UFuncTypeError.__name__ = UFuncTypeError.__qualname__ = "UFuncTypeError"


def warn(what: str, name: str) -> None:
    """Warn of a result that is no number, once for an operation."""
    warnings.warn(f"{what} encountered in {name}", RuntimeWarning, stacklevel=5)


def meeting(a: Any, b: Any, result: str = "") -> tuple[ndarray, ndarray, dtype]:
    """Return two operands as arrays, and the type in which they meet."""
    weak = [type(x) in (int, float, bool) for x in (a, b)]
    if weak[1] and not weak[0]:
        left = asarray(a)
        kind = meeting_type(left.dtype, b, result)
        return left, as_array_of(b, kind), kind
    if weak[0] and not weak[1]:
        right = asarray(b)
        kind = meeting_type(right.dtype, a, result)
        return as_array_of(a, kind), right, kind
    left, right = asarray(a), asarray(b)
    return left, right, promote(left.dtype, right.dtype)


def meeting_type(kind: dtype, number: float, result: str) -> dtype:
    """Return the type in which an array meets one of Python's numbers.

    Where the result has a type of its own, a number may be one that the array cannot hold.
    """
    if result == "float" and kind.kind != "f":
        return find(float)
    if result == "bool" and type(number) is int and kind.kind in "iu":
        return kind if kind.held.low <= number <= kind.held.high else find(int)
    return meet(kind, number)


def as_array_of(value: float, kind: dtype) -> ndarray:
    """Return one of Python's numbers as an array of a type."""
    return fresh(kind.held.array([value]), (), kind)


def computed(rows: Sequence[row], fn: Callable, safe: Callable, kind: dtype, name: str) -> row:
    """Apply a function place by place; where Python raises, once more with NumPy's answers."""
    try:
        values = list(map(fn, *rows))
    except (ArithmeticError, ValueError):
        said: set[str] = set()
        values = [safe(said, *operands) for operands in zip(*rows, strict=True)]
        for what in sorted(said):
            warn(what, name)
    return kind.held.array(values)


def divided(said: set[str], a: float, b: float) -> float:
    """Return a quotient; infinite or nan by zero."""
    if b:
        return a / b
    if a == 0 or a != a:
        said.add(INVALID)
        return math.nan
    said.add(INFINITE)
    return math.copysign(math.inf, a) * math.copysign(1, b)


def floored(said: set[str], a: float, b: float) -> float:
    """Return a quotient rounded down; for integers 0 by zero."""
    if b:
        return a // b
    if isinstance(a, int):
        said.add(INFINITE)
        return 0
    return divided(said, a, b)


def remainder_of(said: set[str], a: float, b: float) -> float:
    """Return what is left of a division rounded down."""
    if b:
        return a % b
    said.add(INVALID if isinstance(a, float) else INFINITE)
    return 0 if isinstance(a, int) else math.nan


def raised(said: set[str], a: float, b: float) -> float:
    """Return a power; nan of a negative number to a fraction."""
    try:
        found = a**b
    except OverflowError:
        said.add(TOO_LARGE)
        return -math.inf if a < 0 and b % 2 == 1 else math.inf
    except ZeroDivisionError:
        said.add(INFINITE)
        return math.copysign(math.inf, a) if b % 2 == 1 else math.inf
    if isinstance(found, complex):
        said.add(INVALID)
        return math.nan
    return found


def real_power(a: float, b: float) -> float:
    """Return a power, or raise where there is no real one."""
    found = a**b
    if isinstance(found, complex):
        raise ValueError
    return found


def larger(a: float, b: float) -> float:
    """Return the larger number; nan if one is."""
    return a if a >= b or a != a else b


def smaller(a: float, b: float) -> float:
    """Return the smaller number; nan if one is."""
    return a if a <= b or a != a else b


def whole_power(a: int, b: int) -> int:
    """Return a power of integers."""
    if b < 0:
        raise TypeError("negative")
    return a**b


class Binary:
    """A function of two arrays, which broadcast: `np.add(a, b)`."""

    def __init__(
        self, name: str, fn: Callable, safe: Callable | None = None, result: str = ""
    ) -> None:
        self.__name__, self.fn, self.result = name, fn, result
        self.safe = safe or (lambda said, *operands: fn(*operands))

    def __repr__(self) -> str:
        return f"<ufunc '{self.__name__}'>"

    def __call__(
        self, x1: Any, x2: Any, /, out: ndarray | None = None, *, dtype: Any = None
    ) -> Any:
        """Return the results, as a number if there are no dimensions; or write them to `out`.

        Raises:
            ValueError: if the shapes do not broadcast.
        """
        a, b, kind = meeting(x1, x2, self.result)
        kind = find(dtype) if dtype is not None else kind
        size = broadcast_shapes(a._size, b._size)
        kind, fn, safe = self.loop(kind)
        rows = [kernels.convert(spread(x, size), x._storage.dtype, kind.held) for x in (a, b)]
        target = find(bool) if self.result == "bool" else kind
        if self.__name__ == "power" and kind.kind != "f" and any(p < 0 for p in rows[1]):
            raise ValueError("Integers to negative integer powers are not allowed.")
        values = computed(rows, fn, safe, target, self.__name__)
        return placed(self.__name__, fresh(values, size, target), out)

    def loop(self, kind: dtype) -> tuple[dtype, Callable, Callable]:
        """Return the type that is computed in, and the functions of numbers of that type.

        Raises:
            TypeError: for truth values, where there is no such function.
        """
        if self.result == "float" and kind.kind != "f":
            kind = find(float)
        if kind.kind == "b":
            if self.__name__ == "subtract":
                raise TypeError(
                    "numpy boolean subtract, the `-` operator, is not supported, use the "
                    "bitwise_xor, the `^` operator, or the logical_xor function instead."
                )
            if self.__name__ in ("add", "multiply"):
                fn = operator.or_ if self.__name__ == "add" else operator.and_
                return kind, fn, lambda said, *operands: fn(*operands)
            if self.__name__ in ("floor_divide", "remainder", "power"):
                kind = dtype.known["int8"]
        if self.__name__ in ("bitwise_and", "bitwise_or", "bitwise_xor") and kind.kind == "f":
            raise TypeError(
                f"ufunc '{self.__name__}' not supported for the input types, and the inputs could "
                "not be safely coerced to any supported types according to the casting rule "
                "''safe''"
            )
        if self.__name__ == "power" and kind.kind != "f":
            return kind, operator.pow, self.safe
        return kind, self.fn, self.safe


def placed(name: str, found: ndarray, out: ndarray | None) -> Any:
    """Return a result, or write it to where it should be.

    Raises:
        TypeError: for a type of a lower kind.
    """
    if out is None:
        return simple(found)
    if not can_cast(found.dtype, out.dtype):
        raise UFuncTypeError(
            f"Cannot cast ufunc '{name}' output from {found.dtype!r} to {out.dtype!r} with casting "
            "rule 'same_kind'"
        )
    if broadcast_shapes(found._size, out._size) != out._size:
        shown = [str(s).replace(", ", ",") for s in (out._size, found._size)]
        raise ValueError(
            f"non-broadcastable output operand with shape {shown[0]} doesn't match the broadcast "
            f"shape {shown[1]}"
        )
    values = kernels.convert(spread(found, out._size), found._storage.dtype, out._storage.dtype)
    stored(out, values[:])
    return out


add = Binary("add", operator.add)
subtract = Binary("subtract", operator.sub)
multiply = Binary("multiply", operator.mul)
divide = true_divide = Binary("divide", operator.truediv, divided, "float")
floor_divide = Binary("floor_divide", operator.floordiv, floored)
remainder = mod = Binary("remainder", operator.mod, remainder_of)
power = Binary("power", real_power, raised)
maximum, minimum = Binary("maximum", larger), Binary("minimum", smaller)
arctan2 = Binary("arctan2", math.atan2, None, "float")
equal, not_equal = (
    Binary("equal", operator.eq, None, "bool"),
    Binary("not_equal", operator.ne, None, "bool"),
)
less, less_equal = (
    Binary("less", operator.lt, None, "bool"),
    Binary("less_equal", operator.le, None, "bool"),
)
greater, greater_equal = (
    Binary("greater", operator.gt, None, "bool"),
    Binary("greater_equal", operator.ge, None, "bool"),
)
logical_and = Binary("logical_and", lambda a, b: bool(a and b), None, "bool")
logical_or = Binary("logical_or", lambda a, b: bool(a or b), None, "bool")
logical_xor = Binary("logical_xor", lambda a, b: bool(a) != bool(b), None, "bool")
bitwise_and = Binary("bitwise_and", operator.and_)
bitwise_or = Binary("bitwise_or", operator.or_)
bitwise_xor = Binary("bitwise_xor", operator.xor)


class Unary:
    """A function of one array: `np.exp(a)`."""

    def __init__(
        self, name: str, fn: Callable, *, at_zero: float | None = None, result: str = "same"
    ) -> None:
        self.__name__, self.fn, self.at_zero, self.result = name, fn, at_zero, result

    def __repr__(self) -> str:
        return f"<ufunc '{self.__name__}'>"

    def __call__(self, x: Any, /, out: ndarray | None = None) -> Any:
        """Return the results, as a number if there are no dimensions; or write them to `out`."""
        if hasattr(x, "__array_wrap__"):
            return wrapped_again(x, self(x.numpy()))
        given = asarray(x)
        kind = given.dtype
        if self.__name__ == "negative" and kind.kind == "b":
            raise TypeError(
                "The numpy boolean negative, the `-` operator, is not supported, use the `~` "
                "operator or the logical_not function instead."
            )
        if self.result == "float" and kind.kind != "f":
            kind = floating_for(kind)
        values = kernels.convert(flat(given), given._storage.dtype, kind.held)
        target = find(bool) if self.result == "bool" else kind
        found = computed([values], self.fn, self.safe, target, self.__name__)
        return placed(self.__name__, fresh(found, given._size, target), out)

    def safe(self, said: set[str], x: float) -> float:
        """Return NumPy's answer where Python raises."""
        try:
            return self.fn(x)
        except OverflowError:
            said.add(TOO_LARGE)
            return math.inf
        except ValueError:
            if x == 0 and self.at_zero is not None:
                said.add(INFINITE)
                return self.at_zero
            if x == x:
                said.add(INVALID)
            return math.nan


def floating_for(kind: dtype) -> dtype:
    """Return the float type in which a function of integers computes."""
    return dtype.known[{1: "float16", 2: "float32"}.get(kind.itemsize, "float64")]


def wrapped_again(tensor: Any, found: Any) -> Any:
    """Return a result as a tensor, as NumPy does for its functions of tensors."""
    warnings.warn(
        "__array_wrap__ must accept context and return_scalar arguments (positionally) in the "
        "future. (Deprecated NumPy 2.0)",
        DeprecationWarning,
        stacklevel=4,
    )
    return tensor.__array_wrap__(as_array(found))


def half_even(x: float) -> float:
    """Round to a whole number, halves to the even one."""
    return float(round(x)) if math.isfinite(x) else x


def signum(x: float) -> float:
    """Return -1, 0 or 1."""
    return x if x != x else (x > 0) - (x < 0)


def to_whole(fn: Callable) -> Callable:
    """Let a function that gives integers pass what is an integer, or not finite."""

    def whole(x: float) -> float:
        if isinstance(x, int) or not math.isfinite(x):
            return x
        return math.copysign(float(fn(x)), x)

    return whole


negative = Unary("negative", operator.neg)
positive = Unary("positive", operator.pos)
absolute = abs = Unary("absolute", operator.abs)
square = Unary("square", lambda x: x * x)
sign = Unary("sign", signum)
rint = Unary("rint", half_even, result="float")
floor, ceil, trunc = (
    Unary(fn.__name__, to_whole(fn)) for fn in (math.floor, math.ceil, math.trunc)
)
sqrt = Unary("sqrt", math.sqrt, result="float")
exp, expm1 = Unary("exp", math.exp, result="float"), Unary("expm1", math.expm1, result="float")
log = Unary("log", math.log, at_zero=-math.inf, result="float")
log2 = Unary("log2", math.log2, at_zero=-math.inf, result="float")
log10 = Unary("log10", math.log10, at_zero=-math.inf, result="float")
log1p = Unary("log1p", math.log1p, result="float")
sin, cos, tan = (Unary(f, getattr(math, f), result="float") for f in ("sin", "cos", "tan"))
sinh, cosh, tanh = (Unary(f, getattr(math, f), result="float") for f in ("sinh", "cosh", "tanh"))
arcsin, arccos, arctan = (
    Unary(f"arc{f}", getattr(math, f"a{f}"), result="float") for f in ("sin", "cos", "tan")
)
isnan = Unary("isnan", lambda x: x != x, result="bool")
isinf = Unary("isinf", math.isinf, result="bool")
isfinite = Unary("isfinite", math.isfinite, result="bool")
logical_not = Unary("logical_not", operator.not_, result="bool")


def invert(x: Any) -> Any:
    """Return each bit turned; of truth values the opposite."""
    given = asarray(x)
    if given.dtype.kind == "f":
        raise TypeError(
            "ufunc 'invert' not supported for the input types, and the inputs could not be safely "
            "coerced to any supported types according to the casting rule ''safe''"
        )
    turned = operator.not_ if given.dtype.kind == "b" else operator.invert
    return simple(
        fresh(given._storage.dtype.array(map(turned, flat(given))), given._size, given.dtype)
    )
