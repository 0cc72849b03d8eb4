# %% odd_arguments
import torch

x = torch.arange(6.0).reshape(2, 3)
x.sum(-0)
x.sum(torch.tensor(0))
x.sum(dim=[0, -1])
x.sum(dim=(1,))
x.sum(1, 0)
x.sum(True)
x.reshape(torch.tensor(3), 2)
x.reshape(*x.shape[::-1])
x.reshape([3, -1])
x.reshape(6.0)
x.reshape("6")
x.view(True, 6)
x.permute([1, 0])
x.permute(*[1, 0])
x.transpose(dim0=0, dim1=1)
x.transpose(-1, -2)
x.transpose(0.0, 1)
x.expand(*[2, 2, 3]).shape
x.repeat((1, 2))
x.repeat([2])
x.unsqueeze(True)
x.squeeze([])
x.flatten(start_dim=0, end_dim=-1)
x.flatten(-1, 0)
x.chunk(2.0)
x.split((1, 1))
x.split([3])
x.topk(k=1, dim=0)
x.sort(descending=1)
x.max(dim=-1, keepdim=True).values
x.clamp("a")
x.clamp(min=None, max=None)
x.clamp(min=torch.tensor(1.0), max=4)
x.pow(exponent=2)
x.mul(other=2)
x.add(1, alpha=2)
x.add(x, alpha=0.5)
x.long().add(1, alpha=0.5)
x.div(2, rounding_mode="trunc")
x.div(2, rounding_mode=None)
x.to(dtype=None)
x.type(None)
x.norm("fro")
x.norm("a")
x.std(unbiased=True)
x.std(0, correction=1)
x.round(decimals=-1)
x.roll(1, 5)
x.index_select(-1, torch.tensor([0]))
x.masked_fill(True, 0)
x.where(x > 1, -1)
x.gather(-1, torch.tensor([[0, 0], [1, 1]]))
x.cumsum(-1)
x.cumsum("a")
x.tile((2, 1)).shape
x.fill_(None)
x.size(None)
x.stride(None)
x.clone(1)
x.detach(1)
x.backward(1, 2, 3, 4, 5)
x.t(1)
x.T(1)
x.shape(0)
x.dtype()
torch.zeros(2)(0)
x.__add__(1)
x.__add__("a")
x.__radd__(1)
x.__getitem__(0)
x.__len__()
x.__eq__(None)
x.__contains__(1)
x.__bool__()
x.__str__() == str(x)
x.__class__
x.__module__ if False else None
torch.Tensor.sum(x)
torch.Tensor.add(x, 1)
torch.add(*[x, x])
torch.add(**{"input": x, "other": x})
getattr(torch, "sum")(x)
getattr(x, "s" + "um")()
list(map(torch.Tensor.item, torch.tensor([1, 2])))
sorted(torch.tensor([3, 1]), reverse=True)
max([torch.tensor(1), torch.tensor(2)])
max(torch.tensor(1), 2)
min(torch.tensor([1.0, 2.0]), key=lambda v: -v)
sum([torch.ones(2), torch.ones(2)])
sum([torch.ones(2), torch.ones(2)], start=torch.zeros(2))
sum([torch.ones(2), torch.ones(3)])
torch.stack([torch.tensor(i) for i in range(3)])
torch.tensor([x.sum() for x in torch.ones(2, 2)])
torch.cat([t.unsqueeze(0) for t in torch.ones(2, 2)])
zip(*torch.ones(2, 2)).__class__
[a + b for a, b in zip(torch.ones(2), torch.zeros(2))]
{int(k): v for k, v in zip(torch.arange(2), torch.ones(2))}
dict(a=torch.ones(1))["a"]
(lambda *a: a)(*torch.arange(3))
print(*torch.arange(3))
print(*torch.ones(2, 2), sep="\n")
print(torch.ones(1), end="!\n")
",".join(map(str, torch.arange(3).tolist()))
",".join(torch.arange(3))
str(torch.arange(3))[7:-1]
"tensor" in str(torch.ones(1))
len(str(torch.zeros(100)))
int("3") * torch.tensor(2)
torch.tensor(2) ** torch.tensor(-1)
torch.tensor(2.0) ** torch.tensor(-1)
torch.tensor(7) // torch.tensor(2)
torch.tensor(-7) // 2, torch.tensor(-7) % 3
torch.tensor(True) + torch.tensor(True)
torch.tensor(True) & 1
torch.tensor(5) / torch.tensor(0)
torch.tensor(5) // torch.tensor(0)
torch.tensor(5) % 0
-torch.tensor(True)
~torch.tensor(True)
~torch.tensor(5)
~torch.tensor(5.0)
not torch.tensor(0)
1 if torch.tensor([1]) else 0
1 if torch.tensor([1, 2]) else 0
torch.tensor(1) is torch.tensor(1)
torch.tensor(1) == torch.tensor(1.0)
torch.tensor([1]) in [torch.tensor([1])]
torch.tensor(float("nan")) == float("nan")
torch.tensor(float("nan")) in torch.tensor([float("nan")])
torch.nan == torch.nan
assert torch.tensor([0])
assert torch.allclose(torch.ones(1), torch.zeros(1)), "not close"

# %% subclass_and_attributes
import torch

class MyTensor(torch.Tensor):
    pass
t = MyTensor([1.0, 2.0])
t
type(t) is MyTensor
isinstance(t, torch.Tensor)
p = torch.nn.Parameter(torch.tensor([1.0]))
p
p + 1
p.data
p.grad
p.requires_grad
type(p)
torch.nn.Parameter(torch.tensor([1]))
torch.nn.Parameter(torch.ones(1), requires_grad=False)
torch.nn.Parameter()
p[0]
p[0] = 3
with torch.no_grad():
    p[0] = 3
p
p.is_leaf
copy = p.clone()
copy

# %% swapping
import torch

a, b = torch.tensor(1), torch.tensor(2)
a, b = b, a
a, b
x = torch.arange(4)
x[0], x[1] = x[1], x[0]
x
x = torch.arange(4)
x[[0, 1]] = x[[1, 0]]
x
x[:2] = x[:2].flip(0)
x
x[1:] = x[:-1].clone()
x
x = torch.arange(4)
x[1:] = x[:-1]
y = x
y += 1
x
y = y + 1
x
def add_one(t):
    t += 1
add_one(x)
x
def add_two(t):
    t = t + 2
add_two(x)
x
z = [x] * 2
z[0] += 1
z
x = torch.zeros(2, 2)
rows = [r for r in x]
rows[0][0] = 5
x
x[0, :] = x[:, 0]
x
x.fill_(1).add_(x).mul_(x)
x.T[0] = 9
x
x.view(-1)[::2] = 0
x
x.diagonal().fill_(7)
x
x.flatten()[0] = 100
x
x.t().flatten()[0] = 100
x
x[x == 7].add_(1)
x
x[0].fill_(2)
x
x.unsqueeze(0)[0, 1, 1] = -1
x
torch.zeros(3).index_fill_(0, torch.tensor([1]), 5)
torch.zeros(2, 2).scatter_(1, torch.tensor([[0], [1]]), 1)
torch.zeros(3).masked_fill_(torch.tensor([True, False, True]), 4)
torch.zeros(3).put_(torch.tensor([0]), torch.tensor([1.0]))
torch.zeros(3).index_add_(0, torch.tensor([0, 0]), torch.ones(2))
torch.zeros(3).copy_(torch.arange(3))
torch.zeros(3).uniform_().shape
torch.zeros(2, 2).fill_diagonal_(3)
torch.zeros(2).set_(torch.ones(3))
torch.zeros(2).resize_(4).shape
torch.zeros(2).zero_().t_()

# %% warnings_and_limits
import torch

torch.tensor(torch.ones(2))
torch.tensor([torch.ones(2), torch.zeros(2)])
torch.ones(2, 2).mean().item()
torch.ones(3).view(3, 1).expand(3, 2).contiguous().stride()
torch.ones(2, 3, out=torch.empty(0))
torch.add(torch.ones(2), 1, out=torch.empty(5))
torch.add(torch.ones(2), 1, out=torch.empty(2, dtype=torch.int64))
torch.add(torch.ones(2, requires_grad=True), 1, out=torch.empty(2))
torch.sum(torch.ones(2, 2), 0, out=torch.empty(2))
torch.arange(3, out=torch.empty(0, dtype=torch.int64))
torch.arange(3, out=torch.empty(0))
torch.arange(5, dtype=torch.uint8) - 1
torch.arange(3.0).half() / 3
torch.tensor([65504.0]).half() * 2
torch.tensor([1e-8]).half()
torch.ones(1, dtype=torch.bfloat16) / 3
torch.tensor([1.0, 2.0], dtype=torch.float16).exp()
torch.ones(2, dtype=torch.float16) + torch.ones(2, dtype=torch.float32)
torch.ones(3, dtype=torch.float16).sum()
torch.ones(2, dtype=torch.float16) @ torch.ones(2, dtype=torch.float16)
torch.arange(10, dtype=torch.float16).mean()
torch.arange(6).reshape(2, 3).float().mean(dim=1, dtype=torch.float64)
torch.ones(2, 3).std(1, unbiased=False)
torch.ones(1).std()
torch.ones(2, 0).max()
torch.ones(2, 0).max(1)
torch.ones(2, 0).sum(1)
torch.ones(0, 2).mean(0)
torch.ones(0).prod()
torch.ones(0).argmax()
torch.ones(0).min()
torch.ones(0, 3)[0]
torch.ones(0).item()
torch.ones(0).tolist()
torch.cat([torch.ones(0), torch.ones(2)])
torch.ones(0) == torch.ones(0)
torch.equal(torch.ones(0), torch.ones(0))
torch.ones(0).all(), torch.ones(0).any()
torch.ones(0).sort()
torch.ones(0).unique()
torch.ones(0).nonzero()
torch.ones(0, 2).t()
torch.ones(0, 2) @ torch.ones(2, 0)
torch.ones(2, 0) @ torch.ones(0, 2)
len(torch.ones(0, 2))
list(torch.ones(0))
for _ in torch.ones(0, 2): print("never")
torch.ones(0).numel()
torch.empty(0).shape == torch.Size([0])
bool(torch.ones(0))
