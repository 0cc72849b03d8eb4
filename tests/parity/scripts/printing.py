# %% floats
import torch

torch.tensor([1e-4, 1.0])
torch.tensor([1e-3, 1e3])
torch.tensor([0.1, 1000.0])
torch.tensor([1e8, 1.0])
torch.tensor([1e-8])
torch.tensor([123456.789, 0.001])
torch.tensor([1.0, float("nan"), float("inf")])
torch.tensor([1.5, float("nan"), -float("inf")])
torch.tensor([float("nan")])
torch.tensor(float("inf"))
torch.tensor([0.0, -0.0])
torch.tensor([1 / 3])
torch.tensor([1 / 3], dtype=torch.float64)
torch.tensor([2 / 3], dtype=torch.float16)
torch.tensor([2 / 3], dtype=torch.bfloat16)
torch.tensor([1e20, 1.0])
torch.tensor([3.0, 4.0]) / 7
torch.tensor([99999.0])
torch.tensor([100000.5])
torch.tensor([1e10, 1e-10])
-torch.tensor([1.0, 22.0, 333.0])
torch.tensor([[0.5], [100.25]])
torch.tensor([1.0, 2.0]).sqrt()
torch.tensor([1e5, 1e-5]).log()

# %% integers
import torch

torch.tensor([1, 10, 100])
torch.tensor([-1, 10])
torch.tensor([[1], [-1000]])
torch.tensor([2**62])
torch.tensor([True, False, True])
torch.tensor([[True], [False]])
torch.tensor(5, dtype=torch.int8)
torch.tensor([1, 2], dtype=torch.int16)
torch.arange(100)
torch.arange(24).reshape(2, 3, 4)
torch.arange(16).reshape(2, 2, 2, 2)
torch.arange(1000)[:5]
torch.arange(2000)
torch.arange(2000).reshape(2, 1000)
torch.zeros(1001, dtype=torch.bool)

# %% f_strings
import torch

x = torch.tensor(3.14159)
f"{x}"
f"{x:.2f}"
f"{x:8.3f}|"
f"{x:e}"
f"{x.item():.3f}"
f"{torch.tensor([1.0, 2.0])}"
f"{torch.tensor([1.0, 2.0]):.2f}"
f"{torch.tensor(7)}"
f"{torch.tensor(7):d}"
f"{torch.tensor(7):05d}"
f"{torch.tensor(7.0):d}"
f"{torch.tensor(True)}"
f"{x!r}"
f"{x.requires_grad_()}"
f"{x:.1f}"
f"{x * 2:.1f}"
f"{x * 2}"
"%s" % x.detach()
"%.2f" % x.detach()
"%d" % torch.tensor(3)
"{:.3f} {}".format(x.detach(), x.shape)
print(x.detach(), x.shape, sep=" | ")
print("loss:", x.item())
str(x.detach()), repr(x.detach())
print([torch.tensor(1), torch.tensor(2.5)])
print({"a": torch.ones(2)})
print((torch.ones(1),))
print(torch.ones(2, 2), torch.zeros(1))

# %% options
import torch

x = torch.tensor([1.23456789, 1000.5, 1e-5])
torch.set_printoptions(precision=2)
x
torch.set_printoptions(sci_mode=False)
x
torch.set_printoptions(sci_mode=True)
torch.tensor([1.0, 2.0])
torch.tensor([1, 2])
torch.set_printoptions(precision=8, sci_mode=False)
x
torch.set_printoptions(profile="default")
x
torch.set_printoptions(threshold=5)
torch.arange(6)
torch.arange(6.0).reshape(2, 3)
torch.set_printoptions(edgeitems=1)
torch.arange(12).reshape(3, 4)
torch.set_printoptions(linewidth=30)
torch.set_printoptions(threshold=1000)
torch.arange(20)
torch.set_printoptions(profile="short")
torch.rand(3)
torch.set_printoptions(profile="full")
torch.arange(3)
torch.set_printoptions(profile="banana")
torch.set_printoptions(precision="a")
torch.set_printoptions(foo=3)

# %% shapes
import torch

torch.zeros(0)
torch.zeros(0, dtype=torch.int64)
torch.zeros(2, 0)
torch.zeros(0, 2, dtype=torch.bool)
torch.zeros(1, 1, 1)
torch.zeros(2, 1, 2)
torch.zeros(())
torch.zeros(2, 3, requires_grad=True)
torch.zeros(0, requires_grad=True)
torch.zeros(2, requires_grad=True) * 2
torch.zeros(2, 2, dtype=torch.float64, requires_grad=True)
torch.zeros(2, 2, dtype=torch.float64, requires_grad=True).sum()
torch.ones(30)
torch.ones(25, requires_grad=True)
torch.ones(2, 30)
torch.rand(2, 2, 2, 2) > 0.5
torch.ones(2, device="meta", dtype=torch.int64)
torch.ones(2, device="meta", requires_grad=True)
torch.ones(50, 50)
torch.ones(11, 10, 10)
torch.ones(3, 400)
torch.ones(1200, 1)

# %% suffix_wraps
import torch

x = torch.arange(9.0, requires_grad=True)
x * 1.0
x.double() * 1.5
torch.arange(19.0, dtype=torch.float64)
torch.arange(18.0).requires_grad_() + 0
(torch.arange(4.0) / 3).requires_grad_().reshape(2, 2).exp()
torch.ones(5, 5, dtype=torch.float16)
torch.ones(8, dtype=torch.bfloat16, requires_grad=True) * 1e-3

# %% sizes
import torch

s = torch.zeros(2, 3).shape
s
print(s)
s[0], s[1], s[-1]
s[:1]
s[::-1]
s + (4,)
(4,) + s
s + [4]
s * 2
s == (2, 3)
s == [2, 3]
(2, 3) == s
s != torch.Size([3, 2])
len(s), list(s), tuple(s)
a, b = s
a * b
s.numel()
s.count(2), s.index(3)
2 in s
hash(s) == hash((2, 3))
{s: "a"}[(2, 3)]
isinstance(s, tuple)
type(s)
type(s[:1])
type(s + (1,))
type((1,) + s)
torch.Size([1, 2])
torch.Size((1,))
torch.Size(())
torch.Size()
torch.Size(3)
torch.Size("ab")
torch.Size([1.5])
torch.Size([torch.tensor(2)])
s[2]
s["a"]
s[0] = 5
max(s), sum(s), sorted(s)
f"{s}"
str(s)
"%s" % (s,)
[n * 2 for n in s]
dict(enumerate(s))
s.size
s.unsqueeze
torch.zeros(s).shape is s
torch.zeros(2).size()
torch.zeros(2).size(0)
torch.zeros(2).size(1)
torch.zeros(2).size(-1)
torch.zeros(2).size("a")
torch.zeros(2).size(dim=0)
torch.zeros(()).size(0)
torch.zeros(2).shape[0] / 2
torch.zeros(*s).shape
torch.zeros(2, 3).shape.numel()
torch.zeros(()).shape

# %% training_log
import torch

w = torch.tensor([0.5, -0.3], requires_grad=True)
x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
y = torch.tensor([1.0, 0.0])
for epoch in range(3):
    loss = ((x @ w - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
    print(f"epoch {epoch}: loss={loss.item():.4f} loss={loss:.4f} w={w}")
w
w.grad
loss
print("w:", w.data, "loss:", loss.detach().item())
w.tolist()
[round(v, 3) for v in w.tolist()]
list(w)
loss.item() == float(loss)
