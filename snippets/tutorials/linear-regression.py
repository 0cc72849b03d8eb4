# %% data
import torch

torch.manual_seed(0)
true_w, true_b = torch.tensor([2.0, -3.4]), 4.2
X = torch.randn(200, 2)
y = X @ true_w + true_b + 0.1 * torch.randn(200)  # (1)!
print(X.shape, y.shape)
X[:3], y[:3]


# %% model
def model(X, w, b):
    return X @ w + b


def loss(predicted, y):
    return ((predicted - y) ** 2).mean()


w = torch.zeros(2, requires_grad=True)  # (1)!
b = torch.zeros(1, requires_grad=True)
loss(model(X, w, b), y)

# %% by-hand
with torch.no_grad():
    error = model(X, w, b) - y
    grad_w = 2 / len(y) * X.T @ error  # (1)!
    grad_b = 2 / len(y) * error.sum()
grad_w, grad_b

# %% autograd
loss(model(X, w, b), y).backward()
print(w.grad, b.grad)
torch.allclose(w.grad, grad_w), torch.allclose(b.grad, grad_b)  # (1)!

# %% graph
from reference_impl import draw

small = loss(model(X[:1], w, b), y[:1])
draw.graph(small, loss=small, w=w, b=b)

# %% difference
h = 1e-4
W = w.detach().double()  # (1)!
for n in range(2):
    step = torch.zeros(2, dtype=torch.float64)
    step[n] = h
    up, down = (loss(model(X.double(), W + s, 0.0), y.double()) for s in (step, -step))
    print(f"{(up - down).item() / (2 * h):.4f}")


# %% batches
def batches(size):
    order = torch.randperm(len(y))  # (1)!
    for rows in order.split(size):
        yield X[rows], y[rows]


[len(part) for _, part in batches(64)]  # (2)!

# %% train
w.grad = b.grad = None
for epoch in range(5):
    for x_batch, y_batch in batches(20):
        loss(model(x_batch, w, b), y_batch).backward()
        with torch.no_grad():
            for p in (w, b):
                p -= 0.1 * p.grad  # (1)!
                p.grad = None
    with torch.no_grad():
        print(epoch, f"{loss(model(X, w, b), y).item():.4f}")
w.detach(), b.detach()

# %% rate
for rate in (0.001, 0.1, 0.9, 1.1):
    w1, b1 = torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(20):
        grads = torch.autograd.grad(loss(model(X, w1, b1), y), (w1, b1))  # (1)!
        with torch.no_grad():
            for p, grad in zip((w1, b1), grads):
                p -= rate * grad
    print(rate, f"{loss(model(X, w1, b1), y).item():.2g}")

# %% best
A = torch.cat((X, torch.ones(200, 1)), dim=1)  # (1)!
best = torch.linalg.solve(A.T @ A, A.T @ y)
best, f"{loss(A @ best, y).item():.4f}"

# %% module
from torch import nn

torch.manual_seed(0)
net = nn.Linear(2, 1)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
criterion = nn.MSELoss()
for epoch in range(5):
    for x_batch, y_batch in batches(20):
        optimizer.zero_grad()
        criterion(net(x_batch).squeeze(1), y_batch).backward()  # (1)!
        optimizer.step()
net.weight.data, net.bias.data

# %% sizes
with torch.no_grad():
    right = criterion(net(X).squeeze(1), y)
    wrong = criterion(net(X), y)  # (1)!
    mean = criterion(y.mean().expand(200, 1), y)  # (2)!
print((net(X) - y).shape)
[f"{one.item():.4f}" for one in (right, wrong, mean)]
