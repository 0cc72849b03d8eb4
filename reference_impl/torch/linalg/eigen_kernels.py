"""Eigenvalues and singular values, by rotations that chase away what is off the diagonal.

A symmetric matrix is first made tridiagonal by mirrors, any matrix bidiagonal; then implicit
QR (or QL) steps shrink what is beside the diagonal. The signs of vectors are arbitrary:
to have torch's, the steps are LAPACK's, in LAPACK's order. Everything is float64.
(LAPACK's ssytd2, ssteqr, slaev2, sgebd2, sbdsqr, slasv2)
"""

from __future__ import annotations

import math

from .factor_kernels import mirror, reflected

SAFE = 2.0**-126
Square = list[list[float]]


def rotation(f: float, g: float) -> tuple[float, float, float]:
    """Return the cosine and sine that turn `(f, g)` to `(r, 0)`, and r (slartg).

    The sign is LAPACK's of old, which torch's library keeps: r is positive unless f is the
    larger and negative.
    """
    if g == 0:
        return 1.0, 0.0, f
    if f == 0:
        return 0.0, 1.0, g
    r = math.hypot(f, g)
    if abs(f) > abs(g) and f < 0:
        r = -r
    return f / r, g / r, r


def turn_columns(matrix: Square, i: int, j: int, c: float, s: float) -> None:
    """Rotate two columns, in place."""
    for row in matrix:
        row[i], row[j] = c * row[i] + s * row[j], c * row[j] - s * row[i]


def turn_rows(matrix: Square, i: int, j: int, c: float, s: float) -> None:
    """Rotate two rows, in place."""
    first, second = matrix[i], matrix[j]
    matrix[i] = [c * x + s * y for x, y in zip(first, second, strict=True)]
    matrix[j] = [c * y - s * x for x, y in zip(first, second, strict=True)]


def tridiagonal(matrix: Square, lower: bool) -> tuple[list[float], list[float], list]:
    """Make a symmetric matrix tridiagonal by mirrors from both sides.

    Returns:
        The diagonal, what is beside it, and the mirrors with the rows they act on.
    """
    a = [list(row) for row in matrix]
    n = len(a)
    mirrors = []
    for k in range(n - 1) if lower else range(n - 1, 0, -1):
        if lower:
            rows = list(range(k + 1, n))
            column = k
        else:
            rows = list(range(k - 1, -1, -1))
            column = k
        normal, factor, image = reflected([a[i][column] for i in rows])
        mirrors.append((rows, normal, factor))
        a[rows[0]][column] = a[column][rows[0]] = image
        # A - v w.T - w v.T is the matrix, mirrored from both sides
        p = [factor * sum(a[i][j] * x for j, x in zip(rows, normal, strict=True)) for i in rows]
        half = factor / 2 * sum(x * y for x, y in zip(p, normal, strict=True))
        w = [y - half * x for x, y in zip(normal, p, strict=True)]
        for i, x, y in zip(rows, normal, w, strict=True):
            for j, u, v in zip(rows, normal, w, strict=True):
                a[i][j] -= x * v + y * u
    diagonal = [a[i][i] for i in range(n)]
    return diagonal, [a[i + 1][i] for i in range(n - 1)], mirrors


def symmetric(matrix: Square, lower: bool, eps: float) -> tuple[list[float], Square]:
    """Return the eigenvalues of a symmetric matrix, ascending, and its eigenvectors as columns."""
    n = len(matrix)
    whole = [
        [row[j] if (j <= i) == lower or i == j else matrix[j][i] for j in range(n)]
        for i, row in enumerate(matrix)
    ]
    d, e, mirrors = tridiagonal(whole, lower)
    z = [[float(i == j) for j in range(n)] for i in range(n)]
    start = 0
    while start < n:
        stop = start
        while (
            stop < n - 1
            and abs(e[stop]) > math.sqrt(abs(d[stop])) * math.sqrt(abs(d[stop + 1])) * eps
        ):
            stop += 1
        if stop < n - 1:
            e[stop] = 0.0
        if stop > start:
            diagonalize(d, e, z, start, stop, eps)
        start = stop + 1
    for i in range(n - 1):  # selection sort, as LAPACK exchanges vectors
        k = min(range(i, n), key=lambda j: d[j])
        if d[k] < d[i]:
            d[i], d[k] = d[k], d[i]
            for row in z:
                row[i], row[k] = row[k], row[i]
    for rows, normal, factor in reversed(mirrors):
        part = [z[i] for i in rows]
        mirror(part, normal, factor, 0)
    return d, z


def diagonalize(
    d: list[float], e: list[float], z: Square, start: int, stop: int, eps: float
) -> None:
    """Diagonalize an unreduced block, from the end whose number is smaller (ssteqr)."""
    down = abs(d[stop]) >= abs(d[start])  # QL works at the top, QR at the bottom
    step = 1 if down else -1
    at, end = (start, stop) if down else (stop, start)

    def beside(i: int) -> int:
        return i if down else i - 1

    while (at <= end) if down else (at >= end):
        m = at
        while m != end:
            small = eps * eps * abs(d[m]) * abs(d[m + step]) + SAFE
            if e[beside(m)] ** 2 <= small:
                break
            m += step
        if m != end:
            e[beside(m)] = 0.0
        if m == at:
            at += step
            continue
        if m == at + step:
            i, j = min(at, m), max(at, m)
            large, little, c, s = two_by_two(d[i], e[i], d[j])
            # columns (i, j) turn as slasr does with one rotation
            for row in z:
                x, y = row[i], row[j]
                row[i], row[j] = s * y + c * x, c * y - s * x
            d[i], d[j] = large, little
            e[i] = 0.0
            at += 2 * step
            continue
        chase(d, e, z, at, m, step)


def two_by_two(a: float, b: float, c: float) -> tuple[float, float, float, float]:
    """Return a symmetric matrix's eigenvalues, larger first, and the vector of that (slaev2)."""
    total, difference = a + c, a - c
    gap, twice = abs(difference), 2 * abs(b)
    larger, smaller = (a, c) if abs(a) > abs(c) else (c, a)
    root = math.hypot(gap, twice)
    if total < 0:
        first, sign = (total - root) / 2, -1
        second = larger / first * smaller - b / first * b
    elif total > 0:
        first, sign = (total + root) / 2, 1
        second = larger / first * smaller - b / first * b
    else:
        first, second, sign = root / 2, -root / 2, 1
    same = 1 if difference >= 0 else -1
    cs = difference + same * root
    if abs(cs) > twice:
        ratio = -2 * b / cs
        s = 1 / math.sqrt(1 + ratio * ratio)
        c = ratio * s
    elif twice == 0:
        c, s = 1.0, 0.0
    else:
        ratio = -cs / (2 * b)
        c = 1 / math.sqrt(1 + ratio * ratio)
        s = ratio * c
    if sign == same:
        c, s = -s, c
    return first, second, c, s


def chase(d: list[float], e: list[float], z: Square, at: int, m: int, step: int) -> None:
    """Take one implicit step: a shift, and rotations from `m` back to `at`."""

    def beside(i: int) -> int:
        return i if step == 1 else i - 1

    p = d[at]
    g = (d[at + step] - p) / (2 * e[beside(at)])
    r = math.hypot(g, 1.0)
    g = d[m] - p + e[beside(at)] / (g + math.copysign(r, g))
    s, c, p = 1.0, 1.0, 0.0
    rotations = []
    for i in range(m - step, at - step, -step):
        f, b = s * e[beside(i)], c * e[beside(i)]
        c, s, r = rotation(g, f)
        if i != m - step:
            e[beside(i + step)] = r
        g = d[i + step] - p
        r = (d[i] - g) * s + 2 * c * b
        p = s * r
        d[i + step] = g + p
        g = c * r - b
        rotations.append((i, c, s))
    for i, c, s in rotations:
        near, far = i, i + step
        if step == 1:
            turn_columns(z, near, far, c, -s)
        else:
            turn_columns(z, far, near, c, s)
    d[at] -= p
    e[beside(at)] = g
