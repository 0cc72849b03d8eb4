# %% value
import math


class Value:
    def __init__(self, data, parents=(), local=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents  # (1)!
        self.local = local  # (2)!

    def __repr__(self):
        return f"Value({self.data:.4f}, grad={self.grad:.4f})"


# %% operations
def wrap(x):
    return x if isinstance(x, Value) else Value(x)  # (1)!


def add(a, b):
    a, b = wrap(a), wrap(b)
    return Value(a.data + b.data, (a, b), (1.0, 1.0))


def mul(a, b):
    a, b = wrap(a), wrap(b)
    return Value(a.data * b.data, (a, b), (b.data, a.data))  # (2)!


# %% functions
def power(a, n):
    return Value(a.data**n, (a,), (n * a.data ** (n - 1),))  # (1)!


def exp(a):
    y = math.exp(a.data)
    return Value(y, (a,), (y,))


def tanh(a):
    y = math.tanh(a.data)
    return Value(y, (a,), (1 - y * y,))


# %% operators
Value.__add__ = Value.__radd__ = add  # (1)!
Value.__mul__ = Value.__rmul__ = mul
Value.__pow__, Value.exp, Value.tanh = power, exp, tanh
Value.__neg__ = lambda a: a * -1.0
Value.__sub__ = lambda a, b: a + -wrap(b)
Value.__rsub__ = lambda a, b: b + -a
Value.__truediv__ = lambda a, b: a * wrap(b) ** -1.0

a, b = Value(2.0), Value(-3.0)
c = a * b + a**2
c, c.parents, c.local


# %% order
def order(last):
    seen, ordered = set(), []

    def visit(node):
        if node not in seen:
            seen.add(node)
            for parent in node.parents:
                visit(parent)
            ordered.append(node)  # (1)!

    visit(last)
    return ordered


[node.data for node in order(c)]


# %% backward
def backward(self):
    self.grad = 1.0
    for node in reversed(order(self)):
        for parent, local in zip(node.parents, node.local):
            parent.grad += local * node.grad  # (1)!


Value.backward = backward
c.backward()
a, b  # (2)!

# %% torch
import torch

ta = torch.tensor(2.0, requires_grad=True)
tb = torch.tensor(-3.0, requires_grad=True)
tc = ta * tb + ta**2  # (1)!
tc.backward()
ta.grad, tb.grad

# %% picture
from reference_impl import draw

draw.graph(tc, a=ta, b=tb, c=tc)


# %% check
def f(x, y):
    return (x * y - x / (y + 3)).tanh() * (-(x**2)).exp() + 2 * (1 - y) ** 3


torch.manual_seed(0)
worst = 0.0
for point in torch.rand(100, 2, dtype=torch.float64) * 4 - 2:  # (1)!
    ours = [Value(p) for p in point.tolist()]
    f(*ours).backward()
    point.requires_grad_()
    f(*point).backward()
    worst = max(worst, *(abs(v.grad - g) for v, g in zip(ours, point.grad.tolist())))
print(worst < 1e-12)

# %% diamonds
x = Value(1.0)
y = x
for _ in range(40):
    y = y + y  # (1)!
y.backward()
len(order(y)), x.grad == 2**40

# %% network
torch.manual_seed(0)
start = torch.randn(13, dtype=torch.float64).tolist()  # (1)!
samples = [(-1, -1, -1), (-1, 1, 1), (1, -1, 1), (1, 1, -1)]


def loss(p):
    total = 0
    for x0, x1, target in samples:
        hidden = [(p[n] * x0 + p[n + 3] * x1 + p[n + 6]).tanh() for n in range(3)]
        out = p[9] * hidden[0] + p[10] * hidden[1] + p[11] * hidden[2] + p[12]
        total = total + (out.tanh() - target) ** 2
    return total


# %% train
values = [Value(number) for number in start]
for step in range(31):
    now = loss(values)
    now.backward()
    if step % 10 == 0:
        print(step, f"{now.data:.4f}")
    for v in values:
        v.data -= 0.2 * v.grad
        v.grad = 0.0  # (1)!

# %% same
tensors = [torch.tensor(n, dtype=torch.float64, requires_grad=True) for n in start]
optimizer = torch.optim.SGD(tensors, lr=0.2)
for step in range(31):
    optimizer.zero_grad()
    loss(tensors).backward()
    optimizer.step()
worst = max(abs(v.data - t.item()) for v, t in zip(values, tensors))
print(worst < 1e-9)
