"""Random variates: words of the twister turned into numbers of each distribution.

Each function draws, for every dtype and length, exactly the words that torch draws
and does torch's arithmetic on them, so that the same seed gives the same numbers to
the last bit. Results are lists (or arrays) of Python numbers in memory order; where
torch computes in float32, they have been rounded to float32.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import mul

from .dtypes import dtype, float64, rounded
from .twister import Twister


def float32(x: float) -> float:
    """Return the float32 nearest to `x`."""
    return array("f", (x,))[0]


def fused(a: float, b: float, c: float) -> float:
    """Return a * b + c rounded once, as one machine instruction does.

    Veltkamp and Dekker split the factors so that the product's rounding error is
    known exactly; `math.fsum` adds the three parts and rounds at the end.
    """
    product = a * b
    if not 1e-250 < abs(product) < 1e290:
        return product + c
    high_a, high_b = a * 134217729.0, b * 134217729.0
    high_a -= high_a - a
    high_b -= high_b - b
    low_a, low_b = a - high_a, b - high_b
    error = low_a * low_b - (product - high_a * high_b - low_a * high_b - high_a * low_b)
    return math.fsum((product, error, c))


# --- uniform -----------------------------------------------------------------------


def uniform24(twister: Twister, n: int) -> array:
    """Return `n` float32 in [0, 1): the low 24 bits of a word each."""
    return rounded("f", [(word & 0xFF_FFFF) * 2.0**-24 for word in twister.words(n)])


def uniform53(twister: Twister, n: int) -> list[float]:
    """Return `n` float64 in [0, 1): the low 53 bits of two words each."""
    words = twister.words(2 * n)
    halves = zip(words[::2], words[1::2], strict=True)
    return [((high & 0x1F_FFFF) << 32 | low) * 2.0**-53 for high, low in halves]


def uniform(twister: Twister, n: int, dtype: dtype, low: float, high: float) -> array:
    """Return `n` numbers in [low, high), each by one fused multiply-add.

    The width and the lower end are rounded first, the product is not. A number that
    rounding lifts to `high` becomes `low`: the upper end is never reached.
    """
    if dtype is float64:
        width = high - low
        drawn = dtype.array([fused(u, width, low) for u in uniform53(twister, n)])
    else:
        bottom = float32(low)
        width = float32(float32(high) - bottom)
        drawn = dtype.array(rounded("f", [u * width + bottom for u in uniform24(twister, n)]))
    low, high = dtype.array([low, high])
    return dtype.array([low if x == high else x for x in drawn]) if high in drawn else drawn


# --- whole numbers -----------------------------------------------------------------


def integers(twister: Twister, n: int, low: int, high: int) -> list[int]:
    """Return `n` integers in [low, high): a word modulo the width.

    From a width of 2**28 on the remainder of 32 bits would be visibly uneven, so
    torch takes 64.
    """
    width = high - low
    words = twister.words(n) if width < 1 << 28 else twister.long_words(n)
    return [word % width + low for word in words]


def permutation(twister: Twister, n: int) -> list[int]:
    """Return 0 … n - 1 shuffled by Fisher and Yates, from the front."""
    order = list(range(n))
    for i, word in enumerate(twister.words(max(n - 1, 0))):
        j = i + word % (n - i)
        order[i], order[j] = order[j], order[i]
    return order


# --- normal ------------------------------------------------------------------------


def normal(twister: Twister, n: int, dtype: dtype, mean: float, std: float) -> array:
    """Return `n` normals as torch fills a dense tensor: from 16 on in blocks of 16.

    The first eight uniforms of a block give the radii, the last eight the angles. A
    last block that is not full takes 16 fresh uniforms and overlaps the one before.
    """
    if n < 16:
        return dtype.array(single_normals(twister, n, mean, std))
    full = n - n % 16
    draw, polar = (uniform53, _normals64) if dtype is float64 else (uniform24, _normals32)
    # float16 and bfloat16 go through a buffer of one block, so they draw no more than blocks
    uniforms = draw(twister, full if dtype.itemsize == 2 else n)[:full]
    if n % 16:
        uniforms += draw(twister, 16)
    z = polar(uniforms, mean, std)
    return dtype.array(z[: n - 16] + z[full:] if n % 16 else z)


def single_normals(twister: Twister, n: int, mean: float, std: float) -> list[float]:
    """Return `n` float64 normals one by one, going through the twister's spare one."""
    return [fused(twister.normal(), std, mean) for _ in range(n)]


def _normals64(uniforms: list[float], mean: float, std: float) -> list[float]:
    """Turn float64 uniforms in blocks of 16 into normals."""
    out = []
    for i in range(0, len(uniforms), 16):
        radii = [math.sqrt(-2.0 * math.log(1.0 - u)) for u in uniforms[i : i + 8]]
        angles = [2.0 * math.pi * u for u in uniforms[i + 8 : i + 16]]
        for part in (math.cos, math.sin):
            out += [fused(r * part(a), std, mean) for r, a in zip(radii, angles, strict=True)]
    return out


def _normals32(uniforms: array, mean: float, std: float) -> array:
    """Turn float32 uniforms in blocks of 16 into normals.

    torch does this with vector instructions and with polynomials for log, sin and cos.
    Here a vector is a whole array, and every `rounded("f", …)` rounds once.
    """
    mean, std = float32(mean), float32(std)
    blocks = range(0, len(uniforms), 16)
    first = rounded("f", [1.0 - u for i in blocks for u in uniforms[i : i + 8]])
    second = rounded("f", [u for i in blocks for u in uniforms[i + 8 : i + 16]])
    radii = rounded("f", list(map(math.sqrt, rounded("f", [-2.0 * x for x in _log32(first)]))))
    turn = float32(2.0 * math.pi)
    sines, cosines = _sincos32(rounded("f", [turn * u for u in second]))
    out = array("f", bytes(8 * len(radii)))
    parts = [
        rounded("f", [x * std + mean for x in rounded("f", list(map(mul, radii, part)))])
        for part in (cosines, sines)
    ]
    for i in range(0, len(radii), 8):
        for at, part in enumerate(parts):
            out[2 * i + 8 * at : 2 * i + 8 * at + 8] = part[i : i + 8]
    return out


def _polynomial32(x: array, coefficients: Sequence[float]) -> array:
    """Evaluate a polynomial by Horner's rule with fused multiply-adds."""
    y = array("f", [coefficients[0]]) * len(x)
    for c in coefficients[1:]:
        y = rounded("f", [p * q + c for p, q in zip(y, x, strict=True)])
    return y


# Cephes' single-precision coefficients (S. L. Moshier), rounded to float32.
_LOG = array("f", [7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1,
                   1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1,
                   3.3333331174e-1])  # fmt: skip
_LN2_LOW, _LN2_HIGH, _SQRT_HALF = array("f", [-2.12194440e-4, 0.693359375, 0.7071067811865475])
_SIN = array("f", [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1])
_COS = array("f", [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2])
_FOUR_OVER_PI = float32(1.27323954473516)
_QUARTER_PI = array("f", [0.78515625, 2.4187564849853515625e-4, 3.77489497744594108e-8])


def _log32(x: array) -> array:
    """Return the natural logarithm of float32 in (0, 1]: mantissa and exponent apart."""
    split = [math.frexp(v) for v in x]
    low = [m < _SQRT_HALF for m, _ in split]
    exponents = [float(e - small) for (_, e), small in zip(split, low, strict=True)]
    m = rounded(
        "f", [2.0 * m - 1.0 if small else m - 1.0 for (m, _), small in zip(split, low, strict=True)]
    )
    square = rounded("f", [v * v for v in m])
    y = rounded("f", [p * q for p, q in zip(_polynomial32(m, _LOG), m, strict=True)])
    tail = rounded("f", [_LN2_LOW * e for e in exponents])
    y = rounded("f", [p * s + t for p, s, t in zip(y, square, tail, strict=True)])
    y = rounded("f", [p - 0.5 * s for p, s in zip(y, square, strict=True)])
    y = rounded("f", [v + p for v, p in zip(m, y, strict=True)])
    return rounded("f", [e * _LN2_HIGH + p for e, p in zip(exponents, y, strict=True)])


def _sincos32(x: array) -> tuple[list[float], list[float]]:
    """Return sine and cosine of float32 in [0, 2 pi): reduced to an octant, then series."""
    octants = [(int(v) + 1) & ~1 for v in rounded("f", [v * _FOUR_OVER_PI for v in x])]
    for part in _QUARTER_PI:  # pi/4 in three pieces, so that no digit is lost
        x = rounded("f", [v - o * part for v, o in zip(x, octants, strict=True)])
    square = rounded("f", [v * v for v in x])
    c = rounded("f", [p * s for p, s in zip(_polynomial32(square, _COS), square, strict=True)])
    c = rounded("f", [p * s - 0.5 * s for p, s in zip(c, square, strict=True)])
    c = rounded("f", [p + 1.0 for p in c])
    s = rounded("f", [p * q for p, q in zip(_polynomial32(square, _SIN), square, strict=True)])
    s = rounded("f", [p * v + v for p, v in zip(s, x, strict=True)])
    sines, cosines = [], []
    for octant, sine, cosine in zip(octants, s, c, strict=True):
        if octant & 2:
            sine, cosine = cosine, sine
        sines.append(-sine if octant & 4 else sine)
        cosines.append(cosine if (octant - 2) & 4 else -cosine)
    return sines, cosines


# --- the rest ----------------------------------------------------------------------


def exponentials(twister: Twister, n: int, rate: float) -> list[float]:
    """Return `n` waiting times of mean 1 / `rate`: minus the log of a uniform."""
    return [-1.0 / rate * math.log1p(-u) for u in uniform53(twister, n)]


def geometrics(twister: Twister, n: int, p: float) -> list[float]:
    """Return how many tries of chance `p` it takes to succeed, `n` times."""
    tries = math.log1p(-p)
    return [math.ceil(math.log(u) / tries) for u in uniform53(twister, n)]


def cauchys(twister: Twister, n: int, median: float, sigma: float) -> list[float]:
    """Return `n` Cauchy numbers: the tangent of a uniform angle."""
    return [fused(sigma, math.tan(math.pi * (u - 0.5)), median) for u in uniform53(twister, n)]


def log_normals(twister: Twister, n: int, mean: float, std: float) -> list[float]:
    """Return e to the power of `n` normals."""
    return [math.exp(z) for z in single_normals(twister, n, mean, std)]


def poisson(twister: Twister, rate: float) -> int:
    """Return how many events fall into a time in which `rate` are expected.

    Small rates multiply uniforms until the product falls below exp(-rate); from 10 on
    Hörmann's transformed rejection (1993) needs about one try whatever the rate.
    """
    if rate == 0:
        return 0
    if rate < 10:
        floor, product, count = math.exp(-rate), twister.uniform(), 0
        while product > floor:
            product *= twister.uniform()
            count += 1
        return count
    root, log_rate = math.sqrt(rate), math.log(rate)
    b = 0.931 + 2.53 * root
    a = -0.059 + 0.02483 * b
    inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)
    accepted_at_once = 0.9277 - 3.6224 / (b - 2)
    while True:
        u = twister.uniform() - 0.5
        v = twister.uniform()
        us = 0.5 - abs(u)
        k = math.floor((2 * a / us + b) * u + rate + 0.43)
        if us >= 0.07 and v <= accepted_at_once:
            return k
        if k < 0 or (us < 0.013 and v > us):
            continue
        left = math.log(v) + math.log(inverse_alpha) - math.log(a / (us * us) + b)
        if left <= -rate + k * log_rate - math.lgamma(k + 1):
            return k


def categories(twister: Twister, n: int, weights: Iterable[float], typecode: str) -> list[int]:
    """Return `n` positions, each with a chance in proportion to its weight.

    The weights are summed in the precision of `typecode`; a uniform falls between two
    of the sums.
    """
    sums = array(typecode, [0.0])
    for weight in weights:
        sums.append(sums[-1] + weight)
    cumulative = array(typecode, [s / sums[-1] for s in sums[1:]])
    cumulative[-1] = 1.0
    return [bisect_left(cumulative, u) for u in uniform53(twister, n)]
