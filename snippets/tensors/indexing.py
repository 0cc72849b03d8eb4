# %% integer
import torch

a = torch.arange(12).view(3, 4)
print(a)
print(a[1], a[1, 2], a[-1, -1])  # (1)!
a[1].shape, a[1:2].shape, a[:, 1:3].shape  # (2)!

# %% bounds raises="IndexError"
a[3]

# %% view
b = a.clone()
part = b[:, 1:3]
part[0] = 100  # (1)!
print(b)
part.stride(), part.storage_offset()  # (2)!

# %% rows
j = torch.tensor([2, 0, 2])
print(a.index_select(0, j))  # (1)!
a[j].equal(a.index_select(0, j)), a[[2, 0, 2]].equal(a[j])  # (2)!

# %% columns
print(a.index_select(1, j))
a[:, j].equal(a.index_select(1, j))

# %% list raises="TypeError"
a.index_select(0, [2, 0])

# %% copy
b = a.clone()
b[[0, 2]][0] = 100  # (1)!
print(b.equal(a))
b[[0, 2]] = 100  # (2)!
b

# %% mask
mask = a % 2 == 0
print(mask)
print(a[mask])  # (1)!
torch.where(mask, a, -1)  # (2)!

# %% gather
scores = torch.tensor([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2], [0.2, 0.2, 0.6]])
target = torch.tensor([1, 0, 1])
print(scores.gather(1, target.unsqueeze(1)))  # (1)!
scores[torch.arange(3), target]  # (2)!

# %% picture
from reference_impl import draw

draw.tensor(scores, "scores", mark=list(enumerate(target.tolist())))

# %% pairs
print(a[[0, 2], [1, 3]])  # (1)!
a[[0, 2]][:, [1, 3]]  # (2)!

# %% once
count = torch.zeros(3)
words = torch.tensor([0, 2, 0])
count[words] += 1  # (1)!
print(count)
torch.zeros(3).index_add(0, words, torch.ones(3))  # (2)!
