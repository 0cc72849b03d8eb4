"""What is printed is what torch prints, character for character."""

import math
import random

import pytest
import torch
from expressions import evaluated, lines
from oracle import same

import reference_impl.torch as ref

DTYPES = ["float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8"]
DTYPES += ["bool"]
EDGES = [0.99995, 0.00005, 1e-4, 1000.0, 1001.0, 1e8, 1e8 + 8, 0.5, 2.5, 1e-38, 3e38, 1e-45]


@pytest.fixture(autouse=True)
def usual_options():
    """Every test starts, and leaves, with the options torch starts with."""
    for engine in (torch, ref):
        engine.set_printoptions(profile="default")
    yield
    for engine in (torch, ref):
        engine.set_printoptions(profile="default")


def a_float(picks: random.Random, style: int) -> float:
    """A float: of a few kinds, or, in style 0, of any."""
    if style == 1:
        return picks.gauss(0, 1)
    if style == 2:
        return float(picks.randint(-9, 99))
    kinds = (
        lambda: picks.choice([0.0, -0.0, math.nan, math.inf, -math.inf]),
        lambda: float(picks.randint(-5, 200)),
        lambda: picks.gauss(0, 1) * 10 ** picks.randint(-9, 9),
        lambda: picks.choice(EDGES),
    )
    return picks.choice(kinds)() if style == 0 or picks.random() < 0.2 else 1.0


def a_shape(picks: random.Random) -> list[int]:
    """Up to four dimensions, some of them empty, some too large to be shown."""
    while True:
        wide = [0, 1, 2, 7, 12, 20, 40, 300, 1001]
        shape = [
            picks.choice(wide) if picks.random() < 0.2 else picks.randint(1, 7)
            for _ in range(picks.randrange(5))
        ]
        if math.prod(shape) <= 2500:
            return shape


def some_options(picks: random.Random) -> dict:
    """Arguments of set_printoptions."""
    if picks.random() < 0.4:
        return {"profile": "default"}
    return {
        "precision": picks.choice([None, 0, 1, 2, 4, 8, 10]),
        "threshold": picks.choice([None, 0, 5, 20, 1000, math.inf]),
        "edgeitems": picks.choice([None, 0, 1, 2, 3, 5]),
        "linewidth": picks.choice([None, 1, 20, 40, 80, 120, 1000]),
        "profile": picks.choice([None, "default", "short", "full"]),
        "sci_mode": picks.choice([None, None, True, False]),
    }


@pytest.mark.parametrize("seed", range(600))
def test_any_tensor_prints_as_in_torch(seed):
    """Any numbers, type, shape and layout, with or without history, under any options."""
    picks = random.Random(seed)
    shape, dtype, style = a_shape(picks), picks.choice(DTYPES), picks.randrange(4)
    floating = "float" in dtype
    top = picks.choice([1, 2, 100])
    values = [
        a_float(picks, style) if floating else picks.randint(-top if dtype[0] == "i" else 0, top)
        for _ in range(math.prod(shape))
    ]
    options = some_options(picks)
    history, turned, slid = picks.randrange(4), picks.random() < 0.2, picks.random() < 0.2
    shown = []
    for engine in (torch, ref):
        engine.set_printoptions(**options)
        whole = engine.tensor(values, dtype=engine.float64 if floating else engine.int64)
        x = whole.to(getattr(engine, dtype)).reshape(shape)
        x = x.t() if turned and len(shape) == 2 else x
        x = x[1:] if slid and shape and shape[0] else x
        if floating and history:
            x = x.detach().requires_grad_()
            x = x * 1 if history == 2 else x.clone() if history == 3 else x
        shown.append((repr(x), str(x), f"{x}"))
    assert shown[0] == shown[1]


CASES = """
t(3);t(3.5);t(1.);t(True);t([]);torch.empty(0, 3);t([], dtype=torch.int64);t([1., 2.5])
t([1e-5, 1.]);t([1e9]);t([0.00011, .1]);t([1000.5, .5]);t([1001., 1.]);t([nan, 1.]);t([inf, 1.5])
t([inf, -2.]);t([1, -20]);t([True, False]);t([1.], dtype=torch.float64);t([1], dtype=torch.int32)
t([1], dtype=torch.uint8);t([1.5], dtype=torch.float16);t([1.5], dtype=torch.bfloat16)
t([1.], requires_grad=True);t([1.], requires_grad=True)*2;torch.arange(30.);torch.arange(1001)
torch.arange(20.).reshape(4, 5);torch.zeros(2, 3, 4);t(1e-7);t(123456789.)
t(0.1+0.2, dtype=torch.float64);t([-0.0, 0.]);t([0.5, 1.5, 2.5])/1000;torch.zeros(40, 40)
torch.ones(2, 0);t(2., requires_grad=True)**2;t([0.99995]);t([12345.678]);t([99999999.5])
t([100000001.]);t([16777217.]);torch.ones(2, device="meta");torch.empty((), device="meta")
torch.empty(2, 3, dtype=torch.int64, device="meta");torch.empty(0, device="meta")
torch.ones(2, requires_grad=True, device="meta");f"{t(0.123456789):.3f}";f"{t(1.5):>10}"
f"{t(3):5d}";f"{t([1., 2.])}";f"{t([1., 2.]):.2f}";f"{t(1.5)}";"%s" % t(1.);"%.2f" % t(1.)
f"{torch.ones((), requires_grad=True):.2f}";f"{torch.ones((), device='meta'):.2f}"
f"{t(True)}";f"{t([1.5])!r:>20}";str(t(0.123456789).item());t([1.])[0];float(t(0.1))
torch.ones(2, 2, requires_grad=True)[0];torch.ones(2, 2, requires_grad=True).view(4)
torch.ones(3).max(0);[t(1.), t(2)];{"a": t([1.5])};(torch.ones(2, 2), 1)
torch.ones(3, 30)*0.1234567;torch.full((2, 11), -1.5);torch.eye(3)/3
torch.tensor(2**63-1);torch.tensor(-128, dtype=torch.int8);torch.empty(0, 0, 3, dtype=torch.bool)
torch.zeros(1001, dtype=torch.bool);torch.ones(2, 3, 400);torch.ones(1, 1, 1, 1)
torch.ones(15, dtype=torch.float64, requires_grad=True);torch.ones(25, dtype=torch.float16)
torch.rand(3, requires_grad=True).expand(12, 3).detach().sum(0, keepdim=True)*0
"""


@pytest.mark.parametrize("expression", lines(CASES))
def test_an_expression_prints_as_in_torch(expression):
    """Numbers, sizes, types and histories that have caught printers out before."""
    same(evaluated(expression))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_default_type_is_not_named(dtype):
    """What is named is a type that literals would not give."""
    same(
        evaluated(
            "(x, x.double(), x.float())",
            f"torch.set_default_dtype(torch.{dtype}); x = torch.ones(2); "
            "torch.set_default_dtype(torch.float32)",
        )
    )
    same(
        evaluated(
            "text",
            f"torch.set_default_dtype(torch.{dtype}); text = repr((torch.ones(2), torch.ones(2, "
            "dtype=torch.float32), torch.ones(0))); torch.set_default_dtype(torch.float32)",
        )
    )


def test_options_stay_until_the_next_call():
    """An option that is not given keeps its value; sci_mode is set by every call."""
    for engine in (torch, ref):
        engine.set_printoptions(precision=2, sci_mode=True)
        engine.set_printoptions(linewidth=40)
    same(evaluated("torch.arange(20) / 7"))


@pytest.mark.parametrize("options", ["precision=2", "profile='short'", "threshold=5, edgeitems=1"])
def test_options_are_seen_by_every_tensor(options):
    """Options reach summarised and nested tensors."""
    same(evaluated("torch.arange(60.).reshape(3, 4, 5) / 7", f"torch.set_printoptions({options})"))


def test_a_subclass_prints_under_its_own_name():
    """Only torch's own classes print as `tensor`."""

    def shown(engine):
        x = engine.ones(2, 2)
        x.__class__ = type("Celsius", (engine.Tensor,), {})
        return x

    same(shown)
