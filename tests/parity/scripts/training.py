# %% device_agnostic
import torch

device = "cuda" if torch.cuda.is_available() else "cpu"
device
device = torch.device(device)
torch.manual_seed(42)
torch.cuda.manual_seed(42)
torch.cuda.manual_seed_all(42)
torch.backends.cudnn.deterministic = True
torch.backends.cudnn.benchmark = False
torch.use_deterministic_algorithms(True)
torch.use_deterministic_algorithms(False)
torch.set_float32_matmul_precision("high")
torch.get_float32_matmul_precision()
torch.set_float32_matmul_precision("highest")
mps = torch.backends.mps.is_available()
mps
torch.cuda.device_count()
torch.cuda.get_device_name(0)
torch.cuda.empty_cache()
torch.cuda.memory_allocated() / 1024**2
torch.cuda.synchronize()
torch.accelerator.current_accelerator()
torch.accelerator.is_available()
model = torch.nn.Linear(2, 2).to(device)
next(model.parameters()).device
x = torch.ones(1, 2, device=device)
model(x)
x.to(device) is x
x.cuda()
torch.tensor([1.0]).to("cuda")
torch.zeros(2, device="cuda:0")
model.cuda()
str(device), device.type, device.index
torch.device("cuda:1")
x.device == torch.device("cpu")
x.is_cuda

# %% optimizers_shown
import torch

w = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
torch.optim.SGD([w], lr=0.1, momentum=0.9)
torch.optim.Adam([w])
torch.optim.AdamW([w], lr=1e-4)
torch.optim.RMSprop([w])
torch.optim.Adagrad([w])
torch.optim.Adadelta([w])
torch.optim.Adamax([w])
torch.optim.NAdam([w])
torch.optim.RAdam([w])
torch.optim.Rprop([w])
torch.optim.ASGD([w])
torch.optim.LBFGS([w])
torch.optim.Adafactor([w])
torch.optim.SGD([w])
torch.optim.SGD([])
torch.optim.SGD(w, lr=0.1)
torch.optim.SGD([w], lr=-0.1)
torch.optim.SGD([w], lr=0.1, momentum=-1)
torch.optim.SGD([w], lr=0.1, nesterov=True)
torch.optim.SGD([w.data.clone()], lr=0.1)
torch.optim.SGD([w * 2], lr=0.1)
torch.optim.SGD(["w"], lr=0.1)
torch.optim.SGD([w], learning_rate=0.1)
torch.optim.Adam([w], betas=(1.5, 0.9))
torch.optim.Adam([w], momentum=0.9)
torch.optim.RMSprop([w], alpha=-1)
torch.optim.Optimizer
type(torch.optim.SGD([w], lr=0.1))
isinstance(torch.optim.AdamW([w]), torch.optim.Adam)

# %% a_loop_with_a_schedule
import torch
from torch import nn, optim

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 1))
optimizer = optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)
scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)
x, y = torch.randn(16, 3), torch.randn(16, 1)
for epoch in range(5):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
    scheduler.step()
    print(f"epoch {epoch}: loss {loss.item():.4f}, lr {scheduler.get_last_lr()[0]:.4f}")
optimizer
scheduler.state_dict()
sorted(optimizer.state_dict())
optimizer.state_dict()["param_groups"]
optimizer.state_dict()["state"][1]
optimizer.param_groups[0]["lr"]
optimizer.param_groups[0]["lr"] = 0.01
optimizer.param_groups[0]["lr"]
other = optim.SGD(model.parameters(), lr=1.0)
other.load_state_dict(optimizer.state_dict())
other
other.load_state_dict({"param_groups": []})
model[0].weight.grad.shape
optimizer.zero_grad()
model[0].weight.grad

# %% each_kind_of_step
import torch
from torch import optim

kinds = {
    "SGD": {"lr": 0.1}, "Adam": {"lr": 0.1}, "AdamW": {"lr": 0.1}, "RMSprop": {"lr": 0.1},
    "Adagrad": {"lr": 0.1}, "Adadelta": {}, "Adamax": {"lr": 0.1}, "NAdam": {"lr": 0.1},
    "RAdam": {"lr": 0.1}, "Rprop": {"lr": 0.1}, "ASGD": {"lr": 0.1}, "Adafactor": {"lr": 0.1},
}
for kind, options in kinds.items():
    w = torch.tensor([[1.0, -2.0], [3.0, 0.5]], requires_grad=True)
    optimizer = getattr(optim, kind)([w], **options)
    for _ in range(4):
        optimizer.zero_grad()
        (w.sin() * w).sum().backward()
        optimizer.step()
    print(kind, w.detach(), sorted(optimizer.state[w]))

# %% schedules
import torch
from torch.optim import lr_scheduler as S


def rates(make, steps=6, lr=1.0):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=lr, momentum=0.9)
    schedule, found = make(optimizer), []
    for _ in range(steps):
        found.append(round(optimizer.param_groups[0]["lr"], 6))
        optimizer.step()
        schedule.step()
    return found


rates(lambda o: S.StepLR(o, 2))
rates(lambda o: S.MultiStepLR(o, [1, 3], 0.5))
rates(lambda o: S.ExponentialLR(o, 0.9))
rates(lambda o: S.LinearLR(o))
rates(lambda o: S.ConstantLR(o))
rates(lambda o: S.PolynomialLR(o))
rates(lambda o: S.CosineAnnealingLR(o, 4))
rates(lambda o: S.CosineAnnealingWarmRestarts(o, 2, 2))
rates(lambda o: S.LambdaLR(o, lambda e: 1 / (e + 1)))
rates(lambda o: S.OneCycleLR(o, 2.0, total_steps=6))
rates(lambda o: S.OneCycleLR(o, 2.0, total_steps=3))
rates(lambda o: S.CyclicLR(o, 0.1, 1.0, 2))
rates(lambda o: S.SequentialLR(o, [S.LinearLR(o), S.StepLR(o, 1)], [3]))
rates(lambda o: S.ChainedScheduler([S.LinearLR(o), S.StepLR(o, 2)]))
rates(lambda o: S.StepLR(o))
rates(lambda o: S.StepLR(o, 0))
rates(lambda o: S.ReduceLROnPlateau(o))
o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
plateau = S.ReduceLROnPlateau(o, "min", factor=0.5, patience=1)
for loss in (3.0, 2.0, 2.5, 2.4, 2.3, 1.0):
    plateau.step(loss)
    print(loss, o.param_groups[0]["lr"], plateau.get_last_lr(), plateau.num_bad_epochs)
S.StepLR(o, 2).step()
early = S.StepLR(o, 2)
early.step()
S.LRScheduler
early

# %% line_search
import torch

w = torch.tensor([-1.2, 1.0], requires_grad=True)
optimizer = torch.optim.LBFGS([w], lr=0.5, max_iter=5, line_search_fn="strong_wolfe")


def closure():
    optimizer.zero_grad()
    loss = (1 - w[0]) ** 2 + 10 * (w[1] - w[0] ** 2) ** 2
    loss.backward()
    return loss


for _ in range(3):
    print(optimizer.step(closure))
w
optimizer.state[w]["n_iter"], optimizer.state[w]["func_evals"]
optimizer.step()

# %% mixed_precision_without_a_gpu
import torch

use = torch.cuda.is_available()
scaler = torch.amp.GradScaler("cuda", enabled=use)
scaler
w = torch.tensor([1.0, 2.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
with torch.autocast(device_type="cuda", dtype=torch.float16, enabled=use):
    loss = (w * w).sum()
scaler.scale(loss).backward()
scaler.unscale_(optimizer)
torch.nn.utils.clip_grad_norm_([w], 1.0)
scaler.step(optimizer)
scaler.update()
w
scaler.get_scale(), scaler.is_enabled(), scaler.state_dict()
torch.amp.GradScaler("cuda")
torch.autocast("cuda")
torch.is_autocast_enabled()
