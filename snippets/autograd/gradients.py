# %% table
import torch

x = torch.tensor([1.0, 2.0])
w = torch.tensor([3.0, 4.0], requires_grad=True)
h = w * x
loss = (h * h).sum()
loss.backward()
for name, t in {"x": x, "w": w, "h": h, "loss": loss}.items():
    print(name, t.is_leaf, t.requires_grad, t.grad)  # (1)!

# %% kept
h = w * x
s = h * h
s.retain_grad()  # (1)!
handle = h.register_hook(lambda grad: print("h:", grad))  # (2)!
s.sum().backward()
s.grad, w.grad  # (3)!

# %% cut
w = torch.tensor([3.0, 4.0], requires_grad=True)
y = w.square()
z = w.detach() * 5  # (1)!
total = (y + z).sum()
total.backward()
z.requires_grad, w.grad

# %% picture
from reference_impl import draw

draw.graph(total, total=total, w=w, y=y)

# %% broken
v = torch.tensor([0.6, 1.4], requires_grad=True)
with torch.no_grad():
    a = v * 2
b, c, d = v.long(), v.argmax(), torch.tensor(v.sum().item())  # (1)!
print([t.requires_grad for t in (a, b, c, d)])
v.round().sum().backward()  # (2)!
v.grad

# %% freeze
ones = torch.ones(2, 4, requires_grad=True)
(ones * 3).sum().backward()
ones.requires_grad_(False)  # (1)!
print(ones.requires_grad, ones.grad)
print(torch.nn.Parameter(torch.ones(2)).requires_grad)  # (2)!
hasattr(torch.tensor, "ones")  # (3)!

# %% nothing raises="RuntimeError"
a.sum().backward()

# %% computed raises="RuntimeError"
h.requires_grad_(False)

# %% frozen
optimizer = torch.optim.SGD([ones], lr=0.1)
optimizer.step()
print(ones[0])  # (1)!
optimizer.zero_grad()
optimizer.step()
ones[0]
