# %% array
import numpy as np
import torch

a = np.array([1.0, 2.0, 3.0, 4.0])
copied = torch.tensor(a)
shared = torch.from_numpy(a)
a[0] = 9
print(copied)
print(shared)  # (1)!

# %% picture
from reference_impl import draw

every_second = torch.from_numpy(a[::2])
draw.storage(shared, every_second, names=("shared", "every_second"))

# %% back
t = torch.ones(2)
n = t.numpy()
n[0] = 7  # (1)!
t += 1  # (2)!
t, n

# %% rebind
t = t + 1  # (1)!
t, n

# %% dtype
np.ones(2).dtype, torch.ones(2).dtype, (shared + torch.ones(4)).dtype  # (1)!

# %% linear raises="RuntimeError"
layer = torch.nn.Linear(4, 1)
layer(shared)

# %% float
layer(shared.float()).shape, torch.tensor(a, dtype=torch.float32).dtype  # (1)!

# %% grad raises="RuntimeError"
w = torch.ones(2, requires_grad=True)
w.numpy()

# %% detach
w.detach().numpy()[0] = 5  # (1)!
w

# %% reversed raises="ValueError"
torch.from_numpy(a[::-1])  # (1)!
