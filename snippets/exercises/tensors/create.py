# %% labels-start fails="dtype"
import torch


def labels(scores):
    return torch.Tensor(scores)


# %% labels-check
made = labels([[1.9, 0.2], [-1.9, 3.0]])
assert isinstance(made, torch.Tensor) and made.dtype == torch.int64, "dtype"
assert made.shape == (2, 2), "shape"
assert made.tolist() == [[2, 0], [-2, 3]], "values"
assert labels([0, 1, 2]).tolist() == [0, 1, 2], "integers"

# %% labels-solution
import torch


def labels(scores):
    return torch.tensor(scores).round().long()


# %% labels-wrong-truncated fails="values"
import torch


def labels(scores):
    return torch.LongTensor(scores)


# %% labels-wrong-float fails="dtype"
import torch


def labels(scores):
    return torch.tensor(scores).round()


# %% labels-wrong-flat fails="shape"
import torch


def labels(scores):
    return torch.tensor(scores).flatten().round().long()


# %% labels-wrong-shifted fails="values"
import torch


def labels(scores):
    return (torch.tensor(scores) + 0.5).long()
