"""The tasks with micrograd, number by number; of most only a part, as the whole takes minutes."""

from __future__ import annotations

import random
from collections.abc import Callable

from micrograd.engine import Value
from micrograd.nn import MLP as Perceptron

from benchmarks._tasks import ADD, CONV, LINEAR, MATMUL, MLP, Task


def row(length: int) -> list[Value]:
    """Return numbers by chance."""
    return [Value(random.gauss(0, 1)) for _ in range(length)]


def dot(a: list[Value], b: list[Value]) -> Value:
    """Return the sum of products."""
    return sum((x * y for x, y in zip(a, b, strict=True)), Value(0.0))


def linear_regression() -> Callable:
    """Three epochs in batches of 10."""
    points = [(random.gauss(0, 1), random.gauss(0, 1)) for _ in range(1000)]

    def run() -> None:
        w1, w2, b = Value(0.0), Value(0.0), Value(0.0)
        for _ in range(3):
            for at in range(0, 1000, 10):
                loss = Value(0.0)
                for p, q in points[at : at + 10]:
                    loss += (w1 * p + w2 * q + b - (2.0 * p - 3.4 * q + 4.2)) ** 2
                loss *= 0.1
                for value in (w1, w2, b):
                    value.grad = 0.0
                loss.backward()
                for value in (w1, w2, b):
                    value.data -= 0.03 * value.grad

    return run


def perceptron() -> Callable:
    """One step on a hundred points."""
    model = Perceptron(2, [16, 16, 1])
    points = [(random.gauss(0, 1), random.gauss(0, 1)) for _ in range(100)]

    def run() -> None:
        loss = sum(((model(list(p)) - p[0] * p[1]) ** 2 for p in points), Value(0.0)) * 0.01
        model.zero_grad()
        loss.backward()
        for value in model.parameters():
            value.data -= 0.05 * value.grad

    return run


def convolution() -> Callable:
    """One sentence, two of a hundred channels, all 34 places."""
    x = [row(256) for _ in range(35)]
    channels = [[row(256), row(256)] for _ in range(2)]

    def run() -> None:
        for first, second in channels:
            for at in range(34):
                dot(x[at], first) + dot(x[at + 1], second)

    return run


def matmul() -> Callable:
    """Four rows of 128."""
    a, b = [row(128) for _ in range(4)], [row(128) for _ in range(128)]

    def run() -> None:
        for one in a:
            for other in b:
                dot(one, other)

    return run


def addition() -> Callable:
    """Add a tenth of the vectors."""
    a, b = row(100_000), row(100_000)
    return lambda: [x + y for x, y in zip(a, b, strict=True)]


TASKS = {
    LINEAR: Task(linear_regression),
    MLP: Task(perceptron, part=1 / 100),
    CONV: Task(convolution, part=1 / 32 * 2 / 100),
    MATMUL: Task(matmul, part=4 / 128),
    ADD: Task(addition, part=1 / 10),
}
