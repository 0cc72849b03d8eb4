# %% train
import torch

torch.manual_seed(0)
X = torch.randn(100, 2)
y = X @ torch.tensor([2.0, -3.4]) + 4.2  # (1)!
w = torch.zeros(2, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for _ in range(100):
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():  # (2)!
        for p in (w, b):
            p -= 0.1 * p.grad
            p.grad = None  # (3)!
print(w)
b

# %% inplace raises="RuntimeError"
w -= 0.1

# %% data
v = torch.tensor([1.0], requires_grad=True)
(3 * v).sum().backward()
v.data -= 0.1 * v.grad  # (1)!
print(v, v.is_leaf, v.data.data_ptr() == v.data_ptr())
print(v.data.requires_grad, (3 * v).data.grad_fn)
v.data.mul_(2)
print(v._version)  # (2)!
v.detach().mul_(2)
v._version, v

# %% silent
v = torch.tensor(2.0, requires_grad=True)
out = v * v
v.data.mul_(10)
out.backward()
v.grad  # (1)!

# %% noticed raises="RuntimeError"
v = torch.tensor(2.0, requires_grad=True)
out = v * v
with torch.no_grad():
    v.mul_(10)
out.backward()

# %% batch
w = torch.zeros(2, requires_grad=True)
for reduce in (torch.sum, torch.mean):
    (grad,) = torch.autograd.grad(reduce((X @ w - y) ** 2), w)
    print(grad, grad / 100)  # (1)!
torch.autograd.grad(torch.nn.MSELoss()(X @ w, y), w)[0]  # (2)!

# %% add
v = torch.tensor([1.0], requires_grad=True)
(2 * v).sum().backward()
(2 * v).sum().backward()
v.grad  # (1)!

# %% optimizer
W = torch.zeros(2, requires_grad=True)
B = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([W, B], lr=0.1)
for _ in range(100):
    optimizer.zero_grad()  # (1)!
    ((X @ W + B - y) ** 2).mean().backward()
    optimizer.step()
optimizer.zero_grad(set_to_none=False)
print(W.grad)
optimizer.zero_grad()
W.detach(), B.detach(), W.grad  # (2)!

# %% rebound
first = torch.tensor(1.0, requires_grad=True)
first.square().backward()
v = first - 0.1 * first.grad  # (1)!
loss = v.square()
loss.backward()
v.is_leaf, v.grad, first.grad, first  # (2)!

# %% picture
from reference_impl import draw

draw.graph(loss, loss=loss, first=first, v=v)
