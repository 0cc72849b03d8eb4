# %% unwrap-start fails="keys"
def unwrap(state):
    return state


# %% unwrap-check
import torch
from torch import nn

torch.manual_seed(0)
inner = nn.Sequential(nn.Linear(2, 1))
inner.add_module("submodule", nn.Linear(1, 1))
state = nn.DataParallel(inner).state_dict()
plain = unwrap(state)
assert list(plain) == list(inner.state_dict()), "keys"
assert list(unwrap({"module.decoder.weight": 0})) == ["decoder.weight"], "letters"
assert all(torch.equal(plain[name], value) for name, value in inner.state_dict().items()), "values"
assert list(unwrap(inner.state_dict())) == list(inner.state_dict()), "unwrapped"
assert len(state) == 4 and all(name.startswith("module.") for name in state), "original"


# %% unwrap-solution
def unwrap(state):
    return {name.removeprefix("module."): value for name, value in state.items()}


# %% unwrap-wrong-replaced fails="keys"
def unwrap(state):
    return {name.replace("module.", ""): value for name, value in state.items()}


# %% unwrap-wrong-stripped fails="letters"
def unwrap(state):
    return {name.lstrip("module."): value for name, value in state.items()}


# %% unwrap-wrong-sliced fails="unwrapped"
def unwrap(state):
    return {name[7:]: value for name, value in state.items()}


# %% unwrap-wrong-popped fails="original"
def unwrap(state):
    for name in list(state):
        state[name.removeprefix("module.")] = state.pop(name)
    return state
