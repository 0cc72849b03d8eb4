"""`curves`: how numbers change from step to step, such as losses or learning rates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from reference_impl.draw.pen import EDGE, INK, LINES, MARGIN, Line, Pen, Picture, number, text_width

WIDE = 210
HIGH = 144
KEY = 20
"""The height of a line of the key, in px."""
APART = 15
"""How far apart two numbers on the scale are at least, in px."""


def curves(*series: Iterable[float], names: Sequence[str] = (), alt: str | None = None) -> Picture:
    """Draw up to 4 series of numbers as lines over their places, on one scale that holds 0.

    Args:
        series: The numbers of each, 2 or more.
        names: A name for each.
        alt: The text alternative, where the sentence that is made by itself will not do.

    Raises:
        ValueError: More series than are drawn, too few numbers, or one that is not finite.
    """
    lines = [[float(value) for value in one] for one in series]
    check(lines)
    titles = [*names, *[""] * (len(lines) - len(names))]
    low = min(0.0, *(min(line) for line in lines))
    high = max(0.0, *(max(line) for line in lines))
    longest = max(map(len, lines))
    pen, ends = Pen(), (high, low)
    left = MARGIN + max(text_width(f"{end:.3g}") for end in ends) + 6
    top = 14 + KEY * sum(map(bool, titles))
    step, scale = WIDE / (longest - 1), HIGH / (high - low or 1)
    for at, (name, line) in enumerate(zip(titles, LINES, strict=False)):
        if name:
            y = 14 + KEY * at
            pen.path(f"M{number(left)} {number(y)}h28", line, 2.5)
            pen.text(left + 36, y + 4, name, ink=INK)
    apart = min(high, -low) * scale >= APART
    for value in (high, 0.0, low) if apart else ends:
        y = top + (high - value) * scale
        pen.path(f"M{number(left)} {number(y)}h{WIDE}", Line(EDGE), 1)
        pen.text(left - 6, y + 4, f"{value:.3g}", anchor="end")
    for line, style in zip(lines, LINES, strict=False):
        points = [
            f"{number(left + step * at)} {number(top + (high - value) * scale)}"
            for at, value in enumerate(line)
        ]
        pen.path("M" + "L".join(points), style, 2.5)
    pen.reach(left + WIDE, top + HIGH)
    pen.text(left, top + HIGH + 18, "0")
    pen.text(left + WIDE, top + HIGH + 18, str(longest - 1), anchor="end")
    return pen.picture(alt or " ".join(map(sentence, titles, lines)))


def check(lines: Sequence[Sequence[float]]) -> None:
    """Refuse what is no line, or one line too many."""
    if not 1 <= len(lines) <= len(LINES):
        raise ValueError(f"1 to {len(LINES)} series are drawn, not {len(lines)}")
    for line in lines:
        if len(line) < 2:
            raise ValueError(f"a line needs 2 numbers or more, not {len(line)}")
        strange = [value for value in line if not math.isfinite(value)]
        if strange:
            raise ValueError(f"there is no place for {strange[0]} on a scale")


def sentence(name: str, line: Sequence[float]) -> str:
    """Return what the picture shows of one series."""
    ends = f"from {line[0]:.3g} to {line[-1]:.3g}"
    text = f"{name or 'The line'} goes {ends} in {len(line) - 1} steps"
    turns = [
        f"{word} {value:.3g} at step {line.index(value)}"
        for word, value in (("lowest", min(line)), ("highest", max(line)))
        if value not in (line[0], line[-1])
    ]
    return f"{text}; {', '.join(turns)}." if turns else f"{text}."
