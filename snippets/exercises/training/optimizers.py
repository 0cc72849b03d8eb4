# %% groups-start fails="bias"
def groups(model, decay):
    return [{"params": model.parameters(), "weight_decay": decay}]


# %% groups-check
import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 3), nn.LayerNorm(3), nn.Sequential(nn.Linear(3, 2)))
optimizer = torch.optim.AdamW(groups(model, 0.1))
decays = {id(p): g["weight_decay"] for g in optimizer.param_groups for p in g["params"]}
assert set(decays) == {id(p) for p in model.parameters()}, "all"
assert decays[id(model[2][0].weight)] == decays[id(model[0].weight)] == 0.1, "matrices"
assert 0.01 not in decays.values(), "default"
assert decays[id(model[0].bias)] == decays[id(model[2][0].bias)] == 0, "bias"
assert decays[id(model[1].weight)] == 0, "norm"


# %% groups-solution
def groups(model, decay):
    matrices = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    return [
        {"params": matrices, "weight_decay": decay},
        {"params": others, "weight_decay": 0},
    ]


# %% groups-wrong-matrices-only fails="all"
def groups(model, decay):
    return [{"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": decay}]


# %% groups-wrong-first-layer fails="matrices"
def groups(model, decay):
    first, *others = model.parameters()
    return [{"params": first, "weight_decay": decay}, {"params": others, "weight_decay": 0}]


# %% groups-wrong-unsaid fails="default"
def groups(model, decay):
    matrices = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    return [{"params": matrices, "weight_decay": decay}, {"params": others}]


# %% groups-wrong-by-name fails="norm"
def groups(model, decay):
    weights = [p for name, p in model.named_parameters() if name.endswith("weight")]
    biases = [p for name, p in model.named_parameters() if name.endswith("bias")]
    return [
        {"params": weights, "weight_decay": decay},
        {"params": biases, "weight_decay": 0},
    ]
