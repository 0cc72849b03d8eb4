# %% double raises="RuntimeError"
import numpy as np
import torch
from torch import nn

x = torch.from_numpy(np.ones((1, 2)))
nn.Linear(2, 1)(x)

# %% double-fixed
nn.Linear(2, 1)(x.float()).dtype  # (1)!

# %% classes raises="RuntimeError"
scores = torch.zeros(2, 3)
nn.functional.cross_entropy(scores, torch.tensor([0.0, 1.0]))

# %% classes-fixed
nn.functional.cross_entropy(scores, torch.tensor([0.0, 1.0]).long())  # (1)!

# %% bounds raises="IndexError"
labels = torch.tensor([1, 3])
nn.functional.cross_entropy(scores, labels)

# %% bounds-fixed
nn.functional.cross_entropy(scores, labels - 1)  # (1)!

# %% token raises="IndexError"
words = torch.tensor([3, 10])
nn.Embedding(10, 4)(words)

# %% token-fixed
nn.Embedding(int(words.max()) + 1, 4)(words).shape  # (1)!

# %% indices raises="RuntimeError"
words = torch.Tensor([3, 9])
nn.Embedding(10, 4)(words)

# %% indices-fixed
nn.Embedding(10, 4)(words.long()).shape  # (1)!

# %% argument raises="TypeError"
torch.zeros(3).index_select(0, [2, 0])

# %% argument-fixed
torch.zeros(3).index_select(0, torch.tensor([2, 0]))  # (1)!

# %% options raises="TypeError"
torch.LongTensor(torch.tensor([1.5, 2.5]))

# %% options-fixed
torch.tensor([1.5, 2.5]).long()  # (1)!

# %% result raises="RuntimeError"
counts = torch.tensor([1, 2])
counts += 0.5

# %% result-fixed
counts = counts + 0.5  # (1)!
counts

# %% mean raises="RuntimeError"
torch.arange(4).mean()

# %% mean-fixed
torch.arange(4).float().mean()  # (1)!

# %% integer raises="RuntimeError"
torch.tensor([1, 2], requires_grad=True)

# %% integer-fixed
torch.tensor([1.0, 2.0], requires_grad=True)  # (1)!

# %% numpy raises="RuntimeError"
w = torch.ones(2, requires_grad=True)
w.numpy()

# %% numpy-fixed
w.detach().numpy(), w.sum().item()  # (1)!

# %% backwards raises="ValueError"
torch.from_numpy(np.arange(3)[::-1])

# %% backwards-fixed
torch.from_numpy(np.arange(3)[::-1].copy())  # (1)!

# %% devices raises="RuntimeError"
here, there = torch.zeros(2), torch.zeros(2, device="meta")
here + there

# %% devices-fixed
(here.to(there.device) + there).device  # (1)!

# %% cuda raises="AssertionError"
torch.zeros(1).cuda()

# %% cuda-fixed
device = "cuda" if torch.cuda.is_available() else "cpu"
torch.zeros(1, device=device)  # (1)!
