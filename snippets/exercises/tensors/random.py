# %% order-start fails="same"
import torch
from torch.utils.data import DataLoader


def shuffled(data, seed):
    loader = DataLoader(data, batch_size=2, shuffle=True)
    return [batch.tolist() for batch in loader]


# %% order-check
torch.manual_seed(0)
data = range(10, 18)
assert shuffled(data, 1) == shuffled(data, 1), "same"
assert shuffled(data, 1) != shuffled(data, 2), "seed"
assert sorted(n for batch in shuffled(data, 1) for n in batch) == list(data), "all"
torch.manual_seed(0)
expected = torch.rand(3)
torch.manual_seed(0)
shuffled(data, 1)
assert torch.rand(3).equal(expected), "stream"

# %% order-solution
import torch
from torch.utils.data import DataLoader


def shuffled(data, seed):
    own = torch.Generator().manual_seed(seed)
    loader = DataLoader(data, batch_size=2, shuffle=True, generator=own)
    return [batch.tolist() for batch in loader]


# %% order-wrong-unshuffled fails="seed"
import torch
from torch.utils.data import DataLoader


def shuffled(data, seed):
    return [batch.tolist() for batch in DataLoader(data, batch_size=2)]


# %% order-wrong-replaced fails="all"
import torch


def shuffled(data, seed):
    own = torch.Generator().manual_seed(seed)
    places = torch.randint(len(data), (4, 2), generator=own)
    return [[data[i] for i in row] for row in places.tolist()]


# %% order-wrong-shared fails="stream"
import torch
from torch.utils.data import DataLoader


def shuffled(data, seed):
    torch.manual_seed(seed)
    loader = DataLoader(data, batch_size=2, shuffle=True)
    return [batch.tolist() for batch in loader]
