"""`sort`, `argsort`, `msort`, `topk`, `kthvalue`: values, places of ties, gradients, errors."""

import math
import random

import pytest
from oracle import check, same

ACTS = {
    "sort": lambda x: x.sort(),
    "sort 0": lambda x: x.sort(0),
    "sort descending": lambda x: x.sort(-1, True),
    "sort stable": lambda x: x.sort(stable=True, dim=0, descending=True),
    "sort transposed": lambda x: x.transpose(0, -1).sort(0),
    "sort strided": lambda x: x[:, ::2].sort(),
    "argsort": lambda x: x.argsort(),
    "argsort 0": lambda x: x.argsort(0, descending=True),
    "msort": lambda x: x.msort(),
    "topk": lambda x: x.topk(2),
    "topk 0": lambda x: x.topk(1, 0),
    "topk smallest": lambda x: x.topk(2, largest=False),
    "topk unsorted": lambda x: x.topk(2, sorted=False),
    "topk none": lambda x: x.topk(0),
    "topk transposed": lambda x: x.transpose(0, -1).topk(2, 0),
    "kthvalue": lambda x: x.kthvalue(2),
    "kthvalue 0": lambda x: x.kthvalue(1, 0),
    "kthvalue keepdim": lambda x: x.kthvalue(2, keepdim=True),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("shape", [(2, 3), (3, 2, 4)])
@pytest.mark.parametrize("dtype", ["float32", "float16", "int64", "uint8"])
def test_values_and_gradients(name, shape, dtype):
    """Values, places, strides, gradients and `grad_fn` are torch's."""
    check(ACTS[name], shape, dtype=dtype)


@pytest.mark.parametrize("n", [1, 2, 5, 17, 40, 200])
def test_ties(n):
    """Which of several equal elements comes first is torch's choice, too."""
    chance = random.Random(n)
    for kinds in (1, 2, 5):
        row = [chance.randrange(kinds) for _ in range(n)]
        k = n // 2 + 1
        same(lambda t: t.tensor(row).sort().indices)  # noqa: B023
        same(lambda t: t.tensor(row).argsort(descending=True))  # noqa: B023
        same(lambda t: t.tensor(row).argsort(descending=True, stable=True))  # noqa: B023
        same(lambda t: t.tensor(row).topk(k).indices)  # noqa: B023
        same(lambda t: t.tensor(row).topk(k, largest=False, sorted=False).indices)  # noqa: B023
        same(lambda t: t.tensor(row).kthvalue(k).indices)  # noqa: B023


def test_nan():
    """Not a number counts as larger than any."""
    row = [math.nan, 1.0, math.inf, math.nan, -1.0, 0.0, -0.0]
    same(lambda t: t.tensor(row).sort())
    same(lambda t: t.tensor(row).sort(descending=True))
    same(lambda t: t.tensor(row).topk(4))
    same(lambda t: t.tensor(row).topk(4, largest=False))
    same(lambda t: [t.tensor(row).kthvalue(k) for k in range(1, 8)])


def test_0_dim_empty_and_bool():
    """A tensor without dimensions is one element; truth values are ordered, too."""
    check(lambda x: x.sort(), ())
    check(lambda x: x.topk(1), ())
    check(lambda x: x.kthvalue(1), ())
    check(lambda x: x.sort(), (2, 0))
    check(lambda x: x.topk(0), (2, 0))
    check(lambda x: x.sort(), (2, 3), dtype="bool")


def test_second_derivatives():
    """Sorting can be differentiated twice."""

    def act(torch, x):
        y = (x**3).sort(descending=True).values * torch.arange(1.0, 5)
        y = y.sum() + (x**3).topk(2, 0)[0].sum() + (x**2).kthvalue(2)[0].prod()
        return torch.autograd.grad(y, x, create_graph=True)

    check(act, (3, 4))


@pytest.mark.parametrize(
    "act",
    [
        lambda t: t.sort(t.ones(2, 3), 5),
        lambda t: t.ones(2, 3).sort(True),
        lambda t: t.topk(t.ones(2, 3), 4),
        lambda t: t.topk(t.ones(2, 3), -1),
        lambda t: t.topk(t.ones(2, 3)),
        lambda t: t.topk(t.tensor(3.0), 2),
        lambda t: t.topk(t.tensor([True]), 1),
        lambda t: t.topk(t.ones(2, 3), 2, 5),
        lambda t: t.kthvalue(t.ones(2, 3), 4),
        lambda t: t.kthvalue(t.ones(2, 3), 0),
        lambda t: t.kthvalue(t.tensor(3.0), 2),
        lambda t: t.kthvalue(t.zeros(2, 0), 1),
        lambda t: t.kthvalue(t.zeros(0, 2), 1),
        lambda t: t.kthvalue(t.tensor([True]), 1),
        lambda t: tuple(t.sort(t.tensor([2, 1]), out=[t.empty(0).long() for _ in range(2)])),
        lambda t: t.topk(t.tensor([2, 1]), k=1, dim=-1, largest=True, sorted=True),
    ],
)  # fmt: skip
def test_errors_and_calls(act):
    """What torch refuses is refused in the same words; results print alike."""
    same(act)
