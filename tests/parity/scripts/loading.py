# %% first_steps
import torch
from torch.utils.data import DataLoader, Dataset, TensorDataset

x = torch.arange(20.0).reshape(10, 2)
y = torch.arange(10)
dataset = TensorDataset(x, y)
dataset
type(dataset)
print(dataset)
len(dataset)
dataset[0]
dataset[-1]
dataset[2:4]
dataset[[0, 3]]
dataset[torch.tensor([1, 2])]
dataset[10]
dataset.tensors[1] is y
TensorDataset(torch.arange(3), torch.arange(2))
TensorDataset([1, 2, 3])
TensorDataset()
len(TensorDataset())
TensorDataset(torch.tensor(1.0))
[label.item() for _, label in dataset]
dataset[0][0].fill_(7)
x[0]
loader = DataLoader(dataset, batch_size=4)
loader
type(loader)
len(loader), len(loader.dataset)
for a, b in loader:
    print(a.shape, b)
next(iter(loader))
iter(loader)
len(iter(loader))
list(DataLoader(dataset, 4, drop_last=True))[-1]
[b.tolist() for _, b in DataLoader(dataset, batch_size=3, shuffle=True)]
[b.tolist() for _, b in DataLoader(dataset, batch_size=3, shuffle=True)]
torch.rand(1)
loader.batch_size = 3
loader.dataset = x
loader.sampler = None
loader.batch_sampler = None
loader.drop_last = True
loader.persistent_workers = True
loader.collate_fn = len
list(loader)
loader.anything = 5
loader.anything
loader.sampler, loader.batch_sampler, loader.batch_size, loader.drop_last
loader.num_workers, loader.pin_memory, loader.timeout, loader.prefetch_factor
loader.generator, loader.worker_init_fn, loader.multiprocessing_context, loader.in_order
DataLoader(dataset).collate_fn.__name__, DataLoader(dataset, None).collate_fn.__name__

# %% training
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset, random_split

x = torch.randn(40, 3)
y = x @ torch.tensor([1.0, -2.0, 0.5]) + 0.1 * torch.randn(40)
train, test = random_split(TensorDataset(x, y), [32, 8])
len(train), len(test), train.indices[:5]
model = nn.Linear(3, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(3):
    total = 0.0
    for inputs, targets in DataLoader(train, batch_size=8, shuffle=True):
        loss = nn.functional.mse_loss(model(inputs).squeeze(1), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    print(f"{epoch}: {total / len(train):.4f}")
with torch.no_grad():
    for inputs, targets in DataLoader(test, batch_size=8):
        print(f"{nn.functional.mse_loss(model(inputs).squeeze(1), targets):.4f}")

# %% own_dataset
import torch
from torch.utils.data import DataLoader, Dataset, Subset


class Words(Dataset):
    def __init__(self, words):
        self.words = words

    def __len__(self):
        return len(self.words)

    def __getitem__(self, i):
        return self.words[i], len(self.words[i])


words = Words(["cat", "horse", "bee", "ox"])
words
words[1]
words[4]
list(DataLoader(words, batch_size=3))
list(DataLoader(words, batch_size=2, sampler=[3, 3, 0]))
list(DataLoader(words, batch_sampler=[[0], [1, 2, 3]]))
list(DataLoader(words, batch_size=None))
list(DataLoader(words, batch_size=None, sampler=[2, 0]))
list(DataLoader(words, batch_size=2, collate_fn=lambda batch: batch))
words + words
len(words + words), (words + words)[5]
Dataset()
Dataset()[0]
len(Dataset())


class Nameless(Dataset):
    pass


Nameless()[0]
DataLoader(Nameless())
DataLoader(Nameless(), shuffle=True)
len(Nameless())


class Broken(Dataset):
    def __len__(self):
        return 3

    def __getitem__(self, i):
        if i == 1:
            raise KeyError("sample 1 is missing")
        return i


list(DataLoader(Broken()))
round_ = iter(DataLoader(Broken()))
next(round_), 0
next(round_)
next(round_)
next(round_)


class Batched(Dataset):
    def __len__(self):
        return 5

    def __getitems__(self, indices):
        print("asked for", indices)
        return [i * 10 for i in indices]


list(DataLoader(Batched(), batch_size=2))
list(DataLoader(Subset(Batched(), [4, 0, 2]), batch_size=2))
DataLoader([1, 2, 3]).dataset
list(DataLoader([1, 2, 3], batch_size=2))
list(DataLoader(range(5), 2))
list(DataLoader("abc", 2))
list(DataLoader(torch.arange(6).reshape(3, 2), 2))
list(DataLoader({0: "a", 1: "b"}))
list(DataLoader({"x": 1}))
list(DataLoader([], 2))
DataLoader([], shuffle=True)
DataLoader(5)
list(DataLoader(None))
list(DataLoader([None]))
list(DataLoader([torch.zeros(2), torch.zeros(3)], batch_size=2))
list(DataLoader([[1], [2, 3]], batch_size=2))
list(DataLoader([{"a": 1}, {"b": 1}], batch_size=2))
list(DataLoader([1, "a"], batch_size=2))
list(DataLoader(["a", 1], batch_size=2))
list(DataLoader([1, None], batch_size=2))
list(DataLoader([1, 2.5], batch_size=2))
list(DataLoader([2.5, 1], batch_size=2))
list(DataLoader([torch.tensor(1), 2], batch_size=2))
list(DataLoader([(1, torch.ones(1)), (2, torch.zeros(1))], batch_size=2))
list(DataLoader([object()], collate_fn=len))

# %% options
import torch
from torch.utils.data import BatchSampler, DataLoader, RandomSampler, SequentialSampler

data = range(10)
DataLoader(data, batch_size=0)
DataLoader(data, batch_size=-1)
DataLoader(data, batch_size=2.0)
DataLoader(data, batch_size="2")
DataLoader(data, batch_size=True)
DataLoader(data, drop_last=1)
DataLoader(data, batch_size=None, drop_last=True)
DataLoader(data, shuffle=True, sampler=RandomSampler(data))
DataLoader(data, shuffle=False, sampler=RandomSampler(data)).sampler
DataLoader(data, batch_sampler=[[0]], batch_size=2)
DataLoader(data, batch_sampler=[[0]], shuffle=True)
DataLoader(data, batch_sampler=[[0]], sampler=[0])
DataLoader(data, batch_sampler=[[0]], drop_last=True)
DataLoader(data, batch_sampler=[[0, 1], [2]]).batch_size
len(DataLoader(data, batch_sampler=[[0, 1], [2]]))
DataLoader(data, num_workers=-1)
DataLoader(data, num_workers="a")
DataLoader(data, num_workers=None)
DataLoader(data, timeout=-1)
DataLoader(data, timeout=1)
list(DataLoader(data, timeout=1))
DataLoader(data, prefetch_factor=2)
DataLoader(data, persistent_workers=True)
DataLoader(data, multiprocessing_context="fork")
DataLoader(data, pin_memory=True)
list(DataLoader([1], pin_memory=True))
list(DataLoader([1], pin_memory=True, pin_memory_device="cuda"))
DataLoader()
DataLoader(data, 2, True, None, None, 0, None, False, True, 0, None, None, None, 2)
DataLoader(data, bs=2)
DataLoader(data, generator=5)
list(DataLoader(data, generator=5))
list(DataLoader(data, generator=torch.Generator().manual_seed(0), shuffle=True, batch_size=4))
list(DataLoader(data, shuffle="yes", batch_size=5))
list(DataLoader(data, sampler=iter([1, 2, 3]), batch_size=2))
len(DataLoader(data, sampler=iter([1, 2, 3]), batch_size=2))
list(DataLoader(data, sampler=5))
list(DataLoader(data, sampler=[20]))
len(DataLoader(data, batch_size=None))
len(DataLoader(data, batch_size=3)), len(DataLoader(data, batch_size=3, drop_last=True))
loader = DataLoader(data, batch_size=4)
[len(b) for b in loader], [len(b) for b in loader]
first, second = iter(loader), iter(loader)
next(first), next(second), next(first)
f = lambda: [
    b.item() for b in DataLoader(range(5), shuffle=True, generator=torch.Generator().manual_seed(1))
]
f() == f()
import pickle

round_ = iter(loader)
pickle.dumps(round_)
list(pickle.loads(pickle.dumps(loader)))
type(iter(loader))

# %% streams
import torch
from torch.utils.data import ChainDataset, ConcatDataset, DataLoader, IterableDataset


class Count(IterableDataset):
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return iter(range(self.n))


class Counted(Count):
    def __len__(self):
        return 3


type(Count(3))
list(DataLoader(Count(5), batch_size=2))
list(DataLoader(Count(5), batch_size=2, drop_last=True))
list(DataLoader(Count(0), batch_size=2))
list(DataLoader(Count(3), batch_size=None))
list(DataLoader(Count(3)))
len(DataLoader(Count(3)))
DataLoader(Count(3), shuffle=True)
DataLoader(Count(3), shuffle=False).sampler
DataLoader(Count(3), shuffle=5)
DataLoader(Count(3), sampler=[0])
DataLoader(Count(3), batch_sampler=[[0]])
Count(3) + Count(2)
list(Count(3) + Count(2))
len(Count(3) + Count(2))
len(Counted(3) + Counted(2))
list(ChainDataset([range(3)]))
len(ChainDataset([range(3)]))
ConcatDataset([Count(3)])
loader = DataLoader(Counted(5), batch_size=None)
len(loader)
for value in loader:
    print(value)
loader = DataLoader(Counted(5), batch_size=2)
list(loader)
len(loader)
list(loader)
len(DataLoader(Counted(5), batch_size=2, drop_last=True))
Counted(2)[0]
IterableDataset()


class Silent(IterableDataset):
    pass


list(DataLoader(Count(2), collate_fn=lambda b: tuple(b), batch_size=2))
isinstance(Count(1), torch.utils.data.Dataset)
torch.utils.data.get_worker_info()

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

# %% names
import torch
import torch.utils.data
import torch.utils.data as data
from torch.utils.data.dataloader import DataLoader, default_collate, get_worker_info
from torch.utils.data.dataset import ConcatDataset, Dataset, random_split
from torch.utils.data.distributed import DistributedSampler
from torch.utils.data.sampler import RandomSampler, Sampler

data.DataLoader, data.Dataset, data.IterableDataset, data.TensorDataset, data.Subset
data.ConcatDataset, data.ChainDataset, data.StackDataset, data.Sampler
data.RandomSampler, data.SequentialSampler, data.BatchSampler, data.WeightedRandomSampler
data.SubsetRandomSampler, data.DistributedSampler
data.anything
torch.utils.anything
data.DataLoader is torch.utils.data.dataloader.DataLoader


from abc import ABC, abstractmethod


class Base(Dataset, ABC):
    @abstractmethod
    def name(self): ...


class Real(Base):
    def name(self):
        return "real"


Real().name()
