# %% twice raises="RuntimeError"
import torch

x = torch.tensor([3.0], requires_grad=True)
y = (x * x).sum()
y.backward()
y.backward()

# %% twice-fixed
for _ in range(2):
    y = (x * x).sum()  # (1)!
    x.grad = None
    y.backward()
x.grad

# %% inplace raises="RuntimeError"
x = torch.ones(2, requires_grad=True)
y = x.exp()
y += 1
y.sum().backward()

# %% inplace-fixed
y = x.exp()
y = y + 1  # (1)!
y.sum().backward()
x.grad

# %% nothing raises="RuntimeError"
w = torch.tensor([2.0], requires_grad=True)
loss = torch.tensor((w * w).item())
loss.backward()

# %% nothing-fixed
loss = (w * w).sum()  # (1)!
loss.backward()
print(loss.item())
w.grad

# %% scalar raises="RuntimeError"
w = torch.ones(2, requires_grad=True)
losses = w * w
losses.backward()

# %% scalar-fixed
losses.mean().backward()  # (1)!
w.grad

# %% leaf raises="RuntimeError"
w = torch.ones(1, requires_grad=True)
w -= 0.1

# %% leaf-fixed
with torch.no_grad():  # (1)!
    w -= 0.1
w

# %% missing
w = torch.ones(1, requires_grad=True)
h = w * 2
h.sum().backward()
h.grad

# %% missing-fixed
h = w * 2
h.retain_grad()  # (1)!
h.sum().backward()
w.grad, h.grad

# %% flag raises="RuntimeError"
h = w * 2
h.requires_grad_(False)

# %% flag-fixed
h.detach().requires_grad  # (1)!
