"""The inner loops of matrix products, in the order in which torch adds.

An element of a product is a sum of `k` terms, and floating-point sums depend on their
order. torch leaves the work to MKL, which has several loops; shapes and strides choose
one. Which of them adds in which order was found by experiment, with numbers so large that
they swallow every 1 added before they cancel: what remains tells which terms were added
together first.

- Large products of float32 (4 rows, 12 columns or more) add term after term, each product
  fused with its addition and rounded once; from 193 terms on they are cut into blocks.
- Small products round the product and then the sum. Where memory lies along the rows of
  the right factor they, too, add term after term. Where it lies along the terms, as in
  `x @ w.t()` or a matrix times a vector, they add in the lanes of a register of 16 bytes.

Integers are exact in any order. Halves are computed in float32. Large products of float64
round twice here, so that their last bit may differ from torch's.
"""

from __future__ import annotations

import functools
import math
from array import array
from collections.abc import Callable, Sequence
from functools import partial
from itertools import repeat
from operator import add, mul
from typing import NamedTuple

from ..dtypes import FLOATING, dtype, packing, rounded
from ..kernels import kernel

FUSED_ROWS, FUSED_COLUMNS, BLOCK = 4, 12, 192
LANES = {"f": 4, "d": 2}  # numbers in a register of 16 bytes
FEW = 6  # sums that are added faster one by one
NATIVE = 400  # multiplications in one of several small matrices

Row = Sequence[float]
# order(factors, vectors, sums): sums plus each vector times its factor
Order = Callable[[Row, list, Row], Row]


class Layout(NamedTuple):
    """How a factor lies in memory: all that the order of additions depends on."""

    rows: int
    columns: int
    by_columns: bool  # neighbours in memory are neighbours in a column
    start: int  # the place of the first element, counted from an aligned address
    lead: int  # from one row (or column) in memory to the next


class Matrix(NamedTuple):
    """One factor: numbers, and how far apart in them the neighbours are."""

    numbers: array
    rows: int
    columns: int
    down: int  # from one row to the next
    along: int  # from one column to the next

    def row(self, at: int) -> array:
        """Return one row."""
        first, along = at * self.down, self.along
        return self.numbers[first : first + (self.columns - 1) * along + 1 : along]

    def column(self, at: int) -> array:
        """Return one column."""
        first, down = at * self.along, self.down
        return self.numbers[first : first + (self.rows - 1) * down + 1 : down]

    def times(self, factor: float) -> Matrix:
        """Return the matrix times a number."""
        return self._replace(numbers=times(factor, self.numbers, self.numbers.typecode))

    def turned(self) -> Matrix:
        """Return the transpose."""
        return Matrix(self.numbers, self.columns, self.rows, self.along, self.down)


class Plan(NamedTuple):
    """In which order the elements of a product add: rows of a class alike, by columns."""

    classes: list[list[tuple[int, int, Order]]]  # row `i` is of class `i % len(classes)`:
    # for the columns from, to, there is an order
    from_start: bool  # whether sums start from what is added, or end with it
    scaled: str = "sums"  # what is multiplied by alpha: "left", "right", "sums"
    in_turn: bool = False  # whether all elements add their terms one after the other
    turned: bool = False  # whether it is for the transposes: (A B).T is B.T A.T


@kernel
def dotted(a: array, b: array, dtype: dtype) -> array:
    """Return the one sum of the products of two vectors' elements."""
    kind = typecode(dtype)
    if kind is None:
        return dtype.array([sum(map(mul, a, b))])
    return dtype.array([in_four_registers(array(kind, map(mul, a, b)))])


def in_four_registers(terms: array) -> float:
    """Add terms in four registers at once; what does not fill four goes to the first ones."""
    kind, wide = terms.typecode, LANES[terms.typecode]
    whole, vectors = len(terms) // (4 * wide) * 4 * wide, len(terms) // wide * wide
    sums = [zeros(kind, wide) for _ in range(4)]
    for at in range(0, vectors, wide):
        which = at // wide % (4 if at < whole else 2 if kind == "f" else 1)
        sums[which] = added(sums[which], terms[at : at + wide])
    for term in terms[vectors:]:
        sums[0][0] += term  # rounded as it is stored
    total = sums[0]
    for other in sums[1:]:
        total = added(total, other)
    while len(total) > 1:
        half = len(total) // 2
        total = added(total[:half], total[half:])
    return total[0]


@kernel
def products(
    a: array,
    b: array,
    left: Layout,
    right: Layout,
    steps: tuple[int, int] | None,
    dtype: dtype,
    start: array | None = None,
    alpha: float = 1,
    vector: bool = False,
) -> array:
    """Return the products of two rows of matrices, one after the other, row-major.

    Args:
        a: the numbers of all left factors, each row-major.
        b: the numbers of all right factors.
        left: how the first left factor lies in memory.
        right: how the first right factor lies in memory.
        steps: from one left factor in memory to the next, and from one right factor; None
            where there is only one of each.
        dtype: of factors and results.
        start: what is added to the products.
        alpha: a factor of the products.
        vector: whether the right factor is a vector, not a matrix of one column.
    """
    m, k, n = left.rows, left.columns, right.columns
    found = array(dtype.typecode)
    if not m * k * n:
        return found
    if steps is None:
        return multiplied(a, b, (left, right), 0, dtype, start, alpha, single=True, vector=vector)
    for at in range(len(a) // (m * k)):
        lie = (
            left._replace(start=left.start + at * steps[0]),
            right._replace(start=right.start + at * steps[1]),
        )
        one, two = a[at * m * k : (at + 1) * m * k], b[at * k * n : (at + 1) * k * n]
        given = None if start is None else start[at * m * n : (at + 1) * m * n]
        found.extend(multiplied(one, two, lie, at * m * n, dtype, given, alpha))
    return found


def multiplied(
    a: array,
    b: array,
    lie: tuple[Layout, Layout],
    place: int,
    dtype: dtype,
    start: array | None,
    alpha: float,
    *,
    single: bool = False,
    vector: bool = False,
) -> array:
    """Return the product of two matrices.

    Args:
        a: the left factor, row-major.
        b: the right factor, row-major.
        lie: how both lie in memory.
        place: where the result will lie, counted from an aligned address.
        dtype: of factors and result.
        start: what is added.
        alpha: a factor of the product.
        single: whether it is no part of a batch.
        vector: whether the right factor is a vector.
    """
    kind = typecode(dtype)
    plan = planned(*lie, kind, single, vector, place)
    m, k, n = lie[0].rows, lie[0].columns, lie[1].columns
    left, right = Matrix(a, m, k, k, 1), Matrix(b, k, n, n, 1)
    if plan.turned:
        left, right = right.turned(), left.turned()
    if start is not None and plan.from_start:
        sums = start[:]
    elif k == 1 and min(m, n) > 1 and single and dtype.itemsize >= 4 and kind is not None:
        sums = array(kind, [-0.0]) * (m * n)  # a single product keeps its sign, even of zero
    else:
        sums = [0] * (m * n) if kind is None else array(kind, [0]) * (m * n)
    if alpha != 1 and plan.scaled == "left":
        left = left.times(alpha)
    elif alpha != 1 and plan.scaled == "right":
        right = right.times(alpha)
    sums = computed(plan, left, right, sums)
    if alpha != 1 and plan.scaled == "sums":
        sums = scaled(alpha, sums, kind)
    if start is not None and not plan.from_start:
        sums = list(map(add, sums, start))
    exact = type(sums) is array and dtype.itemsize == sums.itemsize
    return sums if exact else dtype.array(sums)


def typecode(dtype: dtype) -> str | None:
    """Return the type sums are rounded to; None for integers, which are not rounded."""
    if dtype.category != FLOATING:
        return None
    return "f" if dtype.itemsize == 2 else dtype.typecode


@functools.lru_cache(maxsize=1024)
def planned(
    left: Layout, right: Layout, kind: str | None, single: bool, vector: bool, place: int
) -> Plan:
    """Choose an order of addition, once for all products that are alike.

    Args:
        left: how the left factor lies in memory.
        right: how the right factor does.
        kind: what sums are rounded to.
        single: whether there is one product; torch has a loop of its own for several small ones.
        vector: whether the right factor is a vector.
        place: where the result lies, counted from an aligned address.
    """
    m, k, n = left.rows, left.columns, right.columns
    simple = Plan([[(0, n, partial(in_turn, kind))]], True, "left", kind is not None)
    if kind is None or (not single and m * k * n < NATIVE):
        return simple._replace(from_start=False, scaled="sums")
    if m >= FUSED_ROWS and n >= FUSED_COLUMNS:
        order = fused if kind == "f" else partial(in_turn, kind)
        return Plan([[(0, n, order)]], False, "right")
    if n == 1 and (vector or m != 1) and not left.by_columns:
        return by_vector(m, left, kind, right.start)._replace(turned=True)
    if m == 1 != n and right.by_columns:
        return by_vector(n, right, kind, left.start)
    if m == 1 or n == 1 or (right.by_columns and left.by_columns):
        return simple
    if right.by_columns:
        return along_terms(left, n, kind)
    return simple if k < 8 else aligned(n, place, kind)


def by_vector(n: int, matrix: Layout, kind: str, start: int) -> Plan:
    """Plan a row vector times a matrix of `n` columns, which lie in memory.

    Four columns are added at once, from where the last of them is aligned; those that are
    left over from where the vector is.
    """
    wide = LANES[kind]
    four = n - n % 4
    last = wide - (matrix.start + 3 * matrix.lead) % wide
    together = partial(in_lanes, kind, last, 1)
    alone = partial(in_lanes, kind, wide - start % wide, 8 // wide)
    return Plan([parted((0, four, together), (four, n, alone))], False)


def along_terms(left: Layout, n: int, kind: str) -> Plan:
    """Plan to add in lanes: four columns at once, then those that are left over."""
    wide, four = LANES[kind], n - n % 4
    classes = []
    for at in range(wide // math.gcd(left.lead, wide)):
        head = -(left.start + at * left.lead) % wide
        together, alone = (partial(in_lanes, kind, head, r) for r in (1, 8 // wide))
        classes.append(parted((0, four, together), (four, n, alone)))
    return Plan(classes, False)


def aligned(n: int, place: int, kind: str) -> Plan:
    """Plan to add in turn, but by halves the columns before an aligned address."""
    wide = LANES[kind]
    halves, turn = partial(in_halves, kind), partial(in_turn, kind)
    classes = []
    for at in range(wide // math.gcd(n, wide)):
        few = -(place + at * n) % wide
        few = few if n - few >= wide else 0
        classes.append(parted((0, few, halves), (few, n, turn)))
    return Plan(classes, True, "left")


def parted(*parts: tuple[int, int, Order]) -> list[tuple[int, int, Order]]:
    """Return the parts of a row that have columns."""
    return [part for part in parts if part[0] < part[1]]


def computed(plan: Plan, left: Matrix, right: Matrix, sums: Row) -> Row:
    """Add the product to `sums` along its longer side, many elements at once; return them."""
    m, k, n = left.rows, left.columns, right.columns
    if plan.in_turn and m * n <= FEW:
        for at in range(m * n):
            terms = list(map(mul, left.row(at // n), right.column(at % n)))
            sums[at] = in_sequence(sums[at], rounded(sums.typecode, terms))
        return sums
    step = len(plan.classes)
    if m > n * step:
        for at, parts in enumerate(plan.classes):
            columns = [left.column(q)[at::step].tolist() for q in range(k)]
            for start, stop, order in parts:
                for j in range(start, stop):
                    where = slice(at * n + j, None, step * n)
                    sums[where] = order(right.column(j), columns, sums[where])
        return sums
    rows = [right.row(q).tolist() for q in range(k)]
    cuts = {(0, n): rows}
    for i in range(m):
        for start, stop, order in plan.classes[i % step]:
            if (start, stop) not in cuts:
                cuts[start, stop] = [row[start:stop] for row in rows]
            where = slice(i * n + start, i * n + stop)
            sums[where] = order(left.row(i), cuts[start, stop], sums[where])
    return sums


def fused(row: Row, vectors: list, sums: array) -> array:
    """Add in turn, rounding once for a product and its addition, block by block."""
    k = len(row)
    block = k if k <= BLOCK else min(k // 2, BLOCK)
    store = packing("f", len(sums))  # as `rounded` does, which a call each would make slower
    total = None
    for at in range(0, k, block):
        part = sums
        for x, vector in zip(row[at : at + block], vectors[at : at + block], strict=True):
            part = array("f", store(*[x * y + s for y, s in zip(vector, part)]))  # noqa: B905 - speed
        total = part if total is None else added(total, part)
    return total


def in_turn(kind: str | None, row: Row, vectors: list, sums: Row) -> Row:
    """Add term after term, rounding the product and the sum."""
    if kind == "f" and len(sums) <= FEW:
        terms = rounded(
            "f", [x * y for x, vector in zip(row, vectors, strict=True) for y in vector]
        )
        wide = len(sums)
        return array("f", [in_sequence(sums[at], terms[at::wide]) for at in range(wide)])
    if kind == "f":
        for x, vector in zip(row, vectors, strict=True):
            sums = added(sums, times(x, vector, kind))
        return sums
    for x, vector in zip(row, vectors, strict=True):
        sums = [x * y + s for y, s in zip(vector, sums)]  # noqa: B905 - speed
    return sums if kind is None else rounded(kind, sums)


def in_sequence(start: float, terms: array) -> float:
    """Add one term after the other to a number, rounding each sum."""
    sums = array(terms.typecode, [start])
    sums.extend(map(add, terms, sums))  # each sum is read again, rounded, once it is stored
    return sums[-1]


def in_halves(kind: str, row: Row, vectors: list, sums: array) -> array:
    """Add eight terms as four in turn and the sum of the other four; what is left in turn."""
    whole = len(row) // 8 * 8
    for q in range(0, whole, 8):
        sums = in_turn(kind, row[q : q + 4], vectors[q : q + 4], sums)
        second = times(row[q + 4], vectors[q + 4], kind)
        sums = added(sums, in_turn(kind, row[q + 5 : q + 8], vectors[q + 5 : q + 8], second))
    return in_turn(kind, row[whole:], vectors[whole:], sums)


def in_lanes(kind: str, head: int, registers: int, row: Row, vectors: list, sums: array) -> array:
    """Add in lanes: each lane of a register adds every so many terms, then lanes are added.

    Args:
        kind: what is rounded to.
        head: how many terms come before an aligned address; lane 0 begins with their sum.
        registers: how many are filled in turn.
        row: a factor for each term.
        vectors: what it is multiplied by: numbers of as many sums.
        sums: zeros.
    """
    wide = LANES[kind]
    step = wide * registers
    head = min(head, len(row))
    stop = head + (len(row) - head) // step * step
    lane: list[array | None] = [None] * step  # None: still zeros
    for at in range(stop):
        which = max(at - head, 0) % step
        lane[which] = one_more(lane[which], row[at], vectors[at], kind)
    while len(lane) > wide:
        pairs = range(0, len(lane), 2 * wide)
        lane = [merged(lane[p + i], lane[p + wide + i]) for p in pairs for i in range(wide)]
    while len(lane) > 1:
        half = len(lane) // 2
        lane = list(map(merged, lane[:half], lane[half:]))
    total = lane[0]
    for at in range(stop, len(row)):
        total = one_more(total, row[at], vectors[at], kind)
    return sums if total is None else total


def one_more(sums: array | None, x: float, vector: Row, kind: str) -> array:
    """Return sums plus a number times each of a vector's; without sums, plus 0, which is no -0."""
    if sums is None:
        return rounded(kind, [x * y + 0.0 for y in vector])
    return added(sums, times(x, vector, kind))


def merged(a: array | None, b: array | None) -> array | None:
    """Return the sums of two lanes; None stands for zeros."""
    if a is None or b is None:
        return b if a is None else a
    return added(a, b)


def times(x: float, vector: Row, kind: str) -> array:
    """Return a number times each of a vector's."""
    return rounded(kind, list(map(mul, repeat(x), vector)))


def scaled(x: float, vector: Row, kind: str | None) -> Row:
    """Return a number times each of a vector's; of integers, a list."""
    return list(map(mul, repeat(x), vector)) if kind is None else times(x, vector, kind)


def added(a: array, b: array) -> array:
    """Return the sums of two arrays; storing rounds them."""
    return rounded(a.typecode, list(map(add, a, b)))


def zeros(kind: str, length: int) -> array:
    """Return an array of zeros."""
    return array(kind, [0]) * length
