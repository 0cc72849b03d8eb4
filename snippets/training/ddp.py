# %% setup torch_only="it takes several processes"
import os

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

x = torch.arange(32.0).reshape(16, 2) / 32
data = TensorDataset(x, x @ torch.tensor([[2.0], [-3.0]]) + 1)


# %% train torch_only="it takes several processes"
def train(rank, size):
    torch.manual_seed(rank)  # (1)!
    line = nn.Linear(2, 1)
    model = DistributedDataParallel(line)  # (2)!
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    sampler = DistributedSampler(data)  # (3)!
    loader = DataLoader(data, batch_size=8 // size, sampler=sampler)
    for epoch in range(2):
        sampler.set_epoch(epoch)  # (4)!
        for inputs, targets in loader:
            loss = nn.functional.mse_loss(model(inputs), targets)
            optimizer.zero_grad()
            loss.backward()  # (5)!
            optimizer.step()
        tell(f"process {rank}: loss {loss:.4f}, weights {line.weight.data}")


# %% tell torch_only="it takes several processes"
def tell(line):
    lines = [None] * dist.get_world_size()
    dist.all_gather_object(lines, line)  # (1)!
    if dist.get_rank() == 0:
        print("\n".join(lines))


# %% start torch_only="it takes several processes"
if "RANK" in os.environ:  # (1)!
    dist.init_process_group("gloo")  # (2)!
    train(dist.get_rank(), dist.get_world_size())
    dist.destroy_process_group()
