"""Whole trainings have torch's losses to four decimals, and leave nothing behind."""

import gc

import pytest
import torch

import reference_impl.torch as ref


def trained(engine, model, criterion, lr, batches):
    """The losses of a training."""
    optimizer, losses = engine.optim.SGD(model.parameters(), lr=lr), []
    for x, y in batches:
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(round(loss.item(), 4))
    return losses


def linear_regression(engine):
    """A thousand points of two features, in batches of 10, three times over."""
    x = engine.normal(0, 1, (1000, 2))
    y = x @ engine.tensor([[2.0], [-3.4]]) + 4.2 + engine.normal(0, 0.01, (1000, 1))
    batches = [(x[at : at + 10], y[at : at + 10]) for at in range(0, 1000, 10)]
    return trained(engine, engine.nn.Linear(2, 1), engine.nn.MSELoss(), 0.03, batches * 3)


def perceptron(engine):
    """A hundred points, two layers of 16, a hundred steps."""
    nn = engine.nn
    model = nn.Sequential(
        nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 1)
    )
    x = engine.randn(100, 2)
    return trained(engine, model, nn.MSELoss(), 0.05, [(x, x[:, :1] * x[:, 1:])] * 100)


def convolution(engine):
    """Sentences of words as vectors, convolved two at a time, and told apart by the largest."""
    nn = engine.nn
    model = nn.Sequential(
        nn.Conv1d(16, 10, 2), nn.ReLU(), nn.MaxPool1d(11), nn.Flatten(), nn.Linear(10, 3)
    )
    x, y = engine.randn(8, 16, 12), engine.randint(0, 3, (8,))
    return trained(engine, model, nn.CrossEntropyLoss(), 0.1, [(x, y)] * 40)


@pytest.mark.parametrize("task", [linear_regression, perceptron, convolution])
def test_losses(task):
    """Every step's loss, to four decimals."""
    found = []
    for engine in (ref, torch):
        engine.manual_seed(0)
        found.append(task(engine))
    assert found[0] == found[1]


def test_a_long_training_leaves_nothing_behind():
    """With garbage collection off, a thousand steps leave no more objects than ten do."""
    nn = ref.nn
    model = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Tanh(), nn.Linear(3, 1))
    optimizer = ref.optim.Adam(model.parameters(), lr=0.01, amsgrad=True)
    schedule = ref.optim.lr_scheduler.ExponentialLR(optimizer, 0.999)
    x, y = ref.randn(4, 2), ref.randn(4, 1)

    def steps(count):
        for _ in range(count):
            optimizer.zero_grad()
            loss = ((model(x) - y) ** 2).mean()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        return len(gc.get_objects())

    steps(2)
    gc.collect()
    gc.disable()
    try:
        few, many = steps(10), steps(990)
    finally:
        gc.enable()
    assert many - few < 50
