# %% mm
import torch

a = torch.tensor([[1, 2, 3], [4, 5, 6]])
b = torch.tensor([[1, 0], [0, 1], [10, 100]])
c = torch.mm(a, b)  # (1)!
print(c)
(a[0] * b[:, 1]).sum() == c[0, 1], (a @ b).equal(c)  # (2)!

# %% mul
print(torch.mul(a, a))  # (1)!
a * torch.tensor([1, 10, 100])  # (2)!

# %% inner raises="RuntimeError"
torch.mm(a, a)

# %% dims
vector, matrix, batch = torch.ones(3), torch.ones(2, 3), torch.ones(5, 2, 3)
print(vector @ vector)  # (1)!
print((matrix @ vector).shape, (batch @ vector).shape)  # (2)!
(batch @ torch.ones(3, 4)).shape, (batch @ torch.ones(7, 1, 3, 4)).shape  # (3)!

# %% features raises="RuntimeError"
layer = torch.nn.Linear(2, 1)
layer(torch.zeros(3, 4))

# %% linear
layer = torch.nn.Linear(4, 1)
x = torch.zeros(3, 4)
print(layer.weight.shape)
layer(x).shape, torch.equal(layer(x), x @ layer.weight.t() + layer.bias)

# %% broadcast
column = torch.tensor([[0], [10], [20]])
row = torch.tensor([1, 2, 3, 4])
print(column + row)  # (1)!
torch.broadcast_shapes((4, 1, 3), (5, 1))  # (2)!

# %% picture
from reference_impl import draw

wide = row.expand(3, 4)
draw.storage(row, wide, names=("row", "wide"))

# %% mismatch raises="RuntimeError"
torch.ones(2, 3) + torch.ones(2)

# %% aligned
torch.ones(2, 3) + torch.tensor([10.0, 20.0]).unsqueeze(1)

# %% square
predicted = torch.tensor([[1.0], [2.0], [3.0]])
target = torch.tensor([1.0, 2.0, 3.0])
print(predicted - target)  # (1)!
((predicted - target) ** 2).mean(), ((predicted.squeeze(1) - target) ** 2).mean()
