"""`graph`: where a tensor comes from, and where its gradient goes."""

from __future__ import annotations

from reference_impl.draw.layers import arrange
from reference_impl.draw.pen import (
    ACCENT,
    EDGE,
    INK,
    MARGIN,
    PAPER,
    QUIET,
    SOFT,
    Line,
    Pen,
    Picture,
    text_width,
)
from reference_impl.draw.records import PORT, Box, Record
from reference_impl.draw.values import Tensor, shape_of

FORWARD = Line(INK)
BACKWARD = Line(ACCENT, "5 3")
CUT = Line(INK, "1.5 3")
APART = 6
"""How far forward and backward each stand from the middle between them, in px."""
RISE = 42
"""The room between two layers, in px."""


def graph(root: Tensor, /, *, alt: str | None = None, **tensors: Tensor) -> Picture:
    """Draw the graph that autograd recorded for a tensor, from its leaves down to it.

    Heavy boxes are leaves, pills are nodes with torch's names, thin boxes computed tensors.
    Solid arrows go forward; dashed ones take the gradient back, as far as `.grad`. An input
    that gets no gradient (a constant, a detached tensor) is a dotted box, and its edge is cut.

    Args:
        root: The tensor whose `grad_fn` is followed.
        alt: The text alternative, where the sentences that are made by themselves will not do.
        tensors: Tensors to be named, as in `graph(loss, loss=loss, w=w, b=b)`. One that the
            graph does not reach is drawn apart.

    Raises:
        ValueError: If the graph has more than 40 nodes.
    """
    for x in (root, *tensors.values()):
        shape_of(x)
    record = Record(root, tensors)
    pen = Pen()
    Plan(record).draw(pen)
    return pen.picture(alt or record.sentences())


class Plan:
    """The record on paper: boxes in layers, the asked tensor at the bottom."""

    def __init__(self, record: Record) -> None:
        self.record, self.boxes = record, record.boxes
        widths = [box.width for box in self.boxes]
        middles, self.passages = arrange(widths, record.depths, record.edges)
        left = min(x - box.width // 2 for x, box in zip(middles, self.boxes, strict=True))
        left = min([left, *(x - 10 for passage in self.passages for x in passage)])
        self.middles = [x - left + MARGIN + 2 for x in middles]
        self.passages = [[x - left + MARGIN + 2 for x in passage] for passage in self.passages]
        self.heights = [0] * (max(record.depths) + 1)
        for box, depth in zip(self.boxes, record.depths, strict=True):
            self.heights[depth] = max(self.heights[depth], box.height)

    def top(self, layer: int) -> int:
        """Return where a layer begins."""
        return MARGIN + 2 + sum(height + RISE for height in self.heights[layer + 1 :])

    def edge(self, at: int) -> tuple[int, int]:
        """Return the upper and lower edge of a box, which stands in the middle of its layer."""
        depth, high = self.record.depths[at], self.boxes[at].height
        upper = self.top(depth) + (self.heights[depth] - high) // 2
        return upper, upper + high

    def draw(self, pen: Pen) -> None:
        """Draw edges, boxes over their ends, and the key to the arrows."""
        edges = self.record.edges
        for place, (source, taker) in enumerate(edges):
            self.draw_edge(pen, place, source, taker)
        for at, box in enumerate(self.boxes):
            self.draw_box(pen, box, self.middles[at] - box.width // 2, self.edge(at)[0])
        if edges:
            self.draw_key(pen, self.top(0) + self.heights[0] + 30)

    def port(self, at: int, place: int, *, above: bool) -> int:
        """Return where along x an edge meets a box: its edges share the side between them."""
        edges = self.record.edges
        near: list[tuple[int, int]] = []
        for i, (source, taker) in enumerate(edges):
            passage = self.passages[i]
            if above and taker == at:
                near.append(((passage[-1:] or [self.middles[source]])[0], i))
            elif not above and source == at:
                near.append(((passage[:1] or [self.middles[taker]])[0], i))
        order = [i for _, i in sorted(near)]
        room = min(PORT + 14, self.boxes[at].width // len(order))
        return self.middles[at] + (2 * order.index(place) - len(order) + 1) * room // 2

    def draw_edge(self, pen: Pen, place: int, source: int, taker: int) -> None:
        """Draw an edge forward and, unless it is cut, the way of the gradient beside it."""
        start, end = self.port(source, place, above=False), self.port(taker, place, above=True)
        if abs(start - end) <= 3:
            start = end
        stops = [(start, self.edge(source)[1])]
        layers = range(self.record.depths[source] - 1, self.record.depths[taker], -1)
        for layer, x in zip(layers, self.passages[place], strict=True):
            stops += [(x, self.top(layer)), (x, self.top(layer) + self.heights[layer])]
        stops.append((end, self.edge(taker)[0]))
        if self.boxes[source].kind == "cut":
            self.draw_cut(pen, stops)
            return
        forward = [(x - APART, y) for x, y in stops]
        (x, y) = forward[-1]
        pen.path(curve([*forward[:-1], (x, y - 7)], -APART), FORWARD)
        pen.head(x, y - 1, "down", FORWARD.ink)
        back = [(x + APART, y) for x, y in reversed(stops)]
        (x, y) = back[-1]
        pen.path(curve([*back[:-1], (x, y + 7)], APART), BACKWARD)
        pen.head(x, y + 1, "up", BACKWARD.ink)

    @staticmethod
    def draw_cut(pen: Pen, stops: list[tuple[int, int]]) -> None:
        """Draw an edge that takes no gradient back: dotted, with a bar across."""
        (x, y), (end, bottom) = stops[0], stops[-1]
        pen.path(curve([*stops[:-1], (end, bottom - 7)]), CUT)
        pen.head(end, bottom - 1, "down", CUT.ink)
        middle, high = (x + end) // 2, (y + bottom - 7) // 2
        pen.path(f"M{middle - 7} {high}h14", Line(INK), 2.5)

    def draw_box(self, pen: Pen, box: Box, x: int, y: int) -> None:
        """Draw a leaf, a node, a tensor, or what gets no gradient."""
        pen.reach(x + box.width + 2, y + box.height + 2)
        looks = {
            "leaf": (SOFT, ACCENT, 2.5, None, 3),
            "node": (PAPER, EDGE, 1.5, None, box.height / 2),
            "tensor": (PAPER, INK, 1.5, None, 3),
        }
        fill, ink, thick, dash, round_ = looks.get(box.kind, (PAPER, EDGE, 1.5, "1.5 3", 3))
        pen.mark(
            "rect",
            x=x,
            y=y,
            width=box.width,
            height=box.height,
            rx=round_,
            fill=fill,
            stroke=ink,
            stroke_width=thick,
            stroke_dasharray=dash,
        )
        if box.kind in ("node", "cut"):
            ink = INK if box.kind == "node" else QUIET
            words = box.name or box.said
            pen.text(x + box.width / 2, y + 19, words, ink=ink, anchor="middle")
            return
        after = x + 12
        if box.name:
            pen.text(after, y + 20, box.name, size=14, ink=INK, bold=True)
            after += text_width(box.name, 14) + 8
        if box.said:
            pen.text(after, y + 20, box.said)
        base = y + (37 if box.lines == 2 else 19)
        pen.text(x + 12, base, str(box.shape))
        if box.grad:
            right = x + box.width - 12
            pen.text(right, base, ".grad", ink=ACCENT, anchor="end", bold=True)

    @staticmethod
    def draw_key(pen: Pen, y: float) -> None:
        """Say which arrow is which."""
        x = MARGIN + 2
        pen.arrow([(x, y - 4), (x + 28, y - 4)], FORWARD)
        pen.text(x + 36, y, "forward")
        x += 36 + int(text_width("forward")) + 18
        pen.arrow([(x, y - 4), (x + 28, y - 4)], BACKWARD)
        pen.text(x + 36, y, "backward", ink=ACCENT)


def curve(stops: list[tuple[int, int]], beside: int = 0) -> str:
    """Return a path that leaves and enters every stop upright.

    `beside` is how far it runs to the right of the middle of a pair. On a slant the two would
    come close to each other, so the one that is outside turns as much later.
    """
    (x, y), *others = stops
    course = f"M{x} {y}"
    for end, bottom in others:
        if x == end:
            course += f"V{bottom}"
        else:
            turn = beside if end < x else -beside
            half = (y + bottom) // 2 + (turn if bottom > y else -turn)
            course += f"C{x} {half} {end} {half} {end} {bottom}"
        x, y = end, bottom
    return course
