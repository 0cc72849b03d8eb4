"""The same seed gives torch's numbers, to the last bit, from every function that draws."""

import re

import pytest
import torch

import reference_impl.torch as ref

SEEDS = range(20)
SIZES = [(0,), (1,), (7,), (15,), (16,), (17,), (31,), (100,), (4, 5), (2, 3, 4), (1000,), ()]
FLOATING = ["float32", "float64", "float16", "bfloat16"]


def seen(x):
    """Return numbers, type and layout, so that equality means all of them."""
    if isinstance(x, (torch.Tensor, ref.Tensor)):
        return x.tolist(), str(x.dtype), tuple(x.stride()), x.requires_grad
    return x


def both(act, seeds=SEEDS):
    """Let both engines act from the same seeds: what they return and what follows is equal."""
    for seed in seeds:
        torch.manual_seed(seed)
        ref.manual_seed(seed)
        assert seen(act(ref)) == seen(act(torch))
        assert ref.get_rng_state().tolist() == torch.get_rng_state().tolist()


def refused(act):
    """Both engines raise the same error, word for word (the first paragraph of long ones)."""
    with pytest.raises(Exception) as expected:
        act(torch)
    first = str(expected.value).split("\n")[0].split(" (Triggered")[0]
    with pytest.raises(type(expected.value), match="^" + re.escape(first)):
        act(ref)


@pytest.mark.parametrize("dtype", FLOATING)
@pytest.mark.parametrize("size", SIZES)
def test_rand_and_randn(size, dtype):
    """`rand` and `randn` of every floating type."""
    both(lambda t: t.rand(size, dtype=getattr(t, dtype)))
    both(lambda t: t.randn(size, dtype=getattr(t, dtype)))


@pytest.mark.parametrize("size", SIZES)
def test_randint(size):
    """`randint` with one bound, two bounds, other types, and a width of 64 bits."""
    both(lambda t: t.randint(10, size))
    both(lambda t: t.randint(-7, 3, size))
    both(lambda t: t.randint(0, 2**40, size))
    both(lambda t: t.randint(0, 100, size, dtype=t.uint8))
    both(lambda t: t.randint(0, 100, size, dtype=t.float32))
    both(lambda t: t.randint(high=2, size=size, dtype=t.bool))


@pytest.mark.parametrize("n", [0, 1, 2, 7, 100, 1000])
def test_randperm(n):
    """`randperm`, as integers and as floats."""
    both(lambda t: t.randperm(n))
    both(lambda t: t.randperm(n, dtype=t.float32))


@pytest.mark.parametrize("dtype", FLOATING)
@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("uniform_", ()),
        ("uniform_", (-2, 3.5)),
        ("normal_", ()),
        ("normal_", (1.5, 0.1)),
        ("exponential_", ()),
        ("exponential_", (2.5,)),
        ("geometric_", (0.3,)),
        ("cauchy_", (1.0, 2.0)),
        ("log_normal_", (0.5, 0.25)),
        ("bernoulli_", (0.3,)),
        ("bernoulli_", ()),
        ("random_", ()),
        ("random_", (7,)),
        ("random_", (-3, 7)),
    ],
)
def test_in_place(name, args, dtype):
    """In-place samplers on dense, transposed, strided and single tensors."""
    for shape in [(0,), (5,), (16,), (40,), (3, 4), ()]:
        both(lambda t: getattr(t.zeros(shape, dtype=getattr(t, dtype)), name)(*args), range(5))  # noqa: B023
    both(lambda t: getattr(t.zeros(6, 4, dtype=getattr(t, dtype)).t(), name)(*args), range(5))
    both(
        lambda t: getattr(t.zeros(2, 3, 4, dtype=getattr(t, dtype)).permute(2, 0, 1), name)(*args),
        range(5),
    )

    def every_other(t):
        x = t.zeros(5, 8, dtype=getattr(t, dtype))
        getattr(x[1:, ::2], name)(*args)
        return x

    both(every_other, range(5))


@pytest.mark.parametrize("dtype", ["int64", "int32", "int16", "int8", "uint8", "bool"])
def test_in_place_on_integers(dtype):
    """`random_`, `bernoulli_` and `geometric_` also fill integers."""
    both(lambda t: t.zeros(30, dtype=getattr(t, dtype)).random_(), range(5))
    both(lambda t: t.zeros(30, dtype=getattr(t, dtype)).random_(2), range(5))
    both(lambda t: t.zeros(30, dtype=getattr(t, dtype)).bernoulli_(0.7), range(5))
    if dtype != "bool":
        both(lambda t: t.zeros(30, dtype=getattr(t, dtype)).geometric_(0.2), range(5))


def test_random_fits_the_precision_of_a_float():
    """Bounds that a float cannot hold move inward, with a warning; None is no bound."""
    for dtype, high in (
        ("float32", 2**28),
        ("bfloat16", 300),
        ("float64", 2**60),
        ("float32", 2**32 + 5),
    ):
        with pytest.warns(UserWarning, match="is out of bounds"):
            both(lambda t: t.zeros(30, dtype=getattr(t, dtype)).random_(high), range(5))  # noqa: B023
    both(lambda t: t.zeros(30, dtype=t.int64).random_(-5, None), range(5))
    both(lambda t: t.zeros(30, dtype=t.int64).random_(-(2**63), None), range(5))
    both(lambda t: t.zeros(30, dtype=t.int8).random_(-5, None), range(5))
    both(lambda t: t.zeros(30).random_(-5, None), range(5))


@pytest.mark.parametrize("n", [1, 5, 16, 40])
def test_normal(n):
    """All four overloads of `torch.normal`."""
    both(lambda t: t.normal(t.arange(float(n)), 0.5))
    both(lambda t: t.normal(2.0, t.arange(1.0, n + 1)))
    both(lambda t: t.normal(t.arange(float(n)), t.arange(1.0, n + 1)))
    both(lambda t: t.normal(t.arange(float(n)).reshape(-1, 1), t.ones(3)))
    both(lambda t: t.normal(1.5, 2.0, (n, 2)))
    both(lambda t: t.normal(mean=0, std=1, size=(n,)))
    both(lambda t: t.normal(t.zeros(n)))
    both(lambda t: t.normal(t.zeros(4, n).t(), 2.0))


def test_bernoulli():
    """By probabilities, by one number, and in place by probabilities of another type."""
    for dtype in FLOATING:
        both(lambda t: t.bernoulli(t.linspace(0, 1, 50).to(getattr(t, dtype))))  # noqa: B023
    both(lambda t: t.bernoulli(t.zeros(20, dtype=t.int64), 0.4))
    both(lambda t: t.bernoulli(t.linspace(0, 1, 12).reshape(3, 4).t()))
    both(lambda t: t.zeros(20).bernoulli_(t.linspace(0, 1, 20).double()))
    both(lambda t: t.zeros(20, dtype=t.int64).bernoulli_(t.tensor(0.4)))


def test_multinomial():
    """With and without replacement, rows of a matrix, weights that are zero."""
    both(lambda t: t.multinomial(t.tensor([0.1, 0.2, 0.7]), 1))
    both(lambda t: t.multinomial(t.tensor([0.1, 0.2, 0.7]), 3))
    both(lambda t: t.multinomial(t.tensor([0.1, 0.2, 0.7]), 10, replacement=True))
    both(lambda t: t.multinomial(t.tensor([0.0, 5.0, 0.0, 2.0]), 2))
    both(lambda t: t.multinomial(t.arange(1.0, 13).reshape(3, 4), 3))
    both(lambda t: t.multinomial(t.arange(1.0, 13).reshape(3, 4), 5, True))
    both(lambda t: t.multinomial(t.arange(1.0, 13, dtype=t.float64).reshape(4, 3).t(), 2))
    both(lambda t: t.multinomial(t.arange(1.0, 301), 100))


def test_poisson():
    """Each rate draws its own number of uniforms."""
    both(lambda t: t.poisson(t.linspace(0, 40, 30)))
    both(lambda t: t.poisson(t.linspace(0, 40, 30).reshape(5, 6).t()))


@pytest.mark.parametrize("name", ["rand_like", "randn_like"])
def test_like(name):
    """The layout of a dense input is kept; a given type replaces its own."""
    both(lambda t: getattr(t, name)(t.zeros(3, 7).t()))
    both(lambda t: getattr(t, name)(t.zeros(4, 5)))
    both(lambda t: getattr(t, name)(t.zeros(20, dtype=t.int64), dtype=t.float64))
    both(lambda t: getattr(t, name)(t.zeros(2), requires_grad=True))


def test_randint_like():
    """`randint_like` with one bound and two."""
    both(lambda t: t.randint_like(t.zeros(3, 7).t(), 5))
    both(lambda t: t.randint_like(t.zeros(20), -3, 5))
    both(lambda t: t.randint_like(t.zeros(20), 3, dtype=t.int64))


def test_mixed_calls_share_one_stream():
    """Calls in a row continue one stream; a single normal leaves its twin for later."""

    def act(t):
        parts = [t.randn(1), t.rand(3), t.randn(20), t.randn(1), t.randperm(5).float()]
        parts += [
            t.randn(3),
            t.bernoulli(t.full((4,), 0.5)),
            t.randint(9, (4,)).float(),
            t.randn(2),
        ]
        return t.cat(parts)

    both(act)


def test_a_generator_of_its_own():
    """`generator=` draws from another stream and leaves the default one alone."""

    def act(t):
        generator = t.Generator()
        generator.manual_seed(5)
        drawn = [t.randn(3, generator=generator), t.rand(2, generator=generator), t.rand(2)]
        drawn.append(t.zeros(4).uniform_(generator=generator))
        drawn.append(t.randperm(3, generator=generator).float())
        drawn.append(t.bernoulli(t.full((3,), 0.5), generator=generator))
        drawn.append(t.multinomial(t.ones(5), 2, generator=generator).float())
        drawn.append(t.normal(t.zeros(3), 1.0, generator=generator))
        drawn.append(t.randint(9, (2,), generator=generator).float())
        return t.cat(drawn)

    both(act)


def test_default_stream():
    """Unseeded, the stream is that of torch's default seed."""
    assert ref.Generator().initial_seed() == torch.Generator().initial_seed() == 67280421310721
    expected = torch.randn(20, generator=torch.Generator())
    assert ref.randn(20, generator=ref.Generator()).tolist() == expected.tolist()


def test_seeds():
    """Seeds from -2**63 to 2**64 - 1; the generator remembers them as unsigned numbers."""
    for seed in (0, 1, -1, -(2**63), 2**63, 2**64 - 1, True, 3.7, "12"):
        assert ref.manual_seed(seed).initial_seed() == torch.manual_seed(seed).initial_seed()
        assert ref.initial_seed() == torch.initial_seed()
        assert ref.rand(3).tolist() == torch.rand(3).tolist()
    for seed in (2**64, -(2**63) - 1, "a", None):
        refused(lambda t: t.manual_seed(seed))  # noqa: B023
    for seed in ("a", 1.5, True, None):
        refused(lambda t: t.Generator().manual_seed(seed))  # noqa: B023


def test_seed_from_entropy():
    """`seed()` starts a new stream each time and returns what it started from."""
    first, second = ref.seed(), ref.seed()
    assert first != second
    assert ref.initial_seed() == second
    drawn = ref.rand(4).tolist()
    assert ref.manual_seed(second) is ref.default_generator
    assert ref.rand(4).tolist() == drawn
    own = ref.Generator()
    assert own.seed() == own.initial_seed()


def test_state():
    """A state is a uint8 tensor in torch's layout; torch itself can continue from it."""
    ref.manual_seed(3)
    ref.randn(5)
    state = ref.get_rng_state()
    assert (state.dtype, tuple(state.shape)) == (ref.uint8, (5056,))
    drawn = ref.randn(7).tolist()
    ref.set_rng_state(state)
    assert ref.randn(7).tolist() == drawn
    generator = torch.Generator()
    generator.set_state(torch.tensor(state.tolist(), dtype=torch.uint8))
    assert torch.randn(7, generator=generator).tolist() == drawn
    own = ref.Generator()
    assert own.set_state(state) is own
    assert ref.randn(7, generator=own).tolist() == drawn
    copy = own.clone_state()
    assert ref.rand(3, generator=copy).tolist() == ref.rand(3, generator=own).tolist()


def test_generator_has_a_device():
    """A generator is on the CPU; other devices are refused."""
    assert str(ref.Generator().device) == str(ref.Generator("cpu").device) == "cpu"
    assert str(ref.Generator(device=ref.device("cpu")).device) == "cpu"
    refused(lambda t: t.Generator("meta"))
    refused(lambda t: t.Generator("foo"))
    refused(lambda t: t.Generator().get_offset())
    refused(lambda t: t.Generator().set_state(3))
    refused(lambda t: t.Generator().set_state(t.zeros(3, dtype=t.uint8)))
    refused(lambda t: t.Generator().set_state(t.zeros(5056)))
    refused(lambda t: t.Generator().set_state(t.zeros(5056, dtype=t.uint8)))


def test_fork_rng():
    """What is drawn inside `fork_rng` leaves no trace outside."""
    ref.manual_seed(1)
    with ref.random.fork_rng():
        ref.manual_seed(99)
        inside = ref.rand(3)
    outside = ref.rand(3)
    assert inside.tolist() == torch.rand(3, generator=torch.Generator().manual_seed(99)).tolist()
    assert outside.tolist() == torch.rand(3, generator=torch.Generator().manual_seed(1)).tolist()
    ref.manual_seed(1)
    with ref.random.fork_rng(enabled=False):
        ref.rand(3)
    assert ref.rand(3).tolist() != outside.tolist()


NODES = {
    "uniform_": (),
    "normal_": (),
    "random_": (),
    "bernoulli_": (),
    "exponential_": (),
    "geometric_": (0.5,),
    "cauchy_": (),
    "log_normal_": (),
}


@pytest.mark.parametrize("name", NODES)
def test_history_of_in_place(name):
    """What is overwritten by chance gets a gradient of zero, from a node of torch's name."""

    def act(t):
        x = t.ones(3, requires_grad=True)
        y = getattr(x * 2, name)(*NODES[name])
        y.backward(t.ones(3))
        return y.grad_fn.name(), y.grad_fn.next_functions[0][0].name(), x.grad.tolist()

    both(act, range(1))
    refused(lambda t: getattr(t.ones(3, requires_grad=True), name)(*NODES[name]))
    refused(lambda t: getattr(t.ones(1).expand(3), name)(*NODES[name]))

    def version(t):
        x = t.ones(3)
        getattr(x, name)(*NODES[name])
        return x._version

    both(version, range(1))


def test_history():
    """A random result has a gradient of zero with respect to its parameters."""

    def act(make):
        def run(t):
            x = t.full((3,), 0.5, requires_grad=True)
            y = make(t, x)
            y.backward(t.ones(3))
            return y.grad_fn.name(), x.grad.tolist()

        return run

    both(act(lambda t, x: t.bernoulli(x)), range(1))
    both(act(lambda t, x: t.poisson(x)), range(1))
    both(act(lambda t, x: t.normal(x, 1.0)), range(1))
    both(act(lambda t, x: t.normal(1.0, x)), range(1))
    both(act(lambda t, x: t.normal(x, x)), range(1))
    both(act(lambda t, x: t.zeros(3).bernoulli_(x)), range(1))


def test_keywords():
    """`out=`, `dtype=`, `requires_grad=`, `device="meta"` and `size=`."""
    both(lambda t: t.rand(2, 3, out=t.zeros(2, 3)))
    both(lambda t: t.randn(size=(2, 3), requires_grad=True))
    both(lambda t: t.rand([2, 3], dtype=t.float64))
    both(lambda t: t.randn(t.Size([2, 3])))
    both(lambda t: tuple(t.rand(2, 3, device="meta").shape), range(1))
    both(lambda t: tuple(t.randperm(3, device="meta").shape), range(1))
    both(lambda t: tuple(t.zeros(3, device="meta").normal_().shape), range(1))


@pytest.mark.parametrize(
    "act",
    [
        lambda t: t.zeros(3).uniform_(2, 1),
        lambda t: t.zeros(3).uniform_(float("nan"), 1),
        lambda t: t.zeros(3).uniform_(-3e38, 3e38),
        lambda t: t.zeros(3).uniform_(-1e40, 1),
        lambda t: t.zeros(3).uniform_(0, float("inf")),
        lambda t: t.zeros(3, dtype=t.int64).uniform_(),
        lambda t: t.zeros(3).uniform_("a"),
        lambda t: t.zeros(3).uniform_(generator=5),
        lambda t: t.zeros(3, dtype=t.bool).normal_(),
        lambda t: t.zeros(3).normal_(0, -1),
        lambda t: t.zeros(3).normal_(0, -1.5),
        lambda t: t.normal(0.0, -1.0, (3,)),
        lambda t: t.normal(t.zeros(3), -1.0),
        lambda t: t.normal(t.zeros(3), t.tensor([-1.0, 1, 1])),
        lambda t: t.normal(0.0, t.tensor([1, 2])),
        lambda t: t.normal(t.zeros(3, dtype=t.int64), 1.0),
        lambda t: t.normal(t.zeros(3), t.ones(2)),
        lambda t: t.normal(0.0, 1.0),
        lambda t: t.zeros(3).bernoulli_(1.5),
        lambda t: t.zeros(3).bernoulli_(t.tensor([0.1, 0.2, 1.3])),
        lambda t: t.zeros(3).bernoulli_(t.tensor([1, 0, 1])),
        lambda t: t.zeros(3).bernoulli_(t.tensor([0.1, 0.2])),
        lambda t: t.bernoulli(t.zeros(3, dtype=t.int64)),
        lambda t: t.bernoulli(t.tensor([0.0, 2.0])),
        lambda t: t.zeros(3).exponential_(-1),
        lambda t: t.zeros(3).exponential_(0),
        lambda t: t.zeros(3, dtype=t.int64).exponential_(),
        lambda t: t.zeros(3).geometric_(0),
        lambda t: t.zeros(3).geometric_(1),
        lambda t: t.zeros(3, dtype=t.bool).geometric_(0.5),
        lambda t: t.zeros(3).cauchy_(0, -1),
        lambda t: t.zeros(3, dtype=t.int64).cauchy_(),
        lambda t: t.zeros(3).log_normal_(0, 0),
        lambda t: t.zeros(3, dtype=t.int64).log_normal_(),
        lambda t: t.zeros(3).random_(3, 3),
        lambda t: t.zeros(3).random_(0),
        lambda t: t.zeros(3).random_(-1),
        lambda t: t.zeros(3, dtype=t.int8).random_(200),
        lambda t: t.zeros(3, dtype=t.int8).random_(-200, 3),
        lambda t: t.zeros(3, dtype=t.uint8).random_(-5, 100),
        lambda t: t.zeros(3, dtype=t.float16).random_(2**20),
        lambda t: t.randint(0, (3,)),
        lambda t: t.randint(5, 3, (3,)),
        lambda t: t.randint(-5, 5, (3,), dtype=t.uint8),
        lambda t: t.randint(300, (3,), dtype=t.uint8),
        lambda t: t.randint(3.5, (3,)),
        lambda t: t.randint(10),
        lambda t: t.randint(10, 3),
        lambda t: t.randint(5, (2,), requires_grad=True),
        lambda t: t.randperm(-1),
        lambda t: t.randperm(3.5),
        lambda t: t.randperm(5, dtype=t.bool),
        lambda t: t.randperm(300, dtype=t.uint8),
        lambda t: t.randperm(3000, dtype=t.float16),
        lambda t: t.rand(2, dtype=t.int64),
        lambda t: t.randn(2, dtype=t.bool),
        lambda t: t.randn(-1),
        lambda t: t.rand(2, -3),
        lambda t: t.rand("a"),
        lambda t: t.rand(2.5),
        lambda t: t.rand([2, "a"]),
        lambda t: t.rand_like(t.zeros(2, dtype=t.int64)),
        lambda t: t.rand_like([1, 2]),
        lambda t: t.randint_like(t.zeros(2), 5, 3),
        lambda t: t.multinomial(t.tensor([0.1, 0.2]), 3),
        lambda t: t.multinomial(t.tensor([0.1, 0.2]), 0),
        lambda t: t.multinomial(t.tensor([1, 2]), 1),
        lambda t: t.multinomial(t.tensor([1.0, -2]), 1),
        lambda t: t.multinomial(t.tensor([1.0, float("inf")]), 1),
        lambda t: t.multinomial(t.tensor([1.0, -2]), 3, True),
        lambda t: t.multinomial(t.tensor([1.0, float("inf")]), 3, True),
        lambda t: t.multinomial(t.tensor([0.0, 0]), 3, True),
        lambda t: t.multinomial(t.tensor([0.0, 0]), 1),
        lambda t: t.multinomial(t.tensor([[1.0, 2], [0, 0]]), 1),
        lambda t: t.multinomial(t.zeros(2, 2, 2), 1),
        lambda t: t.multinomial(t.tensor(1.0), 1),
        lambda t: t.multinomial(t.zeros(0), 1),
        lambda t: t.poisson(t.tensor([-1.0])),
        lambda t: t.poisson(t.tensor([1])),
    ],
)
def test_errors(act):
    """What torch refuses is refused in the same words."""
    refused(act)
