"""Every distribution draws torch's words and does torch's arithmetic, to the last bit."""

from fractions import Fraction

import pytest
import torch

from reference_impl.torch import dtypes, variates
from reference_impl.torch.twister import Twister

SEEDS = range(20)
LENGTHS = [0, 1, 7, 15, 16, 17, 31, 100, 1000]
FLOATING = ["float64", "float32", "float16", "bfloat16"]


def equal(expected: torch.Tensor, found) -> bool:
    """Compare bit for bit: what is found is rounded to the dtype by the engine's own rule."""
    dtype = getattr(dtypes, str(expected.dtype).split(".")[1])
    return expected.double().tolist() == [float(x) for x in dtype.array(found)]


def each(dtype: str):
    """Give empty tensors of every length and, for every seed, both engines' generators."""
    for seed in SEEDS:
        twister, generator = Twister(seed), torch.Generator().manual_seed(seed)
        for n in LENGTHS:
            yield torch.empty(n, dtype=getattr(torch, dtype)), n, twister, generator
        assert twister.pack() == bytes(generator.get_state().tolist())


@pytest.mark.parametrize(
    ("low", "high"), [(0.0, 1.0), (-1.3, 2.7), (1e-3, 1e30), (2.0, 2.0000006), (-0.1, 0.1)]
)
@pytest.mark.parametrize("dtype", FLOATING)
def test_uniform(dtype, low, high):
    """`uniform_`; the last bounds are so near that rounding would reach the upper one."""
    if dtype == "float16" and high > 65504:
        high = 100.0
    ours = getattr(dtypes, dtype)
    for x, n, twister, generator in each(dtype):
        expected = x.uniform_(low, high, generator=generator)
        assert equal(expected, variates.uniform(twister, n, ours, low, high))


@pytest.mark.parametrize(("mean", "std"), [(0.0, 1.0), (0.1, 0.3), (-3.7, 1.9), (5.0, 0.0)])
@pytest.mark.parametrize("dtype", FLOATING)
def test_normal(dtype, mean, std):
    """`normal_`: below 16 numbers one by one, from 16 on in blocks, the last one redrawn."""
    ours = getattr(dtypes, dtype)
    for x, n, twister, generator in each(dtype):
        expected = x.normal_(mean, std, generator=generator)
        assert equal(expected, variates.normal(twister, n, ours, mean, std))


SAMPLERS = {
    "exponential_": ([(1.0,), (1.7,), (1e-3,)], variates.exponentials),
    "geometric_": ([(0.3,), (0.01,), (0.999,)], variates.geometrics),
    "cauchy_": ([(0.0, 1.0), (0.3, 2.5)], variates.cauchys),
    "log_normal_": ([(1.0, 2.0), (0.3, 1.5)], variates.log_normals),
}


@pytest.mark.parametrize("name", SAMPLERS)
@pytest.mark.parametrize("dtype", FLOATING)
def test_samplers(dtype, name):
    """The other in-place samplers of floating tensors."""
    parameters, sampler = SAMPLERS[name]
    for args in parameters:
        for x, n, twister, generator in each(dtype):
            expected = getattr(x, name)(*args, generator=generator)
            assert equal(expected, sampler(twister, n, *args))


@pytest.mark.parametrize(
    ("low", "high"), [(0, 2), (-5, 1000), (0, 2**28 - 1), (0, 2**28), (-(2**40), 2**50)]
)
def test_integers(low, high):
    """`randint`: from a width of 2**28 on it takes 64 bits."""
    for x, n, twister, generator in each("int64"):
        expected = x.random_(low, high, generator=generator)
        assert expected.tolist() == variates.integers(twister, n, low, high)


def test_permutation():
    """`randperm` shuffles from the front."""
    for _, n, twister, generator in each("int64"):
        expected = torch.randperm(n, generator=generator)
        assert expected.tolist() == variates.permutation(twister, n)


@pytest.mark.parametrize("rate", [0.0, 0.3, 3.7, 9.99, 10.0, 50.5, 1e4])
def test_poisson(rate):
    """`poisson`: products of uniforms for small rates, transformed rejection from 10 on."""
    for x, n, twister, generator in each("float64"):
        expected = torch.poisson(x.fill_(rate), generator=generator)
        assert expected.tolist() == [variates.poisson(twister, rate) for _ in range(n)]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_categories(dtype):
    """`multinomial` with replacement sums the weights in their own precision."""
    code = getattr(dtypes, dtype).typecode
    for x, n, twister, generator in each(dtype):
        if n < 2:
            continue
        weights = torch.linspace(0.01, 30, n, dtype=x.dtype)
        expected = torch.multinomial(weights, 50, True, generator=generator)
        assert expected.tolist() == variates.categories(twister, 50, weights.tolist(), code)


def test_the_spare_normal_survives_what_comes_between():
    """A single normal leaves a spare one that neither uniforms nor blocks of normals use up."""
    twister, generator = Twister(4), torch.Generator().manual_seed(4)
    ours = dtypes.float32
    for n in (1, 20, 3, 16, 2, 1):
        expected = torch.empty(n).normal_(generator=generator)
        assert equal(expected, variates.normal(twister, n, ours, 0.0, 1.0))
        expected = torch.empty(n).uniform_(generator=generator)
        assert equal(expected, variates.uniform(twister, n, ours, 0.0, 1.0))


@pytest.mark.parametrize(
    ("a", "b", "c"),
    [
        (0.1, 10.0, -1.0),
        (1 / 3, 3.0, -1.0),
        (1e-300, 1e-300, 1.0),
        (1e200, 1e200, -1.0),
        (2.0, 3.0, 4.0),
    ],
)
def test_fused_rounds_once(a, b, c):
    """The exact value of a * b + c, rounded to the nearest double."""
    product = a * b
    exact = Fraction(a) * Fraction(b) + Fraction(c) if product < 1e300 else None
    assert variates.fused(a, b, c) == (product if exact is None else float(exact))
