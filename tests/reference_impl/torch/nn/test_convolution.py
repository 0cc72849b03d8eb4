"""Convolutions: torch's digits, errors word for word, and gradients of gradients."""

import pytest
import torch
from oracle import made, same

import reference_impl.torch as ref

ERRORS = """
conv1d(o(1, 3, 2, 2), o(1, 3, 2)); conv1d(o(3), o(1, 3, 2)); conv1d(o(1, 3, 5), o(1, 3))
conv1d(o(1, 3, 5), o(1, 3, 2, 2)); conv1d(o(32, 35, 256), o(100, 256, 2))
conv1d(o(3, 5), o(1, 4, 2)); conv1d(o(1, 3, 5), o(4, 3, 2), o(3)); conv1d(o(1, 3, 2), o(4, 3, 5))
conv1d(o(1, 3, 2), o(4, 3, 5), padding=1); conv1d(o(1, 3, 2), o(4, 3, 2), padding=-1)
conv1d(o(1, 3, 2), o(4, 3, 2), stride=0); conv1d(o(1, 3, 2), o(4, 3, 2), dilation=0)
conv1d(o(1, 3, 2), o(4, 3, 2), dilation=-1); conv1d(o(1, 3, 2), o(4, 3, 2), groups=0)
conv1d(o(1, 4, 2), o(3, 2, 2), groups=2); conv1d(o(1, 4, 2), o(1, 2, 2), groups=2)
conv1d(o(1, 4, 2), o(2, 4, 2), groups=2); conv1d(o(1, 3, 2), o(4, 3, 2), padding="foo")
conv1d(o(1, 3, 8), o(4, 3, 2), padding="same", stride=2)
conv1d(o(1, 3, 8), o(4, 3, 2), stride=(1, 1)); conv1d(o(1, 3, 8).double(), o(4, 3, 2))
conv1d(o(1, 3, 8), o(4, 3, 2), o(4).double()); conv1d(o(1, 3, 8).bool(), o(4, 3, 2).bool())
conv1d([1], o(4, 3, 2)); conv1d(o(1, 3, 8)); conv1d(o(1, 3, 8), o(4, 3, 2), stride=1.5)
conv1d(o(1, 3, 8).long(), o(4, 3, 2).long()); conv1d(o(0, 3, 8), o(4, 3, 2)).shape
conv1d(o(1, 3, 0), o(4, 3, 2)); conv1d(o(1, 3, 8), o(0, 3, 2)); conv1d(o(1, 3, 8), o(4, 3, 0))
conv2d(o(1, 3, 2), o(1, 3, 2, 2))
conv2d(o(1, 3, 2, 2), o(1, 3, 2)); conv2d(o(1, 3, 2, 2), o(1, 3, 3, 1))
conv2d(o(1, 3, 8, 9), o(1, 3, 3, 2), padding=[1, 2, 3]); conv_transpose1d(o(1, 3, 8), o(4, 3, 2))
conv_transpose1d(o(1, 3, 8), o(3, 4, 2), o(3)); conv_transpose1d(o(8), o(4, 3, 2))
conv_transpose1d(o(1, 3, 8), o(3, 4, 2), output_padding=1)
conv_transpose1d(o(1, 3, 8), o(3, 4, 2), output_padding=-1)
conv_transpose1d(o(1, 3, 8), o(3, 4, 2), padding=9); conv_transpose1d(o(4, 8), o(4, 3, 2)).shape
pad(o(3), (1,)); pad(o(3), (1, 1, 1, 1)); pad(o(1, 3), (3, 0), "reflect")
pad(o(3), (1, 1), "circular")
pad(o(1, 3), (-2, -2), "replicate"); pad(o(1, 3), (1, 1), "foo"); pad(o(1, 3), (4, 0), "circular")
pad(o(1, 3), (1, 1), "reflect", 2.0); pad(o(3), (-2, -2)); pad(o(1, 1, 3, 3), (1, 1), "reflect")
pad(o(1, 2, 0), (1, 1), "reflect"); pad(o(1, 3).bool(), (1, 1), "reflect")
pad(o(1, 3).long(), (1, 1), value=2.7)
Conv1d(3, 4, 2, groups=2); Conv1d(4, 3, 2, groups=2); Conv1d(4, 4, 2, groups=0)
Conv1d(4, 4, 2, padding="same", stride=2); ConvTranspose1d(4, 4, 2, padding_mode="reflect")
ConvTranspose1d(4, 4, 2, stride=2)(o(1, 4, 3), output_size=[9])
ConvTranspose1d(4, 4, 2, stride=2)(o(1, 4, 3), output_size=[1, 4, 7]).shape
ConvTranspose1d(4, 4, 2, stride=2)(o(1, 4, 3), output_size=[1, 7])
"""


@pytest.mark.parametrize(
    "call", [c.strip() for c in ERRORS.replace("\n", ";").split(";") if c.strip()]
)
def test_errors(call):
    """What cannot be is refused in torch's words, and what can be has torch's result."""

    def run(engine):
        names = {"o": engine.ones}
        for owner in (engine.nn.functional, engine.nn):
            names |= {n: getattr(owner, n) for n in dir(owner) if n.lower().startswith("conv")}
        return eval(call, {**names, "pad": engine.nn.functional.pad})

    same(run)


@pytest.mark.skipif(
    torch.backends.cpu.get_cpu_capability() != "AVX512",
    reason="oneDNN adds in another order on other processors",
)
@pytest.mark.parametrize(
    ("n", "c", "length", "o", "k", "options"),
    [
        (1, 1, 8, 1, 3, {}),
        (2, 3, 10, 4, 3, {}),
        (1, 4, 16, 8, 2, {}),
        (4, 16, 20, 16, 3, {}),
        (2, 32, 20, 24, 3, {}),
        (32, 20, 15, 10, 2, {}),
        (2, 4, 10, 4, 3, {"groups": 2}),
        (2, 8, 10, 8, 3, {"groups": 2}),
        (2, 4, 10, 4, 3, {"groups": 4, "padding": 1}),
        (2, 4, 10, 4, 3, {"stride": 2, "dilation": 2}),
        (1, 4, 10, 4, 3, {"dilation": 2}),
    ],
)
def test_bits(n, c, length, o, k, options):
    """The bits of a convolution are those of oneDNN, or of MKL for a single small sample."""
    torch.manual_seed(1)
    x, w = torch.randn(n, c, length), torch.randn(o, c // options.get("groups", 1), k)
    b = torch.randn(o)
    theirs = torch.nn.functional.conv1d(x, w, b, **options)
    ours = ref.nn.functional.conv1d(*(ref.tensor(v.tolist()) for v in (x, w, b)), **options)
    assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize("name", ["conv1d", "conv_transpose1d"])
def test_gradients_of_gradients(name):
    """A convolution can be differentiated twice."""

    def run(engine):
        x = made(engine, (2, 4, 7), "float64", 1, True)
        w = made(engine, (4, 2, 3), "float64", 2, True)
        y = getattr(engine.nn.functional, name)(x, w, stride=2, padding=1, groups=2)
        gx, gw = engine.autograd.grad((y * y).sum(), (x, w), create_graph=True)
        return engine.autograd.grad((gx * gx).sum() + (gw * gw * gw).sum(), (x, w))

    for ours, theirs in zip(run(ref), run(torch), strict=True):
        assert ours.flatten().tolist() == pytest.approx(theirs.flatten().tolist(), rel=1e-12)


def test_large_convolutions_are_near():
    """A large convolution takes the fast loop, whose numbers print alike."""
    torch.manual_seed(1)
    x, w = torch.randn(8, 64, 30), torch.randn(70, 64, 3)
    theirs = torch.nn.functional.conv1d(x, w)
    ours = ref.nn.functional.conv1d(*(ref.tensor(v.tolist()) for v in (x, w)))
    assert ours.flatten().tolist() == pytest.approx(theirs.flatten().tolist(), abs=2e-5)
    assert repr(ours[0, 0, :6]) == repr(theirs[0, 0, :6])


def test_on_meta():
    """On meta there is a shape and no loop."""
    conv = ref.nn.Conv2d(256, 512, 3, padding=1, device="meta")
    assert conv(ref.ones(64, 256, 224, 224, device="meta")).shape == (64, 512, 224, 224)


def test_an_uneven_margin_is_told_of_once():
    """`same` with an even kernel warns as torch does, once a process."""
    same_padding = ref.nn.functional.convolution.told
    same_padding.clear()
    torch.set_warn_always(True)
    try:
        same(
            lambda engine: engine.nn.functional.conv1d(
                engine.ones(1, 1, 4), engine.ones(1, 1, 2), padding="same"
            )
        )
    finally:
        torch.set_warn_always(False)
    assert len(same_padding) == 1
