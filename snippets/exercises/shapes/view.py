# %% channels-start fails="values"
import torch


def channels_first(x):
    n, length, channels = x.shape
    return x.view(n, channels, length)


# %% channels-check
x = torch.arange(24).view(2, 3, 4)
y = channels_first(x)
assert y.shape == (2, 4, 3), "shape"
assert all(y[n, c, i] == x[n, i, c] for n in range(2) for i in range(3) for c in range(4)), "values"
assert y.data_ptr() == x.data_ptr(), "memory"

# %% channels-solution
import torch


def channels_first(x):
    return x.permute(0, 2, 1)


# %% channels-wrong-reversed fails="shape"
import torch


def channels_first(x):
    return x.permute(2, 1, 0)


# %% channels-wrong-copy fails="memory"
import torch


def channels_first(x):
    return x.transpose(1, 2).contiguous()
