# %% views
import torch

a = torch.arange(6)
b = a.view(2, 3)
c = b.t()
b[0, 0] = 9
print(a)
print(c)
a.stride(), b.stride(), c.stride()

# %% gradient
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = (x**2).sum()
y.backward()
print(y)
x.grad

# %% line
import torch

torch.manual_seed(0)
x = torch.linspace(-1, 1, 20).unsqueeze(1)
y = 3 * x + 1
model = torch.nn.Linear(1, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(1, 101):
    loss = torch.nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 20 == 0:
        print(f"step {step}: loss {loss.item():.4f}")

# %% graph
import torch

from reference_impl import draw

w = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(1.0, requires_grad=True)
loss = (w * 3 + b - 5) ** 2
draw.graph(loss, loss=loss, w=w, b=b)

# %% error raises="RuntimeError"
import torch

a = torch.ones(2, 3)
b = torch.ones(4, 3)
torch.cat((a, b), dim=1)
