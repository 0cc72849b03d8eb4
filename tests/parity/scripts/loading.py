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
