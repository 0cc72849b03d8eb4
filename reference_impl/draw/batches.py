"""`batches` and `counts`: which samples a sampler draws, batch by batch and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reference_impl.draw.pen import (
    INK,
    LINES,
    MARGIN,
    QUIET,
    Line,
    Pen,
    Picture,
    Square,
    text_width,
)
from reference_impl.draw.values import cut, listed

SIDE = 28
ROW = 40
MOST = 8
HIT = 18
TALLEST = 12


def batches(
    batches: Iterable[Sequence[int]], samples: int, *, names: str = "", alt: str | None = None
) -> Picture:
    """Draw a dataset as a tape of samples, and under it the batches that are made of them.

    The first batch has a plain ground and the second a hatched one, in their own row and in the
    dataset; a sample that no batch holds is dotted.

    Args:
        batches: The indices of each batch, such as `list(loader.batch_sampler)`; 8 at most.
        samples: How many samples the dataset has. Of more than 12 the ends are drawn.
        names: Written before the number of samples.
        alt: The text alternative, where the sentence that is made by itself will not do.

    Raises:
        ValueError: More batches than are drawn, or an index that the dataset has not.
    """
    order = [[int(index) for index in batch] for batch in batches]
    if len(order) > MOST:
        raise ValueError(f"up to {MOST} batches are drawn, not {len(order)}: draw the first few")
    strange = [index for batch in order for index in batch if not 0 <= index < samples]
    if strange:
        raise ValueError(f"there is no sample {strange[0]} among {samples}")
    owner = {index: at for at, batch in reversed([*enumerate(order)]) for index in batch}
    pen = Pen()
    pen.title(MARGIN, 18, names or "dataset", str(samples))
    tape = [
        Square(MARGIN + place * SIDE, 28, SIDE, SIDE, gap="row")
        if index is None
        else numbered(MARGIN + place * SIDE, 28, index, ground(owner.get(index)), index in owner)
        for place, index in enumerate(cut(samples))
    ]
    pen.squares(tape)
    pen.frame(MARGIN, 28, len(tape) * SIDE, SIDE, Line(INK))
    for at, batch in enumerate(order):
        top = 28 + (at + 1) * ROW + 8
        said = f"batch {at}"
        pen.text(MARGIN, top + 18, said)
        left = MARGIN + text_width("batch 0") + 12
        pen.squares(
            numbered(left + place * SIDE, top, index, ground(at), True)
            for place, index in enumerate(batch)
        )
        line = LINES[at] if at < 2 else Line(INK)
        pen.frame(left, top, len(batch) * SIDE, SIDE, line)
        pen.text(left + len(batch) * SIDE + 8, top + 18, str(len(batch)))
    return pen.picture(alt or told(order, samples, owner))


def ground(batch: int | None) -> str:
    """Return the ground of a batch's samples."""
    return LINES[batch].ground if batch in (0, 1) else LINES[2].ground


def numbered(x: float, y: float, index: int, ground: str, used: bool) -> Square:
    """Return the square of a sample, dotted where no batch holds it."""
    ink = INK if used else QUIET
    return Square(x, y, SIDE, SIDE, str(index), ground, ink=ink, absent=not used)


def told(order: Sequence[Sequence[int]], samples: int, owner: dict[int, int]) -> str:
    """Return what the picture of batches shows."""
    parts = [f"batch {at} holds {listed([*map(str, batch)])}" for at, batch in enumerate(order)]
    text = f"A dataset of {samples} samples: {'; '.join(parts)}."
    left = [str(index) for index in range(samples) if index not in owner]
    return f"{text} No batch holds {listed(left)}." if left else text


def counts(
    *draws: Iterable[int], samples: int, names: Sequence[str] = (), alt: str | None = None
) -> Picture:
    """Draw how often each sample was drawn: a column of squares each, one square a time.

    Args:
        draws: The indices of one sampler or two, such as `list(sampler)`.
        samples: How many samples there are to draw from; 12 at most.
        names: A name for each sampler.
        alt: The text alternative, where the sentence that is made by itself will not do.

    Raises:
        ValueError: More samples, or more draws of one, than fit, or more than two samplers.
    """
    found = [Counter(int(index) for index in drawn) for drawn in draws]
    if not 1 <= len(found) <= 2:
        raise ValueError(f"one sampler or two are drawn, not {len(found)}")
    if samples > TALLEST or max(max(c.values(), default=0) for c in found) > TALLEST:
        raise ValueError(f"up to {TALLEST} samples are drawn, each up to {TALLEST} times")
    titles = [*names, *[""] * (len(found) - len(names))]
    pen, top, said = Pen(), 0.0, []
    for name, count, line in zip(titles, found, LINES, strict=False):
        total, missed = sum(count.values()), [i for i in range(samples) if not count[i]]
        pen.title(MARGIN, top + 18, name, f"{total} draws")
        base = top + 30 + max(count.values(), default=1) * HIT
        for index in range(samples):
            x = MARGIN + index * SIDE + (SIDE - HIT) / 2
            column = [
                Square(x, base - HIT * (at + 1), HIT, HIT, ground=line.ground)
                for at in range(count[index])
            ]
            pen.squares(column or [Square(x, base - HIT, HIT, HIT, absent=True)])
            ink, at = (INK, x + HIT / 2) if column else (QUIET, x + HIT / 2)
            pen.text(at, base + 16, str(index), ink=ink, anchor="middle")
        pen.path(f"M{MARGIN} {base:.0f}H{MARGIN + samples * SIDE}", Line(INK))
        top = base + 22
        times = [f"{index} {count[index]}x" for index in range(samples) if count[index]]
        said.append(f"{name or 'The sampler'} drew {total} times: {', '.join(times)}")
        said[-1] += f"; never {listed([*map(str, missed)])}." if missed else "."
    return pen.picture(alt or " ".join(said))
