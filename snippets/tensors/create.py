# %% data
import torch

a = torch.tensor([[1, 2, 3], [4, 5, 6]])
print(a)
a.shape, a.dtype  # (1)!

# %% sizes
a.size() == a.shape, a.size(0), a.dim(), a.numel()  # (1)!

# %% picture
from reference_impl import draw

draw.tensor(a, "a", mark=(1, 2))

# %% dtype
for data in [1, 2], [1, 2.5], [True, False]:
    print(data, torch.tensor(data).dtype)

# %% ragged raises="ValueError"
torch.tensor([[1, 2], [3]])

# %% filled
print(torch.zeros(2, 3))
print(torch.full((2, 3), 7))  # (1)!
torch.arange(0, 3), torch.linspace(0, 3, 4)  # (2)!

# %% random
torch.manual_seed(0)  # (1)!
x = torch.randn(100, 100)
print(x[:2, :4])
x.mean(), x.std(), x.dtype

# %% like
half = torch.tensor([0.5, 1.5], dtype=torch.float64)
torch.zeros_like(half), torch.ones_like(a)

# %% capital
torch.tensor(3), torch.Tensor(3).shape, torch.Tensor([3])  # (1)!

# %% long
y = torch.tensor([1.9, -1.9])
torch.LongTensor([0, 1, 2, 3]), y.long(), y.round().long()  # (1)!

# %% convert raises="TypeError"
torch.LongTensor(y)
