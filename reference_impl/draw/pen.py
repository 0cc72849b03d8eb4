"""The pen: two inks, two grounds, four line styles, and the finished picture.

A picture holds no `id`: arrow heads and hatching are drawn out, so that any number of pictures,
even the same one twice, can stand on one page. Its one rule of style is bound to a class that
is made from its content, and its dark inks to `:root`: inside a page the page's own tokens
decide, in a file of its own the reader's colour scheme does.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

INK = "currentColor"
PAPER = "var(--hb-paper, #fdfdfb)"
QUIET = "var(--hb-ink-2, #50565e)"
EDGE = "var(--hb-edge, #7d7f82)"
ACCENT = "var(--hb-accent, #0f5a9e)"
SOFT = "var(--hb-soft, #dfebf6)"
SECOND = "var(--hb-second, #8a5200)"
SOFT_2 = "var(--hb-soft-2, #f6e7cd)"
HATCHED = "hatched"
"""A ground of ochre with thin diagonal lines."""

DARK = (
    "--hb-paper:#15181b;--hb-ink:#e7e5e0;--hb-ink-2:#adb2b8;--hb-edge:#7b8289;"
    "--hb-accent:#83b9f2;--hb-soft:#1d3650;--hb-second:#e2b263;--hb-soft-2:#43331a"
)
FONT = "ui-monospace, Menlo, Consolas, monospace"
MARGIN = 10
SCREEN = 272
"""The width that every picture is first designed for, in px."""


@dataclass(frozen=True, slots=True)
class Line:
    """An ink and a line style; together they say which thing is meant."""

    ink: str
    dash: str | None = None
    ground: str = PAPER


LINES = (Line(ACCENT, None, SOFT), Line(SECOND, "5 3", HATCHED), Line(INK, "1 3"), Line(INK, "9 3"))
"""First, second, third, fourth thing. The last two have no ink of their own, only a style."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished drawing, which a notebook shows by itself.

    Attributes:
        svg: The drawing, one `<svg>` element.
        alt: What it shows, as a sentence; also the drawing's `aria-label`.
    """

    svg: str
    alt: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<Picture: {self.alt}>"


@dataclass(frozen=True, slots=True)
class Square:
    """One element on paper: where it is, what it says, and what is remarkable about it.

    `gap` is "row", "column" or "both" where the square stands for elements that are left out.
    """

    x: float
    y: float
    width: float
    height: float
    words: str = ""
    ground: str = PAPER
    bold: bool = False
    ink: str = INK
    absent: bool = False
    gap: str = ""

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre, `(x, y)`."""
        return self.x + self.width / 2, self.y + self.height / 2


def number(value: float) -> str:
    """Return a length in px with at most one decimal, and none that says nothing."""
    return f"{value:.1f}".removesuffix(".0")


def text_width(words: str, size: float = 12) -> float:
    """Return how wide `words` are in a monospaced face, in px."""
    cells = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)
    return cells * size * 0.6


def plain(words: str) -> str:
    """Return `words` without what XML cannot hold."""
    return "".join(letter if letter.isprintable() else " " for letter in words)


class Pen:
    """Collects marks on paper that grows with them, and hands over the picture."""

    def __init__(self) -> None:
        self.marks: list[str] = []
        self.right = 0.0
        self.bottom = 0.0

    def reach(self, x: float, y: float) -> None:
        """Make the paper large enough for the point `(x, y)`."""
        self.right = max(self.right, x)
        self.bottom = max(self.bottom, y)

    def mark(self, tag: str, words: str | None = None, **attributes: str | float | None) -> None:
        """Put down one element; `stroke_width` is written `stroke-width`, None is left out."""
        end = "/>" if words is None else f">{escape(plain(words), quote=False)}</{tag}>"
        self.marks.append(f"<{tag}{self._written(attributes)}{end}")

    @contextmanager
    def group(self, **attributes: str | float | None) -> Iterator[None]:
        """Give the attributes to every mark made inside."""
        self.marks.append(f"<g{self._written(attributes)}>")
        yield
        self.marks.append("</g>")

    @staticmethod
    def _written(attributes: dict[str, str | float | None]) -> str:
        written = []
        for key, value in attributes.items():
            if value is not None:
                word = escape(value) if isinstance(value, str) else number(value)
                written.append(f' {key.replace("_", "-")}="{word}"')
        return "".join(written)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 12,
        ink: str = QUIET,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        """Write one line; `y` is its baseline."""
        width = text_width(words, size)
        self.reach(x + width * {"start": 1, "middle": 0.5, "end": 0}[anchor], y + size * 0.3)
        self.mark(
            "text",
            words,
            x=x,
            y=y,
            font_size=size,
            fill=ink,
            text_anchor=None if anchor == "start" else anchor,
            font_weight="700" if bold else None,
        )

    def title(self, x: float, y: float, name: str, words: str) -> float:
        """Write a name in bold and what is said of it behind; return where the line ends."""
        if name:
            self.text(x, y, name, size=13, ink=INK, bold=True)
            x += text_width(name, 13) + 10
        self.text(x, y, words)
        return x + text_width(words)

    def frame(
        self, x: float, y: float, width: float, height: float, line: Line, thick: float = 2
    ) -> None:
        """Draw a rectangle's edge without a ground."""
        self.reach(x + width + thick / 2, y + height + thick / 2)
        self.mark(
            "rect",
            x=x,
            y=y,
            width=width,
            height=height,
            fill="none",
            stroke=line.ink,
            stroke_width=thick,
            stroke_dasharray=line.dash,
        )

    def path(self, course: str, line: Line, thick: float = 1.5) -> None:
        """Draw a line along an SVG path."""
        self.mark(
            "path",
            d=course,
            fill="none",
            stroke=line.ink,
            stroke_width=thick,
            stroke_dasharray=line.dash,
        )

    def head(self, x: float, y: float, towards: str, ink: str) -> None:
        """Draw the head of an arrow whose tip is `(x, y)`; towards "up", "down" or "right"."""
        back, side = {"up": (0, 8), "down": (0, -8), "right": (-8, 0)}[towards], 3.5
        left = (x + back[0] + (side if back[1] else 0), y + back[1] + (side if back[0] else 0))
        right = (x + back[0] - (side if back[1] else 0), y + back[1] - (side if back[0] else 0))
        points = " ".join(f"{number(a)},{number(b)}" for a, b in ((x, y), left, right))
        self.reach(x + side, y + side)
        self.mark("polygon", points=points, fill=ink)

    def arrow(self, points: Sequence[tuple[float, float]], line: Line, thick: float = 1.5) -> None:
        """Draw straight pieces from point to point and a head at the last one."""
        (px, py), (x, y) = points[-2:]
        towards = "right" if x > px else "down" if y > py else "up"
        stop = {"right": (x - 6, y), "down": (x, y - 6), "up": (x, y + 6)}[towards]
        for point in points:
            self.reach(*point)
        course = "L".join(f"{number(a)} {number(b)}" for a, b in (*points[:-1], stop))
        self.path("M" + course, line, thick)
        self.head(x, y, towards, line.ink)

    def bracket(
        self, start: float, end: float, edge: float, depth: float, line: Line, *, across: bool
    ) -> None:
        """Draw a bracket from `start` to `end`, open towards `edge`.

        `across` brackets lie along x with the opening at y = edge; others lie along y.
        """
        a, b, near, far = number(start), number(end), number(edge), number(edge + depth)
        if across:
            self.path(f"M{a} {near}V{far}H{b}V{near}", line)
            self.reach(end, max(edge, edge + depth))
        else:
            self.path(f"M{near} {a}H{far}V{b}H{near}", line)
            self.reach(max(edge, edge + depth), end)

    def squares(self, squares: Iterable[Square], size: float = 14, thick: float = 1) -> None:
        """Draw elements: grounds and edges first, then what they say."""
        squares = list(squares)
        for absent in (False, True):
            chosen = [square for square in squares if square.absent is absent]
            for ground in dict.fromkeys(square.ground for square in chosen):
                self._grounds([s for s in chosen if s.ground == ground], ground, absent, thick)
        written = [square for square in squares if square.words and not square.gap]
        for ink, bold in dict.fromkeys((square.ink, square.bold) for square in written):
            weight = "700" if bold else None
            with self.group(font_size=size, fill=ink, text_anchor="middle", font_weight=weight):
                for square in written:
                    if (square.ink, square.bold) == (ink, bold):
                        x, y = square.middle
                        self.mark("text", square.words, x=x, y=y + size * 0.35)
        self._gaps([square for square in squares if square.gap])

    def _grounds(self, squares: list[Square], ground: str, absent: bool, thick: float) -> None:
        fill = "none" if absent else SOFT_2 if ground == HATCHED else ground
        dash = "1.5 3" if absent else None
        with self.group(fill=fill, stroke=EDGE, stroke_width=thick, stroke_dasharray=dash):
            for square in squares:
                self.reach(square.x + square.width + 1, square.y + square.height + 1)
                self.mark("rect", x=square.x, y=square.y, width=square.width, height=square.height)
        if ground == HATCHED and not absent:
            course = "".join(hatching(square) for square in squares)
            self.mark("path", d=course, stroke=SECOND, stroke_width=1.2, stroke_opacity=0.4)

    def _gaps(self, squares: list[Square]) -> None:
        if not squares:
            return
        with self.group(fill=QUIET):
            for square in squares:
                x, y = square.middle
                for step in (-5, 0, 5):
                    dx = 0 if square.gap == "row" else step
                    dy = 0 if square.gap == "column" else step
                    self.mark("circle", cx=x + dx, cy=y + dy, r=1.4)

    def picture(self, alt: str) -> Picture:
        """Return what was drawn, with `alt` as its text alternative."""
        width, height = number(round(self.right) + MARGIN), number(round(self.bottom) + MARGIN)
        alt, body = plain(alt), "".join(self.marks)
        own = "hb-" + hashlib.sha256(f"{alt}\n{body}".encode()).hexdigest()[:8]
        style = (
            f".{own}{{color:var(--hb-ink,#1c1f23);background:{PAPER}}}"
            f"@media(prefers-color-scheme:dark){{.{own}:root{{{DARK}}}}}"
        )
        svg = (
            f'<svg class="hb-pic {own}" xmlns="http://www.w3.org/2000/svg" width="{width}" '
            f'height="{height}" viewBox="0 0 {width} {height}" font-family="{FONT}" role="img" '
            f'aria-label="{escape(alt)}"><style>{style}</style>{body}</svg>'
        )
        return Picture(svg, alt)


def hatching(square: Square, step: int = 6) -> str:
    """Return the path of diagonal lines that fill a square, in step with its neighbours'."""
    left, top = round(square.x), round(square.y)
    right, bottom = round(square.x + square.width), round(square.y + square.height)
    pieces = []
    # On every line x + y is one multiple of the step, so lines go on from square to square.
    for both in range((left + top) // step * step + step, right + bottom, step):
        x1, x2 = max(left, both - bottom), min(right, both - top)
        pieces.append(f"M{x1} {both - x1}L{x2} {both - x2}")
    return "".join(pieces)
