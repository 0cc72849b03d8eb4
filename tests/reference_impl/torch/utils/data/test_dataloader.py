"""Batches come in torch's order, draw for draw; what scripts print is in tests/parity."""

from __future__ import annotations

import itertools
import pickle
from types import ModuleType

import pytest
import torch
from oracle import same

import reference_impl.torch as ref

SAMPLES = 11
ORDERS = {
    "as they come": lambda u, data, g: {},
    "shuffled": lambda u, data, g: {"shuffle": True},
    "RandomSampler": lambda u, data, g: {"sampler": u.RandomSampler(data, generator=g)},
    "replacement": lambda u, data, g: {"sampler": u.RandomSampler(data, True, 40, g)},
    "more than there are": lambda u, data, g: {"sampler": u.RandomSampler(data, False, 25, g)},
    "SubsetRandomSampler": lambda u, data, g: {
        "sampler": u.SubsetRandomSampler([1, 5, 9, 2, 7], g)
    },
    "weighted": lambda u, data, g: {
        "sampler": u.WeightedRandomSampler([0.1] * 5 + [3] * 6, 20, generator=g)
    },
    "weighted, each once": lambda u, data, g: {
        "sampler": u.WeightedRandomSampler([0.1] * 5 + [3] * 6, 7, False, g)
    },
    "one of three processes": lambda u, data, g: {"sampler": u.DistributedSampler(data, 3, 1)},
}


def rounds(
    engine: ModuleType, seed: int, order: str, own: bool, drop_last: bool, collated: bool
) -> list:
    """The batches of two rounds, one that stops early, and what can be drawn after each."""
    u = engine.utils.data
    engine.manual_seed(seed)
    data = u.TensorDataset(engine.arange(SAMPLES), 2 * engine.arange(SAMPLES))
    of_sampler = engine.Generator().manual_seed(seed + 7) if own else None
    loader = u.DataLoader(
        data,
        batch_size=4,
        drop_last=drop_last,
        collate_fn=(lambda batch: [(x + y).item() for x, y in batch]) if collated else None,
        generator=engine.Generator().manual_seed(seed) if own else None,
        **ORDERS[order](u, data, of_sampler),
    )
    found = [len(loader)]
    for _ in range(2):
        for batch in loader:
            found.append(batch if collated else [column.tolist() for column in batch])
        found.append(engine.rand(1).item())
    begun = iter(loader)
    found.append(engine.rand(1).item())
    next(begun)
    return [*found, engine.rand(1).item()]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("own", [False, True], ids=["shared generator", "own generators"])
@pytest.mark.parametrize("drop_last", [False, True], ids=["all", "drop_last"])
def test_order(order, own, drop_last):
    """For 20 seeds the batches are torch's, with `default_collate` and another; so is the rest."""
    for seed, collated in itertools.product(range(20), [False, True]):
        options = (seed, order, own, drop_last, collated)
        assert rounds(ref, *options) == rounds(torch, *options), options


def test_a_batch_sampler_gives_order_and_batches():
    """Lists of numbers come from it alone; one in sequence draws from the shared stream."""

    def run(engine):
        u = engine.utils.data
        batches = u.BatchSampler(u.RandomSampler(range(7)), 3, drop_last=False)
        loader = u.DataLoader(range(7), batch_sampler=batches)
        engine.manual_seed(4)
        return [list(loader) for _ in range(3)], engine.rand(1)

    same(run)


def test_two_rounds_at_once():
    """Each iterator is a round of its own, with its own seed."""

    def run(engine):
        engine.manual_seed(2)
        loader = engine.utils.data.DataLoader(range(6), 2, shuffle=True)
        return list(zip(loader, loader, strict=True)), engine.rand(1)

    same(run)


def test_a_batch_keeps_its_graph():
    """Stacked rows of a leaf lead back to it."""

    def run(engine):
        x = engine.ones(3, 2, requires_grad=True)
        (batch,) = engine.utils.data.DataLoader(x, batch_size=3)
        batch.sum().backward()
        return batch, x.grad

    same(run)


ROWS = {
    "numbers and rows": "TensorDataset(t.arange(6), t.arange(12.0).reshape(6, 2))",
    "a transposed tensor": "TensorDataset(t.arange(12).reshape(2, 6).t())",
    "no columns": "TensorDataset(t.ones(6, 0))",
    "a subset of a subset": "Subset(Subset(TensorDataset(t.arange(9)), [8, 7, 6, 5, 4]), range(5))",
    "numbers from the end": "Subset(TensorDataset(t.arange(9)), [-1, 0, -2, 1, -3, 2])",
    "a row too many": "Subset(TensorDataset(t.arange(9)), [0, 1, 9, 2, 3, 4])",
    "a leaf": "TensorDataset(t.ones(6, 2, requires_grad=True))",
    "memory without numbers": "TensorDataset(t.ones(6, 2, device='meta'))",
}


@pytest.mark.parametrize("name", ROWS)
def test_rows_at_once(name):
    """Where rows are taken in one go, the batch is torch's, strides, graph and errors included."""

    def run(engine):
        names = {**vars(engine.utils.data), "t": engine}
        loader = engine.utils.data.DataLoader(eval(ROWS[name], names), batch_size=4)
        batches = list(loader)
        return batches, [column.stride() for batch in batches for column in batch]

    same(run)


def test_a_class_that_reads_rows_its_own_way():
    """A subclass is asked row by row, and so is a map with another way to stack tensors."""

    def run(engine):
        u = engine.utils.data

        class Doubled(u.TensorDataset):
            def __getitem__(self, i):
                return super().__getitem__(i)[0] * 2

        found = list(u.DataLoader(Doubled(engine.arange(3)), batch_size=2))
        known = u._utils.collate.default_collate_fn_map
        kept = known[engine.Tensor]
        known[engine.Tensor] = lambda batch, *, collate_fn_map=None: len(batch)
        try:
            return found, list(u.DataLoader(u.TensorDataset(engine.arange(3)), batch_size=2))
        finally:
            known[engine.Tensor] = kept

    same(run)


@pytest.mark.parametrize("batches", [[[]], [(1, 0)], [[True]], [range(2)], ["ab"]])
def test_lists_of_other_kinds_of_numbers(batches):
    """What a batch sampler may give besides lists of numbers."""

    def run(engine):
        u = engine.utils.data
        return list(u.DataLoader(u.TensorDataset(engine.arange(4)), batch_sampler=batches))

    same(run)


def test_a_pickled_loader_goes_on():
    """A loader can be sent elsewhere, with dataset and sampler; a round cannot."""
    loader = ref.utils.data.DataLoader(ref.utils.data.TensorDataset(ref.arange(4)), 2)
    again = pickle.loads(pickle.dumps(loader))
    assert [batch.tolist() for (batch,) in again] == [[0, 1], [2, 3]]
    with pytest.raises(NotImplementedError, match="cannot be pickled"):
        pickle.dumps(iter(loader))
