"""Equal values come out in torch's order, which is that of the C++ standard library."""

import random

import pytest
import torch

from reference_impl.torch import introselect


def rows(seed: int, lengths: list[int]):
    """Rows with many equal values, few equal values, and rows already in order."""
    chance = random.Random(seed)
    for n in lengths:
        for kinds in (1, 2, 5, n, 10 * n):
            row = [chance.randrange(kinds) for _ in range(n)]
            yield row
            yield sorted(row)
            yield sorted(row, reverse=True)


LENGTHS = [1, 2, 3, 4, 5, 8, 16, 17, 18, 33, 64, 100, 300, 1000]


@pytest.mark.parametrize("largest", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_topk(seed, largest):
    """Indices of `topk`, for few values (by a heap) and many (by selection, then sorting)."""
    for row in rows(seed, LENGTHS):
        keys = [-v for v in row] if largest else row
        for k in {1, len(row) // 64, len(row) // 3, len(row)} - {0}:
            expected = torch.tensor(row).topk(k, largest=largest).indices
            assert introselect.top(keys, k) == expected.tolist()


def test_topk_unsorted():
    """Without sorting, selection alone decides the order."""
    for row in rows(7, LENGTHS):
        k = len(row) // 2 + 1
        expected = torch.tensor(row).topk(k, largest=False, sorted=False).indices
        assert introselect.top(row, k, ordered=False) == expected.tolist()


def test_kthvalue():
    """The index of `kthvalue`, for the first, a middle and the last place."""
    for row in rows(8, LENGTHS):
        for k in {1, len(row) // 2 + 1, len(row)}:
            pairs = [(v, i) for i, v in enumerate(row)]
            introselect.quickselect(pairs, k - 1)
            assert pairs[k - 1][1] == torch.tensor(row).kthvalue(k).indices.item()


def test_patience_runs_out():
    """A row made to defeat the median of three makes `nth_element` and `sort` take to a heap."""
    n = 2000
    row = [0] * n
    for i in range(n // 2):  # Musser's killer sequence
        row[i] = i + (i % 2 == 0) if i % 2 == 0 else n // 2 + i - (i % 2 == 0)
        row[n // 2 + i] = 2 * (i + 1)
    for k in (n // 2, n):
        expected = torch.tensor(row).topk(k, largest=False).indices
        assert introselect.top(row, k) == expected.tolist()
