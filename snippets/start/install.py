# %% version
import torch

torch.__version__.split("+")[0], torch.__version__ >= (2, 0)  # (1)!

# %% first
x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
y = x * 10
y

# %% picture
from reference_impl import draw

draw.tensor(y, "y")

# %% gradient
w = torch.tensor(3.0, requires_grad=True)
(w**2).backward()
w.grad  # (1)!

# %% cuda
torch.cuda.is_available(), torch.cuda.device_count()

# %% device
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
z = torch.ones(2, 3, device=device)  # (1)!
z.device == x.to(device).device, z.cpu().sum()

# %% compare
"2.13.0" >= "2.9", torch.__version__ >= "2.9"  # (1)!

# %% build
build = type(torch.__version__)("2.13.0+cpu")
build == "2.13.0", build >= "2.13.0", build.split("+")[0] == "2.13.0"
