# %% matching-start fails="shape"
def load_matching(model, saved):
    return model.load_state_dict(saved, strict=False)


# %% matching-check
import torch
from torch import nn

model, saved = nn.Linear(3, 5), nn.Linear(3, 2).state_dict()
model.body = nn.Linear(4, 3)
saved["body.weight"], saved["extra"] = torch.ones(3, 4), torch.ones(1)
names, before, raised = list(saved), model.weight.clone(), False
try:
    skipped = load_matching(model, saved)
except RuntimeError:
    raised = True
assert not raised, "shape"
assert torch.equal(model.body.weight, torch.ones(3, 4)), "loaded"
assert torch.equal(model.weight, before), "kept"
assert list(saved) == names, "given"
assert sorted(skipped or []) == ["bias", "extra", "weight"], "names"


# %% matching-solution
def load_matching(model, saved):
    own = model.state_dict()
    fits = {
        name: value
        for name, value in saved.items()
        if name in own and own[name].shape == value.shape
    }
    model.load_state_dict(fits, strict=False)
    return [name for name in saved if name not in fits]


# %% matching-wrong-updated fails="loaded"
def load_matching(model, saved):
    own = model.state_dict()
    fits = {n: v for n, v in saved.items() if n in own and own[n].shape == v.shape}
    own.update(fits)
    return [name for name in saved if name not in fits]


# %% matching-wrong-cut fails="kept"
def load_matching(model, saved):
    own = model.state_dict()
    for name in set(own) & set(saved):
        own[name][: len(saved[name])] = saved[name]
    return [n for n, v in saved.items() if n not in own or own[n].shape != v.shape]


# %% matching-wrong-popped fails="given"
def load_matching(model, saved):
    own = model.state_dict()
    skipped = [n for n in saved if n not in own or own[n].shape != saved[n].shape]
    for name in skipped:
        del saved[name]
    model.load_state_dict(saved, strict=False)
    return skipped


# %% matching-wrong-missing fails="names"
def load_matching(model, saved):
    own = model.state_dict()
    fits = {n: v for n, v in saved.items() if n in own and own[n].shape == v.shape}
    return model.load_state_dict(fits, strict=False).missing_keys
