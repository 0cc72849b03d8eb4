# %% text_cnn
import torch
import torch.nn.functional as F
from torch import nn


class TextCNN(nn.Module):
    def __init__(self, words=30, dim=6, kinds=4, sizes=(2, 3)):
        super().__init__()
        self.embedding = nn.Embedding(words, dim, padding_idx=0)
        self.convs = nn.ModuleList([nn.Conv1d(dim, kinds, size) for size in sizes])
        self.dropout = nn.Dropout(0.2)
        self.out = nn.Linear(kinds * len(sizes), 2)

    def forward(self, x):
        x = self.embedding(x).transpose(1, 2)
        found = [F.relu(conv(x)).max(dim=2).values for conv in self.convs]
        return self.out(self.dropout(torch.cat(found, dim=1)))


_ = torch.manual_seed(3)
model = TextCNN()
texts, labels = torch.randint(1, 30, (12, 7)), torch.randint(0, 2, (12,))
texts[::3, 5:] = 0
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
for step in range(20):
    optimizer.zero_grad()
    loss = F.cross_entropy(model(texts), labels)
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.4f}")

# %% lstm_on_packed
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

_ = torch.manual_seed(4)
lengths = torch.tensor([3, 5, 2, 4])
batch = pad_sequence([torch.randn(n, 3) for n in lengths.tolist()], batch_first=True)
lstm = nn.LSTM(3, 5, num_layers=2, batch_first=True, bidirectional=True)
head = nn.Linear(10, 1)
target = torch.randn(4, 5, 1)
mask = (torch.arange(5)[None] < lengths[:, None]).unsqueeze(2)
optimizer = torch.optim.SGD([*lstm.parameters(), *head.parameters()], lr=0.3, momentum=0.5)
for step in range(20):
    optimizer.zero_grad()
    packed = pack_padded_sequence(batch, lengths, batch_first=True, enforce_sorted=False)
    found, _ = pad_packed_sequence(lstm(packed)[0], batch_first=True)
    loss = ((head(found) - target).square() * mask).sum() / mask.sum()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(lstm.parameters(), 1.0)
    optimizer.step()
    print(f"{loss.item():.4f}")

# %% small_cnn
import torch
from torch import nn

_ = torch.manual_seed(5)
model = nn.Sequential(
    nn.Conv2d(1, 3, 3, padding=1),
    nn.BatchNorm2d(3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(3, 4, 3),
    nn.ReLU(),
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
    nn.Linear(4, 3),
)
images, labels = torch.randn(6, 1, 8, 8), torch.tensor([0, 1, 2, 0, 1, 2])
optimizer = torch.optim.AdamW(model.parameters(), lr=0.03, weight_decay=0.01)
schedule = torch.optim.lr_scheduler.StepLR(optimizer, 8, gamma=0.5)
for step in range(20):
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(images), labels, label_smoothing=0.1)
    loss.backward()
    optimizer.step()
    schedule.step()
    print(f"{loss.item():.4f}")

# %% transformer_layer
import torch
from torch import nn

_ = torch.manual_seed(6)
layer = nn.TransformerEncoderLayer(8, 2, 12, dropout=0.1, batch_first=True, norm_first=True)
head = nn.Linear(8, 5)
x, target = torch.randn(3, 4, 8), torch.randint(0, 5, (3, 4))
padded = torch.tensor([[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 1]]).bool()
causal = nn.Transformer.generate_square_subsequent_mask(4)
optimizer = torch.optim.Adam([*layer.parameters(), *head.parameters()], lr=0.02)
for step in range(20):
    optimizer.zero_grad()
    out = head(layer(x, src_mask=causal, src_key_padding_mask=padded.float() * -1e9))
    loss = nn.functional.cross_entropy(out.flatten(0, 1), target.flatten())
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.4f}")
