# %% encoder_layer_trains
import torch
from torch import nn

torch.manual_seed(0)
layer = nn.TransformerEncoderLayer(8, nhead=2, dim_feedforward=16, dropout=0.1, batch_first=True)
head = nn.Linear(8, 4)
optimizer = torch.optim.Adam([*layer.parameters(), *head.parameters()], lr=0.01)
x = torch.randn(4, 5, 8)
target = torch.randint(4, (4, 5))
mask = nn.Transformer.generate_square_subsequent_mask(5)
for step in range(20):
    optimizer.zero_grad()
    y = head(layer(x, src_mask=mask, is_causal=True))
    loss = nn.functional.cross_entropy(y.flatten(0, 1), target.flatten())
    loss.backward()
    norm = nn.utils.clip_grad_norm_(layer.parameters(), 1.0)
    optimizer.step()
    print(step, f"{loss.item():.4f} {norm.item():.4f}")
layer.eval()
with torch.no_grad():
    print(layer(x[:1], src_mask=mask)[0, :2])
layer
list(layer.state_dict())

# %% translation
import torch
from torch import nn

torch.manual_seed(1)
words = nn.Embedding(7, 8, padding_idx=0)
model = nn.Transformer(8, 2, 1, 1, 16, dropout=0.0, batch_first=True)
out = nn.Linear(8, 7)
source = torch.tensor([[1, 2, 3, 0], [4, 5, 6, 1]])
target = torch.tensor([[3, 2, 1, 0], [1, 6, 5, 4]])
parameters = [*words.parameters(), *model.parameters(), *out.parameters()]
optimizer = torch.optim.SGD(parameters, lr=0.1, momentum=0.9)
hidden = source == 0
causal = nn.Transformer.generate_square_subsequent_mask(3)
criterion = nn.CrossEntropyLoss(ignore_index=0, label_smoothing=0.1)
for step in range(8):
    y = model(
        words(source),
        words(target[:, :-1]),
        tgt_mask=causal,
        src_key_padding_mask=hidden,
        memory_key_padding_mask=hidden,
    )
    loss = criterion(out(y).transpose(1, 2), target[:, 1:])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"{loss.item():.4f}")
sum(p.numel() for p in model.parameters())

# %% attention
import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
attention = nn.MultiheadAttention(4, 2, batch_first=True)
attention
x = torch.randn(1, 3, 4)
y, weights = attention(x, x, x)
y
weights
weights.sum(-1)
attention(x, x, x, average_attn_weights=False)[1].shape
attention(x, x, x, need_weights=False)[1]
attention(x, x, x, attn_mask=torch.ones(3, 3).triu(1).bool())[1]
attention(x, x, x, attn_mask=torch.ones(2, 2).bool())
attention(x, x, x, is_causal=True)
attention(torch.randn(1, 3, 5), x, x)
nn.MultiheadAttention(5, 2)
q = torch.randn(1, 2, 3, 4, requires_grad=True)
F.scaled_dot_product_attention(q, q, q, is_causal=True)
F.scaled_dot_product_attention(q[0], q[0], q[0], is_causal=True)
F.scaled_dot_product_attention(q, q, q, torch.zeros(3, 3, dtype=torch.bool))
F.scaled_dot_product_attention(q, q, q.double())
nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8), 2)
nn.Transformer(4, 2, 1, 1, 8)(torch.ones(2, 1, 4), torch.ones(2, 1, 5))
