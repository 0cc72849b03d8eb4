# %% keys raises="RuntimeError"
import torch
from torch import nn

saved = nn.DataParallel(nn.Linear(2, 2)).state_dict()
nn.Linear(2, 2).load_state_dict(saved)

# %% keys-fixed
bare = {name.removeprefix("module."): value for name, value in saved.items()}
nn.Linear(2, 2).load_state_dict(bare)  # (1)!

# %% sizes raises="RuntimeError"
saved = nn.Linear(2, 3).state_dict()
nn.Linear(2, 2).load_state_dict(saved)

# %% sizes-fixed
out_features, in_features = saved["weight"].shape  # (1)!
nn.Linear(in_features, out_features).load_state_dict(saved)

# %% pickle raises="_pickle.UnpicklingError"
import io

file = io.BytesIO()
torch.save(nn.Linear(1, 1), file)
file.seek(0)
torch.load(file)

# %% pickle-fixed
file = io.BytesIO()
torch.save(nn.Linear(1, 1).state_dict(), file)  # (1)!
file.seek(0)
nn.Linear(1, 1).load_state_dict(torch.load(file))


# %% empty raises="ValueError"
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(1, 1)]


torch.optim.SGD(Net().parameters(), lr=0.1)


# %% empty-fixed
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(1, 1)])  # (1)!


len(torch.optim.SGD(Net().parameters(), lr=0.1).param_groups[0]["params"])


# %% init raises="AttributeError"
class Net(nn.Module):
    def __init__(self):
        self.layer = nn.Linear(1, 1)


Net()


# %% init-fixed
class Net(nn.Module):
    def __init__(self):
        super().__init__()  # (1)!
        self.layer = nn.Linear(1, 1)


Net()
