"""In which order torch adds: the digits of a sum.

Floating-point addition rounds, so a sum depends on the order of its additions. Adding a million
numbers one after another loses digits, because a large total swallows small terms. torch adds in
cascade: blocks of 16 numbers, then blocks of such sums, on four levels. And it adds several numbers
at once, in the lanes of a vector register: eight float32 or four float64. Where a row of numbers is
long enough for that, lane k adds every eighth number, and the lanes are added in the end.

This chapter follows that order exactly, so that every bit of a sum is torch's. It knows arrays and
strides, not tensors. (The source is ATen's SumKernel.cpp and TensorIterator.cpp.)
"""

import functools
from array import array
from collections.abc import Callable, Sequence
from itertools import product
from operator import add
from typing import NamedTuple

from .dtypes import rounded

LEVELS = 4
LANES = {"f": 8, "d": 4}

# vectors(i, n): the vectors i, ..., i + n - 1 of a block, one after the other
Vectors = Callable[[int, int], array]


class Loop(NamedTuple):
    """One dimension to walk along: how often, and how far a step goes in source and result."""

    size: int
    source: int
    result: int


def sums(source: array, offset: int, loops: Sequence[Loop], results: int) -> array:
    """Add up elements of `source`, in torch's order.

    Args:
        source: Numbers of typecode `"f"` or `"d"`.
        offset: Where the first element stands.
        loops: The dimensions, from `reduction_loops`. Those that are summed over have result
            stride 0.
        results: How many sums there are.
    """
    if results == len(loops) == 1 and loops[0].source == 1:
        return row_sum(source, offset, loops[0].size)
    totals = zeros(source.typecode, results)
    if 0 in [loop.size for loop in loops]:
        return totals
    inner, outer, *rest = [*loops, Loop(1, 0, 0), Loop(1, 0, 0)][: max(2, len(loops))]
    if inner.result != 0 and outer.result == 0:
        inner, outer = outer, inner
    rest.reverse()  # `product` counts up its last range first, torch its first loop
    for steps in product(*[range(loop.size) for loop in rest]):
        first, target = offset, 0
        for step, loop in zip(steps, rest, strict=True):
            first += step * loop.source
            target += step * loop.result
        if inner.result != 0:  # nothing is summed here, torch adds each element to its own total
            for i in range(inner.size):
                part = strided(source, first + i * inner.source, outer.source, outer.size)
                store(totals, target + i * inner.result, outer.result, part)
        else:
            store(totals, target, outer.result, block(source, first, inner, outer))
    return totals


def block(source: array, first: int, inner: Loop, outer: Loop) -> array:
    """Return `outer.size` sums over `inner.size` elements each.

    Which of torch's four loops is taken depends on where neighbours lie: within a row, within a
    column, or nowhere.
    """
    lanes = LANES[source.typecode]

    def columns(start: int, stop: int) -> Vectors:
        def vectors(i: int, n: int) -> array:
            begin = first + start * outer.source
            rows = [
                strided(source, begin + k * inner.source, outer.source, stop - start)
                for k in range(i, i + n)
            ]
            return rows[0] if n == 1 else joined(rows)

        return vectors

    if inner.source == 1 and inner.size >= lanes:
        return within_rows(source, first, inner, outer)
    if outer.source == 1 and outer.size >= lanes:
        wide = outer.size - outer.size % (4 * lanes)
    elif inner.source < outer.source:
        wide = 0
    else:
        wide = outer.size - outer.size % 4
    straight = cascade(columns(0, wide), inner.size, source.typecode, wide)
    woven = interleaved(columns(wide, outer.size), inner.size, source.typecode, outer.size - wide)
    return straight + woven


def row_sum(source: array, first: int, size: int) -> array:
    """Return the sum of one contiguous row: by lanes, then what is left over, then the lanes.

    A row too short for the lanes is dealt number by number.
    """
    total, wide = array(source.typecode, [0]), LANES[source.typecode]
    if size < wide:
        wide = 1

    def vectors(i: int, n: int) -> array:
        return source[first + i * wide : first + (i + n) * wide]

    whole = size // wide
    by_lane = interleaved(vectors, whole, source.typecode, wide)
    for value in (*source[first + whole * wide : first + size], *by_lane):
        total[0] += value  # rounded as it is stored
    return total


def within_rows(source: array, first: int, inner: Loop, outer: Loop) -> array:
    """Return the sum of each contiguous row, added as `row_sum` does.

    Few rows are added one by one, many side by side: the order within a row is the same.
    """
    rows, typecode, lanes = outer.size, source.typecode, LANES[source.typecode]
    if rows < lanes:
        starts = [first + row * outer.source for row in range(rows)]
        return joined([row_sum(source, start, inner.size) for start in starts])

    def vectors(i: int, n: int) -> array:
        start, stop = first + i * lanes, first + (i + n) * lanes
        return joined([strided(source, k, outer.source, rows) for k in range(start, stop)])

    whole = inner.size // lanes
    by_lane = interleaved(vectors, whole, typecode, lanes * rows)
    total = zeros(typecode, rows)
    for k in range(whole * lanes, inner.size):
        total = added(total, strided(source, first + k, outer.source, rows))
    for lane in range(lanes):
        total = added(total, by_lane[lane * rows : (lane + 1) * rows])
    return total


def interleaved(vectors: Vectors, size: int, typecode: str, width: int) -> array:
    """Add `size` vectors in four cascades, as if dealt to four players, then the four sums."""
    dealt = size // 4
    if not dealt:
        return cascade(vectors, size, typecode, width)
    four = cascade(lambda i, n: vectors(4 * i, 4 * n), dealt, typecode, 4 * width)
    total, *others = [four[k * width : (k + 1) * width] for k in range(4)]
    for i in range(4 * dealt, size):
        total = added(total, vectors(i, 1))
    for other in others:
        total = added(total, other)
    return total


def cascade(vectors: Vectors, size: int, typecode: str, width: int) -> array:
    """Add `size` vectors in blocks: a full block is added to the next level and starts anew.

    With four levels and `size` vectors, rounding errors grow with the fourth root of `size`.
    """
    if not width or not size:
        return zeros(typecode, width)
    power = max(4, (size - 1).bit_length() // LEVELS)
    full = size >> power << power
    if not full:
        total = vectors(0, 1)
        for i in range(1, size):
            total = added(total, vectors(i, 1))
        return total
    nothing = zeros(typecode, width)
    levels = [nothing] * LEVELS
    for i in range(size):
        levels[0] = added(levels[0], vectors(i, 1))
        if i < full and (i + 1) % (1 << power) == 0:
            for level in range(1, LEVELS):
                levels[level] = added(levels[level], levels[level - 1])
                levels[level - 1] = nothing
                if (i + 1) >> (level * power) & ((1 << power) - 1):
                    break
    total, *others = levels
    for other in others:
        total = added(total, other)
    return total


@functools.lru_cache(maxsize=1024)
def reduction_loops(
    sizes: tuple[int, ...], strides: tuple[int, ...], dims: tuple[int, ...]
) -> list[Loop]:
    """Return the loops of a reduction over `dims`, innermost first: once for all that are alike.

    Dimensions that are reduced come first, then small strides before large ones; neighbours that
    lie behind each other in memory become one loop.

    Args:
        sizes: The tensor's sizes.
        strides: Its strides, in elements.
        dims: The dimensions to sum over, not negative.
    """
    kept = [d for d in range(len(sizes)) if d not in dims]
    step, results = 1, {}
    for d in reversed(kept):
        results[d] = step
        step *= max(1, sizes[d])
    order = [Loop(sizes[d], strides[d], results.get(d, 0)) for d in reversed(range(len(sizes)))]
    for i in range(1, len(order)):
        moving = i
        for before in reversed(range(i)):
            rank = compare(order[before], order[moving])
            if rank > 0:
                order[before], order[moving] = order[moving], order[before]
                moving = before
            elif rank < 0:
                break
    loops: list[Loop] = []
    for loop in order:
        last = loops[-1] if loops else None
        if last and 1 in (last.size, loop.size):
            loops[-1] = loop if last.size == 1 else last
        elif last and (last.size * last.source, last.size * last.result) == loop[1:]:
            loops[-1] = Loop(last.size * loop.size, last.source, last.result)
        else:
            loops.append(loop)
    return loops


def compare(inner: Loop, outer: Loop) -> int:
    """Return 1 if the loops should change places, -1 if they stand right, 0 if that is open."""
    if (inner.result == 0) != (outer.result == 0):
        return 1 if outer.result == 0 else -1
    for a, b in ((inner.result, outer.result), (inner.source, outer.source)):
        if a == 0 or b == 0:
            continue
        if a != b:
            return 1 if a > b else -1
        if inner.size > outer.size:
            return 1
    return 0


def zeros(typecode: str, size: int) -> array:
    """Return an array of zeros."""
    return array(typecode, [0]) * size


def added(a: array, b: array) -> array:
    """Return the sums of two arrays; storing rounds them."""
    return rounded(a.typecode, list(map(add, a, b)))


def strided(source: array, first: int, stride: int, size: int) -> array:
    """Return `size` elements, `stride` apart."""
    if stride == 0:
        return source[first : first + 1] * size
    return source[first : first + (size - 1) * stride + 1 : stride] if size else source[:0]


def joined(parts: list[array]) -> array:
    """Return the parts as one array."""
    whole = parts[0][:]
    for part in parts[1:]:
        whole.extend(part)
    return whole


def store(totals: array, first: int, stride: int, part: array) -> None:
    """Add each element of `part` to its total; with stride 0, all to the same one."""
    if stride == 0:
        for value in part:
            totals[first] += value
    else:
        place = slice(first, first + (len(part) - 1) * stride + 1, stride)
        totals[place] = added(totals[place], part)
