# %% seed
import torch

torch.manual_seed(1)
a, b = torch.rand(2), torch.rand(2)
torch.manual_seed(1)  # (1)!
c = torch.rand(2)
print(a, b, c)
c.equal(a), c.equal(b)

# %% stream
torch.manual_seed(1)
stream = torch.rand(6)
torch.manual_seed(1)
first, second = torch.rand(2), torch.rand(3)
first.equal(stream[:2]), second.equal(stream[2:5])

# %% picture
from reference_impl import draw

draw.storage(stream, stream[:2], stream[2:5], names=("stream", "first", "second"))

# %% layer
torch.manual_seed(1)
layer = torch.nn.Linear(1, 1)  # (1)!
c = torch.rand(2)
c.equal(a), c.equal(stream[2:4])  # (2)!

# %% others
import random

drawn = []
for _ in range(2):
    torch.manual_seed(1)
    drawn.append((torch.rand(2).tolist(), random.random()))
[x == y for x, y in zip(*drawn)]  # (1)!

# %% generator
torch.manual_seed(1)
own = torch.Generator().manual_seed(7)
x = torch.rand(2, generator=own)
print(x, torch.rand(2, generator=own))
torch.rand(2).equal(a), own.initial_seed()  # (1)!

# %% state
state = torch.get_rng_state()
x = torch.rand(2)
torch.set_rng_state(state)
x.equal(torch.rand(2)), state.shape, state.dtype

# %% fork
torch.manual_seed(1)
with torch.random.fork_rng():
    torch.manual_seed(7)
    inside = torch.rand(100)
torch.rand(2).equal(a)

# %% loader
from torch.utils.data import DataLoader


def orders(seed, epochs=2):
    own = torch.Generator().manual_seed(seed)
    loader = DataLoader(range(6), batch_size=6, shuffle=True, generator=own)
    return [next(iter(loader)).tolist() for _ in range(epochs)]


print(orders(1))
orders(1) == orders(1), orders(1) == orders(2)

# %% silent
torch.manual_seed(1)
for batch in DataLoader(range(6)):  # (1)!
    pass
torch.rand(2).equal(a)

# %% halves
torch.manual_seed(1)
whole = torch.randn(16)
torch.manual_seed(1)
whole.equal(torch.cat((torch.randn(8), torch.randn(8))))  # (1)!
