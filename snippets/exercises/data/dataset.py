# %% collate-start fails="shape"
import torch
from torch.nn.utils.rnn import pad_sequence


def collate(samples):
    texts = [text for text, label in samples]
    labels = [label for text, label in samples]
    return pad_sequence(texts), labels


# %% collate-check
from torch.utils.data import DataLoader

texts = [torch.tensor([3, 4, 5, 9]), torch.tensor([6]), torch.tensor([7, 8])]
batch = next(iter(DataLoader(list(zip(texts, [1, 0, 1])), batch_size=3, collate_fn=collate)))
assert batch[0].shape == (3, 4), "shape"
assert batch[0].tolist() == [[3, 4, 5, 9], [6, 0, 0, 0], [7, 8, 0, 0]], "padding"
assert isinstance(batch[1], torch.Tensor) and batch[1].tolist() == [1, 0, 1], "labels"
assert batch[0].dtype == torch.int64, "dtype"
few = collate([(texts[1], 0), (texts[2], 1)])
assert few[0].tolist() == [[6, 0], [7, 8]], "longest"

# %% collate-solution
import torch
from torch.nn.utils.rnn import pad_sequence


def collate(samples):
    texts = [text for text, label in samples]
    labels = [label for text, label in samples]
    return pad_sequence(texts, batch_first=True), torch.tensor(labels)


# %% collate-wrong-transposed fails="shape"
import torch
from torch.nn.utils.rnn import pad_sequence


def collate(samples):
    texts = [text for text, label in samples]
    labels = [label for text, label in samples]
    return pad_sequence(texts), torch.tensor(labels)


# %% collate-wrong-left fails="padding"
import torch
from torch.nn.utils.rnn import pad_sequence


def collate(samples):
    texts = [text for text, label in samples]
    labels = [label for text, label in samples]
    return pad_sequence(texts, batch_first=True, padding_side="left"), torch.tensor(labels)


# %% collate-wrong-list fails="labels"
import torch
from torch.nn.utils.rnn import pad_sequence


def collate(samples):
    texts = [text for text, label in samples]
    labels = [label for text, label in samples]
    return pad_sequence(texts, batch_first=True), labels


# %% collate-wrong-floats fails="dtype"
import torch


def collate(samples):
    padded = torch.zeros(len(samples), max(len(text) for text, label in samples))
    for row, (text, label) in zip(padded, samples):
        row[: len(text)] = text
    return padded, torch.tensor([label for text, label in samples])


# %% collate-wrong-fixed fails="longest"
import torch


def collate(samples):
    padded = torch.zeros(len(samples), 4, dtype=torch.int64)
    for row, (text, label) in zip(padded, samples):
        row[: len(text)] = text
    return padded, torch.tensor([label for text, label in samples])
