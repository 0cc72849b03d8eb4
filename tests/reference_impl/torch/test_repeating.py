"""`repeat`, `tile` and `repeat_interleave`: values, layout, gradients, errors."""

import pytest
from oracle import check, same

ACTS = {
    "repeat": lambda torch, x: x.repeat(2, 1),
    "repeat in front": lambda torch, x: x.repeat(2, 1, 3),
    "repeat a tuple": lambda torch, x: x.repeat((1, 2)),
    "repeat never": lambda torch, x: x.repeat(0, 2),
    "repeat transposed": lambda torch, x: x.t().repeat(1, 2),
    "tile": lambda torch, x: x.tile(2),
    "tile more": lambda torch, x: torch.tile(x, (2, 1, 2)),
    "tile none": lambda torch, x: x.tile(()),
    "interleave": lambda torch, x: x.repeat_interleave(2),
    "interleave rows": lambda torch, x: x.repeat_interleave(3, 0),
    "interleave columns": lambda torch, x: x.repeat_interleave(2, dim=-1),
    "interleave never": lambda torch, x: x.repeat_interleave(0, 0),
    "interleave transposed": lambda torch, x: x.t().repeat_interleave(2, 0),
    "interleave by a tensor": lambda torch, x: x.repeat_interleave(torch.tensor([2, 0]), 0),
    "interleave by one": lambda torch, x: torch.repeat_interleave(x, torch.tensor([2]), dim=1),
    "interleave by 0-dim": lambda torch, x: x.repeat_interleave(torch.tensor(2)),
    "positions": lambda torch, x: torch.repeat_interleave(torch.tensor([1, 2, 0])),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("dtype", ["float32", "int64"])
def test_values_and_gradients(name, dtype):
    """Values, strides, gradients and `grad_fn` are torch's."""
    check(ACTS[name], (2, 3), dtype=dtype)


def test_0_dim():
    """A tensor without dimensions can be repeated, too."""
    check(lambda torch, x: x.repeat(2), ())
    check(lambda torch, x: x.repeat(()), ())
    check(lambda torch, x: x.repeat_interleave(2), ())


def test_second_derivatives():
    """What is repeated can be differentiated twice."""

    def act(torch, x):
        y = (x**2).repeat(2, 2) ** 2
        y = y.sum() + ((x**2).repeat_interleave(2, 1) ** 2).sum()
        return torch.autograd.grad(y, x, create_graph=True)

    check(act, (2, 3))


@pytest.mark.parametrize(
    "act",
    [
        lambda t: t.ones(2, 3).repeat(2),
        lambda t: t.ones(2, 3).repeat(-1, 1),
        lambda t: t.ones(2, 3).repeat(),
        lambda t: t.ones(2, 3).tile(-1),
        lambda t: t.ones(2, 3).repeat_interleave(-1, 0),
        lambda t: t.ones(2, 3).repeat_interleave(2, 5),
        lambda t: t.ones(2, 3).repeat_interleave(t.tensor([1, 2, 3]), 0),
        lambda t: t.ones(2, 3).repeat_interleave(t.tensor([-1, 2]), 0),
        lambda t: t.ones(2, 3).repeat_interleave(t.tensor([1.0, 2]), 0),
        lambda t: t.ones(2, 3).repeat_interleave(t.tensor([[1, 2]]), 0),
        lambda t: t.ones(2, 3).repeat_interleave([1, 2], 0),
        lambda t: t.ones(2, 3).repeat_interleave(t.tensor([1, 2]), 0, output_size=4),
        lambda t: t.ones(2, 3).repeat_interleave(t.tensor([1, 2]), 0, output_size=3),
        lambda t: t.repeat_interleave(t.tensor([1.0, 2])),
        lambda t: t.repeat_interleave(t.tensor([[1, 2]])),
        lambda t: t.repeat_interleave(t.tensor([1, -2])),
    ],
)
def test_errors(act):
    """What torch refuses is refused in the same words."""
    same(act)
