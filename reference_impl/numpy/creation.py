"""New arrays: from nested lists, filled with a number, as ranges."""

from __future__ import annotations

import math
import operator
import warnings
from typing import Any

from .arrays import fresh, ndarray
from .dtypes import dtype, find, promote
from .numbers import generic

__all__ = [
    "arange",
    "array",
    "asanyarray",
    "asarray",
    "ascontiguousarray",
    "empty",
    "empty_like",
    "eye",
    "full",
    "full_like",
    "identity",
    "linspace",
    "ones",
    "ones_like",
    "zeros",
    "zeros_like",
]

NO_COPY = (
    "__array__ implementation doesn't accept a copy keyword, so passing copy=False failed. "
    "__array__ must implement 'dtype' and 'copy' keyword arguments. To learn more, see the "
    "migration guide https://numpy.org/devdocs/numpy_2_0_migration_guide.html"
    "#adapting-to-changes-in-the-copy-keyword"
)
RAGGED = (
    "setting an array element with a sequence. The requested array has an inhomogeneous shape "
    "after {} dimensions. The detected shape was {} + inhomogeneous part."
)


def shaped(shape: Any) -> tuple[int, ...]:
    """Return a shape given as a number or a sequence.

    Raises:
        TypeError: for what is no whole number.
        ValueError: for a negative size.
    """
    try:
        size = tuple(map(operator.index, shape))
    except TypeError:
        if hasattr(shape, "__len__"):
            raise
        try:
            size = (operator.index(shape),)
        except TypeError:
            raise TypeError(
                f"expected a sequence of integers or a single integer, got {str(shape)!r}"
            ) from None
    if any(n < 0 for n in size):
        raise ValueError("negative dimensions are not allowed")
    return size


def is_sequence(value: Any) -> bool:
    """Tell what counts as a dimension."""
    return isinstance(value, (list, tuple, range)) or (isinstance(value, ndarray) and value.shape)


def measured(value: Any, ragged: bool = False) -> tuple[int, ...]:
    """Return the shape of nested sequences.

    Args:
        value: the outermost.
        ragged: whether sequences of different lengths may be elements.

    Raises:
        ValueError: if they have different lengths and may not.
    """
    if isinstance(value, ndarray):
        return value.shape
    if not is_sequence(value):
        return ()
    inner = [measured(part, ragged) for part in value]
    if inner and any(shape != inner[0] for shape in inner):
        common = 0
        while all(len(s) > common and s[common] == inner[0][common] for s in inner):
            common += 1
        shape = (len(inner), *inner[0][:common])
        if ragged:
            return shape
        raise ValueError(RAGGED.format(len(shape), shape))
    return (len(inner), *(inner[0] if inner else ()))


def numbers_of(value: Any, found: list, depth: int) -> None:
    """Add what nested sequences hold, so deep, to a list, in order."""
    if not depth:
        found.append(value.item() if isinstance(value, ndarray) and not value.shape else value)
    elif isinstance(value, ndarray) and value.ndim == depth:
        found.extend(map(value.dtype.type, value.ravel().tolist()))
    else:
        for part in value:
            numbers_of(part, found, depth - 1)


def array(
    object: Any, dtype: Any = None, *, copy: bool | None = True, order: str = "K", ndmin: int = 0
) -> ndarray:
    """Return a new array of nested sequences, a number, or another array.

    >>> import numpy as np
    >>> np.array([[1, 2], [3, 4.5]])
    array([[1. , 2. ],
           [3. , 4.5]])

    Args:
        object: what holds the numbers.
        dtype: the type; by default the smallest kind that holds all, floats as float64.
        copy: whether memory may be shared.
        order: of no effect.
        ndmin: how many dimensions there are at least.

    Raises:
        ValueError: for sequences of different lengths.
        NotImplementedError: for anything but numbers.
    """
    if hasattr(object, "untyped_storage"):
        if copy:
            warnings.warn(NO_COPY, DeprecationWarning, stacklevel=2)
        object = object.numpy()
    if isinstance(object, ndarray):
        made = object if dtype is None else object.astype(dtype, copy=False)
        made = made.copy() if copy and made is object else made
    else:
        made = of_numbers(object, None if dtype is None else find(dtype))
    return made.reshape((1,) * (ndmin - made.ndim) + made.shape) if ndmin > made.ndim else made


def of_numbers(value: Any, wanted: dtype | None) -> ndarray:
    """Return a new array of the numbers in nested sequences."""
    size = measured(value, ragged=wanted is not None and wanted.kind == "O")
    found: list = []
    numbers_of(value, found, len(size))
    kind = wanted or dtype.known["float64"]
    if wanted is None and found:
        kinds = [x.kept if isinstance(x, generic) else plain_kind(x) for x in found]
        kind = kinds[0]
        for other in dict.fromkeys(kinds):
            kind = promote(kind, other)
    return fresh(kind.held.array([converted(x, kind) for x in found]), size, kind)


def plain_kind(value: Any) -> dtype:
    """Return the type of one of Python's numbers, or of a tensor without dimensions."""
    if hasattr(value, "untyped_storage"):
        return find(value.dtype.name)
    if value is None or isinstance(value, (dict, set, frozenset)):
        return dtype.known["object"]
    if not isinstance(value, (int, float)):
        name = type(value).__name__
        raise NotImplementedError(f"numpy.array of {name} is not part of reference_impl")
    return find(type(value))


def converted(value: Any, kind: dtype) -> float:
    """Return one number as a type stores it.

    Raises:
        OverflowError: for a number that the type cannot hold.
    """
    if kind.kind == "O":
        return value
    plain = value.item() if hasattr(value, "item") else value
    if kind.kind == "b":
        return int(bool(plain))
    if kind.kind == "f":
        return float(plain)
    if isinstance(plain, float) and not math.isfinite(plain):
        what = "NaN" if plain != plain else "infinity"
        raise ValueError(f"cannot convert float {what} to integer")
    whole = int(plain)
    if not isinstance(value, generic) and not kind.held.low <= whole <= kind.held.high:
        if not -(2**63) <= whole < 2**63:
            raise OverflowError("Python int too large to convert to C long")
        raise OverflowError(f"Python integer {whole} out of bounds for {kind.name}")
    return whole


def asarray(
    a: Any, dtype: Any = None, order: str | None = None, *, copy: bool | None = None
) -> ndarray:
    """Return an array: itself if it is one of that type, and the memory of a tensor."""
    return array(a, dtype, copy=bool(copy))


asanyarray = ascontiguousarray = asarray


def full(shape: Any, fill_value: Any, dtype: Any = None, order: str = "C") -> ndarray:
    """Return a new array of one number, or of an array's numbers again and again.

    Raises:
        ValueError: for an array that does not broadcast to the shape.
    """
    size, wanted = shaped(shape), None if dtype is None else find(dtype)
    weak = dtype is not None and (wanted.kind == "O" or isinstance(fill_value, (int, str)))
    value = array(fill_value, wanted if weak else None)
    kind = wanted or value.dtype
    made = fresh(kind.held.array([0]) * math.prod(size), size, kind)
    made[...] = value
    return made


def zeros(shape: Any, dtype: Any = float, order: str = "C") -> ndarray:
    """Return a new array of zeros, of float64 unless told otherwise.

    >>> import numpy as np
    >>> np.zeros((2, 3))
    array([[0., 0., 0.],
           [0., 0., 0.]])
    """
    return full(shape, 0, find(dtype))


def ones(shape: Any, dtype: Any = float, order: str = "C") -> ndarray:
    """Return a new array of ones, of float64 unless told otherwise."""
    return full(shape, 1, find(dtype))


empty = zeros


def full_like(a: Any, fill_value: Any, dtype: Any = None) -> ndarray:
    """Return a new array of one number, with the shape and type of another."""
    like = asarray(a)
    return full(like.shape, fill_value, dtype or like.dtype)


def zeros_like(a: Any, dtype: Any = None) -> ndarray:
    """Return zeros with the shape and type of another array."""
    return full_like(a, 0, dtype)


def ones_like(a: Any, dtype: Any = None) -> ndarray:
    """Return ones with the shape and type of another array."""
    return full_like(a, 1, dtype)


empty_like = zeros_like


def eye(N: int, M: int | None = None, k: int = 0, dtype: Any = float) -> ndarray:
    """Return ones on a diagonal and zeros elsewhere."""
    columns = N if M is None else M
    kind = find(dtype)
    values = [int(j == i + k) for i in range(N) for j in range(columns)]
    return fresh(kind.held.array(values), (N, columns), kind)


def identity(n: int, dtype: Any = float) -> ndarray:
    """Return the matrix that changes nothing."""
    return eye(n, dtype=dtype)


def arange(*bounds: Any, dtype: Any = None, step: Any = None) -> ndarray:
    """Return numbers from `start` (0) up to, without, `stop` in steps (of 1).

    >>> import numpy as np
    >>> np.arange(3), np.arange(0, 1, 0.25)
    (array([0, 1, 2]), array([0.  , 0.25, 0.5 , 0.75]))
    """
    plain = [b.item() if hasattr(b, "item") else b for b in bounds]
    if len(plain) == 4:
        dtype = plain.pop()
    if not plain:
        raise TypeError("arange() requires stop to be specified.")
    start, stop = (0, plain[0]) if len(plain) == 1 else plain[:2]
    by = plain[2] if len(plain) > 2 else (1 if step is None else step)
    if by == 0:
        raise ZeroDivisionError("division by zero")
    kind = of_numbers([*bounds, by], None).dtype if dtype is None else find(dtype)
    count = max(0, math.ceil((stop - start) / by))
    second = start + by
    values = [start + i * (second - start) for i in range(count)]
    return fresh(kind.held.array(converted(v, kind) for v in values), (count,), kind)


def linspace(
    start: float, stop: float, num: int = 50, endpoint: bool = True, dtype: Any = None
) -> ndarray:
    """Return numbers at equal distances from `start` to `stop`.

    >>> import numpy as np
    >>> np.linspace(0, 1, 5)
    array([0.  , 0.25, 0.5 , 0.75, 1.  ])
    """
    parts = num - 1 if endpoint else num
    step = (stop - start) / parts if parts > 0 else math.nan
    values = [i * step + start for i in range(num)] if parts > 0 else [float(start)] * num
    if endpoint and num > 1:
        values[-1] = float(stop)
    kind = dtype and find(dtype)
    if kind and kind.kind != "f":
        values = [math.floor(v) for v in values]
    kind = kind or find(float)
    return fresh(kind.held.array(values), (num,), kind)
