# %% since
import torch
from torch.utils.data import RandomSampler

layer = torch.nn.Linear(1, 1)
layer(torch.ones(1, 1)).sum().backward()
torch.optim.SGD(layer.parameters(), lr=0.1).zero_grad()
print(layer.weight.grad)  # (1)!
print(torch.zeros(1, 1, 3).squeeze((0, 1)).shape)  # (2)!
len(list(RandomSampler(range(5), num_samples=2)))  # (3)!

# %% addresses
addresses = [
    "zhuanlan.zhihu.com/p/85506092",
    "zhuanlan.zhihu.com/p/38475183",
    "zhuanlan.zhihu.com/p/102697821",
    "www.boyuai.com/elites/course/cZu18YmweLv10OeV/video/Rosi4tliobRSKaSVcsRx_",
    "blog.csdn.net/sunny_xsc1994/article/details/82969867",
]
sorted({address.partition("/")[0] for address in addresses})

# %% spelling
written = ["Pytorch", "再输入一维卷积", "为1的的维度", "指定的定的维数"]
meant = ["PyTorch", "在输入一维卷积", "为1的维度", "指定的维数"]
for wrong, right in zip(written, meant, strict=True):
    print(f"{wrong} -> {right}")
