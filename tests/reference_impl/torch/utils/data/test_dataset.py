"""Datasets look like torch's and are called like torch's; what they do is in tests/parity."""

from __future__ import annotations

import inspect
import pickle
from abc import ABC, abstractmethod
from collections.abc import Iterable

import pytest
import torch
from oracle import same

import reference_impl.torch as ref

HERE = [
    name
    for name in torch.utils.data.__all__
    if not name.startswith("_") and hasattr(ref.utils.data, name)
]


def parameters(value: object) -> list[tuple]:
    """Names, kinds and defaults of what a function or class takes, without generators."""
    found = inspect.signature(value).parameters.values()
    return [
        (p.name, p.kind, type(p.default) if p.name == "generator" else p.default) for p in found
    ]


@pytest.mark.parametrize("name", HERE)
def test_signature(name):
    """Names, order, defaults, and what must be given by name are torch's."""
    ours, theirs = getattr(ref.utils.data, name), getattr(torch.utils.data, name)
    if name == "random_split":
        assert inspect.signature(ours).parameters["generator"].default is ref.default_generator
        assert list(inspect.signature(ours).parameters) == list(
            inspect.signature(theirs).parameters
        )
    else:
        assert parameters(ours) == parameters(theirs)


def test_what_is_left_out():
    """All of torch.utils.data is here but data pipes, which torch has frozen; they are named."""
    left_out = {n for n in torch.utils.data.__all__ if not n.startswith("_")} - set(HERE)
    assert len(HERE) == 19
    for name in sorted(left_out):
        with pytest.raises(NotImplementedError, match=rf"torch\.utils\.data\.{name} is not part"):
            getattr(ref.utils.data, name)


@pytest.mark.parametrize("name", [name for name in HERE if name[0].isupper()])
def test_types_show_under_torch_s_path(name):
    """`<class 'torch.utils.data.dataset.Subset'>`, here as there."""
    same(lambda torch: getattr(torch.utils.data, name))


def test_a_learner_s_class_keeps_its_own_name():
    """Only what is torch's shows as torch's."""

    class Mine(ref.utils.data.Dataset):
        pass

    assert repr(Mine()).startswith(f"<{__name__}.")


def test_streams_are_iterable():
    """A stream without `__iter__` cannot be made; one with it is a collections.abc.Iterable."""

    def run(engine):
        class Silent(engine.utils.data.IterableDataset):
            pass

        Silent()

    same(run)
    assert issubclass(ref.utils.data.IterableDataset, Iterable)


def test_abstract_datasets_and_samplers():
    """Their types mix with abc.ABC and take a type of samples, as torch's do."""
    u = ref.utils.data

    class Base(u.Dataset[int], ABC):
        @abstractmethod
        def name(self) -> str: ...

    class Chosen(u.Sampler[list[int]], ABC):
        pass

    with pytest.raises(TypeError, match="abstract"):
        Base()
    assert isinstance(Chosen(), u.Sampler)


def test_a_subset_asks_for_many_at_once():
    """So does a stack of datasets; each passes on what it is asked for."""

    def run(engine):
        u = engine.utils.data
        asked = []

        class Batched(u.Dataset):
            def __getitems__(self, indices):
                asked.append(list(indices))
                return [10 * i for i in indices]

            def __len__(self):
                return 5

        class Short(Batched):
            def __getitems__(self, indices):
                return []

        subset = u.Subset(Batched(), [4, 0, 2])
        stack = u.StackDataset(subset, "abc")
        batches = [list(u.DataLoader(data, 2, collate_fn=list)) for data in (subset, stack)]
        named = u.StackDataset(x=subset, y="abc").__getitems__([2, 1])
        try:
            u.StackDataset(Short()).__getitems__([0])
        except ValueError as error:
            return batches, named, asked, str(error)

    same(run)


def test_pickles():
    """A subset of a dataset survives a pickle, indices and all."""
    data = ref.utils.data.TensorDataset(ref.arange(6).reshape(3, 2))
    subset = pickle.loads(pickle.dumps(ref.utils.data.Subset(data, [2, 0])))
    assert [row.tolist() for (row,) in subset] == [[4, 5], [0, 1]]
