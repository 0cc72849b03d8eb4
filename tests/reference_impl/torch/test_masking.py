"""Masks: positions of what is true, filling, selecting and placing."""

import pytest
from oracle import check, same

ACTS = {
    "masked_fill": lambda x: x.masked_fill(x > 0, 5),
    "masked_fill broadcast mask": lambda x: x.masked_fill(x[:1] > 0, -1.5),
    "masked_fill broadcast input": lambda x: x[0].masked_fill(x > 0, 1),
    "masked_fill transposed": lambda x: x.transpose(0, -1).masked_fill(x.transpose(0, -1) > 0, 0),
    "masked_fill_": lambda x: (x * 2).masked_fill_(x > 0, 3),
    "masked_fill_ of a view": lambda x: (x * 2)[1:].masked_fill_(x[1:] > 0, 3),
    "masked_select": lambda x: x.masked_select(x > 0),
    "masked_select broadcast": lambda x: x.masked_select(x[:1] > 0),
    "masked_select none": lambda x: x.masked_select(x > 1e9),
    "nonzero": lambda x: (x > 0).nonzero(),
    "nonzero of floats": lambda x: x.nonzero(),
    "nonzero as_tuple": lambda x: (x > 0).nonzero(as_tuple=True),
    "argwhere": lambda x: (x > 0).argwhere(),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("shape", [(2, 3), (3, 2, 4), (2, 0), (1, 1)])
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
def test_masks(name, shape, dtype):
    """Values, strides, gradients and `grad_fn` are torch's."""
    check(ACTS[name], shape, dtype=dtype)


def test_tensor_values_have_gradients():
    """A 0-dim tensor that fills gets the sum of the gradients under the mask."""
    check(lambda x, v: x.masked_fill(x > 0, v), (2, 3), ())
    check(lambda x, v: x[0].masked_fill(x > 0, v), (2, 3), ())
    check(lambda x, v: (x * 2).masked_fill_(x > 0, v), (2, 3), ())


def test_masked_scatter():
    """The first elements of the source go under the mask; the rest gets no gradient."""
    check(lambda x, s: x.masked_scatter(x > 0, s), (2, 3), (3, 3))
    check(lambda x, s: x[0].masked_scatter(x > 0, s), (2, 3), (3, 3))
    check(lambda x, s: (x * 2).masked_scatter_(x > 0, s), (2, 3), (3, 3))


def test_0_dim():
    """Tensors without dimensions have masks, too."""
    check(lambda x: x.masked_select(x > -9), ())
    check(lambda x: x.masked_fill(x > -9, 2), ())
    check(lambda x: x.nonzero(), ())
    check(lambda x: x.nonzero(as_tuple=True), ())


def test_second_derivatives():
    """Masked operations can be differentiated twice."""

    def act(torch, x):
        y = (x * x).masked_fill(x > 0, 2) + (x**3).masked_select(x < 0).sum()
        y = y.masked_scatter(x > 1, x * x)
        return torch.autograd.grad(y.sum(), x, create_graph=True)

    check(act, (3, 4))


@pytest.mark.parametrize(
    "act",
    [
        lambda t: t.ones(2, 3).masked_fill(t.ones(2, 3), 0),
        lambda t: t.ones(2, 3).masked_fill(t.ones(2, 3, dtype=t.uint8), 0),
        lambda t: t.ones(2, 3).masked_fill(t.ones(4, dtype=t.bool), 0),
        lambda t: t.ones(2, 3).masked_fill(t.ones(2, 3, dtype=t.bool), t.ones(2)),
        lambda t: t.ones(2, 3).masked_fill_(t.ones(2, 2, 3, dtype=t.bool), 0),
        lambda t: t.ones(2, 3, requires_grad=True).masked_fill_(t.ones(2, 3, dtype=t.bool), 0),
        lambda t: t.ones(2, dtype=t.int64).masked_fill(t.tensor([True, False]), 7.9),
        lambda t: t.ones(2, dtype=t.uint8).masked_fill(t.tensor([True, False]), 300),
        lambda t: t.ones(2, 3).masked_select(t.ones(2, 3)),
        lambda t: t.ones(2, 3).masked_select(t.ones(4, dtype=t.bool)),
        lambda t: t.ones(2).masked_scatter(t.tensor([True, True]), t.ones(1)),
        lambda t: t.ones(2).masked_scatter(t.ones(2), t.ones(2)),
        lambda t: t.ones(2).masked_scatter(t.tensor([True, True]), t.ones(2, dtype=t.float64)),
        lambda t: t.ones(2).masked_scatter(t.tensor([True, True]), 5.0),
        lambda t: t.nonzero([1]),
        lambda t: t.nonzero(t.ones(2), out=t.empty(0, dtype=t.int64)),
    ],
)
def test_errors(act):
    """What torch refuses is refused in the same words."""
    same(act)
