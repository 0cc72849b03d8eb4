"""The loops of convolutions, over flat rows of numbers.

A convolution is a matrix product in disguise. Take the input apart: for each channel and
each place of the kernel there is a row of what this place sees as the kernel slides along.
The output is the weight, a row for each output channel, times these rows. Both gradients
are products of the same rows, so three functions do everything: `correlated`, `spread`
and `weighed`.

torch leaves convolutions of float32 to oneDNN, which takes 16 input channels at a time,
place by place of the kernel, fusing each product with its addition, and adds up the blocks;
the bias goes to the first. `in_blocks` does the same, bit for bit. Large convolutions take
a loop three times as fast that adds in double precision and rounds once; the last bit may
differ there.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from itertools import product
from operator import add, mul
from typing import NamedTuple

from ...dtypes import FLOATING, dtype, rounded
from ...kernels import kernel
from ...linalg.matmul_kernels import Layout, products
from ...shapes import contiguous_stride

BLOCK = 16  # input channels that oneDNN adds up before it goes on
LARGE = 2_000_000  # multiplications
dot = getattr(math, "sumprod", None) or (lambda a, b: sum(map(mul, a, b)))

Row = Sequence[float]


class Geometry(NamedTuple):
    """What slides over what: x of `channels` planes, y of `outputs` planes, w between them."""

    batch: int
    channels: int
    outputs: int
    groups: int
    size: tuple[int, ...]  # of a plane of x
    out: tuple[int, ...]  # of a plane of y
    kernel: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...]
    dilation: tuple[int, ...]

    @property
    def multiplications(self) -> int:
        """How many there are in one pass."""
        weights = self.channels // self.groups * self.outputs * math.prod(self.kernel)
        return weights * self.batch * math.prod(self.out)

    def padded_size(self) -> list[int]:
        """Return the size of a plane of x with its padding."""
        return [n + 2 * p for n, p in zip(self.size, self.padding, strict=True)]

    def inside(self) -> list[slice]:
        """Return where the lines of a plane lie within the padded plane."""
        steps = contiguous_stride(self.padded_size())
        lead = self.padding[-1]
        return [
            slice(start + lead, start + lead + self.size[-1])
            for start in (
                sum((i + p) * s for i, p, s in zip(at, self.padding, steps, strict=False))
                for at in product(*map(range, self.size[:-1]))
            )
        ]

    def taps(self) -> list[list[slice]]:
        """Return, for each place of the kernel, what it sees: slices of the padded plane."""
        steps = contiguous_stride(self.padded_size())
        reach = (self.out[-1] - 1) * self.stride[-1] + 1
        found = []
        for place in product(*map(range, self.kernel)):
            first = sum(k * d * s for k, d, s in zip(place, self.dilation, steps, strict=True))
            starts = (
                first + sum(o * t * s for o, t, s in zip(at, self.stride, steps, strict=False))
                for at in product(*map(range, self.out[:-1]))
            )
            found.append([slice(at, at + reach, self.stride[-1]) for at in starts])
        return found


def cut(numbers: array, count: int) -> list[list[float]]:
    """Return numbers as so many rows."""
    flat = numbers.tolist()
    length = len(flat) // count if count else 0
    return [flat[i * length : (i + 1) * length] for i in range(count)]


def seen(x: array, g: Geometry) -> list[list[list[float]]]:
    """Return, for each channel and place of the kernel, what it sees over the whole batch."""
    planes, taps = cut(x, g.batch * g.channels), g.taps()
    if any(g.padding):
        inside, zeros = g.inside(), [0] * math.prod(g.padded_size())
        width = g.size[-1]
        for at, plane in enumerate(planes):
            wide = zeros[:]
            for line, where in enumerate(inside):
                wide[where] = plane[line * width : (line + 1) * width]
            planes[at] = wide
    found = []
    for channel in range(g.channels):
        mine = planes[channel :: g.channels]
        found.append(
            [[v for plane in mine for line in lines for v in plane[line]] for lines in taps]
        )
    return found


def in_batches(rows: list[Row], batch: int, kind: dtype) -> array:
    """Join rows, one for each channel over the whole batch, sample by sample."""
    if batch < 2:
        return kind.array([v for row in rows for v in row])
    length = len(rows[0]) // batch
    cuts = [slice(n * length, (n + 1) * length) for n in range(batch)]
    return kind.array([v for where in cuts for row in rows for v in row[where]])


def by_channel(y: array, batch: int, channels: int) -> list[list[float]]:
    """Return a row for each channel, over the whole batch."""
    planes = cut(y, batch * channels)
    if batch == 1:
        return planes
    return [[v for plane in planes[c::channels] for v in plane] for c in range(channels)]


def in_blocks(weights: list[Row], rows: list[list[Row]], bias: float | None, g: Geometry) -> array:
    """Add up one output channel as oneDNN does, each product fused with its addition.

    Args:
        weights: for each input channel and place of the kernel.
        rows: the same of what is seen.
        bias: added to the first block.
        g: the geometry; groups of few channels are added channel by channel.
    """
    channels, places = len(rows), range(len(rows[0]))
    depthwise = channels == 1 and g.groups == g.outputs > 1
    block = channels if len(places) == 1 else BLOCK
    part = array("f", [(bias or 0.0) if depthwise else 0.0]) * len(rows[0][0])
    total = None
    for first in range(0, channels, block):
        inside = range(first, min(first + block, channels))
        steps = product(places, inside)
        if g.groups > 1 and channels % 4:
            steps = ((k, c) for c in inside for k in places)
        sums = part
        for k, c in steps:
            w = weights[c][k]
            sums = rounded("f", [x * w + s for x, s in zip(rows[c][k], sums)])  # noqa: B905 - speed
        if total is not None:
            total = rounded("f", list(map(add, total, sums)))
        elif bias is None or depthwise:
            total = sums
        else:
            total = rounded("f", [s + bias for s in sums])
    return total


def groups_of(items: list, groups: int) -> list[list]:
    """Return items in so many groups."""
    each = len(items) // groups
    return [items[i * each : (i + 1) * each] for i in range(groups)]


def alone(g: Geometry) -> bool:
    """Tell whether torch deems a convolution too small for oneDNN: one sample, a small kernel."""
    wide = min(g.kernel[-2:]) > 3 and len(g.kernel) > 1
    return g.batch == g.groups == 1 and not wide and g.channels * math.prod(g.size) <= 20480


def as_matrices(weights: list[Row], rows: list[list[Row]], bias: array | None, kind: dtype) -> list:
    """Return the outputs of one sample, as a matrix product of weight and rows."""
    flat = [row for channel in rows for row in channel]
    terms, length = len(flat), len(flat[0])
    left = Layout(len(weights), terms, False, 0, terms)
    right = Layout(terms, length, False, 0, length)
    start = None if bias is None else array("f", [b for b in bias for _ in range(length)])
    found = products(
        rounded("f", [w for ws in weights for w in ws]),
        rounded("f", [v for row in flat for v in row]),
        left,
        right,
        None,
        kind,
        start=start,
    )
    return cut(found, len(weights))


@kernel
def correlated(x: array, w: array, bias: array | None, g: Geometry, kind: dtype) -> array:
    """Return y: what the weight makes of x as it slides along.

    Args:
        x: `(batch, channels, *size)`.
        w: `(outputs, channels / groups, *kernel)`.
        bias: `(outputs)`, or None.
        g: what slides over what.
        kind: of all of them.
    """
    inputs, places = g.channels // g.groups, math.prod(g.kernel)
    if not g.batch or not inputs:
        length = g.batch * math.prod(g.out)
        return in_batches([[b] * length for b in bias or [0] * g.outputs], g.batch, kind)
    exact = kind.category == FLOATING and kind.itemsize < 8
    exact = exact and (inputs * places <= 2 * BLOCK or g.multiplications <= LARGE)
    weights = groups_of(cut(w, g.outputs), g.groups)
    biases = groups_of(list(bias or [None] * g.outputs), g.groups)
    found: list[Row] = []
    for rows, group, added in zip(groups_of(seen(x, g), g.groups), weights, biases, strict=True):
        if exact and alone(g):
            found += as_matrices(group, rows, bias, kind)
        elif exact:
            found += [
                in_blocks(cut(array("f", ws), inputs), rows, b, g)
                for ws, b in zip(group, added, strict=True)
            ]
        else:
            columns = list(zip(*(row for channel in rows for row in channel), strict=True))
            found += [
                [dot(ws, column) + (b or 0) for column in columns]
                for ws, b in zip(group, added, strict=True)
            ]
    return in_batches(found, g.batch, kind)


@kernel
def spread(y: array, w: array, g: Geometry, kind: dtype) -> array:
    """Return x: each number of y spread over what its window saw, weighted.

    Args:
        y: `(batch, outputs, *out)`.
        w: `(outputs, channels / groups, *kernel)`.
        g: what slides over what.
        kind: of both.
    """
    taps, padded, inside = g.taps(), math.prod(g.padded_size()), g.inside()
    length = math.prod(g.out)
    weights = groups_of(cut(w, g.outputs), g.groups)
    planes: list[list[float]] = []
    for outputs, group in zip(
        groups_of(by_channel(y, g.batch, g.outputs), g.groups), weights, strict=True
    ):
        columns = list(zip(*outputs, strict=True))
        seen_by = list(zip(*group, strict=True))  # of each channel and place, over outputs
        for first in range(0, len(seen_by), len(taps)):
            wide = [[0] * padded for _ in range(g.batch)]
            for ws, lines in zip(seen_by[first : first + len(taps)], taps, strict=True):
                row = [dot(ws, column) for column in columns]
                at, width = 0, g.out[-1]
                for plane in wide:
                    for line in lines:
                        plane[line] = map(add, plane[line], row[at : at + width])
                        at += width
            planes.append([v for plane in wide for where in inside for v in plane[where]])
    return in_batches(planes, g.batch, kind) if length else kind.array([])


@kernel
def weighed(x: array, y: array, g: Geometry, kind: dtype) -> array:
    """Return w: how much each weight's input and output go together.

    Args:
        x: `(batch, channels, *size)`.
        y: `(batch, outputs, *out)`.
        g: what slides over what.
        kind: of both.
    """
    outputs = groups_of(by_channel(y, g.batch, g.outputs), g.groups)
    found = []
    for rows, group in zip(groups_of(seen(x, g), g.groups), outputs, strict=True):
        found += [dot(row, one) for one in group for channel in rows for row in channel]
    return kind.array(found)


@kernel
def columns_of(x: array, g: Geometry, kind: dtype) -> array:
    """Return what each place of the kernel sees, for each sample: windows as columns."""
    rows = [row for channel in seen(x, g) for row in channel]
    return in_batches(rows, g.batch, kind)


@kernel
def summed_up(y: array, g: Geometry, kind: dtype) -> array:
    """Return planes onto which windows were added, each where it lies."""
    taps, padded, inside = g.taps(), math.prod(g.padded_size()), g.inside()
    rows = by_channel(y, g.batch, g.channels * len(taps))
    planes = []
    for first in range(0, len(rows), len(taps)):
        wide = [[0] * padded for _ in range(g.batch)]
        for row, lines in zip(rows[first : first + len(taps)], taps, strict=True):
            at, width = 0, g.out[-1]
            for plane in wide:
                for line in lines:
                    plane[line] = map(add, plane[line], row[at : at + width])
                    at += width
        planes.append([v for plane in wide for where in inside for v in plane[where]])
    return in_batches(planes, g.batch, kind)
