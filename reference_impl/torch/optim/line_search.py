"""How far to go along a direction: until the loss has fallen enough and become flat enough."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from ..tensor import Tensor

FALL, FLATTENING = 1e-4, 0.9  # Wolfe's two constants
LEAST = 1e-9

Number = float | Tensor


@dataclass
class Point:
    """A length, with the loss there, its slope, and the slope along the direction."""

    t: Number
    loss: float
    slope: Tensor
    along: Number


def between(a: Point, b: Point, low: Number, high: Number) -> Number:
    """Return where a cubic through two points, with their slopes, is least; within bounds."""
    d1 = a.along + b.along - 3 * (a.loss - b.loss) / (a.t - b.t)
    square = d1**2 - a.along * b.along
    if not square >= 0:
        return (low + high) / 2.0
    d2 = square.sqrt() if isinstance(square, Tensor) else math.sqrt(square)
    if a.t > b.t:
        a, b = b, a
    least = b.t - (b.t - a.t) * ((b.along + d2 - d1) / (b.along - a.along + 2 * d2))
    return min(max(least, low), high)


def strong_wolfe(
    tried: Callable[[Number, Tensor], tuple[float, Tensor]],
    t: Number,
    direction: Tensor,
    loss: float,
    slope: Tensor,
    along: Tensor,
    most: int,
) -> tuple[float, Tensor, Number, int]:
    """Return loss, slope and length of a good step, and how often the loss was computed.

    Args:
        tried: gives loss and slope some way along the direction.
        t: the length to begin with.
        direction: where to go.
        loss: at the start.
        slope: at the start.
        along: the slope along the direction there, negative.
        most: how many lengths to try after the first.
    """

    def at(length: Number) -> Point:
        found = tried(length, direction)
        return Point(length, *found, found[1].dot(direction))

    def too_high(point: Point) -> bool:
        return point.loss > loss + FALL * point.t * along

    def flat(point: Point) -> bool:
        return abs(point.along) <= -FLATTENING * along

    start = Point(0, loss, slope.clone(), along)
    before, now, tries, done = start, at(t), 0, False
    bracket = None
    while tries < most:  # go on until there is a bracket around a good length
        if too_high(now) or (tries > 1 and now.loss >= before.loss):
            bracket = [before, now]
        elif flat(now):
            bracket, done = [now], True
        elif now.along >= 0:
            bracket = [before, now]
        if bracket:
            break
        length = between(before, now, now.t + 0.01 * (now.t - before.t), now.t * 10)
        before, now = now, at(length)
        tries += 1
    if tries == most:
        bracket = [start, now]
    low, tries = narrowed(bracket, at, too_high, flat, direction, tries, most, done)
    return low.loss, low.slope, low.t, 1 + tries


def narrowed(
    bracket: list[Point],
    at: Callable[[Number], Point],
    too_high: Callable[[Point], bool],
    flat: Callable[[Point], bool],
    direction: Tensor,
    tries: int,
    most: int,
    done: bool,
) -> tuple[Point, int]:
    """Narrow a bracket until its lower end is good; return that, and how many tries there were."""
    longest = direction.abs().max()
    low, high = (0, len(bracket) - 1) if bracket[0].loss <= bracket[-1].loss else (1, 0)
    stuck = False
    while not done and tries < most:
        a, b = bracket
        if abs(b.t - a.t) * longest < LEAST:
            break
        left, right = min(a.t, b.t), max(a.t, b.t)
        t = between(a, b, left, right)
        margin = 0.1 * (right - left)
        if min(right - t, t - left) < margin:  # a cubic's end of the bracket helps little
            if stuck or t >= right or t <= left:
                t = right - margin if abs(t - right) < abs(t - left) else left + margin
                stuck = False
            else:
                stuck = True
        else:
            stuck = False
        point = at(t)
        tries += 1
        if too_high(point) or point.loss >= bracket[low].loss:
            bracket[high] = point
            low, high = (0, 1) if bracket[0].loss <= bracket[1].loss else (1, 0)
            continue
        if flat(point):
            done = True
        elif point.along * (bracket[high].t - bracket[low].t) >= 0:
            bracket[high] = bracket[low]
        bracket[low] = point
    return bracket[low], tries
