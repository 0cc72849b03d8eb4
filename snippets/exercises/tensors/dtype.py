# %% average-start fails="double"
import torch


def average(x):
    return x.float().mean(0)


# %% average-check
y = average(torch.tensor([[1, 2], [2, 4]]))
assert y.dtype == torch.float32 and y.tolist() == [1.5, 3.0], "integers"
y = average(torch.tensor([0.1, 0.3], dtype=torch.float64))
assert y.dtype == torch.float64, "double"
assert average(torch.tensor([0.5, 1.0])).dtype == torch.float32, "float"
assert average(torch.tensor([True, False])).item() == 0.5, "bool"

# %% average-solution
import torch


def average(x):
    return (x if x.is_floating_point() else x.float()).mean(0)


# %% average-wrong-back fails="integers"
import torch


def average(x):
    return x.float().mean(0).to(x.dtype)


# %% average-wrong-wide fails="float"
import torch


def average(x):
    return (x.float() if x.dtype == torch.int64 else x.double()).mean(0)


# %% average-wrong-typed fails="bool"
import torch


def average(x):
    if x.dtype == torch.bool:
        return x.any(0)
    return (x.float() if x.dtype == torch.int64 else x).mean(0)
