"""`index_select`, `index_add`, `index_copy` and `index_fill`: values, gradients, errors."""

import pytest
from oracle import check, same

ACTS = {
    "index_select": lambda torch, x: x.index_select(0, torch.tensor([2, 0, 2])),
    "index_select last": lambda torch, x: x.index_select(-1, torch.tensor([1, 1, 0])),
    "index_select 0-dim": lambda torch, x: x.index_select(1, torch.tensor(1)),
    "index_select none": lambda torch, x: x.index_select(1, torch.tensor([], dtype=torch.int64)),
    "index_select int32": lambda torch, x: x.index_select(0, torch.tensor([1], dtype=torch.int32)),
    "index_select transposed": lambda torch, x: x.mT.index_select(0, torch.tensor([1])),
    "index_add": lambda torch, x: x.index_add(0, torch.tensor([0, 2, 0]), x * 2),
    "index_add alpha": lambda torch, x: x.index_add(1, torch.tensor([0, 0]), x[:, :2], alpha=3),
    "index_add_": lambda torch, x: (x * 1).index_add_(0, torch.tensor([1]), x[:1]),
    "index_add transposed": lambda torch, x: x.mT.index_add(-1, torch.tensor([1]), x.mT[..., :1]),
    "index_copy": lambda torch, x: x.index_copy(0, torch.tensor([2, 0]), x[:2] * 2),
    "index_copy_": lambda torch, x: (x * 1).index_copy_(1, torch.tensor([1]), x[:, :1]),
    "index_fill": lambda torch, x: x.index_fill(0, torch.tensor([2, -3]), 5),
    "index_fill last": lambda torch, x: x.index_fill(-1, torch.tensor([0]), -1.5),
    "index_fill tensor": lambda torch, x: x.index_fill(1, torch.tensor([0]), x[0].flatten()[0]),
    "index_fill transposed": lambda torch, x: x.transpose(0, 1).index_fill(0, torch.tensor([0]), 2),
    "index_fill_": lambda torch, x: (x * 1).index_fill_(1, torch.tensor([1]), 9),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("shape", [(3, 2), (3, 4, 2)])
@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "int64"])
def test_values_and_gradients(name, shape, dtype):
    """Values, strides, gradients and `grad_fn` are torch's."""
    check(ACTS[name], shape, dtype=dtype)


def test_0_dim():
    """A tensor without dimensions counts as one slice."""
    check(lambda torch, x: x.index_select(0, torch.tensor([0])), ())
    check(lambda torch, x: x.index_add(0, torch.tensor([0]), x * 2), ())
    check(lambda torch, x: x.index_fill(0, torch.tensor([0]), 3), ())
    check(lambda torch, x: x.index_copy(0, torch.tensor([0]), x * 2), ())


def test_second_derivatives():
    """What is selected can be differentiated twice."""

    def act(torch, x):
        y = (x**3).index_select(0, torch.tensor([0, 0, 1]))
        y = y.index_add(0, torch.tensor([2, 2]), (x**3)[:2], alpha=2) ** 2
        y = y.index_copy(1, torch.tensor([0]), x[:, :1] ** 3).index_fill(1, torch.tensor([1]), 0)
        return torch.autograd.grad(y.sum(), x, create_graph=True)

    check(act, (3, 2))


@pytest.mark.parametrize(
    "act",
    [
        lambda t: t.ones(2, 3).index_select(0, t.tensor([0, 5])),
        lambda t: t.ones(2, 3).index_select(0, t.tensor([0, -1])),
        lambda t: t.ones(2, 3).index_select(0, t.tensor([[0]])),
        lambda t: t.ones(2, 3).index_select(0, t.tensor([0.0])),
        lambda t: t.ones(2, 3).index_select(2, t.tensor([0])),
        lambda t: t.tensor(3.0).index_select(0, t.tensor([0, 0])),
        lambda t: t.tensor(3.0).index_select(0, t.tensor([1])),
        lambda t: t.zeros(0, 3).index_select(0, t.tensor([0])),
        lambda t: t.ones(2, 3).index_add(0, t.tensor([0, 1]), t.ones(1, 3)),
        lambda t: t.ones(2, 3).index_add(0, t.tensor([0, 5]), t.ones(2, 3)),
        lambda t: t.ones(2, 3).index_add(0, t.tensor([0, -1]), t.ones(2, 3)),
        lambda t: t.ones(2, 3).index_add(0, t.tensor([0, 1]), t.ones(2, 2)),
        lambda t: t.ones(2, 3).index_add(0, t.tensor([0, 1]), t.ones(2)),
        lambda t: t.ones(2, 3).index_add(0, t.tensor([[0, 1]]), t.ones(2, 3)),
        lambda t: t.ones(2, 3).index_add(0, t.tensor([0.0, 1]), t.ones(2, 3)),
        lambda t: t.ones(2, 3).index_add(0, t.tensor([0, 1]), t.ones(2, 3, dtype=t.float64)),
        lambda t: t.ones(2, 3).index_add(0, t.tensor([0, 1]), 1.0),
        lambda t: t.ones(2, dtype=t.int64).index_add(0, t.tensor([0]), t.tensor([2]), alpha=1.5),
        lambda t: t.tensor(1.0).index_add(0, t.tensor([0]), t.tensor([2.0])),
        lambda t: t.ones(2, 3).index_copy(0, t.tensor([0, 1]), t.ones(1, 3)),
        lambda t: t.ones(2, 3).index_copy(0, t.tensor([0, 5]), t.ones(2, 3)),
        lambda t: t.ones(2, 3).index_copy(0, t.tensor([0, -1]), t.ones(2, 3)),
        lambda t: t.ones(2, 3).index_copy(0, t.tensor([0, 1]), t.ones(2, 2)),
        lambda t: t.ones(2, 3).index_copy(0, t.tensor([0, 1]), t.ones(2)),
        lambda t: t.ones(2, 3).index_copy(0, t.tensor([[0, 1]]), t.ones(2, 3)),
        lambda t: t.ones(2, 3).index_copy(0, t.tensor([0.0, 1]), t.ones(2, 3)),
        lambda t: t.ones(2, 3).index_copy(0, t.tensor([0, 1]), t.ones(2, 3, dtype=t.float64)),
        lambda t: t.ones(2, 3).index_copy(0, t.tensor([0, 1]), t.tensor(1.0)),
        lambda t: t.ones(2, 3).index_fill(0, t.tensor([0, 5]), 1),
        lambda t: t.ones(2, 3).index_fill(0, t.tensor([0, 1]), t.ones(2)),
        lambda t: t.ones(2, 3).index_fill(0, t.tensor([[0, 1]]), 1),
        lambda t: t.ones(2, 3).index_fill(0, t.tensor([0.0]), 1),
        lambda t: t.ones(2, 3).index_fill(0, t.tensor([0], dtype=t.int32), 1),
        lambda t: t.ones(2, dtype=t.uint8).index_fill(0, t.tensor([0]), 300),
        lambda t: t.index_select(t.ones(2, 3), 1, t.tensor([2]), out=t.empty(0)),
    ],
)
def test_errors(act):
    """What torch refuses is refused in the same words."""
    same(act)
