"""Getting samples: by number from a map, one after the other from a stream."""

from __future__ import annotations

from collections.abc import Callable

from ....literals import tensor
from ....tensor import Tensor
from ..dataset import Dataset, IterableDataset, Subset, TensorDataset
from .collate import collate_tensor_fn, default_collate, default_collate_fn_map


def rows_at_once(dataset: Dataset, index: object) -> list[Tensor] | None:
    """Return the batch of a `TensorDataset`'s rows, from each tensor in one go.

    It is what stacking row by row would give, in a quarter of the time. None where it would
    not: rows of leaves have a graph to record, and a row that is missing an error to raise.
    """
    if type(index) is not list or not index:
        return None
    while type(dataset) is Subset:
        index = [dataset.indices[i] for i in index]
        dataset = dataset.dataset
    if type(dataset) is not TensorDataset or not dataset.tensors:
        return None
    if any(type(t) is not Tensor or t.requires_grad or t.is_meta for t in dataset.tensors):
        return None
    size = len(dataset)
    if not all(type(i) is int and 0 <= i < size for i in index):
        return None
    if default_collate_fn_map.get(Tensor) is not collate_tensor_fn:
        return None
    where = tensor(index)
    return [t.index_select(0, where) for t in dataset.tensors]


class _MapDatasetFetcher:
    """Gets samples by number, and makes a batch of them."""

    def __init__(
        self, dataset: Dataset, auto_collation: bool, collate_fn: Callable, drop_last: bool
    ) -> None:
        self.dataset = dataset
        self.auto_collation = auto_collation
        self.collate_fn = collate_fn

    def fetch(self, possibly_batched_index: object) -> object:
        """Return the batch of a list of numbers, or the sample of one."""
        index = possibly_batched_index
        if not self.auto_collation:
            return self.collate_fn(self.dataset[index])
        if self.collate_fn is default_collate:
            batch = rows_at_once(self.dataset, index)
            if batch is not None:
                return batch
        if getattr(self.dataset, "__getitems__", None):
            return self.collate_fn(self.dataset.__getitems__(index))
        return self.collate_fn([self.dataset[i] for i in index])


class _IterableDatasetFetcher:
    """Takes samples from a stream until it ends, and makes batches of them."""

    def __init__(
        self, dataset: IterableDataset, auto_collation: bool, collate_fn: Callable, drop_last: bool
    ) -> None:
        self.samples = iter(dataset)
        self.auto_collation = auto_collation
        self.collate_fn = collate_fn
        self.drop_last = drop_last
        self.ended = False

    def fetch(self, possibly_batched_index: object) -> object:
        """Return the next batch, as long as the index, or the next sample.

        Raises:
            StopIteration: the stream has ended.
        """
        if self.ended:
            raise StopIteration
        if not self.auto_collation:
            return self.collate_fn(next(self.samples))
        wanted = len(possibly_batched_index)
        samples = []
        while len(samples) < wanted and not self.ended:
            try:
                samples.append(next(self.samples))
            except StopIteration:
                self.ended = True
        if not samples or (self.drop_last and len(samples) < wanted):
            raise StopIteration
        return self.collate_fn(samples)
