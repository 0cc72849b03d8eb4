# %% device-start fails="cpu"
import torch


def pick(cuda, mps):
    return torch.device("cuda")


# %% device-check
import torch

assert pick(False, False) == torch.device("cpu"), "cpu"
assert pick(True, False) == torch.device("cuda"), "cuda"
assert pick(False, True) == torch.device("mps"), "mps"
assert pick(True, True) == torch.device("cuda"), "both"

# %% device-solution
import torch


def pick(cuda, mps):
    if cuda:
        return torch.device("cuda")
    return torch.device("mps" if mps else "cpu")


# %% device-wrong-text fails="cpu"
import torch


def pick(cuda, mps):
    return "cuda" if cuda else "mps" if mps else "cpu"


# %% device-wrong-two fails="mps"
import torch


def pick(cuda, mps):
    return torch.device("cuda" if cuda else "cpu")


# %% device-wrong-order fails="both"
import torch


def pick(cuda, mps):
    if mps:
        return torch.device("mps")
    return torch.device("cuda" if cuda else "cpu")


# %% device-wrong-unasked fails="cuda"
import torch


def pick(cuda, mps):
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


# %% device-wrong-unimported fails="cpu"
def pick(cuda, mps):
    return "cuda" if cuda else "mps" if mps else "cpu"
