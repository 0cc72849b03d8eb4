"""Workers: in torch processes that load batches; here they take turns in this one.

What a worker can see of itself is as in torch: its number, its seed, streams of random
numbers of its own, and a dataset of its own, so that changes to it stay there.
"""

from __future__ import annotations

import contextlib
import copy
import random
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ....random import default_generator
from ....twister import Twister
from ..dataset import Dataset

__all__ = ["WorkerInfo", "get_worker_info"]


class WorkerInfo(NamedTuple):
    """What a worker knows of itself.

    Args:
        id: its number, from 0 up.
        num_workers: how many there are.
        seed: what its random numbers started from.
        dataset: its own copy.
        rng: torch's own.
        worker_method: torch's own.
    """

    id: int
    num_workers: int
    seed: int
    dataset: Dataset
    rng: object = None
    worker_method: str | None = "multiprocessing"


_worker_info: WorkerInfo | None = None


def get_worker_info() -> WorkerInfo | None:
    """Return what the worker that asks knows of itself; None outside of workers.

    A stream asks in `__iter__` which part of the samples is its own, since each worker reads
    a copy of the dataset.

    >>> print(torch.utils.data.get_worker_info())
    None
    """
    return _worker_info


class Worker:
    """One that loads batches when it is asked to; it starts when it is first asked.

    Args:
        info: who it is; `info.dataset` is the loader's, which it copies.
        base_seed: the seed that all workers of this round share.
        init_fn: called with the number of the worker as it starts.
        fetcher: makes what fetches from a dataset.
    """

    def __init__(
        self,
        info: WorkerInfo,
        base_seed: int,
        init_fn: Callable[[int], None] | None,
        fetcher: Callable[[Dataset], object],
    ) -> None:
        self.info = info
        self.base_seed = base_seed
        self.init_fn = init_fn
        self.make_fetcher = fetcher
        self.fetcher: object = None
        self.streams: Streams | None = None

    def fetch(self, index: object) -> object:
        """Return the batch of an index."""
        if self.streams is None:
            self.info = self.info._replace(dataset=own_copy(self.info.dataset))
            self.streams = Streams(self.base_seed, self.info.id)
            with self._at_work():
                if self.init_fn is not None:
                    self.init_fn(self.info.id)
        with self._at_work():
            if self.fetcher is None:
                self.fetcher = self.make_fetcher(self.info.dataset)
            return self.fetcher.fetch(index)

    def resume(self) -> None:
        """Begin another round over the same dataset."""
        self.fetcher = None

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        global _worker_info
        outside, _worker_info = _worker_info, self.info
        self.streams.swap()
        try:
            yield
        finally:
            self.streams.swap()
            _worker_info = outside


def own_copy(dataset: Dataset) -> Dataset:
    """Return what a process of its own would have: a copy; the dataset itself if it has none."""
    try:
        return copy.deepcopy(dataset)
    except (TypeError, RuntimeError):  # an open file, a generator
        return dataset


class Streams:
    """A worker's streams of random numbers: torch's, Python's, and NumPy's if it is in use."""

    def __init__(self, base_seed: int, worker: int) -> None:
        self.torch = Twister(base_seed + worker)
        self.python = random.Random(base_seed + worker).getstate()
        self.numpy = None
        if (numpy := numpy_random()) is not None:
            words = [worker, base_seed & 0xFFFF_FFFF, base_seed >> 32, 0]
            seed = numpy.SeedSequence(words).generate_state(4)
            self.numpy = numpy.RandomState(seed).get_state()

    def swap(self) -> None:
        """Let these streams take the place of those in use, and those theirs."""
        self.torch, default_generator._twister = default_generator._twister, self.torch
        inside, self.python = self.python, random.getstate()
        random.setstate(inside)
        if self.numpy is not None:
            inside, self.numpy = self.numpy, numpy_random().get_state()
            numpy_random().set_state(inside)


def numpy_random() -> object:
    """Return NumPy's random numbers, if the program has imported them."""
    return getattr(sys.modules.get("numpy"), "random", None)
