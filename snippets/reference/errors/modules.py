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

# %% location raises="RuntimeError"
file = io.BytesIO()
torch.save(torch.ones(2), file)
file.seek(0)
torch.load(file, map_location="cuda")

# %% location-fixed
file.seek(0)
torch.load(file, map_location="cpu")  # (1)!


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


# %% schedule
optimizer = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=0.1)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
scheduler.step()
optimizer.step()

# %% schedule-fixed
optimizer = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=0.1)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
optimizer.step()
scheduler.step()  # (1)!
scheduler.get_last_lr()


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
