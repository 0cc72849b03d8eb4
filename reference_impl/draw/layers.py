"""Where the boxes of a graph stand: layer over layer, with few crossings and short ways.

Whole numbers only: the same graph is laid out the same on every Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

SPACE = 20
"""The least room between two boxes of a layer, in px."""
PASSAGE = 20
"""The width that is kept free where an edge passes a layer, in px."""


@dataclass(slots=True)
class Item:
    """A box, or the place where an edge passes a layer; `above` and `below` are neighbours."""

    width: int
    layer: int
    above: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    x: int = 0


def arrange(
    widths: Sequence[int], depths: Sequence[int], edges: Sequence[tuple[int, int]]
) -> tuple[list[int], list[list[int]]]:
    """Return the middle of each box, and of each edge where it passes the layers between.

    Args:
        widths: The width of each box.
        depths: The layer of each box, 0 at the bottom.
        edges: Pairs of boxes, the upper one first.
    """
    items = [Item(width, depth) for width, depth in zip(widths, depths, strict=True)]
    passages = []
    for upper, lower in edges:
        chain = [upper]
        for layer in range(depths[upper] - 1, depths[lower], -1):
            items.append(Item(PASSAGE, layer))
            chain.append(len(items) - 1)
        passages.append(chain[1:])
        for one, other in zip(chain, [*chain[1:], lower], strict=True):
            items[one].below.append(other)
            items[other].above.append(one)
    layers = ordered(items)
    for _ in range(6):
        for layer in layers[1:]:
            settle(items, layer, upwards=True)
        for layer in reversed(layers[:-1]):
            settle(items, layer, upwards=False)
    return [item.x for item in items[: len(widths)]], [
        [items[i].x for i in passage] for passage in passages
    ]


def ordered(items: list[Item]) -> list[list[int]]:
    """Return the items of each layer from left to right, packed around 0."""
    layers: list[list[int]] = [[] for _ in range(max(item.layer for item in items) + 1)]
    seen: set[int] = set()
    # In the order in which inputs are written, which leaves a tree without crossings.
    waiting = [i for i, item in reversed(list(enumerate(items))) if not item.below]
    while waiting:
        at = waiting.pop()
        if at not in seen:
            seen.add(at)
            layers[items[at].layer].append(at)
            waiting += reversed(items[at].above)
    best, fewest = [list(layer) for layer in layers], crossings(items, layers)
    for _ in range(4):
        for layer in layers[1:]:
            place = {at: i for row in layers for i, at in enumerate(row)}
            layer.sort(key=lambda at: mean([place[i] * 100 for i in items[at].below], place[at]))
        if crossings(items, layers) < fewest:
            best, fewest = [list(layer) for layer in layers], crossings(items, layers)
    for layer in best:
        total = sum(items[at].width + SPACE for at in layer)
        left = -total // 2
        for at in layer:
            items[at].x = left + (items[at].width + SPACE) // 2
            left += items[at].width + SPACE
    return best


def crossings(items: Sequence[Item], layers: Sequence[Sequence[int]]) -> int:
    """Return how many pairs of edges between neighbouring layers cross."""
    count = 0
    for upper, lower in zip(layers[1:], layers, strict=False):
        place = {at: i for i, at in enumerate(lower)}
        ends = [place[below] for at in upper for below in sorted(items[at].below, key=place.get)]
        count += sum(a > b for i, a in enumerate(ends) for b in ends[i + 1 :])
    return count


def mean(numbers: Sequence[int], otherwise: int) -> int:
    """Return the mean in whole numbers."""
    return sum(numbers) // len(numbers) if numbers else otherwise


def settle(items: list[Item], layer: Sequence[int], *, upwards: bool) -> None:
    """Move the items of a layer under what is above them, or over what is below.

    Order and room are kept: what wants to overlap is pooled into a block, which stands at the
    mean of its wishes.
    """
    shifts, shift = [], 0
    for place, at in enumerate(layer):
        if place:
            shift += (items[layer[place - 1]].width + items[at].width) // 2 + SPACE
        shifts.append(shift)
    blocks: list[tuple[int, int]] = []
    for at, moved in zip(layer, shifts, strict=True):
        item = items[at]
        near = item.below if upwards else item.above
        total, count = mean([items[i].x for i in near], item.x) - moved, 1
        while blocks and blocks[-1][0] * count >= total * blocks[-1][1]:
            total, count = total + blocks[-1][0], count + blocks[-1][1]
            blocks.pop()
        blocks.append((total, count))
    places = [total // count for total, count in blocks for _ in range(count)]
    for at, place, moved in zip(layer, places, shifts, strict=True):
        items[at].x = place + moved
