"""`cat`: the tensors, each on a ground of its own, and what they become together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reference_impl.draw.grids import Grid, Spot, check_dims, width_of
from reference_impl.draw.pen import (
    INK,
    LINES,
    MARGIN,
    QUIET,
    SCREEN,
    Line,
    Pen,
    Picture,
    number,
    text_width,
)
from reference_impl.draw.values import (
    Reading,
    Tensor,
    cut,
    indexes,
    listed,
    read,
    shape_of,
    spelled,
    wording,
)

SIDE = 28
TITLE = 26
MOST = 8


def cat(
    tensors: Sequence[Tensor],
    dim: int = 0,
    *,
    names: Sequence[str] = (),
    values: bool = True,
    alt: str | None = None,
) -> Picture:
    """Draw 2 to 4 tensors and what `torch.cat` makes of them.

    The first keeps a plain ground, the second a hatched one, and a bracket counts how many
    places of `dim` each brings along. Of more than 8 places 2 are drawn at each end.

    Args:
        tensors: Up to 4 tensors of up to 3 dims.
        dim: The dim along which they are joined; it may be counted from the end.
        names: A name for each tensor and, if wanted, one for the result: `"ABC"`.
        values: Whether to write the values.
        alt: The text alternative, where the sentence that is made by itself will not do.

    Raises:
        ValueError: If torch could not join them either, or they are too many to draw.
    """
    tensors = tuple(tensors)
    shapes = [shape_of(x) for x in tensors]
    axis = check_join(shapes, dim)
    if len(names) not in (0, len(tensors), len(tensors) + 1):
        raise ValueError(f"{len(tensors)} tensors were given {len(names)} names")
    names = [*names, *[""] * (len(tensors) + 1 - len(names))]
    readings = [read(x, values=values) for x in tensors]
    whole = joined(readings, tensors, axis)
    cuts = [cut_part(shape, len(whole.shape)) for shape in shapes]
    cell = max(
        width_of([r.at(i) for i in indexes(c) if None not in i], SIDE)
        for r, c in zip([*readings, whole], [*cuts, join_cuts(cuts, shapes, axis)], strict=True)
    )
    parts = [
        Part(name, Grid(reading, side=SIDE, cuts=kept, width=cell), line)
        for name, reading, kept, line in zip(names, readings, cuts, LINES, strict=False)
    ]
    result = Grid(whole, side=SIDE, cuts=join_cuts(cuts, shapes, axis), width=cell)
    pen = Pen()
    draw_join(pen, parts, Part(names[-1], result, Line(INK)), axis)
    return pen.picture(alt or sentence(parts, names[-1], result, axis))


@dataclass(frozen=True, slots=True)
class Part:
    """One tensor of a join: its name, its squares, its line and ground."""

    name: str
    grid: Grid
    line: Line

    @property
    def shape(self) -> tuple[int, ...]:
        """Its sizes."""
        return self.grid.reading.shape

    @property
    def width(self) -> float:
        """Its width on paper with the title, in px."""
        title = text_width(str(self.shape)) + (text_width(self.name, 13) + 10) * bool(self.name)
        return max(self.grid.width, title)

    @property
    def height(self) -> float:
        """Its height on paper with the title, in px."""
        return self.grid.height + TITLE


def check_join(shapes: Sequence[tuple[int, ...]], dim: int) -> int:
    """Return `dim` counted from the front, or say why the tensors cannot be joined along it."""
    if not 1 < len(shapes) <= len(LINES):
        raise ValueError(f"2 to {len(LINES)} tensors are drawn, not {len(shapes)}")
    # torch lets an empty 1-D tensor stand among any others, and passes over it.
    full = [shape for shape in shapes if shape != (0,)] or list(shapes)
    for shape in full:
        check_dims(shape, "a tensor")
        if not shape:
            raise ValueError("a tensor without dims cannot be joined; stack makes a dim for it")
    dims = len(full[0])
    if not -dims <= dim < dims:
        raise ValueError(f"dim {dim} does not exist: the tensors have {dims} dims")
    axis = dim % dims
    for shape in full[1:]:
        if shape[:axis] + shape[axis + 1 :] != full[0][:axis] + full[0][axis + 1 :]:
            raise ValueError(
                f"sizes {full[0]} and {shape} differ elsewhere than in dim {axis}, "
                "so there is no joined tensor to draw"
            )
    return axis


def joined(readings: Sequence[Reading], tensors: Sequence[Tensor], axis: int) -> Reading:
    """Return what the joined tensor holds, worded as its own repr would."""
    full = [r for r in readings if r.shape != (0,)] or list(readings)
    shape = list(full[0].shape)
    shape[axis] = sum(r.shape[axis] for r in full)
    if any(r.nested is None for r in full):
        return Reading(tuple(shape), None, str)
    # One tensor of floats makes the result one of floats.
    floats = [x for x in tensors if x.dtype.is_floating_point]
    nested = join_lists([r.nested for r in full], axis)
    return Reading(tuple(shape), nested, wording(nested, shape, (floats or tensors)[0].dtype))


def join_lists(parts: Sequence[Any], axis: int) -> list[Any]:
    """Join nested lists `axis` levels down."""
    if axis == 0:
        return [row for part in parts for row in part]
    return [join_lists(rows, axis - 1) for rows in zip(*parts, strict=True)]


def cut_part(shape: tuple[int, ...], dims: int) -> list[list[int | None]]:
    """Return what is drawn of each dim of one part."""
    if dims == 3 and len(shape) == 3:
        return [cut(shape[0], 3, 1), *(cut(size, MOST, 2) for size in shape[1:])]
    return [cut(size, MOST, 2) for size in shape]


def join_cuts(
    cuts: Sequence[list[list[int | None]]], shapes: Sequence[tuple[int, ...]], axis: int
) -> list[list[int | None]]:
    """Return what is drawn of the result: what is drawn of its parts."""
    full = [(c, s) for c, s in zip(cuts, shapes, strict=True) if s != (0,)]
    full = full or list(zip(cuts, shapes, strict=True))
    kept = [list(dim) for dim in full[0][0]]
    kept[axis], start = [], 0
    for part, shape in full:
        kept[axis] += [None if place is None else start + place for place in part[axis]]
        start += shape[axis]
    return kept


def draw_join(pen: Pen, parts: Sequence[Part], result: Part, axis: int) -> None:
    """Lay parts and result out: what is joined downwards stands in a column, else in a row."""
    last = axis == len(result.shape) - 1
    row = last and MARGIN + sum(part.width + 16 for part in parts) <= SCREEN + 16
    x = y = float(MARGIN)
    for part in parts:
        draw_part(pen, part, x, y)
        x, y = (x + part.width + 16, y) if row else (x, y + part.height + 16)
    high = max(part.height for part in parts) if row else y - 16 - MARGIN
    wide = max(part.width for part in parts)
    beside = not last and MARGIN + wide + 58 + result.width + 40 <= SCREEN + 60
    if beside:
        top = MARGIN + max(0, (high - result.height - 26) / 2)
        middle = top + TITLE + result.grid.height / 2
        pen.arrow([(MARGIN + wide + 12, middle), (MARGIN + wide + 46, middle)], Line(INK))
        x, y = MARGIN + wide + 58, top
    else:
        pen.arrow([(MARGIN + 28, MARGIN + high + 10), (MARGIN + 28, MARGIN + high + 42)], Line(INK))
        x, y = MARGIN, MARGIN + high + 48
    draw_result(pen, parts, result, axis, round(x), round(y))


def draw_part(pen: Pen, part: Part, x: float, y: float) -> None:
    """Draw one tensor on its own ground."""
    pen.title(x, y + 12, part.name, str(part.shape))

    def look(spot: Spot) -> tuple[str, bool]:
        return part.line.ground, False

    part.grid.draw(pen, x, y + TITLE - 4, look, part.line, part.name)


def draw_result(
    pen: Pen, parts: Sequence[Part], result: Part, axis: int, x: float, y: float
) -> None:
    """Draw the joined tensor: grounds of its parts, a seam between them, lengths on brackets."""
    grid, top = result.grid, y + TITLE - 4
    pen.title(x, y + 12, result.name, str(result.shape))
    owners: list[int] = []
    for place, part in enumerate(parts):
        if part.shape != (0,) or len(result.shape) == 1:
            owners += [place] * len(part.grid.cuts[axis])

    def look(spot: Spot) -> tuple[str, bool]:
        return parts[owners[spot[axis]]].line.ground, False

    grid.draw(pen, x, top, look, result.line, result.name)
    draw_seams(pen, grid, axis, owners, x, top)
    bottom = top + grid.height
    for place in dict.fromkeys(owners):
        first, count = owners.index(place), owners.count(place)
        size = str(parts[place].shape[axis])
        if axis == len(result.shape) - 1:
            start, end = x + first * grid.cell + 1, x + (first + count) * grid.cell - 1
            pen.bracket(start, end, bottom + 6, 6, Line(QUIET), across=True)
            pen.text((start + end) / 2, bottom + 26, size, ink=INK, anchor="middle")
        else:
            start, end = span(grid, axis, top, first, count)
            edge = x + grid.width + 8
            pen.bracket(start + 1, end - 1, edge, 6, Line(QUIET), across=False)
            pen.text(edge + 12, (start + end) / 2 + 4, size, ink=INK)
    lengths = [str(p.shape[axis]) for p in parts if p.shape != (0,) or len(result.shape) == 1]
    total = f"dim {axis}: {' + '.join(lengths)} = {result.shape[axis]}"
    pen.text(x, bottom + (44 if axis == len(result.shape) - 1 else 20), total)


def draw_seams(
    pen: Pen, grid: Grid, axis: int, owners: Sequence[int], x: float, top: float
) -> None:
    """Draw a line in every slab where one part ends and the next begins."""
    seams = [i for i in range(1, len(owners)) if owners[i] != owners[i - 1]]
    from_end = len(grid.cuts) - axis
    if from_end > 2 or grid.empty:
        return
    for slab in range(grid.slabs):
        if len(grid.cuts) > 2 and grid.cuts[0][slab] is None:
            continue
        above = top + grid.slab_top(slab)
        for seam in seams:
            if from_end == 1:
                left = number(x + seam * grid.cell)
                pen.path(f"M{left} {number(above)}v{grid.rows * grid.side}", Line(INK), 2)
            else:
                height = number(above + seam * grid.side)
                pen.path(f"M{number(x)} {height}h{number(grid.width)}", Line(INK), 2)


def span(grid: Grid, axis: int, top: float, first: int, count: int) -> tuple[float, float]:
    """Return from where to where the places of one part reach, from top to bottom."""
    if axis == len(grid.cuts) - 2:
        start = top + grid.slab_top(0) + first * grid.side
        return start, start + count * grid.side
    end = grid.slab_top(first + count - 1)
    end += 0 if grid.cuts[0][first + count - 1] is None else grid.rows * grid.side
    return top + grid.slab_top(first), top + end


def sentence(parts: Sequence[Part], name: str, result: Grid, axis: int) -> str:
    """Return what the picture of a join shows."""
    given = listed([f"{part.name} {part.shape}".strip() for part in parts])
    text = f"{given} joined along dim {axis} give {f'{name} {result.reading.shape}'.strip()}"
    if result.reading.nested is None or result.empty:
        return text + "."
    return f"{text}, which holds {spelled(result.reading, result.cuts)}."
