# %% names
import torch

x = torch.ones(3, requires_grad=True)
m = torch.ones(2, 3, requires_grad=True)
print((x + 1).grad_fn)
print((1 + x).grad_fn, (x - 1).grad_fn, (1 - x).grad_fn)
print((x * 2).grad_fn, (x / 2).grad_fn, (2 / x).grad_fn, (x ** 2).grad_fn, (2 ** x).grad_fn)
print((x ** x).grad_fn, (-x).grad_fn, abs(x).grad_fn)
print((x // 2).grad_fn, (x % 2).grad_fn, (2 % x).grad_fn, (2 // x).grad_fn)
print(x.sum().grad_fn, x.sum(0).grad_fn, x.sum(dim=None).grad_fn, x.sum(()).grad_fn)
print(x.mean().grad_fn, x.mean(0).grad_fn, x.mean(None).grad_fn, x.mean(dim=None).grad_fn)
print(m.sum(dim=(0, 1)).grad_fn, m.sum(1, keepdim=True).grad_fn, m.sum(dtype=torch.float64).grad_fn)
print(x.prod().grad_fn, x.prod(0).grad_fn, x.std().grad_fn, x.std(0).grad_fn, x.var().grad_fn)
print(x.max().grad_fn, x.max(0)[0].grad_fn, x.max(x).grad_fn, x.amax().grad_fn, x.amax(0).grad_fn)
print(x.min().grad_fn, x.min(0)[0].grad_fn, x.median().grad_fn, x.median(0)[0].grad_fn)
print(x.cumsum(0).grad_fn, x.cumprod(0).grad_fn, x.cummax(0)[0].grad_fn, x.logsumexp(0).grad_fn)
print(x.view(3, 1).grad_fn, x.reshape(1, 3).grad_fn, m.t().grad_fn, m.T.grad_fn, m.mT.grad_fn)
print(m.t().reshape(6).grad_fn, m.flatten().grad_fn, m.transpose(0, 1).grad_fn, m.permute(1, 0).grad_fn)
print(x[0].grad_fn, x[:2].grad_fn, x[None].grad_fn, x[[0]].grad_fn, x[x > 0].grad_fn, x[...].grad_fn)
print(m[0, 1].grad_fn, m[:, 1].grad_fn, m[:, None].grad_fn, m[torch.tensor([0])].grad_fn)
print(x.expand(2, 3).grad_fn, x.repeat(2).grad_fn, x.unsqueeze(0).grad_fn, m.squeeze().grad_fn)
print(torch.cat([x, x]).grad_fn, torch.stack([x, x]).grad_fn, torch.hstack([x, x]).grad_fn)
print(x.split(2)[0].grad_fn, x.chunk(2)[1].grad_fn, x.unbind()[0].grad_fn, m.unbind()[1].grad_fn)
print(x.clone().grad_fn, x.detach().grad_fn, x.double().grad_fn, x.float().grad_fn, x.to(torch.float16).grad_fn)
print(x.exp().grad_fn, x.log().grad_fn, x.sqrt().grad_fn, x.rsqrt().grad_fn, x.square().grad_fn)
print(x.sin().grad_fn, x.cos().grad_fn, x.tan().grad_fn, x.tanh().grad_fn, x.sigmoid().grad_fn)
print(x.relu().grad_fn, x.abs().grad_fn, x.sign().grad_fn, x.floor().grad_fn, x.round().grad_fn)
print(x.clamp(0, 1).grad_fn, x.clamp(min=0).grad_fn, x.clamp(torch.zeros(3)).grad_fn)
print(x.softmax(0).grad_fn, x.log_softmax(0).grad_fn, x.norm().grad_fn, x.norm(dim=0).grad_fn)
print((x @ x).grad_fn, (m @ x).grad_fn, (m @ m.t()).grad_fn, (x @ m.t()).grad_fn)
print(m.mm(m.t()).grad_fn, m.mv(x).grad_fn, x.dot(x).grad_fn, torch.outer(x, x).grad_fn)
print(torch.where(x > 0, x, 0).grad_fn, torch.maximum(x, x).grad_fn, torch.addmm(m, m, m.T @ m).grad_fn)
print(x.gather(0, torch.tensor([0])).grad_fn, x.index_select(0, torch.tensor([0])).grad_fn)
print(x.masked_fill(x > 0, 1).grad_fn, x.masked_select(x > 0).grad_fn, x.take(torch.tensor([0])).grad_fn)
print(x.sort()[0].grad_fn, x.topk(1)[0].grad_fn, x.flip(0).grad_fn, x.roll(1).grad_fn, m.diagonal().grad_fn)
print(m.trace().grad_fn, m.tril().grad_fn, m.triu().grad_fn, x.diag().grad_fn, m.diag().grad_fn)
print((x > 0).grad_fn, (x == x).grad_fn, x.argmax().grad_fn, x.long().grad_fn)
print(x.grad_fn, x.data.grad_fn, torch.zeros(2).grad_fn)
print(x.lerp(x, 0.5).grad_fn, x.addcmul(x, x).grad_fn, x.addcdiv(x, x).grad_fn, x.pow(x).grad_fn)
print(x.type_as(x).grad_fn, x.contiguous().grad_fn, m.t().contiguous().grad_fn, x.view_as(x).grad_fn)
print(x.mul(2).add(1).div(3).grad_fn.name())
print(m.logsumexp((0, 1)).grad_fn, m.var((0, 1)).grad_fn, torch.std_mean(m)[0].grad_fn)
print(x.repeat_interleave(2).grad_fn, x.tile(2).grad_fn, x.unfold(0, 2, 1).grad_fn)
print(torch.einsum("ij,j->i", m, x).grad_fn, torch.tensordot(m, m, 2).grad_fn, torch.kron(x, x).grad_fn)
print(torch.diff(x).grad_fn, torch.dist(x, x * 2).grad_fn, torch.cdist(m, m).grad_fn, x.lgamma().grad_fn)
print(x.digamma().grad_fn, x.erfinv().grad_fn, x.polygamma(1).grad_fn, torch.ldexp(x, x).grad_fn)

# %% graph
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * 2
z = y.sum()
z.grad_fn
z.grad_fn.next_functions
z.grad_fn.next_functions[0][0].next_functions
z.grad_fn.next_functions[0][0].next_functions[0][0].next_functions
z.grad_fn.next_functions[0][0].next_functions[0][0].variable is x
type(z.grad_fn)
type(z.grad_fn).__name__
z.grad_fn.name()
y.grad_fn(torch.ones(2))
z.is_leaf, x.is_leaf, x.detach().is_leaf
z.backward()
x.grad
z.backward()
x.grad
y.grad
y.sum().backward()
(x * x).sum().backward()
x.grad
x.grad = None
w = (x * x).sum()
w.backward(retain_graph=True)
w.backward()
w.backward()
x.grad
x.grad.zero_()
(x ** 3).backward()
(x ** 3).backward(torch.ones(2))
x.grad
(x ** 3).backward(torch.ones(3))
(x ** 3).backward([1, 1])
(x ** 3).backward(1)
x.sum().backward(foo=1)
torch.ones(2).sum().backward()
torch.ones(2).backward()
y.requires_grad = False
y.requires_grad_(False)
y.detach_()
y.requires_grad
y.grad_fn
y.requires_grad_()
y.is_leaf

# %% modes
import torch

x = torch.ones(2, requires_grad=True)
with torch.no_grad():
    y = x * 2
    print(y.requires_grad, torch.is_grad_enabled())
    x += 1
x
y
with torch.inference_mode():
    z = x * 2
    print(z.requires_grad, z.is_inference())
z
z += 1
z * x
(z * 2).sum()
with torch.enable_grad():
    print((x * 2).requires_grad)
with torch.set_grad_enabled(False):
    print((x * 2).requires_grad)
torch.is_grad_enabled()
@torch.no_grad()
def f(a):
    return a * 2
f(x)
torch.no_grad()(lambda: x * 2)()
@torch.inference_mode()
def g(a):
    return a + 1
g(x).is_inference()
x += 1
x[0] = 5
x.add_(1)
x.zero_()
x.data += 1
x
x.data.zero_()
x
x.data[0] = 7
x
y = x.clone()
y[0] = 100
y
y.sum().backward()
x.grad
v = x.detach()
v += 1
x
x.numpy()
x.detach().tolist()
x.tolist()
float(x[0])
int(x[0])
x[0].item()
x.long()
x > 1
x.argmax()
bool(x[0])
if x[0] > 1: print("big")

# %% hooks_and_grad
import torch

x = torch.tensor(3.0, requires_grad=True)
y = x ** 2
h = y.register_hook(lambda g: print("hook", g))
h2 = x.register_hook(lambda g: g * 10)
y.backward()
x.grad
h.remove()
torch.autograd.grad(x ** 3, x)
g, = torch.autograd.grad(x ** 3, x, create_graph=True)
g
torch.autograd.grad(g, x)
torch.autograd.grad(x ** 2, torch.ones(1, requires_grad=True))
torch.autograd.grad(x ** 2, torch.ones(1, requires_grad=True), allow_unused=True)
torch.autograd.grad(x ** 2, torch.ones(1))
torch.autograd.grad(torch.ones(1), x)
torch.autograd.grad(x * torch.ones(2), x)
torch.autograd.grad(x * torch.ones(2), x, torch.ones(2))
torch.autograd.grad([x * 2, x * 3], [x])
torch.autograd.backward([x * 2, x * 3])
x.grad
torch.ones(1).register_hook(print)
z = x * 2
z.retain_grad()
(z * z).backward()
z.grad
torch.ones(1).retain_grad()
z.retains_grad, x.retains_grad

# %% versions
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x.exp()
y += 1
y.sum().backward()
y = x * 2
y += 1
y.sum().backward()
x.grad
y = x.sigmoid()
y.mul_(2)
y.sum().backward()
y = x.sqrt()
y[0] = 5
y.sum().backward()
w = torch.ones(2)
y = x * w
w += 1
y.sum().backward()
x._version, w._version
y = x.clone()
y.relu_()
y
y = x.clone()
v = y[:1]
v *= 3
y
v
y.sum().backward()
x.grad
y = x * 1
y[0].add_(1)
y.grad_fn
y.exp_()
y.view(2, 1).mul_(2)
y.grad_fn
a, b = (x * 1).split(1)
a += 1
c = (x * 1).unbind()[0]
c.add_(1)
y = x.view(2)
y += 1

# %% leaves
import torch

a = torch.tensor([1.0])
a.is_leaf, a.requires_grad
b = torch.tensor([1.0], requires_grad=True)
b.is_leaf
c = b + a
c.is_leaf, c.requires_grad
d = c.detach()
d.is_leaf, d.requires_grad
d.requires_grad_()
c.requires_grad_()
torch.tensor([1]).requires_grad_()
torch.tensor([1], requires_grad=True)
torch.tensor([1]).requires_grad = True
torch.arange(3, requires_grad=True)
torch.arange(3.0, requires_grad=True)
torch.zeros(2, dtype=torch.bool, requires_grad=True)
torch.tensor(c)
torch.tensor([c, c])
torch.as_tensor(c) is c
torch.tensor([b, 2.0])
c.data
c.clone()
c.detach().clone()
b.double()
b.double().is_leaf
b.to("cpu").is_leaf
b.cpu() is b
b.new_zeros(2).requires_grad
torch.zeros_like(b).requires_grad
torch.zeros_like(b, requires_grad=True)
b.grad
b.grad is None
c.grad
c.sum().backward()
b.grad
b.grad.requires_grad
b.grad = None
del b.grad
b.grad

# %% derivatives
import torch

x = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
def d(f):
    return torch.autograd.grad(f(x).sum(), x)[0]
d(torch.exp), d(torch.sin), d(torch.cos), d(torch.tanh)
d(torch.sigmoid), d(torch.relu), d(torch.abs), d(torch.sign)
d(lambda v: v ** 2), d(lambda v: v ** 3), d(lambda v: 2 ** v), d(lambda v: v ** v)
d(lambda v: 1 / v), d(lambda v: v / 3), d(lambda v: v * v), d(lambda v: v.sum() * v)
d(lambda v: v.max()), d(lambda v: v.min()), d(lambda v: v.prod()), d(lambda v: v.mean())
d(lambda v: v.std()), d(lambda v: v.var()), d(lambda v: v.norm()), d(lambda v: v.median())
d(lambda v: v.softmax(0)[0]), d(lambda v: v.log_softmax(0)[0]), d(lambda v: v.logsumexp(0))
d(lambda v: v.clamp(0, 1)), d(lambda v: v.cumsum(0)), d(lambda v: v.cumprod(0))
d(lambda v: v[0]), d(lambda v: v[v > 0]), d(lambda v: v[[0, 0]]), d(lambda v: v.flip(0) * v)
d(lambda v: v.sort()[0][0]), d(lambda v: v.topk(1)[0]), d(lambda v: v.gather(0, torch.tensor([1, 1])))
d(lambda v: torch.where(v > 0, v * 2, v * 3)), d(lambda v: torch.cat([v, v * 2]))
d(lambda v: torch.outer(v, v)), d(lambda v: v @ v), d(lambda v: torch.einsum("i,j->ij", v, v))
d(lambda v: v.floor()), d(lambda v: v.round()), d(lambda v: v.frac()), d(lambda v: v.remainder(2))
d(lambda v: v.erf()), d(lambda v: v.erfinv()), d(lambda v: v.lgamma()), d(lambda v: v.digamma())
d(lambda v: torch.polygamma(1, v)), d(lambda v: v.expm1()), d(lambda v: v.log1p())
d(lambda v: torch.atan2(v, v + 1)), d(lambda v: torch.hypot(v, v)), d(lambda v: v.square())
d(lambda v: torch.diff(v)), d(lambda v: torch.dist(v, torch.zeros(3)))
d(lambda v: v.view(3, 1) * v.view(1, 3)), d(lambda v: v.expand(2, 3)), d(lambda v: v.repeat(2))
d(lambda v: v.amax()), d(lambda v: v.new_tensor([1.0])), d(lambda v: v.detach())
d(lambda v: torch.maximum(v, torch.zeros(3))), d(lambda v: torch.lerp(v, v * 2, 0.25))
d(lambda v: v.masked_fill(v > 1, 0)), d(lambda v: v.scatter(0, torch.tensor([0]), 0))
d(lambda v: v.tril() if v.dim() == 2 else v.diag()), d(lambda v: v.log().nan_to_num())
