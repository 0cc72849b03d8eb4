# %% lstm_on_packed_sequences
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

torch.manual_seed(0)
sentences = [torch.randint(1, 12, (n,)) for n in (7, 3, 5, 4, 6, 2, 7, 5)]
labels = torch.tensor([int(s.sum()) % 3 for s in sentences])
lengths = torch.tensor([len(s) for s in sentences])
batch = pad_sequence(sentences, batch_first=True)
batch
lengths


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(12, 8, padding_idx=0)
        self.lstm = nn.LSTM(8, 16, num_layers=2, batch_first=True, bidirectional=True, dropout=0.2)
        self.out = nn.Linear(32, 3)

    def forward(self, x, lengths):
        packed = pack_padded_sequence(
            self.embedding(x), lengths, batch_first=True, enforce_sorted=False
        )
        _, (h, _) = self.lstm(packed)
        return self.out(torch.cat((h[-2], h[-1]), dim=1))


model = Classifier()
model
sum(p.numel() for p in model.parameters())
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
criterion = nn.CrossEntropyLoss()
for step in range(20):
    optimizer.zero_grad()
    loss = criterion(model(batch, lengths), labels)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    print(step, f"{loss.item():.4f}")

model.eval()
with torch.no_grad():
    print(model(batch, lengths).argmax(1))

packed = pack_padded_sequence(model.embedding(batch), lengths, True, enforce_sorted=False)
output, (h, c) = model.lstm(packed)
output.batch_sizes, output.sorted_indices
padded, found = pad_packed_sequence(output, batch_first=True)
padded.shape, found
padded[1, 3:].abs().sum()
torch.equal(padded[1, 2, :16], h[-2, 1])
h.shape, c.shape
h.grad_fn, output.data.grad_fn, padded.grad_fn

# %% lstm_step_by_step
import torch
from torch import nn

torch.manual_seed(1)
rnn = nn.LSTM(10, 20, 2)
input = torch.randn(5, 3, 10)
h0 = torch.randn(2, 3, 20)
c0 = torch.randn(2, 3, 20)
output, (hn, cn) = rnn(input, (h0, c0))
output.shape, hn.shape, cn.shape
output.grad_fn, hn.grad_fn
torch.equal(output[-1], hn[-1])
[name for name, _ in rnn.named_parameters()]
rnn.weight_ih_l0.shape, rnn.weight_hh_l1.shape, rnn.bias_ih_l0.shape
cell = nn.LSTMCell(10, 20)
with torch.no_grad():
    cell.weight_ih.copy_(rnn.weight_ih_l0)
    cell.weight_hh.copy_(rnn.weight_hh_l0)
    cell.bias_ih.copy_(rnn.bias_ih_l0)
    cell.bias_hh.copy_(rnn.bias_hh_l0)

first = nn.LSTM(10, 20)
first.load_state_dict(cell.state_dict())
first.load_state_dict({f"{name}_l0": value for name, value in cell.state_dict().items()})
h, c = torch.zeros(3, 20), torch.zeros(3, 20)
for x in input:
    h, c = cell(x, (h, c))

expected, (last, _) = first(input)
torch.allclose(h, expected[-1], atol=1e-6)
torch.allclose(last[0], h, atol=1e-6)
h.grad_fn, c.grad_fn

# %% gru_predicts_a_wave
import math
import torch
from torch import nn

torch.manual_seed(2)
wave = torch.tensor([math.sin(t / 3) for t in range(60)])
windows = wave.unfold(0, 11, 3)
x, y = windows[:, :-1].unsqueeze(-1), windows[:, -1:]
x.shape, y.shape


class Forecast(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.gru = nn.GRU(1, hidden, batch_first=True)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x):
        output, h = self.gru(x)
        return self.head(output[:, -1])


model = Forecast(8)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
for epoch in range(15):
    loss = nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"{epoch:2d} {loss.item():.4f}")

model(x[:2])
model.gru.weight_hh_l0.grad.shape
model.gru.all_weights[0][0].shape

# %% rnn_spells
import torch
from torch import nn

torch.manual_seed(3)
letters = sorted(set("hello world"))
index = {letter: i for i, letter in enumerate(letters)}
ids = torch.tensor([index[letter] for letter in "hello world"])
x = nn.functional.one_hot(ids[:-1], len(letters)).float()
rnn = nn.RNN(len(letters), 12, nonlinearity="tanh")
head = nn.Linear(12, len(letters))
optimizer = torch.optim.AdamW([*rnn.parameters(), *head.parameters()], lr=0.05)
for step in range(20):
    output, h = rnn(x)
    loss = nn.functional.cross_entropy(head(output), ids[1:])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.4f}", end=" ")

output.shape, h.shape, output.grad_fn, h.grad_fn
"".join(letters[i] for i in head(output).argmax(1))
rnn(x.unsqueeze(0))
rnn(x, torch.zeros(2, 12))
rnn(x, torch.zeros(1, 13))
rnn(x[:, :3])
rnn(x.double())
nn.RNN(3, 4, dropout=0.5)

# %% padding_beside_packing
import torch
from torch.nn.utils.rnn import (
    pack_padded_sequence,
    pack_sequence,
    pad_packed_sequence,
    pad_sequence,
    unpack_sequence,
    unpad_sequence,
)

a, b, c = torch.tensor([1, 2, 3]), torch.tensor([4, 5]), torch.tensor([6])
pad_sequence([a, b, c])
pad_sequence([a, b, c], batch_first=True)
pad_sequence([a, b, c], batch_first=True, padding_value=-1)
pad_sequence([c, a, b], batch_first=True, padding_side="left")
pack_sequence([a, b, c])
pack_sequence([c, a, b])
pack_sequence([c, a, b], enforce_sorted=False)
pad_packed_sequence(pack_sequence([c, a, b], enforce_sorted=False), batch_first=True)
pad_packed_sequence(pack_sequence([a, b, c]), total_length=5)
unpack_sequence(pack_sequence([c, a, b], enforce_sorted=False))
batch = pad_sequence([a, b, c], batch_first=True)
batch == 0
(batch != 0).sum(1)
unpad_sequence(batch, (batch != 0).sum(1), batch_first=True)
pack_padded_sequence(batch, (batch != 0).sum(1), batch_first=True)
pack_padded_sequence(batch, [3, 2, 0], batch_first=True)
pack_padded_sequence(batch, [1, 2, 3], batch_first=True)
pack_padded_sequence(batch, [3, 2], batch_first=True)
pad_sequence([])
pad_sequence([torch.ones(2, 3), torch.ones(2, 4)])
