# %% repair-start fails="moved"
import torch


def step(w, X, y, lr):
    ((X @ w - y) ** 2).mean().backward()
    w = w - lr * w.grad


# %% repair-check
X = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, -1.0]])
y = X @ torch.tensor([2.0, -1.0])
w, expected = torch.zeros(2, requires_grad=True), torch.zeros(2)
for number in range(3):
    step(w, X, y, 0.1)
    expected -= 0.1 * 2 / 4 * X.t() @ (X @ expected - y)
    assert w.any(), "moved"
    if number == 0:
        assert torch.allclose(w, expected), "size"
assert torch.allclose(w, expected), "cleared"

# %% repair-solution
import torch


def step(w, X, y, lr):
    ((X @ w - y) ** 2).mean().backward()
    with torch.no_grad():
        w -= lr * w.grad
    w.grad = None


# %% repair-wrong-accumulated fails="cleared"
import torch


def step(w, X, y, lr):
    ((X @ w - y) ** 2).mean().backward()
    with torch.no_grad():
        w -= lr * w.grad


# %% repair-wrong-divided fails="size"
import torch


def step(w, X, y, lr):
    ((X @ w - y) ** 2).mean().backward()
    with torch.no_grad():
        w -= lr * w.grad / len(y)
    w.grad = None


# %% repair-wrong-summed fails="size"
import torch


def step(w, X, y, lr):
    ((X @ w - y) ** 2).sum().backward()
    with torch.no_grad():
        w -= lr * w.grad
    w.grad = None


# %% repair-wrong-uphill fails="size"
import torch


def step(w, X, y, lr):
    ((X @ w - y) ** 2).mean().backward()
    with torch.no_grad():
        w += lr * w.grad
    w.grad = None
