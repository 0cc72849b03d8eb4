# %% matmul raises="RuntimeError"
import torch
from torch import nn

x = torch.zeros(3, 4)
nn.Linear(2, 1)(x)

# %% matmul-fixed
nn.Linear(x.shape[-1], 1)(x).shape  # (1)!

# %% broadcast raises="RuntimeError"
table, column = torch.ones(2, 3), torch.tensor([10.0, 20.0])
table + column

# %% broadcast-fixed
table + column.unsqueeze(1)  # (1)!

# %% count raises="RuntimeError"
torch.zeros(6).view(4, 2)

# %% count-fixed
torch.zeros(6).view(-1, 2).shape  # (1)!

# %% stride raises="RuntimeError"
turned = torch.arange(6).view(2, 3).t()
turned.view(6)

# %% stride-fixed
turned.reshape(6)  # (1)!

# %% order raises="RuntimeError"
torch.zeros(2, 3, 4).permute(0, 2)

# %% order-fixed
torch.zeros(2, 3, 4).permute(0, 2, 1).shape, torch.zeros(2, 3, 4).mT.shape  # (1)!

# %% dim raises="IndexError"
torch.zeros(2, 3).sum(dim=2)

# %% dim-fixed
torch.zeros(2, 3).sum(dim=-1).shape  # (1)!

# %% cat raises="RuntimeError"
above, below = torch.zeros(2, 3), torch.zeros(4, 3)
torch.cat((above, below), dim=1)

# %% cat-fixed
torch.cat((above, below), dim=0).shape  # (1)!

# %% dims raises="RuntimeError"
torch.cat((torch.zeros(2, 3), torch.zeros(3)))

# %% dims-fixed
torch.cat((torch.zeros(2, 3), torch.zeros(3).unsqueeze(0))).shape  # (1)!

# %% ragged raises="ValueError"
torch.tensor([[1, 2], [3]])

# %% ragged-fixed
from torch.nn.utils.rnn import pad_sequence

pad_sequence([torch.tensor([1, 2]), torch.tensor([3])], batch_first=True)  # (1)!

# %% channels raises="RuntimeError"
sentences = torch.zeros(2, 5, 8)
conv = nn.Conv1d(8, 3, kernel_size=2)
conv(sentences)

# %% channels-fixed
conv(sentences.permute(0, 2, 1)).shape  # (1)!

# %% kernel raises="RuntimeError"
one = torch.zeros(1, 8, 1)
conv(one)

# %% kernel-fixed
conv(nn.functional.pad(one, (0, 1))).shape  # (1)!

# %% target
predicted, wanted = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([1.0, 2.0, 3.0])
nn.functional.mse_loss(predicted, wanted)

# %% target-fixed
nn.functional.mse_loss(predicted.squeeze(1), wanted)  # (1)!

# %% index raises="IndexError"
row = torch.tensor([1, 2, 3])
row[3]

# %% index-fixed
row[2], row[-1]  # (1)!

# %% item raises="RuntimeError"
losses = torch.tensor([0.5, 1.5])
losses.item()

# %% item-fixed
losses.mean().item(), losses.tolist()  # (1)!

# %% ambiguous raises="RuntimeError"
if losses > 1:
    print("large")

# %% ambiguous-fixed
bool((losses > 1).any()), bool((losses > 1).all())  # (1)!
