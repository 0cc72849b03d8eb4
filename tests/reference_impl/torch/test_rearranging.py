"""`roll`, `flip`, `rot90`, and copies with one part replaced."""

import pytest
from oracle import check, same

ACTS = {
    "roll flat": lambda x: x.roll(2),
    "roll": lambda x: x.roll(1, 0),
    "roll back": lambda x: x.roll(-3, 1),
    "roll both": lambda x: x.roll((1, 2), (0, 1)),
    "roll twice along one": lambda x: x.roll((1, 1), (0, 0)),
    "roll transposed": lambda x: x.transpose(0, 1).roll(1, 0),
    "roll transposed flat": lambda x: x.transpose(0, 1).roll(1),
    "flip": lambda x: x.flip(0),
    "flip both": lambda x: x.flip((0, -1)),
    "flip none": lambda x: x.flip(()),
    "flip transposed": lambda x: x.transpose(0, 1).flip(0),
    "flip strided": lambda x: x[:, ::2].flip(1),
    "fliplr": lambda x: x.fliplr(),
    "flipud": lambda x: x.flipud(),
    "rot90": lambda x: x.rot90(),
    "rot90 2": lambda x: x.rot90(2),
    "rot90 3": lambda x: x.rot90(3),
    "rot90 4": lambda x: x.rot90(4),
    "rot90 back": lambda x: x.rot90(-1, (1, 0)),
    "rot90 transposed": lambda x: x.transpose(0, 1).rot90(2),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("shape", [(2, 3), (3, 2, 4), (0, 2)])
@pytest.mark.parametrize("dtype", ["float32", "int64"])
def test_orders(name, shape, dtype):
    """Values, strides, gradients and `grad_fn` are torch's."""
    check(ACTS[name], shape, dtype=dtype)


REPLACED = {
    "select": ((4,), lambda x, s: x.select_scatter(s, 0, 1)),
    "select last": ((3,), lambda x, s: x.select_scatter(s, -1, -2)),
    "select of transposed": ((3,), lambda x, s: x.t().select_scatter(s, 0, 1)),
    "slice": ((3, 2), lambda x, s: x.slice_scatter(s, 1, 1, 3)),
    "slice by two": ((2, 4), lambda x, s: x.slice_scatter(s, 0, None, None, 2)),
    "slice of a slice": ((3, 1), lambda x, s: x[:, ::2].slice_scatter(s, 1, 1)),
    "diagonal": ((3,), lambda x, s: x.diagonal_scatter(s)),
    "diagonal above": ((3,), lambda x, s: x.diagonal_scatter(s, 1)),
    "diagonal below": ((2,), lambda x, s: x.diagonal_scatter(s, -1)),
}


@pytest.mark.parametrize("name", REPLACED)
@pytest.mark.parametrize("dtype", [("float32", "float32"), ("float32", "float64"), "int64"])
def test_replaced_parts(name, dtype):
    """Values, strides and both gradients; the part is converted to the tensor's type."""
    shape, act = REPLACED[name]
    check(act, (3, 4), shape, dtype=dtype)


def test_expanded():
    """A repeated element is copied as often as it is seen."""
    check(lambda x: x.expand(3, 2, 3).flip(0), (2, 3))
    check(lambda x, s: x.expand(3, 2).select_scatter(s, 0, 1), (2,), (2,))


def test_0_dim():
    """A tensor without dimensions can be rolled flat and flipped."""
    check(lambda x: x.roll(1), ())
    check(lambda x: x.flip(0), ())


def test_second_derivatives():
    """Copies in another order can be differentiated twice."""

    def act(torch, x, s):
        y = ((x**3).roll(1, 1).flip(0).rot90() ** 2).rot90(-1)
        y = y.select_scatter(s**3, 0, 1).slice_scatter(x[:, :1] ** 3, 1, 0, 1)
        return torch.autograd.grad(y.sum(), (x, s), create_graph=True)

    check(act, (3, 4), (4,))


@pytest.mark.parametrize(
    "act",
    [
        lambda t: t.ones(2, 3).roll((1, 2), 0),
        lambda t: t.ones(2, 3).roll((1, 2)),
        lambda t: t.ones(2, 3).roll(1, 5),
        lambda t: t.ones(2, 3).roll(()),
        lambda t: t.tensor(3.0).roll(1, 0),
        lambda t: t.ones(2, 3).flip((0, 0)),
        lambda t: t.ones(2, 3).flip(2),
        lambda t: t.flip(t.ones(2, 3), 0),
        lambda t: t.ones(3).fliplr(),
        lambda t: t.tensor(3.0).flipud(),
        lambda t: t.ones(2, 3).rot90(1, (0, 0)),
        lambda t: t.ones(2, 3).rot90(1, (0,)),
        lambda t: t.ones(2, 3).rot90(1, (0, 5)),
        lambda t: t.ones(3).rot90(),
        lambda t: t.ones(2, 3).rot90(1.5),
        lambda t: t.ones(2, 3).select_scatter(t.ones(2), 0, 1),
        lambda t: t.ones(2, 3).select_scatter(t.ones(3), 0, 5),
        lambda t: t.ones(2, 3).slice_scatter(t.ones(1, 3), 0),
        lambda t: t.ones(2, 3).slice_scatter(t.ones(1, 3), 0, 0, 2, 0),
        lambda t: t.ones(2, 3).diagonal_scatter(t.ones(3)),
    ],
)
def test_errors(act):
    """What torch refuses is refused in the same words."""
    same(act)
