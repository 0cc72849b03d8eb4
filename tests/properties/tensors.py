"""Expressions that make tensors: of any type and shape, and as views that lie oddly in memory."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import torch

FLOATS = ("float32", "float64", "float16", "bfloat16")
WHOLE = ("int64", "int32", "int16", "int8", "uint8")
DTYPES = ("float32",) * 6 + FLOATS + ("int64",) * 3 + WHOLE + ("bool",) * 2

COMMON = (0.0, 1.0, -1.0, 2.0, 0.5, -1.5, 3.0, 0.25, -2.0, 4.0)
ODD = (-0.0, math.inf, -math.inf, math.nan, 1e-5, 12345.678, 0.1, 1e10, -0.3333)


def shape(rng: Random, most: int = 4) -> tuple[int, ...]:
    """Draw a shape: small, now and then with a dimension of 1 or of 0."""
    count = rng.choice([0, 1, 1, 2, 2, 2, 3, 3, 4][: 2 * most + 1])
    return tuple(
        rng.choice([1, 2, 2, 3, 3, 4, 0 if rng.random() < 0.3 else 2]) for _ in range(count)
    )


def number(rng: Random, dtype: str, *, odd: bool = False) -> str:
    """Draw a literal for an element of a type."""
    if dtype == "bool":
        return rng.choice(["True", "False"])
    if dtype in WHOLE:
        return str(rng.choice([0, 1, 2, 3, 5, 7, 100] + [-1, -3] * (dtype != "uint8")))
    value = rng.choice(ODD if odd else COMMON)
    return repr(value) if math.isfinite(value) else f"float('{value}')"


def made(rng: Random, size: Sequence[int], dtype: str) -> str:
    """Return an expression that makes a tensor of a size."""
    size = tuple(size)
    count = math.prod(size)
    if rng.random() < 0.3 and count > 1 and dtype != "bool":
        return f"torch.arange({count}, dtype=torch.{dtype}).reshape({size})"
    odd = rng.random() < 0.15
    numbers = ", ".join(number(rng, dtype, odd=odd and rng.random() < 0.4) for _ in range(count))
    if len(size) == 0:
        return f"torch.tensor({numbers}, dtype=torch.{dtype})"
    reshaped = f".reshape({size})" if len(size) > 1 else ""
    return f"torch.tensor([{numbers}], dtype=torch.{dtype}){reshaped}"


def leaf(rng: Random, dtype: str | None = None, size: Sequence[int] | None = None) -> str:
    """Return an expression that makes a tensor, perhaps one that is not contiguous."""
    dtype = dtype or rng.choice(DTYPES)
    size = shape(rng) if size is None else tuple(size)
    kind = rng.random()
    if not size or kind < 0.6:
        return made(rng, size, dtype)
    if kind < 0.75:  # transposed
        return permuted(rng, size, dtype)
    if kind < 0.85:  # every other element of the last dimension
        wide = (*size[:-1], 2 * size[-1])
        return f"{made(rng, wide, dtype)}[..., {rng.randint(0, 1)}::2]"
    if kind < 0.93:  # from the middle of a storage
        return f"{made(rng, (size[0] + 1, *size[1:]), dtype)}[1:]"
    at = rng.randrange(len(size))  # the same place several times
    single = (*size[:at], 1, *size[at + 1 :])
    return f"{made(rng, single, dtype)}.expand({size})"


def permuted(rng: Random, size: Sequence[int], dtype: str) -> str:
    """Return an expression for a tensor whose dimensions lie in another order."""
    order = list(range(len(size)))
    rng.shuffle(order)
    before = [size[order.index(at)] for at in range(len(size))]
    return f"{made(rng, before, dtype)}.permute({tuple(order)})"


def beside(rng: Random, x: torch.Tensor) -> tuple[int, ...]:
    """Draw a shape that broadcasts with a tensor's; now and then one that does not."""
    size = list(x.shape)
    if rng.random() < 0.05:
        return shape(rng)
    size = size[rng.randint(0, len(size)) if rng.random() < 0.4 else 0 :]
    for at in range(len(size)):
        if rng.random() < 0.25:
            size[at] = 1
    if rng.random() < 0.1 and len(size) < 4:
        size.insert(0, 2)
    return tuple(size)


def spread(rng: Random, dtype: str, size: Sequence[int]) -> str:
    """Return an expression for a tensor whose numbers are of every magnitude."""
    count = math.prod(size)
    if dtype not in FLOATS:
        return made(rng, size, dtype)
    least = rng.randint(-12, 12)
    numbers = []
    for _ in range(count):
        value = (
            rng.choice([-1, 1]) * rng.randint(0, 99999) * 10.0 ** (rng.randint(0, 4) + least - 4)
        )
        whole = rng.random() < 0.2
        numbers.append(
            number(rng, dtype, odd=True)
            if rng.random() < 0.05
            else repr(float(round(value)) if whole else value)
        )
    text = ", ".join(numbers) or ""
    if not size:
        return f"torch.tensor({text}, dtype=torch.{dtype})"
    return f"torch.tensor([{text}], dtype=torch.{dtype}).reshape({tuple(size)})"
