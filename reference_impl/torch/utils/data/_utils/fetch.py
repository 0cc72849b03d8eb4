"""Getting samples: by number from a map, one after the other from a stream."""

from __future__ import annotations

from collections.abc import Callable

from ..dataset import Dataset, IterableDataset


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
