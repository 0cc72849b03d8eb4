# %% dim
import torch

a = torch.tensor([[1, 2, 3], [4, 5, 6]])
print(a.sum())
print(a.sum(0), a.sum(1))  # (1)!
a.sum(0).shape, a.sum(1).shape, a.sum(dim=(0, 1)).shape

# %% picture
from reference_impl import draw

draw.tensor(a, "a", mark=[(0, 1), (1, 1)])

# %% three
x = torch.arange(24.0).view(2, 3, 4)
print([tuple(x.mean(dim).shape) for dim in range(3)])
x.mean((1, 2)), x.mean(-1).shape  # (1)!

# %% keepdim
b = a.float()
print(b.sum(1, keepdim=True))
shares = b / b.sum(1, keepdim=True)
shares, shares.sum(1)

# %% lost raises="RuntimeError"
b / b.sum(1)

# %% max
scores = torch.tensor([[0.1, 0.7, 0.2], [0.5, 0.1, 0.5]])
best = scores.max(1)
print(best.values, best.indices)  # (1)!
scores.amax(1), scores.argmax(1), scores.argmax()  # (2)!

# %% accuracy
target = torch.tensor([1, 2])
right = scores.argmax(1) == target
right, right.sum(), right.float().mean()  # (1)!

# %% softmax
logits = torch.tensor([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])
print(logits.softmax(1), logits.softmax(1).sum(1))
logits.softmax(0).sum(1)  # (1)!

# %% halves
big = torch.full((4,), 60000.0, dtype=torch.float16)
big.sum(), big.mean(), big.sum(dtype=torch.float32)  # (1)!

# %% square
m = torch.tensor([[1.0, 3.0], [2.0, 8.0]])
print((m / m.sum(1)).sum(1))  # (1)!
(m / m.sum(1, keepdim=True)).sum(1)

# %% std
x = torch.tensor([1.0, 2.0, 3.0])
x.std(), x.std(correction=0)  # (1)!
