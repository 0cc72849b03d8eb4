"""What a developer does with optimizers and schedules beyond stepping."""

# %% muon
import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 6, bias=False), nn.Tanh(), nn.Linear(6, 3, bias=False))
optimizer = torch.optim.Muon(net.parameters(), lr=0.02)
optimizer
x, y = torch.randn(8, 4), torch.randn(8, 3)
for step in range(6):
    optimizer.zero_grad()
    loss = (net(x) - y).square().mean()
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.4f}")

net[0].weight
optimizer.state_dict()["param_groups"]
torch.optim.Muon(nn.Linear(2, 2).parameters())
torch.optim.Muon([nn.Parameter(torch.ones(2, 2))], lr=-1)
torch.optim.Muon([nn.Parameter(torch.ones(2, 2))], adjust_lr_fn="x")

# %% hooks_and_groups
import torch
from torch import nn

w = nn.Parameter(torch.ones(2))
b = nn.Parameter(torch.zeros(1))
optimizer = torch.optim.SGD([{"params": [w], "lr": 0.1, "name": "weights"}, {"params": [b]}])
optimizer
optimizer.param_groups[1]["lr"]
h1 = optimizer.register_step_pre_hook(lambda o, args, kwargs: print("pre", args, kwargs))
h2 = optimizer.register_step_post_hook(lambda o, args, kwargs: print("post"))
h3 = optimizer.register_state_dict_pre_hook(lambda o: print("saving"))
h4 = optimizer.register_state_dict_post_hook(lambda o, sd: {**sd, "extra": 1})
h5 = optimizer.register_load_state_dict_pre_hook(lambda o, sd: print(sorted(sd)))
h6 = optimizer.register_load_state_dict_post_hook(lambda o: print("loaded"))
(w.sum() + b.sum()).backward()
optimizer.step()
optimizer.load_state_dict(optimizer.state_dict())
for h in (h1, h2, h3, h4, h5, h6):
    h.remove()

optimizer.step()
optimizer.zero_grad(set_to_none=False)
w.grad
optimizer.zero_grad()
w.grad
optimizer.add_param_group({"params": nn.Parameter(torch.ones(1)), "momentum": 0.9})
optimizer
len(optimizer.state), optimizer.defaults
optimizer.state
torch.optim.Optimizer([w], {})
torch.optim.Optimizer([w], {}).step()
torch.optim.SGD([torch.ones(2, requires_grad=True) * 2])
torch.optim.SGD([], lr=1)
torch.optim.SGD([{"params": []}], lr=1)
torch.optim.SGD(w)
torch.optim.SGD([w], lr="a")
torch.optim.SGD([w]).step(3)
torch.optim.LBFGS([w]).step()
torch.optim.LBFGS([{"params": [w]}, {"params": [b]}])
torch.optim.SparseAdam([w], lr=0.1).step()
w.sum().backward()
torch.optim.SparseAdam([w], lr=0.1).step()
torch.optim.Adam([w], foreach=True).step()
torch.optim.Adam([w], fused=True).step()
torch.optim.Adam([w], capturable=True).step()
torch.optim.Adam([w], amsgrad=True).state_dict()


class Plain(torch.optim.Optimizer):
    def __init__(self, params, lr=0.1):
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.add_(p.grad, alpha=-group["lr"])
                    self.state[p]["steps"] = self.state[p].get("steps", 0) + 1


plain = Plain([w, b], lr=0.5)
plain
plain.step()
w
plain.state_dict()
torch.optim.lr_scheduler.StepLR(plain, 1, gamma=0.1).get_last_lr()

# %% schedules
import torch
from torch.optim import lr_scheduler as L

w = torch.nn.Parameter(torch.ones(1))
made = {
    "lambda": lambda o: L.LambdaLR(o, lambda n: 0.9**n),
    "multiplicative": lambda o: L.MultiplicativeLR(o, lambda n: 0.9),
    "step": lambda o: L.StepLR(o, 2, gamma=0.5),
    "multi": lambda o: L.MultiStepLR(o, [2, 4], gamma=0.1),
    "constant": lambda o: L.ConstantLR(o, 0.5, total_iters=3),
    "linear": lambda o: L.LinearLR(o, 0.5, total_iters=4),
    "exponential": lambda o: L.ExponentialLR(o, 0.9),
    "polynomial": lambda o: L.PolynomialLR(o, 4, power=2.0),
    "cosine": lambda o: L.CosineAnnealingLR(o, 4, eta_min=0.01),
    "restarts": lambda o: L.CosineAnnealingWarmRestarts(o, 3, T_mult=2),
    "cyclic": lambda o: L.CyclicLR(o, 0.01, 0.1, step_size_up=2),
    "one": lambda o: L.OneCycleLR(o, 0.1, total_steps=8),
    "sequence": lambda o: L.SequentialLR(o, [L.ConstantLR(o, 0.1), L.ExponentialLR(o, 0.9)], [2]),
    "chain": lambda o: L.ChainedScheduler([L.ConstantLR(o, 0.1), L.ExponentialLR(o, 0.9)]),
}
for name, make in made.items():
    optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9)
    schedule = make(optimizer)
    rates = []
    for _ in range(7):
        rates.append(schedule.get_last_lr())
        optimizer.step()
        schedule.step()
    print(name, rates)
    print(schedule)
    state = {k: v for k, v in schedule.state_dict().items() if "lambda" not in k and "sched" not in k}
    print({k: v for k, v in state.items() if not callable(v)})

L.StepLR(optimizer, 1).step()
plateau = L.ReduceLROnPlateau(torch.optim.SGD([w], lr=1.0), patience=1, factor=0.5)
for loss in (1.0, 1.0, 1.0, 0.5, 0.6, 0.6, 0.6):
    plateau.step(loss)
    print(plateau.get_last_lr(), plateau.num_bad_epochs)

plateau.state_dict()
L.StepLR(w, 1)
L.OneCycleLR(optimizer, 0.1)
L.CyclicLR(torch.optim.Adam([w], betas=(0.9, 0.9)), 0.1, 0.2)
L.SequentialLR(optimizer, [L.ConstantLR(optimizer)], [1, 2])
L.LambdaLR(optimizer, [lambda n: 1.0] * 3)
L.ReduceLROnPlateau(optimizer, factor=1.0)
L.CosineAnnealingWarmRestarts(optimizer, 0)
L.LinearLR(optimizer, 2.0)
L.ExponentialLR(optimizer, 0.9, last_epoch=5)
issubclass(L._LRScheduler, L.LRScheduler)
