"""Singular values: mirrors make a matrix bidiagonal, implicit QR steps make it diagonal.

As with eigenvectors, the signs of singular vectors are arbitrary, and torch's come out of
LAPACK's steps, which are followed here. Everything is float64; `eps` is the precision of the
type, which decides when to stop. Vectors are the columns of `u` and `v`.
(LAPACK's sgesdd for small matrices: sgebd2, sbdsqr, slasv2, slas2)
"""

from __future__ import annotations

import math

from .eigen_kernels import Square, turn_columns, turn_rows
from .factor_kernels import mirror, reflected

Mirrors = list[tuple[int, list[float], float]]


def rotation(f: float, g: float) -> tuple[float, float, float]:
    """Return the cosine and sine that turn `(f, g)` to `(r, 0)`, and r, of f's sign (slartg).

    LAPACK changed this sign in version 3.10; torch's library has the new one here, and the old
    one for eigenvectors.
    """
    if g == 0:
        return 1.0, 0.0, f
    if f == 0:
        return 0.0, math.copysign(1.0, g), abs(g)
    r = math.copysign(math.hypot(f, g), f)
    return abs(f) / abs(r), g / r, r


def turned(matrix: Square) -> Square:
    """Return the transpose."""
    return [list(column) for column in zip(*matrix, strict=True)]


def identity(size: int) -> Square:
    """Return an identity matrix."""
    return [[float(i == j) for j in range(size)] for i in range(size)]


def padded(square: Square, height: int, width: int) -> Square:
    """Return a matrix with a square in its corner and ones on the rest of the diagonal."""
    k = len(square)
    return [
        [square[i][j] if i < k and j < k else float(i == j) for j in range(width)]
        for i in range(height)
    ]


def reflected_back(mirrors: Mirrors, matrix: Square) -> Square:
    """Apply mirrors, the last first, to a matrix."""
    for start, normal, factor in reversed(mirrors):
        mirror(matrix[start:], normal, factor, 0)
    return matrix


def triangular(matrix: Square) -> tuple[Mirrors, Square]:
    """Return the mirrors that make an `(M, N)` matrix, M >= N, a triangle, and the triangle."""
    a = [list(row) for row in matrix]
    n = len(a[0])
    mirrors = []
    for k in range(n):
        normal, factor, image = reflected([row[k] for row in a[k:]])
        mirrors.append((k, normal, factor))
        mirror(a[k:], normal, factor, k + 1)
        a[k][k] = image
        for row in a[k + 1 :]:
            row[k] = 0.0
    return mirrors, a[:n]


def bidiagonal(matrix: Square) -> tuple[list[float], list[float], Mirrors, Mirrors]:
    """Make an `(M, N)` matrix, M >= N, bidiagonal by mirrors from both sides.

    Returns:
        The diagonal, what is above it, the mirrors from the left and from the right.
    """
    a = [list(row) for row in matrix]
    n = len(a[0])
    d, e = [], []
    left: Mirrors = []
    right: Mirrors = []
    for k in range(n):
        normal, factor, image = reflected([row[k] for row in a[k:]])
        left.append((k, normal, factor))
        mirror(a[k:], normal, factor, k + 1)
        d.append(image)
        if k + 1 < n:
            normal, factor, image = reflected(a[k][k + 1 :])
            right.append((k + 1, normal, factor))
            for row in a[k + 1 :]:
                along = factor * sum(x * y for x, y in zip(normal, row[k + 1 :], strict=True))
                row[k + 1 :] = [y - along * x for x, y in zip(normal, row[k + 1 :], strict=True)]
            e.append(image)
    return d, e, left, right


def singular(matrix: Square, eps: float, full: bool) -> tuple[Square, list[float], Square]:
    """Return `u`, the singular values, largest first, and `v`: the matrix is `u @ diag @ v.T`.

    Args:
        matrix: `(M, N)`.
        eps: the precision of the type.
        full: whether `u` and `v` are square; else they have `min(M, N)` columns.
    """
    m, n = len(matrix), len(matrix[0])
    if m < n:
        v, s, u = tall(turned(matrix), eps, full, lower=True)
        return u, s, v
    return tall(matrix, eps, full, lower=False)


def tall(matrix: Square, eps: float, full: bool, lower: bool) -> tuple[Square, list[float], Square]:
    """Return what `singular` does, for at least as many rows as columns.

    Args:
        matrix: `(M, N)`.
        eps: the precision of the type.
        full: whether `u` is square.
        lower: whether it is the transpose that LAPACK sees.
    """
    m, n = len(matrix), len(matrix[0])
    width = m if full else n
    if m > n and m >= int(n * 1.5) and not lower:  # much taller than wide: a triangle first
        mirrors, triangle = triangular(matrix)
        u, s, v = tall(triangle, eps, False, lower=False)
        return reflected_back(mirrors, padded(u, m, width)), s, v
    d, e, left, right = bidiagonal(matrix)
    if lower:
        v, s, u = below(d, e, eps)
    else:
        u, s, v = above(d, e, eps)
    return reflected_back(left, padded(u, m, width)), s, reflected_back(right, v)


def below(d: list[float], e: list[float], eps: float) -> tuple[Square, list[float], Square]:
    """Decompose a lower bidiagonal matrix, after rotations make it an upper one (sbdsdc)."""
    turns = []
    for i in range(len(e)):
        c, s, r = rotation(d[i], e[i])
        d[i], e[i], d[i + 1] = r, s * d[i + 1], c * d[i + 1]
        turns.append((c, s))
    u, values, v = above(d, e, eps)
    for i, (c, s) in reversed(list(enumerate(turns))):
        turn_rows(u, i, i + 1, c, -s)
    return u, values, v


def above(d: list[float], e: list[float], eps: float) -> tuple[Square, list[float], Square]:
    """Decompose an upper bidiagonal matrix (sbdsqr)."""
    n = len(d)
    u, v = identity(n), identity(n)
    tol = max(10.0, min(100.0, eps**-0.125)) * eps
    threshold = tol * estimate(d, e)
    block = (-1, -1)
    forward = True
    m = n - 1
    while m > 0:
        start = m
        while start > 0:
            if abs(e[start - 1]) <= threshold:
                e[start - 1] = 0.0
                break
            start -= 1
        if start == m:
            m -= 1
            continue
        if start == m - 1:
            small, large, sr, cr, sl, cl = two_by_two(d[start], e[start], d[m], eps)
            d[start], e[start], d[m] = large, 0.0, small
            turn_columns(v, start, m, cr, sr)
            turn_columns(u, start, m, cl, sl)
            m -= 2
            continue
        if start > block[1] or m < block[0]:
            forward = abs(d[start]) >= abs(d[m])
        smallest = converged(d, e, start, m, forward, tol)
        if smallest is None:
            continue
        block = (start, m)
        largest = max(*map(abs, d[start : m + 1]), *map(abs, e[start:m]))
        shift = chosen_shift(d, e, start, m, forward, n * tol * (smallest / largest), tol, eps)
        sweep(d, e, u, v, start, m, forward, shift)
        end = m - 1 if forward else start
        if abs(e[end]) <= threshold:
            e[end] = 0.0
    for i in range(n):
        if d[i] < 0:
            d[i] = -d[i]
            for row in u if n == 1 else v:
                row[i] = -row[i]
    for last in range(n - 1, 0, -1):
        k = min(range(last + 1), key=lambda i: (d[i], -i))
        if k != last:
            d[k], d[last] = d[last], d[k]
            for matrix in (u, v):
                for row in matrix:
                    row[k], row[last] = row[last], row[k]
    return u, d, v


def estimate(d: list[float], e: list[float]) -> float:
    """Return a lower bound of the smallest singular value, over the root of the size."""
    found = mu = abs(d[0])
    for x, y in zip(d[1:], e, strict=True):
        if found == 0:
            break
        mu = abs(x) * (mu / (mu + abs(y)))
        found = min(found, mu)
    return found / math.sqrt(len(d))


def converged(
    d: list[float], e: list[float], start: int, m: int, forward: bool, tol: float
) -> float | None:
    """Set to zero what is small enough and return None; else a bound of the smallest value."""
    last, beside = (m, m - 1) if forward else (start, start)
    if abs(e[beside]) <= tol * abs(d[last]):
        e[beside] = 0.0
        return None
    found = mu = abs(d[start] if forward else d[m])
    for i in range(start, m) if forward else range(m - 1, start - 1, -1):
        if abs(e[i]) <= tol * mu:
            e[i] = 0.0
            return None
        mu = abs(d[i + 1] if forward else d[i]) * (mu / (mu + abs(e[i])))
        found = min(found, mu)
    return found


def chosen_shift(
    d: list[float],
    e: list[float],
    start: int,
    m: int,
    forward: bool,
    spread: float,
    tol: float,
    eps: float,
) -> float:
    """Return the smaller singular value of the last two by two, or 0 where that is as good."""
    if spread <= max(eps, 0.01 * tol):
        return 0.0
    far = abs(d[start] if forward else d[m])
    i = m - 1 if forward else start
    shift = smaller_of_two(d[i], e[i], d[i + 1])
    return 0.0 if far > 0 and (shift / far) ** 2 < eps else shift


def smaller_of_two(f: float, g: float, h: float) -> float:
    """Return the smaller singular value of `[[f, g], [0, h]]` (slas2)."""
    small, large, beside = *sorted((abs(f), abs(h))), abs(g)
    if small == 0:
        return 0.0
    if beside < large:
        total, gap, ratio = 1 + small / large, (large - small) / large, (beside / large) ** 2
        return small * (2 / (math.sqrt(total * total + ratio) + math.sqrt(gap * gap + ratio)))
    scale = large / beside
    if scale == 0:
        return small * large / beside
    total, gap = 1 + small / large, (large - small) / large
    root = math.sqrt(1 + (total * scale) ** 2) + math.sqrt(1 + (gap * scale) ** 2)
    return 2 * (small * (1 / root)) * scale


def sweep(
    d: list[float],
    e: list[float],
    u: Square,
    v: Square,
    start: int,
    m: int,
    forward: bool,
    shift: float,
) -> None:
    """Chase a bump along the diagonal, down or up, rotating `u` and `v` with it.

    Going up, rows and columns change their roles, and so do `u` and `v`.
    """
    step = 1 if forward else -1
    at, end = (start, m) if forward else (m, start)
    near, far = (v, u) if forward else (u, v)

    def beside(i: int) -> int:
        return i if forward else i - 1

    def turn(matrix: Square, i: int, c: float, s: float) -> None:
        if forward:
            turn_columns(matrix, i, i + 1, c, s)
        else:
            turn_columns(matrix, i - 1, i, c, -s)

    if shift == 0:
        c, old_c, old_s = 1.0, 1.0, 0.0
        for i in range(at, end, step):
            c, s, r = rotation(d[i] * c, e[beside(i)])
            if i != at:
                e[beside(i - step)] = old_s * r
            old_c, old_s, d[i] = rotation(old_c * r, d[i + step] * s)
            turn(near, i, c, s)
            turn(far, i, old_c, old_s)
        h = d[end] * c
        d[end], e[beside(end - step)] = h * old_c, h * old_s
        return
    f = (abs(d[at]) - shift) * (math.copysign(1.0, d[at]) + shift / d[at])
    g = e[beside(at)]
    for i in range(at, end, step):
        c, s, r = rotation(f, g)
        if i != at:
            e[beside(i - step)] = r
        b = beside(i)
        f, e[b] = c * d[i] + s * e[b], c * e[b] - s * d[i]
        g, d[i + step] = s * d[i + step], c * d[i + step]
        turn(near, i, c, s)
        c, s, d[i] = rotation(f, g)
        f, d[i + step] = c * e[b] + s * d[i + step], c * d[i + step] - s * e[b]
        if i + step != end:
            b = beside(i + step)
            g, e[b] = s * e[b], c * e[b]
        turn(far, i, c, s)
    e[beside(end - step)] = f


def sign(value: float) -> float:
    """Return 1 with the sign of a number."""
    return math.copysign(1.0, value)


def two_by_two(
    f: float, g: float, h: float, eps: float
) -> tuple[float, float, float, float, float, float]:
    """Decompose `[[f, g], [0, h]]` (slasv2).

    Returns:
        The smaller and the larger value, with signs; sine and cosine of the right rotation,
        and of the left one.
    """
    swapped = abs(h) > abs(f)
    ft, ht = (h, f) if swapped else (f, h)
    fa, ha, ga = abs(ft), abs(ht), abs(g)
    biggest = 3 if swapped else 1
    if ga == 0:
        small, large, cl, cr, sl, sr = ha, fa, 1.0, 1.0, 0.0, 0.0
    elif ga > fa and fa / ga < eps:
        biggest, large = 2, ga
        small = fa / (ga / ha) if ha > 1 else fa / ga * ha
        cl, sl, sr, cr = 1.0, ht / g, 1.0, ft / g
    else:
        biggest = 2 if ga > fa else biggest
        gap = fa - ha
        ell = 1.0 if gap == fa else gap / fa
        ratio = g / ft
        t = 2 - ell
        s = math.sqrt(t * t + ratio * ratio)
        r = abs(ratio) if ell == 0 else math.sqrt(ell * ell + ratio * ratio)
        a = 0.5 * (s + r)
        small, large = ha / a, fa * a
        if ratio * ratio == 0:
            t = 2 * sign(ft) * sign(g) if ell == 0 else g / math.copysign(gap, ft) + ratio / t
        else:
            t = (ratio / (s + t) + ratio / (r + ell)) * (1 + a)
        ell = math.sqrt(t * t + 4)
        cr, sr = 2 / ell, t / ell
        cl = (cr + sr * ratio) / a
        sl = ht / ft * sr / a
    if swapped:
        cl, sl, cr, sr = sr, cr, sl, cl
    if biggest == 1:
        way = sign(cr) * sign(cl) * sign(f)
    elif biggest == 2:
        way = sign(sr) * sign(cl) * sign(g)
    else:
        way = sign(sr) * sign(sl) * sign(h)
    return math.copysign(small, way * sign(f) * sign(h)), math.copysign(large, way), sr, cr, sl, cl
