"""The tasks with tinygrad's PYTHON backend; of most only a part, as the whole takes minutes."""

from __future__ import annotations

import os
from collections.abc import Callable

# tinygrad reads them when it is imported
os.environ |= {"DEV": "PYTHON", "TRAINING": "1"}

from tinygrad import Tensor, nn

from benchmarks._tasks import ADD, CONV, LINEAR, MATMUL, MLP, Task


def data(*size: int) -> Tensor:
    """Return numbers by chance, computed by now."""
    return Tensor.randn(*size).realize()


def linear_regression() -> Callable:
    """Two steps of batches of 10."""
    x, y = data(1000, 2), data(1000, 1)

    def run() -> None:
        model = nn.Linear(2, 1)
        optimizer = nn.optim.SGD([model.weight, model.bias], lr=0.03)
        for at in (0, 10):
            optimizer.zero_grad()
            (model(x[at : at + 10]) - y[at : at + 10]).square().mean().backward()
            optimizer.step()

    return run


def perceptron() -> Callable:
    """One step on a tenth of the points."""
    layers = [nn.Linear(2, 16), nn.Linear(16, 16), nn.Linear(16, 1)]
    parameters = [p for layer in layers for p in (layer.weight, layer.bias)]
    optimizer = nn.optim.SGD(parameters, lr=0.05)
    x, y = data(10, 2), data(10, 1)

    def run() -> None:
        optimizer.zero_grad()
        out = layers[2](layers[1](layers[0](x).relu()).relu())
        (out - y).square().mean().backward()
        optimizer.step()

    return run


def convolution() -> Callable:
    """One sentence, two of a hundred channels."""
    x, weight = data(1, 256, 35), data(2, 256, 2)
    return lambda: x.conv2d(weight).realize()


def matmul() -> Callable:
    """Two rows of 128."""
    a, b = data(2, 128), data(128, 128)
    return lambda: (a @ b).realize()


def addition() -> Callable:
    """Add a tenth of the vectors."""
    a, b = data(100_000), data(100_000)
    return lambda: (a + b).realize()


TASKS = {
    LINEAR: Task(linear_regression, part=2 / 300),
    MLP: Task(perceptron, part=1 / 1000),
    CONV: Task(convolution, part=1 / 32 * 2 / 100),
    MATMUL: Task(matmul, part=2 / 128),
    ADD: Task(addition, part=1 / 10),
}
