# %% raw
chinese = "这部电影 这本书 这首歌 这家店 今天的饭 这道菜 这幅画 这杯茶"
english = "movie book song shop food dish picture tea"
good = ["我喜欢{}。", "{}很好！", "{}不差。"]
good += ["I love the {}!", "The {} is very good!", "The {} is not bad."]
bad = ["我讨厌{}！", "{}很差。", "{}不好……"]
bad += ["I hate the {}!", "The {} is very bad...", "The {} is not good."]
lines = []
for label, cues in ((0, bad), (1, good)):
    for number, cue in enumerate(cues):
        for subject in (chinese if number < 3 else english).split():
            lines.append(f"{label}\t{cue.format(subject)}")
lines[0], lines[-1], len(lines)

# %% clean
import re


def tokenize(text):
    return re.findall(r"[a-z]+|[\u4e00-\u9fff]", text.lower())  # (1)!


samples = []
for line in lines:
    label, text = line.split("\t")
    samples.append((tokenize(text), int(label)))
samples[0], samples[-1]

# %% split
import torch
from torch.utils.data import random_split

generator = torch.Generator().manual_seed(1)
training, validation = random_split(samples, [72, 24], generator)  # (1)!
print(len(training), sum(label for tokens, label in training))
validation[0]

# %% vocabulary
vocabulary = {"<pad>": 0, "<unk>": 1}
for tokens, label in training:  # (1)!
    for token in tokens:
        vocabulary.setdefault(token, len(vocabulary))


def encode(tokens):
    return torch.tensor([vocabulary.get(token, 1) for token in tokens])


print(len(vocabulary))
encode(tokenize("This shop is NOT bad!!"))

# %% batches
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader


def collate(samples):
    rows = [encode(tokens) for tokens, label in samples]
    rows.append(torch.zeros(3, dtype=torch.int64))  # (1)!
    ids = pad_sequence(rows, batch_first=True)[:-1]
    return ids, torch.tensor([label for tokens, label in samples])


torch.manual_seed(0)
loader = DataLoader(training, 12, shuffle=True, collate_fn=collate)
[tuple(ids.shape) for ids, labels in loader]  # (2)!

# %% picture
from reference_impl import draw

ids, labels = next(iter(loader))
draw.padding(ids[:5], names=("ids[:5]",))

# %% model
from torch import nn


class TextCNN(nn.Module):
    def __init__(self, words, size=8, count=8, widths=(2, 3)):
        super().__init__()
        self.embed = nn.Embedding(words, size, padding_idx=0)
        self.convs = nn.ModuleList(nn.Conv1d(size, count, k) for k in widths)
        self.out = nn.Linear(count * len(widths), 2)

    def forward(self, ids):
        channels = self.embed(ids).permute(0, 2, 1)
        features = [self.pool(conv, channels, ids) for conv in self.convs]
        return self.out(torch.cat(features, dim=1))

    def pool(self, conv, channels, ids):
        padded = ids[:, conv.kernel_size[0] - 1 :] == 0  # (1)!
        maps = conv(channels).relu().masked_fill(padded.unsqueeze(1), 0)
        return maps.amax(dim=2)


# %% masked
torch.manual_seed(0)
model = TextCNN(len(vocabulary))
short = encode(tokenize("这家店不好")).unsqueeze(0)
longer = nn.functional.pad(short, (0, 10))
torch.allclose(model(short), model(longer))


# %% evaluate
def evaluate(model, samples):
    ids, labels = collate(samples)
    with torch.no_grad():
        logits = model(ids)
    loss = nn.functional.cross_entropy(logits, labels)
    return loss.item(), (logits.argmax(dim=1) == labels).sum().item()


evaluate(model, validation)

# %% train
from copy import deepcopy

optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
lowest = float("inf")
for epoch in range(1, 31):
    for ids, labels in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(ids), labels).backward()
        optimizer.step()
    loss, right = evaluate(model, validation)
    if loss < lowest:
        lowest, best = loss, deepcopy(model.state_dict())  # (1)!
    if epoch % 5 == 0:
        print(f"epoch {epoch:2}  loss {loss:.4f}  {right} of 24")

# %% save
import io

file = io.BytesIO()  # (1)!
torch.save({"weights": best, "vocabulary": vocabulary}, file)
file.seek(0)
loaded = torch.load(file)  # (2)!
vocabulary = loaded["vocabulary"]
model = TextCNN(len(vocabulary))
model.load_state_dict(loaded["weights"])


# %% predict
def predict(text):
    ids, _ = collate([(tokenize(text), 0)])  # (1)!
    with torch.no_grad():
        return model(ids).softmax(dim=1)[0, 1].item()


for text in ["这首歌不差！", "I hate the food...", "This shop is NOT bad!!"]:
    print(f"{predict(text):.3f} {text}")

# %% mistakes
chances = [predict(" ".join(tokens)) for tokens, label in validation]
for (tokens, label), chance in zip(validation, chances):
    if (chance > 0.5) != label:  # (1)!
        print(f"{chance:.3f} {label} {' '.join(tokens)}")

# %% shortcut
for word in ["shop", "饭", "book"]:
    labels = [label for tokens, label in training if word in tokens]
    print(word, f"{sum(labels)} of {len(labels)}")  # (1)!
