# %% wrapped
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(2, 1)
wrapped = nn.DataParallel(model)
x = torch.arange(8.0).view(4, 2)
print(wrapped.device_ids, wrapped.module is model)  # (1)!
torch.equal(wrapped(x), model(x))

# %% names
list(model.state_dict()), list(wrapped.state_dict())

# %% prefix raises="RuntimeError"
model.load_state_dict(wrapped.state_dict())

# %% unwrapped
model.load_state_dict(wrapped.module.state_dict())

# %% split
first, second = x.chunk(2)  # (1)!
outputs = [model(first), model(second)]  # (2)!
torch.equal(torch.cat(outputs), model(x))  # (3)!

# %% picture
from reference_impl import draw

draw.cat((first, second), names=("first", "second", "x"))


# %% average
def gradient(part):
    model.zero_grad()
    model(part).square().mean().backward()
    return model.weight.grad


whole = gradient(x)
halves = (gradient(x[:2]) + gradient(x[2:])) / 2
uneven = (gradient(x[:1]) + gradient(x[1:])) / 2  # (1)!
torch.allclose(halves, whole), torch.allclose(uneven, whole)

# %% norm
norm = nn.BatchNorm1d(2)
torch.allclose(torch.cat((norm(first), norm(second))), norm(x))

# %% share
from torch.utils.data import DistributedSampler

for rank in range(2):
    mine = DistributedSampler(range(7), num_replicas=2, rank=rank, shuffle=False)
    print(rank, list(mine))  # (1)!

# %% epochs
both = [DistributedSampler(range(6), num_replicas=2, rank=r) for r in range(2)]
for epoch in (0, 0, 1):
    for mine in both:
        mine.set_epoch(epoch)  # (1)!
    print(epoch, [list(mine) for mine in both])  # (2)!
