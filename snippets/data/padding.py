# %% keras
import os

os.environ["KERAS_BACKEND"] = "torch"  # (1)!

from keras.utils import pad_sequences

sentences = [[1, 2, 3], [4], [5, 6, 7, 8, 9]]
print(pad_sequences(sentences))  # (2)!
pad_sequences(sentences, maxlen=3)  # (3)!

# %% sides
pad_sequences(sentences, maxlen=3, padding="post", truncating="post")  # (1)!

# %% defaults
import keras

given = {"dtype": "int32", "padding": "pre", "truncating": "pre", "value": 0.0}
for maxlen in (None, 3):
    short = pad_sequences(sentences, maxlen)
    full = pad_sequences(sentences, maxlen, **given)
    print(maxlen, bool((short == full).all()))
print(keras.preprocessing.sequence.pad_sequences is pad_sequences)  # (1)!
hasattr(keras.preprocessing, "text")  # (2)!

# %% kinds
print(pad_sequences([[1.7, 2.2], [3.9]]))  # (1)!
print(pad_sequences([[1], [2, 3]], value=0.5))  # (2)!
print(pad_sequences([["a", "b"], ["c"]], dtype=object).tolist())
pad_sequences([["a", "b"], ["c"]], dtype=object, value="<pad>")  # (3)!

# %% flat raises="ValueError"
print(pad_sequences([(1, 2), range(3)]))  # (1)!
pad_sequences([1, 2, 3])

# %% torch
import torch
from torch.nn.utils.rnn import pad_sequence

rows = [torch.tensor(sentence) for sentence in sentences]
print(pad_sequence(rows).shape)  # (1)!
post = pad_sequence(rows, batch_first=True)
pre = pad_sequence(rows, batch_first=True, padding_side="left")
keras_pre = torch.from_numpy(pad_sequences(sentences))
post, torch.equal(pre, keras_pre.long())  # (2)!

# %% picture
from reference_impl import draw

draw.padding(pre, post, names=("pre", "post"))

# %% mask
scores = torch.tensor([[2.0, 4.0, 0.0, 0.0], [1.0, 2.0, 3.0, 6.0]])
mask = torch.tensor([[True, True, False, False], [True, True, True, True]])
wrong = scores.mean(dim=1)  # (1)!
right = (scores * mask).sum(dim=1) / mask.sum(dim=1)
wrong, right

# %% largest
low = torch.tensor([[-2.0, -4.0, 0.0]])
kept = torch.tensor([[True, True, False]])
low.amax(dim=1), low.masked_fill(~kept, -torch.inf).amax(dim=1)  # (1)!

# %% loss
from torch.nn import functional as F

logits = torch.tensor([[2.0, 0.0], [0.0, 1.0], [5.0, 0.0]])
targets = torch.tensor([0, 1, -100])  # (1)!
F.cross_entropy(logits, targets), F.cross_entropy(logits[:2], targets[:2])

# %% packed
from torch.nn.utils.rnn import pack_padded_sequence

lengths = [len(row) for row in rows]
packed = pack_padded_sequence(post, lengths, batch_first=True, enforce_sorted=False)
packed.data, packed.batch_sizes  # (1)!
