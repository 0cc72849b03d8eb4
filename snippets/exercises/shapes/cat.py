# %% ones-start fails="place"
import torch


def with_ones(x):
    return torch.cat((torch.ones(len(x), 1), x), dim=1)


# %% ones-check
x = torch.tensor([[1, 2], [3, 4], [5, 6]])
y = with_ones(x)
assert y.shape == (3, 3), "shape"
assert y.tolist() == [[1, 2, 1], [3, 4, 1], [5, 6, 1]], "place"
assert y.dtype == x.dtype, "dtype"
w = torch.tensor([[7.0, 8.0]], requires_grad=True)
assert with_ones(w).requires_grad, "gradient"

# %% ones-solution
import torch


def with_ones(x):
    return torch.cat((x, x.new_ones(len(x), 1)), dim=1)


# %% ones-wrong-below fails="shape"
import torch


def with_ones(x):
    return torch.cat((x, torch.ones(1, x.shape[1])), dim=0)


# %% ones-wrong-promoted fails="dtype"
import torch


def with_ones(x):
    return torch.cat((x, torch.ones(len(x), 1)), dim=1)


# %% ones-wrong-list fails="gradient"
import torch


def with_ones(x):
    return torch.tensor([[*row, 1] for row in x.tolist()])


# %% ones-wrong-detached fails="gradient"
import torch


def with_ones(x):
    return torch.cat((x.detach(), x.new_ones(len(x), 1)), dim=1)
