# %% length-start fails="padding"
def out_length(length, kernel, stride=1, padding=0, dilation=1):
    return length - kernel + 1


# %% length-check
import torch
from torch import nn


def true_length(length, *sizes):
    conv = nn.Conv1d(1, 1, *sizes, device="meta")
    return conv(torch.zeros(1, 1, length, device="meta")).shape[-1]


assert out_length(35, 2) == true_length(35, 2), "plain"
assert out_length(35, 2, 1, 3) == true_length(35, 2, 1, 3), "padding"
assert out_length(35, 4, 1, 0, 3) == true_length(35, 4, 1, 0, 3), "dilation"
assert all(out_length(n, 3, 4) == true_length(n, 3, 4) for n in (10, 11, 12)), "stride"


# %% length-solution
def out_length(length, kernel, stride=1, padding=0, dilation=1):
    reach = dilation * (kernel - 1) + 1
    return (length + 2 * padding - reach) // stride + 1


# %% length-wrong-side fails="padding"
def out_length(length, kernel, stride=1, padding=0, dilation=1):
    reach = dilation * (kernel - 1) + 1
    return (length + padding - reach) // stride + 1


# %% length-wrong-reach fails="dilation"
def out_length(length, kernel, stride=1, padding=0, dilation=1):
    return (length + 2 * padding - dilation * kernel) // stride + 1


# %% length-wrong-divided fails="stride"
def out_length(length, kernel, stride=1, padding=0, dilation=1):
    reach = dilation * (kernel - 1) + 1
    return (length + 2 * padding - reach + 1) // stride
