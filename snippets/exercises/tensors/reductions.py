# %% shares-start fails="values"
import torch


def shares(x):
    return x / x.sum()


# %% shares-check
x = torch.tensor([[1.0, 3.0], [6.0, 2.0]])
y = shares(x)
assert y.shape == (2, 2), "shape"
assert y.tolist() == [[0.25, 0.75], [0.75, 0.25]], "values"
cube = torch.stack((x, x))
assert shares(cube).equal(torch.stack((y, y))), "dims"
assert x.tolist() == [[1, 3], [6, 2]], "changed"

# %% shares-solution
import torch


def shares(x):
    return x / x.sum(-1, keepdim=True)


# %% shares-wrong-column fails="values"
import torch


def shares(x):
    return x / x.sum(0)


# %% shares-wrong-lost fails="values"
import torch


def shares(x):
    return x / x.sum(1)


# %% shares-wrong-matrix fails="dims"
import torch


def shares(x):
    return x / x.sum(1, keepdim=True)


# %% shares-wrong-inplace fails="changed"
import torch


def shares(x):
    x /= x.sum(-1, keepdim=True)
    return x.clone()
