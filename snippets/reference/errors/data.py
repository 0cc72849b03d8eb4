# %% stack raises="RuntimeError"
import torch
from torch.utils.data import DataLoader, RandomSampler, TensorDataset

uneven = [torch.tensor([5, 6]), torch.tensor([7, 8, 9])]
next(iter(DataLoader(uneven, batch_size=2)))

# %% stack-fixed
from torch.nn.utils.rnn import pad_sequence


def collate(samples):
    return pad_sequence(samples, batch_first=True)  # (1)!


next(iter(DataLoader(uneven, batch_size=2, collate_fn=collate)))

# %% rows raises="AssertionError"
x, y = torch.zeros(3, 2), torch.zeros(4)
TensorDataset(x, y)

# %% rows-fixed
len(TensorDataset(x, y[: len(x)]))  # (1)!

# %% shuffle raises="ValueError"
sampler = RandomSampler(range(3))
DataLoader(range(3), sampler=sampler, shuffle=True)

# %% shuffle-fixed
len(DataLoader(range(3), sampler=sampler))  # (1)!

# %% none raises="ValueError"
RandomSampler([])

# %% none-fixed
kept = [n for n in range(5) if n > 2]  # (1)!
assert kept, "no sample is left"
len(RandomSampler(kept))

# %% sequences raises="ValueError"
from keras.utils import pad_sequences

pad_sequences([1, 2, 3])

# %% sequences-fixed
pad_sequences([[1, 2, 3]], maxlen=4)  # (1)!

# %% batch raises="ValueError"
from transformers import BertTokenizer

vocabulary = {word: i for i, word in enumerate("[PAD] [UNK] [CLS] [SEP] i love cats".split())}
tokenizer = BertTokenizer(vocab=vocabulary)
tokenizer(["i love cats", "cats"], return_tensors="pt")

# %% batch-fixed
tokenizer(["i love cats", "cats"], padding=True, return_tensors="pt")["input_ids"]  # (1)!
