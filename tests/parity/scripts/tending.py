"""What is done to the weights of a layer: pruned, kept orthogonal, joined with a batch norm."""

# %% pruning
import torch
from torch import nn
from torch.nn.utils import prune

layer = nn.Linear(4, 3)
prune.is_pruned(layer)
prune.l1_unstructured(layer, "weight", amount=0.3) is layer
layer.weight
list(layer.named_parameters())
list(layer.named_buffers())
layer._forward_pre_hooks.values()
layer(torch.ones(1, 4)).sum().backward()
layer.weight_orig.grad
prune.random_unstructured(layer, name="weight", amount=2)
layer.weight_mask
[type(m) for m in list(layer._forward_pre_hooks.values())[0]]
prune.is_pruned(nn.Sequential(layer))
sorted(layer.state_dict())
prune.remove(layer, "weight")
layer.weight
list(layer.named_parameters())
prune.remove(layer, "weight")
prune.random_unstructured(layer, "bias", 0.5).bias
prune.ln_structured(nn.Linear(4, 3), "weight", 0.5, n=2, dim=0).weight
prune.ln_structured(nn.Conv1d(2, 4, 3), "weight", 1, n=1, dim=0).weight_mask.sum((1, 2))
prune.random_structured(nn.Linear(4, 3), "weight", amount=1, dim=1).weight_mask
prune.identity(nn.Linear(2, 2), "weight").weight
prune.custom_from_mask(nn.Linear(2, 2), "bias", torch.tensor([0, 1])).bias
twice = prune.ln_structured(nn.Linear(4, 3), "weight", 1, n=2, dim=0)
prune.ln_structured(twice, "weight", 1, n=2, dim=0).weight_mask
net = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
pairs = [(net[0], "weight"), (net[2], "weight")]
prune.global_unstructured(pairs, pruning_method=prune.L1Unstructured, amount=0.5)
[(m.weight == 0).sum() for m, _ in pairs]
prune.global_unstructured(pairs, pruning_method=prune.LnStructured, amount=0.5, n=2)
prune.l1_unstructured(nn.Linear(2, 2), "weight", 5)
prune.l1_unstructured(nn.Linear(2, 2), "weight", -1)
prune.l1_unstructured(nn.Linear(2, 2), "weight", 1.5)
prune.l1_unstructured(nn.Linear(2, 2), "weight", "a")
prune.l1_unstructured(nn.Linear(2, 2), "wait", 1)
prune.ln_structured(nn.Linear(2, 2), "bias", 1, n=2, dim=0)
prune.ln_structured(nn.Linear(2, 2), "weight", 1, n=2, dim=2)
prune.L1Unstructured(amount=0.5).prune(torch.tensor([1.0, -3.0, 2.0, 0.5]))
prune.L1Unstructured


class Every(prune.BasePruningMethod):
    PRUNING_TYPE = "unstructured"

    def compute_mask(self, t, default_mask):
        mask = default_mask.clone()
        mask.view(-1)[::2] = 0
        return mask


Every.apply(nn.Linear(3, 2), "weight")._tensor_name

# %% pruned_training
import torch
from torch import nn
from torch.nn.utils import prune

net = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 1))
prune.l1_unstructured(net[0], "weight", 0.4)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(8, 3), torch.randn(8, 1)
for step in range(5):
    optimizer.zero_grad()
    loss = (net(x) - y).square().mean()
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.4f}")

prune.remove(net[0], "weight")
net[0].weight

# %% orthogonal_weights
import torch
import torch.nn.utils.parametrizations as P
from torch import nn

square = P.orthogonal(nn.Linear(3, 3))
square
square.weight
torch.allclose(square.weight @ square.weight.T, torch.eye(3), atol=1e-6)
square.parametrizations.weight.original
square(torch.ones(2, 3)).sum().backward()
square.parametrizations.weight.original.grad
tall = P.orthogonal(nn.Linear(2, 4))
tall.weight
torch.allclose(tall.weight.T @ tall.weight, torch.eye(2), atol=1e-6)
tall(torch.ones(1, 2)).square().sum().backward()
wide = P.orthogonal(nn.Linear(4, 2), orthogonal_map="cayley")
wide.weight
wide(torch.ones(1, 4)).sum().backward()
wide.parametrizations.weight.original.grad
P.orthogonal(nn.Linear(2, 2), "bias")
P.orthogonal(nn.Linear(2, 2), "wait")
P.orthogonal(nn.Linear(2, 2), orthogonal_map="x")
P.orthogonal(nn.Linear(4, 2), orthogonal_map="cayley", use_trivialization=False).weight
optimizer = torch.optim.SGD(square.parameters(), lr=0.1)
for step in range(3):
    optimizer.zero_grad()
    loss = (square(torch.eye(3)) - torch.eye(3).flip(0)).square().sum()
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.4f}")


# %% fused_with_batch_norm
import torch
from torch import nn
from torch.nn.utils import fuse_conv_bn_eval, fuse_conv_bn_weights, fuse_linear_bn_eval

conv, norm = nn.Conv2d(2, 3, 2), nn.BatchNorm2d(3)
_ = norm(conv(torch.randn(4, 2, 5, 5)))
fuse_conv_bn_eval(conv, norm)
fused = fuse_conv_bn_eval(conv.eval(), norm.eval())
fused
fused.weight
fused.bias
x = torch.randn(1, 2, 3, 3)
torch.allclose(fused(x), norm(conv(x)), atol=1e-6)
fuse_conv_bn_eval(nn.Conv1d(2, 3, 2, bias=False).eval(), nn.BatchNorm1d(3).eval()).bias
fuse_conv_bn_eval(nn.ConvTranspose1d(2, 3, 2).eval(), nn.BatchNorm1d(3).eval(), True).weight
fuse_linear_bn_eval(nn.Linear(2, 3).eval(), nn.BatchNorm1d(3).eval()).weight
fuse_linear_bn_eval(nn.Linear(2, 3).eval(), nn.BatchNorm1d(4).eval())
fuse_conv_bn_eval(conv, nn.BatchNorm2d(3, track_running_stats=False).eval())
