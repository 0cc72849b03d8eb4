"""Recurrent layers and cells: parameters, outputs, graphs, gradients and errors are torch's."""

import copy
import io
import math
import pickle
import random

import pytest
import torch
from oracle import outcome, same

import reference_impl.torch as ref

BUILT = """
LSTM(3, 4)
LSTM(3, 4, 2, False, True, 0.5, True, 2)
GRU(3, 4, 2, False, True, 0.5, True)
RNN(3, 4, 2, "relu", False, True, 0.5, True)
RNN(3, 4, nonlinearity="relu")
RNNCell(3, 4, False, "relu")
LSTMCell(3, 4), GRUCell(3, 4, bias=False)
Sequential(LSTM(3, 4), GRUCell(3, 4))
LSTM(3, 4, dropout=0.3)
LSTM(3, 4, dropout=1)
LSTM(3, 4, 2, dropout=1)
LSTM(3, 4, bidirectional=1)
GRU(3, 4, 1, True, False, 0.0, False, 2)
LSTM(3.0, 4)
LSTM(3, "4")
LSTM(0, 4)
LSTM(3, -1)
LSTM(3, 4, 0)
LSTM(3, 4, 2, 1)
LSTM(3, 4, 2, True, 1)
LSTM(3, 4, 2, True, False, 1.5)
LSTM(3, 4, 2, True, False, -0.1)
LSTM(3, 4, 2, True, False, True)
LSTM(3, 4, 2, True, False, "a")
LSTM(3, 4, proj_size=4)
LSTM(3, 4, proj_size=-1)
LSTM(3, 4, foo=1)
GRU(3, 4, proj_size=2)
RNN(3, 4, proj_size=2)
RNN(3, 4, nonlinearity="sigmoid")
RNN(3, 4, 1, "tanh", 1)
RNNBase("FOO", 3, 4)
RNNBase("LSTM", 3, 4)
RNNBase("LSTM", 3, 4)(torch.zeros(2, 2, 3))
RNNCellBase(3, 4, True, 2)
RNNCell(2, 2, nonlinearity="foo")(torch.zeros(1, 2))
LSTM(2, 2, dtype=torch.int64)
LSTM(3, 2).all_weights
LSTM(3, 2, 2)._all_weights, LSTM(3, 2, 2)._flat_weights_names
GRU(3, 2, bias=False, bidirectional=True)._flat_weights
RNN(2, 2).state_dict()
LSTM(2, 2, device="meta").weight_hh_l0
LSTM(3, 4).flatten_parameters()
LSTM(3, 4).double()._flat_weights[0].dtype
LSTM(3, 4).load_state_dict(LSTM(3, 4).state_dict())
LSTM(3, 4).load_state_dict(GRU(3, 4).state_dict())
LSTM(3, 4, 2).load_state_dict(LSTM(3, 4, bias=False).state_dict())
type(LSTM(3, 4)), type(GRUCell(3, 4)), RNNBase, RNNCellBase
"""


@pytest.mark.parametrize("text", BUILT.strip().split("\n"))
def test_built(text):
    """What a layer shows, keeps, refuses and warns of when it is made is torch's."""

    def built(engine):
        engine.manual_seed(0)
        return eval(text, vars(engine.nn) | {"torch": engine})

    same(built)


CALLED = """
LSTM(3, 4)(z(5, 3))
LSTM(3, 4, batch_first=True)(z(5, 3))
LSTM(3, 4)(z(5))
LSTM(3, 4)(z(1, 2, 5, 3))
LSTM(3, 4)(z(5, 2, 4))
LSTM(3, 4)(z(5, 4))
LSTM(3, 4)(z(5, 2, 3).double())
LSTM(3, 4)(z(5, 2, 3).long())
LSTM(3, 4)(z(5, 2, 3), z(1, 2, 4))
LSTM(3, 4)(z(5, 2, 3), z(2, 1, 2, 4))
LSTM(3, 4)(z(5, 2, 3), [z(1, 2, 4), z(1, 2, 4)])
LSTM(3, 4)(z(5, 2, 3), (z(1, 2, 4), z(1, 2, 4), z(1, 2, 4)))
LSTM(3, 4)(z(5, 2, 3), (z(1, 2, 5), z(1, 2, 4)))
LSTM(3, 4)(z(5, 2, 3), (z(1, 2, 4), z(1, 3, 4)))
LSTM(3, 4)(z(5, 2, 3), (z(2, 4), z(2, 4)))
LSTM(3, 4)(z(5, 2, 3), (z(1, 2, 4), z(2, 4)))
LSTM(3, 4)(z(5, 3), (z(1, 2, 4), z(1, 2, 4)))
LSTM(3, 4)(z(5, 3), (z(2, 4), z(1, 4)))
LSTM(3, 4)(z(5, 2, 3), (z(1, 2, 4).double(), z(1, 2, 4)))
LSTM(3, 4, batch_first=True)(z(5, 2, 3), (z(1, 2, 4), z(1, 2, 4)))
LSTM(3, 4, proj_size=2)(z(5, 2, 3), (z(1, 2, 4), z(1, 2, 4)))
LSTM(3, 4)(z(0, 2, 3))
LSTM(3, 4)(z(5, 0, 3))
GRU(3, 4)(z(5))
GRU(3, 4)(z(5, 2, 4))
GRU(3, 4)(z(5, 2, 3), z(1, 2, 5))
GRU(3, 4)(z(5, 2, 3), z(2, 4))
GRU(3, 4)(z(5, 3), z(1, 2, 4))
GRU(3, 4)(z(5, 2, 3), z(1, 2, 4).double())
GRU(3, 4)(z(5, 2, 3).double())
GRU(3, 4)(z(0, 2, 3))
RNN(3, 4)(z(5))
RNN(3, 4)(z(5, 2, 4))
RNN(3, 4)(z(5, 2, 3), z(1, 2, 5))
RNN(3, 4)(z(5, 3), z(1, 2, 4))
LSTM(3, 4)(p)
LSTM(3, 4)(q, (z(1, 2, 4), z(1, 2, 4)))
LSTM(5, 4)(p)
LSTM(3, 4)(p.double())
LSTM(3, 4)(p, (z(1, 3, 4), z(1, 3, 4)))
LSTM(3, 4)(p, (z(1, 1, 4), z(1, 1, 4)))
LSTM(3, 4)(p, (z(1, 2, 5), z(1, 2, 5)))
LSTM(3, 4)(p, (z(2, 2, 4), z(2, 2, 4)))
LSTM(3, 4)(p, (z(1, 2, 4),))
LSTM(3, 4)(p, z(1, 2, 4))
GRU(3, 4)(q, z(1, 2, 4))
GRU(5, 4)(p)
GRU(3, 4)(p.double())
GRU(3, 4)(p, z(1, 3, 4))
RNN(3, 4, 2, "relu", bidirectional=True)(q, z(4, 2, 4))
RNN(3, 4)(rnn.PackedSequence(z(5, 2, 3), torch.tensor([2, 2, 1])))
LSTM(3, 4)(rnn.PackedSequence(z(5, 3), torch.tensor([2, 2, 2])))
LSTMCell(3, 4)(z(2, 3)), LSTMCell(3, 4)(z(3))
LSTMCell(3, 4)(z(1, 2, 3))
LSTMCell(3, 4)(z(2, 4))
LSTMCell(3, 4)(z(2, 3), z(2, 2, 4))
LSTMCell(3, 4)(z(2, 3), (z(2, 4),))
LSTMCell(3, 4)(z(2, 3), (z(2, 4), z(3, 4)))
LSTMCell(3, 4)(z(2, 3), (z(2, 5), z(2, 5)))
LSTMCell(3, 4)(z(2, 3), (z(1, 2, 4), z(1, 2, 4)))
LSTMCell(3, 4)(z(3), (z(1, 4), z(1, 4)))
LSTMCell(3, 4)(z(2, 3).double())
LSTMCell(3, 4)(z(0, 3))
GRUCell(3, 4)(z(2, 3)), GRUCell(3, 4)(z(3), z(4))
GRUCell(3, 4)(z(1, 2, 3))
GRUCell(3, 4)(z(2, 3), z(3, 4))
GRUCell(3, 4)(z(2, 3), z(2, 5))
GRUCell(3, 4)(z(2, 3), z(1, 2, 4))
RNNCell(3, 4)(z(2, 3)), RNNCell(3, 4, nonlinearity="relu")(z(2, 3))
RNNCell(3, 4)(z(2, 3), z(4))
RNNCell(3, 4)(z(2, 3), z(2, 4).double())
torch.gru(p.data, p.batch_sizes, z(1, 2, 4), GRU(3, 4)._flat_weights, True, 1, 0.0, True, False)
torch.gru(z(5, 2, 3), z(1, 2, 4), GRU(3, 4)._flat_weights[:3], True, 1, 0.0, True, False, False)
torch.gru(z(5, 2, 3), z(1, 2, 4), GRU(3, 4)._flat_weights, True, 2, 0.0, True, False, False)
torch.gru(z(5, 2, 3), z(1, 2, 4), GRU(3, 4)._flat_weights, True, 1, 0.0, True, True, False)
torch.lstm(z(5, 2, 3), (z(1, 2, 4),), LSTM(3, 4)._flat_weights, True, 1, 0.0, True, False, False)
torch.rnn_tanh(1, 2, 3)
torch.gru(z(5, 2, 3))
torch.lstm_cell(z(2, 3), [z(2, 4), z(2, 4)], z(16, 3), z(16, 4), z(16), z(16))
torch.lstm_cell(z(2, 3), [z(2, 4), z(2, 4)], z(16, 5), z(16, 4))
torch.gru_cell(z(2, 3), z(2, 4), z(11, 3), z(12, 4))
torch.rnn_tanh_cell(z(2, 3), z(2, 4), z(4, 3), z(4, 4), b_hh=z(4))
torch.rnn_relu_cell(z(2, 3), z(2, 4), z(4, 3), z(5, 4))
"""


@pytest.mark.parametrize("text", CALLED.strip().split("\n"))
def test_called(text):
    """What a layer or a cell returns or refuses is torch's; so are the functions below them."""

    def called(engine):
        engine.manual_seed(0)
        rnn = engine.nn.utils.rnn

        def z(*size):
            return engine.arange(float(math.prod(size))).reshape(size).sin()

        packed = rnn.pack_padded_sequence(z(3, 2, 3), [3, 2])
        other = rnn.pack_padded_sequence(z(3, 2, 3), [2, 3], enforce_sorted=False)
        known = {"torch": engine, "rnn": rnn, "z": z, "p": packed, "q": other}
        return eval(text, vars(engine.nn) | known)

    same(called)


def graph(node):
    """The names of a graph's nodes, each with its depth, or where it was met before."""
    order, found, waiting = {}, [], [(node, 0)]
    while waiting:
        node, depth = waiting.pop()
        found.append((depth, order.get(node, node and node.name())))
        if node is not None and node not in order:
            order[node] = len(order)
            waiting += [(other, depth + 1) for other, _ in reversed(node.next_functions)]
    return found


def arrangement(seed):
    """A layer, and how it is called, drawn by chance."""
    draw = random.Random(seed)
    kind = draw.choice(["LSTM", "LSTM", "GRU", "RNN"])
    hidden = draw.choice([2, 3, 4, 8, 16])
    options = {
        "num_layers": draw.choice([1, 1, 2, 3]),
        "bidirectional": draw.random() < 0.4,
        "batch_first": draw.random() < 0.5,
        "bias": draw.random() < 0.8,
    }
    if options["num_layers"] > 1 and draw.random() < 0.3:
        options["dropout"] = 0.4
    if kind == "LSTM" and draw.random() < 0.2:
        options["proj_size"] = draw.randint(1, hidden - 1)
    if kind == "RNN" and draw.random() < 0.4:
        options["nonlinearity"] = "relu"
    length, batch, features = draw.randint(1, 5), draw.randint(1, 4), draw.choice([1, 3, 8])
    lengths = None
    if draw.random() < 0.4:
        lengths = [length] + [
            draw.choice([length, draw.randint(1, length)]) for _ in range(batch - 1)
        ]
    with_state, batched = draw.random() < 0.5, lengths is not None or draw.random() < 0.8
    kind_of_number = draw.choice(["float32", "float32", "float64"])
    return (
        kind,
        features,
        hidden,
        options,
        length,
        batch,
        lengths,
        with_state,
        batched,
        kind_of_number,
    )


def run(engine, seed):
    """Outputs, gradients of inputs and weights, and the graphs of the outputs."""
    (kind, features, hidden, options, length, batch, lengths, with_state, batched, number) = (
        arrangement(seed)
    )
    engine.manual_seed(seed)
    number = getattr(engine, number)
    layer = getattr(engine.nn, kind)(features, hidden, dtype=number, **options)
    size = [batch, length] if options["batch_first"] else [length, batch]
    size = size if batched else [length]
    leaves = [engine.randn(*size, features, dtype=number, requires_grad=True)]
    given = leaves[0] * 1 if seed % 2 else leaves[0]
    rnn, first = engine.nn.utils.rnn, options["batch_first"]
    if lengths is not None:
        given = rnn.pack_padded_sequence(given, lengths, first, enforce_sorted=False)
    if with_state:
        count = options["num_layers"] * (2 if options["bidirectional"] else 1)
        size = [count, batch] if batched else [count]
        widths = [options.get("proj_size", hidden), hidden][: 2 if kind == "LSTM" else 1]
        leaves += [engine.randn(*size, n, dtype=number, requires_grad=True) for n in widths]
    states = leaves[1:]
    output, last = layer(given, *([tuple(states)] if kind == "LSTM" and states else states))
    if lengths is not None:
        output, _ = rnn.pad_packed_sequence(output, first)
    ends = [output, *(last if isinstance(last, tuple) else [last])]
    ends = ends[:1] if seed % 3 == 0 else ends
    weights = [engine.randn(*end.shape, dtype=number) for end in ends]
    leaves += layer.parameters()
    grads = engine.autograd.grad(ends, leaves, weights, allow_unused=True)
    return ends, list(grads), [graph(end.grad_fn) for end in ends]


@pytest.mark.filterwarnings("ignore:LSTM with projections")
@pytest.mark.parametrize("seed", range(60))
def test_random_layers(seed):
    """Shapes, strides, numbers but for a last digit, and every node of the graph are torch's."""
    (ours, our_grads, our_graphs), (theirs, their_grads, their_graphs) = (
        run(engine, seed) for engine in (ref, torch)
    )
    assert our_graphs == their_graphs
    for mine, yours in zip([*ours, *our_grads], [*theirs, *their_grads], strict=True):
        assert (mine is None) == (yours is None)
        if yours is None:
            continue
        assert (tuple(mine.shape), mine.stride()) == (tuple(yours.shape), yours.stride())
        assert str(mine.dtype) == str(yours.dtype)
        a, b = mine.detach().flatten().tolist(), yours.detach().flatten().tolist()
        slack = 1e-13 if yours.dtype is torch.float64 else 1e-6
        assert a == pytest.approx(b, rel=0, abs=slack * max(1.0, *map(abs, b)))


@pytest.mark.parametrize("cell", ["RNNCell(3, 4)", "LSTMCell(3, 4)", "GRUCell(3, 4, bias=False)"])
def test_a_cell_taken_through_steps(cell):
    """Graph and gradients of a loop over a cell are torch's."""

    def stepped(engine):
        engine.manual_seed(1)
        layer = eval(cell, vars(engine.nn))
        state = None
        for x in engine.randn(3, 2, 3):
            state = layer(x, state)
        h = state[0] if isinstance(state, tuple) else state
        h.sum().backward()
        return graph(h.grad_fn), [weight.grad for weight in layer.parameters()]

    same(stepped)


@pytest.mark.parametrize("kind", ["LSTM", "GRU", "RNN"])
@pytest.mark.parametrize("number", ["float32", "float64"])
def test_gradients_of_gradients(kind, number):
    """A layer can be differentiated twice; torch takes an LSTM of float32 step by step then."""

    def twice(engine):
        engine.manual_seed(1)
        layer = getattr(engine.nn, kind)(2, 3, bidirectional=True, dtype=getattr(engine, number))
        x = engine.randn(3, 2, 2, dtype=getattr(engine, number), requires_grad=True)
        output, _ = layer(x)
        wanted = [x, layer.weight_hh_l0]
        first = engine.autograd.grad(output.pow(2).sum(), wanted, create_graph=True)
        penalty = sum(grad.pow(2).sum() for grad in first)
        return [(g * 10).round() for g in engine.autograd.grad(penalty, wanted)]

    same(twice)


def test_numerical_gradients():
    """The gradients of a fused layer are the slopes that differences show."""
    ref.manual_seed(0)
    layer = ref.nn.LSTM(2, 3)
    x = ref.randn(4, 2, 2)

    def total(weight, at, by):
        with ref.no_grad():
            weight.view(-1)[at] += by
            output, (h, c) = layer(x)
            weight.view(-1)[at] -= by
            return (
                output.double().pow(2).sum() + h.double().sum() + c.double().pow(3).sum()
            ).item()

    output, (h, c) = layer(x)
    assert output.grad_fn.name() == "MkldnnRnnLayerBackward0"
    (output.pow(2).sum() + h.sum() + c.pow(3).sum()).backward()
    for weight in layer.parameters():
        for at in (0, weight.numel() // 2, weight.numel() - 1):
            slope = (total(weight, at, 0.01) - total(weight, at, -0.01)) / 0.02
            assert weight.grad.view(-1)[at].item() == pytest.approx(slope, abs=1e-3)


def test_a_graph_can_be_used_again():
    """Backward through a fused layer gives the same twice, and not once it was freed."""
    layer = ref.nn.LSTM(2, 3)
    total = layer(ref.ones(4, 2, 2))[0].sum()
    first = ref.autograd.grad(total, layer.weight_hh_l0, retain_graph=True)[0]
    second = ref.autograd.grad(total, layer.weight_hh_l0)[0]
    assert first.tolist() == second.tolist()
    with pytest.raises(RuntimeError, match="backward through the graph a second time"):
        total.backward()


def test_a_weight_that_has_changed():
    """A fused layer notices that a weight was written to between forward and backward."""

    def changed(engine):
        layer = engine.nn.LSTM(2, 3)
        total = layer(engine.ones(4, 2, 2))[0].sum()
        with engine.no_grad():
            layer.weight_hh_l0.mul_(2)
        total.backward()

    same(changed)


def test_only_what_is_asked_for():
    """Frozen weights get no gradient, and a layer without any makes no graph."""

    def frozen(engine):
        engine.manual_seed(0)
        layer = engine.nn.LSTM(2, 2)
        layer.weight_hh_l0.requires_grad_(False)
        output, _ = layer(engine.ones(2, 1, 2))
        edges = [node is not None for node, _ in output.grad_fn.next_functions]
        output.sum().backward()
        grads = [weight.grad for weight in layer.parameters()]
        with engine.no_grad():
            free = layer(engine.ones(2, 1, 2))
        return edges, grads, free, layer.requires_grad_(False)(engine.ones(2, 1, 2))

    same(frozen)


def test_projections_are_not_fused():
    """An LSTM with projections is taken step by step, and says so."""

    def warned(engine):
        engine.manual_seed(0)
        return engine.nn.LSTM(3, 4, proj_size=2)(engine.ones(2, 2, 3))

    torch.set_warn_always(True)
    try:
        same(warned)
        assert "UserWarning: LSTM with projections" in outcome(warned, ref)
    finally:
        torch.set_warn_always(False)


def saved(module):
    """A module after torch.save and torch.load."""
    buffer = io.BytesIO()
    ref.save(module, buffer)
    buffer.seek(0)
    return ref.load(buffer, weights_only=False)


@pytest.mark.parametrize(
    "again", [copy.deepcopy, lambda layer: pickle.loads(pickle.dumps(layer)), saved]
)
def test_copies(again):
    """A copied, pickled or saved layer computes the same with weights of its own."""
    layer = ref.nn.LSTM(3, 4, 2, bidirectional=True)
    copied, x = again(layer), ref.ones(2, 2, 3)
    assert repr(copied) == repr(layer)
    assert copied(x)[0].tolist() == layer(x)[0].tolist()
    assert copied._flat_weights[0] is copied.weight_ih_l0 is not layer.weight_ih_l0


def test_a_weight_in_place_of_another():
    """A parameter that is assigned is the one the layer computes with."""

    def assigned(engine):
        engine.manual_seed(0)
        layer = engine.nn.GRU(2, 2)
        layer.weight_ih_l0 = engine.nn.Parameter(engine.zeros(6, 2))
        return layer(engine.ones(2, 1, 2)), layer._flat_weights[0] is layer.weight_ih_l0

    same(assigned)


def test_weights_of_torch():
    """Weights saved by torch are loaded here, and give what torch gives."""
    theirs = torch.nn.LSTM(3, 4, 2, bidirectional=True)
    ours = ref.nn.LSTM(3, 4, 2, bidirectional=True)
    buffer = io.BytesIO()
    torch.save(theirs.state_dict(), buffer)
    buffer.seek(0)
    assert str(ours.load_state_dict(ref.load(buffer))) == "<All keys matched successfully>"
    expected = theirs(torch.ones(3, 2, 3))[0].flatten().tolist()
    assert ours(ref.ones(3, 2, 3))[0].flatten().tolist() == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("kind", ["LSTM", "GRU", "RNN"])
def test_shapes_without_numbers(kind):
    """On the meta device a layer gives the shapes of what it would compute."""
    layer = getattr(ref.nn, kind)(3, 4, 2, bidirectional=True, batch_first=True, device="meta")
    output, last = layer(ref.empty(2, 5, 3, device="meta"))
    assert output.is_meta
    assert output.shape == (2, 5, 8)
    assert all(state.shape == (4, 2, 4) for state in (last if kind == "LSTM" else [last]))
