# %% features-start fails="shape"
def features(ids, table, conv):
    return conv(table(ids)).relu().amax(1)


# %% features-check
import torch
from torch import nn

torch.manual_seed(0)
table = nn.Embedding(10, 4, padding_idx=0)
narrow, wide = nn.Conv1d(4, 5, 2), nn.Conv1d(4, 5, 3)
ids = torch.tensor([[3, 9, 1, 4]])
padded = torch.tensor([[3, 9, 1, 4, 0, 0], [7, 2, 0, 0, 0, 0]])
alone = narrow(table(ids).permute(0, 2, 1)).relu().amax(2)
assert features(ids, table, narrow).shape == (1, 5), "shape"
assert torch.allclose(features(ids, table, narrow), alone), "values"
made = features(padded, table, narrow)
assert torch.allclose(made[:1], alone), "padding"
bare = features(padded[1:, :2], table, narrow)
assert torch.allclose(made[1:], bare), "padding"
triples = wide(table(ids).permute(0, 2, 1)).relu().amax(2)
assert torch.allclose(features(padded, table, wide)[:1], triples), "width"


# %% features-solution
def features(ids, table, conv):
    maps = conv(table(ids).permute(0, 2, 1)).relu()
    ends = ids[:, conv.kernel_size[0] - 1 :]
    return (maps * (ends != 0).unsqueeze(1)).amax(2)


# %% features-wrong-view fails="values"
def features(ids, table, conv):
    vectors = table(ids)
    return conv(vectors.view(len(ids), -1, ids.shape[1])).relu().amax(2)


# %% features-wrong-forgotten fails="values"
def features(ids, table, conv):
    return conv(table(ids)).relu().amax(2)


# %% features-wrong-unmasked fails="padding"
def features(ids, table, conv):
    return conv(table(ids).permute(0, 2, 1)).relu().amax(2)


# %% features-wrong-vectors fails="padding"
def features(ids, table, conv):
    vectors = table(ids) * (ids != 0).unsqueeze(2)
    return conv(vectors.permute(0, 2, 1)).relu().amax(2)


# %% features-wrong-starts fails="padding"
def features(ids, table, conv):
    maps = conv(table(ids).permute(0, 2, 1)).relu()
    starts = ids[:, : maps.shape[2]]
    return (maps * (starts != 0).unsqueeze(1)).amax(2)


# %% features-wrong-fixed fails="width"
def features(ids, table, conv):
    maps = conv(table(ids).permute(0, 2, 1)).relu()
    ends = ids[:, 1 : maps.shape[2] + 1]
    return (maps * (ends != 0).unsqueeze(1)).amax(2)
