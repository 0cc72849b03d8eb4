# %% step
import torch
from torch import nn

torch.manual_seed(0)
X = torch.randn(64, 2)
y = X @ torch.tensor([[2.0], [-3.0]]) + 1
model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(4):
    optimizer.zero_grad()  # (1)!
    loss = nn.functional.mse_loss(model(X), y)
    loss.backward()  # (2)!
    optimizer.step()  # (3)!
    print(loss.detach())

# %% order
before = model.weight.clone()
for _ in range(4):
    nn.functional.mse_loss(model(X), y).backward()
    optimizer.zero_grad()  # (1)!
    optimizer.step()
torch.equal(model.weight, before)

# %% none
w = torch.tensor([1.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1, weight_decay=1.0)
optimizer.step()
print(w.grad, w.detach())  # (1)!
w.grad = torch.zeros(1)
optimizer.step()
w.grad, w.detach()  # (2)!

# %% momentum
w = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=1.0, momentum=0.9)
for _ in range(4):
    optimizer.zero_grad()
    (-w).sum().backward()  # (1)!
    before = w.detach().clone()
    optimizer.step()
    print(w.detach() - before, optimizer.state[w])  # (2)!


# %% valley
def descend(momentum):
    w = torch.tensor([1.0, 1.0], requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.03, momentum=momentum)
    path = []
    for _ in range(40):
        path.append(w[0].item())
        optimizer.zero_grad()
        (w[0] ** 2 / 2 + 15 * w[1] ** 2).backward()  # (1)!
        optimizer.step()
    return path


paths = [descend(momentum) for momentum in (0, 0.7, 0.9)]
[round(path[-1], 3) for path in paths]

# %% paths
from reference_impl import draw

draw.curves(*paths, names=("momentum=0", "momentum=0.7", "momentum=0.9"))

# %% sizes
for make in (torch.optim.SGD, torch.optim.Adam):
    w = torch.zeros(3, requires_grad=True)
    optimizer = make([w], lr=0.1)
    (torch.tensor([10.0, 1.0, 0.1]) * w).sum().backward()  # (1)!
    optimizer.step()
    print(w.detach())

# %% hand
torch.manual_seed(0)
w = torch.zeros(2, requires_grad=True)
optimizer = torch.optim.Adam([w], lr=0.1)
mine, mean, squares = torch.zeros(2), torch.zeros(2), torch.zeros(2)
for t in range(1, 6):
    w.grad = torch.randn(2)
    optimizer.step()
    mean = 0.9 * mean + 0.1 * w.grad
    squares = 0.999 * squares + 0.001 * w.grad**2  # (1)!
    m, v = mean / (1 - 0.9**t), squares / (1 - 0.999**t)  # (2)!
    mine -= 0.1 * m / (v.sqrt() + 1e-8)
torch.allclose(mine, w), w

# %% decay
for make in (torch.optim.Adam, torch.optim.AdamW):
    for decay in (0.1, 0.001):
        w = torch.tensor([1.0], requires_grad=True)
        optimizer = make([w], lr=0.1, weight_decay=decay)
        w.grad = torch.zeros(1)  # (1)!
        optimizer.step()
        print(make.__name__, decay, w.detach())

# %% groups
model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
optimizer = torch.optim.AdamW(
    [
        {"params": model[0].parameters(), "lr": 1e-4},  # (1)!
        {"params": model[2].parameters()},
    ],
    lr=1e-2,
)
for group in optimizer.param_groups:
    print(len(group["params"]), group["lr"], group["weight_decay"])

# %% schedule
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.1)
for epoch in range(5):
    print(epoch, [f"{rate:.0e}" for rate in scheduler.get_last_lr()])  # (1)!
    optimizer.zero_grad()
    model(X).square().mean().backward()
    optimizer.step()
    scheduler.step()  # (2)!

# %% warmup
idle = torch.zeros(1, requires_grad=True)  # (1)!
optimizer = torch.optim.SGD([idle], lr=0.1)
schedules = torch.optim.lr_scheduler
warm = schedules.LinearLR(optimizer, start_factor=0.1, total_iters=5)
cool = schedules.CosineAnnealingLR(optimizer, T_max=20)
scheduler = schedules.SequentialLR(optimizer, [warm, cool], milestones=[5])
rates = []
for _ in range(26):
    rates += scheduler.get_last_lr()
    optimizer.step()
    scheduler.step()
draw.curves(rates, names=("lr",))

# %% early
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
scheduler.step()
optimizer.step()

# %% state
w = torch.tensor([1.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9)
w.grad = torch.ones(1)
optimizer.step()
state = optimizer.state_dict()
print(state["state"])  # (1)!
{name: state["param_groups"][0][name] for name in ("lr", "momentum", "params")}

# %% replaced
model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model[2] = nn.Linear(3, 1)  # (1)!
before = model[2].weight.clone()
model(X).square().mean().backward()
optimizer.step()
torch.equal(model[2].weight, before)
