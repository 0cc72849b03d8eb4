# %% cnn_trains
import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 3, padding=1)
        self.norm = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 8, 3)
        self.drop = nn.Dropout(0.25)
        self.fc = nn.Linear(8 * 2 * 2, 3)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.norm(self.conv1(x))), 2)
        x = F.relu(self.conv2(x))
        return self.fc(self.drop(x.flatten(1)))


net = Net()
x = torch.randn(6, 1, 8, 8)
y = torch.tensor([0, 1, 2, 0, 1, 2])
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)
for step in range(20):
    optimizer.zero_grad()
    loss = F.cross_entropy(net(x), y)
    loss.backward()
    optimizer.step()
    print(step, f"{loss.item():.4f}")
net.eval()
net(x).argmax(1)
net

# %% up_and_down
import torch
import torch.nn.functional as F
from torch import nn

x = torch.arange(9.0).reshape(1, 1, 3, 3)
F.interpolate(x, scale_factor=2)
F.interpolate(x, size=(2, 4), mode="bilinear")
F.interpolate(x, size=(2, 4), mode="bilinear", align_corners=True)
F.interpolate(x, size=5, mode="bicubic")
F.interpolate(x, size=2, mode="area")
F.interpolate(x, size=2, mode="linear")
F.interpolate(x)
nn.Upsample(scale_factor=2, mode="bilinear")
nn.Upsample(scale_factor=2, mode="bilinear")(x.requires_grad_())
F.interpolate(x, size=2, mode="bilinear").sum().backward()
x.grad

# %% words_in_bags
import torch
from torch import nn

torch.manual_seed(0)
bag = nn.EmbeddingBag(6, 3, mode="mean", padding_idx=0)
bag
model = nn.Sequential(nn.Linear(3, 2))
words = torch.tensor([1, 2, 3, 4, 5, 0, 2])
starts = torch.tensor([0, 3, 5])
optimizer = torch.optim.Adagrad([*bag.parameters(), *model.parameters()], lr=0.5)
for step in range(5):
    loss = nn.functional.cross_entropy(model(bag(words, starts)), torch.tensor([0, 1, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.4f}")
bag.weight
bag(words.view(1, 7))
bag(words)

# %% metric_losses
import torch
from torch import nn

torch.manual_seed(0)
net = nn.Linear(4, 3)
anchor, positive, negative = torch.randn(3, 5, 4)
optimizer = torch.optim.AdamW(net.parameters(), lr=0.05)
for step in range(6):
    loss = nn.TripletMarginLoss(margin=1.0)(net(anchor), net(positive), net(negative))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.4f}")
sign = torch.tensor([1.0, -1.0, 1.0, 1.0, -1.0])
nn.CosineEmbeddingLoss(0.2)(net(anchor), net(positive), sign)
nn.MarginRankingLoss(0.1)(net(anchor)[:, 0], net(positive)[:, 0], sign)
nn.HingeEmbeddingLoss()(net(anchor).sum(1), sign)
nn.MultiMarginLoss()(net(anchor), torch.tensor([0, 1, 2, 1, 0]))
nn.MultiLabelSoftMarginLoss()(net(anchor), torch.ones(5, 3))
logs = torch.randn(6, 2, 4).log_softmax(2).requires_grad_()
nn.CTCLoss()(logs, torch.tensor([[1, 2], [3, 3]]), torch.tensor([6, 6]), torch.tensor([2, 2]))
