# %% sentences
chinese = ["这部电影", "这本书", "这首歌", "这家店", "今天的饭"]
english = ["the movie", "the book", "the song", "the shop", "the food"]
good = ["我喜欢{}", "{}很好", "{}不差"]
good += ["i love {}", "{} is very good", "{} is not bad"]
bad = ["我讨厌{}", "{}很差", "{}不好"]
bad += ["i hate {}", "{} is very bad", "{} is not good"]
train_set, test_set = [], []
for label, cues in enumerate((bad, good)):  # (1)!
    for number, cue in enumerate(cues):
        for at, subject in enumerate(chinese if number < 3 else english):
            kept = test_set if at == number % 5 else train_set  # (2)!
            kept.append((cue.format(subject), label))
print(len(train_set), len(test_set))
train_set[-1], test_set[-1]


# %% vocabulary
def tokenize(sentence):
    return sentence.split() if sentence.isascii() else list(sentence)  # (1)!


vocabulary = {"<pad>": 0, "<unk>": 1}
for sentence, label in train_set:  # (2)!
    for token in tokenize(sentence):
        vocabulary.setdefault(token, len(vocabulary))
longest = max(len(tokenize(sentence)) for sentence, label in train_set)
print(tokenize("这首歌不差"), tokenize("the song is not bad"))
len(vocabulary), longest

# %% encode
import torch


def encode(sentences, length=longest):
    rows = []
    for sentence in sentences:
        ids = [vocabulary.get(word, 1) for word in tokenize(sentence)]  # (1)!
        rows.append((ids + [0] * length)[:length])
    return torch.tensor(rows)


x = encode([sentence for sentence, label in train_set])
y = torch.tensor([label for sentence, label in train_set])
x_test = encode([sentence for sentence, label in test_set])
y_test = torch.tensor([label for sentence, label in test_set])
print(x.shape, y.shape, x_test.shape, y_test.float().mean())
encode(["这首歌不差", "the soup is not bad"])  # (2)!

# %% model
from torch import nn


class TextCNN(nn.Module):
    def __init__(self, words, size=8, kernels=8, widths=(2, 3)):
        super().__init__()
        self.embed = nn.Embedding(words, size, padding_idx=0)
        convs = [nn.Conv1d(size, kernels, width) for width in widths]
        self.convs = nn.ModuleList(convs)
        self.out = nn.Linear(kernels * len(widths), 2)

    def forward(self, ids):
        channels = self.embed(ids).permute(0, 2, 1)
        maps = [conv(channels).relu() for conv in self.convs]  # (1)!
        features = [m.amax(dim=2) for m in maps]
        return self.out(torch.cat(features, dim=1))  # (2)!


# %% untrained
from torch.nn import functional as F

torch.manual_seed(1)
model = TextCNN(len(vocabulary))
logits = model(x)
print(logits.shape, sum(p.numel() for p in model.parameters()))
F.cross_entropy(logits, y), torch.tensor(2.0).log()  # (1)!

# %% loop
from torch.utils.data import DataLoader, TensorDataset

loader = DataLoader(TensorDataset(x, y), batch_size=8, shuffle=True)


def fit(model, epochs=30):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for epoch in range(1, epochs + 1):
        losses = []
        for ids, labels in loader:
            loss = F.cross_entropy(model(ids), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        if epoch == 1 or epoch % 5 == 0:
            mean = sum(losses) / len(losses)  # (1)!
            print(f"epoch {epoch:2}  loss {mean:.4f}")


# %% train
fit(model)


# %% accuracy
def accuracy(model, ids, labels):
    with torch.no_grad():
        right = model(ids).argmax(dim=1) == labels
    return f"{right.sum()} of {len(labels)}"


accuracy(model, x, y), accuracy(model, x_test, y_test)


# %% bag
class Bag(nn.Module):
    def __init__(self, words, size=8):
        super().__init__()
        self.embed = nn.Embedding(words, size, padding_idx=0)
        self.out = nn.Linear(size, 2)

    def forward(self, ids):
        return self.out(self.embed(ids).sum(dim=1))  # (1)!


torch.manual_seed(1)
bag = Bag(len(vocabulary))
fit(bag)
accuracy(bag, x, y), accuracy(bag, x_test, y_test)

# %% margins
phrases = ["很好", "很差", "不好", "不差"]
with torch.no_grad():
    logits = torch.stack([bag(encode(phrases)), model(encode(phrases))])
margins = (logits[..., 1] - logits[..., 0]).view(2, 2, 2)  # (1)!
(very_good, very_bad), (not_good, not_bad) = margins[0]
very_good + not_bad, very_bad + not_good  # (2)!

# %% picture
from reference_impl import draw

praise = [(0, 0, 0), (0, 1, 1), (1, 0, 0), (1, 1, 1)]
draw.tensor(margins, "margins", mark=praise)

# %% windows
sentence = "the song is not bad"
tokens = tokenize(sentence)
with torch.no_grad():
    channels = model.embed(encode([sentence])).permute(0, 2, 1)
    strongest, places = model.convs[0](channels).relu()[0].max(dim=1)  # (1)!
    blame, praise = model.out.weight[:, :8]
    pulls = strongest * (praise - blame)  # (2)!
for kernel in pulls.abs().argsort(descending=True)[:4].tolist():
    at = places[kernel].item()
    print(f"{pulls[kernel]:+.2f}", tokens[at : at + 2])


# %% predict
def chance(sentence, length=longest):
    with torch.no_grad():
        logits = model(encode([sentence], length))
    return logits.softmax(dim=1)[0, 1].item()


new = ["我喜欢今天的饭", "这家店不好", "the soup is not bad"]  # (1)!
beyond = ["i do not like the movie", "不错", "bad"]  # (2)!
for sentence in new + beyond:
    print(f"{chance(sentence):.3f} {sentence}")

# %% padded
sentence = "this soup is not good"
print(f"{chance(sentence):.3f} {chance(sentence, length=5):.3f}")  # (1)!

# %% short raises="RuntimeError"
chance("差", 1)
