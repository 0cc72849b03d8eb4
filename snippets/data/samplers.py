# %% indices
import torch
from torch.utils.data import DataLoader, RandomSampler, SequentialSampler

torch.manual_seed(0)
sampler = RandomSampler(range(5))
print(list(sampler), list(sampler))  # (1)!
list(SequentialSampler(range(5))), len(sampler)

# %% empty raises="ValueError"
RandomSampler([])

# %% kinds
plain = DataLoader(range(5))
shuffled = DataLoader(range(5), shuffle=True)
print(type(plain.sampler).__name__, type(shuffled.sampler).__name__)
given = DataLoader(range(5), sampler=[4, 0, 0], batch_size=2)  # (1)!
[batch.tolist() for batch in given]

# %% exclusive raises="ValueError"
DataLoader(range(5), shuffle=True, sampler=sampler)

# %% replacement
torch.manual_seed(1)
drawn = list(RandomSampler(range(10), replacement=True))
print(drawn)
sorted(set(range(10)) - set(drawn))  # (1)!

# %% picture
from reference_impl import draw

once = list(RandomSampler(range(10)))
draw.counts(once, drawn, samples=10, names=("without", "with"))

# %% number
torch.manual_seed(0)
few = RandomSampler(range(5), num_samples=3)
many = RandomSampler(range(5), num_samples=8)
list(few), list(many)  # (1)!

# %% coverage
torch.manual_seed(0)
n = 100
for k in (100, 200, 500, 1000):
    seen = set(RandomSampler(range(n), replacement=True, num_samples=k))
    print(k, len(seen), round(n * (1 - (1 - 1 / n) ** k), 1))  # (1)!

# %% weighted
from torch.utils.data import WeightedRandomSampler

labels = torch.tensor([0] * 90 + [1] * 10)
weights = 1 / torch.bincount(labels)[labels]  # (1)!
torch.manual_seed(0)
balanced = list(WeightedRandomSampler(weights, num_samples=1000))
labels.float().mean(), labels[balanced].float().mean()  # (2)!

# %% split
from torch.utils.data import random_split

seeded = torch.Generator().manual_seed(0)
train, valid = random_split(range(10), [0.7, 0.3], generator=seeded)  # (1)!
list(train), list(valid)
