"""Sequences of different lengths, padded and packed: results, gradients and errors are torch's."""

import copy
import pickle
import random

import pytest
import torch
from oracle import check, compare, differentiate, same

import reference_impl.torch as ref

CALLS = """
pad_sequence([t([1, 2]), t([3])])
pad_sequence([t([1, 2]), t([3])], True)
pad_sequence([t([1, 2]), t([3])], True, 7.9)
pad_sequence([t([1.0, 2.0]), t([3.0])], True, padding_value=float("nan"))
pad_sequence([t([1, 2]), t([3])], True, 0, "left")
pad_sequence([t([1, 2]), t([3])], False, 0, "left")
pad_sequence([t([1, 2]), t([3.5])], True)
pad_sequence([t([True, False]), t([True])], True)
pad_sequence([t([1, 2]), t([], dtype=torch.int64)], True)
pad_sequence([t([]), t([])], True)
pad_sequence(x)
pad_sequence((a for a in (x[:2], x[:3])), batch_first=True)
pad_sequence([t([[1, 2]]), t([3, 4])], True)
pad_sequence([])
pad_sequence(3)
pad_sequence("ab")
pad_sequence([t([1, 2]), 3])
pad_sequence([t([1, 2]), t([3])], False, 0, "up")
pad_sequence([t([1, 2]), t([3])], False, 0, None)
pad_sequence([t([1, 2]), t([3])], 0)
pad_sequence([t([1, 2]), t([3])], True, "a")
pad_sequence([t(1), t([3])], True)
pad_sequence([t([3]), t(1)], True)
pad_sequence([t([[1, 2]]), t([[1, 2, 3]])], True)
pad_sequence([t([3]), t([[1, 2]])], True)
pack_padded_sequence(x, [4, 3, 1])
pack_padded_sequence(x, t([4.0, 3.0, 1.0]))
pack_padded_sequence(x, [4.7, 3.0, 1.0])
pack_padded_sequence(x, [2, 2, 1])
pack_padded_sequence(x, [5, 3, 1])
pack_padded_sequence(x, [3, 3, 2, 1], batch_first=True)
pack_padded_sequence(x, [1, 3, 4], enforce_sorted=False)
pack_padded_sequence(x, [1, 3, 3], enforce_sorted=False)
pack_padded_sequence(x > 5, [4, 2, 2])
pack_padded_sequence(x, [1, 3, 4])
pack_padded_sequence(x, [4, 3, 1], batch_first=True)
pack_padded_sequence(x, [4, 3, 0])
pack_padded_sequence(x, [4, -3, 1], enforce_sorted=False)
pack_padded_sequence(x, [4, 3])
pack_padded_sequence(x, [])
pack_padded_sequence(x, 4)
pack_padded_sequence(x, [[4, 3, 1]])
pack_padded_sequence(x, ["a"])
pack_padded_sequence(x, [4, 3, 1], batch_first=1)
pack_padded_sequence([1], [4, 3, 1])
pack_padded_sequence(x[0], [4, 3, 1])
pack_padded_sequence(x[0, 0], [4])
pack_padded_sequence(x[:0], [0, 0, 0])
pad_packed_sequence(pack_padded_sequence(x, [4, 3, 1]))
pad_packed_sequence(pack_padded_sequence(x, [2, 3, 1], enforce_sorted=False), True, -1)
pad_packed_sequence(pack_padded_sequence(x.long(), [2, 2, 1]), True, -1.5)
pad_packed_sequence(pack_padded_sequence(x, [2, 2, 1]), True, total_length=5)
pad_packed_sequence(pack_padded_sequence(x, [2, 2, 1]), total_length=1)
pad_packed_sequence(pack_padded_sequence(x, [2, 2, 1]), total_length=3.0)
pad_packed_sequence(pack_padded_sequence(x, [2, 2, 1]), 1)
pad_packed_sequence(pack_padded_sequence(x, [2, 2, 1]), True, "a")
pad_packed_sequence(x)
pack_sequence([t([1, 2]), t([3])])
pack_sequence([t([1, 2]), t([3]), t([4, 5, 6])])
pack_sequence([t([1, 2]), t([3]), t([4, 5, 6])], enforce_sorted=False)
pack_sequence([])
pack_sequence([t([]), t([])])
pack_sequence([t(1)])
pack_sequence([[1, 2]])
unpad_sequence(x.clone(), t([4, 2, 1]))
unpad_sequence(x, t([3, 2, 1, 0]), batch_first=True)
unpad_sequence(x, t([3, 2, 1, 9]), batch_first=True)
unpad_sequence(x, [3, 2, 1, 1], True)
unpad_sequence(x, t([3, 2, 1]), True)
unpad_sequence(x[0], t([3, 2, 1]))
unpad_sequence(x.clone().requires_grad_(), t([3, 2, 1]))
(lambda y: (unpad_sequence(y, t([4, 2, 1])), y.shape))(x.clone())
unpack_sequence(pack_sequence([t([1, 2]), t([3]), t([4, 5, 6])], False))
invert_permutation(t([2, 0, 1]))
invert_permutation(None)
invert_permutation(t([2, 0, 3]))
invert_permutation(t([2.0, 0.0, 1.0]))
PackedSequence(x, t([2, 2]), t([1, 0]))
PackedSequence((x, t([2, 2])))
PackedSequence(x)
PackedSequence(x, t([2, 2]).to("meta"))
type(p), len(p), p[1], p._fields, isinstance(p, tuple), p.is_cuda, p.is_pinned()
p.to(torch.float64)
p.to("meta")
[getattr(p, kind)().data.dtype for kind in "double float half long int short char byte cpu".split()]
(p.float() is p, p.to("cpu") is p, p.cpu() is p, p.long() is p)
p.cuda()
p.foo
p._replace(data=x)
torch.nn.utils.rnn.foo
"""


def names(engine):
    """What a call may name."""
    rnn = engine.nn.utils.rnn
    x = engine.arange(12.0).reshape(4, 3)
    packed = rnn.pack_sequence([x[:1], x[:2]], enforce_sorted=False)
    found = {"torch": engine, "t": engine.tensor, "x": x, "p": packed}
    return found | {name: getattr(rnn, name) for name in torch.nn.utils.rnn.__all__}


@pytest.mark.parametrize("call", CALLS.strip().split("\n"))
def test_call(call):
    """The result, or the error, is torch's."""
    same(lambda engine: eval(call, names(engine)))


def test_nothing_is_left_out():
    """Every public name is there."""
    assert sorted(ref.nn.utils.rnn.__all__) == sorted(torch.nn.utils.rnn.__all__)


@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize("batch_first", [False, True])
def test_pad_sequence(batch_first, side):
    """Values, strides, graph and gradients of several sequences are torch's."""

    def padded(torch, a, b, c):
        return torch.nn.utils.rnn.pad_sequence([a, b * 2, c], batch_first, 0.5, side)

    check(padded, (2, 3), (4, 3), (3, 3))


@pytest.mark.parametrize("batch_first", [False, True])
@pytest.mark.parametrize("lengths", [[4, 2, 1], [3, 3, 3], [1, 4, 2], [2, 2, 4]])
def test_there_and_back(lengths, batch_first):
    """Packed and padded again, with what is beyond the lengths lost, also to gradients."""
    shape = (3, 4, 2) if batch_first else (4, 3, 2)

    def back(torch, x):
        rnn = torch.nn.utils.rnn
        packed = rnn.pack_padded_sequence(x * 1, lengths, batch_first, enforce_sorted=False)
        padded, found = rnn.pad_packed_sequence(packed, batch_first, total_length=5)
        return packed.data, padded, found

    check(back, shape)
    check(back, shape, dtype="float64")


def test_gradients_of_gradients():
    """Packing can be differentiated twice."""

    def twice(engine):
        rnn = engine.nn.utils.rnn
        x = engine.arange(12.0).reshape(4, 3).requires_grad_()
        data = rnn.pack_padded_sequence(x, [4, 2, 1]).data
        (first,) = engine.autograd.grad((data**3).sum(), x, create_graph=True)
        return engine.autograd.grad(first.sum(), x)

    same(twice)


def test_copies():
    """A packed batch can be copied and pickled."""
    packed = ref.nn.utils.rnn.pack_sequence([ref.ones(1), ref.zeros(2)], enforce_sorted=False)
    for copied in (copy.deepcopy(packed), pickle.loads(pickle.dumps(packed))):
        assert type(copied) is type(packed)
        assert repr(copied) == repr(packed)
        assert copied.data is not packed.data


def test_random_batches():
    """Of forty batches, all packed and padded as torch does it, with their gradients."""
    for seed in range(40):
        draw = random.Random(seed)
        lengths = [draw.randint(1, 6) for _ in range(draw.randint(1, 6))]
        rest = draw.choice([(), (1,), (2, 3)])
        batch_first, ordered = draw.random() < 0.5, draw.random() < 0.3
        side, value = draw.choice(["left", "right"]), draw.choice([0, -1, 2.5])
        lengths = sorted(lengths, reverse=True) if ordered else lengths
        seen = []
        for engine in (ref, torch):
            engine.manual_seed(seed)
            rnn = engine.nn.utils.rnn
            leaves = [engine.rand(n, *rest, requires_grad=True) for n in lengths]
            padded = rnn.pad_sequence(leaves, batch_first, value, side)
            packed = rnn.pack_padded_sequence(padded, lengths, batch_first, ordered)
            again, counts = rnn.pad_packed_sequence(packed, batch_first, value)
            parts = rnn.unpack_sequence(rnn.pack_sequence(leaves, ordered))
            results = [padded, *packed, again, counts, *parts]
            tensors = [result for result in results if result is not None]
            seen.append((tensors, differentiate(engine, tensors, leaves)))
        compare(seen[0], seen[1], f"seed {seed}")
