"""`gather`, `take_along_dim`, `take` and `put`: values, layout, gradients, errors."""

import pytest
from oracle import check, same


def index(torch, values, shape, dtype=None):
    return torch.tensor(values, dtype=dtype or torch.int64).reshape(shape)


ACTS = {
    "gather rows": lambda torch, x: x.gather(0, index(torch, [1, 0, 1, 1], (2, 2))),
    "gather columns": lambda torch, x: x.gather(1, index(torch, [2, 0, 1, 1, 2, 2], (2, 3))),
    "gather with a smaller index": lambda torch, x: x.gather(-1, index(torch, [2], (1, 1))),
    "gather with int32": lambda torch, x: x.gather(1, index(torch, [2, 0], (2, 1), torch.int32)),
    "gather with an empty index": lambda torch, x: x.gather(1, index(torch, [], (0, 2))),
    "gather from transposed": lambda torch, x: x.t().gather(1, index(torch, [1, 0, 1], (3, 1))),
    "gather by transposed": lambda torch, x: x.gather(1, index(torch, [1, 0, 1, 2], (2, 2)).t()),
    "take": lambda torch, x: x.take(index(torch, [0, 5, -1, 0], (2, 2))),
    "take from transposed": lambda torch, x: x.t().take(index(torch, [1, 2], (2,))),
    "take by transposed": lambda torch, x: x.take(index(torch, [0, 5, -1, 0], (2, 2)).t()),
    "take_along_dim": lambda torch, x: x.take_along_dim(index(torch, [1, 0], (2, 1)), 1),
    "take_along_dim broadcast": lambda torch, x: x.take_along_dim(index(torch, [2, -1], (1, 2)), 1),
    "take_along_dim flat": lambda torch, x: x.take_along_dim(index(torch, [5, 0], (2,))),
    "put": lambda torch, x: x.put(index(torch, [0, -1], (2,)), torch.tensor([8, 9], dtype=x.dtype)),
    "put_": lambda torch, x: (x * 2).put_(index(torch, [1], (1,)), torch.ones(1, dtype=x.dtype)),
    "put transposed": lambda torch, x: x.t().put(index(torch, [1], (1,)), x[:1, 0] * 2),
    "put accumulate": lambda torch, x: x.put(index(torch, [0, 0], (2,)), x[0, :2] * 2, True),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("dtype", ["float32", "float16", "int64"])
def test_values_and_gradients(name, dtype):
    """Values, strides, gradients and `grad_fn` are torch's."""
    check(ACTS[name], (2, 3), dtype=dtype)


def test_three_dimensions():
    """The coordinates that the index does not give are its own."""
    numbers = [2, 0, 1, 1, 0, 2, 2, 2]
    check(lambda torch, x: x.gather(1, index(torch, numbers, (2, 2, 2))), (2, 3, 4))
    check(lambda torch, x: x.gather(2, index(torch, numbers, (2, 2, 2))), (2, 3, 4))


def test_0_dim():
    """A tensor without dimensions counts as one element in one dimension."""
    check(lambda torch, x: x.gather(0, torch.tensor(0)), ())
    check(lambda torch, x: x.gather(0, torch.tensor([0, 0])), ())
    check(lambda torch, x: x.gather(0, torch.tensor(1)), (3,))
    check(lambda torch, x: x.take(torch.tensor(2)), (3,))


def test_second_derivatives():
    """What is gathered can be differentiated twice."""

    def act(torch, x):
        y = (x**3).gather(1, index(torch, [1, 0, 1, 2], (2, 2))).sum()
        y = y + (x**3).take(index(torch, [0, 0, 4], (3,))).sum()
        return torch.autograd.grad(y, x, create_graph=True)

    check(act, (2, 3))


@pytest.mark.parametrize(
    "act",
    [
        lambda t: t.ones(2, 3).gather(1, t.tensor([[5]])),
        lambda t: t.ones(2, 3).gather(1, t.tensor([[-1]])),
        lambda t: t.ones(2, 3).gather(1, t.tensor([0])),
        lambda t: t.ones(2, 3).gather(1, t.tensor([[0.0]])),
        lambda t: t.ones(2, 3).gather(1, t.tensor([[0], [1], [1]])),
        lambda t: t.ones(2, 3).gather(0, t.tensor([[0, 1, 1, 1]])),
        lambda t: t.ones(2, 3).gather(2, t.tensor([[0]])),
        lambda t: t.ones(2, 3).gather(1, [0]),
        lambda t: t.ones(2, 3).take(t.tensor([6])),
        lambda t: t.ones(2, 3).take(t.tensor([-7])),
        lambda t: t.ones(2, 3).take(t.tensor([0], dtype=t.int32)),
        lambda t: t.ones(0).take(t.tensor([0])),
        lambda t: t.ones(2, 3).put(t.tensor([0, 6]), t.ones(2)),
        lambda t: t.ones(2, 3).put(t.tensor([0, 5]), t.ones(3)),
        lambda t: t.ones(2, 3).put(t.tensor([0]), t.ones(1, dtype=t.float64)),
        lambda t: t.ones(2, 3).take_along_dim(t.tensor([0, 1]), 1),
        lambda t: t.ones(2, 3).take_along_dim(t.tensor([[0.0]]), 1),
        lambda t: t.ones(2, 3).take_along_dim(t.tensor([[0], [1], [1]]), 1),
        lambda t: t.ones(2, 3).take_along_dim(t.tensor([7])),
        lambda t: t.gather(t.ones(2, 3), 0, t.tensor([[1, 0, 1]]), out=t.empty(0)),
    ],
)
def test_errors(act):
    """What torch refuses is refused in the same words."""
    same(act)
