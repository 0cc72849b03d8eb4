# %% shape
import torch

a = torch.tensor([[1, 2, 3], [4, 5, 6]])
b = a.view(3, 2)  # (1)!
print(b)
print(a.view(1, 6), a.view(1, -1).shape)  # (2)!
a.view(b.size()).equal(b), torch.arange(1, 7).view(3, 2).equal(b)  # (3)!

# %% count raises="RuntimeError"
a.view(4, -1)

# %% stride
t = a.t()  # (1)!
print(t)
for x in (a, b, t):
    same = x.data_ptr() == a.data_ptr()
    print(x.shape, x.stride(), x.is_contiguous(), same)  # (2)!

# %% picture
from reference_impl import draw

draw.storage(a, t, names="at")

# %% refused raises="RuntimeError"
t.view(6)

# %% merge
x = torch.arange(24).view(2, 3, 4).permute(2, 0, 1)
print(x.shape, x.stride(), x.is_contiguous())
x.view(4, 6).stride(), x.view(2, 2, 6).stride()  # (1)!

# %% copy
same, copied = a.reshape(6), t.reshape(6)  # (1)!
print(copied.equal(t.contiguous().view(6)))
a[0, 0] = 10
print(b)
same, copied

# %% scrambled
words = torch.tensor([[[1, 10], [2, 20], [3, 30]]])  # (1)!
print(words.view(1, 2, 3))
words.permute(0, 2, 1)  # (2)!
