# %% deepcopy
import copy

import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = copy.deepcopy(x)
y
y is x
y.data_ptr() == x.data_ptr()
copy.copy(x) is x
copy.copy(x).data_ptr() == x.data_ptr()
copy.deepcopy(x * 2)
copy.deepcopy((x * 2).detach())
copy.deepcopy([x, x])
a, b = copy.deepcopy([x, x])
a is b
v = torch.arange(4)
a, b = copy.deepcopy((v, v[1:]))
a[1] = 100
b
x.grad = torch.ones(2)
copy.deepcopy(x).grad
copy.deepcopy({"w": torch.zeros(2)})
x.clone()
x.clone().detach()
x.detach().clone()
x.tolist() == y.tolist()
z = x
z is x
copy.deepcopy(x.shape), copy.deepcopy(torch.float32), copy.deepcopy(torch.device("cpu"))

# %% pickle
import pickle

import torch

x = torch.tensor([[1.0, 2.0]], requires_grad=True)
y = pickle.loads(pickle.dumps(x))
y
torch.equal(x, y)
pickle.loads(pickle.dumps(torch.float32)) is torch.float32
pickle.loads(pickle.dumps(torch.Size([1, 2])))
pickle.loads(pickle.dumps(torch.device("cpu")))
pickle.loads(pickle.dumps(torch.arange(3, dtype=torch.int16)))
pickle.loads(pickle.dumps({"a": torch.ones(2)}))

# %% to_other_types
import torch

x = torch.tensor([1.9, -1.9, 0.0])
x.int(), x.long(), x.short(), x.char()
x.bool()
x.half(), x.bfloat16(), x.double()
x.to(torch.int64)
x.to("cpu", torch.float64)
x.to(torch.ones(1, dtype=torch.int32))
x.to(dtype=torch.float64, copy=True)
x.to("int64")
x.to(int)
x.to(3)
x.to()
x.to("cuda")
x.cuda()
x.to("meta")
x.to("meta").cpu()
x.byte()
torch.tensor([300, -1]).byte()
torch.tensor([300]).to(torch.int8)
torch.tensor([1e10]).int()
torch.tensor([1e20]).long()
torch.tensor([float("nan")]).long()
torch.tensor([float("inf")]).int()
torch.tensor([1e10]).half()
torch.tensor([0.1]).double()
torch.tensor([0.1], dtype=torch.float64).float()
torch.tensor([16777217]).float()
torch.tensor([True]).float()
x.type(torch.int32)
x.type_as(torch.tensor(1))
x.float() is x
torch.promote_types(torch.int32, torch.float16)
torch.result_type(torch.tensor([1]), 1.0)
torch.can_cast(torch.float32, torch.int32)
torch.result_type(1, 2.0)
torch.promote_types(torch.uint8, torch.int8)

# %% meta
import torch

m = torch.ones(2, 3, device="meta")
m
m + 1
m @ m.t()
m.sum()
m.t().shape
m[0]
m.item()
m.sum().item()
m.tolist()
m.add_(torch.ones(2, 3))
m + torch.ones(2, 3)
m + torch.tensor(1.0)
torch.ones(2, 3) + m
torch.ones(2, 3).add_(m)
m.add_(torch.tensor(1.0))
m.copy_(torch.ones(2, 3))
torch.ones(2, 3).copy_(m)
m.cpu()
m.to("cpu")
bool(m.sum() > 0)
m.numpy()
m.nonzero()
m.reshape(6).shape
torch.empty(10**6, 10**6, device="meta").shape
torch.zeros_like(m)
m.requires_grad_().sum().backward()
m.grad
m > 0
torch.cat([m, m])
torch.cat([m, torch.ones(2, 3)])
m.expand(4, 2, 3)
m.double()
f"{m}"

# %% numbers_in_and_out
import torch

torch.tensor([1, 2]).tolist()
torch.tensor([1.5]).tolist()
torch.tensor([0.1]).tolist()
torch.tensor([0.1], dtype=torch.float64).tolist()
torch.tensor([0.1], dtype=torch.float16).tolist()
torch.tensor([True]).tolist()
torch.tensor([[1, 2]]).tolist()
torch.tensor(0.1).item()
torch.tensor(0.1) == 0.1
torch.tensor(0.1, dtype=torch.float64) == 0.1
torch.tensor(1) == 1
torch.tensor(0.1).item() == 0.1
torch.tensor([0.1, 0.2]).sum().item()
(torch.tensor(0.1) + torch.tensor(0.2)).item()
0.1 + torch.tensor(0.2).item()
torch.tensor(1e-45).item()
torch.tensor(3.4e38) * 10
torch.tensor(2**53 + 1, dtype=torch.float64).item()
torch.tensor(2**31, dtype=torch.int32)
torch.tensor(-1, dtype=torch.uint8)
torch.tensor([2**31]).int()
torch.tensor([127], dtype=torch.int8) + 1
torch.tensor([2**63 - 1]) + 1
torch.tensor(2**63 - 1) * 2
torch.tensor([100], dtype=torch.int8) * 2
torch.tensor([1, 2]).float().mean().item()
