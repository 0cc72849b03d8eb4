"""A tensor as squares: rows and columns, and one slab above the other from the third dim on."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import product

from reference_impl.draw.pen import (
    INK,
    MARGIN,
    PAPER,
    QUIET,
    SOFT,
    Line,
    Pen,
    Picture,
    Square,
    text_width,
)
from reference_impl.draw.values import (
    Reading,
    Tensor,
    cut,
    indexes,
    left_out,
    read,
    shape_of,
    spelled,
)

Spot = tuple[int, ...]
"""Which drawn square along each dim; `cuts` says which element that is."""
Look = Callable[[Spot], tuple[str, bool]]
"""Gives ground and boldness of the square at a spot."""
GAPS = {(False, False): "", (True, False): "row", (False, True): "column", (True, True): "both"}
SLAB_TITLE = 20
SLAB_SPACE = 8
MOST_SLABS = 4


def tensor(
    x: Tensor,
    name: str = "",
    *,
    mark: int | Sequence[int] | Sequence[Sequence[int]] = (),
    values: bool = True,
    alt: str | None = None,
) -> Picture:
    """Draw a tensor of up to 3 dims as squares with the values torch prints.

    A dim of more than 12 is cut to the first 3 and the last 3, as torch's own repr does.

    Args:
        x: The tensor. One on the meta device has squares and no values.
        name: Written in bold before the shape.
        mark: What is talked about: one index or several, such as `(0, 1)` or `[(0,), (2,)]`.
            An index with fewer places than dims marks all that it selects.
        values: Whether to write the values.
        alt: The text alternative, where the sentence that is made by itself will not do.

    Raises:
        ValueError: If `x` has more than 3 dims, or a marked index does not exist.
    """
    shape = shape_of(x)
    check_dims(shape, name or "the tensor")
    reading = read(x, values=values)
    marked = marks(mark, shape)
    grid = Grid(reading, side=34)
    pen = Pen()
    pen.title(MARGIN, 18, name, str(shape))

    def look(spot: Spot) -> tuple[str, bool]:
        hit = any(covers(one, spot, grid.cuts) for one in marked)
        return (SOFT, True) if hit else (PAPER, False)

    grid.draw(pen, MARGIN, 28, look, Line(INK), name)
    return pen.picture(alt or sentence(grid, name))


class Grid:
    """Where the squares of a tensor of up to 3 dims are, relative to its upper left corner."""

    def __init__(
        self,
        reading: Reading,
        *,
        side: int,
        cuts: Sequence[Sequence[int | None]] | None = None,
        width: float = 0,
    ) -> None:
        self.reading = reading
        self.side = side
        self.cuts = [list(kept) for kept in cuts] if cuts is not None else cuts_of(reading.shape)
        words = [reading.at(i) for i in indexes(self.cuts) if None not in i]
        self.size = font(words)
        self.cell = max(width, width_of(words, side))
        self.columns = len(self.cuts[-1]) if self.cuts else 1
        self.rows = len(self.cuts[-2]) if len(self.cuts) > 1 else 1
        self.slabs = len(self.cuts[-3]) if len(self.cuts) > 2 else 1
        self.empty = 0 in (self.rows, self.columns, self.slabs)

    @property
    def width(self) -> float:
        """Its width in px."""
        if self.empty:
            return max(self.columns * self.cell, text_width("no elements") + 16)
        return self.columns * self.cell

    @property
    def height(self) -> float:
        """Its height in px."""
        if self.empty:
            return self.side
        return self.slab_top(self.slabs - 1) + self.rows * self.side

    def slab_top(self, slab: int) -> float:
        """Return where the squares of a slab begin. The title of each slab is above it."""
        if len(self.cuts) < 3:
            return 0
        kept = self.cuts[0][:slab]
        gaps = kept.count(None)
        whole = (slab - gaps) * (SLAB_TITLE + self.rows * self.side + SLAB_SPACE)
        return whole + gaps * (self.side + SLAB_SPACE) + (SLAB_TITLE if self.cuts[0][slab:] else 0)

    def draw(
        self,
        pen: Pen,
        x: float,
        y: float,
        look: Look,
        line: Line,
        name: str = "",
    ) -> None:
        """Draw squares, and around each slab a frame and above it its index."""
        if self.empty:
            with pen.group(fill="none", stroke=QUIET, stroke_dasharray="1.5 3"):
                pen.mark("rect", x=x, y=y, width=self.width, height=self.height)
            pen.reach(x + self.width, y + self.height)
            pen.text(x + self.width / 2, y + self.height / 2 + 4, "no elements", anchor="middle")
            return
        for number in range(self.slabs):
            top = y + self.slab_top(number)
            place = self.cuts[0][number] if len(self.cuts) > 2 else 0
            if place is None:
                pen.squares([Square(x, top - SLAB_TITLE, self.cell, self.side, gap="row")])
                continue
            if len(self.cuts) > 2:
                pen.text(x, top - 7, f"{name}[{place}]")
            pen.squares(self.slab_squares(x, top, number, look), self.size)
            pen.frame(x, top, self.width, self.rows * self.side, line)

    def slab_squares(self, x: float, y: float, slab: int, look: Look) -> list[Square]:
        """Return the squares of one slab whose upper left corner is `(x, y)`."""
        squares = []
        for i, j in product(range(self.rows), range(self.columns)):
            spot = (slab, i, j)[3 - len(self.cuts) :]
            index = [kept[place] for kept, place in zip(self.cuts, spot, strict=True)]
            ground, bold = look(spot)
            gap = GAPS[None in index[-2:-1], None in index[-1:]]
            words = "" if gap else self.reading.at(index)
            left, top = x + j * self.cell, y + i * self.side
            squares.append(Square(left, top, self.cell, self.side, words, ground, bold, gap=gap))
        return squares


def cuts_of(shape: Sequence[int], most: int = 12) -> list[list[int | None]]:
    """Return what is drawn of each dim: 4 slabs, and `most` rows and columns, else the ends."""
    cuts = [cut(size, most) for size in shape]
    if len(shape) == 3:
        cuts[0] = cut(shape[0], MOST_SLABS, 1)
    return cuts


def font(words: Sequence[str]) -> int:
    """Return the size of the values: smaller where they are long, never under 12 px."""
    return {0: 14, 1: 14, 2: 14, 3: 13}.get(max(map(len, words), default=0), 12)


def width_of(words: Sequence[str], side: int) -> int:
    """Return how wide a square must be to hold the longest of the values; even, in px."""
    longest = max((text_width(word, font(words)) for word in words), default=0)
    return max(side, math.ceil((longest + 10) / 2) * 2)


def check_dims(shape: Sequence[int], name: str) -> None:
    """Refuse what has no picture in the plane."""
    if len(shape) > 3:
        raise ValueError(
            f"{name} has {len(shape)} dims, {tuple(shape)}; up to 3 are drawn: draw a part, "
            f"such as {name if name.isidentifier() else 'x'}[0]"
        )


def marks(
    mark: int | Sequence[int] | Sequence[Sequence[int]], shape: Sequence[int]
) -> list[tuple[int, ...]]:
    """Return the marked indexes with every place counted from the front."""
    if isinstance(mark, int):
        mark = [(mark,)]
    elif mark and all(isinstance(place, int) for place in mark):
        mark = [tuple(mark)]
    counted = []
    for index in mark:
        fits = len(index) <= len(shape)
        if not fits or any(not -n <= i < n for i, n in zip(index, shape, strict=False)):
            raise ValueError(f"cannot mark {tuple(index)} in a tensor of shape {tuple(shape)}")
        counted.append(tuple(i % n for i, n in zip(index, shape, strict=False)))
    return counted


def covers(marked: tuple[int, ...], spot: Spot, cuts: Sequence[Sequence[int | None]]) -> bool:
    """Return whether a drawn square stands for a marked element, be it among those left out."""
    return all(
        place == kept[drawn] or (kept[drawn] is None and place not in kept)
        for place, drawn, kept in zip(marked, spot, cuts, strict=False)
    )


def sentence(grid: Grid, name: str) -> str:
    """Return what the picture of a tensor shows."""
    reading = grid.reading
    text = f"{name or 'A tensor'} has shape {reading.shape} and holds "
    if grid.empty:
        return text + "no elements."
    if reading.nested is None:
        return text + f"{math.prod(reading.shape)} elements, drawn without their values."
    text += spelled(reading, grid.cuts).removesuffix(".") + "."
    if left_out(grid.cuts):
        text += " Where the dots are, elements are left out."
    return text
