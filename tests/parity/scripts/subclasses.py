# %% derived
import torch

class Named(torch.Tensor):
    def twice(self):
        return self * 2

x = torch.tensor([1.0, 2.0, 3.0]).as_subclass(Named)
x
Named([1.0, 2.0])
x + 1
1 + x
torch.ones(3) + x
torch.sum(x)
x.twice()
type(x.twice())
x[0]
x[1:]
x.max(0)
x.split(2)
[v for v in x]
x.to(torch.int64)
x.clone(), x.detach(), x.float()
torch.cat([x, torch.ones(1)])
torch.nn.functional.relu(x)
x @ x
x.tolist(), x.shape, x.mean().item()
isinstance(x, torch.Tensor), type(x) is torch.Tensor, torch.is_tensor(x)
f"{x.sum():.2f}"
x.requires_grad_()
x * 2
(x * 2).sum().backward()
x.grad
x.data
x.add_(1)

# %% own_function
import torch

calls = []

class Logged(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        calls.append(func.__name__)
        return super().__torch_function__(func, types, args, kwargs or {})

y = torch.tensor([1.0, 2.0]).as_subclass(Logged)
calls.clear()
z = torch.add(y, 1)
m = torch.mean(y)
e = y.exp().sum()
calls

# %% with_a_label
import torch

class Labelled(torch.Tensor):
    @staticmethod
    def __new__(cls, data, label=None):
        made = torch.as_tensor(data, dtype=torch.float32).as_subclass(cls)
        made.label = label
        return made

    def __init__(self, data, label=None):
        pass

a = Labelled([1, 2], label="a")
a, a.label
a + a
hasattr(a + a, "label")

# %% parameters_are_plain
import torch

p = torch.nn.Parameter(torch.ones(2))
type(p * 2), type(p.data), type(p[0])
