# %% kinds
import torch

whole = torch.tensor([1, 2])
half = torch.tensor([0.5, 1.5])
flags = torch.tensor([True, False])
for x in whole, half, flags:
    print(x.dtype, x.element_size(), x.is_floating_point())  # (1)!

# %% picture
from reference_impl import draw

one = torch.tensor([1], dtype=torch.int32), torch.tensor([1.0])
draw.tensor(torch.stack([x.view(torch.uint8) for x in one]), "bytes")

# %% limits
print(torch.tensor([127], dtype=torch.int8) + 1)  # (1)!
print(torch.tensor([70000.0]).half(), torch.tensor([2.0**24]) + 1)  # (2)!
torch.finfo(torch.float16).max, torch.iinfo(torch.int8).max

# %% promote
print((flags + whole).dtype, (whole + half).dtype, (half + half.double()).dtype)
whole / 2, torch.result_type(whole, half)  # (1)!

# %% scalar
precise = torch.tensor(0.1, dtype=torch.float64)
(whole + 1).dtype, (whole + 1.5).dtype, (half + precise).dtype  # (1)!

# %% inplace raises="RuntimeError"
whole += 0.5

# %% mean raises="RuntimeError"
whole.mean()

# %% convert
print(whole.float().mean(), half.long(), flags.int())  # (1)!
same = half.to(torch.float32)
same is half, half.to(torch.float64).dtype, half.dtype  # (2)!

# %% layer raises="RuntimeError"
layer = torch.nn.Linear(2, 1)
layer(half.double())

# %% meta
ghost = torch.zeros(1000, 1000, device="meta")
(ghost @ ghost).shape, ghost.device, half.device  # (1)!

# %% devices raises="RuntimeError"
torch.zeros(2) + torch.zeros(2, device="meta")
