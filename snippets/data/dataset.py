# %% tensors
import torch
from torch.utils.data import DataLoader, Dataset, TensorDataset

x = torch.arange(12.0).view(6, 2)
y = torch.tensor([0, 1, 0, 1, 0, 1])
pairs = TensorDataset(x, y)
print(len(pairs), pairs[1])  # (1)!
pairs[4:]  # (2)!

# %% shared
single = TensorDataset(y)
y[0] = 1
single[0], pairs[0]  # (1)!

# %% mismatch raises="AssertionError"
print(list(zip([1, 2, 3], [10, 20])))  # (1)!
TensorDataset(torch.arange(3), torch.arange(2))

# %% batches
loader = DataLoader(pairs, batch_size=4)
for features, labels in loader:
    print(features.shape, labels)  # (1)!
full = DataLoader(pairs, batch_size=4, drop_last=True)
len(pairs), len(loader), len(full), len(DataLoader(pairs))  # (2)!

# %% epochs
torch.manual_seed(0)
shuffled = DataLoader(range(6), batch_size=4, shuffle=True)
for epoch in range(2):
    print([batch.tolist() for batch in shuffled])  # (1)!

# %% picture
from reference_impl import draw

order = [batch.tolist() for batch in shuffled]
draw.batches(order, samples=6)

# %% steps
from torch.utils.data import default_collate

by_hand = []
for indices in loader.batch_sampler:  # (1)!
    samples = [pairs[i] for i in indices]  # (2)!
    by_hand.append(default_collate(samples))  # (3)!
print(indices, samples)
for mine, theirs in zip(by_hand, loader):
    print(torch.equal(mine[0], theirs[0]), torch.equal(mine[1], theirs[1]))


# %% custom
class Reviews(Dataset):
    def __init__(self, texts, labels):
        self.texts, self.labels = texts, labels

    def __len__(self):
        return len(self.texts)

    def __getitem__(self, i):
        text = self.texts[i]
        return {"text": text, "length": len(text), "label": self.labels[i]}


reviews = Reviews(["很好", "不好看", "喜欢"], [1, 0, 1])
for key, values in next(iter(DataLoader(reviews, batch_size=3))).items():  # (1)!
    print(key, values)

# %% uneven raises="RuntimeError"
uneven = [torch.tensor([5, 6]), torch.tensor([7, 8, 9])]
next(iter(DataLoader(uneven, batch_size=2)))

# %% collate
from torch.nn.utils.rnn import pad_sequence


def together(samples):  # (1)!
    lengths = torch.tensor([len(sample) for sample in samples])
    return pad_sequence(samples, batch_first=True), lengths


next(iter(DataLoader(uneven, batch_size=2, collate_fn=together)))
