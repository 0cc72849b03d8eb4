# %% dtype_mixing
import torch

i = torch.tensor([1, 2, 3])
f = torch.tensor([1.5, 2.5, 3.5])
d = f.double()
b = torch.tensor([True, False, True])
u = torch.tensor([1, 2, 255], dtype=torch.uint8)
h = f.half()
g = f.bfloat16()
i + f
i + d
f + d
h + g
h + f
i + b
b + b
b * b
b - b
b + 1
b + 1.5
u + 1
u + u
u * 2
u - 5
u + i
u + torch.tensor(300)
-u
i / 2
i // 2
i % 2
i ** 2
i ** -1
i ** 0.5
i ** i
2 ** i
2.0 ** i
i + 1.5
i * True
f + True
i + torch.tensor(1.5)
f + torch.tensor(1.5, dtype=torch.float64)
f + torch.tensor(1)
h + 1e-8
h * 1e5
i / i
u / u
b / b
b / 2
i.float() / 0
-i.float() / 0
i / 0
i // 0
i % 0
f // 0
f % 0
0 / i
1 / f
1 // f
5 % i
-7 // i
-7 % i
i // -2
i % -2
f // -2
divmod(i, 2)
divmod(7, i)
abs(-i)
+i
-b
~i
~b
~f
round(f)
round(f, 1)
int(f[0])
float(i[0])
complex(f[0])
i & 1
i | 4
i ^ 1
i << 1
i >> 1
f & 1
b & True
b | i
i @ i
f @ f
i @ f
b @ b
f @ 2
2 @ f
pow(f, 2)
pow(f, 2, 3)

# %% with_strings_and_none
import torch

x = torch.ones(2)
x + "a"
"a" + x
x + None
None + x
x - None
x * "a"
"a" * x
x / "a"
"a" / x
x // "a"
x % "a"
x ** "a"
"a" ** x
x @ "a"
x & "a"
x + [1, 2]
[1, 2] + x
x + (1, 2)
x * [1]
x + {}
x += "a"
x -= None
x *= [1]
x /= "a"
x + object
x + (lambda: 1)
x > None
x >= []
torch.add(x, "a")
torch.add("a", x)
torch.add(x)
torch.add()
torch.add(1, 2)
torch.add(x, x, x)
torch.add(x, x, alpha="a")
torch.add(x, x, foo=1)
torch.add(x, other=x)
torch.add(input=x, other=2)
torch.mul(x, None)
torch.sub(x, [1])
torch.div(x, x, rounding_mode="floor")
torch.div(x, x, rounding_mode="up")
torch.div(x, x, "floor")
torch.pow(2, x)
torch.pow(2, 3)
torch.pow(x, "a")
x.add("a")
x.add()
x.add(1, 2, 3)
x.add_(None)
x.pow()
x.exp(1)
x.exp(foo=1)
torch.exp(1)
torch.exp([1.0])
torch.exp(None)
torch.exp()
torch.exp(x, x)
torch.sqrt(4)
torch.sin("a")
torch.abs(-1)
torch.relu(1)
torch.sigmoid([0])

# %% in_place
import torch

x = torch.arange(3)
x += 1
x
x *= 2
x
x += 1.5
x /= 2
x //= 2
x
x **= 2
x
x -= 1
x
x %= 2
x
x.add_(1.5)
x.mul_(torch.tensor([1.5]))
x.sqrt_()
f = torch.ones(2)
f.add_(torch.ones(2, dtype=torch.float64))
f.add_(torch.ones(3))
f.add_(torch.ones(2, 2))
f += torch.ones(1, 2)
f += torch.ones(2, 1)
f
f.zero_()
f.fill_(3)
f.fill_("a")
f.fill_(torch.tensor([1.0]))
f.fill_(torch.tensor(1.0))
f.copy_(torch.tensor([5, 6]))
f.copy_([1, 2])
f.exp_()
f.clamp_(max=1)
f.neg_().abs_()
f.t_()
f.unsqueeze_(0)
f.squeeze_()
f.resize_(3).shape
b = torch.tensor([True])
b += 1
b.add_(True)
b &= False
b
i = torch.tensor([7])
i <<= 1
i
i ^= 3
i
i |= 16
i &= 20
i
x = y = torch.zeros(2)
x += 1
y
x = x + 1
y
x.sub_(1).mul_(3).div_(2)

# %% broadcasting
import torch

a = torch.arange(3).reshape(3, 1)
b = torch.arange(2)
a + b
a * b
(a + b).shape
torch.ones(2, 3) + torch.ones(3, 2)
torch.ones(2, 3) + torch.ones(2)
torch.ones(2, 3) + torch.ones(2, 1)
torch.ones(4, 1, 3) * torch.ones(2, 1)
torch.ones(0) + torch.ones(1)
torch.ones(0) + torch.ones(2)
torch.ones(0, 3) + torch.ones(3)
torch.broadcast_tensors(a, b)
torch.broadcast_to(b, (2, 2))
torch.broadcast_shapes((3, 1), (2,))
torch.broadcast_shapes((3, 1), (2, 2))
a.expand(3, 2)
a.expand(-1, 4).shape
a.expand(2, 3, 2).shape
a.expand(3)
a.expand_as(torch.ones(3, 2))
b.expand(2)
b.expand(3)
b.repeat(2)
b.repeat(2, 2)
b.repeat()
b.tile(3)
b.repeat_interleave(2)
b.repeat_interleave(torch.tensor([1, 3]))

# %% strides_of_results
import torch

x = torch.arange(6.0).reshape(2, 3)
(x.t() + 1).stride()
(x.t() * x.t()).stride()
(x.t() + torch.ones(3, 2)).stride()
(torch.ones(3, 2) + x.t()).stride()
y = torch.arange(3.0).reshape(1, 3).t()
y.stride()
(y * 2).stride()
(y + y).stride()
(2 - y).stride()
(y / torch.tensor(2.0)).stride()
(-y).stride()
y.exp().stride()
y.clone().stride()
(y > 1).stride()
(y ** 2).stride()
y.clamp(0, 1).stride()
y.add(1).stride()
y.abs().stride()
y.to(torch.float64).stride()
torch.zeros_like(y).stride()
x.t().exp().stride()
x.expand(2, 2, 3).exp().stride()
x[:, ::2].exp().stride()
x.t()[::2].exp().stride()
x.unsqueeze(0).permute(2, 0, 1).exp().stride()
torch.zeros(0, 3).expand(2, 0, 3).clone().stride()
torch.zeros(0, 3).expand(2, 0, 3).flip(0).stride()
torch.zeros(3, 0).t().clone().stride()
torch.zeros(1, 0).expand(4, 0).clone().stride()
torch.zeros(1, 0).expand(4, 0).flip(0).stride()
torch.where(x.t() > 0, x.t(), x.t()).stride()
torch.where(x.t() > 0, x.t(), 0).stride()
torch.maximum(x.t(), x.t()).stride()
torch.lerp(y, y, 0.5).stride()
torch.addcmul(y, y, y).stride()
x.t().sum(0).stride()
x.t().cumsum(0).stride()
x.t().sort().values.stride()
x.t().softmax(0).stride()
x.t().flip(0).stride()
x.t().roll(1).stride()
torch.cat([x.t(), x.t()]).stride()
torch.stack([x.t(), x.t()]).stride()
x.t().contiguous().stride()
x.t().double().stride()
x.t().round().stride()
x.t().relu().stride()

# %% functions_of_numbers
import torch

x = torch.tensor([-1.5, -0.5, 0.0, 0.5, 1.5])
x.exp()
x.log()
x.sqrt()
x.rsqrt()
x.sin(), x.cos(), x.tan()
x.asin(), x.acos(), x.atan()
x.sinh(), x.cosh(), x.tanh()
x.asinh(), x.acosh(), x.atanh()
x.sigmoid()
x.relu()
x.abs()
x.sign(), x.sgn()
x.floor(), x.ceil(), x.round(), x.trunc(), x.frac()
x.erf(), x.erfc()
x.erfinv()
x.lgamma()
x.digamma()
x.polygamma(1)
torch.polygamma(1, x)
x.exp2(), x.expm1(), x.log1p(), x.log2(), x.log10()
x.reciprocal()
x.square()
x.pow(3)
x.clamp(-1, 1)
x.clamp(min=0)
x.clamp()
x.clamp(1, -1)
x.clip(0, 1)
x.logit()
x.sinc()
x.deg2rad(), x.rad2deg()
x.isnan(), x.isinf(), x.isfinite()
x.nan_to_num()
x.signbit()
x.heaviside(torch.tensor(0.5))
x.hypot(x)
x.atan2(torch.tensor(1.0))
torch.atan2(x, x)
x.copysign(-1.0)
x.fmod(1)
x.remainder(1)
x.float_power(2)
torch.gcd(torch.tensor([12, 18]), torch.tensor([8, 27]))
torch.lcm(torch.tensor([4, 6]), torch.tensor([6, 9]))
torch.gcd(torch.tensor([1.5]), torch.tensor([1.0]))
torch.ldexp(torch.tensor([1.0, 2.0]), torch.tensor([1, 2]))
torch.ldexp(torch.tensor([1]), torch.tensor([3]))
x.logaddexp(x)
torch.logaddexp(x, torch.zeros(5))
torch.xlogy(torch.tensor([0.0, 1.0]), torch.tensor([0.0, 2.0]))
torch.lerp(x, x + 1, 0.5)
torch.addcdiv(x, x, torch.ones(5), value=2)
torch.real(x)
x.real is x
torch.imag(x)
x.conj()
torch.is_complex(x)
x.is_complex()
torch.angle(x)
x.int().exp()
x.bool().exp()
x.int().abs()
x.int().floor()
x.int().sigmoid()
x.int().relu()
x.bool().relu()
x.bool().abs()
torch.round(torch.tensor([1.2345]), decimals=2)
torch.tensor([2.5, 3.5, -2.5]).round()
torch.tensor([1e30]).exp()
torch.tensor([89.0]).exp()
torch.tensor([-200.0]).exp()
torch.diff(torch.tensor([1, 4, 9]))
torch.diff(torch.tensor([[1, 4], [9, 16]]), dim=0)
torch.diff(torch.tensor([1, 4, 9]), n=2)
torch.diff(torch.tensor([1, 4, 9]), prepend=torch.tensor([0]))
torch.diff(torch.tensor(1))
torch.dist(x, torch.zeros(5))
torch.dist(x, torch.zeros(5), 1)
torch.cdist(torch.tensor([[0.0, 0.0]]), torch.tensor([[3.0, 4.0]]))
x.norm()
x.norm(1)
x.norm(p=float("inf"))
torch.norm(x)
x.norm(dim=0)
x.view(1, 5).norm(dim=1, keepdim=True)
x.int().norm()

# %% comparisons
import torch

x = torch.tensor([1.0, 2.0, float("nan")])
x == x
x != x
x > 1
x >= x
1 > x
x.isclose(torch.tensor([1.0, 2.1, float("nan")]))
torch.isclose(x, x, equal_nan=True)
torch.allclose(x, x)
torch.allclose(x[:2], x[:2] + 1e-9)
torch.allclose(x, x.double())
torch.allclose(x, [1])
torch.isclose(torch.tensor([1]), torch.tensor([1.0]))
torch.maximum(x, torch.tensor(1.5))
torch.maximum(x, 1.5)
torch.minimum(x, x)
torch.fmax(x, torch.tensor(0.0))
torch.max(x, x)
torch.max(x, 0)
torch.max(x)
torch.min(x)
max(x[:2])
(x == 1).sum()
(x == 1).float().mean()
(x > 0).all()
torch.tensor([1, 2]) == torch.tensor([1.0, 2.5])
torch.tensor([True]) == 1
torch.tensor([1]) == True
torch.eq(x, x[:2])
torch.gt(x, "a")
torch.logical_and(x, x > 1)
torch.logical_not(x)
torch.isin(torch.tensor([1, 2, 3]), torch.tensor([2]))
torch.isreal(x)
torch.sort(x)
torch.argsort(x)
torch.topk(x[:2], 1)
torch.topk(x, 5)
torch.kthvalue(x[:2], 1)
torch.kthvalue(x, 9)
torch.unique(torch.tensor([3, 1, 3]))
torch.unique(torch.tensor([3, 1, 3]), return_counts=True)
torch.unique(torch.tensor([3, 1, 3]), return_inverse=True, sorted=False)
torch.unique_consecutive(torch.tensor([1, 1, 2, 1]))
torch.bincount(torch.tensor([0, 1, 1]))
torch.bincount(torch.tensor([-1]))
torch.bincount(torch.tensor([0.5]))
torch.histc(torch.tensor([1.0, 2.0, 3.0]), bins=2)
torch.searchsorted(torch.tensor([1, 3, 5]), 4)
torch.bucketize(torch.tensor([0.5, 3]), torch.tensor([1.0, 2.0]))

# %% hash_and_identity
import torch

x = torch.tensor([1.0])
y = torch.tensor([1.0])
hash(x) == hash(x)
hash(x) == hash(y)
hash(x) == id(x)
{x: 1}[x]
{x, y, x}.__len__()
x is x
x is y
x == y
x.equal(y)
[x, y].index(y)
[x, y].count(x)
x.data is x
x.detach() is x
x.data_ptr() == x.detach().data_ptr()
x.clone() is x
x.float() is x
x.to(torch.float32) is x
x.to(torch.float64) is x
x.contiguous() is x
x.cpu() is x
x.requires_grad_() is x
x.view(1) is x
x.T is x
