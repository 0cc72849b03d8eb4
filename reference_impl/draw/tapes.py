"""`storage`: one tape of elements, and how each tensor over it reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from reference_impl.draw.grids import font, width_of
from reference_impl.draw.pen import (
    HATCHED,
    INK,
    LINES,
    MARGIN,
    PAPER,
    QUIET,
    SCREEN,
    SOFT,
    SOFT_2,
    Line,
    Pen,
    Picture,
    Square,
    number,
    text_width,
)
from reference_impl.draw.values import Reading, Tensor, cut, listed, read, shape_of

SIDE = 42
MOST = 24
HEAD = 12
LABEL = 15
"""The height of one line of labels, in px."""


def storage(
    *views: Tensor, names: Sequence[str], mark: int | Sequence[int] = (), alt: str | None = None
) -> Picture:
    """Draw one storage as a tape and how up to 4 tensors read it.

    The first tensor is read above the tape, the others below. A bracket holds a row whose
    elements are neighbours; arcs join those of a row that are not. Of more than 24 elements
    the first and the last 12 are drawn.

    Args:
        views: Tensors over one storage, of one dtype.
        names: A name for each.
        mark: One place of the storage or several that are talked about.
        alt: The text alternative, where the sentence that is made by itself will not do.

    Raises:
        ValueError: If the tensors are not over one storage, or cannot be told apart.
    """
    check_views(views, names)
    tape = Tape(views[0], (mark,) if isinstance(mark, int) else tuple(mark))
    pen = Pen()
    readers = [
        View(tape, x, name, line) for x, name, line in zip(views, names, LINES, strict=False)
    ]
    top = readers[0].title(pen, 20) + 10
    edge = top + readers[0].height
    readers[0].rows_drawn(pen, edge, -1)
    tape.draw(pen, edge)
    bottom = edge + SIDE
    for reader in readers[1:]:
        reader.rows_drawn(pen, bottom, 1)
        bottom = reader.title(pen, bottom + reader.height + 20) + 12
    return pen.picture(alt or sentence(tape, readers))


def check_views(views: Sequence[Tensor], names: Sequence[str]) -> None:
    """Refuse tensors that are not readings of one storage."""
    if not 1 <= len(views) <= len(LINES):
        raise ValueError(f"1 to {len(LINES)} tensors over a storage are drawn, not {len(views)}")
    if len(names) != len(views):
        raise ValueError(f"{len(views)} tensors were given {len(names)} names")
    for x in views:
        shape_of(x)
    first = views[0]
    for x, name in zip(views[1:], names[1:], strict=True):
        if str(x.device) == "meta":
            raise ValueError("meta tensors share no storage that could be compared; draw one")
        if x.untyped_storage().data_ptr() != first.untyped_storage().data_ptr():
            raise ValueError(f"{names[0]} and {name} are not over one storage")
        if x.dtype != first.dtype:
            raise ValueError(
                f"{names[0]} is {first.dtype} and {name} is {x.dtype}: the places of the "
                "storage have no size that both agree on"
            )


class Tape:
    """The elements of a storage in a row, with their places."""

    def __init__(self, x: Tensor, marked: Sequence[int]) -> None:
        self.length = x.untyped_storage().nbytes() // x.dtype.itemsize
        for place in marked:
            if not 0 <= place < self.length:
                raise ValueError(f"cannot mark place {place} of a storage of {self.length}")
        self.marked = set(marked)
        self.kept = cut(self.length, MOST, HEAD)
        flat = x.detach().as_strided((self.length,), (1,), 0)
        self.reading: Reading = read(flat)
        words = [self.reading.at((place,)) for place in self.kept if place is not None]
        self.font = font(words)
        self.cell = width_of(words, SIDE if self.length <= 6 else 36)
        self.gaps = {i for i, place in enumerate(self.kept) if place is None}
        self.shown = {place: i for i, place in enumerate(self.kept) if place is not None}

    def left(self, column: int) -> float:
        """Return where a column of the tape begins."""
        return MARGIN + column * self.cell

    def centre(self, column: int) -> float:
        """Return the middle of a column of the tape."""
        return self.left(column) + self.cell / 2

    def column(self, place: int) -> int:
        """Return the column of a place; all that are left out share one."""
        return self.shown.get(place, HEAD)

    def draw(self, pen: Pen, y: float) -> None:
        """Draw the tape with its upper edge at `y`."""
        if not self.length:
            with pen.group(fill="none", stroke=QUIET, stroke_dasharray="1.5 3"):
                pen.mark("rect", x=MARGIN, y=y, width=text_width("no elements") + 16, height=SIDE)
            pen.reach(MARGIN + text_width("no elements") + 16, y + SIDE)
            pen.text(MARGIN + 8, y + SIDE / 2 + 4, "no elements")
            return
        squares = []
        for column, place in enumerate(self.kept):
            hit = place in self.marked
            if place is None:
                square = Square(self.left(column), y, self.cell, SIDE, gap="column")
            else:
                words, ground = self.reading.at((place,)), SOFT if hit else PAPER
                square = Square(self.left(column), y, self.cell, SIDE, words, ground, hit)
            squares.append(square)
        pen.squares(squares, self.font)
        pen.frame(MARGIN, y, self.cell * len(self.kept), SIDE, Line(INK))
        with pen.group(font_size=10, fill=QUIET):
            for place, column in self.shown.items():
                pen.mark("text", str(place), x=self.left(column) + 5, y=y + 12)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a tensor on the tape: its names, its columns, whether they are neighbours."""

    label: str
    columns: tuple[int, ...]
    together: bool


class View:
    """How one tensor reads the tape."""

    def __init__(self, tape: Tape, x: Tensor, name: str, line: Line) -> None:
        self.tape, self.name, self.line = tape, name, line
        self.shape = shape_of(x)
        self.stride = tuple(int(step) for step in x.stride())
        self.offset = int(x.storage_offset())
        self.rows = self._rows()
        self.brackets = lanes([self._span(row) for row in self.rows if row.together], 0)
        self.labels = lanes([self._label(row) for row in self.rows], 8)
        self.inside = all(self._holds(row) for row in self.rows)

    @property
    def height(self) -> float:
        """The height of its brackets or arcs with their labels, in px."""
        if not self.rows:
            return 4
        labels = 0 if self.inside else (max(self.labels) + 1) * LABEL
        arcs = any(not row.together for row in self.rows)
        return 8 + labels + (46 if arcs else 18 * (max(self.brackets) + 1))

    def title(self, pen: Pen, y: float) -> float:
        """Write swatch, name, size, stride and offset, on two lines where one is too long."""
        ground = SOFT_2 if self.line.ground == HATCHED else self.line.ground
        line = self.line
        dash = "3 2" if line.dash == "5 3" else line.dash
        pen.mark("rect", x=MARGIN, y=y - 10, width=14, height=10, fill=ground)
        pen.frame(MARGIN, y - 10, 14, 10, Line(line.ink, dash))
        left = MARGIN + 22 + text_width(self.name, 13) + 10
        end = pen.title(MARGIN + 22, y, self.name, str(self.shape)) + 14
        steps = f"stride {self.stride} offset {self.offset}"
        room = max(SCREEN, MARGIN + self.tape.cell * len(self.tape.kept))
        if end + text_width(steps) > room:
            end, y = left, y + 16
        pen.text(end, y, steps)
        return y

    def rows_drawn(self, pen: Pen, edge: float, away: int) -> None:
        """Draw brackets and arcs from the tape's `edge`: upwards (-1) or downwards (1)."""
        place = iter(self.brackets)
        for row, lane in zip(self.rows, self.labels, strict=True):
            start, end = self._span(row)
            if row.together:
                level = next(place)
                near = edge + away * (4 + 18 * level)
                pen.bracket(start, end, near, away * 12, self.line, across=True)
                if self.inside:
                    self._gap(pen, (start + end) / 2, near + away * 12, row.label)
            else:
                self._arcs(pen, row, edge + away * 5, away)
            if not self.inside:
                deep = self.height - LABEL * (max(self.labels) + 1) + LABEL * lane
                base = edge + away * (deep + 2) + (10 if away > 0 else 0)
                self._write(pen, self._middle(row), base, row.label)

    def _rows(self) -> list[Row]:
        """Return the rows that touch what is drawn; rows of the same places share one."""
        if 0 in self.shape:
            return []
        length, step = (self.shape[-1], self.stride[-1]) if self.shape else (1, 1)
        named: dict[tuple[int, ...], list[str]] = {}
        for index in product(*(cut_dim(size) for size in self.shape[:-1])):
            start = self.offset + sum(i * s for i, s in zip(index, self.stride, strict=False))
            places = range(start, start + step * length, step) if step else (start,)
            ends = {self.tape.column(places[0]), self.tape.column(places[-1])}
            inside = {i for place, i in self.tape.shown.items() if place in places}
            columns = tuple(sorted(inside | ends))
            if inside:
                label = f"{self.name}[{','.join(map(str, index))}]" if index else self.name
                named.setdefault(columns, []).append(label)
        together = step in (0, 1) or length == 1
        return [Row(merged(labels), columns, together) for columns, labels in named.items()]

    def _span(self, row: Row) -> tuple[float, float]:
        start, end = self.tape.left(row.columns[0]), self.tape.left(row.columns[-1] + 1)
        if len(row.columns) > 1:
            # What is left out belongs to several rows: each reaches only a little way into it.
            start += self.tape.cell * 0.6 * (row.columns[0] in self.tape.gaps)
            end -= self.tape.cell * 0.6 * (row.columns[-1] in self.tape.gaps)
        return start + 3, end - 3

    def _middle(self, row: Row) -> float:
        if row.together or len(self.rows) == 1:
            middle = sum(self._span(row)) / 2
        else:
            # Under its first arc: no two rows have their first arc in one place.
            middle = (self.tape.centre(row.columns[0]) + self.tape.centre(row.columns[1])) / 2
        return max(middle, MARGIN + text_width(row.label) / 2)

    def _label(self, row: Row) -> tuple[float, float]:
        half = text_width(row.label) / 2
        return self._middle(row) - half, self._middle(row) + half

    def _holds(self, row: Row) -> bool:
        start, end = self._span(row)
        return row.together and text_width(row.label) + 24 <= end - start

    def _gap(self, pen: Pen, x: float, y: float, label: str) -> None:
        """Write a label into a bracket's line, on a piece of paper that interrupts it."""
        half = text_width(label) / 2 + 5
        pen.mark("rect", x=x - half, y=y - 7, width=half * 2, height=14, fill=PAPER)
        self._write(pen, x, y + 4, label)

    def _write(self, pen: Pen, x: float, y: float, label: str) -> None:
        pen.text(x, y, label, ink=self.line.ink, anchor="middle", bold=True)

    def _arcs(self, pen: Pen, row: Row, y: float, away: int) -> None:
        centres = [self.tape.centre(column) for column in row.columns]
        for start, end in pairwise(centres):
            deep = number(y + away * 54)
            course = f"M{number(start)} {number(y)}C{number(start)} {deep} "
            pen.path(f"{course}{number(end)} {deep} {number(end)} {number(y)}", self.line, 2)
        with pen.group(fill=self.line.ink):
            for centre in centres:
                pen.mark("circle", cx=centre, cy=y, r=3)
        pen.reach(centres[-1] + 3, y + away * 43)


def cut_dim(size: int) -> list[int]:
    """Return which places of a leading dim are followed: of many, those at the ends."""
    return [place for place in cut(size, 32, 16) if place is not None]


def merged(labels: Sequence[str]) -> str:
    """Return one label for rows that are the same places of the storage."""
    return " ".join(labels) if len(labels) < 3 else f"{labels[0]}…{labels[-1]}"


def lanes(spans: Sequence[tuple[float, float]], space: float) -> list[int]:
    """Return for each span the first lane in which it overlaps none before it."""
    ends: list[float] = []
    chosen = []
    for start, end in spans:
        lane = next((i for i, last in enumerate(ends) if last + space <= start), len(ends))
        ends[lane : lane + 1] = [end]
        chosen.append(lane)
    return chosen


def sentence(tape: Tape, readers: Sequence[View]) -> str:
    """Return what the picture of a storage shows."""
    text = f"One storage of {tape.length} element{'s' * (tape.length != 1)}"
    words = ["..." if p is None else tape.reading.at((p,)) for p in tape.kept]
    if tape.length and tape.reading.nested is not None:
        text += f", [{', '.join(words)}],"
    reads = [
        f"{view.name} {view.shape} with stride {view.stride} from offset {view.offset}"
        for view in readers
    ]
    text += f" is read by {listed(reads)}."
    if tape.marked:
        places = listed([str(place) for place in sorted(tape.marked)])
        text += f" Marked: place {places}."
    return text
