"""Modules hold, find, convert, save and call as torch's do, errors word for word."""

import copy
import pickle

import pytest
import torch
from oracle import outcome, same

import reference_impl.torch as ref

NETS = """
import collections
class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
        self.register_buffer("mean", torch.zeros(2))
        self.register_buffer("seen", torch.zeros(1), persistent=False)
        self.tail = torch.nn.Linear(2, 1, bias=False)
    def forward(self, x, shift=0):
        return self.tail(x * self.scale + shift - self.mean)
torch.manual_seed(0)
net = torch.nn.Sequential(collections.OrderedDict(first=torch.nn.Linear(3, 2), block=Block()))
block = net.block
x = torch.tensor([[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]])
"""


def running(code: str):
    """Run code on an engine; the value is that of `result`, else of what it says at the end."""

    def run(engine):
        names = {"torch": engine}
        exec(NETS, names)
        *statements, last = [line for line in code.strip().split("\n") if line.strip()]
        exec("\n".join(statements), names)
        return eval(last, names)

    return run


EXPRESSIONS = """
net
list(net.named_parameters())
list(net.named_buffers())
[n for n, _ in net.named_modules()]
[n for n, _ in net.named_modules(prefix="p")]
[n for n, _ in net.named_children()]
[type(m).__name__ for m in net.modules()]
[n for n, _ in net.named_parameters(prefix="p", recurse=False)]
[n for n, _ in block.named_parameters(recurse=False)]
net.state_dict()
net.state_dict(prefix="p.").keys()
net.state_dict(keep_vars=True)["block.scale"].requires_grad
net.state_dict()._metadata
net.get_submodule("block.tail")
net.get_parameter("block.scale")
net.get_buffer("block.mean")
net.get_submodule("block.foo")
net.get_submodule("block.scale")
net.get_parameter("block.mean")
net.get_parameter("block.foo")
net.get_buffer("block.scale")
net(x)
net.double()(x.double())
net.half().block.scale
net.to(torch.float64).block.mean.dtype
net.to(torch.int64)
net.to("meta").block.scale
net.to("meta").to("cpu")
net.type(torch.float64).first.bias
net.train().training, net.eval().block.tail.training
net.train("yes")
net.requires_grad_(False).block.scale
net.foo
net.first.weight.foo
block.bar
"scale" in dir(block), "mean" in dir(block), "tail" in dir(block), "0" in dir(net)
net.apply(lambda m: m.eval()).training
net.cuda()
torch.nn.Module(1)
torch.nn.Module(a=1)
torch.nn.Module()(1)
torch.nn.Module().get_extra_state()
net.load_state_dict(net.state_dict())
net.load_state_dict({})
net.load_state_dict({}, strict=False)
net.load_state_dict([])
net.load_state_dict({**net.state_dict(), "extra": x, "first.more": x})
net.load_state_dict({**net.state_dict(), "first.bias": x})
net.load_state_dict({**net.state_dict(), "first.bias": 3})
block.register_parameter("a.b", None)
block.register_parameter("", None)
block.register_parameter(3, None)
block.register_parameter("mean", None)
block.register_parameter("w", torch.ones(1))
block.register_buffer("a.b", None)
block.register_buffer("", None)
block.register_buffer(3, None)
block.register_buffer("scale", None)
block.register_buffer("b", 3)
block.add_module("a.b", None)
block.add_module("", None)
block.add_module(3, None)
block.add_module("scale", None)
block.add_module("m", 3)
setattr(block, "scale", 3)
setattr(block, "scale", torch.ones(1))
setattr(block, "tail", 3)
setattr(block, "mean", 3)
delattr(block, "foo")
net.set_submodule("block.tail", torch.nn.Linear(2, 4)) or net
net.set_submodule("", torch.nn.Linear(2, 4))
net.set_submodule("block.tail", 3)
net.set_submodule("block.foo", torch.nn.Linear(2, 4), strict=True)
"""


@pytest.mark.parametrize("expression", EXPRESSIONS.strip().split("\n"))
def test_module(expression):
    """Values, texts and errors are torch's."""
    same(running(expression))


STORIES = {
    "assignment registers, and forgets what was there": """
block.scale = None
block.mean = torch.nn.Parameter(torch.ones(1))
block.tail = torch.ones(2)
block.tail2 = torch.nn.ReLU()
block.other = torch.nn.Buffer(torch.ones(1), persistent=False)
block, list(block.named_parameters()), list(block.named_buffers()), block.state_dict()
""",
    "a parameter before super().__init__()": """
class Early(torch.nn.Module):
    def __init__(self):
        self.w = torch.nn.Parameter(torch.ones(1))
Early()
""",
    "a module before super().__init__()": """
class Early(torch.nn.Module):
    def __init__(self):
        self.m = torch.nn.ReLU()
Early()
""",
    "a buffer before super().__init__()": """
class Early(torch.nn.Module):
    def __init__(self):
        self.register_buffer("b", torch.ones(1))
Early()
""",
    "deleting": """
del block.scale, block.mean, block.tail
block, block.state_dict(), hasattr(block, "scale")
""",
    "shared parameters come once": """
net.first.weight = net.block.tail.weight
[n for n, _ in net.named_parameters()], [n for n, _ in net.named_parameters(remove_duplicate=False)]
""",
    "zero_grad": """
net(x).sum().backward()
net.zero_grad(set_to_none=False)
kept = block.scale.grad
net.zero_grad()
kept, block.scale.grad
""",
    "gradients are converted, too": """
net(x).sum().backward()
net.double()
block.scale.grad
""",
    "load with assign": """
other = {k: v.double() for k, v in net.state_dict().items()}
net.load_state_dict(other, assign=True)
list(net.named_parameters())
""",
    "loading copies": """
other = {k: v + 1 for k, v in net.state_dict().items()}
weight = net.first.weight
net.load_state_dict(other)
weight is net.first.weight, net.state_dict()
""",
    "extra state": """
class Extra(torch.nn.Module):
    def get_extra_state(self):
        return {"a": 1}
    def set_extra_state(self, state):
        self.got = state
e = Extra()
e.load_state_dict(e.state_dict())
e.got, e.state_dict(), e.load_state_dict({}, strict=False)
""",
    "forward hooks": """
seen = []
a = block.register_forward_pre_hook(lambda m, args: seen.append(args) or (args[0] * 2,))
b = block.register_forward_hook(lambda m, args, out: seen.append(out) or out + 1)
c = block.register_forward_hook(lambda m, args, kw, out: seen.append(kw), with_kwargs=True)
first = net(x)
a.remove(); b.remove()
first, net(x), seen
""",
    "hooks with kwargs, prepended": """
order = []
block.register_forward_pre_hook(lambda m, a, k: order.append("late"), with_kwargs=True)
block.register_forward_pre_hook(
    lambda m, a, k: order.append("early") or (a, {"shift": 5}), with_kwargs=True, prepend=True)
net(x), order
""",
    "a pre-hook that returns something else": """
block.register_forward_pre_hook(lambda m, a, k: 3, with_kwargs=True)
net(x)
""",
    "a hook that is always called": """
seen = []
class Fails(torch.nn.Module):
    def forward(self, x):
        raise ValueError("no")
f = Fails()
f.register_forward_hook(lambda m, a, o: seen.append(o), always_call=True)
try:
    f(x)
except ValueError as error:
    seen.append(str(error))
seen
""",
    "full backward hooks": """
seen = []
block.register_full_backward_hook(lambda m, gi, go: seen.append((gi, go)) or (gi[0] * 10,))
block.register_full_backward_pre_hook(lambda m, go: seen.append(go) or (go[0] * 2,))
y = net(x)
y.sum().backward()
y, seen, net.first.weight.grad, block.scale.grad
""",
    "a full backward hook without inputs that require grad": """
seen = []
net.first.register_full_backward_hook(lambda m, gi, go: seen.append((gi, go)))
net(x).sum().backward()
seen, net.first.weight.grad
""",
    "a backward hook with the wrong number": """
block.register_full_backward_hook(lambda m, gi, go: (gi[0], gi[0]))
net(x).sum().backward()
""",
    "both kinds of backward hooks": """
block.register_backward_hook(lambda m, gi, go: None)
block.register_full_backward_hook(lambda m, gi, go: None)
""",
    "state_dict hooks": """
block.register_state_dict_post_hook(lambda m, sd, p, meta: sd.update(extra=1))
block.register_state_dict_pre_hook(lambda m, p, keep: m.mean.fill_(7))
net.state_dict()
""",
    "load_state_dict hooks": """
seen = []
block.register_load_state_dict_pre_hook(lambda m, sd, p, *rest: seen.append(p))
block.register_load_state_dict_post_hook(lambda m, keys: keys.missing_keys.clear())
net.load_state_dict({k: v for k, v in net.state_dict().items() if k != "block.scale"}), seen
""",
}


@pytest.mark.parametrize("story", STORIES, ids=STORIES)
def test_stories(story):
    """What happens over several steps is what happens in torch."""
    same(running(STORIES[story]))


def test_deepcopy_and_pickle():
    """A copy has parameters of its own, the same numbers, and its buffers' persistence."""
    net = ref.nn.Sequential(ref.nn.Linear(2, 2), ref.nn.ReLU())
    net.register_buffer("kept", ref.ones(2), persistent=False)
    for twin in (copy.deepcopy(net), pickle.loads(pickle.dumps(net))):
        assert repr(twin) == repr(net)
        assert repr(twin.state_dict()) == repr(net.state_dict())
        assert type(twin[0].weight) is ref.nn.Parameter
        assert twin[0].weight.requires_grad
        assert twin[0].weight.data_ptr() != net[0].weight.data_ptr()
        assert [n for n, _ in twin.named_buffers()] == ["kept"]


def test_types_show_torchs_paths():
    """The type of a module prints as torch's; a subclass keeps its own path."""
    for name in ("Module", "Linear", "Conv1d", "ReLU", "Sequential", "MSELoss", "Parameter"):
        assert repr(getattr(ref.nn, name)) == repr(getattr(torch.nn, name))
    assert repr(ref.optim.SGD) == repr(torch.optim.SGD)

    class Net(ref.nn.Module):
        pass

    assert repr(Net).endswith("Net'>")
    assert "reference_impl" not in repr(Net)


PARAMETERS = """
torch.nn.Parameter(torch.ones(2))
torch.nn.Parameter()
torch.nn.Parameter(torch.ones(2), requires_grad=False)
torch.nn.Parameter(torch.ones(2, dtype=torch.int64))
torch.nn.Parameter(torch.ones(2, dtype=torch.int64), requires_grad=False)
torch.nn.Parameter(torch.ones(1)) * 2
torch.nn.Parameter(torch.ones(1)).data
torch.nn.Parameter(torch.ones(1)).detach()
isinstance(torch.nn.Parameter(torch.ones(1)), torch.Tensor)
torch.nn.Buffer(torch.ones(2))
torch.nn.foo
torch.nn.functional.foo
torch.nn.init.foo
torch.optim.foo
"""


@pytest.mark.parametrize("expression", PARAMETERS.strip().split("\n"))
def test_parameter(expression):
    """Parameters print and behave as torch's; unknown names give torch's error."""
    same(lambda engine: eval(expression, {"torch": engine}))


def test_a_parameter_shares_memory():
    """A parameter is another view of the same numbers."""
    x = ref.ones(2)
    p = ref.nn.Parameter(x)
    x[0] = 5
    assert p.tolist() == [5, 1]
    assert copy.deepcopy(p).tolist() == [5, 1]


def test_what_is_missing_says_so():
    """A name of torch that is not here is named as such."""
    message = "torch.nn.Container is not part of reference_impl"
    assert message in outcome(lambda engine: engine.nn.Container, ref)
