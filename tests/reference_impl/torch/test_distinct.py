"""`unique` and `unique_consecutive`: elements, slices, where each went, how often."""

import itertools
import math

import pytest
from oracle import check, same

FLAGS = list(itertools.product([False, True], repeat=2))


@pytest.mark.parametrize(("inverse", "counts"), FLAGS)
@pytest.mark.parametrize("dtype", ["int64", "float32", "bool"])
def test_elements(inverse, counts, dtype):
    """One, two or three results, in the types and layouts of torch."""
    rows = [[3, 1, 1], [0, 1, 3]]

    def made(t, method):
        x = t.tensor(rows).to(getattr(t, dtype))
        flags = {"return_inverse": inverse, "return_counts": counts}
        return [
            getattr(x, method)(**flags),
            getattr(x.t(), method)(**flags),
            getattr(x[0, 0], method)(**flags),
            getattr(x[:0], method)(**flags),
            getattr(t, method)(x, **flags),
        ]

    same(lambda t: made(t, "unique"))
    same(lambda t: made(t, "unique_consecutive"))


@pytest.mark.parametrize(("inverse", "counts"), FLAGS)
@pytest.mark.parametrize("dim", [0, 1, -1])
def test_slices(inverse, counts, dim):
    """Slices are compared as a whole and come in lexicographic order."""
    x = [[[1, 2], [0, 0], [1, 2]], [[1, 2], [0, 0], [1, 2]], [[0, 5], [0, 0], [0, 5]]]

    def made(t, method):
        results = getattr(t.tensor(x), method)(
            return_inverse=inverse, return_counts=counts, dim=dim
        )
        first = results[0] if isinstance(results, tuple) else results
        return results, first.stride()

    same(lambda t: made(t, "unique"))
    same(lambda t: made(t, "unique_consecutive"))


def test_nan_is_distinct():
    """Not a number equals nothing, itself included."""
    row = [math.nan, 1.0, math.nan]
    same(lambda t: t.tensor(row).unique(return_inverse=True, return_counts=True))
    same(lambda t: t.tensor(row).unique_consecutive())


def test_no_derivative():
    """Results have a `grad_fn` that says that there is no derivative."""
    for act in (
        lambda x: x.unique(),
        lambda x: x.unique(dim=0),
        lambda x: x.unique_consecutive(),
    ):
        same(lambda t: act(t.ones(2, 3, requires_grad=True)).grad_fn.name())  # noqa: B023
        same(lambda t: act(t.ones(2, 3, requires_grad=True)).sum().backward())  # noqa: B023
    check(lambda x: x.unique(), (2, 3), dtype="int64")


@pytest.mark.parametrize(
    "act",
    [
        lambda t: t.tensor([1, 2]).unique(dim=3),
        lambda t: t.tensor(3).unique(dim=0),
        lambda t: t.zeros(3, 0).unique(dim=0),
        lambda t: t.zeros(0, 0).unique(dim=0),
        lambda t: t.zeros(0, 3).unique(dim=0, return_inverse=True, return_counts=True),
        lambda t: t.tensor([3, 1, 3]).unique(True, True, True),
        lambda t: t.tensor([3, 1, 3]).unique(sorted=False),
    ],
)
def test_errors_and_calls(act):
    """What torch refuses is refused in the same words."""
    same(act)
