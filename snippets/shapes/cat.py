# %% rows
import torch

A = torch.arange(6.0).view(2, 3)
B = torch.arange(10.0, 22.0).view(4, 3)
C = torch.cat((A, B), dim=0)  # (1)!
print(C)
C.shape

# %% picture
from reference_impl import draw

draw.cat((A, B), dim=0, names="ABC")

# %% columns
D = torch.arange(10.0, 18.0).view(2, 4)
wide = torch.cat((A, D), dim=1)
print(wide)
wide.shape, torch.equal(wide, torch.cat((A, D), dim=-1))  # (1)!

# %% mismatch raises="RuntimeError"
torch.cat((A, B), dim=1)  # (1)!

# %% dims raises="RuntimeError"
row = torch.ones(3)
torch.cat((A, row))

# %% unsqueeze
torch.cat((A, row.unsqueeze(0)))  # (1)!

# %% dtype
whole = torch.tensor([1, 2])
half = torch.tensor([0.5])
joined = torch.cat((whole, half))
joined, joined.dtype  # (1)!

# %% copy
view = A[:1]
C.zero_()
print(A)  # (1)!
view.zero_()
A  # (2)!

# %% cost
row = torch.ones(1, 3)
grown, copied = row, 0
for _ in range(99):
    grown = torch.cat((grown, row))  # (1)!
    copied += grown.numel()
once = torch.cat([row] * 100)
torch.equal(grown, once), copied, once.numel()

# %% gradient
x = torch.ones(2, 3, requires_grad=True)
y = torch.ones(1, 3, requires_grad=True)
joined = torch.cat((x, y))
weight = torch.tensor([[1.0], [2.0], [30.0]])
(joined * weight).sum().backward()
joined.grad_fn.name(), x.grad, y.grad

# %% stack
torch.stack((A, A)).shape, torch.cat((A, A)).shape  # (1)!
