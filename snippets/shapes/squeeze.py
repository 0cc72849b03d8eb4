# %% drop
import torch

a = torch.tensor([[1, 2, 3]])
b = a.squeeze(0)
print(b, a.shape, b.shape)
b.squeeze(0).shape, torch.squeeze(b, 0).shape  # (1)!

# %% which
x = torch.zeros(1, 3, 1, 2)
print(x.squeeze().shape)
print(x.squeeze(0).shape)
print(x.squeeze(1).shape)  # (1)!
x.squeeze((0, 2)).shape

# %% insert
row, col = b.unsqueeze(0), b.unsqueeze(1)
print(row.shape, b[None].shape)  # (1)!
print(col.shape, b[:, None].shape, b.unsqueeze(-1).shape)
col * row  # (2)!

# %% picture
from reference_impl import draw

draw.storage(b, row, col, names=("b", "row", "col"))

# %% range raises="IndexError"
b.unsqueeze(2)

# %% shared
flat = torch.squeeze(a, 0)  # (1)!
flat[0] = 10
a, flat.equal(a.squeeze(0))


# %% batch
def score(batch):
    return batch.sum(1, keepdim=True).squeeze()  # (1)!


for n in (3, 2, 1):
    print(n, score(torch.ones(n, 4)).shape, torch.ones(n, 1).squeeze(1).shape)

# %% pairs
predicted = torch.tensor([[1.0], [2.0], [3.0]])
wanted = torch.tensor([1.0, 2.0, 3.0])
print((predicted - wanted).shape)  # (1)!
(predicted - wanted).square().mean(), (predicted.squeeze(1) - wanted).square().mean()
