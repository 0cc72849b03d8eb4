"""Factors of matrices, number by number, with LAPACK's algorithms and LAPACK's signs.

Matrices are lists of rows; a row is an array, whose type is what results are rounded to.
Triangular factors and solutions follow the order of operations of small matrices in MKL,
found by experiment; orthogonal factors are computed in float64.
(Golub and Van Loan, Matrix Computations; LAPACK's sgetf2, spotf2, sgeqr2, ssteqr, sbdsqr)
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from operator import sub

from .matmul_kernels import added, times, zeros

TOGETHER = 8  # systems of fewer equations subtract sums as a whole

Rows = list[array]


def less(row: array, factor: float, other: array) -> array:
    """Return `row - factor * other`, rounding the product and the difference."""
    return array(row.typecode, list(map(sub, row, times(factor, other, row.typecode))))


def transposed(rows: Sequence[array], columns: int) -> Rows:
    """Return the columns as rows."""
    return [array(rows[0].typecode, [row[j] for row in rows]) for j in range(columns)]


def identity(size: int, kind: str) -> Rows:
    """Return the rows of an identity matrix."""
    rows = [zeros(kind, size) for _ in range(size)]
    for at, row in enumerate(rows):
        row[at] = 1
    return rows


def lu(matrix: Sequence[array]) -> tuple[Rows, list[int], int]:
    """Factor a matrix by elimination: rows in another order are a lower times an upper triangle.

    In each column the largest number is brought to the diagonal; a smaller one would make
    rounding errors large.

    Returns:
        Both triangles in one matrix; with which row each was exchanged, from 0; the number of
        the first zero on the diagonal, from 1, or 0.
    """
    rows = [row[:] for row in matrix]
    columns = len(rows[0]) if rows else 0
    kind = rows[0].typecode if rows else "d"
    exchanged, singular = [], 0
    for k in range(min(len(rows), columns)):
        best = max(range(k, len(rows)), key=lambda i: abs(rows[i][k]))
        exchanged.append(best)
        rows[k], rows[best] = rows[best], rows[k]
        pivot = rows[k][k]
        if pivot == 0:
            singular = singular or k + 1
            continue
        factors = array(kind, [row[k] for row in rows[k + 1 :]])
        if len(rows) <= 4 and k == len(rows) - 2:
            factors = array(kind, [v / pivot for v in factors])
        elif factors:
            factors = times(array(kind, [1 / pivot])[0], factors, kind)
        for row, factor in zip(rows[k + 1 :], factors, strict=True):
            row[k] = factor
            row[k + 1 :] = less(row[k + 1 :], factor, rows[k][k + 1 :])
    return rows, exchanged, singular


def permuted(exchanged: Sequence[int], size: int) -> list[int]:
    """Return the order of rows that exchanges lead to."""
    order = list(range(size))
    for k, best in enumerate(exchanged):
        order[k], order[best] = order[best], order[k]
    return order


def substitute(
    triangle: Sequence[array],
    right: Sequence[array],
    *,
    lower: bool,
    together: bool,
    unit: bool = False,
) -> Rows:
    """Solve `triangle @ X = right` row by row, from the one with a single unknown.

    Args:
        triangle: `(N, N)`, of which one triangle is read.
        right: `(N, K)`.
        lower: which triangle.
        together: subtract the sum of what is known as a whole, and multiply by a reciprocal;
            else subtract term by term, and divide.
        unit: take the diagonal for ones.
    """
    n = len(triangle)
    found = [row[:] for row in right]
    for i in range(n) if lower else reversed(range(n)):
        row, diagonal = found[i], triangle[i][i]
        others = range(i) if lower else range(n - 1, i, -1)
        kind = row.typecode
        if together:
            total = zeros(kind, len(row))
            for k in others:
                total = added(total, times(triangle[i][k], found[k], kind))
            row = array(kind, list(map(sub, row, total)))
        else:
            for k in others:
                row = less(row, triangle[i][k], found[k])
        if not unit and together:
            row = times(reciprocal(diagonal, kind), row, kind)
        elif not unit:
            row = array(kind, [divided(v, diagonal) for v in row])
        found[i] = row
    return found


def divided(a: float, b: float) -> float:
    """Return a quotient as floating-point numbers have it: by zero, infinity or nan."""
    if b:
        return a / b
    return math.nan if a == 0 or a != a else math.copysign(math.inf, a) * math.copysign(1, b)


def reciprocal(value: float, kind: str) -> float:
    """Return `1 / value`, rounded."""
    return array(kind, [divided(1.0, value)])[0]


def solved(matrix: Sequence[array], right: Sequence[array], nudge: float = 0) -> tuple[Rows, int]:
    """Solve `matrix @ X = right` by elimination.

    Args:
        matrix: square.
        right: as many rows.
        nudge: what to put in place of a zero on the diagonal.

    Returns:
        The solution, and the number of the first zero on the diagonal, or 0.
    """
    n = len(matrix)
    factors, exchanged, singular = lu(matrix)
    for i in range(n):
        factors[i][i] = factors[i][i] or nudge
    right = [right[i] for i in permuted(exchanged, n)]
    together = n < TOGETHER
    below = substitute(factors, right, lower=True, together=together, unit=True)
    return substitute(factors, below, lower=False, together=together), singular


def cholesky(matrix: Sequence[array]) -> tuple[Rows, int]:
    """Factor a positive-definite matrix as `L @ L.T`; only its lower triangle is read.

    Returns:
        L, and the order of the first minor that is not positive, or 0.
    """
    n = len(matrix)
    rows = [row[:] for row in matrix]
    kind = rows[0].typecode if rows else "d"
    for j in range(n):
        left = rows[j][:j]
        square = zeros(kind, 1)
        for x in left:
            square[0] += array(kind, [x * x])[0]
        square[0] = rows[j][j] - square[0]
        if not square[0] > 0:
            return rows, j + 1
        factor = array(kind, [1 / math.sqrt(square[0])])[0]
        rows[j][j] = math.sqrt(square[0])
        rows[j][j + 1 :] = zeros(kind, n - j - 1)
        for i in range(j + 1, n):
            total = zeros(kind, 1)
            for x, y in zip(rows[i][:j], left, strict=True):
                total[0] += array(kind, [x * y])[0]
            total[0] = rows[i][j] - total[0]
            rows[i][j] = total[0] * factor
    return rows, 0


def reflected(vector: Sequence[float]) -> tuple[list[float], float, float]:
    """Return the mirror that sends a vector to its first axis: its normal, factor, and image.

    The image has the sign that the first number has not, so that nothing cancels; that is
    where the minus signs in `R` come from. (LAPACK's slarfg)
    """
    first, rest = vector[0], vector[1:]
    away = math.sqrt(sum(x * x for x in rest))
    if away == 0:
        return [1.0, *rest], 0.0, first
    image = -math.copysign(math.hypot(first, away), first)
    factor = (image - first) / image
    return [1.0, *(x / (first - image) for x in rest)], factor, image


def mirror(rows: list[list[float]], normal: Sequence[float], factor: float, start: int) -> None:
    """Apply a mirror to rows, from column `start` on, in place."""
    if not factor or not rows:
        return
    for j in range(start, len(rows[0])):
        along = factor * sum(x * row[j] for x, row in zip(normal, rows, strict=True))
        for x, row in zip(normal, rows, strict=True):
            row[j] -= along * x


def qr(matrix: Sequence[Sequence[float]], width: int) -> tuple[list, list]:
    """Factor a matrix by mirrors, column by column, into orthonormal columns and a triangle.

    Args:
        matrix: `(M, N)`.
        width: how many columns the left factor shall have: `min(M, N)` or `M`.
    """
    rows = [list(row) for row in matrix]
    m, n = len(rows), len(rows[0]) if rows else 0
    mirrors = []
    for k in range(min(m, n)):
        normal, factor, image = reflected([row[k] for row in rows[k:]])
        mirrors.append((k, normal, factor))
        mirror(rows[k:], normal, factor, k + 1)
        rows[k][k] = image
        for row in rows[k + 1 :]:
            row[k] = 0.0
    q = [[float(i == j) for j in range(width)] for i in range(m)]
    for k, normal, factor in reversed(mirrors):
        mirror(q[k:], normal, factor, 0)
    return q, rows[:width]
