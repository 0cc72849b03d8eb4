# %% words
import torch
from torch import nn
from torch.nn import functional as F

x = torch.tensor([[[1.0, 0], [0, 1], [2, 1], [0, 3], [1, 1]]])  # (1)!
ready = x.permute(0, 2, 1)
print(x.shape, ready.shape)
ready  # (2)!

# %% view
wrong = x.view(1, 2, 5)
wrong, wrong.shape == ready.shape, torch.equal(wrong, ready)  # (1)!

# %% window
weight = torch.tensor([[[1.0, 2.0], [0.0, -1.0]]])  # (1)!
y = F.conv1d(ready, weight)
by_hand = (ready[0, :, 1:3] * weight[0]).sum()  # (2)!
y, by_hand == y[0, 0, 1]

# %% picture
from reference_impl import draw

draw.conv1d(ready, weight, y, at=1)

# %% layer
torch.manual_seed(0)
conv = nn.Conv1d(in_channels=2, out_channels=3, kernel_size=2)
out = conv(ready)
first = F.conv1d(ready, conv.weight[:1], conv.bias[:1])  # (1)!
print(conv.weight.shape, conv.bias.shape, out.shape)
torch.allclose(first, out[:, :1]), nn.Conv1d(2, 3, (2,), bias=False).bias  # (2)!

# %% notes
conv1 = nn.Conv1d(  # (1)!
    in_channels=256, out_channels=100, kernel_size=2, device="meta"
)
text = torch.randn(32, 35, 256, device="meta")
maps = conv1(text.permute(0, 2, 1))
longer = torch.randn(32, 256, 50, device="meta")
print(conv1.weight.shape, maps.shape, conv1(longer).shape)
maps.amax(dim=2).shape  # (2)!

# %% forgot raises="RuntimeError"
conv(x)

# %% length
from itertools import product

choices = list(product((1, 2, 3), (1, 2, 3), (0, 1, 2), (1, 2, 3)))  # (1)!
line = torch.zeros(1, 1, 20)
made = [nn.Conv1d(1, 1, k, s, p, d)(line).shape[-1] for k, s, p, d in choices]
formula = [(20 + 2 * p - d * (k - 1) - 1) // s + 1 for k, s, p, d in choices]
len(choices), made == formula

# %% padding
ones = torch.ones(1, 1, 4)
kernel = torch.ones(1, 1, 3)
print(F.conv1d(ones, kernel), F.conv1d(ones, kernel, padding=1))  # (1)!
same = F.conv1d(ones, kernel, padding="same")
half = F.conv1d(ones, kernel, padding=1, stride=2)
same.shape, half.shape

# %% dilation
count = torch.arange(10.0).view(1, 1, 10)
[F.conv1d(count, kernel, dilation=d)[0, 0, 0].item() for d in (1, 2, 3)]  # (1)!

# %% groups
split = nn.Conv1d(4, 4, 1, groups=2, bias=False)
probe = torch.tensor([[[0.0], [0.0], [0.0], [1.0]]])  # (1)!
split.weight.shape, (split(probe)[0, :, 0] != 0).tolist()

# %% padded
negative = -torch.ones(1, 1, 2)
words = torch.tensor([[[1.0, 2.0]]])
filled = F.pad(words, (0, 3))  # (1)!
F.conv1d(words, negative).amax(2), F.conv1d(filled, negative).amax(2)
