# %% merge-start fails="values"
import torch


def merge_heads(heads):
    batch, count, length, size = heads.shape
    return heads.reshape(batch, length, count * size)


# %% merge-check
tokens = torch.arange(2 * 3 * 8).view(2, 3, 8)
heads = tokens.view(2, 3, 4, 2).transpose(1, 2)
merged = merge_heads(heads)
assert merged.shape == tokens.shape, "shape"
assert merged.equal(tokens), "values"

# %% merge-solution
import torch


def merge_heads(heads):
    batch, count, length, size = heads.shape
    return heads.transpose(1, 2).reshape(batch, length, count * size)


# %% merge-wrong-last fails="values"
import torch


def merge_heads(heads):
    batch, count, length, size = heads.shape
    return heads.permute(0, 2, 3, 1).reshape(batch, length, count * size)


# %% merge-wrong-heads-first fails="shape"
import torch


def merge_heads(heads):
    batch, count, length, size = heads.shape
    return heads.reshape(batch, count, length * size)
