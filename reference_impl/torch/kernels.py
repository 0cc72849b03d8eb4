"""Loops over numbers: the only file written for speed, and the only one that knows meta.

A kernel takes flat arrays and gives a flat array. Where one of its arguments is ABSENT,
the numbers of a meta tensor, so is its result, and no loop runs: `@kernel` sees to that.

Python raises where torch gives inf or nan: kernels run a fast `map` in a `try`, and after
an error once more, slowly, with the value that torch gives.
"""

from __future__ import annotations

import functools
import math
from array import array
from collections.abc import Callable, Iterable, Sequence

from .dtypes import BOOL, FLOATING, dtype
from .shapes import contiguous_stride, is_contiguous
from .storage import ABSENT, Absent

Numbers = array | Absent
Otherwise = float | Callable[..., float]


def kernel(compute: Callable) -> Callable:
    """Let a kernel answer ABSENT where an argument, or an item of a first list, is ABSENT."""

    @functools.wraps(compute)
    def run(*args: object, **options: object) -> Numbers:
        if ABSENT in args or (type(args[0]) is list and ABSENT in args[0]):
            return ABSENT
        return compute(*args, **options)

    return run


def made(meta: bool, dtype: dtype, values: Callable[[], Iterable[float]]) -> Numbers:
    """Return new numbers, or ABSENT, without calling `values`, on the meta device."""
    return ABSENT if meta else dtype.array(values())


def filled(meta: bool, dtype: dtype, length: int, value: float) -> Numbers:
    """Return one number `length` times."""
    return ABSENT if meta else dtype.array([value]) * length


def places(size: Sequence[int], stride: Sequence[int], offset: int) -> list[int]:
    """Return the place of each element in row-major order."""
    found = [offset]
    for n, s in zip(size, stride, strict=True):
        if n != 1:
            steps = range(0, n * s, s) if s else (0,) * n
            found = [at + step for at in found for step in steps]
    return found


def gather(numbers: Numbers, size: Sequence[int], stride: Sequence[int], offset: int) -> Numbers:
    """Return the elements of a view in row-major order: the storage itself if that is all."""
    if numbers is ABSENT:
        return ABSENT
    length = math.prod(size)
    if length <= 1 or tuple(stride) == contiguous_stride(size) or is_contiguous(size, stride):
        if offset == 0 and len(numbers) == length:
            return numbers
        return numbers[offset : offset + length]
    *outer, n = size
    *steps, s = stride
    starts = places(outer, steps, offset)
    if n >= 8 and s:
        found = array(numbers.typecode)
        reach = (n - 1) * s + 1
        for at in starts:
            found.extend(numbers[at : at + reach : s])
        return found
    if n >= 8:
        found = array(numbers.typecode)
        for at in starts:
            found.extend(numbers[at : at + 1] * n)
        return found
    return array(numbers.typecode, [numbers[i] for i in places(size, stride, offset)])


@kernel
def first(numbers: array) -> float:
    """Return the first number."""
    return numbers[0]


@kernel
def copied(numbers: array) -> array:
    """Return the same numbers in memory of their own."""
    return numbers[:]


@kernel
def put(
    numbers: array, size: Sequence[int], stride: Sequence[int], offset: int, values: array
) -> None:
    """Write elements given in row-major order to their places in `numbers`."""
    if tuple(stride) == contiguous_stride(size):
        numbers[offset : offset + len(values)] = values
        return
    for at, value in zip(places(size, stride, offset), values, strict=True):
        numbers[at] = value


def convert(numbers: Numbers, source: dtype, target: dtype) -> Numbers:
    """Return numbers as another type: towards zero, wrapped, or as truth values."""
    if source is target or numbers is ABSENT:
        return numbers
    if target.category == BOOL:
        return array("B", [v != 0 for v in numbers])
    if source.category == FLOATING and target.category != FLOATING:
        return target.array([truncated(v, target) for v in numbers])
    return target.array(numbers)


def truncated(value: float, target: dtype) -> int:
    """Drop the fraction as x86 does: what no int64 (for int32: no int32) holds is its lowest."""
    lowest = -(2**31) if target.itemsize == 4 else -(2**63)
    return int(value) if lowest <= value < -lowest else lowest


def guarded(fn: Callable[..., float], overflow: Otherwise, invalid: Otherwise) -> Callable:
    """Return `fn` with torch's answers in place of Python's arithmetic errors."""

    def answer(*operands: float) -> float:
        try:
            found = fn(*operands)
        except OverflowError:
            found = overflow(*operands) if callable(overflow) else overflow
        except (ValueError, ZeroDivisionError):
            found = invalid(*operands) if callable(invalid) else invalid
        return math.nan if isinstance(found, complex) else found

    return answer


def mapped(
    rows: list[Numbers | Iterable[float]],
    fn: Callable[..., float],
    dtype: dtype,
    overflow: Otherwise = math.inf,
    invalid: Otherwise = math.nan,
) -> Numbers:
    """Apply `fn` place by place.

    Args:
        rows: arrays of one length, and `repeat` of a number that is the same at every place.
        fn: of as many numbers.
        dtype: of the result.
        overflow: where `fn` raises OverflowError: a number, or a function of the operands.
        invalid: where it raises ValueError or ZeroDivisionError.
    """
    if ABSENT in rows:
        return ABSENT
    try:
        return dtype.array(list(map(fn, *rows)))
    except (ArithmeticError, ValueError, TypeError):  # TypeError: a complex power
        return dtype.array(list(map(guarded(fn, overflow, invalid), *rows)))


@kernel
def added_up(
    numbers: array,
    length: int,
    size: Sequence[int],
    stride: Sequence[int],
    offset: int,
    dtype: dtype,
) -> array:
    """Return a storage of `length` zeros with elements added at their places."""
    total = [0.0 if dtype.is_floating_point else 0] * length
    for at, value in zip(places(size, stride, offset), numbers, strict=True):
        total[at] += value
    return dtype.array(total)


@kernel
def interleaved(parts: list[array], rows: int) -> array:
    """Return arrays that consist of `rows` equal rows each, joined row by row."""
    found = array(parts[0].typecode)
    if rows == 1:
        for part in parts:
            found.extend(part)
        return found
    cuts = [(part, len(part) // max(rows, 1)) for part in parts]
    for row in range(rows):
        for part, width in cuts:
            found.extend(part[row * width : (row + 1) * width])
    return found
