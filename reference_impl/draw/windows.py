"""`conv1d`: a window slides over the elements, and each of its places gives one element."""

from __future__ import annotations

from dataclasses import dataclass

from reference_impl.draw.grids import GAPS, font, width_of
from reference_impl.draw.pen import (
    ACCENT,
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
from reference_impl.draw.values import Reading, Tensor, cut, keep, read, shape_of

SIDE = 30
MOST = 12
MOST_CHANNELS = 6


def conv1d(
    x: Tensor,
    weight: Tensor,
    result: Tensor | None = None,
    *,
    stride: int = 1,
    padding: int | str = 0,
    dilation: int = 1,
    at: int = 0,
    values: bool = True,
    alt: str | None = None,
) -> Picture:
    """Draw how `torch.nn.functional.conv1d` comes by one element of its result.

    The window lies over the elements that `weight[0]` is multiplied with, its next place is
    dashed, padding is dotted. The weights stand above the elements that they meet. Of a batch
    the first sample is drawn; of long inputs both ends and what the window touches.

    Args:
        x: Input, shape `(C_in, L)` or `(N, C_in, L)`.
        weight: Kernels, shape `(C_out, C_in, K)`.
        result: What conv1d gave, shape `(C_out, L_out)` or `(N, C_out, L_out)`; with it the
            result's squares have values.
        stride: How far the window moves, in elements.
        padding: How many zeros are added at each end, or "same" or "valid".
        dilation: How far apart the elements are that the window reads.
        at: Which element of the result the window gives.
        values: Whether to write values.
        alt: The text alternative, where the sentence that is made by itself will not do.

    Raises:
        ValueError: If the shapes do not fit together, or `at` is not in the result.
    """
    slide = Slide.of(shape_of(x), shape_of(weight), stride, padding, dilation, at)
    given = first_sample(read(x, values=values))
    kernel = read(weight, values=values)
    made = None if result is None else first_sample(read(result, values=values))
    if made is not None and made.shape != (slide.outputs, slide.length_out):
        raise ValueError(
            f"the result has shape {shape_of(result)}, but this convolution gives "
            f"{(slide.outputs, slide.length_out)}"
        )
    pen = Pen()
    drawn = Drawn(slide, given, kernel, made)
    y = drawn.weights(pen) if kernel.nested is not None else 2
    y = drawn.input(pen, y)
    drawn.output(pen, y)
    return pen.picture(alt or sentence(slide, given, kernel, made))


@dataclass(frozen=True, slots=True)
class Slide:
    """The arithmetic of a convolution, all lengths in elements."""

    channels: int
    length: int
    outputs: int
    kernel: int
    stride: int
    dilation: int
    left: int
    right: int
    at: int
    batch: int | None

    @classmethod
    def of(
        cls,
        given: tuple[int, ...],
        weight: tuple[int, ...],
        stride: int,
        padding: int | str,
        dilation: int,
        at: int,
    ) -> Slide:
        """Check that the sizes fit together and work out the padding at either end."""
        if len(given) not in (2, 3):
            raise ValueError(f"the input of conv1d has 2 or 3 dims, but got {given}")
        if len(weight) != 3:
            raise ValueError(f"the weight of conv1d has 3 dims, but got {weight}")
        channels, length = given[-2:]
        if weight[1] != channels:
            raise ValueError(
                f"the weight reads {weight[1]} channels and the input has {channels} "
                "(groups are not drawn)"
            )
        if min(*given, *weight) < 1:
            raise ValueError(f"there is nothing to draw of sizes {given} and {weight}")
        if stride < 1 or dilation < 1:
            raise ValueError("stride and dilation are 1 or more")
        reach = dilation * (weight[2] - 1)
        if padding == "same":
            if stride != 1:
                raise ValueError("padding='same' needs stride 1")
            left, right = reach // 2, reach - reach // 2
        elif padding == "valid":
            left = right = 0
        elif isinstance(padding, int) and padding >= 0:
            left = right = padding
        else:
            raise ValueError(f'padding is a length, "same" or "valid", but got {padding!r}')
        batch = given[0] if len(given) == 3 else None
        slide = cls(
            channels, length, weight[0], weight[2], stride, dilation, left, right, at, batch
        )
        if slide.length_out < 1:
            raise ValueError(
                f"a window over {slide.window} elements does not fit into {slide.padded}"
            )
        if not 0 <= at < slide.length_out:
            raise ValueError(f"the result has elements 0 to {slide.length_out - 1}, not {at}")
        return slide

    @property
    def window(self) -> int:
        """How many elements the window spans."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def padded(self) -> int:
        """The input's length with the padding."""
        return self.left + self.length + self.right

    @property
    def length_out(self) -> int:
        """The result's length."""
        return (self.padded - self.window) // self.stride + 1

    @property
    def reads(self) -> range:
        """Which places of the padded input the window reads."""
        start = self.at * self.stride
        return range(start, start + self.window, self.dilation)

    @property
    def next(self) -> range:
        """The places that the window spans after one step; none after the last."""
        if self.at + 1 >= self.length_out:
            return range(0)
        start = (self.at + 1) * self.stride
        return range(start, start + self.window)

    def formula(self) -> str:
        """How L_out comes about, with the numbers in it."""
        added = f" + {self.left + self.right}" if self.left + self.right else ""
        if self.stride == 1:
            return f"L_out = {self.length}{added} − {self.window} + 1 = {self.length_out}"
        total = f"{self.length}{added} − {self.window}"
        return f"L_out = ⌊({total}) / {self.stride}⌋ + 1 = {self.length_out}"


def first_sample(reading: Reading) -> Reading:
    """Return the first sample of a batch, or what has no batch as it is."""
    if len(reading.shape) < 3:
        return reading
    nested = None if reading.nested is None else reading.nested[0]
    return Reading(reading.shape[1:], nested, reading.word)


class Drawn:
    """The places of everything on paper."""

    def __init__(self, slide: Slide, given: Reading, kernel: Reading, made: Reading | None) -> None:
        self.slide, self.given, self.kernel, self.made = slide, given, kernel, made
        self.columns = input_columns(slide)
        self.channels = cut(slide.channels, MOST_CHANNELS, 2)
        self.out_columns = output_columns(slide)
        self.out_channels = cut(slide.outputs, MOST_CHANNELS, 2)
        words = [
            *(self.word(c, p) for c in self.channels for p in self.columns),
            *(self.weight(c, p) for c in self.channels for p in slide.reads),
            *(self.made_word(c, p) for c in self.out_channels for p in self.out_columns),
        ]
        self.font = font(words)
        self.cell = width_of(words, SIDE)

    def word(self, channel: int | None, place: int | None) -> str:
        """Return what stands in the padded input."""
        if channel is None or place is None or self.given.nested is None:
            return ""
        inside = place - self.slide.left
        if 0 <= inside < self.slide.length:
            return self.given.at((channel, inside))
        return "0"

    def weight(self, channel: int | None, place: int) -> str:
        """Return the weight that meets a place of the padded input."""
        if channel is None or place not in self.slide.reads:
            return ""
        return self.kernel.at((0, channel, self.slide.reads.index(place)))

    def made_word(self, channel: int | None, place: int | None) -> str:
        """Return what stands in the result."""
        if channel is None or place is None or self.made is None:
            return ""
        return self.made.at((channel, place))

    def x(self, column: int) -> float:
        """Return where a column of the input begins."""
        return MARGIN + 2 + column * self.cell

    def span(self, places: range) -> tuple[float, float]:
        """Return where a window over these places begins and ends."""
        shown = [i for i, place in enumerate(self.columns) if place in places]
        return self.x(shown[0]), self.x(shown[-1] + 1)

    def weights(self, pen: Pen) -> float:
        """Draw the kernel above the elements that it meets; return where it ends."""
        start, end = self.span(range(self.slide.reads[0], self.slide.reads[-1] + 1))
        y = 26
        title = "weight[0]" if self.slide.outputs > 1 else "weight"
        pen.title(start, 18, title, f"K {self.slide.kernel}")
        squares = []
        for i, channel in enumerate(self.channels):
            for j, place in enumerate(self.columns):
                if place in self.slide.reads:
                    gap = "row" if channel is None else ""
                    words = self.weight(channel, place)
                    left, top = self.x(j), y + i * SIDE
                    squares.append(
                        Square(left, top, self.cell, SIDE, words, SOFT, bold=True, gap=gap)
                    )
        pen.squares(squares, self.font)
        high = SIDE * len(self.channels)
        if self.slide.dilation == 1:
            pen.frame(start, y, end - start, high, Line(ACCENT))
        else:
            for j, place in enumerate(self.columns):
                if place in self.slide.reads:
                    pen.frame(self.x(j), y, self.cell, high, Line(ACCENT))
        for j, place in enumerate(self.columns):
            if place in self.slide.reads:
                pen.text(self.x(j) + self.cell / 2, y + high + 36, "×", ink=ACCENT, anchor="middle")
        return y + high + 4

    def input(self, pen: Pen, y: float) -> float:
        """Draw the input, the window over it and its next place; return where that ends."""
        slide = self.slide
        begin = sum(place is not None and place < slide.left for place in self.columns)
        y += 16
        name = "x" if slide.batch is None else "x[0]"
        pen.title(MARGIN + 2, y, name, f"in_channels {slide.channels} × L {slide.length}")
        y += 14 if self.kernel.nested is None else 26
        pen.squares(self.input_squares(y), self.font)
        inside = [p is not None and 0 <= p - slide.left < slide.length for p in self.columns]
        inside = [ok or self.columns[i] is None for i, ok in enumerate(inside)]
        wide, high = self.cell * sum(inside), SIDE * len(self.channels)
        pen.frame(self.x(begin), y, wide, high, Line(INK))
        if slide.next:
            start, end = self.span(slide.next)
            pen.frame(start, y - 4, end - start, high + 8, Line(ACCENT, "4 3"), 1.5)
        start, end = self.span(range(slide.reads[0], slide.reads[-1] + 1))
        pen.frame(start, y - 4, end - start, high + 8, Line(ACCENT), 3)
        return y + high

    def input_squares(self, y: float) -> list[Square]:
        """Return the squares of the padded input."""
        slide, squares = self.slide, []
        for i, channel in enumerate(self.channels):
            for j, place in enumerate(self.columns):
                read_here = place in slide.reads
                absent = place is not None and not 0 <= place - slide.left < slide.length
                gap = GAPS[channel is None, place is None]
                squares.append(
                    Square(
                        self.x(j),
                        y + i * SIDE,
                        self.cell,
                        SIDE,
                        self.word(channel, place),
                        SOFT if read_here and not absent else PAPER,
                        bold=read_here and not absent,
                        ink=QUIET if absent else INK,
                        absent=absent,
                        gap=gap,
                    )
                )
        return squares

    def output(self, pen: Pen, y: float) -> None:
        """Draw the labels of the window, the line down and the result."""
        slide = self.slide
        start, end = self.span(range(slide.reads[0], slide.reads[-1] + 1))
        middle = (start + end) / 2
        spot = self.out_columns.index(slide.at)
        wide = self.cell * len(self.out_columns)
        room = self.x(len(self.columns)) - wide
        left = max(MARGIN + 2, min(room, middle - (spot + 0.5) * self.cell))
        top = y + 62
        target = left + (spot + 0.5) * self.cell
        self.labels(pen, max(middle, target) + 12, y + 22)
        bend = y + 48
        pen.path(
            f"M{middle:.0f} {y + 6:.0f}V{bend:.0f}H{target:.0f}V{top - 8:.0f}"
            if round(middle) != round(target)
            else f"M{middle:.0f} {y + 6:.0f}V{top - 8:.0f}",
            Line(INK),
            1.2,
        )
        pen.head(target, top - 2, "down", INK)
        squares = []
        for i, channel in enumerate(self.out_channels):
            for j, place in enumerate(self.out_columns):
                hit = channel == 0 and place == slide.at
                gap = GAPS[channel is None, place is None]
                words = self.made_word(channel, place)
                ground = SOFT if hit else PAPER
                at = (left + j * self.cell, top + i * SIDE)
                squares.append(Square(*at, self.cell, SIDE, words, ground, bold=hit, gap=gap))
        pen.squares(squares, self.font)
        high = SIDE * len(self.out_channels)
        pen.frame(left, top, wide, high, Line(INK))
        words = f"out_channels {slide.outputs} × L_out {slide.length_out}"
        pen.text(MARGIN + 2, top + high + 20, words)
        pen.text(MARGIN + 2, top + high + 38, slide.formula())

    def labels(self, pen: Pen, x: float, y: float) -> None:
        """Write kernel size, stride and dilation beside the line."""
        slide = self.slide
        pen.text(x, y, f"kernel_size {slide.kernel}", ink=ACCENT, bold=True)
        pen.arrow([(x, y + 14), (x + 24, y + 14)], Line(ACCENT), 2)
        step = f"stride {slide.stride}"
        pen.text(x + 32, y + 18, step, ink=ACCENT)
        if slide.dilation > 1:
            after = x + 32 + text_width(step) + 10
            pen.text(after, y + 18, f"dilation {slide.dilation}", ink=ACCENT)


def input_columns(slide: Slide) -> list[int | None]:
    """Return which places of the padded input are drawn: the ends, the window, its next place."""
    if slide.padded <= MOST:
        return list(range(slide.padded))
    first = range(slide.reads[0], slide.reads[-1] + 1)
    wanted: set[int] = set()
    for span in (first, slide.next):
        wanted |= set(span) if len(span) <= MOST else {*span[:3], *span[-3:]}
    ends = {0, 1, slide.padded - 2, slide.padded - 1}
    ends |= {slide.left, slide.left + slide.length - 1}
    return keep(slide.padded, wanted | ends)


def output_columns(slide: Slide) -> list[int | None]:
    """Return which places of the result are drawn."""
    if slide.length_out <= MOST:
        return list(range(slide.length_out))
    last = slide.length_out - 1
    return keep(slide.length_out, {0, 1, slide.at, slide.at + 1, last - 1, last})


def sentence(slide: Slide, given: Reading, kernel: Reading, made: Reading | None) -> str:
    """Return what the picture of a convolution shows."""
    channels = f"{slide.channels} channel{'s' * (slide.channels != 1)}"
    text = f"A window of kernel_size {slide.kernel} over {channels} slides along L = {slide.length}"
    if slide.left + slide.right:
        text += f", padded to {slide.padded},"
    text += f" with stride {slide.stride}"
    if slide.dilation > 1:
        text += f" and dilation {slide.dilation}"
    text += f" and gives L_out = {slide.length_out}"
    if slide.outputs > 1:
        text += f" in each of {slide.outputs} channels"
    text += "."
    if slide.batch is not None:
        text += f" The first of {slide.batch} samples is drawn."
    if made is not None and made.nested is not None:
        text += f" The window gives {made.at((0, slide.at))} at place {slide.at}."
    return text
