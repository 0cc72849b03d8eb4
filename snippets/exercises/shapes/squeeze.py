# %% differences-start fails="shape"
import torch


def differences(x):
    return x - x


# %% differences-check
x = torch.tensor([1.0, 4.0, 9.0])
found = differences(x)
assert found.shape == (3, 3), "shape"
assert found[0].tolist() == [0, -3, -8], "sign"
assert differences(x[:1]).shape == (1, 1), "single"

# %% differences-solution
import torch


def differences(x):
    return x.unsqueeze(1) - x.unsqueeze(0)


# %% differences-wrong-swapped fails="sign"
import torch


def differences(x):
    return x[None] - x[:, None]


# %% differences-wrong-squeezed fails="single"
import torch


def differences(x):
    return (x.unsqueeze(1) - x.unsqueeze(0)).squeeze()
