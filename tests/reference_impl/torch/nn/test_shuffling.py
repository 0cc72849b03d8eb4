"""Numbers elsewhere: shuffled, folded, unpooled, and pooled by chance; softmax by cluster."""

import pytest
from agreement import agree, numbers

CALLS = """
F.pixel_shuffle(x, 2)
F.pixel_shuffle(x, 3)
F.pixel_shuffle(x, 0)
F.pixel_shuffle(x[0, 0], 2)
F.pixel_shuffle(x, 2.0)
F.pixel_unshuffle(x, 2)
F.pixel_unshuffle(x, 3)
F.pixel_unshuffle(x, -1)
F.pixel_unshuffle(x[0, 0], 2)
F.channel_shuffle(x, 2)
F.channel_shuffle(x, 3)
F.channel_shuffle(x, 0)
F.channel_shuffle(x[0, 0], 2)
nn.PixelShuffle(2), nn.PixelUnshuffle(2), nn.ChannelShuffle(2)
nn.Fold((4, 5), 2, stride=2), nn.Unfold((2, 3), padding=1)
nn.Fold((4, 4), 2)(nn.Unfold(2)(i))
F.max_unpool2d(p, ix, 2)
F.max_unpool2d(p, ix, 2, output_size=(5, 5))
F.max_unpool2d(p, ix, 2, output_size=(1, 1, 5, 4))
F.max_unpool2d(p, ix, 2, output_size=(8, 8))
F.max_unpool2d(p, ix, 2, output_size=(1, 8, 8, 8, 8))
F.max_unpool2d(p, ix.int(), 2)
F.max_unpool2d(p, ix[0], 2)
F.max_unpool2d(p, ix, 2, 2, 0)
F.max_unpool2d(p[0], ix[0], 2)
F.max_unpool1d(p1, ix1, 2)
F.max_unpool1d(p1, ix1, 2)
F.max_unpool1d(p1, ix1, 2, output_size=(5,))
F.max_unpool3d(p3, ix3, (1, 2, 2))
F.max_unpool3d(p3, ix3, (1, 2, 2))
F.max_unpool2d(p[0, 0], ix[0, 0], 2)
F.max_unpool3d(p3[0, 0], ix3[0, 0], 2)
F.max_unpool2d(p.long(), ix, 2)
nn.MaxUnpool2d(2, stride=1, padding=1), nn.MaxUnpool1d(3), nn.MaxUnpool3d((1, 2, 3))
nn.MaxUnpool2d(2)(p, ix)
nn.FractionalMaxPool2d(2, output_size=3)
nn.FractionalMaxPool2d(2, output_ratio=0.5)
nn.FractionalMaxPool2d(2)
nn.FractionalMaxPool2d(2, 3, 0.5)
nn.FractionalMaxPool2d(2, output_ratio=1.5)
nn.FractionalMaxPool3d(2)
F.fractional_max_pool2d(images, 2, output_size=3)
F.fractional_max_pool2d(images, 2, output_size=(5, 4), return_indices=True)
F.fractional_max_pool2d(images, (2, 3), output_ratio=(0.5, 0.6))
F.fractional_max_pool2d(images, 2, output_ratio=0.5)
F.fractional_max_pool2d(images, 2)
F.fractional_max_pool2d(i, 2, output_size=5)
F.fractional_max_pool2d(i, 2, output_size=3, _random_samples=t.full((1, 1, 2), 0.5))
F.fractional_max_pool3d(cubes, 2, output_size=(3, 4, 3), return_indices=True)
F.fractional_max_pool3d(i[None], (1, 2, 2), output_size=(1, 3, 3))
nn.FractionalMaxPool2d(2, output_ratio=0.5)(images)
"""

ADAPTIVE = """
A(8, 12, [4, 8], 2.0) | m(ax, at)
A(8, 12, [4, 8], 2.0, head_bias=True) | m(ax[0], at[5])
A(8, 12, [4, 8], 2.0) | m.log_prob(ax)
A(8, 12, [4, 8], 2.0) | m.predict(ax)
A(8, 12, [4, 8]) | m(ax, at + 1)
A(8, 12, [4, 8]) | m(ax, at[:2])
A(8, 12, [4, 8]) | m(ax[0], at)
A(8, 12, [4, 8]) | m(ax, at[None])
A(8, 12, []) | m
A(8, 12, [4, 4]) | m
A(8, 12, [4, 12]) | m
"""


def names(engine):
    """Images, and what pooling found in them."""
    pool = engine.nn.functional
    i = engine.arange(16.0).reshape(1, 1, 4, 4)
    p, ix = pool.max_pool2d(i, 2, return_indices=True)
    p1, ix1 = pool.max_pool1d(i[0], 2, return_indices=True)
    p3, ix3 = pool.max_pool3d(i[None], (1, 2, 2), return_indices=True)
    return {
        "x": engine.arange(32.0).reshape(1, 8, 2, 2).requires_grad_(),
        "i": i,
        "p": p.requires_grad_(),
        "p1": p1.requires_grad_(),
        "p3": p3.requires_grad_(),
        "ix": ix,
        "ix1": ix1,
        "ix3": ix3,
        "images": numbers(engine, (2, 3, 9, 8), 1),
        "cubes": numbers(engine, (1, 2, 6, 7, 5), 2),
        "ax": numbers(engine, (6, 8), 3),
        "at": engine.tensor([0, 3, 4, 7, 8, 11]),
    }


@pytest.mark.parametrize("call", CALLS.strip().split("\n"))
def test_call(call):
    """Values, gradients, nodes, reprs and errors are torch's; so are numbers by chance."""
    agree("nn.Identity()", call, names)


@pytest.mark.parametrize("line", ADAPTIVE.strip().split("\n"))
def test_adaptive_softmax(line):
    """Parameters, logarithms, losses, gradients and errors."""
    make, _, call = line.partition(" | ")
    agree(f"nn.AdaptiveLogSoftmaxWithLoss{make[1:]}", call, names)
