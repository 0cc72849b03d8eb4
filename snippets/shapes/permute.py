# %% order
import torch

x = torch.arange(24).view(2, 3, 4)
y = x.permute(2, 0, 1)  # (1)!
print(y.shape, y[3, 1, 2] == x[1, 2, 3])
back = torch.tensor((2, 0, 1)).argsort().tolist()  # (2)!
back, torch.equal(y.permute(back), x)

# %% ways
print(x.transpose(0, 2).equal(x.permute(2, 1, 0)))
print(x.movedim(0, -1).equal(x.permute(1, 2, 0)))  # (1)!
print(x.mT.equal(x.permute(0, 2, 1)))
x[0].T.equal(x[0].permute(1, 0)), x[0].t().shape  # (2)!

# %% dims raises="RuntimeError"
x.permute(0, 2)

# %% picture
from reference_impl import draw

a = torch.arange(12).view(2, 3, 2)
b = a.permute(1, 0, 2)
draw.storage(a, b, names="ab")

# %% strides
print(a.stride(), b.stride(), b.is_contiguous())  # (1)!
b[0, 1] = -1
a

# %% refused raises="RuntimeError"
b.view(3, 4)

# %% contiguous
c = b.contiguous()
print(c.stride(), c.data_ptr() == b.data_ptr(), c.contiguous() is c)
print(c.view(3, 4).equal(b.reshape(3, 4)), b.view(3, 2, 2, 1).shape)  # (1)!
(b + 1).stride(), b.clone().stride()  # (2)!

# %% digits
n, i, d = torch.arange(1, 3), torch.arange(1, 4), torch.arange(1, 3)
words = n.view(2, 1, 1) * 100 + i.view(3, 1) * 10 + d  # (1)!
print(words[0])
print(words.permute(0, 2, 1)[0])
words.view(2, 2, 3)[0]  # (2)!

# %% heads
parts = torch.tensor([11, 12, 21, 22])
tokens = torch.arange(1, 4).view(3, 1) * 100 + parts  # (1)!
heads = tokens.view(1, 3, 2, 2).transpose(1, 2)  # (2)!
print(heads[0, 0])
print(tokens.view(1, 2, 3, 2)[0, 0])
heads.transpose(1, 2).reshape(1, 3, 4).equal(tokens.view(1, 3, 4))

# %% layouts
from torch import nn

torch.manual_seed(0)
text = torch.randn(2, 5, 4)  # (1)!
linear, conv = nn.Linear(4, 3), nn.Conv1d(4, 3, kernel_size=1)
with torch.no_grad():
    conv.weight[..., 0], conv.bias[:] = linear.weight, linear.bias
one, other = linear(text), conv(text.mT).mT  # (2)!
one.shape, torch.allclose(one, other, atol=1e-6)

# %% square
same = torch.arange(4).view(1, 2, 2)
same.transpose(1, 2).shape == same.shape, same.transpose(1, 2).equal(same)  # (1)!

# %% reversed
x.T.shape  # (1)!
