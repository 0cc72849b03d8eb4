"""`scatter`, `scatter_add` and `scatter_reduce`: values, gradients, errors."""

import pytest
from oracle import check, same

SHAPES = [((2, 4), (2, 3)), ((3, 4), (1, 2)), ((2, 4), (2, 4))]  # of input, of index


def index(torch, shape, most):
    n = shape[0] * shape[1]
    return torch.tensor([i * 5 % most for i in range(n)]).reshape(shape)


@pytest.mark.parametrize(("shape", "other"), SHAPES)
@pytest.mark.parametrize("name", ["scatter", "scatter_add"])
@pytest.mark.parametrize("dtype", ["float32", "float16", "int64"])
def test_scatter(name, shape, other, dtype):
    """Values, strides and both gradients, along both dimensions, out of place and in place."""

    def rows(torch, x, s):
        return getattr(x, name)(0, index(torch, other, shape[0]), s)

    def columns(torch, x, s):
        return getattr(x, name)(1, index(torch, other, shape[1]), s)

    def in_place(torch, x, s):
        return getattr(x * 2, f"{name}_")(1, index(torch, other, 4), s)

    for act in (rows, columns, in_place):
        check(act, shape, other, dtype=dtype)


@pytest.mark.parametrize("name", ["scatter", "scatter_add"])
def test_a_larger_source(name):
    """What an index does not reach of a source is left out; torch has no gradient for it."""

    def act(torch, x, s):
        return getattr(x.t(), name)(1, index(torch, (2, 2), 2), s)

    def differentiated(torch):
        s = torch.ones(2, 4, requires_grad=True)
        getattr(torch.ones(2, 2), name)(1, index(torch, (2, 2), 2), s).backward(torch.ones(2, 2))

    check(act, (2, 4), (2, 4), requires_grad=False)
    same(differentiated)


def test_scatter_a_number():
    """One number for all, by place or by name; with `reduce` there is no gradient."""
    check(lambda torch, x: x.scatter(1, torch.tensor([[0, 2], [1, 1]]), 7), (2, 3))
    check(lambda torch, x: x.scatter(1, torch.tensor([[0, 2]]), value=7.5), (2, 3))
    check(lambda torch, x: (x * 2).scatter_(0, torch.tensor([[1, 0]]), -1), (2, 3))
    check(lambda torch, x: x.detach().scatter(1, torch.tensor([[0, 0]]), 3, reduce="add"), (2, 3))
    check(
        lambda torch, x: x.detach().scatter(1, torch.tensor([[0, 0]]), 3, reduce="multiply"), (2, 3)
    )
    check(lambda torch, x: x.scatter(1, torch.zeros(0, dtype=torch.int64), 7), (2, 3))
    check(lambda torch, x: x.scatter(0, torch.tensor(0), 7), ())
    check(lambda torch, x, s: x.scatter_add(0, torch.tensor([0, 0]), s), (), (2,))


@pytest.mark.parametrize("reduce", ["sum", "prod", "mean", "amax", "amin"])
@pytest.mark.parametrize("include_self", [True, False])
@pytest.mark.parametrize("dtype", ["float32", "int64"])
def test_scatter_reduce(reduce, include_self, dtype):
    """All that goes to one place becomes one number; the gradient is that of the reduction."""
    for shape, other in SHAPES:

        def act(torch, x, s):
            where = index(torch, s.shape, 3)
            return x.scatter_reduce(1, where, s, reduce, include_self=include_self)

        check(act, shape, other, dtype=dtype)


def test_products_with_zeros():
    """A zero among the factors: its gradient is the product of the others."""

    def act(torch, x, s):
        s = s.masked_fill(torch.tensor([[False, True, False, False]]), 0)
        return x.scatter_reduce(1, torch.tensor([[0, 0, 1, 1], [1, 2, 2, 0]]), s, "prod")

    check(act, (2, 3), (2, 4))


def test_second_derivatives():
    """What is scattered can be differentiated twice."""

    def act(torch, x, s):
        where = torch.tensor([[0, 0, 1], [2, 1, 1]])
        y = (x**2).scatter_add(1, where, s**2) ** 2 + (x**3).scatter(1, where, s**3)
        y = y + (x**2).scatter_reduce(1, where, s**2, "mean") ** 2
        return torch.autograd.grad(y.sum(), (x, s), create_graph=True)

    check(act, (2, 3), (2, 3))


@pytest.mark.parametrize(
    "act",
    [
        lambda t: t.ones(2, 3).scatter(1, t.tensor([[0, 5]]), 1.0),
        lambda t: t.ones(2, 3).scatter(1, t.tensor([[0, -1]]), 1.0),
        lambda t: t.ones(2, 3).scatter(1, t.tensor([[0, 1]]), t.ones(1, 1)),
        lambda t: t.ones(2, 3).scatter(1, t.tensor([0, 1]), t.ones(2)),
        lambda t: t.ones(2, 3).scatter(1, t.tensor([[0, 1]]), t.ones(2)),
        lambda t: t.ones(2, 3).scatter(1, t.tensor([[0, 1]]), t.ones(1, 2, dtype=t.float64)),
        lambda t: t.ones(2, 3).scatter(1, t.tensor([[0.0, 1]]), 1.0),
        lambda t: t.ones(2, 3).scatter(1, t.tensor([[0, 1], [0, 0], [1, 1]]), 1),
        lambda t: t.ones(2, 3).scatter(1, t.tensor([[0, 1]]), t.ones(1, 2), reduce="foo"),
        lambda t: t.ones(2, dtype=t.uint8).scatter(0, t.tensor([0]), 300),
        lambda t: t.ones(2, 3).scatter_add(1, t.tensor([[0, 1]]), 1.0),
        lambda t: t.ones(2, 3).scatter_add(1, t.tensor([[0, 1]]), t.ones(1, 2, dtype=t.float64)),
        lambda t: t.ones(2, 3).scatter_add(1, t.tensor([[0, 7]]), t.ones(2, 2)),
        lambda t: t.ones(2, 3).scatter_reduce(1, t.tensor([[0, 1]]), t.ones(1, 2), "add"),
        lambda t: t.ones(2, 3).scatter_reduce(1, t.tensor([[0, 1]]), t.ones(1, 2)),
        lambda t: t.ones(2, requires_grad=True).scatter_(0, t.tensor([0]), 1.0),
    ],
)
def test_errors(act):
    """What torch refuses is refused in the same words."""
    same(act)
