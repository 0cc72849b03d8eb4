# %% together
import torch
from torch.utils.data import ConcatDataset, StackDataset, Subset, TensorDataset

both = ConcatDataset([TensorDataset(torch.arange(3)), TensorDataset(torch.arange(5))])
both
len(both), both.cumulative_sizes
both.cummulative_sizes
both[2], both[3], both[-1], both[-8]
both[-9]
both[8]
ConcatDataset([])
ConcatDataset(5)
ConcatDataset([[1], "ab"])[1]
ConcatDataset.cumsum([[1], [2, 3]])
StackDataset([1, 2], "ab")
StackDataset([1, 2], "ab")[1]
StackDataset(x=[1, 2], y="ab")[0]
StackDataset(x=[1, 2], y="ab").__getitems__([1, 0])
StackDataset([1, 2], "ab").__getitems__([1, 0])
StackDataset(Subset([5, 6, 7], [2, 1]), "ab").__getitems__([0])
StackDataset()
StackDataset([1], x=[1])
StackDataset([1], [1, 2])
StackDataset(a=[1], b=[1, 2])
len(StackDataset([1, 2])), StackDataset([1, 2]).datasets
subset = Subset(range(10), [3, 1, 4])
subset
list(subset), len(subset), subset[0], subset[-1]
subset[3]
subset[[0, 1]]
Subset(torch.arange(10), [3, 1, 4])[[0, 1]]
Subset(range(3), [7])[0]
subset.dataset, subset.indices


class Loud(Subset):
    def __getitem__(self, i):
        return str(super().__getitem__(i)) + "!"


Loud(range(3), [0])

# %% splits
import torch
from torch.utils.data import random_split

[s.indices for s in random_split(range(10), [3, 7])]
[s.indices for s in random_split(range(10), [3, 7], generator=torch.Generator().manual_seed(42))]
[s.indices for s in random_split(range(10), [3, 7], torch.Generator().manual_seed(42))]
[len(s) for s in random_split(range(10), [0.3, 0.3, 0.4])]
[len(s) for s in random_split(range(11), [0.5, 0.5])]
[len(s) for s in random_split(range(7), [0.33, 0.33, 0.34])]
[len(s) for s in random_split(range(2), [0.9, 0.05, 0.05])]
[len(s) for s in random_split(range(3), [0.1] * 10)]
random_split(range(10), [3, 6])
random_split(range(10), [0.5, 0.4])
random_split(range(10), [1.5, -0.5])
random_split(range(10), [0.8, 0.1])
random_split(range(10), [10])[0]
random_split(range(10), [1])
random_split(range(1), [1])[0].indices
random_split(range(10), [12, -2])
random_split(range(0), [0])
random_split(range(10), 5)
random_split(range(10), [])
random_split(range(10), [3, 7], generator=5)
random_split(5, [3])
list(random_split("abcdefgh", [6, 2])[1])
torch.rand(1)

# %% samplers
import torch
from torch.utils.data import (
    BatchSampler,
    DistributedSampler,
    RandomSampler,
    Sampler,
    SequentialSampler,
    SubsetRandomSampler,
    WeightedRandomSampler,
)

list(SequentialSampler("abc")), len(SequentialSampler("abc"))
SequentialSampler("abc")
list(SequentialSampler(5))
list(RandomSampler(range(5)))
list(RandomSampler(range(5)))
list(RandomSampler(range(5), num_samples=3)), list(RandomSampler(range(5), num_samples=12))
list(RandomSampler(range(5), replacement=True))
list(RandomSampler(range(5), True, 70))
list(RandomSampler(range(5), generator=torch.Generator().manual_seed(3)))
sampler = RandomSampler(range(5), generator=torch.Generator().manual_seed(3))
list(sampler), list(sampler), len(sampler), sampler.num_samples, sampler.replacement
sampler
RandomSampler([])
RandomSampler([], num_samples=3)
list(RandomSampler([], num_samples=3))
list(RandomSampler([], True, 3))
RandomSampler(range(5), num_samples=0)
RandomSampler(range(5), num_samples=-1)
RandomSampler(range(5), num_samples=2.0)
RandomSampler(range(5), replacement=1)
RandomSampler(range(5), replacement="a", num_samples=0)
RandomSampler(5)
list(RandomSampler(range(5), generator=5))
sampler.num_samples = 5
list(SubsetRandomSampler([5, 6, 7, 8]))
list(SubsetRandomSampler([5, 6, 7, 8], generator=torch.Generator().manual_seed(1)))
list(SubsetRandomSampler([])), len(SubsetRandomSampler([1]))
list(SubsetRandomSampler(torch.tensor([3, 4])))
SubsetRandomSampler(5)
list(SubsetRandomSampler(5))
list(WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3.0, 0.6], 5))
list(WeightedRandomSampler([0.9, 0.4, 0.05, 0.2, 0.3, 0.1], 5, replacement=False))
list(WeightedRandomSampler(torch.tensor([1, 2, 3]), 8, generator=torch.Generator().manual_seed(1)))
WeightedRandomSampler([1, 2], 3).weights
WeightedRandomSampler([1, 2], 0)
WeightedRandomSampler([1, 2], True)
WeightedRandomSampler([1, 2], 2.0)
WeightedRandomSampler([1, 2], 2, replacement=None)
WeightedRandomSampler([[1, 2]], 2)
WeightedRandomSampler(1.0, 2)
WeightedRandomSampler("ab", 2)
list(WeightedRandomSampler([0.0, 0.0], 2))
list(WeightedRandomSampler([1.0, -1.0], 2))
list(WeightedRandomSampler([1.0, float("nan")], 2))
list(WeightedRandomSampler([], 2))
list(WeightedRandomSampler([1.0, 2.0], 3, replacement=False))
list(WeightedRandomSampler([1.0, 0.0], 2, replacement=False))
list(BatchSampler(SequentialSampler(range(10)), 3, False))
list(BatchSampler(range(10), batch_size=3, drop_last=True))
len(BatchSampler(range(10), 3, False)), len(BatchSampler(range(10), 3, True))
len(BatchSampler(range(9), 3, False)), list(BatchSampler([], 3, False))
BatchSampler(range(10), 0, False)
BatchSampler(range(10), True, False)
BatchSampler(range(10), 2.0, False)
BatchSampler(range(10), 2, 0)
BatchSampler(range(10), 2)
list(BatchSampler(5, 2, False))
len(BatchSampler(iter([1]), 2, False))
BatchSampler(range(10), 3, False)
Sampler()
list(Sampler())
len(Sampler())
Sampler(range(3))


class Backwards(Sampler[int]):
    def __init__(self, data):
        self.data = data

    def __iter__(self):
        return iter(range(len(self.data) - 1, -1, -1))


[b.tolist() for b in torch.utils.data.DataLoader(range(5), 2, sampler=Backwards(range(5)))]
len(torch.utils.data.DataLoader(range(5), 2, sampler=Backwards(range(5))))
for rank in range(3):
    print(list(DistributedSampler(range(10), num_replicas=3, rank=rank)))
for rank in range(3):
    print(list(DistributedSampler(range(10), 3, rank, shuffle=False)))
for rank in range(3):
    print(list(DistributedSampler(range(10), 3, rank, shuffle=False, drop_last=True)))
sampler = DistributedSampler(range(4), 2, 0, seed=3)
list(sampler), list(sampler)
sampler.set_epoch(1)
list(sampler), len(sampler), sampler.epoch, sampler.total_size, sampler.num_samples
list(DistributedSampler(range(2), 5, 4)), list(DistributedSampler(range(2), 5, 4, drop_last=True))
list(DistributedSampler([], 2, 0))
DistributedSampler(range(4), 2, 2)
DistributedSampler(range(4), 2, -1)
sampler

# %% batches
import collections

import numpy as np
import torch
from torch.utils.data import default_collate, default_convert

Point = collections.namedtuple("Point", ["x", "y"])
default_collate([1, 2])
default_collate([1.0, 2.0])
default_collate([True, False])
default_collate([1 + 2j])
default_collate(["a", "b"])
default_collate([b"a", b"b"])
default_collate(("a", "b"))
default_collate([torch.ones(2), torch.zeros(2)])
default_collate([torch.ones(2, requires_grad=True), torch.zeros(2)])
default_collate([torch.ones(2), torch.zeros(2).double()])
default_collate([torch.ones(2), torch.zeros(2).long()])
default_collate([torch.tensor(1), torch.tensor(2)])
default_collate([(0, 1), (2, 3)])
default_collate([[0, 1], [2, 3]])
default_collate([(1, "a", torch.ones(1)), (2, "b", torch.zeros(1))])
default_collate([{"A": 0, "B": 1}, {"A": 100, "B": 100}])
default_collate([{"A": 0}, {"A": 1, "B": 2}])
default_collate([Point(0, 1.5), Point(1, 2.5)])
default_collate([[[1, 2], 3], [[4, 5], 6]])
default_collate([collections.OrderedDict(a=1), collections.OrderedDict(a=2)])
default_collate([collections.deque([1, 2]), collections.deque([3, 4])])
default_collate([range(2), range(2)])
default_collate([()])
default_collate([[]])
default_collate([{}])
default_collate([])
default_collate(5)
default_collate([None])
default_collate([object])
default_collate([{1, 2}])
default_collate([torch.float32])
default_collate([(1,), (1, 2)])
default_collate([[torch.ones(1), torch.ones(2)], [torch.ones(1), torch.ones(3)]])
default_collate([torch.tensor([[1, 2]]), torch.tensor([[3]])])
default_collate([np.array([1, 2]), np.array([3, 4])])
default_collate([np.array([1.5]), np.array([2.5])])
default_collate([np.array([1], dtype=np.float32), np.array([2], dtype=np.float32)])
default_collate([np.array(1), np.array(2)])
default_collate([np.float32(1), np.float32(2)])
default_collate([np.float64(1), np.float64(2)])
default_collate([np.int32(1), np.int32(2)])
default_collate([np.int64(1), np.int64(2)])
default_collate([np.bool_(True), np.bool_(False)])
default_collate([np.str_("a"), np.str_("b")])
default_collate([np.array(["a"]), np.array(["b"])])
default_collate([np.array([None]), np.array([None])])
default_collate([np.zeros(2), np.zeros(3)])
default_collate([(np.zeros(2), np.int64(3)), (np.ones(2), np.int64(4))])
default_convert(0), default_convert("a"), default_convert(None)
default_convert(np.array([0, 1]))
default_convert(np.float32(1.5))
default_convert(Point(0, 0)), default_convert(Point(np.array(0), np.array(0)))
default_convert([np.array([0, 1]), np.array([2, 3])])
default_convert((1, np.array(2)))
default_convert({"a": np.array([1]), "b": "c"})
default_convert(np.array(["a"]))
default_convert(np.str_("a"))
default_convert(range(3))
default_convert(torch.ones(1))
from torch.utils.data._utils.collate import collate, default_collate_fn_map

collate([1, 2])
collate([(1, 2)], collate_fn_map={int: lambda batch, *, collate_fn_map: list(batch)})


class Sentence:
    def __init__(self, text):
        self.text = text


default_collate([Sentence("a")]) if False else None
collate(
    [Sentence("a"), Sentence("b")],
    collate_fn_map={Sentence: lambda batch, *, collate_fn_map: [s.text for s in batch]},
)
default_collate_fn_map[Sentence] = lambda batch, *, collate_fn_map=None: [s.text for s in batch]
default_collate([(Sentence("a"), 1), (Sentence("b"), 2)])
