# %% kernels-start fails="praise"
import torch

words = ["<pad>", "歌", "不", "很", "好", "差"]
vectors = torch.tensor([[0.0, 0], [0, 0], [-1, 0], [1, 0], [0, 1], [0, -1]])

weight = torch.zeros(2, 2, 2)
bias = torch.zeros(2)

# %% kernels-check
from torch.nn import functional as F


def praised(sentence):
    ids = torch.tensor([words.index(word) for word in sentence] + [0] * 2)
    maps = F.conv1d(vectors[ids].T.unsqueeze(0), weight, bias)
    return bool(maps.relu().amax(dim=2).sum() > 0)


assert weight.shape == (2, 2, 2) and bias.shape == (2,), "shape"
assert praised("很好") and praised("不差"), "praise"
assert not praised("很差") and not praised("不好"), "blame"
for text in ["歌", "歌很", "歌不", "歌好", "歌差", "很歌", "不歌"]:
    assert not praised(text), "alone"
assert not praised("好很") and not praised("差不"), "order"

# %% kernels-solution
import torch

words = ["<pad>", "歌", "不", "很", "好", "差"]
vectors = torch.tensor([[0.0, 0], [0, 0], [-1, 0], [1, 0], [0, 1], [0, -1]])

weight = torch.tensor([[[1.0, 0], [0, 1]], [[-1, 0], [0, -1]]])
bias = torch.tensor([-1.0, -1.0])

# %% kernels-wrong-transposed fails="shape"
import torch

words = ["<pad>", "歌", "不", "很", "好", "差"]
vectors = torch.tensor([[0.0, 0], [0, 0], [-1, 0], [1, 0], [0, 1], [0, -1]])

weight = torch.tensor([[1.0, 1.0], [-1.0, -1.0]])
bias = torch.tensor([-1.0, -1.0])

# %% kernels-wrong-swapped fails="praise"
import torch

words = ["<pad>", "歌", "不", "很", "好", "差"]
vectors = torch.tensor([[0.0, 0], [0, 0], [-1, 0], [1, 0], [0, 1], [0, -1]])

weight = torch.tensor([[[0.0, 1], [1, 0]], [[0, -1], [-1, 0]]])
bias = torch.tensor([-1.0, -1.0])

# %% kernels-wrong-one fails="praise"
import torch

words = ["<pad>", "歌", "不", "很", "好", "差"]
vectors = torch.tensor([[0.0, 0], [0, 0], [-1, 0], [1, 0], [0, 1], [0, -1]])

weight = torch.tensor([[[1.0, 0], [0, 1]], [[0, 0], [0, 0]]])
bias = torch.tensor([-1.0, -1.0])

# %% kernels-wrong-words fails="blame"
import torch

words = ["<pad>", "歌", "不", "很", "好", "差"]
vectors = torch.tensor([[0.0, 0], [0, 0], [-1, 0], [1, 0], [0, 1], [0, -1]])

weight = torch.tensor([[[0.0, 0], [0, 1]], [[0, 0], [0, -1]]])
bias = torch.tensor([0.0, 0.0])

# %% kernels-wrong-unbiased fails="alone"
import torch

words = ["<pad>", "歌", "不", "很", "好", "差"]
vectors = torch.tensor([[0.0, 0], [0, 0], [-1, 0], [1, 0], [0, 1], [0, -1]])

weight = torch.tensor([[[1.0, 0], [0, 1]], [[-1, 0], [0, -1]]])
bias = torch.zeros(2)

# %% kernels-wrong-either fails="order"
import torch

words = ["<pad>", "歌", "不", "很", "好", "差"]
vectors = torch.tensor([[0.0, 0], [0, 0], [-1, 0], [1, 0], [0, 1], [0, -1]])

weight = torch.tensor([[[1.0, 1], [1, 1]], [[-1, -1], [-1, -1]]])
bias = torch.tensor([-1.0, -1.0])
