"""`searchsorted`, `bucketize`, `bincount`, `histc`."""

import math
import random

import pytest
from oracle import same


@pytest.mark.parametrize("flags", [{}, {"right": True}, {"side": "right"}, {"out_int32": True}])
def test_searchsorted(flags):
    """One row for all, or a row for each; numbers, tensors of any shape, nan."""
    same(lambda t: t.searchsorted(t.tensor([1, 3, 5]), t.tensor([[0, 3], [6, 1]]), **flags))
    same(lambda t: t.searchsorted(t.tensor([[1, 3, 5], [2, 4, 6]]), t.tensor([[3], [4]]), **flags))
    same(lambda t: t.searchsorted(t.tensor([1.0, 3.0]), t.tensor([math.nan, 3.0]), **flags))
    same(lambda t: t.searchsorted(t.tensor([1.0, math.nan]), t.tensor([2.0, 1.0]), **flags))
    same(lambda t: t.searchsorted(t.tensor([1, 3, 3]), 3, **flags))
    same(lambda t: t.searchsorted(t.tensor([1.0, 3]), t.tensor([0, 3]), **flags))
    same(lambda t: t.searchsorted(t.tensor([5, 1, 3]), t.tensor([3]), sorter=t.tensor([1, 2, 0]), **flags))  # fmt: skip  # noqa: E501
    same(lambda t: t.searchsorted(t.zeros(0), t.tensor([3.0]), **flags))
    same(lambda t: t.searchsorted(t.tensor([1, 3]), t.zeros(2, 0), **flags))


def test_bucketize():
    """The same with the arguments the other way round."""
    same(lambda t: t.bucketize(t.tensor([[0, 3], [6, 1]]), t.tensor([1, 3, 5])))
    same(lambda t: t.bucketize(t.tensor([0, 3, 6]), t.tensor([1, 3, 5]), right=True))
    same(lambda t: t.bucketize(4, t.tensor([1, 3, 5])))
    same(lambda t: t.bucketize(4.5, t.tensor([1, 3, 5]), out_int32=True))


def test_bincount():
    """Counts, and sums of weights in the weights' precision."""
    same(lambda t: t.bincount(t.tensor([0, 1, 1, 5])))
    same(lambda t: t.tensor([0, 1, 1, 5], dtype=t.uint8).bincount(minlength=8))
    for dtype in ("float32", "float64", "float16", "int64"):
        same(lambda t: t.bincount(t.tensor([0, 2, 2]), t.tensor([1, 2, 3]).to(getattr(t, dtype))))  # noqa: B023
    same(lambda t: t.bincount(t.tensor([0, 0]), t.tensor([0.1, 0.2], requires_grad=True)))
    same(lambda t: t.tensor([], dtype=t.int64).bincount())
    same(lambda t: t.tensor([], dtype=t.int64).bincount(minlength=2))


@pytest.mark.parametrize("bins", [1, 3, 7, 10, 100])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_histc(bins, dtype):
    """Elements on the border of two bins fall into torch's one."""
    chance = random.Random(bins)
    row = [chance.randrange(0, 200) / 100 for _ in range(300)]
    same(lambda t: t.tensor(row, dtype=getattr(t, dtype)).histc(bins))
    same(lambda t: t.tensor(row, dtype=getattr(t, dtype)).histc(bins, 0, 1))
    same(lambda t: t.tensor(row, dtype=getattr(t, dtype)).histc(bins, 0.1, 0.7))
    same(lambda t: t.tensor(row, dtype=getattr(t, dtype)).histc(bins, -1, 3))


@pytest.mark.parametrize(
    "act",
    [
        lambda t: t.searchsorted(t.tensor([1, 3]), t.tensor([3]), side="foo"),
        lambda t: t.searchsorted(t.tensor([1, 3]), t.tensor([3]), side="left", right=True),
        lambda t: t.searchsorted(t.tensor([[1, 3], [2, 4]]), t.tensor([3])),
        lambda t: t.searchsorted(t.tensor([[1, 3], [2, 4]]), 3),
        lambda t: t.searchsorted(t.tensor(3), t.tensor([3])),
        lambda t: t.searchsorted(t.tensor([1, 3]), t.tensor([3]), sorter=t.tensor([1])),
        lambda t: t.searchsorted(t.tensor([1, 3]), t.tensor([3]), sorter=t.tensor([1.0, 0])),
        lambda t: t.searchsorted(t.tensor([1, 3]), t.tensor([3]), sorter=t.tensor([1, 5])),
        lambda t: t.bucketize(t.tensor([0]), t.tensor([[1, 3, 5]])),
        lambda t: t.bincount(t.tensor([0, 1]), t.tensor([1.0])),
        lambda t: t.bincount(t.tensor([-1])),
        lambda t: t.bincount(t.tensor([1.0])),
        lambda t: t.bincount(t.tensor([True])),
        lambda t: t.bincount(t.tensor([[1]])),
        lambda t: t.bincount(t.tensor([1]), minlength=-1),
        lambda t: t.tensor([1, 2]).histc(4, 0, 3),
        lambda t: t.tensor([1.0, 2]).histc(0),
        lambda t: t.tensor([1.0, 2]).histc(2, 3, 1),
        lambda t: t.tensor([1.0, math.inf]).histc(2),
        lambda t: t.tensor([1.0, math.nan]).histc(2, 0, 2),
        lambda t: t.tensor([1.0, 1.0]).histc(3),
        lambda t: t.zeros(0).histc(3),
    ],
)
def test_errors_and_corners(act):
    """What torch refuses is refused in the same words; ranges without width are widened."""
    same(act)
