"""The order of additions: it decides the digits of a sum."""

import random
from array import array

import pytest
import torch

from reference_impl.torch.summation import Loop, reduction_loops, sums


@pytest.fixture(autouse=True)
def one_thread():
    """From 32,768 elements on torch splits a sum among its threads; pages run on one."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def test_neighbours_in_memory_become_one_loop():
    """A contiguous tensor is summed as one long row."""
    assert reduction_loops((2, 3, 4), (12, 4, 1), (0, 1, 2)) == [Loop(24, 1, 0)]


def test_reduced_dimensions_come_first():
    """What is summed is the inner loop, whatever its stride."""
    assert reduction_loops((2, 3), (3, 1), (0,)) == [Loop(2, 3, 0), Loop(3, 1, 1)]


def test_dimensions_of_size_one_do_not_part_neighbours():
    """A size of 1 takes no loop of its own."""
    assert reduction_loops((2, 1, 3), (3, 99, 1), (0, 1, 2)) == [Loop(6, 1, 0)]


@pytest.mark.parametrize("typecode", ["f", "d"])
@pytest.mark.parametrize("length", [0, 1, 3, 7, 8, 31, 32, 33, 511, 512, 5000, 70_000])
def test_a_row_is_added_in_lanes_and_cascades(length, typecode):
    """Every bit of the sum of a row is torch's, on each side of each threshold."""
    picks = random.Random(length)
    row = array(typecode, [picks.gauss(0, 1) for _ in range(length)])
    dtype = torch.float32 if typecode == "f" else torch.float64
    assert sums(row, 0, [Loop(length, 1, 0)], 1)[0] == torch.tensor(row, dtype=dtype).sum().item()


def test_a_cascade_loses_less_than_adding_one_by_one():
    """A million times 0.1 in float32 is near 100000; one by one it would drift to 100958."""
    (found,) = sums(array("f", [0.1]) * 1_000_000, 0, [Loop(1_000_000, 1, 0)], 1)
    assert abs(found - 100_000) < 1
