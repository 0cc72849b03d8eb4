"""What a developer does with modules: hooks, names, states, containers, types."""

# %% hooks_of_all_kinds
import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
said = []
h1 = net.register_forward_pre_hook(lambda m, args: said.append(("pre", len(args))))
h2 = net.register_forward_hook(lambda m, args, out: said.append(("post", out.shape)))
h3 = net[0].register_full_backward_hook(lambda m, gi, go: said.append(("back", gi, go[0].shape)))
h4 = net[2].register_full_backward_pre_hook(lambda m, go: said.append(("before", go[0].shape)))
net(torch.ones(1, 2)).sum().backward()
said
for h in (h1, h2, h3, h4):
    h.remove()

said.clear()
_ = net(torch.ones(1, 2))
said
double = net.register_forward_hook(lambda m, a, out: out * 2)
net(torch.ones(1, 2))
double.remove()
net(torch.ones(1, 2))
h = net.register_forward_pre_hook(lambda m, args: (args[0] * 0,))
net(torch.ones(1, 2))
h.remove()
h = net.register_forward_pre_hook(lambda m, args: args[0] * 0)
net(torch.ones(1, 2))
h.remove()


class Named(nn.Module):
    def forward(self, x, scale=1):
        return x * scale


named = Named()
_ = named.register_forward_pre_hook(lambda m, a, k: (a, {"scale": 3}), with_kwargs=True)
_ = named.register_forward_hook(lambda m, a, k, out: print(a, k, out), with_kwargs=True)
named(torch.ones(1), scale=2)
bad = Named()
_ = bad.register_forward_pre_hook(lambda m, a, k: 3, with_kwargs=True)
bad(torch.ones(1))
first = Named()
_ = first.register_forward_hook(lambda m, a, out: print("one"))
_ = first.register_forward_hook(lambda m, a, out: print("two"), prepend=True)
_ = first(torch.ones(1))


class Fails(nn.Module):
    def forward(self, x):
        raise ValueError("no")


fails = Fails()
_ = fails.register_forward_hook(lambda m, a, out: print("called", out), always_call=True)
_ = fails.register_forward_hook(lambda m, a, out: print("not called"))
fails(torch.ones(1))
halved = nn.Linear(2, 2)
_ = halved.register_full_backward_hook(lambda m, gi, go: (gi[0] / 2,))
x = torch.ones(1, 2, requires_grad=True)
halved(x).sum().backward()
x.grad
_ = halved.register_full_backward_pre_hook(lambda m, go: (go[0] * 0,))
x.grad = None
halved(x).sum().backward()
x.grad
halved.register_backward_hook(lambda m, gi, go: None)
nn.ReLU().register_full_backward_hook(lambda m, gi, go: None)
older = nn.Linear(1, 1)
_ = older.register_backward_hook(lambda m, gi, go: print(len(gi), len(go)))
older(torch.ones(1, 1)).sum().backward()
older.register_full_backward_hook(print)
wrong = nn.Linear(1, 1)
_ = wrong.register_full_backward_hook(lambda m, gi, go: (gi[0], gi[0]))
wrong(torch.ones(1, 1, requires_grad=True)).sum().backward()

# %% hooks_of_states
import torch
from torch import nn

net = nn.Linear(1, 1)
a = net.register_state_dict_pre_hook(lambda m, prefix, keep: print("pre", repr(prefix), keep))
b = net.register_state_dict_post_hook(lambda m, sd, prefix, meta: sd.update(extra=1))
net.state_dict()
a.remove()
c = net.register_load_state_dict_pre_hook(lambda m, sd, prefix, *rest: print(sorted(sd), rest))
d = net.register_load_state_dict_post_hook(lambda m, keys: print(keys))
net.load_state_dict({"weight": torch.ones(1, 1), "bias": torch.ones(1)})
net.load_state_dict(net.state_dict())
net.load_state_dict(net.state_dict(), strict=False)
d.remove()
e = net.register_load_state_dict_post_hook(lambda m, keys: keys.unexpected_keys.clear())
net.load_state_dict(net.state_dict())
f = net.register_load_state_dict_post_hook(lambda m, keys: 3)
net.load_state_dict(net.state_dict())

# %% states
import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
net.state_dict()
net.state_dict()._metadata
net.state_dict(prefix="net.").keys()
net.state_dict(keep_vars=True)["0.bias"]
net.load_state_dict({})
net.load_state_dict({"x": 1})
net.load_state_dict({}, strict=False)
net.load_state_dict({"0.weight": torch.ones(3, 2), "0.bias": 2}, strict=False)
net.load_state_dict([1])
net.load_state_dict(None)
net.load_state_dict(net.state_dict(), assign=True)
net[0].weight.requires_grad_(False)
net.load_state_dict(net.state_dict(), assign=True)
net[0].weight
net[1].load_state_dict({"weight": torch.ones(2), "bias": torch.zeros(2)}, strict=False)
deep = nn.Sequential(nn.Sequential(nn.Linear(1, 1)), nn.Linear(1, 1))
deep.load_state_dict({"0.0.weight": torch.ones(1, 1), "0.1.weight": 1, "2.bias": 1, "0.0.x": 1})
half = nn.Linear(1, 1).half()
half.load_state_dict({"weight": torch.full((1, 1), 0.1), "bias": torch.ones(1)})
half.weight


class Extra(nn.Module):
    def get_extra_state(self):
        return {"n": 3}

    def set_extra_state(self, state):
        print("got", state)


Extra().state_dict()
Extra().load_state_dict(Extra().state_dict())
Extra().load_state_dict({})
nn.Linear(1, 1).load_state_dict({"_extra_state": 1, **nn.Linear(1, 1).state_dict()})
nn.Module().get_extra_state()

# %% names
import torch
from torch import nn


class Shared(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(1, 1)
        self.b = self.a
        self.c = nn.ModuleDict({"x": self.a, "y": nn.ReLU()})
        self.w = self.a.weight
        self.none = None
        self.register_parameter("p", None)
        self.register_buffer("m", torch.zeros(1))
        self.register_buffer("n", torch.zeros(1), persistent=False)
        self.register_buffer("o", None)


net = Shared()
net
[n for n, _ in net.named_parameters()]
[n for n, _ in net.named_parameters(remove_duplicate=False)]
[n for n, _ in net.named_parameters("pre", recurse=False)]
[n for n, _ in net.named_modules()]
[n for n, _ in net.named_modules(prefix="net", remove_duplicate=False)]
[n for n, _ in net.named_children()]
[n for n, _ in net.named_buffers()]
list(net.named_buffers(prefix="z", recurse=False, remove_duplicate=False))
list(net.state_dict())
len(list(net.modules())), len(list(net.children())), len(list(net.parameters()))
net.get_submodule("c.y")
net.get_submodule("c.z")
net.get_submodule("w")
net.get_submodule("")
net.get_parameter("a.bias")
net.get_parameter("a")
net.get_parameter("a.x")
net.get_buffer("m")
net.get_buffer("w")
net.set_submodule("c.y", nn.Tanh())
net.c.y
net.set_submodule("", nn.Tanh())
net.set_submodule("c.q", 3)
net.set_submodule("q.q", nn.Tanh())
net.register_module("d", nn.Identity())
net.d
net.add_module("d", 3)
net.add_module("e.f", nn.Identity())
net.add_module("", nn.Identity())
net.add_module(3, nn.Identity())
net.add_module("forward", nn.Identity())
net.register_parameter("q", torch.zeros(1))
net.register_parameter("q.r", nn.Parameter(torch.zeros(1)))
net.register_parameter("a", nn.Parameter(torch.zeros(1)))
net.register_parameter("q", nn.Parameter(torch.zeros(1)) * 2)
net.register_buffer("w", torch.zeros(1))
net.register_buffer("q", 3)
net.register_buffer("", torch.zeros(1))
net.a = 3
net.w = torch.zeros(1)
net.m = 3
net.m = None
net.m
net.zzz
del net.zzz
del net.a
net.a
net.p = nn.Parameter(torch.ones(1))
net.p
net.b = None
net
sorted(set(dir(net)) & {"a", "b", "c", "p", "m"})


class Late(nn.Module):
    def __init__(self):
        self.a = nn.Linear(1, 1)


Late()


class Later(nn.Module):
    def __init__(self):
        self.w = nn.Parameter(torch.zeros(1))


Later()


class Latest(nn.Module):
    def __init__(self):
        self.register_buffer("x", torch.zeros(1))


Latest()
nn.Module(3)
nn.Module(x=3)
nn.Module()(3)
nn.Linear(1, 1).weights

callable(nn.Module().compile)

# %% containers
import torch
from torch import nn

seq = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
seq[-1], seq[0:2], len(seq)
seq.append(nn.Tanh())
seq.insert(1, nn.Identity())
seq.extend([nn.ReLU()])
del seq[1]
seq
seq.pop(-1)
seq + nn.Sequential(nn.ReLU())
seq * 2
seq += nn.Sequential(nn.ReLU())
seq
seq[9]
seq["a"]
seq + 3
seq * 0
seq * 1.5
seq.insert(99, nn.ReLU())
seq.insert(0, 3)
nn.Sequential({"a": nn.ReLU()})
from collections import OrderedDict

named = nn.Sequential(OrderedDict(first=nn.ReLU(), second=nn.Linear(1, 1)))
named
named.first
named[1]
named[0] = nn.Tanh()
named
rows = nn.ModuleList([nn.Linear(1, 1) for _ in range(3)])
rows
rows + [nn.ReLU()]
rows[1:]
rows.insert(0, nn.ReLU())
rows
rows.append(3)
rows.extend(3)
rows(torch.ones(1))
del rows[0]
rows.pop(0)
len(rows), nn.ReLU() in rows
rows[5]
nn.ModuleList([nn.Linear(1, 1), nn.Linear(1, 2), nn.Linear(1, 2)])
table = nn.ModuleDict({"conv": nn.Conv1d(1, 1, 1), "pool": nn.MaxPool1d(2)})
table
table["act"] = nn.ReLU()
table.update({"b": nn.Identity()})
table.update([("c", nn.Identity())])
table.update(3)
table.update([3])
table.update([("c",)])
list(table.keys()), len(table), "act" in table
table.pop("act")
table["zzz"]
table["keys"] = nn.ReLU()
table.clear()
table
params = nn.ParameterList([torch.ones(1), nn.Parameter(torch.zeros(2, 3)), 3, "x"])
params
params[0]
params[1:]
params.append(torch.ones(4))
params.extend(3)
params += [torch.ones(1)]
params
[n for n, _ in params.named_parameters()]
params(1)
params[9]
both = nn.ParameterDict({"a": torch.ones(1), "b": None, "c": 3})
both
both["d"] = torch.ones(2)
both.d
list(both), len(both), "a" in both
both.pop("a")
both | {"z": torch.ones(1)}
both.setdefault("y", torch.zeros(1))
both.setdefault("w")
both.fromkeys(["k"], 1.0)
both.get("nope", 5)
both.popitem()
both.copy()
both(1)
both["nope"]

# %% types_and_modes
import torch
from torch import nn

net = nn.Sequential(nn.Linear(2, 1), nn.BatchNorm1d(1), nn.Dropout())
[p.dtype for p in net.to(torch.float64).parameters()], net[1].num_batches_tracked.dtype
net.half()[0].weight
net.bfloat16()[0].bias
net.float()[0].bias
net.to(torch.int64)
net.to("cpu", torch.float64)[0].bias
net.to(torch.zeros(1))[0].bias.dtype
net.to("cuda")
net.cuda()
net.to(3.5)
net.type(torch.float64)[0].bias.dtype, net[1].num_batches_tracked.dtype
net.train(False).training, net[2].training
net.train("yes")
net.eval() is net
net.requires_grad_(False) is net
[p.requires_grad for p in net.parameters()]
net.requires_grad_()
net.float()(torch.ones(3, 2)).sum().backward()
[p.grad is None for p in net.parameters()]
net.zero_grad(set_to_none=False)
[p.grad for p in net.parameters()]
net.zero_grad()
[p.grad for p in net.parameters()]
net.apply(lambda m: print(type(m).__name__)) is net
net.share_memory() is net
net.to_empty(device="meta")[0].weight
net.to(torch.float32)
nn.Linear(2, 2, device="meta")
nn.Linear(2, 2, device="meta").to("cpu")
nn.Linear(2, 2, dtype=torch.float64)(torch.ones(2))
nn.Linear(2, 2)._get_name()
nn.Linear(2, 2).extra_repr()
nn.Linear(2, 2).named_parameters().__class__


class Twice(nn.Module):
    def __init__(self):
        super().__init__()
        self.rows = nn.ModuleList([nn.ModuleList([nn.ReLU()]), nn.Sequential()])
        self.table = nn.ModuleDict({"k": nn.Sequential(nn.Linear(1, 1))})

    def extra_repr(self):
        return "depth=2,\nwidth=3"


Twice()
print(Twice())


class Short(nn.Module):
    def extra_repr(self):
        return "n=1"


Short()
nn.Sequential(Short(), Short(), Short())

# %% lazy_layers
import torch
from torch import nn

lazy = nn.LazyLinear(3)
lazy
lazy.weight
lazy.weight.shape
lazy.weight + 1
lazy.state_dict()
lazy.has_uninitialized_params()
list(lazy.parameters())
torch.optim.SGD(lazy.parameters(), lr=0.1)
lazy(torch.ones(2, 4))
lazy
lazy.weight
lazy(torch.ones(2, 5))
nn.LazyConv2d(3, 2)(torch.ones(1, 2, 3, 3)).shape
conv = nn.LazyConv1d(2, 2, bias=False)
conv
conv(torch.ones(1, 3, 4)).shape
conv
norm = nn.LazyBatchNorm1d()
norm
norm(torch.randn(3, 2))
norm
net = nn.Sequential(nn.LazyLinear(2), nn.ReLU(), nn.LazyLinear(1))
net
net(torch.ones(1, 7)).shape
net
other = nn.LazyLinear(2)
other.load_state_dict(nn.Linear(3, 2).state_dict())
other.weight.shape
other
nn.LazyConv2d(3, 2)(torch.ones(2))
torch.nn.UninitializedParameter()
torch.nn.parameter.is_lazy(torch.nn.UninitializedParameter())
