# %% trapezoids
import torch

y = torch.tensor([[1.0, 2.0, 4.0], [4.0, 5.0, 7.0]])
torch.trapezoid(y)
torch.trapezoid(y, dim=0)
torch.trapezoid(y, torch.tensor([0.0, 1.0, 3.0]))
torch.trapezoid(y, y)
torch.trapezoid(torch.tensor([1, 2, 3]), dx=2)
torch.trapezoid(torch.tensor([1.0]))
torch.trapezoid(torch.tensor(1.0))
torch.trapezoid(y, dx="a")
torch.trapezoid()
torch.trapz(y), torch.trapz(y, torch.tensor([0.0, 1.0, 3.0]))
torch.cumulative_trapezoid(y)
torch.cumulative_trapezoid(y, torch.tensor([0.0, 1.0, 3.0]))
x = torch.tensor([1.0, 2.0, 4.0], requires_grad=True)
torch.trapezoid(x), torch.trapezoid(x, x), torch.cumulative_trapezoid(x)
torch.trapezoid(x, x).backward()
x.grad
torch.trapezoid(x, dx=0.5).backward()
x.grad

# %% applied
import torch

a = torch.arange(6.0).reshape(2, 3)
a.t().apply_(lambda v: v + 1)
a
a.map_(torch.tensor([1.0, 2.0, 3.0]), lambda v, w: v * w)
a._version
torch.ones(2, dtype=torch.int64).apply_(lambda v: v + 0.7)
torch.tensor([True, False]).apply_(lambda v: not v)
torch.ones(2).map_(torch.ones(3), lambda v, w: v)
torch.ones(2).apply_(1)
torch.ones(2, requires_grad=True).apply_(lambda v: v)
torch.ones(2, device="meta").apply_(lambda v: v)
torch.ones(2).is_cpu, torch.ones(2, device="meta").is_cpu
torch.as_tensor([1, 2], dtype=torch.float64)
