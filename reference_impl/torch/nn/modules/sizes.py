"""One number for all dimensions, or one for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def spread_over(value: int | Iterable[int], count: int) -> tuple[int, ...]:
    """Return a number `count` times; several as they are."""
    return tuple(value) if isinstance(value, Iterable) else (value,) * count


def last_first(values: Sequence[int]) -> list[int]:
    """Return each value twice, the last first: a margin on both sides, as `pad` takes it."""
    return [v for value in reversed(values) for v in (value, value)]
