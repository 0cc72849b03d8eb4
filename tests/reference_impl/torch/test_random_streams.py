"""Whatever draws, draws what torch draws: one stream through every function, for 20 seeds."""

import pytest
import torch

import reference_impl.torch as ref

FLOATING = ("float32", "float64", "float16", "bfloat16")
INTEGERS = ("int64", "int32", "int16", "int8", "uint8")
IN_PLACE = {
    "uniform_": (-1, 2),
    "normal_": (1, 3),
    "exponential_": (2,),
    "cauchy_": (1, 2),
    "log_normal_": (0, 0.5),
    "geometric_": (0.3,),
    "bernoulli_": (0.3,),
    "random_": (),
}
INITIALISED = (
    "uniform_ normal_ xavier_uniform_ xavier_normal_ kaiming_uniform_ kaiming_normal_ trunc_normal_"
).split()


def in_place(t, dtype):
    """Every distribution, around the sizes where kernels change, dense and in columns."""
    for name, args in IN_PLACE.items():
        for n in (1, 15, 16, 17):
            yield getattr(t.zeros(n, dtype=dtype), name)(*args)
            yield getattr(t.zeros(2 * n, dtype=dtype)[::2], name)(*args)
        yield getattr(t.zeros(4, 5, dtype=dtype).t(), name)(*args)
        yield getattr(t.zeros(4, 5, dtype=dtype)[:, 1:3], name)(*args)


def made(t, dtype):
    """What makes a tensor, into `out=`, and like another."""
    n = 17
    yield t.rand(n, dtype=dtype)
    yield t.randn(n, dtype=dtype)
    yield t.rand(n, out=t.empty(n, dtype=dtype), dtype=dtype)
    yield t.randn(n, out=t.empty(n, dtype=dtype), dtype=dtype)
    yield t.randperm(n, dtype=dtype)
    yield t.rand_like(t.zeros(n, dtype=dtype))
    yield t.randn_like(t.zeros(3, n, dtype=dtype).t())
    yield t.randint_like(t.zeros(n, dtype=dtype), 3, 90)
    yield t.bernoulli(t.full((n,), 0.3, dtype=dtype))
    yield t.bernoulli(t.zeros(n, dtype=dtype), 0.3)
    yield t.poisson(t.arange(n).to(dtype))
    yield t.normal(t.zeros(n, dtype=dtype), 2.0)
    yield t.normal(1.0, t.ones(n, dtype=dtype))
    yield t.normal(1.0, 2.0, (n,), dtype=dtype)
    yield t.multinomial(t.arange(1, n + 1).to(dtype), 4)
    yield t.multinomial(t.arange(1, 2 * n + 1).reshape(2, n).to(dtype), 9, True)


def whole(t, dtype):
    """Integers."""
    for n in (1, 16, 40):
        yield t.zeros(n, dtype=dtype).random_()
        yield t.zeros(n, dtype=dtype).random_(3, 90)
        yield t.zeros(n, dtype=dtype).geometric_(0.3)
        yield t.randint(0, 100, (n,), dtype=dtype)
        yield t.randperm(n, dtype=dtype)


def learning(t):
    """Dropout, initialisation, layers, generators, saved states."""
    F = t.nn.functional
    yield F.dropout(t.ones(17), 0.4)
    yield F.dropout2d(t.ones(2, 3, 2, 2), 0.4)
    yield F.alpha_dropout(t.ones(17), 0.4, True)
    yield F.rrelu(-t.ones(17), training=True)
    yield F.gumbel_softmax(t.ones(2, 3), hard=True)
    for name in INITIALISED:
        for shape in ((3, 4), (16, 5), (4, 3, 2, 2)):
            yield getattr(t.nn.init, name)(t.empty(shape))
    for layer in (t.nn.Linear(5, 7), t.nn.Conv2d(2, 3, 3), t.nn.LSTM(3, 4), t.nn.Embedding(5, 3)):
        yield from (p.detach() for p in layer.parameters())
    own = t.Generator().manual_seed(77)
    yield t.randn(20, generator=own)
    yield t.multinomial(t.ones(4), 2, generator=own)
    before = own.get_state()
    yield t.randperm(5, generator=own)
    own.set_state(before)
    yield t.zeros(3).normal_(generator=own)
    with t.random.fork_rng():
        t.manual_seed(3)
        yield t.rand(2)
    before = t.get_rng_state()
    yield t.randn(17)
    t.set_rng_state(before)
    yield t.randn(17)


STREAMS = {f"{fn.__name__} {d}": (fn, d) for fn in (in_place, made) for d in FLOATING}
STREAMS |= {f"whole {d}": (whole, d) for d in INTEGERS}
STREAMS["learning"] = (learning, None)


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.parametrize("seed", range(20))
def test_stream(name, seed):
    """Numbers, type and strides of each result, in a row without a new seed."""
    fn, dtype = STREAMS[name]
    ours, theirs = (
        [(x.tolist(), str(x.dtype), x.stride()) for x in run(t, fn, dtype, seed)]
        for t in (ref, torch)
    )
    assert ours == theirs


def run(t, fn, dtype, seed):
    """The results of one stream on one engine, after a seed."""
    t.manual_seed(seed)
    yield from fn(t) if dtype is None else fn(t, getattr(t, dtype))
