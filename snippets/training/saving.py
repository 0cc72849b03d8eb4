# %% state
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Linear(3, 1))
parameters = dict(model.named_parameters())
for name, value in model.state_dict().items():
    kind = "parameter" if name in parameters else "buffer"  # (1)!
    print(f"{name:24}{kind:11}{tuple(value.shape)}")


# %% buffers
class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.factor = nn.Parameter(torch.ones(1))
        self.register_buffer("mean", torch.zeros(1))
        self.register_buffer("mask", torch.ones(1), persistent=False)  # (1)!
        self.plain = torch.zeros(1)  # (2)!


scaled = Scaled()
print(list(scaled.state_dict()), [name for name, _ in scaled.named_buffers()])
scaled.to("meta")
scaled.mean.device, scaled.mask.device, scaled.plain.device  # (3)!

# %% save
import io

file = io.BytesIO()  # (1)!
torch.save(model.state_dict(), file)

twin = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Linear(3, 1))
file.seek(0)  # (2)!
print(twin.load_state_dict(torch.load(file)))
torch.equal(twin[0].weight, model[0].weight)

# %% mismatch raises="RuntimeError"
other = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3))
other.add_module("head", nn.Linear(3, 1))
other.load_state_dict(model.state_dict())

# %% strict
before = other.head.weight.clone()
result = other.load_state_dict(model.state_dict(), strict=False)
print(result.missing_keys, result.unexpected_keys)
torch.equal(other[0].weight, model[0].weight), torch.equal(other.head.weight, before)

# %% mode
X = torch.randn(8, 2)
model(X)
model.eval()
twin.load_state_dict(model.state_dict())
print(model.training, twin.training)  # (1)!
print(torch.equal(twin(X[:4]), model(X[:4])))
twin.load_state_dict(model.state_dict())  # (2)!
twin.eval()
torch.equal(twin(X[:4]), model(X[:4]))


# %% checkpoint
def start():
    torch.manual_seed(1)
    line = nn.Linear(2, 1)
    return line, torch.optim.SGD(line.parameters(), lr=0.05, momentum=0.9)


def train(line, optimizer, epochs):
    for _ in range(epochs):
        optimizer.zero_grad()
        nn.functional.mse_loss(line(X), X.sum(1, keepdim=True)).backward()
        optimizer.step()


line, optimizer = start()
train(line, optimizer, 6)

# %% resume
half, optimizer = start()
train(half, optimizer, 3)
file = io.BytesIO()
state = {"model": half.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 3}
torch.save(state, file)
for loads_optimizer in (True, False):
    again, optimizer = start()
    file.seek(0)
    saved = torch.load(file)
    again.load_state_dict(saved["model"])
    if loads_optimizer:
        optimizer.load_state_dict(saved["optimizer"])
    train(again, optimizer, 6 - saved["epoch"])
    print(loads_optimizer, torch.equal(again.weight, line.weight))

# %% snapshot
import copy

line = nn.Linear(1, 1, bias=False)
seen, kept = line.state_dict(), copy.deepcopy(line.state_dict())
with torch.no_grad():
    line.weight.fill_(7)
seen["weight"], kept["weight"]  # (1)!

# %% views
table = torch.arange(6.0).view(2, 3)
file = io.BytesIO()
torch.save({"table": table, "row": table[1]}, file)
file.seek(0)
loaded = torch.load(file)
loaded["row"].zero_()
loaded["table"]

# %% picture
from reference_impl import draw

draw.storage(loaded["table"], loaded["row"], names=("table", "row"))


# %% size
def size(x):
    file = io.BytesIO()
    torch.save(x, file)
    return len(file.getvalue())


big = torch.zeros(10_000)
first = big[:2]
size(first) > 40_000, size(first.clone()) < 2_000  # (1)!

# %% location
file = io.BytesIO()
torch.save(model.state_dict(), file)
for place in ("cpu", "meta"):
    file.seek(0)
    print(torch.load(file, map_location=place)["2.weight"])  # (1)!

# %% cuda raises="RuntimeError"
file.seek(0)
torch.load(file, map_location="cuda")

# %% whole raises="_pickle.UnpicklingError"
file = io.BytesIO()
torch.save(model, file)
file.seek(0)
torch.load(file)


# %% code
class Greeting:
    def __reduce__(self):
        return print, ("code from the file has run",)  # (1)!


file = io.BytesIO()
torch.save({"weight": torch.ones(1), "note": Greeting()}, file)
file.seek(0)
torch.load(file, weights_only=False)


# %% gone
class Net(nn.Linear):
    pass


file = io.BytesIO()
torch.save(Net(2, 1), file)
del Net  # (1)!
file.seek(0)
try:
    torch.load(file, weights_only=False)
except AttributeError:
    print("no class Net to load it into")

# %% end
file = io.BytesIO()
torch.save(torch.ones(2), file)
print(file.tell() == len(file.getvalue()))
try:
    torch.load(file)
except EOFError:
    print("nothing left to read")
