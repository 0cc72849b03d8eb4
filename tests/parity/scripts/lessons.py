# %% linear_regression
import torch

torch.manual_seed(0)
X = torch.normal(0, 1, (100, 2))
true_w, true_b = torch.tensor([2.0, -3.4]), 4.2
y = X @ true_w + true_b
y += torch.normal(0, 0.01, y.shape)
w = torch.normal(0, 0.01, size=(2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(3):
    for i in range(0, 100, 10):
        loss = ((X[i:i + 10] @ w + b - y[i:i + 10].reshape(-1, 1)) ** 2 / 2).mean()
        loss.backward()
        with torch.no_grad():
            for p in (w, b):
                p -= 0.03 * p.grad
                p.grad.zero_()
    print(f"epoch {epoch + 1}, loss {float(loss.detach()):f}")
w, b
true_w - w.reshape(true_w.shape)
w.grad, b.grad
w.shape, b.shape

# %% softmax_by_hand
import torch

X = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
X.sum(0, keepdim=True), X.sum(1, keepdim=True)
def softmax(X):
    X_exp = torch.exp(X)
    return X_exp / X_exp.sum(1, keepdim=True)
softmax(X)
softmax(X).sum(1)
y = torch.tensor([0, 2])
y_hat = torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]])
y_hat[[0, 1], y]
-torch.log(y_hat[range(len(y_hat)), y])
y_hat.argmax(axis=1)
(y_hat.argmax(axis=1).type(y.dtype) == y).type(torch.float32).sum()
float((y_hat.argmax(1) == y).float().mean())
torch.nn.functional.one_hot(y)
torch.nn.functional.one_hot(y, 3)[0].dtype

# %% convolution_by_hand
import torch

def corr2d(X, K):
    h, w = K.shape
    Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + h, j:j + w] * K).sum()
    return Y
X = torch.arange(9.0).reshape(3, 3)
K = torch.tensor([[0.0, 1.0], [2.0, 3.0]])
corr2d(X, K)
X = torch.ones((6, 8))
X[:, 2:6] = 0
X
corr2d(X, torch.tensor([[1.0, -1.0]]))
corr2d(X.t(), torch.tensor([[1.0, -1.0]]))

# %% attention_by_hand
import torch

q = torch.arange(6.0).reshape(1, 2, 3) / 10
k = torch.arange(6.0).flip(0).reshape(1, 2, 3) / 10
scores = q @ k.transpose(-2, -1) / 3 ** 0.5
scores
scores.softmax(-1)
mask = torch.tril(torch.ones(2, 2)).bool()
scores.masked_fill(~mask, float("-inf"))
scores.masked_fill(~mask, float("-inf")).softmax(-1)
torch.where(mask, scores, -torch.inf)
scores.softmax(-1) @ k
(q @ k.mT).shape
torch.einsum("bqd,bkd->bqk", q, k)
q.repeat(2, 1, 1).shape
q.view(1, 2, 1, 3).transpose(1, 2).shape
q.view(1, 2, 1, 3).transpose(1, 2).reshape(2, 3)

# %% autograd_lesson
import torch

x = torch.arange(4.0)
x.requires_grad_(True)
x.grad
y = 2 * torch.dot(x, x)
y
y.backward()
x.grad
x.grad == 4 * x
x.grad.zero_()
y = x.sum()
y.backward()
x.grad
x.grad.zero_()
y = x * x
y.sum().backward()
x.grad
x.grad.zero_()
y = x * x
u = y.detach()
z = u * x
z.sum().backward()
x.grad == u
def f(a):
    b = a * 2
    while b.norm() < 1000:
        b = b * 2
    return b if b.sum() > 0 else 100 * b
a = torch.tensor(0.7, requires_grad=True)
d = f(a)
d.backward()
a.grad == d / a
a.grad

# %% statistics_lesson
import torch

torch.manual_seed(3)
data = torch.randn(5, 3)
data
data.mean(0), data.std(0)
(data - data.mean(0)) / data.std(0)
data.min(), data.max()
data.min(0).values
data[data[:, 0].argsort()]
data[data[:, 0] > 0]
data.sort(0)[0]
data.abs().sum(1).topk(2)
torch.cat([data, data.mean(0, keepdim=True)])
data.round(decimals=2)
(data * 100).round() / 100
data.quantile(0.5, dim=0)
data.cumsum(0)[-1] - data.sum(0)
data.clamp(-1, 1)
data.norm(dim=1)
data / data.norm(dim=1, keepdim=True)
torch.histc(data, 4, -2, 2)
data.flatten().tolist()[:2]
torch.bincount((data > 0).sum(1))
torch.corrcoef(data.T)

# %% modules
import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
net
x = torch.tensor([[1.0, 2.0]])
net(x)
for name, p in net.named_parameters():
    print(name, p.shape, p.requires_grad)
sum(p.numel() for p in net.parameters())
net[0].weight
net[0].bias
list(net.state_dict())
loss = (net(x) - 1).pow(2).mean()
loss.backward()
net[0].weight.grad
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
optimizer.step()
optimizer.zero_grad()
net[0].weight.grad
net(x)
net(torch.ones(3))
net.train(False).training
net.eval()
isinstance(net, nn.Module)
net[0].in_features
len(net)
net[0] is net.get_submodule("0")
nn.Linear(2)
nn.Linear(2, 3, bias=False)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 2)
        self.scale = nn.Parameter(torch.ones(1))
    def forward(self, x):
        return self.a(x) * self.scale
Net()
Net()(x).shape
[n for n, _ in Net().named_parameters()]
nn.functional.mse_loss(torch.ones(2), torch.zeros(2))
nn.functional.cross_entropy(torch.zeros(1, 3), torch.tensor([1]))
nn.functional.relu(torch.tensor([-1.0, 2.0]))
