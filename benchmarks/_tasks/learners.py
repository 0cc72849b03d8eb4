"""The tasks in torch's words, for every engine that has them: torch, the reference, pyborch."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from benchmarks._tasks import ADD, CONV, LINEAR, MATMUL, MLP, Task

MODULES = {"reference": "reference_impl.torch", "torch": "torch", "pyborch": "borch"}


def tasks(engine: str) -> dict[str, Task]:
    """Return the tasks of an engine."""
    torch = importlib.import_module(MODULES[engine])
    if engine == "torch":
        torch.set_num_threads(1)
    torch.manual_seed(0)
    made = {
        LINEAR: linear_regression,
        MLP: perceptron,
        CONV: convolution,
        MATMUL: matmul,
        ADD: addition,
        "TextCNN": text_cnn,
        "CNN": cnn,
        "LSTM": lstm,
        "attention": attention,
    }
    return {name: Task(lambda prepare=prepare: prepare(torch)) for name, prepare in made.items()}


def training(torch: Any, model: Any, lr: float, criterion: Any, x: Any, y: Any) -> Callable:
    """Return one step of gradient descent."""
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)

    def step() -> None:
        optimizer.zero_grad()
        criterion(model(x), y).backward()
        optimizer.step()

    return step


def linear_regression(torch: Any) -> Callable:
    """Three epochs in batches of 10: 300 small steps."""
    x = torch.randn(1000, 2)
    y = x @ torch.tensor([[2.0], [-3.4]]) + 4.2 + 0.01 * torch.randn(1000, 1)

    def run() -> None:
        model, criterion = torch.nn.Linear(2, 1), torch.nn.MSELoss()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.03)
        for _ in range(3):
            for at in range(0, 1000, 10):
                optimizer.zero_grad()
                criterion(model(x[at : at + 10]), y[at : at + 10]).backward()
                optimizer.step()

    return run


def perceptron(torch: Any) -> Callable:
    """Take a hundred steps on a hundred points."""
    nn = torch.nn
    model = nn.Sequential(
        nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 1)
    )
    x = torch.randn(100, 2)
    step = training(torch, model, 0.05, nn.MSELoss(), x, x[:, :1] * x[:, 1:])

    def run() -> None:
        for _ in range(100):
            step()

    return run


def convolution(torch: Any) -> Callable:
    """Sentences of 35 words with 256 numbers each, two words at a time."""
    layer, x = torch.nn.Conv1d(256, 100, 2), torch.randn(32, 256, 35)

    def run() -> None:
        with torch.no_grad():
            layer(x)

    return run


def matmul(torch: Any) -> Callable:
    """Two square matrices."""
    a, b = torch.randn(128, 128), torch.randn(128, 128)
    return lambda: a @ b


def addition(torch: Any) -> Callable:
    """Two long vectors."""
    a, b = torch.rand(1000, 1000), torch.rand(1000, 1000)
    return lambda: a + b


def text_cnn(torch: Any) -> Callable:
    """Words as rows of a table, convolved in windows of 2, 3 and 4, pooled, and told apart."""
    nn = torch.nn

    class TextCNN(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.table = nn.Embedding(500, 32)
            self.convs = nn.ModuleList(nn.Conv1d(32, 16, width) for width in (2, 3, 4))
            self.last = nn.Linear(48, 2)

        def forward(self, words: Any) -> Any:
            x = self.table(words).permute(0, 2, 1)
            pooled = [torch.relu(conv(x)).max(dim=2)[0] for conv in self.convs]
            return self.last(torch.cat(pooled, dim=1))

    words, kinds = torch.randint(0, 500, (16, 20)), torch.randint(0, 2, (16,))
    return training(torch, TextCNN(), 0.1, nn.CrossEntropyLoss(), words, kinds)


def cnn(torch: Any) -> Callable:
    """Pictures of 12 x 12, two layers of convolution."""
    nn = torch.nn
    model = nn.Sequential(
        nn.Conv2d(1, 6, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 12, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(108, 10),
    )  # fmt: skip
    pictures, kinds = torch.randn(16, 1, 12, 12), torch.randint(0, 10, (16,))
    return training(torch, model, 0.1, nn.CrossEntropyLoss(), pictures, kinds)


def lstm(torch: Any) -> Callable:
    """Sequences of 12 steps."""
    nn = torch.nn

    class Reader(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.lstm, self.last = nn.LSTM(16, 24, batch_first=True), nn.Linear(24, 2)

        def forward(self, x: Any) -> Any:
            return self.last(self.lstm(x)[0][:, -1])

    x, kinds = torch.randn(8, 12, 16), torch.randint(0, 2, (8,))
    return training(torch, Reader(), 0.1, nn.CrossEntropyLoss(), x, kinds)


def attention(torch: Any) -> Callable:
    """Train a Transformer's layer on sequences of 10 steps."""
    nn = torch.nn

    class Layer(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layer = nn.TransformerEncoderLayer(32, 4, 64, dropout=0.0, batch_first=True)
            self.last = nn.Linear(32, 2)

        def forward(self, x: Any) -> Any:
            return self.last(self.layer(x).mean(dim=1))

    x, kinds = torch.randn(8, 10, 32), torch.randint(0, 2, (8,))
    return training(torch, Layer(), 0.1, nn.CrossEntropyLoss(), x, kinds)
