"""Indices of every kind: numbers, slices, `...`, None, truth values, tensors, and mixtures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random


def whole(rng: Random, size: int) -> int:
    """Draw an index of a dimension, now and then one that is out of range."""
    if size and rng.random() < 0.95:
        return rng.randint(-size, size - 1)
    return rng.randint(-size - 2, size + 1)


def span(rng: Random, size: int) -> str:
    """Draw a slice."""
    ends = ["", "", *(str(rng.randint(-size - 1, size + 1)) for _ in range(2))]
    step = rng.choice(["", "", "", ":1", ":2", ":3", ":-1" if rng.random() < 0.2 else ":2"])
    return f"{rng.choice(ends)}:{rng.choice(ends)}{step}"


def numbers(rng: Random, size: int, count: Sequence[int], *, once: bool) -> str:
    """Return a tensor, or a list, of indices of a dimension."""
    total = math.prod(count)
    drawn = [whole(rng, size) for _ in range(total)]
    if once and size:
        start = rng.randint(-size, 0)
        drawn = [(start + at) % size for at in range(total)]
        count = count if total <= size else ()
    if len(count) == 1 and rng.random() < 0.3:
        return repr(drawn)
    kind = rng.choice(["", "", "", ", dtype=torch.int32", ", dtype=torch.uint8"])
    if "uint8" in kind:
        if rng.random() < 0.8:
            kind = ""
        else:
            drawn = [abs(one) % 2 for one in drawn]
    if not count:
        return f"torch.tensor({drawn[0]}{kind})"
    flat = f"torch.tensor({drawn}{kind or ', dtype=torch.int64'})"
    return flat if len(count) == 1 else f"{flat}.reshape({tuple(count)})"


def mask(rng: Random, sizes: Sequence[int]) -> str:
    """Return a tensor of truth values of a size, now and then of another one."""
    sizes = list(sizes)
    if sizes and rng.random() < 0.05:
        sizes[rng.randrange(len(sizes))] += 1
    total = math.prod(sizes)
    drawn = [rng.random() < 0.5 for _ in range(total)]
    if not sizes:
        return f"torch.tensor({drawn[0]})"
    if len(sizes) == 1:
        return (
            repr(drawn)
            if drawn and rng.random() < 0.2
            else f"torch.tensor({drawn}, dtype=torch.bool)"
        )
    return f"torch.tensor({drawn}, dtype=torch.bool).reshape({tuple(sizes)})"


def index(rng: Random, size: Sequence[int], *, plain: bool = False, once: bool = False) -> str:
    """Draw what stands between the brackets for a tensor of a size.

    Args:
        rng: what to draw from.
        size: the tensor's.
        plain: whether the result is to be a view.
        once: whether no element is to be picked twice by one tensor.
    """
    parts: list[str] = []
    at, dots = 0, False
    together = (
        (rng.randint(1, 3),) if rng.random() < 0.8 else rng.choice([(), (2, 2), (1, 3), (0,)])
    )
    count = rng.randint(0 if rng.random() < 0.2 else 1, len(size) + 1)
    while len(parts) < count:
        kind = rng.random()
        left = len(size) - at
        if kind < 0.1 and not dots:
            parts.append("...")
            dots = True
            at = max(at, len(size) - rng.randint(0, 2))
        elif kind < 0.2:
            parts.append("None")
        elif left <= 0 and rng.random() < 0.9:
            break
        elif kind < 0.42:
            parts.append(str(whole(rng, size[at] if left > 0 else 1)))
            at += 1
        elif kind < 0.7 or plain:
            parts.append(span(rng, size[at] if left > 0 else 1))
            at += 1
        elif kind < 0.88:
            lone = rng.choice([together, together, together, (1,), ()])
            parts.append(numbers(rng, size[at] if left > 0 else 1, lone, once=once))
            at += 1
        elif kind < 0.97:
            wide = rng.randint(0 if rng.random() < 0.1 else 1, max(1, min(2, left)))
            parts.append(mask(rng, size[at : at + wide]))
            at += wide
        else:
            parts.append(rng.choice(["True", "False"]))
    if not parts:
        return "..."
    if len(parts) == 1 and rng.random() < 0.1:
        return f"{parts[0]},"
    return ", ".join(parts)
