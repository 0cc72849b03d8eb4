"""Every layer and loss: its repr, its output and gradients, in the table or in words of torch."""

import warnings

import pytest
import torch
from agreement import alike, numbers
from oracle import same

import reference_impl.torch as ref

# layer | shapes of its inputs
LAYERS = """
Identity(3) | 2 3
Linear(3, 2) | 4 3
Linear(3, 2, bias=False) | 4 3
Linear(3, 2) | 3
Linear(3, 2) | 2 4 3
Bilinear(3, 4, 2) | 5 3, 5 4
Flatten() | 2 3 4
Flatten(0, 1) | 2 3 4
Unflatten(1, (2, 3)) | 2 6
ReLU() | 2 3
ReLU(inplace=True) | 2 3
ReLU6() | 2 3
LeakyReLU(0.2) | 2 3
LeakyReLU(0.2, True) | 2 3
PReLU() | 2 3
PReLU(3) | 2 3 4
ELU(0.5) | 2 3
ELU(0.5, True) | 2 3
SELU() | 2 3
CELU(2.0) | 2 3
GELU() | 2 3
GELU("tanh") | 2 3
SiLU() | 2 3
Mish() | 2 3
Softplus(2.0, 3.0) | 2 3
Softshrink() | 2 3
Hardshrink(0.3) | 2 3
Hardtanh(-2.0, 1.0) | 2 3
Hardsigmoid() | 2 3
Hardswish() | 2 3
Threshold(0.1, 5.0) | 2 3
Sigmoid() | 2 3
Tanh() | 2 3
LogSigmoid() | 2 3
Softsign() | 2 3
Tanhshrink() | 2 3
Softmax(1) | 2 3
Softmin(0) | 2 3
Softmax2d() | 2 3 2 2
LogSoftmax(-1) | 2 3
GLU() | 2 4
RReLU() | 2 3
RReLU().eval() | 2 3
Dropout(0.3) | 4 5
Dropout(0.3).eval() | 4 5
Dropout1d(0.5) | 4 5 3
Dropout2d(0.5) | 4 5 2 2
AlphaDropout(0.3) | 4 5
Conv1d(4, 6, 3) | 2 4 9
Conv1d(4, 6, 3) | 4 9
Conv1d(4, 6, 3, stride=2, padding=1, dilation=2, groups=2, bias=False) | 2 4 9
Conv1d(4, 6, 3, padding="same", dilation=2) | 2 4 9
Conv1d(4, 6, 3, padding="valid") | 2 4 9
Conv1d(4, 6, 3, padding=2, padding_mode="circular") | 2 4 9
Conv1d(4, 6, 3, padding="same", padding_mode="reflect") | 2 4 9
Conv2d(2, 3, 3, padding=(1, 0)) | 2 2 5 6
Conv2d(2, 4, (2, 3), 2, groups=2) | 2 2 5 6
Conv3d(1, 2, 2) | 1 1 3 4 3
ConvTranspose1d(4, 2, 3, stride=2, output_padding=1) | 2 4 5
ConvTranspose2d(4, 2, 3, stride=2, padding=1, groups=2) | 1 4 3 4
ZeroPad1d(2) | 2 3 4
ConstantPad2d((1, 2, 0, 1), 3.5) | 2 3 4 2
ReflectionPad1d((1, 2)) | 2 3 4
ReplicationPad2d(1) | 2 3 4 2
CircularPad1d(2) | 2 3 4
MaxPool1d(2) | 2 3 7
MaxPool1d(3, 2, 1, ceil_mode=True) | 2 3 7
MaxPool1d(2, return_indices=True) | 2 3 7
MaxPool2d(2, dilation=2) | 2 3 7 5
MaxPool3d(2) | 1 2 4 4 4
AvgPool1d(3, 2, 1, count_include_pad=False) | 2 3 7
AvgPool2d((2, 3), ceil_mode=True) | 2 3 7 5
AvgPool3d(2, divisor_override=3) | 1 2 4 4 4
AdaptiveAvgPool1d(3) | 2 3 7
AdaptiveAvgPool2d((None, 2)) | 2 3 4 5
AdaptiveAvgPool2d(1) | 2 3 4 5
AdaptiveMaxPool1d(3) | 2 3 7
AdaptiveMaxPool2d((2, 2)) | 2 3 4 5
LPPool1d(2, 2) | 2 3 6
LayerNorm(3) | 2 4 3
LayerNorm((4, 3), bias=False) | 2 4 3
LayerNorm(3, elementwise_affine=False) | 2 4 3
LayerNorm(2) | 2 4 3
GroupNorm(2, 4) | 2 4 3
RMSNorm(3) | 2 4 3
RMSNorm(3, eps=0.1, elementwise_affine=False) | 2 4 3
LocalResponseNorm(3) | 2 4 3
BatchNorm1d(3) | 5 3
BatchNorm1d(3) | 5 3 2
BatchNorm1d(3).eval() | 5 3
BatchNorm1d(3, track_running_stats=False, affine=False) | 5 3
BatchNorm1d(3, bias=False) | 5 3
BatchNorm1d(3) | 1 3
BatchNorm1d(3) | 0 3 2
BatchNorm1d(3, affine=False).eval() | 0 3 2
LPPool1d(1.5, 2) | 2 3 6
BatchNorm1d(3) | 3
BatchNorm2d(2, momentum=None) | 2 2 3 3
BatchNorm2d(2) | 2 2 3
InstanceNorm1d(3) | 2 3 4
InstanceNorm1d(3, affine=True, track_running_stats=True) | 2 3 4
InstanceNorm2d(2) | 2 2 3 3
MSELoss() | 4 3, 4 3
MSELoss(reduction="none") | 4 3, 4 3
MSELoss(reduction="sum") | 4 3, 1 3
L1Loss() | 4 3, 4 3
SmoothL1Loss(beta=0.5) | 4 3, 4 3
HuberLoss(delta=0.5) | 4 3, 4 3
KLDivLoss(reduction="batchmean", log_target=True) | 4 3, 4 3
PoissonNLLLoss(full=True) | 4 3, 4 3
BCEWithLogitsLoss() | 4 3, 4 3
MSELoss(reduction="foo") | 4 3, 4 3
MSELoss(size_average=False) | 4 3, 4 3
"""


def run(engine, layer, shapes):
    """The layer's repr, its outputs, the gradients of inputs and parameters, and warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        engine.manual_seed(3)
        module = eval(f"nn.{layer}", {"nn": engine.nn})
        inputs = [numbers(engine, shape, at) for at, shape in enumerate(shapes)]
        try:
            found = module(*[x * 1 for x in inputs])
        except Exception as error:
            return f"{type(error).__name__}: {error}", [], repr(module), []
        ends = [y for y in (found if isinstance(found, tuple) else (found,)) if y.requires_grad]
        weights = [numbers(engine, tuple(y.shape), 9).detach() for y in ends]
        leaves = inputs + list(module.parameters())
        found = (found, *module.buffers()) if "Norm" in layer else found
        grads = engine.autograd.grad(ends, leaves, weights, allow_unused=True)
    said = [str(w.message) for w in caught]
    return found, list(grads), repr(module), said


@pytest.mark.parametrize("line", [x for x in LAYERS.strip().split("\n") if x])
def test_layer(line):
    """The repr, outputs, grad_fn, gradients and warnings are torch's."""
    layer, _, text = line.partition(" | ")
    shapes = [tuple(map(int, part.split())) for part in text.split(",")]
    ours, theirs = (run(engine, layer, shapes) for engine in (ref, torch))
    assert ours[2:] == theirs[2:]
    alike(ours[0], theirs[0], layer)
    alike(ours[1], theirs[1], f"gradients of {layer}")


LOSSES = """
CrossEntropyLoss()(x, t.tensor([0, 2, 1, 1]))
CrossEntropyLoss(t.tensor([1.0, 2.0, 0.5]))(x, t.tensor([0, 2, 1, 1]))
CrossEntropyLoss(ignore_index=1)(x, t.tensor([0, 2, 1, 1]))
CrossEntropyLoss(label_smoothing=0.1)(x, t.tensor([0, 2, 1, 1]))
CrossEntropyLoss(t.tensor([1.0, 2.0, 0.5]), label_smoothing=0.1)(x, t.tensor([0, 2, 1, 1]))
CrossEntropyLoss(reduction="none")(x, t.tensor([0, 2, 1, 1]))
CrossEntropyLoss(reduction="sum", label_smoothing=0.1)(x, t.tensor([0, 2, 1, 1]))
CrossEntropyLoss()(x, x.flip(0).softmax(1).detach())
CrossEntropyLoss(label_smoothing=0.2, reduction="none")(x, x.flip(0).softmax(1).detach())
CrossEntropyLoss()(x[0], t.tensor(1))
CrossEntropyLoss()(x.reshape(2, 3, 2), t.tensor([[0, 1], [2, 2]]))
CrossEntropyLoss(reduction="none")(x.reshape(2, 3, 2), t.tensor([[0, 1], [2, 2]]))
CrossEntropyLoss(label_smoothing=2.0)(x, t.tensor([0, 2, 1, 1]))
CrossEntropyLoss()(x, t.tensor([0, 3, 1, 1]))
CrossEntropyLoss()(x, t.tensor([0, -1, 1, 1]))
CrossEntropyLoss()(x, t.tensor([0.0, 2.0, 1.0, 1.0]))
CrossEntropyLoss()(x, t.tensor([0, 2, 1]))
CrossEntropyLoss()(x, t.tensor([[0], [2], [1], [1]]))
CrossEntropyLoss()(x, t.tensor([0, 2, 1, 1], dtype=t.int32))
CrossEntropyLoss(t.ones(2))(x, t.tensor([0, 2, 1, 1]))
CrossEntropyLoss(t.ones(2))(x, x.flip(0).softmax(1).detach())
CrossEntropyLoss(ignore_index=1)(x, x.flip(0).softmax(1).detach())
CrossEntropyLoss()(x, t.ones(4, 3, dtype=t.int64))
CrossEntropyLoss(ignore_index=1)(x, t.tensor([1, 1, 1, 1]))
NLLLoss()(x.log_softmax(1), t.tensor([0, 2, 1, 1]))
NLLLoss()(x.log_softmax(1).reshape(2, 3, 2), t.tensor([[0, 1], [2, 2]]))
NLLLoss(reduction="none")(x.log_softmax(1).reshape(1, 3, 2, 2), t.tensor([[[0, 1], [2, 2]]]))
NLLLoss()(x[0], t.tensor([1]))
NLLLoss()(x[0], t.tensor([1, 2]))
NLLLoss()(x[0, 0], t.tensor(1))
BCELoss()(x.sigmoid(), t.ones(4, 3))
BCELoss(reduction="sum")(x.sigmoid(), t.zeros(4, 3))
BCELoss(t.tensor([1.0, 2.0, 3.0]))(x.sigmoid(), t.full((4, 3), 0.3))
BCELoss()(x.sigmoid(), t.ones(4))
BCELoss()(x, t.ones(4, 3))
BCELoss()(x * 0, t.ones(4, 3))
BCEWithLogitsLoss(pos_weight=t.tensor([1.0, 2.0, 3.0]))(x, t.full((4, 3), 0.3))
BCEWithLogitsLoss(t.tensor([1.0, 2.0, 3.0]), reduction="none")(x, t.full((4, 3), 0.3))
BCEWithLogitsLoss()(x, t.ones(4))
KLDivLoss()(x.log_softmax(1), t.full((4, 3), 1 / 3))
GaussianNLLLoss()(x, t.ones(4, 3), t.full((4, 3), 0.5))
GaussianNLLLoss()(x, t.ones(4, 3), t.full((4,), 0.5))
GaussianNLLLoss(full=True)(x, t.ones(4, 3), 0.5)
GaussianNLLLoss()(x, t.ones(4, 3), -t.ones(4, 3))
PoissonNLLLoss(log_input=False)(x.exp(), t.ones(4, 3))
HuberLoss(delta=0.0)(x, t.ones(4, 3))
SmoothL1Loss(beta=-1.0)(x, t.ones(4, 3))
"""


@pytest.mark.parametrize("line", LOSSES.strip().split("\n"))
def test_loss(line):
    """Losses with targets of their own kinds: values, gradients, errors and warnings."""

    def told(engine):
        x = numbers(engine, (4, 3), 1)
        names = {
            "t": engine,
            "x": x,
            **{
                k: getattr(engine.nn, k)
                for k in dir(torch.nn)
                if "Loss" in k and hasattr(engine.nn, k)
            },
        }
        loss = eval(line, names)
        (grad,) = engine.autograd.grad(loss.sum(), x)
        return loss, grad

    same(told)


EMBEDDINGS = """
e
e(i)
e(t.tensor([[0, 9]]))
e(t.tensor([0.5]))
e(t.tensor([-1]))
e.weight[1], g(e(i).sum())
g(nn.Embedding(5, 2, scale_grad_by_freq=True)(i).sum())
nn.Embedding(5, 2, padding_idx=7)
nn.Embedding(5, 2, max_norm=0.5)(i)
nn.Embedding(5, 2, max_norm=0.5, norm_type=1.0)
nn.Embedding.from_pretrained(t.ones(3, 2)).weight
nn.Embedding.from_pretrained(t.ones(3))
F.embedding(i, t.ones(3))
F.one_hot(t.tensor([0, 2]))
F.one_hot(t.tensor([0, 2]), 5)
F.one_hot(t.tensor([0, 2]), 2)
F.one_hot(t.tensor([0, -2]))
F.one_hot(t.tensor([0.5]))
F.one_hot(t.tensor([], dtype=t.int64))
F.one_hot(t.tensor([[0], [1]]), 2).shape
"""


@pytest.mark.parametrize("line", EMBEDDINGS.strip().split("\n"))
def test_embedding(line):
    """Rows of a table, their gradients, and errors."""

    def told(engine):
        engine.manual_seed(1)
        e = engine.nn.Embedding(5, 2, padding_idx=1)
        names = {
            "t": engine,
            "nn": engine.nn,
            "F": engine.nn.functional,
            "e": e,
            "i": engine.tensor([[1, 2, 2], [0, 4, 1]]),
            "g": lambda y: engine.autograd.grad(
                y, y.grad_fn.next_functions[0][0].next_functions[0][0].variable
            ),
        }
        return eval(line, names)

    same(told)
