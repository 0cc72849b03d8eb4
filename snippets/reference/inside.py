# %% held
import torch

x = torch.arange(6.0).view(2, 3)
t = x.t()
for one in (x, t, x[1], x[:, ::2]):
    print(tuple(one.shape), one.stride(), one.storage_offset())  # (1)!
len({one.untyped_storage().data_ptr() for one in (x, t, x[1], x[:, ::2])})

# %% places
from reference_impl.torch import kernels

flat = x.as_strided((6,), (1,), 0)  # (1)!
found = kernels.places(t.shape, t.stride(), t.storage_offset())  # (2)!
print(found)
flat[found].equal(t.flatten())

# %% picture
from reference_impl import draw

draw.storage(x, t, names="xt", mark=found[1])

# %% broadcast
from reference_impl.torch import shapes

row = torch.tensor([10.0, 20.0, 30.0])
size = shapes.broadcast((2, 3), (3,))
print(size, shapes.expanded_stride((3,), (1,), size), row.expand(2, 3).stride())  # (1)!
x + row

# %% doors
a = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
w = torch.tensor([5.0, 6.0], requires_grad=True)
c = torch.mul(a, w)
print(c)
a.mul(w).equal(c), (a * w).equal(c), a.detach().clone().mul_(w).equal(c)  # (1)!

# %% node
loss = c.sum()
print(loss.grad_fn.name(), c.grad_fn.name())
print([node.name() for node, _ in c.grad_fn.next_functions])  # (1)!
c.grad_fn._saved_self.equal(a), c.grad_fn._saved_other.equal(w)  # (2)!

# %% graph
draw.graph(loss, loss=loss, a=a, w=w, c=c)

# %% by-hand
with torch.no_grad():
    at_c = loss.grad_fn(torch.tensor(1.0))  # (1)!
    at_a, at_w = c.grad_fn(at_c)
    at_w = at_w.sum_to_size(w.shape)  # (2)!
print(at_c)
at_a, at_w

# %% engine
ends = [node for node, _ in c.grad_fn.next_functions]
print([node.variable is leaf for node, leaf in zip(ends, (a, w))])  # (1)!
loss.backward()
a.grad.equal(at_a), w.grad.equal(at_w)

# %% freed raises="RuntimeError"
c.grad_fn._saved_self

# %% same
import reference_impl.torch as ours

for engine in (torch, ours):  # (1)!
    engine.manual_seed(0)
    layer = engine.nn.Linear(3, 2)
    print(layer(engine.rand(1, 3)), type(layer))
