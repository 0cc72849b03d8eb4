"""The tasks with HIPS autograd: NumPy, and gradients of Python functions."""

from __future__ import annotations

from collections.abc import Callable

import autograd.numpy as np
from autograd import grad

from benchmarks._tasks import ADD, CONV, LINEAR, MATMUL, MLP, Task


def linear_regression() -> Callable:
    """Three epochs in batches of 10."""
    x = np.random.randn(1000, 2)
    y = x @ np.array([[2.0], [-3.4]]) + 4.2 + 0.01 * np.random.randn(1000, 1)

    def loss(parameters: tuple, x: np.ndarray, y: np.ndarray) -> float:
        w, b = parameters
        return np.mean((x @ w + b - y) ** 2)

    slopes = grad(loss)

    def run() -> None:
        w, b = np.zeros((2, 1)), np.zeros(1)
        for _ in range(3):
            for at in range(0, 1000, 10):
                dw, db = slopes((w, b), x[at : at + 10], y[at : at + 10])
                w, b = w - 0.03 * dw, b - 0.03 * db

    return run


def perceptron() -> Callable:
    """Take a hundred steps on a hundred points."""
    sizes = [(2, 16), (16, 16), (16, 1)]
    x = np.random.randn(100, 2)
    y = x[:, :1] * x[:, 1:]

    def loss(layers: list) -> float:
        out = x
        for w, b in layers[:-1]:
            out = np.maximum(out @ w + b, 0)
        w, b = layers[-1]
        return np.mean((out @ w + b - y) ** 2)

    slopes = grad(loss)

    def run() -> None:
        layers = [(0.3 * np.random.randn(*size), np.zeros(size[1])) for size in sizes]
        for _ in range(100):
            found = slopes(layers)
            layers = [
                (w - 0.05 * dw, b - 0.05 * db)
                for (w, b), (dw, db) in zip(layers, found, strict=True)
            ]

    return run


def convolution() -> Callable:
    """One product of matrices for each place in the window; autograd has no such layer."""
    weight, x = np.random.randn(2, 256, 100), np.random.randn(32, 256, 35)

    def run() -> None:
        turned = x.transpose(0, 2, 1)
        sum(turned[:, k : 34 + k] @ weight[k] for k in range(2))

    return run


def matmul() -> Callable:
    """Two square matrices."""
    a, b = np.random.randn(128, 128), np.random.randn(128, 128)
    return lambda: np.matmul(a, b)


def addition() -> Callable:
    """Two long vectors."""
    a, b = np.random.rand(1000, 1000), np.random.rand(1000, 1000)
    return lambda: np.add(a, b)


TASKS = {
    LINEAR: Task(linear_regression),
    MLP: Task(perceptron),
    CONV: Task(convolution),
    MATMUL: Task(matmul),
    ADD: Task(addition),
}
