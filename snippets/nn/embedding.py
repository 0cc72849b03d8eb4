# %% table
import torch
from torch import nn

torch.manual_seed(0)
words = ["<pad>", "i", "love", "hate", "this", "song"]
number = {word: at for at, word in enumerate(words)}
ids = torch.tensor([number[word] for word in "i love this song".split()])
table = nn.Embedding(num_embeddings=6, embedding_dim=3)  # (1)!
print(ids, table.weight.shape)
vectors = table(ids)  # (2)!
vectors

# %% picture
from reference_impl import draw

used = [(n,) for n in ids.tolist()]
draw.tensor(table.weight, "table.weight", mark=used)

# %% one-hot
from torch.nn import functional as F

one_hot = F.one_hot(ids, num_classes=6).float()
print(one_hot)
by_product, by_index = one_hot @ table.weight, table.weight[ids]  # (1)!
torch.equal(by_product, vectors), torch.equal(by_index, vectors)

# %% gradient
sentence = torch.tensor([2, 4, 2])
table(sentence).sum().backward()
table.weight.grad  # (1)!

# %% padding
padded = nn.Embedding(6, 3, padding_idx=0)
batch = torch.tensor([[1, 2, 4, 5], [1, 3, 0, 0]])  # (1)!
print(padded.weight[0])
padded(batch).sum().backward()
padded.weight.grad

# %% pretrained
given = torch.tensor([[0.0, 0], [0, 0], [1, 0], [0, 1], [0, -1]])
frozen = nn.Embedding.from_pretrained(given)  # (1)!
tuned = nn.Embedding.from_pretrained(given.clone(), freeze=False)
print(frozen.weight.requires_grad, tuned.weight.requires_grad)
[e.weight.data_ptr() == given.data_ptr() for e in (frozen, tuned)]  # (2)!

# %% steps
words = ["<pad>", "is", "not", "good", "bad"]
number = {word: at for at, word in enumerate(words)}
texts = ["is not bad", "is not good", "is bad"]
rows = [[number[word] for word in text.split()] for text in texts]
batch = torch.tensor([row + [0] * (5 - len(row)) for row in rows])
vectors = tuned(batch)
channels = vectors.permute(0, 2, 1)
maps = nn.Conv1d(in_channels=2, out_channels=6, kernel_size=2)(channels)
features = maps.relu().amax(dim=2)  # (1)!
for step in (batch, vectors, channels, maps, features):
    print(tuple(step.shape))

# %% kernel
weight = torch.tensor([[[1.0, 0], [0, -1]]])  # (1)!
scores = F.conv1d(channels, weight)
print(scores[:, 0])
(scores - 1).relu().amax(dim=2)  # (2)!

# %% window
draw.conv1d(channels, weight, scores, at=1)

# %% range raises="IndexError"
table(torch.tensor([6]))

# %% refilled
nn.init.normal_(padded.weight)
loaded = nn.Embedding.from_pretrained(torch.ones(6, 3), padding_idx=0)
padded.weight[0], loaded.weight[0]  # (1)!
