"""`padding`: sequences of one length, and which of their places are only filled."""

from __future__ import annotations

from collections.abc import Sequence

from reference_impl.draw.grids import width_of
from reference_impl.draw.pen import INK, MARGIN, PAPER, QUIET, Line, Pen, Picture, Square
from reference_impl.draw.values import Reading, Tensor, read

SIDE = 28
TITLE = 28
SPACE = 12
LONGEST = 16


def padding(
    *padded: Tensor, value: float = 0, names: Sequence[str] = (), alt: str | None = None
) -> Picture:
    """Draw sequences that were padded to one length; what was filled in is dotted.

    Args:
        padded: One tensor or several of shape `(N, L)`, L up to 16, one below the other.
        value: What the places were filled with; it must not occur inside a sequence.
        names: A name for each tensor.
        alt: The text alternative, where the sentence that is made by itself will not do.

    Raises:
        ValueError: For another number of dims, or sequences too long to draw.
    """
    readings = [read(x) for x in padded]
    for reading in readings:
        if len(reading.shape) != 2 or reading.nested is None:
            raise ValueError(f"padded sequences have the shape (N, L), not {reading.shape}")
        if reading.shape[1] > LONGEST:
            raise ValueError(f"up to {LONGEST} places are drawn, not {reading.shape[1]}")
    pen, top, said = Pen(), 0.0, []
    for name, reading in zip([*names, *[""] * len(readings)], readings, strict=False):
        rows, length = reading.shape
        pen.title(MARGIN, top + 18, name, str(reading.shape))
        words = [reading.at((i, j)) for i in range(rows) for j in range(length)]
        cell = width_of(words, SIDE)
        pen.squares(
            place(reading, i, j, cell, top + TITLE, value)
            for i in range(rows)
            for j in range(length)
        )
        for i, row in enumerate(reading.nested):
            kept = [j for j in range(length) if row[j] != value]
            if kept:  # what the sequence itself is, from its first place to its last
                x, wide = MARGIN + kept[0] * cell, (kept[-1] - kept[0] + 1) * cell
                pen.frame(x, top + TITLE + i * SIDE, wide, SIDE, Line(INK), 1.5)
        top += TITLE + rows * SIDE + SPACE
        said.append(sentence(name, reading, value))
    return pen.picture(alt or " ".join(said))


def place(reading: Reading, i: int, j: int, cell: float, top: float, value: float) -> Square:
    """Return the square of one place, dotted and quiet where it is filled in."""
    filled = reading.nested[i][j] == value
    x, y = MARGIN + j * cell, top + i * SIDE
    ink = QUIET if filled else INK
    return Square(x, y, cell, SIDE, reading.at((i, j)), PAPER, ink=ink, absent=filled)


def sentence(name: str, reading: Reading, value: float) -> str:
    """Return what the picture of one tensor shows."""
    rows = []
    for row in reading.nested:
        filled = [item == value for item in row]
        before = next((j for j, one in enumerate(filled) if not one), len(row))
        after = next((j for j, one in enumerate(reversed(filled)) if not one), 0)
        words = [reading.word(item) for item, one in zip(row, filled, strict=True) if not one]
        parts = [filling(before), " ".join(words), filling(after if words else 0)]
        rows.append(", ".join(part for part in parts if part))
    count = f"{name or 'The batch'} has {reading.shape[0]} sequences of {reading.shape[1]} places"
    return f"{count}: {'; '.join(rows)}."


def filling(places: int) -> str:
    """Return how many places are filled in, as words; nothing for none."""
    return f"{places} filled place{'s' * (places > 1)}" if places else ""
