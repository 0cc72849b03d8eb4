"""Workers in this process load what torch's worker processes load, and say where they are."""

from __future__ import annotations

import multiprocessing
import random
import warnings
from types import ModuleType

import numpy
import pytest
import torch

import reference_impl.torch as ref

pytestmark = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(),
    reason="the datasets of these tests reach torch's workers by fork",
)


def by_number(engine: ModuleType) -> object:
    """A dataset whose samples tell of the worker that loads them."""
    u = engine.utils.data

    class Told(u.Dataset):
        calls = 0

        def __len__(self):
            return 7

        def __getitem__(self, i):
            self.calls += 1
            me = u.get_worker_info()
            drawn = engine.rand(1).item(), random.random(), numpy.random.rand()
            return i, me.id, me.num_workers, me.seed, engine.initial_seed(), self.calls, drawn

    return Told()


def as_stream(engine: ModuleType) -> object:
    """A stream of which each worker reads its own part."""
    u = engine.utils.data

    class Parts(u.IterableDataset):
        def __init__(self):
            self.first = 0

        def __iter__(self):
            step = u.get_worker_info().num_workers
            return ((i, engine.rand(1).item()) for i in range(self.first, 9, step))

    return Parts()


def told(engine: ModuleType, make: object, **options: object) -> list:
    """All samples of two rounds, and what can be drawn in the main program after each."""
    engine.manual_seed(3)
    random.seed(1)
    numpy.random.seed(2)
    dataset = make(engine)

    def begin(number):
        engine.rand(number + 1)
        info = engine.utils.data.get_worker_info()
        info.dataset.first = number

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loader = engine.utils.data.DataLoader(
            dataset,
            worker_init_fn=begin,
            collate_fn=lambda batch: batch,
            multiprocessing_context="fork",
            **options,
        )
        found = []
        for _ in range(2):
            found += loader
            found += [engine.rand(1).item(), random.random(), numpy.random.rand()]
    return [*found, getattr(dataset, "calls", None), getattr(dataset, "first", None)]


@pytest.mark.parametrize(
    ("make", "options"),
    [
        (by_number, {"num_workers": 1}),
        (by_number, {"num_workers": 2, "batch_size": 2, "shuffle": True}),
        (by_number, {"num_workers": 2, "batch_size": None, "prefetch_factor": 1}),
        (by_number, {"num_workers": 2, "batch_size": 3, "persistent_workers": True}),
        (as_stream, {"num_workers": 2, "batch_size": 2}),
        (as_stream, {"num_workers": 2, "batch_size": 2, "drop_last": True}),
        (as_stream, {"num_workers": 2, "batch_size": None, "persistent_workers": True}),
    ],
)
def test_what_workers_load(make, options):
    """Samples, their order, seeds, and random numbers of torch, Python and NumPy; the rest is kept.

    Each worker has a dataset of its own: what it changes, the main program does not see.
    """
    assert told(ref, make, **options) == told(torch, make, **options)


def test_it_says_that_they_are_here():
    """One warning, as the loader is made, tells how many workers there are, and where."""
    with pytest.warns(UserWarning, match=r"one process: the 2 workers .* take turns in it") as said:
        loader = ref.utils.data.DataLoader(range(4), num_workers=2)
        assert [batch.tolist() for batch in loader] == [[0], [1], [2], [3]]
    assert len(said) == 1
    assert said[0].filename == __file__
    with pytest.warns(UserWarning, match="the 1 worker of"):
        ref.utils.data.DataLoader(range(4), num_workers=1)


@pytest.mark.filterwarnings("ignore:reference_impl has one process")
def test_an_error_of_a_worker():
    """It is raised as it is, for its own batch only, and leaves no worker at work."""

    def load(batch):
        if 2 in batch:
            raise KeyError("sample 2")
        return batch

    batches = iter(ref.utils.data.DataLoader(range(4), num_workers=2, collate_fn=load))
    assert [next(batches), next(batches)] == [[0], [1]]
    with pytest.raises(KeyError, match="sample 2"):
        next(batches)
    assert next(batches) == [3]
    assert ref.utils.data.get_worker_info() is None


@pytest.mark.filterwarnings("ignore:reference_impl has one process")
def test_a_dataset_that_cannot_be_copied():
    """A worker then uses the dataset itself: an open file, a generator."""

    class Once(ref.utils.data.IterableDataset):
        def __init__(self):
            self.numbers = (i for i in range(3))

        def __iter__(self):
            return self.numbers

    assert list(ref.utils.data.DataLoader(Once(), num_workers=1)) == [0, 1, 2]
