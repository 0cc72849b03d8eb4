# %% slices
import torch

x = torch.arange(12).reshape(3, 4)
x[0]
x[-1]
x[0, 1]
x[0][1]
x[:, 1]
x[1:, :2]
x[::2]
x[:, ::3]
x[..., 0]
x[0, ...]
x[None].shape
x[:, None, :].shape
x[1:1]
x[5:]
x[-2:]
x[:-1, -1]
x[::-1]
x[0:3:0]
x[3]
x[-4]
x[0, 4]
x[0, 0, 0]
x["a"]
x[1.0]
x[0:"a"]
x[True]
x[False]
x[True, 0]
x[()]
x[[]]
x[0:2][0]
x[torch.tensor(1)]
x[torch.tensor(1), torch.tensor(2)]
x[{}]

# %% with_tensors
import torch

x = torch.arange(12).reshape(3, 4)
i = torch.tensor([2, 0])
x[i]
x[i, i]
x[:, i]
x[i, 1:]
x[[0, 1]]
x[[0, 1], [2, 3]]
x[[[0, 1], [2, 2]]].shape
x[(0, 1)]
x[i][:, i]
x[i.float()]
x[torch.tensor([5])]
x[torch.tensor([-1])]
x[torch.tensor([-5])]
x[i, torch.tensor([0, 1, 2])]
x[torch.tensor([[0], [1]]), torch.tensor([0, 1])]
x[i, None].shape
x[..., i].shape
x[i, ..., None].shape
x[torch.tensor([], dtype=torch.int64)]
x[torch.tensor([])]
x[torch.tensor([True, False, True])]
x[torch.tensor([1, 0, 1], dtype=torch.uint8)]
x[i.int()]
x[[True, False, True]]
x[["a"]]
x[[0.5]]
x[range(2)]

# %% masks
import torch

x = torch.arange(6).reshape(2, 3)
m = x > 2
m
x[m]
x[~m]
x[m] = 0
x
x[x == 0] = -1
x
x[m, 0]
x[m.float()]
x[torch.tensor([True])]
x[torch.tensor([True, False]), 1]
x[:, torch.tensor([True, False, True])]
m.sum(), m.any(), m.all()
(x > 0) & (x < 3)
(x > 0) | m
(x > 0) and m
not m
~x
x[x > 100]
x[x > 100].shape
torch.where(m)
torch.where(m, x, -x)
torch.where(x > 0, 1, 0)
torch.where(x > 0, 1.0, x)
x.nonzero()
m.nonzero(as_tuple=True)

# %% assignment
import torch

x = torch.zeros(2, 3)
x[0] = 1
x
x[0, 1] = 5
x[:, 2] = torch.tensor([7.0, 8.0])
x
x[1] = torch.tensor([1, 2, 3])
x
x[1] = torch.tensor([1, 2])
x[1] = [1, 2, 3]
x[1] = "a"
x[0] = None
x[5] = 1
x[0, 0] = torch.tensor([9.0])
x
x[0, 0] = torch.tensor([[9.0, 8.0]])
x[torch.tensor([0, 1]), torch.tensor([0, 1])] = 4
x
x[[0, 1], [1, 2]] = torch.tensor([10.0, 20.0])
x
x[...] = 0
x
x[:] = torch.arange(3)
x
x[:, :2] += 1
x
x[0] *= 2
x
x[x > 2] -= 100
x
x[0:1, 0:1] = True
x
x[1, 1] = float("nan")
x
x[()] = 3
x
x[None] = 4
x
x[:, None] = 5
del x[0]

# %% int_assignment
import torch

x = torch.zeros(3, dtype=torch.int64)
x[0] = 1.9
x
x[1] = True
x
x[2] = torch.tensor(2.7)
x
x[0] = float("nan")
x[:] = torch.tensor([1.5, 2.5, 3.5])
x
x[x > 1] = 2.9
x
x[torch.tensor([0])] = torch.tensor([1.5])
b = torch.zeros(2, dtype=torch.bool)
b[0] = 5
b
b[1] = 0.5
b
u = torch.zeros(2, dtype=torch.uint8)
u[0] = 300
u[1] = -1
u

# %% views_alias
import torch

x = torch.arange(6)
y = x[1:4]
y[0] = 100
x
y.storage_offset(), y.stride()
z = x.view(2, 3)
z[1, 1] = -5
x
t = z.t()
t[0, 1] = 77
x
t.is_contiguous()
t.contiguous().is_contiguous()
t.view(6)
t.reshape(6)
r = t.reshape(6)
r[0] = 1234
x
f = z.flatten()
f[0] = 55
x
x.data_ptr() == z.data_ptr()
y._base is x
y._is_view(), x._is_view()
c = x.clone()
c[0] = -1
x[0]
d = x[:3].add_(1)
x
x[::2].zero_()
x
x[[0, 1]].zero_()
x
e = x.expand(2, 6)
e[0, 0] = 1
e.stride()
e.add_(1)
x.unsqueeze(0).mul_(2)
x

# %% iteration
import torch

x = torch.arange(6).reshape(2, 3)
for row in x:
    print(row)
for i, row in enumerate(x):
    for j, v in enumerate(row):
        print(i, j, v, v.item())
[v for v in x[0]]
[v.item() for v in x[0]]
[v.item() for row in x for v in row]
a, b = x
a
a, b = x[0]
p, q, r = x[0]
q
first, *rest = x
rest
list(x[0])
tuple(x)
len(x)
len(torch.tensor(3))
iter(torch.tensor(3))
for v in torch.tensor(3):
    print(v)
list(zip(x[0], x[1]))
list(reversed(x[0]))
sorted(torch.tensor([3, 1, 2]))
max(torch.tensor([3, 1, 2]))
min(x[0])
sum(x[0])
sum(x)
max(x)
any(x[0]), all(x[0])
{v.item(): k for k, v in enumerate(x[0])}
x[0].tolist().index(2)
*x[0],
dict(zip("abc", x[0]))
next(iter(x))
list(map(int, x[0]))
list(map(float, x[1]))
list(filter(lambda v: v > 0, x[0]))
[*x]

# %% contains
import torch

x = torch.tensor([1, 2, 3])
2 in x
5 in x
2.0 in x
torch.tensor(2) in x
torch.tensor([1, 2, 3]) in x
"a" in x
None in x
[1] in x
2 in x.tolist()
x in [x]
x in [torch.tensor([1, 2, 3])]
x == None
x != None
x is None
x == "a"
x == [1, 2, 3]
x == (1, 2, 3)
x == {}
x < "a"
x < None
x == torch.tensor([1, 2])
x == torch.tensor([[1], [2]])
x == 2
x == True
x >= 2
1 < x
x.eq(2)
x.eq("a")
x.equal(torch.tensor([1, 2, 3]))
torch.equal(x, x.float())
torch.equal(x, torch.tensor([1, 2]))
torch.equal(x, [1, 2, 3])
bool(x)
bool(x[0])
bool(torch.tensor([]))
bool(torch.tensor([0]))
bool(torch.tensor([[1.5]]))
if x: print("yes")
if x[0]: print("yes")
if x.sum() > 3: print("big")
while x[0] < 3:
    x[0] += 1
x
1 < x[0] < 5
1 < x < 5
x[0] and 5
x[0] or 5
not x[0]

# %% functions
import torch

x = torch.arange(12.0).reshape(3, 4)
i = torch.tensor([2, 0])
x.index_select(0, i)
torch.index_select(x, 1, i)
x.index_select(2, i)
x.index_select(0, torch.tensor([[0]]))
x.index_select(0, [0])
x.gather(1, torch.tensor([[0], [1], [2]]))
x.gather(1, torch.tensor([0]))
x.take(i)
x.take(torch.tensor([100]))
x.take_along_dim(torch.tensor([[0], [1], [2]]), 1)
x.masked_select(x > 5)
x.masked_fill(x > 5, -1)
x.masked_fill(x > 5, torch.tensor([1.0, 2.0]))
x.masked_fill(x, 0)
x.scatter(1, torch.tensor([[0], [1], [2]]), 9)
x.scatter(1, torch.tensor([[0, 1]]), torch.tensor([[5.0, 6.0]]))
x.scatter_add(1, torch.tensor([[0], [1], [2]]), torch.ones(3, 1))
torch.zeros(3).scatter_(0, torch.tensor([5]), 1.0)
torch.zeros(3).scatter_(0, torch.tensor([0]), torch.tensor([1]))
x.index_add(0, i, torch.ones(2, 4))
x.index_fill(1, i, -1)
x.index_copy(0, i, torch.zeros(2, 4))
x.narrow(1, 1, 2)
x.narrow(1, 3, 2)
x.select(0, 1)
x.select(0, 7)
x.select(5, 0)
torch.select(x, 1, 0)
x.diagonal()
x.unfold(1, 2, 1)
x.unfold(1, 5, 1)
x.put_(torch.tensor([0]), torch.tensor([5.0]))
torch.argwhere(x > 9)
x.unbind(1)
torch.unbind(x)
